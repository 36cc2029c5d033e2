package ruletest

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// hclWriter writes what all of Terraform's providers have in common: expressions, variables, locals and module calls.
type hclWriter struct {
	jsonWriter
	program *Program
	depth   int
	// typeOf is the label of the i-th resource's type.
	typeOf func(i int) string
}

// group is where everything is deployed that says nothing else.
const (
	subscriptionID = "/subscriptions/11111111-1111-1111-1111-111111111111"
	groupName      = "group"
	groupID        = subscriptionID + "/resourceGroups/" + groupName
)

// terraformFiles writes a program and the module that it calls, each with write, and the values it is given.
func terraformFiles(p *Program, dir, settings string, write func(p *Program, settings string) *hclWriter) (src *Source, err error) {
	defer func() {
		if reason, ok := recover().(unsayable); ok {
			src, err = nil, reason
		}
	}()
	if len(p.Given) > 0 {
		dir += "-given" // no other way of writing finds the file of variables there
	}
	w := write(p, settings)
	src = &Source{Files: map[string]string{dir + "/main.tf": w.text.String()}, Entry: dir + "/main.tf"}
	src.Places = func(i int, path string) []int {
		names := []string{fmt.Sprint(i)}
		if path != "" {
			names = append(names, strings.Split(path, ".")...)
		}
		return w.places(names)
	}
	if p.Module != nil {
		src.Files[dir+"/inner/main.tf"] = write(p.Module, "").text.String()
	}
	if len(p.Given) > 0 {
		src.Files[dir+"/terraform.tfvars"] = variablesFile(p)
		src.Beside = true
	}
	return src, nil
}

// variablesFile gives the variables values that are constant.
func variablesFile(p *Program) string {
	w := &hclWriter{program: &Program{}}
	for _, g := range p.Given {
		if hasNodes(g.Value) {
			unsaid("a file of variables cannot refer to a resource")
		}
		w.argument(g.Name, g.Value, nil)
	}
	return w.text.String()
}

func unsaid(format string, args ...any) { panic(unsayable{fmt.Errorf(format, args...)}) }

// declarations writes variables and locals.
func (w *hclWriter) declarations() {
	for _, q := range w.program.Params {
		w.block("variable "+hclText(q.Name), nil, func() {
			w.line("type = " + hclType(q))
			if q.HasDefault {
				if w.refers(q.Default) {
					unsaid("the default of a variable cannot refer to a resource")
				}
				w.argument("default", q.Default, nil)
			}
		})
	}
	if len(w.program.Vars) > 0 {
		w.block("locals", nil, func() {
			for _, v := range w.program.Vars {
				w.argument(v.Name, v.Value, nil)
			}
		})
	}
}

// call writes the call of the program's module.
func (w *hclWriter) call() {
	if w.program.Module == nil {
		return
	}
	w.block(`module "inner"`, nil, func() {
		w.line(`source = "./inner"`)
		for _, a := range w.program.Args {
			w.argument(a.Name, a.Value, nil)
		}
	})
}

// hclType is the type constraint of a parameter, by the value that it stands for where that is known.
func hclType(q Parameter) string {
	like := q.Like
	if q.HasDefault {
		like = q.Default
	}
	if list, ok := like.([]any); ok {
		for _, e := range list {
			if typeOf(e) != "string" {
				return "any"
			}
		}
		return "list(string)"
	}
	typ := q.Type
	if t := typeOf(like); t != "" {
		typ = t
	}
	switch typ {
	case "int":
		return "number"
	case "string", "bool":
		return typ
	}
	return "any"
}

// line writes a line of its own.
func (w *hclWriter) line(text string) {
	w.text.WriteString(strings.Repeat(indent, w.depth) + text + "\n")
}

// block writes a block; at is what it stands for.
func (w *hclWriter) block(header string, at []string, body func()) {
	w.text.WriteString(strings.Repeat(indent, w.depth))
	if at != nil {
		w.note(&w.items, at)
		w.note(&w.values, at)
	}
	w.text.WriteString(header + " {\n")
	w.depth++
	body()
	w.depth--
	w.line("}")
}

// argument writes `name = value`; at is the property that it stands for.
func (w *hclWriter) argument(name string, v any, at []string) {
	w.text.WriteString(strings.Repeat(indent, w.depth))
	if at != nil {
		w.note(&w.items, at)
	}
	w.text.WriteString(name + " = ")
	w.value(v, at)
	w.text.WriteByte('\n')
}

// value writes an expression.
func (w *hclWriter) value(v any, at []string) {
	if at != nil {
		w.note(&w.values, at)
	}
	switch v := v.(type) {
	case Object:
		w.object(v, at)
	case []any:
		w.tuple(v, at)
	case If:
		when := `"a" == "a"`
		if v.When != "" {
			when = "var." + v.When
		}
		w.text.WriteString(when + " ? ")
		w.value(v.Then, nil)
		w.text.WriteString(" : ")
		w.value(v.Else, nil)
	case Spelled:
		w.spelled(v)
	default:
		w.text.WriteString(w.scalar(v))
	}
}

func (w *hclWriter) object(v Object, at []string) {
	if len(v) == 0 {
		w.text.WriteString("{}")
		return
	}
	w.text.WriteString("{\n")
	w.depth++
	for _, m := range v {
		w.argument(w.key(m.Name), m.Value, below(at, m.Name))
	}
	w.depth--
	w.text.WriteString(strings.Repeat(indent, w.depth) + "}")
}

func (w *hclWriter) tuple(v []any, at []string) {
	w.text.WriteByte('[')
	for i, e := range v {
		if i > 0 {
			w.text.WriteString(", ")
		}
		if inner := below(at, fmt.Sprint(i)); inner != nil {
			w.note(&w.items, inner)
		}
		w.value(e, below(at, fmt.Sprint(i)))
	}
	w.text.WriteByte(']')
}

