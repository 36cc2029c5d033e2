package ruletest

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/terraform"
)

// formOf is how the values of a parameter or variable are written, by the one argument that they are for.
type formOf struct {
	argument string
	convert  func(any) any
	plain    bool // nothing changes
}

const json1 = json.Number("1")

// members spells the members of an object that there are arguments for, and returns the rest.
func (c *configuration) members(args []terraform.Argument, o Object, path, typ string) (items []item, rest Object) {
	for _, a := range args {
		if a.Always.Kind != value.Absent {
			items = append(items, item{name: a.Name, value: fromValue(a.Always, nil)})
			continue
		}
		if a.Path == "" {
			var inner []item
			inner, o = c.members(a.Arguments, o, path, typ)
			items = append(items, item{name: a.Name, path: path, block: true, items: inner})
			continue
		}
		v, ok := find(o, strings.Split(a.Path, "."))
		if _, gone := v.(taken); !ok || gone {
			continue
		}
		o = replace(o, strings.Split(a.Path, "."), taken{}).(Object)
		more, left := c.member(a, v, strings.TrimPrefix(path+"."+a.Path, "."), typ)
		items = append(items, more...)
		if left != nil {
			o = replace(o, strings.Split(a.Path, "."), left).(Object)
		}
	}
	return items, o
}

// member spells one property. What a block has no arguments for is left.
func (c *configuration) member(a terraform.Argument, v any, full, typ string) (items []item, left any) {
	switch {
	case a.Name == "":
		if value.SameFold(a.Omitted, toValue(v, &[]any{})) != value.True {
			unsaid("%s always sends the same %s", typ, full)
		}
		return nil, nil
	case !a.Block:
		form := formOf{typ + " " + full, func(v any) any { return c.leaf(a, v, typ) }, a.Plain}
		return []item{{name: a.Name, path: full, value: c.convert(v, form), json: a.JSON}}, nil
	case v == nil:
		return nil, nil
	case a.Many:
		return c.blocks(a, v, full, typ), nil
	}
	o, ok := v.(Object)
	if !ok {
		return []item{c.dynamic(a, v, full, typ)}, nil
	}
	inner, rest := c.members(a.Arguments, o, full, typ)
	if len(inner) > 0 || len(o) == 0 && a.Path != "properties" {
		items = append(items, item{name: a.Name, path: full, block: true, items: inner})
	}
	return items, rest
}

// blocks spells a list.
func (c *configuration) blocks(a terraform.Argument, v any, full, typ string) []item {
	list, ok := v.([]any)
	if !ok {
		return []item{c.dynamic(a, v, full, typ)}
	}
	var out []item
	for i, e := range list {
		at := full + "." + strconv.Itoa(i)
		switch e := e.(type) {
		case Object:
			out = append(out, item{name: a.Name, path: at, block: true, items: c.whole(a, e, at, typ)})
		case Param, Var, If, Spelled:
			single := a
			single.Many = false
			out = append(out, c.dynamic(single, e, at, typ))
		default:
			unsaid("a block %s cannot be %v", a.Name, e)
		}
	}
	return out
}

// whole spells an object of which nothing may be left over.
func (c *configuration) whole(a terraform.Argument, o Object, at, typ string) []item {
	items, rest := c.members(a.Arguments, o, at, typ)
	if path := leftOver(rest); path != "" {
		unsaid("%s has no argument for %s.%s", typ, at, path)
	}
	return items
}

// dynamic spells blocks that are computed.
func (c *configuration) dynamic(a terraform.Argument, v any, full, typ string) item {
	form := formOf{typ + " " + full, func(v any) any { return c.flat(a, v, full, typ) }, false}
	each := c.convert(v, form)
	if !a.Many {
		each = listed(each)
	}
	if when, ok := each.(If); ok && when.Else == nil {
		when.Else = []any{}
		each = when
	}
	names, counts, n := map[string]int{}, []string{}, 0
	for _, o := range c.shapes(v, form) {
		n++
		for _, m := range o {
			if names[m.Name]++; names[m.Name] == 1 {
				counts = append(counts, m.Name)
			}
		}
	}
	if n == 0 { // it may be any of them
		for _, inner := range a.Arguments {
			if !inner.Block && inner.Name != "" {
				counts = append(counts, inner.Name)
			}
		}
		n = 1
	}
	out := item{name: a.Name, path: full, block: true, each: each}
	for _, name := range counts {
		content := raw(a.Name + ".value." + name)
		if names[name] < n {
			content = raw("lookup(" + a.Name + ".value, " + hclText(name) + ", null)")
		}
		out.items = append(out.items, item{name: name, value: content})
	}
	return out
}

// listed makes a list of one; a choice of nothing is a choice of none.
func listed(v any) any {
	if when, ok := v.(If); ok {
		if when.Else == nil {
			return If{when.When, []any{when.Then}, []any{}}
		}
		return If{when.When, []any{when.Then}, []any{when.Else}}
	}
	return []any{v}
}

// raw is an expression as it is written.
type raw string

