package rule

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

func (p *Pass) diagnose(f Finding) diag.Diagnostic {
	span, related := place(f)
	d := diag.Diagnostic{
		Code:     p.Rule.ID,
		Severity: p.Rule.Severity,
		Message:  f.Message,
		Span:     span,
		Related:  append(related, f.Related...),
		Fix:      f.Fix,
		Subject:  Subject(f.Resource),
		Property: f.Path,

		Declaration: f.Resource.Declaration,
	}
	if f.Value != nil && !f.Value.Secret {
		d.Detail = value.Canon(*f.Value)
	}
	if f.Severity != 0 {
		d.Severity = f.Severity
	}
	return d
}

// Subject names a resource for a diagnostic.
func Subject(r *model.Resource) *diag.Subject {
	return &diag.Subject{
		Type:   r.Type,
		Name:   json.RawMessage(value.AppendJSON(nil, r.Name)),
		Title:  Title(r.Name),
		Path:   r.Path,
		Exists: r.Exists.String(),
		Span:   r.Header,
	}
}

// maxHole is how many bytes of an expression stand in a name for people.
const maxHole = 60

// Title is a name for people: known text as it is, the rest as the expression it is computed from.
func Title(name value.Value) string {
	var b strings.Builder
	for _, p := range name.Pieces() {
		text, ok := p.Text()
		switch {
		case p.Secret:
			b.WriteString("<secret>")
		case ok:
			b.WriteString(text)
		case p.Sym() != "":
			b.WriteString("<" + value.Readable(p.Sym(), maxHole) + ">")
		default:
			b.WriteString("<unknown>")
		}
	}
	return b.String()
}

// place finds where to point for a property. What a caller or a parameter file decides is shown there; what a default of
// a called module decides is shown at the call; everything else at the property, or at the header when it is absent.
func place(f Finding) (source.Span, []diag.Related) {
	r := f.Resource
	site, v, ancestor := locate(r, f.Path)
	if f.Value != nil {
		v = *f.Value
		if !f.Site.IsZero() {
			site = f.Site
		} else if !v.Span.IsZero() && site.Contains(v.Span) {
			site = v.Span
		}
	}
	if site.IsZero() {
		var related []diag.Related
		if !ancestor.IsZero() && !r.Header.Contains(ancestor) {
			related = append(related, diag.Related{Message: "would be set here", Span: ancestor})
		}
		return r.Header, append(related, calls(r)...)
	}
	return along(site, v, r)
}

// locate follows path as far as members are written. It returns the member's site, or the site of its innermost ancestor.
func locate(r *model.Resource, path string) (site source.Span, v value.Value, ancestor source.Span) {
	v = r.Body
	if path == "" {
		return source.Span{}, value.Value{}, source.Span{}
	}
	for _, name := range strings.Split(path, ".") {
		if i, err := strconv.Atoi(name); err == nil && v.Kind == value.Array {
			v = v.Index(i)
			site = v.Span
			continue
		}
		v, site = member(v, name)
		if site.IsZero() {
			return source.Span{}, v, ancestor
		}
		ancestor = keyOf(site)
	}
	return site, v, ancestor
}

// member returns the named member and its site, also when the object is one of several cases.
func member(v value.Value, name string) (value.Value, source.Span) {
	for _, c := range v.Alternatives() {
		if f, ok := c.Lookup(name); ok {
			site := f.Site
			if site.IsZero() {
				site = f.Value.Span
			}
			if len(v.Cases()) > 0 {
				return v.Get(name), site
			}
			return f.Value, site
		}
	}
	return v.Get(name), source.Span{}
}

// keyOf narrows the site of a member to its first line, so that a long object is not underlined whole.
func keyOf(site source.Span) source.Span {
	if i := strings.IndexAny(site.Text(), "\r\n"); i >= 0 {
		site.End = site.Start + i
	}
	return site
}

// along walks the way of a value back from the property to where it was decided.
func along(site source.Span, v value.Value, r *model.Resource) (source.Span, []diag.Related) {
	primary := site
	var steps []diag.Related
	for o := v.From; o != nil; o = o.Prev {
		if o.Span.IsZero() {
			continue
		}
		switch o.Kind {
		case value.FromArgument, value.FromFile:
			steps = append(steps, diag.Related{Message: "used here", Span: primary})
			primary = narrow(o.Span, v.Span)
		case value.FromDefault:
			steps = append(steps, diag.Related{Message: "default of parameter '" + o.Name + "'", Span: o.Span})
			if !o.Call.IsZero() {
				steps = append(steps, diag.Related{Message: "used here", Span: primary})
				primary = o.Call
			}
		case value.FromVariable:
			steps = append(steps, diag.Related{Message: "variable '" + o.Name + "'", Span: o.Span})
		case value.FromOutput:
			steps = append(steps, diag.Related{Message: "output '" + o.Name + "'", Span: o.Span})
		}
	}
	if !v.Span.IsZero() && !primary.Contains(v.Span) {
		steps = append(steps, diag.Related{Message: "value written here", Span: v.Span})
	}
	return firstLines(primary), dedupe(append(steps, calls(r)...), primary)
}

// narrow finds the line within an argument of several lines on which the value is written.
func narrow(argument, written source.Span) source.Span {
	if !argument.Contains(written) || argument.File.Line(argument.Start) == argument.File.Line(written.Start) {
		return argument
	}
	line := argument.File.LineSpan(argument.File.Line(written.Start))
	text := line.Text()
	line.Start += len(text) - len(strings.TrimLeft(text, " \t"))
	line.End = max(written.End, line.Start)
	return line
}

// firstLines keeps a place that spans many lines to its first: a pull request shows an alert only where all its lines
// changed.
func firstLines(s source.Span) source.Span { return keyOf(s) }

// calls are the module calls that lead to r, as related places.
func calls(r *model.Resource) []diag.Related {
	var out []diag.Related
	for _, c := range r.Calls {
		out = append(out, diag.Related{Message: "in this module", Span: c})
	}
	return out
}

func dedupe(related []diag.Related, primary source.Span) []diag.Related {
	seen := map[source.Span]bool{primary: true}
	out := related[:0]
	for _, r := range related {
		if !seen[r.Span] {
			seen[r.Span] = true
			out = append(out, r)
		}
	}
	return out
}
