package ruletest

import (
	"fmt"
	"regexp"
	"strings"
)

// Program is a deployment before it is put into a language: resources in ARM's shape, in which a value may also be one
// of the nodes below.
type Program struct {
	Params    []Parameter
	Vars      []Variable
	Funcs     []Function
	Resources []Object
	// Given are values of parameters in a parameter file.
	Given []Member
	// Module, if set, holds everything else: the program is nothing but a call of it with Args.
	Module *Program
	Args   []Member
}

// Parameter is a parameter of a program; without a default, its value is not known.
type Parameter struct {
	Name, Type string // "string", "int", "bool", "object", "array"
	Default    any
	HasDefault bool
	// Like is the value in whose place it stands, if that is known: what other values have to look like.
	Like any
}

// Variable is a variable of a program.
type Variable struct {
	Name  string
	Value any
}

// Function is a user-defined function that returns what it is given.
type Function struct{ Name, Type string }

// The nodes that stand for a value.
type (
	// Spelled is a value in a way of writing that one language alone has, named How; By is a variable or function that it
	// makes use of.
	Spelled struct {
		How, By string
		Value   any
	}
	// Param is the value of a parameter, Var that of a variable.
	Param string
	Var   string
	// If is a choice. When names a bool parameter; "" is a condition that always holds, but has to be computed.
	If struct {
		When       string
		Then, Else any
	}
	// ID is the id of a resource; Names are its segments.
	ID struct {
		Type  string
		Names []string
	}
)

var (
	idForm      = regexp.MustCompile(`^@id\(\s*([\w.]+(?:/\w+)+)\s*,\s*([^)]+?)\s*\)$`)
	unknownForm = regexp.MustCompile(`^@param\(\s*(\w+)\s*(?:,\s*(string|int|bool|object|array)\s*)?\)$`)
)

// nodeOf reads "@id(Microsoft.X/y, name)" and "@param(name, type)".
func nodeOf(v any) any {
	s, _ := v.(string)
	if m := idForm.FindStringSubmatch(s); m != nil {
		return ID{m[1], strings.Split(m[2], "/")}
	}
	if m := unknownForm.FindStringSubmatch(s); m != nil {
		return Param(m[1])
	}
	return v
}

// literally makes the program that writes the resources as they are.
func literally(resources []Object) *Program {
	p := &Program{}
	for _, r := range resources {
		rewrite(r, func(v any) any { p.declare(v); return v }, sameKey)
		p.Resources = append(p.Resources, rewrite(complete(r), nodeOf, sameKey).(Object))
	}
	return p
}

// declare adds the parameter that "@param(name, type)" stands for.
func (p *Program) declare(v any) {
	s, _ := v.(string)
	m := unknownForm.FindStringSubmatch(s)
	if m == nil {
		return
	}
	for _, known := range p.Params {
		if known.Name == m[1] {
			return
		}
	}
	typ := m[2]
	if typ == "" {
		typ = "string"
	}
	p.Params = append(p.Params, Parameter{Name: m[1], Type: typ})
}

// clone returns a copy whose lists can be changed.
func (p *Program) clone() *Program {
	c := *p
	c.Params = append([]Parameter(nil), p.Params...)
	c.Vars = append([]Variable(nil), p.Vars...)
	c.Funcs = append([]Function(nil), p.Funcs...)
	c.Given = append([]Member(nil), p.Given...)
	c.Resources = append([]Object(nil), p.Resources...)
	return &c
}

// called wraps a program: the outer one passes args, and hands on the parameters that have no value.
func called(inner *Program, args []Member) *Program {
	outer := &Program{Module: inner, Args: args}
	given := Object(args)
	for _, q := range inner.Params {
		if _, ok := given.Get(q.Name); !ok && !q.HasDefault {
			outer.Params = append(outer.Params, q)
			outer.Args = append(outer.Args, Member{q.Name, Param(q.Name)})
		}
	}
	return outer
}

// typeOf is the type of a parameter that can hold v; "" when there is none.
func typeOf(v any) string {
	switch v := v.(type) {
	case string, ID:
		return "string"
	case bool:
		return "bool"
	case Object:
		return "object"
	case []any:
		return "array"
	case fmt.Stringer: // a json.Number
		if !strings.ContainsAny(v.String(), ".eE") {
			return "int"
		}
	}
	return ""
}

// current are API versions for resources that name none, by the beginning of their type in lower case; the longest wins.
var current = map[string]string{
	"microsoft.documentdb/":                       "2024-05-15",
	"microsoft.documentdb/mongoclusters":          "2024-07-01",
	"microsoft.dbforpostgresql/":                  "2022-11-08",
	"microsoft.network/":                          "2024-01-01",
	"microsoft.network/privatednszones":           "2020-06-01",
	"microsoft.network/networksecurityperimeters": "2023-08-01-preview",
	"microsoft.insights/diagnosticsettings":       "2021-05-01-preview",
	"microsoft.authorization/":                    "2022-04-01",
	"microsoft.security/":                         "2023-01-01",
	"microsoft.graph/":                            "v1.0",
	"microsoft.aadiam/":                           "2017-04-01",
	"":                                            "2023-01-01",
}

// complete gives a resource an API version if it has none.
func complete(r Object) Object {
	if _, ok := r.Get("apiVersion"); ok {
		return r
	}
	return append(Object{{"type", r.Text("type")}, {"apiVersion", versionOf(r)}}, without(r, "type")...)
}

// versionOf is a current API version for a resource.
func versionOf(r Object) string {
	typ, best := strings.ToLower(r.Text("type")), ""
	for prefix := range current {
		if strings.HasPrefix(typ, prefix) && len(prefix) > len(best) {
			best = prefix
		}
	}
	return current[best]
}

func without(o Object, name string) Object {
	var out Object
	for _, m := range o {
		if !strings.EqualFold(m.Name, name) {
			out = append(out, m)
		}
	}
	return out
}
