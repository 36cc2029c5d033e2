package ruletest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// bicep writes Bicep files.
type bicep struct{}

func (bicep) Name() string { return "bicep" }

func (bicep) Has(string) bool { return true }

// Write makes deploy.bicep, the module inner.bicep if there is one, and deploy.bicepparam for values that are given in it.
// No other language uses these names.
func (b bicep) Write(p *Program) (src *Source, err error) {
	defer func() {
		if reason, ok := recover().(unsayable); ok {
			src, err = nil, reason
		}
	}()
	w := &bicepWriter{program: p}
	w.file()
	src = &Source{Files: map[string]string{"deploy.bicep": w.text.String()}, Entry: "deploy.bicep"}
	src.Places = func(i int, path string) []int {
		names := []string{fmt.Sprint(i)}
		if path != "" {
			names = append(names, strings.Split(path, ".")...)
		}
		return w.places(names)
	}
	if p.Module != nil {
		inner := &bicepWriter{program: p.Module}
		inner.file()
		src.Files["inner.bicep"] = inner.text.String()
	}
	if len(p.Given) > 0 {
		src.Files["deploy.bicepparam"] = b.parameterFile(p)
		src.Entry = "deploy.bicepparam"
	}
	return src, nil
}

func (bicep) parameterFile(p *Program) string {
	w := &bicepWriter{program: &Program{}}
	w.text.WriteString("using 'deploy.bicep'\n")
	for _, g := range p.Given {
		w.text.WriteString("\nparam " + g.Name + " = ")
		if hasNodes(g.Value) {
			panic(unsayable{errors.New("a parameter file cannot refer to a resource")})
		}
		w.value(g.Value, []string{})
		w.text.WriteByte('\n')
	}
	return w.text.String()
}

// unsayable is the reason why a program cannot be written.
type unsayable struct{ error }

type bicepWriter struct {
	program *Program
	jsonWriter
}

func (w *bicepWriter) file() {
	p := w.program
	for _, q := range p.Params {
		w.text.WriteString("param " + q.Name + " " + q.Type)
		if q.HasDefault {
			w.text.WriteString(" = ")
			w.value(q.Default, nil)
		}
		w.text.WriteByte('\n')
	}
	for _, v := range p.Vars {
		w.text.WriteString("var " + v.Name + " = ")
		w.value(v.Value, nil)
		w.text.WriteByte('\n')
	}
	for _, f := range p.Funcs {
		w.text.WriteString("func " + f.Name + "(x " + f.Type + ") " + f.Type + " => x\n")
	}
	w.resources()
	if p.Module != nil {
		w.text.WriteString("module inner 'inner.bicep' = ")
		w.value(Object{{"name", "inner"}, {"params", Object(p.Args)}}, nil)
		w.text.WriteByte('\n')
	}
}

// resources writes them under the symbols that ids refer to. Where one exists already, a type declaration makes the
// compiler use symbolic names: in templates without them such resources are left out.
func (w *bicepWriter) resources() {
	for _, r := range w.program.Resources {
		if v, _ := r.Get("existing"); v == true {
			w.text.WriteString("type symbolic = string\n")
			break
		}
	}
	if hasGraph(w.program) {
		w.text.WriteString("extension microsoftGraphV1\n")
	}
	for i, r := range w.program.Resources {
		w.text.WriteString("\nresource ")
		at := []string{fmt.Sprint(i)}
		w.note(&w.items, at)
		w.text.WriteString(symbolOf(i) + " " + quoted(r.Text("type")+"@"+r.Text("apiVersion")))
		if v, _ := r.Get("existing"); v == true {
			w.text.WriteString(" existing")
		}
		w.text.WriteString(" = ")
		if when, ok := r.Get("condition"); ok {
			w.text.WriteString("if (" + w.inner(when) + ") ")
		}
		w.value(bodyOf(r), at)
		w.text.WriteByte('\n')
	}
}

// bodyOf are the members that stand in the braces.
func bodyOf(r Object) Object {
	if isGraph(r) {
		return graphBody(r)
	}
	out := Object{}
	for _, m := range r {
		switch strings.ToLower(m.Name) {
		case "type", "apiversion", "existing", "condition":
		default:
			out = append(out, m)
		}
	}
	return out
}