// below is a member of what stands at a place; nil where places are of no interest.
func below(at []string, name string) []string {
	if at == nil {
		return nil
	}
	return append(append([]string{}, at...), name)
}

var hclName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

func (w *hclWriter) key(name string) string {
	if id, ok := nodeOf(name).(ID); ok {
		return "(" + w.id(id) + ")"
	}
	if hclName.MatchString(name) {
		return name
	}
	return hclText(name)
}

func (w *hclWriter) scalar(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return fmt.Sprint(v)
	case json.Number:
		return v.String()
	case string:
		return hclText(v)
	case Param:
		return "var." + string(v)
	case Var:
		return "local." + string(v)
	case ID:
		return w.id(v)
	}
	panic(fmt.Sprintf("no HCL for a %T", v))
}

func (w *hclWriter) spelled(s Spelled) {
	around := func(before, after string) {
		w.text.WriteString(before)
		w.value(s.Value, nil)
		w.text.WriteString(after)
	}
	switch s.How {
	case "coalesce":
		if s.Value == "" {
			unsaid("coalesce skips what is empty")
		}
		around("coalesce(null, ", ")")
	case "safe-access":
		w.text.WriteString("lookup(local." + s.By + `, "` + input + `", null)`)
	case "lambda":
		around("[for x in [", "] : x][0]")
	case "each":
		w.text.WriteString("each.value")
	default:
		unsaid("it has no %s", s.How)
	}
}

// address is how expressions refer to the i-th resource.
func (w *hclWriter) address(i int) string {
	r := w.program.Resources[i]
	address := w.typeOf(i) + "." + symbolOf(i)
	if isExisting(r) {
		address = "data." + address
	}
	if _, ok := r.Get("condition"); ok {
		return address + "[0]"
	}
	if _, ok := eachOf(r); ok {
		return address + `["one"]`
	}
	return address
}

// meta writes the arguments that make instances of a resource.
func (w *hclWriter) meta(r Object) {
	each, repeated := eachOf(r)
	if when, ok := r.Get("condition"); ok {
		if repeated {
			unsaid("a resource has count or for_each, not both")
		}
		w.text.WriteString(strings.Repeat(indent, w.depth) + "count = ")
		w.value(when, nil)
		w.text.WriteString(" ? 1 : 0\n")
	}
	if repeated {
		w.argument("for_each", Object{{"one", each}}, nil)
	}
	var on []string
	if list, ok := r.Get("dependsOn"); ok {
		elems, _ := list.([]any)
		for _, e := range elems {
			if id, isID := e.(ID); isID && w.index(id) >= 0 {
				address, _, _ := strings.Cut(w.address(w.index(id)), "[")
				on = append(on, address)
			}
		}
	}
	if len(on) > 0 {
		w.line("depends_on = [" + strings.Join(on, ", ") + "]")
	}
}

// eachOf is the value for which a resource is repeated.
func eachOf(r Object) (each any, ok bool) {
	rewrite(r, func(v any) any {
		if s, is := v.(Spelled); is && s.How == "each" {
			each, ok = s.Value, true
		}
		return v
	}, sameKey)
	return each, ok
}

func isExisting(r Object) bool {
	v, _ := r.Get("existing")
	return v == true
}

// index finds the resource with an id in the program.
func (w *hclWriter) index(id ID) int {
	for i, r := range w.program.Resources {
		if strings.EqualFold(r.Text("type"), id.Type) && r.Text("name") == strings.Join(id.Names, "/") {
			return i
		}
	}
	return -1
}

// refers reports whether a value has the id of a resource of the program in it.
func (w *hclWriter) refers(v any) bool {
	found := false
	rewrite(v, func(v any) any {
		id, ok := v.(ID)
		found = found || ok && w.index(id) >= 0
		return v
	}, func(name string) string {
		id, ok := nodeOf(name).(ID)
		found = found || ok && w.index(id) >= 0
		return name
	})
	return found
}

// id is that of a resource of the program, or text.
func (w *hclWriter) id(id ID) string {
	if i := w.index(id); i >= 0 && w.typeOf(i) != "" {
		return w.address(i) + ".id"
	}
	return hclText(idText(id))
}

// idText is the id of a resource that is not in the program.
func idText(id ID) string {
	segments := strings.Split(id.Type, "/")
	text := groupID + "/providers/" + segments[0]
	for i, name := range id.Names {
		text += "/" + segments[min(i+1, len(segments)-1)] + "/" + name
	}
	return text
}

var hclEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", "$${", "%{", "%%{")

func hclText(s string) string { return `"` + hclEscapes.Replace(s) + `"` }

// namesOf are the segments of a resource's name. Only one that has no parents may be computed.
func namesOf(r Object) ([]any, error) {
	v, _ := r.Get("name")
	depth := strings.Count(r.Text("type"), "/")
	text, ok := v.(string)
	if !ok {
		if depth > 1 {
			return nil, errors.New("the name of a child is computed")
		}
		return []any{v}, nil
	}
	parts := strings.Split(text, "/")
	if len(parts) != depth {
		return nil, fmt.Errorf("%s has not the name of a %s", text, r.Text("type"))
	}
	names := make([]any, len(parts))
	for i, p := range parts {
		names[i] = p
	}
	return names, nil
}

// parentOf is the id of what a child is a child of.
func parentOf(typ string, names []any) ID {
	id := ID{Type: typ[:strings.LastIndexByte(typ, '/')]}
	for _, n := range names[:len(names)-1] {
		id.Names = append(id.Names, n.(string))
	}
	return id
}
