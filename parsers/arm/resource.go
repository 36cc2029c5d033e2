package arm

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	deploymentType = "microsoft.resources/deployments"
	maxChildren    = 8 // levels of resources within resources; Azure takes 5
)

// resources reads both shapes: an array, and an object by symbolic name.
func (r *reader) resources(n node, parent *template.Resource, depth int) []*template.Resource {
	list := []*template.Resource{}
	for _, e := range n.elements() {
		list = r.appendResource(list, "", e, parent, depth)
	}
	for _, m := range n.members() {
		list = r.appendResource(list, m.name, m.value, parent, depth)
	}
	return list
}

func (r *reader) appendResource(list []*template.Resource, symbol string, n node, parent *template.Resource, depth int) []*template.Resource {
	if n.kind() != '{' {
		return list
	}
	s := sectionOf(n)
	typ := s.get("type")
	if typ.kind() != '"' {
		return list
	}
	if s.get("import").exists() || s.get("extension").exists() {
		return r.appendExtension(list, symbol, s, n)
	}
	res := &template.Resource{
		Symbol: symbol, Type: strings.Trim(typ.text(), "/"), Existing: s.get("existing").kind() == 't',
		Header: typ.span(), Parent: parent,
		APIVersion: optional(s, "apiversion"), Name: optional(s, "name"), Scope: optional(s, "scope"),
		Condition: optional(s, "condition"), SubscriptionID: optional(s, "subscriptionid"), Group: optional(s, "resourcegroup"),
	}
	if parent != nil {
		detach(res, parent)
	}
	res.Copy = copyOf(s)
	if strings.EqualFold(res.Type, deploymentType) && !res.Existing {
		res.Module = r.module(s)
	}
	res.Body = body(s, n.span())
	r.children(res, s.get("resources"), depth)
	return append(list, res)
}

// appendExtension reads a resource of another provider than Azure: one of Microsoft Graph, whose version is part of its
// type, and whose members are in "properties". Others are left out.
func (r *reader) appendExtension(list []*template.Resource, symbol string, s section, n node) []*template.Resource {
	header := s.get("type")
	typ, version, ok := template.SplitGraphType(header.text())
	if !ok {
		return list
	}
	properties := s.get("properties")
	res := &template.Resource{
		Symbol: symbol, Type: typ, Existing: s.get("existing").kind() == 't', Graph: true, Header: header.span(),
		APIVersion: expr.String(version, source.Span{}), Condition: optional(s, "condition"),
		Body: lowerMembers(properties.members(), properties.span()), Copy: copyOf(s),
	}
	if properties.kind() == '"' { // an expression makes them
		res.Body = &expr.Object{Members: []expr.Member{{Key: expr.Literal{}, Value: expr.Literal{}}}, At: n.span()}
	}
	return append(list, res)
}

// copyOf is the loop of a resource.
func copyOf(s section) *template.Copy {
	c := s.get("copy")
	if c.kind() != '{' {
		return nil
	}
	return &template.Copy{Name: c.get("name").text(), Count: c.get("count").lower(), Site: s.member("copy").site()}
}

func optional(s section, name string) expr.Expr {
	if v := s.get(name); v.exists() && v.kind() != 'n' {
		return v.lower()
	}
	return nil
}

// detach frees a nested resource whose type is written in full from its parent: its name is full as well.
func detach(res, parent *template.Resource) {
	first, _, _ := strings.Cut(res.Type, "/")
	if strings.Contains(first, ".") {
		res.Parent = nil
		return
	}
	res.Nested = true
}

// children reads the resources in a resource at the given depth, whether they are its children or were only written there.
func (r *reader) children(res *template.Resource, n node, depth int) {
	if k := n.kind(); k != '[' && k != '{' {
		return
	}
	if depth >= maxChildren {
		r.doc.problem("limit", n.span(), "Resources nest too deep; what is in here was not looked at.")
		return
	}
	var list []*template.Resource
	res.Children = func() []*template.Resource {
		if list == nil {
			list = r.resources(n, res, depth+1)
		}
		return list
	}
}

// own are the members that say what the resource is, not how it is configured.
var own = map[string]bool{
	"type": true, "apiversion": true, "name": true, "scope": true, "condition": true, "copy": true, "dependson": true,
	"resources": true, "comments": true, "existing": true, "import": true, "extension": true, "@options": true,
	"subscriptionid": true, "resourcegroup": true, "metadata": true,
}

