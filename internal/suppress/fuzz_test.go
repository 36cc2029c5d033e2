package suppress

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// FuzzParse reads any file, and applies what it finds to a finding at each end of it.
func FuzzParse(f *testing.F) {
	f.Add("// cosmoslint:ignore CDB101 reason=\"x\" until=2026-12-31\n@a('\\'')\nresource", true)
	f.Add("{ /* cosmoslint:ignore CDB101,CDB201 */\n\"a\": {}, \"type\": \"\\\"\"}", false)
	f.Add("x // cosmoslint:ignore-file CDB101\r\n//", true)
	f.Fuzz(func(t *testing.T, text string, decorated bool) {
		file := source.NewFile("a.json", []byte(text))
		found, problems := Parse(Source{File: file, Comments: comments(file), Decorated: decorated})
		for _, d := range found {
			if len(d.Rules) == 0 || d.Span.Start < 0 || d.Span.End > len(text) {
				t.Errorf("%+v", d)
			}
			for _, r := range d.reach {
				if r.Start < 0 || r.Start > r.End {
					t.Errorf("reach %+v", r)
				}
			}
		}
		for _, p := range problems {
			if p.Message == "" || p.Span.End > len(text) {
				t.Errorf("%+v", p)
			}
		}
		set := Resolve(found, Policy{Rules: rules, Ran: rules})
		set.Apply([]diag.Diagnostic{{Code: "CDB101", Span: file.At(0, 0)}, {Code: "CDB101", Span: file.At(len(text), 0)}})
		set.Problems(Policy{Ran: rules}, func(string) bool { return true })
	})
}
