package ruletest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// arm writes ARM templates; symbolic is the shape in which resources are an object by symbolic name.
type arm struct{ symbolic bool }

func (a arm) Name() string {
	if a.symbolic {
		return "arm-symbolic"
	}
	return "arm"
}

// Has spares the second shape what is not about shapes.
func (a arm) Has(way string) bool {
	switch way {
	case "existing":
		return a.symbolic
	case "literal", "nested":
		return true
	}
	return !a.symbolic
}

// Write makes one file, main.json.
func (a arm) Write(p *Program) (*Source, error) {
	w := &jsonWriter{}
	w.value(a.template(p), nil)
	src := &Source{Files: map[string]string{"main.json": w.text.String()}, Entry: "main.json"}
	if len(p.Given) > 0 {
		return src, a.parameterFile(p, src)
	}
	src.Places = func(i int, path string) []int {
		names := []string{"resources", fmt.Sprint(i)}
		if isGraph(p.Resources[i]) && path != "" {
			path = "properties." + path
		}
		if a.shape(p) {
			names[1] = symbolOf(i)
		}
		if path == "" {
			return w.places(append(names, "type"))[1:]
		}
		return w.places(append(names, strings.Split(path, ".")...))
	}
	return src, nil
}

// parameterFile adds main.parameters.json, which leads to the template beside it.
func (a arm) parameterFile(p *Program, src *Source) error {
	values := Object{}
	for _, g := range p.Given {
		if hasNodes(g.Value) {
			return errors.New("a parameter file cannot refer to a resource")
		}
		values = append(values, Member{g.Name, Object{{"value", g.Value}}})
	}
	w := &jsonWriter{}
	w.value(Object{
		{"$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"},
		{"contentVersion", "1.0.0.0"},
		{"parameters", values},
	}, nil)
	src.Files["main.parameters.json"], src.Entry = w.text.String(), "main.parameters.json"
	return nil
}

// shape reports whether a program needs, or is wanted in, the shape with symbolic names: only there are resources that
// exist already, and extensions.
func (a arm) shape(p *Program) bool {
	for _, r := range p.Resources {
		if v, _ := r.Get("existing"); v == true {
			return true
		}
	}
	return a.symbolic || hasGraph(p)
}

func symbolOf(i int) string { return fmt.Sprintf("resource%d", i) }

func (a arm) template(p *Program) Object {
	t := Object{
		{"$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"},
		{"contentVersion", "1.0.0.0"},
	}
	if a.shape(p) {
		t = append(t, Member{"languageVersion", "2.0"})
	}
	if len(p.Params) > 0 {
		t = append(t, Member{"parameters", a.parameters(p)})
	}
	if len(p.Vars) > 0 {
		vars := Object{}
		for _, v := range p.Vars {
			vars = append(vars, Member{v.Name, armValue(v.Value)})
		}
		t = append(t, Member{"variables", vars})
	}
	if hasGraph(p) {
		t = append(t, Member{"imports", Object{{"graph", Object{{"provider", "MicrosoftGraph"}, {"version", "1.0.0"}}}}})
	}
	return append(t, Member{"resources", a.resources(p)})
}

func (a arm) parameters(p *Program) Object {
	params := Object{}
	for _, q := range p.Params {
		decl := Object{{"type", q.Type}}
		if q.HasDefault {
			decl = append(decl, Member{"defaultValue", armValue(q.Default)})
		}
		params = append(params, Member{q.Name, decl})
	}
	return params
}

func (a arm) resources(p *Program) any {
	list := p.Resources
	if p.Module != nil {
		list = []Object{a.deployment(p)}
	}
	array, named := []any{}, Object{}
	for i, r := range list {
		if isGraph(r) {
			r = armGraph(r)
		}
		written := armValue(r)
		array, named = append(array, written), append(named, Member{symbolOf(i), written})
	}
	if a.shape(p) {
		return named
	}
	return array
}

// rawJSON is written as it is.
type rawJSON Object

// deployment is the call of a module: a nested template of inner scope.
func (a arm) deployment(p *Program) Object {
	args := Object{}
	for _, arg := range p.Args {
		args = append(args, Member{arg.Name, Object{{"value", arg.Value}}})
	}
	return Object{
		{"type", "Microsoft.Resources/deployments"},
		{"apiVersion", "2022-09-01"},
		{"name", "inner"},
		{"properties", Object{
			{"mode", "Incremental"},
			{"expressionEvaluationOptions", Object{{"scope", "inner"}}},
			{"parameters", args},
			{"template", rawJSON(a.template(p.Module))},
		}},
	}
}

// armValue turns nodes into expression strings, at any depth.
func armValue(v any) any {
	switch v := v.(type) {
	case Object:
		out := make(Object, len(v))
		for i, m := range v {
			out[i] = Member{armKey(m.Name), armValue(m.Value)}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = armValue(e)
		}
		return out
	case rawJSON:
		return Object(v)
	case Param, Var, If, ID:
		return "[" + armExpression(v) + "]"
	case string:
		if strings.HasPrefix(v, "[") {
			return "[" + v
		}
	}
	return v
}

func armKey(name string) string {
	if id, ok := nodeOf(name).(ID); ok {
		return "[" + armExpression(id) + "]"
	}
	return name
}

// armExpression writes a value as part of an expression.
func armExpression(v any) string {
	switch v := v.(type) {
	case nil:
		return "null()"
	case bool:
		return fmt.Sprintf("%t()", v)
	case json.Number:
		if typeOf(v) == "int" {
			return v.String()
		}
		return "json('" + v.String() + "')"
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	case []any:
		return call("createArray", v...)
	case Object:
		args := make([]any, 0, 2*len(v))
		for _, m := range v {
			args = append(args, nodeOf(m.Name), m.Value)
		}
		return call("createObject", args...)
	case Param:
		return "parameters('" + string(v) + "')"
	case Var:
		return "variables('" + string(v) + "')"
	case ID:
		args := []any{v.Type}
		for _, n := range v.Names {
			args = append(args, n)
		}
		return call("resourceId", args...)
	case If:
		when := "equals('a', 'a')"
		if v.When != "" {
			when = armExpression(Param(v.When))
		}
		return "if(" + when + ", " + armExpression(v.Then) + ", " + armExpression(v.Else) + ")"
	}
	panic(fmt.Sprintf("no ARM expression for a %T", v))
}

func call(name string, args ...any) string {
	list := make([]string, len(args))
	for i, a := range args {
		list[i] = armExpression(a)
	}
	return name + "(" + strings.Join(list, ", ") + ")"
}
