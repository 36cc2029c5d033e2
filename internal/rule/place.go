package rule

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

func (p *Pass) diagnose(f Finding) diag.Diagnostic {
	span, related := place(f, p.Deployment)
	span, related = visible(f.Resource, span, append(related, f.Related...))
	d := diag.Diagnostic{
		Code:     p.Rule.ID,
		Severity: p.Rule.Severity,
		Message:  f.Message,
		Span:     span,
		Related:  related,
		Fix:      writable(f.Fix),
		Subject:  Subject(f.Resource),
		Property: f.Path,
		Controls: f.Controls,

		Declaration: f.Resource.Declaration,
	}
	switch {
	case f.Value != nil && !f.Value.Secret:
		d.Detail = value.Canon(*f.Value)
	case !f.Entry.Secret:
		d.Detail = value.Canon(f.Entry)
	}
	if f.Severity != 0 {
		d.Severity = f.Severity
	}
	return d
}

// visible keeps a diagnostic to the user's own files. What stands in another one, a registry module's, is shown at the
// call that leads there.
func visible(r *model.Resource, span source.Span, related []diag.Related) (source.Span, []diag.Related) {
	if isExternal(span) {
		span = ownCall(r)
	}
	related = slices.DeleteFunc(slices.Clone(related), func(r diag.Related) bool { return isExternal(r.Span) })
	return span, dedupe(related, span)
}

func isExternal(s source.Span) bool { return s.File != nil && s.File.External }

// ownCall is the innermost call in a file of the user's.
func ownCall(r *model.Resource) source.Span {
	for _, call := range slices.Backward(r.Calls) {
		if !isExternal(call) {
			return call
		}
	}
	return source.Span{}
}

// writable drops a fix that would change a file which is not the user's, or not written by hand. Of others the new lines end
// as those of the file do.
func writable(fix *diag.Fix) *diag.Fix {
	if fix == nil {
		return nil
	}
	out := *fix
	out.Edits = slices.Clone(fix.Edits)
	for i, e := range out.Edits {
		f := e.Span.File
		if isExternal(e.Span) || f != nil && f.Derived {
			return nil
		}
		if f != nil && strings.Contains(e.New, "\n") && f.LineEnd() == "\r\n" {
			lines := strings.ReplaceAll(e.New, "\r\n", "\n")
			out.Edits[i].New = strings.ReplaceAll(lines, "\n", "\r\n")
		}
	}
	return &out
}

// Subject names a resource for a diagnostic.
func Subject(r *model.Resource) *diag.Subject {
	header, _ := visible(r, r.Header, nil)
	return &diag.Subject{
		Type:    r.Type,
		Name:    json.RawMessage(value.AppendJSON(nil, r.Name)),
		Title:   Title(r.Name),
		Path:    r.Path,
		Written: r.Written,
		Exists:  r.Exists.String(),
		Span:    header,
		Calls:   r.Calls,
	}
}

// maxHole is how many bytes of an expression stand in a name for people.
const maxHole = 60

// Title is a name for people: known text as it is, the rest as the expression it is computed from, or of a long one the
// function that makes it.
func Title(name value.Value) string {
	if name.Secret {
		return "<secret>"
	}
	var b strings.Builder
	for _, p := range name.Spelling() {
		text, ok := p.Text()
		switch {
		case p.Secret:
			b.WriteString("<secret>")
		case ok:
			b.WriteString(text)
		case p.Sym() != "":
			b.WriteString("<" + value.Outline(p.Sym(), maxHole) + ">")
		default:
			b.WriteString(commonTitle(p.Cases()))
		}
	}
	return b.String()
}

// commonTitle is what several names have in common for people.
func commonTitle(names []value.Value) string {
	const unknown = "<unknown>"
	if len(names) == 0 {
		return unknown
	}
	title := Title(names[0])
	if slices.ContainsFunc(names[1:], func(n value.Value) bool { return Title(n) != title }) {
		return unknown
	}
	return title
}

// place finds where to point for a property. What a caller or a parameter file decides is shown there; what a default of
// a called module decides is shown at the call; everything else at the property, or at the header when it is absent.
func place(f Finding, d *model.Deployment) (source.Span, []diag.Related) {
	r := f.Resource
	s := locate(r, f.Path)
	if f.Value != nil {
		s = s.narrowed(f)
	}
	if s.site.IsZero() {
		var related []diag.Related
		if !s.ancestor.IsZero() && !r.Header.Contains(s.ancestor) {
			related = append(related, diag.Related{Message: "would be set here", Span: s.ancestor})
		}
		return r.Header, append(related, calls(r)...)
	}
	return along(s, r, d)
}

