package ruletest

import (
	"fmt"
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

// settingsEnd stands between the settings of Terraform and the rest.
const settingsEnd = "\n# What is deployed.\n\n"

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
		for ; len(names) > 1 || path == ""; names = names[:len(names)-1] {
			if at := w.places(names); at != nil || path == "" {
				return at
			}
		}
		return nil
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

// meta writes the arguments that make instances of a resource; in is where the value is that it is repeated for.
func (w *hclWriter) meta(r Object, in any) {
	each, repeated := eachOf(in)
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
func eachOf(r any) (each any, ok bool) {
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

// parentOf is the id of what a child is a child of.
func parentOf(typ string, names []any) ID {
	id := ID{Type: typ[:strings.LastIndexByte(typ, '/')]}
	for _, n := range names[:len(names)-1] {
		id.Names = append(id.Names, n.(string))
	}
	return id
}
