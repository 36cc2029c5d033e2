package arm

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ParseParameters reads a parameter file for a template: what it gives to which parameter.
func ParseParameters(f *source.File, t *template.Template) ([]template.Argument, []diag.Diagnostic) {
	doc, root, ok := read(f)
	if !ok {
		return nil, doc.diags
	}
	types := map[string]string{}
	for _, p := range t.Parameters {
		types[strings.ToLower(p.Name)] = p.Type
	}
	var args []template.Argument
	var unknown []member
	for _, m := range parametersOf(root).members() {
		typ, declared := types[strings.ToLower(m.name)]
		if !declared {
			unknown = append(unknown, m)
			continue
		}
		if a, given := assignment(m, typ); given {
			args = append(args, a)
		}
	}
	if len(unknown) > 0 {
		doc.diags = append(doc.diags, undeclared(unknown, t))
	}
	return args, doc.diags
}

// undeclared is one note for all names that the template lacks.
func undeclared(list []member, t *template.Template) diag.Diagnostic {
	names := make([]string, len(list))
	for i, m := range list {
		names[i] = "'" + m.name + "'"
	}
	return diag.Problem("unknown-parameter", diag.Note, list[0].key,
		"The template "+t.File.Path+" has no parameter "+strings.Join(names, ", ")+".")
}

// parametersOf also takes a file that is nothing but the parameters.
func parametersOf(root node) node {
	if p := root.get("parameters"); p.exists() {
		return p
	}
	return root
}

// assignment reads {value}, {reference} to a Key Vault secret, or {expression}, which only a deployment can evaluate.
func assignment(m member, typ string) (template.Argument, bool) {
	a := template.Argument{Name: m.name, Site: m.site()}
	s := sectionOf(m.value)
	switch v := s.get("value"); {
	case v.kind() == '"':
		x, given := azdValue(v, typ, m.name)
		a.Value = x
		return a, given
	case v.exists():
		a.Value = azdTree(v, m.name)
	case s.get("reference").exists():
		a.Secret = true
	default:
		a.Value = expr.Literal{Value: value.Value{Span: m.value.span()}}
	}
	return a, true
}

// azdPlaceholder is how the Azure Developer CLI writes a value of its environment: ${NAME} or ${NAME=default}.
var azdPlaceholder = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)(=[^}]*)?\}`)

// azdValue reads a string in which ${NAME} is not given, and ${NAME=d} is d converted to the parameter's type.
func azdValue(n node, typ, parameter string) (expr.Expr, bool) {
	text := n.text()
	places := azdPlaceholder.FindAllStringSubmatchIndex(text, -1)
	if len(places) == 0 {
		return n.literal(), true
	}
	if len(places) == 1 && places[0][0] == 0 && places[0][1] == len(text) {
		if places[0][4] < 0 {
			return nil, false
		}
		return expr.Literal{Value: converted(text[places[0][4]+1:places[0][5]], typ).At(n.span())}, true
	}
	return expr.Literal{Value: azdText(text, places, parameter).At(n.span())}, true
}

// azdText is a string with placeholders in it: one without a default is not known.
func azdText(text string, places [][]int, parameter string) value.Value {
	var pieces []value.Value
	end := 0
	for _, p := range places {
		pieces = append(pieces, value.OfString(text[end:p[0]]))
		if p[4] >= 0 {
			pieces = append(pieces, value.OfString(text[p[4]+1:p[5]]))
		} else {
			pieces = append(pieces, value.NewUnknown("env('"+text[p[2]:p[3]]+"')", parameter))
		}
		end = p[1]
	}
	return value.Template(append(pieces, value.OfString(text[end:]))...)
}

// azdTree reads an object or array, in which a string may have placeholders at any depth.
func azdTree(n node, parameter string) expr.Expr {
	if !strings.Contains(n.span().Text(), "${") {
		return n.literal()
	}
	return expr.Literal{Value: azdMembers(expr.New(nil).Eval(n.literal()), parameter)}
}

func azdMembers(v value.Value, parameter string) value.Value {
	switch v.Kind {
	case value.String:
		text, _ := v.Text()
		if places := azdPlaceholder.FindAllStringSubmatchIndex(text, -1); len(places) > 0 {
			return azdText(text, places, parameter).At(v.Span)
		}
	case value.Array:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = azdMembers(e, parameter)
		}
		return value.OfArray(elems...).At(v.Span)
	case value.Object:
		fields := slices.Clone(v.Fields())
		for i := range fields {
			fields[i].Value = azdMembers(fields[i].Value, parameter)
		}
		return value.OfObject(fields...).At(v.Span)
	}
	return v
}

func converted(text, typ string) value.Value {
	switch typ {
	case "bool":
		if b, err := strconv.ParseBool(strings.ToLower(text)); err == nil {
			return value.OfBool(b)
		}
		return value.Value{}
	case "int":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return value.OfInt(n)
		}
		return value.Value{}
	case "string", "securestring":
		return value.OfString(text)
	}
	return value.Value{} // an object or array in text form
}