func (w *bicepWriter) value(v any, path []string) {
	if path != nil {
		w.note(&w.values, path)
	}
	switch v := v.(type) {
	case Object:
		w.lines('{', '}', len(v), path, func(i int, at []string) { w.member(v[i], at) }, func(i int) string { return v[i].Name })
	case []any:
		w.lines('[', ']', len(v), path, func(i int, at []string) { w.element(v[i], at) }, func(i int) string { return fmt.Sprint(i) })
	default:
		w.text.WriteString(w.scalar(v))
	}
}

// lines writes a list with one item a line. Only with a path are the places of items of use.
func (w *bicepWriter) lines(open, shut byte, n int, path []string, item func(int, []string), name func(int) string) {
	w.text.WriteByte(open)
	for i := range n {
		w.text.WriteString("\n" + strings.Repeat(indent, len(path)+1))
		at := append(append([]string{}, path...), name(i))
		w.note(&w.items, at)
		item(i, at)
	}
	if n > 0 {
		w.text.WriteString("\n" + strings.Repeat(indent, len(path)))
	}
	w.text.WriteByte(shut)
}

func (w *bicepWriter) member(m Member, at []string) {
	if s, ok := m.Value.(Spelled); ok && s.How == "spread" {
		w.text.WriteString("...")
		w.value(Object{{m.Name, s.Value}}, at)
		return
	}
	w.text.WriteString(w.key(m.Name) + ": ")
	if id, ok := m.Value.(ID); ok && len(at) == 2 && strings.EqualFold(m.Name, "scope") {
		w.note(&w.values, at)
		w.text.WriteString(strings.TrimSuffix(w.id(id), ".id")) // an extension resource takes the symbol
		return
	}
	w.value(m.Value, at)
}

func (w *bicepWriter) element(v any, at []string) {
	if s, ok := v.(Spelled); ok && s.How == "spread" {
		w.text.WriteString("...")
		w.value([]any{s.Value}, at)
		return
	}
	w.value(v, at)
}

func (w *bicepWriter) key(name string) string {
	if id, ok := nodeOf(name).(ID); ok {
		return "'${" + w.scalar(id) + "}'"
	}
	if name != "" && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz") == "" {
		return name
	}
	return quoted(name)
}

func (w *bicepWriter) scalar(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return fmt.Sprint(v)
	case json.Number:
		if typeOf(v) == "int" {
			return v.String()
		}
		return "json('" + v.String() + "')"
	case string:
		return quoted(v)
	case Param:
		return string(v)
	case Var:
		return string(v)
	case ID:
		return w.id(v)
	case If:
		when := "'a' == 'a'"
		if v.When != "" {
			when = v.When
		}
		return when + " ? " + w.inner(v.Then) + " : " + w.inner(v.Else)
	case Spelled:
		return w.spelled(v)
	}
	panic(fmt.Sprintf("no Bicep for a %T", v))
}

// inner writes a value within an expression.
func (w *bicepWriter) inner(v any) string {
	part := &bicepWriter{program: w.program}
	part.value(v, []string{})
	return part.text.String()
}

// id is the symbol's where the resource is one of the program, and not the one that is being written.
func (w *bicepWriter) id(id ID) string {
	name := strings.Join(id.Names, "/")
	for i, r := range w.program.Resources {
		if strings.EqualFold(r.Text("type"), id.Type) && r.Text("name") == name {
			return symbolOf(i) + ".id"
		}
	}
	args := []string{quoted(id.Type)}
	for _, n := range id.Names {
		args = append(args, quoted(n))
	}
	return "resourceId(" + strings.Join(args, ", ") + ")"
}

func (w *bicepWriter) spelled(s Spelled) string {
	switch s.How {
	case "coalesce":
		return "null ?? " + w.inner(s.Value)
	case "safe-access":
		return s.By + ".?" + input
	case "lambda":
		return "map([" + w.inner(s.Value) + "], x => x)[0]"
	case "function":
		return s.By + "(" + w.inner(s.Value) + ")"
	}
	panic("a " + s.How + " stands for a whole item")
}

var bicepEscapes = strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", `\${`)

func quoted(s string) string { return "'" + bicepEscapes.Replace(s) + "'" }

// hasNodes reports whether a value has anything in it but JSON.
func hasNodes(v any) bool {
	found := false
	rewrite(v, func(v any) any {
		switch v.(type) {
		case Param, Var, If, ID, Spelled:
			found = true
		}
		return v
	}, func(name string) string {
		_, isID := nodeOf(name).(ID)
		found = found || isID
		return name
	})
	return found
}
