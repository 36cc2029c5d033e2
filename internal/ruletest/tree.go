package ruletest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Object is a JSON object with its members in source order. The other JSON values are []any, string, json.Number, bool
// and nil; the nodes of a Program come in addition.
type Object []Member

// Member is a member of an Object.
type Member struct {
	Name  string
	Value any
}

// Get returns the member with that name, ignoring case.
func (o Object) Get(name string) (any, bool) {
	for _, m := range o {
		if strings.EqualFold(m.Name, name) {
			return m.Value, true
		}
	}
	return nil, false
}

// Text returns the string member with that name; "" when there is none.
func (o Object) Text(name string) string {
	v, _ := o.Get(name)
	s, _ := v.(string)
	return s
}

// with returns o with the member set, in its place or at the end.
func (o Object) with(name string, v any) Object {
	out := append(Object{}, o...)
	for i, m := range out {
		if strings.EqualFold(m.Name, name) {
			out[i].Value = v
			return out
		}
	}
	return append(out, Member{name, v})
}

// parseJSON reads one JSON value and keeps the order of members.
func parseJSON(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := decode(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more follows after the value")
	}
	return v, nil
}

func decode(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return decodeObject(d)
	case json.Delim('['):
		return decodeArray(d)
	}
	return token, nil
}

func decodeObject(d *json.Decoder) (any, error) {
	o := Object{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := decode(d)
		if err != nil {
			return nil, err
		}
		if _, twice := o.Get(key.(string)); twice {
			return nil, fmt.Errorf("key %q is there twice", key)
		}
		o = append(o, Member{key.(string), v})
	}
	_, err := d.Token()
	return o, err
}

func decodeArray(d *json.Decoder) (any, error) {
	a := []any{}
	for d.More() {
		v, err := decode(d)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
	_, err := d.Token()
	return a, err
}

// rewrite returns v with change applied to every value in it, the innermost first, and rename to every key.
func rewrite(v any, change func(any) any, rename func(string) string) any {
	switch v := v.(type) {
	case Object:
		out := make(Object, len(v))
		for i, m := range v {
			out[i] = Member{rename(m.Name), rewrite(m.Value, change, rename)}
		}
		return change(out)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = rewrite(e, change, rename)
		}
		return change(out)
	}
	return change(v)
}

func sameKey(s string) string { return s }

// find follows a path of member names and indexes.
func find(v any, path []string) (any, bool) {
	for _, p := range path {
		ok := false
		switch c := v.(type) {
		case Object:
			v, ok = c.Get(p)
		case []any:
			i, err := strconv.Atoi(p)
			if ok = err == nil && i >= 0 && i < len(c); ok {
				v = c[i]
			}
		}
		if !ok {
			return nil, false
		}
	}
	return v, true
}

// replace returns v with the value at an existing path replaced.
func replace(v any, path []string, by any) any {
	if len(path) == 0 {
		return by
	}
	switch c := v.(type) {
	case Object:
		inner, _ := c.Get(path[0])
		return c.with(path[0], replace(inner, path[1:], by))
	case []any:
		out := append([]any{}, c...)
		i, _ := strconv.Atoi(path[0])
		out[i] = replace(c[i], path[1:], by)
		return out
	}
	return v
}

func isIndex(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}
