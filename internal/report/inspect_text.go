package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// InspectText writes for people what would be deployed: resources below their parents and scopes, and under each what is
// not known of it.
func InspectText(w io.Writer, deployments []*model.Deployment, o Options) error {
	p := newPrinter(w, &o)
	for i, d := range deployments {
		if i > 0 {
			p.println("")
		}
		p.deployment(d)
	}
	if len(deployments) == 0 && !o.Quiet {
		p.println("Nothing to deploy was found.")
	}
	return p.w.Flush()
}

func (p *printer) deployment(d *model.Deployment) {
	if d.EntryPoint != nil {
		p.println(line(p.paint(bold, safe(p.o.path(d.EntryPoint.Path)))))
	}
	for _, f := range p.o.files(d.Parameters) {
		p.println("  with parameters of " + safe(f))
	}
	below := children(d)
	p.resources(below, nil, 1)
	for _, o := range d.Opaque {
		p.println(p.paint(yellow, "  ? ") + "module " + safe(o.Path) + p.paint(dim, " cannot be seen: "+safe(o.Source)))
	}
	if d.Incomplete {
		p.println(p.paint(yellow, "  ? ") + "part of the source could not be read")
	}
	p.println(wrap(census(d), "  ", "    ", p.o.Width)...)
}

// maxDepth is how deep the tree of resources is drawn; what is deeper stands at its top.
const maxDepth = 12

// children sorts the resources of a deployment under their parents, or the resources that they extend; those at the top
// are under nil.
func children(d *model.Deployment) map[*model.Resource][]*model.Resource {
	above := make(map[*model.Resource]*model.Resource, len(d.Resources))
	for _, r := range d.Resources {
		if above[r] = r.Parent; r.Parent == nil {
			above[r] = extended(d, r)
		}
	}
	out := map[*model.Resource][]*model.Resource{}
	for _, r := range d.Resources {
		if !reachesTop(above, r) { // also when scopes go round in a circle
			above[r] = nil
		}
		out[above[r]] = append(out[above[r]], r)
	}
	return out
}

func reachesTop(above map[*model.Resource]*model.Resource, r *model.Resource) bool {
	for range maxDepth {
		if r = above[r]; r == nil {
			return true
		}
	}
	return false
}

// extended returns the resource of d that r is attached to by its scope, or nil.
func extended(d *model.Deployment, r *model.Resource) *model.Resource {
	if r.Scope.IsUnset() {
		return nil
	}
	id, ok := model.ParseID(r.Scope)
	if !ok {
		return nil
	}
	above, found := d.Find(r.Scope, id.Type)
	if found != value.True {
		return nil
	}
	return above
}

func (p *printer) resources(below map[*model.Resource][]*model.Resource, above *model.Resource, depth int) {
	for _, r := range below[above] {
		p.resource(r, depth)
		p.resources(below, r, depth+1)
	}
}

func (p *printer) resource(r *model.Resource, depth int) {
	typ, name := r.Type, rule.Title(r.Name)
	if r.Parent != nil {
		segments := model.SplitName(r.Name)
		typ, name = lastSegment(r.Type), rule.Title(segments[len(segments)-1])
	}
	blank := strings.Repeat("  ", depth)
	text := p.paint(cyan, safe(typ)) + " " + p.paint(bold, "'"+safe(brief(name, maxName))+"'")
	if r.APIVersion != "" {
		text += " " + p.paint(dim, safe(r.APIVersion))
	}
	if !r.Header.IsZero() {
		text += p.paint(dim, fmt.Sprintf("  %s:%d", safe(p.o.file(r.Header)), r.Header.Begin().Line))
	}
	if r.Existing {
		p.println(blank + text + p.paint(dim, "  existing"))
		return
	}
	p.println(blank + text)
	if n := fate(r); n != "" {
		p.println(wrap(n, blank+"    ", blank+"      ", p.o.Width)...)
	}
	p.unknowns(r, blank+"    ")
}