// spot is where a path within a resource leads.
type spot struct {
	// site is the member or element as written; zero when it is absent.
	site source.Span
	v    value.Value
	// ancestor is the innermost member on the way that is written.
	ancestor source.Span
	// used is where the resource uses the value that v came in, and from the way which that took: v itself, or an object
	// or list that v is somewhere in.
	used source.Span
	from *value.Origin
}

// narrowed is the spot of the value that a finding is about, one inside of what its path leads to.
func (s spot) narrowed(f Finding) spot {
	s.v = *f.Value
	switch {
	case !f.Site.IsZero():
		s.site = f.Site
	case !s.v.Span.IsZero() && s.site.Contains(s.v.Span):
		s.site = s.v.Span
	}
	if s.v.From != nil {
		s.used, s.from = s.site, s.v.From
	}
	return s
}

// locate follows path as far as members are written. An element that a function has made, and what is in it, stands where its
// list does.
func locate(r *model.Resource, path string) spot {
	s := spot{v: r.Body}
	if path == "" {
		return s
	}
	made := false
	for _, name := range strings.Split(path, ".") {
		site := source.Span{}
		if i, err := strconv.Atoi(name); err == nil && s.v.Kind == value.Array {
			made = i < len(s.v.Elems())
			s.v = s.v.Index(i)
			site = s.v.Span
		} else {
			s.v, site = member(s.v, name)
		}
		if !made || !site.IsZero() || s.v.IsUnset() {
			s.site, made = site, false
		}
		if s.site.IsZero() {
			return s
		}
		s.ancestor = keyOf(s.site)
		if s.v.From != nil {
			s.used, s.from = s.site, s.v.From
		}
	}
	return s
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
func along(s spot, r *model.Resource, d *model.Deployment) (source.Span, []diag.Related) {
	primary, used := s.site, s.used
	if used == primary {
		used = source.Span{} // there is nothing in between
	}
	written := s.v.Span
	if s.v.From == nil {
		written = s.site // in the object or list that came the way
	}
	var steps []diag.Related
	use := func() {
		if used.IsZero() {
			used = primary
		}
		steps = append(steps, diag.Related{Message: "used here", Span: keyOf(used)})
		used = source.Span{}
	}
	for o := s.from; o != nil; o = o.Prev {
		if o.Span.IsZero() {
			continue
		}
		switch o.Kind {
		case value.FromArgument, value.FromFile:
			use()
			if primary = narrow(o.Span, written); primary.Contains(written) && written == s.site {
				primary = written
			}
		case value.FromDefault:
			steps = append(steps, diag.Related{Message: "default of parameter '" + o.Name + "'", Span: o.Span})
			if !o.Call.IsZero() {
				use()
				primary = o.Call
			}
		case value.FromVariable:
			steps = append(steps, diag.Related{Message: "variable '" + o.Name + "'", Span: o.Span})
		case value.FromOutput:
			steps = append(steps, diag.Related{Message: "output '" + o.Name + "'", Span: o.Span})
		}
	}
	if !used.IsZero() {
		use()
	}
	if nearness(written, d) > nearness(primary, d) {
		use() // a function or a module in between has lost the way, not the value
		primary = lineTo(written)
	}
	if !written.IsZero() && !isShown(written, primary, steps) {
		steps = append(steps, diag.Related{Message: "value written here", Span: written})
	}
	return firstLines(primary), dedupe(append(steps, calls(r)...), primary)
}

// nearness tells how near a file is to whoever deploys: a module of a registry, a template, a parameter file.
func nearness(s source.Span, d *model.Deployment) int {
	switch {
	case s.IsZero() || isExternal(s):
		return 0
	case d != nil && slices.Contains(d.Parameters, s.File):
		return 2
	}
	return 1
}

// isShown reports whether a place is pointed at already: it lies in the primary one, or is the end of a step on one line.
func isShown(s, primary source.Span, steps []diag.Related) bool {
	return primary.Contains(s) || slices.ContainsFunc(steps, func(r diag.Related) bool {
		return r.Span.Contains(s) && r.Span.End == s.End && keyOf(r.Span) == r.Span
	})
}

// narrow finds the line within an argument of several lines on which the value is written.
func narrow(argument, written source.Span) source.Span {
	if !argument.Contains(written) || argument.File.Line(argument.Start) == argument.File.Line(written.Start) {
		return argument
	}
	return lineTo(written)
}

// lineTo is the line of a value from its first letter to the end of the value.
func lineTo(written source.Span) source.Span {
	line := written.File.LineSpan(written.File.Line(written.Start))
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