// flat is a block, or a list of them, as an object of its arguments.
func (c *configuration) flat(a terraform.Argument, v any, full, typ string) any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		out := []any{}
		for _, e := range v {
			out = append(out, c.flat(a, e, full, typ))
		}
		return out
	case Object:
		out := Object{}
		for _, m := range c.whole(a, v, full, typ) {
			if m.block {
				unsaid("blocks within the blocks of a variable")
			}
			out = append(out, Member{m.name, m.value})
		}
		return out
	}
	unsaid("a block %s cannot be %v", a.Name, v)
	return nil
}

// shapes are the objects that a node stands for.
func (c *configuration) shapes(v any, form formOf) []Object {
	switch v := v.(type) {
	case Object:
		return []Object{form.convert(v).(Object)}
	case []any:
		var out []Object
		for _, e := range v {
			out = append(out, c.shapes(e, form)...)
		}
		return out
	case If:
		return append(c.shapes(v.Then, form), c.shapes(v.Else, form)...)
	case Spelled:
		return c.shapes(v.Value, form)
	case Param:
		for _, q := range c.program.Params {
			if q.Name == string(v) {
				return c.shapes(q.Like, form)
			}
		}
	case Var:
		for _, q := range c.program.Vars {
			if q.Name == string(v) {
				return c.shapes(q.Value, form)
			}
		}
	}
	return nil
}

// convert changes a value, or the values that a node stands for.
func (c *configuration) convert(v any, form formOf) any {
	switch v := v.(type) {
	case Param:
		c.note(string(v), form)
		return v
	case Var:
		c.note(string(v), form)
		return v
	case If:
		return If{v.When, c.convert(v.Then, form), c.convert(v.Else, form)}
	case Spelled:
		if v.How == "safe-access" {
			c.note(v.By, formOf{form.argument, func(o any) any {
				return Object{{input, form.convert(o.(Object)[0].Value)}}
			}, form.plain})
		}
		return Spelled{v.How, v.By, c.convert(v.Value, form)}
	}
	return form.convert(v)
}

func (c *configuration) note(name string, form formOf) {
	if before, ok := c.forms[name]; ok && before.argument != form.argument && !(before.plain && form.plain) {
		unsaid("one variable for two arguments")
	}
	c.forms[name] = form
}

// settle changes the values of parameters and variables to what their arguments want.
func (c *configuration) settle() {
	p := c.program
	for i := range p.Params {
		q := &p.Params[i]
		form, ok := c.forms[q.Name]
		if !ok {
			continue
		}
		if q.HasDefault {
			q.Default = form.convert(q.Default)
		}
		if q.Like != nil {
			q.Like = form.convert(q.Like)
		} else if !form.plain {
			q.Type = ""
		}
	}
	p.Vars = append([]Variable(nil), p.Vars...)
	for i, v := range p.Vars {
		if form, ok := c.forms[v.Name]; ok {
			p.Vars[i].Value = form.convert(v.Value)
		}
	}
	for i, g := range p.Given {
		if form, ok := c.forms[g.Name]; ok {
			p.Given[i].Value = form.convert(g.Value)
		}
	}
}

// pass changes the arguments of a call to what the module wants.
func (c *configuration) pass(inner *configuration) {
	p := c.program
	p.Args = append([]Member(nil), p.Args...)
	for i, a := range p.Args {
		if form, ok := inner.forms[a.Name]; ok {
			p.Args[i].Value = c.convert(a.Value, form)
		}
	}
}

// leaf is the value of an argument for a value of its property.
func (c *configuration) leaf(a terraform.Argument, v any, typ string) any {
	if list, ok := v.([]any); ok && a.Member != "" {
		out := make([]any, len(list))
		for i, e := range list {
			out[i] = e
			switch e.(type) {
			case Param, Var, If, Spelled:
				form := formOf{typ + " " + a.Name + "[]", func(e any) any { return memberOf(a, e) }, false}
				out[i] = c.convert(e, form)
				list = append([]any{}, list...)
				list[i] = wrapped(a.Member, out[i])
			}
		}
		v = list
	}
	if a.Plain || v == nil {
		return v
	}
	var nodes []any
	converted := a.Value(toValue(v, &nodes))
	out := fromValue(converted, nodes)
	if _, lost := out.(unsayable); lost || converted.Kind == value.Absent {
		unsaid("%s of %s cannot say %s", a.Name, typ, describe(v))
	}
	return out
}

// memberOf is the element of Terraform's list for an element of ARM's.
func memberOf(a terraform.Argument, e any) any {
	v, ok := find(e, strings.Split(a.Member, "."))
	if !ok {
		unsaid("an element of %s has more than %s", a.Name, a.Member)
	}
	return v
}

func wrapped(path string, v any) any {
	names := strings.Split(path, ".")
	for i := len(names) - 1; i >= 0; i-- {
		v = Object{{names[i], v}}
	}
	return v
}

func describe(v any) string {
	w := &jsonWriter{}
	defer func() { _ = recover() }()
	w.value(v, nil)
	return strings.Join(strings.Fields(w.text.String()), " ")
}
