package suppress

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// pragmas reads Bicep's own directives. They hold for lines, as in Bicep: a finding has to begin there.
func (p *parser) pragmas() {
	for i, d := range p.src.Pragmas {
		if d.Kind == Restore || !p.more() {
			continue
		}
		out := Directive{Span: d.Span, Rules: d.Codes, foreign: true}
		switch d.Kind {
		case NextLine:
			line := d.Span.File.LineSpan(d.Span.File.Line(d.Span.Start) + 1)
			if line.File == nil {
				continue
			}
			line.End++
			out.reach = []source.Span{line}
			p.out = append(p.out, out)
		case Disable:
			for _, code := range d.Codes {
				one := out
				one.Rules = []string{code}
				one.reach = []source.Span{{File: d.Span.File, Start: d.Span.Start, End: p.restored(i, code)}}
				p.out = append(p.out, one)
			}
		}
	}
}

// restored is where the code that the i-th directive disables is restored, or the end of the file.
func (p *parser) restored(i int, code string) int {
	for _, d := range p.src.Pragmas[i+1:] {
		same := func(c string) bool { return strings.EqualFold(c, code) }
		if d.Kind == Restore && slices.ContainsFunc(d.Codes, same) {
			return d.Span.Start
		}
	}
	return len(p.src.File.Data) + 1
}
