package ruletest

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var hclName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

var hclEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", "$${", "%{", "%%{")

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
	case choice:
		w.value(v.when, nil)
		w.text.WriteString(" ? ")
		w.value(v.then, nil)
		w.text.WriteString(" : ")
		w.value(v.other, nil)
	default:
		w.text.WriteString(w.scalar(v))
	}
}

// within is a value within an expression.
func (w *hclWriter) within(v any) string {
	part := &hclWriter{program: w.program, typeOf: w.typeOf, depth: w.depth}
	part.value(v, nil)
	return part.text.String()
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
	case raw:
		return string(v)
	case selfID:
		return w.address(int(v)) + ".id"
	case nameOfID:
		if i := w.index(v.id); i >= 0 && w.typeOf(i) != "" {
			return w.address(i) + ".name"
		}
		return hclText(v.id.Names[len(v.id.Names)-1])
	case joined:
		return w.template(v)
	}
	panic(fmt.Sprintf("no HCL for a %T", v))
}

// template writes a string with holes.
func (w *hclWriter) template(pieces joined) string {
	text := `"`
	for _, p := range pieces {
		if s, ok := p.(string); ok {
			text += hclEscapes.Replace(s)
		} else {
			text += "${" + w.scalar(p) + "}"
		}
	}
	return text + `"`
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
