package ruletest

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// joined is a string with holes.
type joined []any

// toValue makes a value of a tree; its nodes become unknowns with their index for a name.
func toValue(v any, nodes *[]any) value.Value {
	switch v := v.(type) {
	case nil:
		return value.NullValue
	case bool, string:
		if text, ok := v.(string); ok {
			return value.OfString(text)
		}
		return value.Of(v)
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return value.OfInt(n)
		}
		f, _ := v.Float64()
		return value.OfFloat(f)
	case []any:
		elems := make([]value.Value, len(v))
		for i, e := range v {
			elems[i] = toValue(e, nodes)
		}
		return value.OfArray(elems...)
	case Object:
		fields := make([]value.Field, len(v))
		for i, m := range v {
			fields[i] = value.Field{Name: m.Name, Value: toValue(m.Value, nodes)}
		}
		return value.OfObject(fields...)
	}
	*nodes = append(*nodes, v)
	return value.NewUnknown("node#" + strconv.Itoa(len(*nodes)-1))
}

// fromValue is the inverse of toValue; unsayable where it holds what is neither known nor a node.
func fromValue(v value.Value, nodes []any) any {
	switch v.Kind {
	case value.Null:
		return nil
	case value.Bool:
		b, _ := v.Bool()
		return b
	case value.Int:
		n, _ := v.Int()
		return json.Number(strconv.FormatInt(n, 10))
	case value.Float:
		f, _ := v.Float()
		return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
	case value.String:
		text, _ := v.Text()
		return nodeOf(text)
	case value.Array:
		out := []any{}
		for _, e := range v.Elems() {
			x := fromValue(e, nodes)
			if _, lost := x.(unsayable); lost {
				return x
			}
			out = append(out, x)
		}
		return out
	case value.Object:
		out := Object{}
		for _, f := range v.Fields() {
			x := fromValue(f.Value, nodes)
			if _, lost := x.(unsayable); lost {
				return x
			}
			out = append(out, Member{f.Name, x})
		}
		return out
	}
	if parts := v.Parts(); parts != nil {
		var out joined
		for _, p := range parts {
			out = append(out, fromValue(p, nodes))
		}
		return out
	}
	if n, ok := strings.CutPrefix(v.Sym(), "node#"); ok {
		if i, err := strconv.Atoi(n); err == nil && i < len(nodes) {
			return nodes[i]
		}
	}
	return unsayable{errors.New("not known")}
}