func body(members []member, at source.Span) *expr.Object {
	rest := make([]member, 0, len(members))
	for _, m := range members {
		if !own[strings.ToLower(m.name)] {
			rest = append(rest, m)
		}
	}
	return lowerMembers(rest, at)
}

// module reads a deployment resource: an inline template, or a link to one.
func (r *reader) module(s section) *template.Module {
	props := s.get("properties")
	p := sectionOf(props)
	m := &template.Module{Header: s.get("type").span()}
	inline := p.get("template")
	scope := sectionOf(p.get("expressionevaluationoptions")).get("scope")
	m.Arguments = arguments(p.get("parameters"), inline)
	// Whose parameters and variables an inline template's expressions see: the caller's, unless it says otherwise.
	m.Outer = inline.exists() && !r.symbolic && !strings.EqualFold(scope.text(), "inner")
	if !inline.exists() {
		link := p.get("templatelink")
		r.link(m, link)
		return m
	}
	var t *template.Template
	m.Load = func() *template.Template {
		if t == nil && inline.kind() == '{' {
			t = r.template(inline)
		}
		return t
	}
	m.Source = "inline template"
	return m
}

// link reads a templateLink. Only files below the scan root are read, never a URL.
func (r *reader) link(m *template.Module, link node) {
	s := sectionOf(link)
	m.Source = "templateLink"
	m.Load = func() *template.Template { return nil }
	switch rel, uri, id := s.get("relativepath"), s.get("uri"), s.get("id"); {
	case rel.exists():
		m.Source = rel.text()
		if !strings.HasPrefix(m.Source, "[") {
			m.Load = func() *template.Template { return r.sibling(m.Source) }
		}
	case uri.exists():
		m.Source = uri.text()
		m.Link, m.Find = uri.lower(), r.byURL
	case id.exists():
		m.Source = id.text()
	}
}

// sibling loads the template at a path relative to this file.
func (r *reader) sibling(path string) *template.Template {
	target, ok := source.Join(r.doc.file.Path, path)
	if !ok || r.load == nil {
		return nil
	}
	return r.load(target)
}

// byURL finds the file that a URL means in this repository. What follows an unknown part, such as the place where the
// artifacts are, is its path; of a URL that is known, only an end of at least two names is taken for one.
func (r *reader) byURL(url value.Value) *template.Template {
	pieces := url.Pieces()
	tail := ""
	for i := len(pieces) - 1; i >= 0; i-- { // what follows the path is a query or a token
		if text, ok := pieces[i].Text(); ok && strings.Contains(strings.ToLower(text), ".json") {
			tail, _, _ = strings.Cut(text, "?")
			break
		}
	}
	least := 1
	if text, ok := pieces[0].Text(); ok && strings.Contains(text, "://") && tail != "" {
		least = 2
	}
	for tail = strings.Trim(tail, "/"); strings.Count(tail, "/")+1 >= least && tail != ""; {
		if t := r.sibling(tail); t != nil {
			return t
		}
		_, tail, _ = strings.Cut(tail, "/")
	}
	return nil
}

// arguments reads what is passed to a nested or linked template: an object of {value} or {reference}, or an expression
// that makes one.
func arguments(n, inline node) []template.Argument {
	var out []template.Argument
	if n.kind() == '"' {
		whole := n.lower()
		for _, p := range inline.get("parameters").members() {
			get := &expr.Call{Name: "tryGet", At: n.span(), Args: []expr.Expr{
				whole, expr.String(p.name, n.span()), expr.String("value", n.span())}}
			out = append(out, template.Argument{Name: p.name, Value: get, Site: n.span()})
		}
		return out
	}
	for _, m := range n.members() {
		out = append(out, argument(m))
	}
	return out
}

func argument(m member) template.Argument {
	a := template.Argument{Name: m.name, Site: m.site()}
	s := sectionOf(m.value)
	switch {
	case s.get("value").exists():
		a.Value = s.get("value").lower()
	case s.get("reference").exists():
		a.Secret = true
	default: // {"copy": [{"name": "value", …}]}, or an expression that makes the object
		a.Value = &expr.Call{Name: "argumentValue", Args: []expr.Expr{m.value.lower()}, At: m.value.span()}
	}
	return a
}
