package terraform

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

// rendering is the JSON text that a template file makes, with the offsets in the file of what is written there.
type rendering struct {
	file     *source.File
	text     strings.Builder
	segments []segment
	holes    map[string]value.Value
	quoted   bool
}

// segment is a piece of the text: one that stands in the file, or one that is computed, which is there an interpolation.
type segment struct {
	start, end int // in the text
	from       source.Span
	verbatim   bool
}

// keepRendered notes the object in a JSON file that was rendered to v, with its places in the file.
func (e *encodings) keepRendered(s *scope, f *source.File, expr hclsyntax.Expression, v value.Value) {
	key := renderedKey(v)
	if trimmed := strings.TrimSpace(string(f.Data)); key == "" || !strings.HasPrefix(trimmed, "{") {
		return
	}
	r := &rendering{file: f, holes: map[string]value.Value{}}
	switch expr := expr.(type) {
	case *hclsyntax.TemplateExpr:
		for _, p := range expr.Parts {
			r.add(s, p)
		}
	default:
		r.add(s, expr)
	}
	if r.text.Len() > value.MaxText {
		return
	}
	parsed, ok := arm.ParseValue(source.NewFile(f.Path, []byte(r.text.String())))
	if !ok || parsed.Kind != value.Object {
		return
	}
	e.rendered[key] = filled(r.placed(parsed, f.At(0, len(f.Data))), r.holes)
}

// renderedKey tells one rendered text from another: by its text, and by what its holes wait for.
func renderedKey(v value.Value) string {
	pieces := v.Pieces()
	if len(pieces) == 0 || v.Kind != value.String && v.Parts() == nil {
		return ""
	}
	var b strings.Builder
	for _, p := range pieces {
		if text, ok := p.Text(); ok {
			b.WriteString(text)
			continue
		}
		b.WriteString(hole + value.Canon(p) + hole + strings.Join(p.Deps(), hole) + hole)
	}
	return b.String()
}

// add writes a part of the template.
func (r *rendering) add(s *scope, part hclsyntax.Expression) {
	start := r.text.Len()
	v := s.asText(s.eval(part))
	text, ok := v.Text()
	if !ok {
		name := hole + strconv.Itoa(len(r.holes)) + hole
		r.holes[name] = v
		if text = name; !r.quoted {
			text = `"` + name + `"`
		}
	} else {
		r.quoted = openQuote(text, r.quoted)
	}
	r.text.WriteString(text)
	from := s.span(part.Range())
	_, literal := part.(*hclsyntax.LiteralValueExpr)
	r.segments = append(r.segments, segment{start, r.text.Len(), from, literal && from.Text() == text})
}

// offset is where in the file a place in the text is; atEnd takes the end of what stands before it. It reports false within
// what is computed.
func (r *rendering) offset(i int, atEnd bool) (int, bool) {
	for _, g := range r.segments {
		switch {
		case i < g.start || i > g.end || !atEnd && i == g.end || atEnd && i == g.start:
			continue
		case g.verbatim:
			return g.from.Start + i - g.start, true
		case i == g.start:
			return g.from.Start, true
		case i == g.end:
			return g.from.End, true
		}
		return 0, false
	}
	return 0, false
}

// span is the place of a piece of the text in the file, that of what is around it when there is none.
func (r *rendering) span(s, around source.Span) source.Span {
	start, ok := r.offset(s.Start, false)
	end, okEnd := r.offset(s.End, true)
	if s.IsZero() || !ok || !okEnd || end < start {
		return around
	}
	return r.file.At(start, end-start)
}

// placed moves the places of a value from the text to the file.
func (r *rendering) placed(v value.Value, around source.Span) value.Value {
	at := r.span(v.Span, around)
	w := v
	switch v.Kind {
	case value.Array:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = r.placed(e, at)
		}
		w = value.OfArray(elems...)
	case value.Object:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			site := r.span(f.Site, at)
			fields[i] = value.Field{Name: f.Name, Value: r.placed(f.Value, site), Site: site}
		}
		w = value.OfObject(fields...)
	}
	return w.At(at)
}