func lastSegment(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// fate says of a resource that is not certain to be deployed why it is not.
func fate(r *model.Resource) string {
	switch r.Exists {
	case model.Dormant:
		return "off by default: " + condition(r.Condition)
	case model.Maybe:
		return "only if: " + condition(r.Condition)
	}
	return ""
}

func condition(v value.Value) string {
	if v.IsUnset() {
		return "its condition"
	}
	return expression(v)
}

// maxUnknowns is how many unknown members of a resource are listed, unless all are asked for.
const maxUnknowns = 8

// unknowns lists what is not known of a resource's body.
func (p *printer) unknowns(r *model.Resource, indent string) {
	all := unknownsOf(withoutPasswords(r.Body), "", nil)
	shown := all
	if !p.o.Verbose {
		shown = all[:min(len(all), maxUnknowns)]
	}
	mark := p.paint(yellow, "? ")
	for _, u := range shown {
		p.println(wrap(u, indent+mark, indent+"    ", p.o.Width)...)
	}
	if n := len(all) - len(shown); n > 0 {
		p.println(fmt.Sprintf("%s%sand %d more", indent, mark, n))
	}
}

// unknownsOf appends "path: expression" for each unknown in v.
func unknownsOf(v value.Value, path string, out []string) []string {
	label := safe(path)
	if path == "" {
		label = "the resource"
	}
	switch {
	case v.Secret, v.Kind == value.Unknown:
		return append(out, label+": "+expression(v))
	case v.Kind == value.Array:
		for i, e := range v.Elems() {
			out = unknownsOf(e, fmt.Sprintf("%s[%d]", path, i), out)
		}
	case v.Kind == value.Object:
		for _, f := range v.Fields() {
			out = unknownsOf(f.Value, strings.TrimPrefix(path+"."+f.Name, "."), out)
		}
	}
	if v.Open {
		out = append(out, label+" may have more members")
	}
	return out
}

// expression is a value for people, safe to print: what it is, what it may be, or what it is computed from.
func expression(v value.Value) string {
	switch {
	case v.Secret:
		return "a secret"
	case v.Kind == value.Absent:
		return "absent"
	case v.Kind != value.Unknown:
		return safe(brief(string(value.AppendJSON(nil, v)), maxExpression))
	case len(v.Cases()) > 0:
		return "one of " + alternatives(v.Cases())
	case v.Sym() != "":
		return safe(brief(v.Sym(), maxExpression))
	case len(v.Deps()) > 0:
		return "computed from " + safe(strings.Join(v.Deps(), ", "))
	}
	return "not known"
}

func alternatives(cases []value.Value) string {
	var list []string
	for _, c := range cases[:min(len(cases), maxUnknowns)] {
		list = append(list, expression(c))
	}
	if n := len(cases) - len(list); n > 0 {
		list = append(list, fmt.Sprintf("or %d more", n))
	}
	return strings.Join(list, ", ")
}

// How many bytes of an expression and of a name are shown.
const (
	maxExpression = 160
	maxName       = 80
)

// brief shortens an expression for people to at most n bytes.
func brief(s string, n int) string { return value.Readable(Mask(s), n) }

// census counts the resources of a deployment and names the parameters that would have to be known.
func census(d *model.Deployment) string {
	deployed, existing := 0, 0
	var deps []string
	for _, r := range d.Resources {
		if r.Existing {
			existing++
			continue
		}
		deployed++
		deps = append(deps, r.Body.Deps()...)
		deps = append(deps, r.Name.Deps()...)
		deps = append(deps, r.Condition.Deps()...)
	}
	text := plural(deployed, "resource")
	if existing > 0 {
		text += fmt.Sprintf(", %d existing", existing)
	}
	if deps = value.MergeDeps(deps); len(deps) > 0 {
		text += "; not known before deployment: " + safe(strings.Join(deps, ", "))
	}
	return text
}
