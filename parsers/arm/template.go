package arm

import (
	"regexp"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
)

// Loader returns the template at a path relative to the scan root, or nil when there is none. It may be called often.
type Loader func(path string) *template.Template

// reader makes templates of one document.
type reader struct {
	doc      *document
	load     Loader
	symbolic bool // of the template being read
}

// section is the members of an object.
type section []member

func sectionOf(n node) section { return n.members() }

// member returns the member with that name, ignoring case; the zero member if there is none.
func (s section) member(name string) member {
	for i := range s {
		if len(s[i].name) == len(name) && strings.EqualFold(s[i].name, name) {
			return s[i]
		}
	}
	return member{}
}

func (s section) get(name string) node { return s.member(name).value }

// template reads a template, at the root of a file or nested.
func (r *reader) template(root node) *template.Template {
	s := sectionOf(root)
	t := &template.Template{
		File: r.doc.file, Dialect: Dialect, Level: levelOf(s.get("$schema").text()),
		Symbolic:    s.get("resources").kind() == '{' || strings.HasPrefix(s.get("languageversion").text(), "2"),
		Diagnostics: func() []diag.Diagnostic { return r.doc.diags },
	}
	r = &reader{doc: r.doc, load: r.load, symbolic: t.Symbolic}
	definitions := definitionsOf(s.get("definitions"))
	for _, m := range s.get("parameters").members() {
		t.Parameters = append(t.Parameters, parameter(m, definitions))
	}
	t.Definitions = func() (list []*template.Parameter) {
		for _, m := range s.get("definitions").members() {
			list = append(list, parameter(m, definitions))
		}
		return list
	}
	t.Variables = variables(s.get("variables"))
	t.Functions = userFunctions(s.get("functions"))
	for _, m := range s.get("outputs").members() {
		t.Outputs = append(t.Outputs, output(m, definitions))
	}
	var list []*template.Resource
	t.Resources = func() []*template.Resource {
		if list == nil {
			list = r.resources(s.get("resources"), nil, 0)
		}
		return list
	}
	return t
}

var schemaForm = regexp.MustCompile(`(?i)^https?://schema\.management\.azure\.com/schemas/[^/]+/(\w+)\.json#?$`)

func levelOf(schema string) template.Level {
	m := schemaForm.FindStringSubmatch(schema)
	if m == nil {
		return template.ResourceGroup
	}
	switch kind := strings.ToLower(m[1]); {
	case strings.HasPrefix(kind, "subscription"):
		return template.Subscription
	case strings.HasPrefix(kind, "managementgroup"):
		return template.ManagementGroup
	case strings.HasPrefix(kind, "tenant"):
		return template.Tenant
	}
	return template.ResourceGroup
}

func parameter(m member, definitions definitions) *template.Parameter {
	p := &template.Parameter{Name: m.name, Site: m.key, TypeSite: plainType(sectionOf(m.value))}
	for s := range definitions.declarations(m.value) {
		describe(p, s)
	}
	p.Shape = func() *template.Shape { return definitions.shape(m.value) }
	return p
}

// plainType is where a declaration says that its type is string or object.
func plainType(s section) source.Span {
	t := s.get("type")
	if text := t.text(); !strings.EqualFold(text, "string") && !strings.EqualFold(text, "object") {
		return source.Span{}
	}
	return t.span()
}

// describe takes over what a declaration, or the definition that it refers to, says; the declaration's own word wins.
func describe(p *template.Parameter, s section) {
	if t := strings.ToLower(s.get("type").text()); t != "" && p.Type == "" {
		p.Type = t
	}
	if d := s.member("defaultvalue"); d.value.exists() && p.Default == nil {
		p.Default, p.DefaultSite = d.value.lower(), d.site()
	}
	if a := s.get("allowedvalues"); a.kind() == '[' && p.Allowed == nil {
		p.Allowed = a.lower()
	}
	p.Nullable = p.Nullable || s.get("nullable").kind() == 't'
	if n := s.get("minlength"); n.exists() {
		least, _ := n.scalar().(expr.Literal).Value.Int()
		p.NotEmpty = p.NotEmpty || least > 0
	}
}

func variables(n node) []*template.Variable {
	var out []*template.Variable
	for _, m := range n.members() {
		if strings.EqualFold(m.name, "copy") && m.value.kind() == '[' {
			for _, c := range m.value.elements() {
				name := c.get("name")
				out = append(out, &template.Variable{Name: name.text(), Value: loop(c, name.text()), Site: c.span()})
			}
			continue
		}
		out = append(out, &template.Variable{Name: m.name, Value: m.value.lower(), Site: m.site()})
	}
	return out
}

func userFunctions(n node) []*template.Function {
	var out []*template.Function
	for _, ns := range n.elements() {
		s := sectionOf(ns)
		for _, m := range s.get("members").members() {
			f := &template.Function{Name: s.get("namespace").text() + "." + m.name}
			for _, p := range m.value.get("parameters").elements() {
				f.Params = append(f.Params, p.get("name").text())
			}
			f.Body = m.value.get("output").get("value").lower()
			out = append(out, f)
		}
	}
	return out
}

func output(m member, definitions definitions) *template.Output {
	s := sectionOf(m.value)
	o := &template.Output{Name: m.name, Type: strings.ToLower(s.get("type").text()), Site: m.site(), TypeSite: plainType(s)}
	if o.Type == "" {
		o.Type = parameter(m, definitions).Type
	}
	switch {
	case s.get("value").exists():
		o.Value = s.get("value").lower()
	case s.get("copy").exists():
		o.Value = loop(s.get("copy"), m.name)
	}
	if c := s.get("condition"); c.exists() {
		o.Condition = c.lower()
	}
	return o
}
