package suppress

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

func TestRead(t *testing.T) {
	for _, tc := range []struct{ text, want, problem string }{
		{`CDB101`, "[CDB101]", ""},
		{`CDB101,CDB102`, "[CDB101 CDB102]", ""},
		{` CDB101 , local-auth-enabled `, "[CDB101 local-auth-enabled]", ""},
		{`CDB101 reason="a \"good\" one, truly" until=2026-12-31`, `[CDB101] a "good" one, truly 2026-12-31`, ""},
		{`CDB101 until=2026-12-31 reason=demo`, `[CDB101] demo 2026-12-31`, ""},
		{`CDB101 reason=""`, `[CDB101]`, ""},
		{`reason="x"`, "", "names no rule"},
		{``, "", "names no rule"},
		{`CDB101 reason="x`, "", "not closed"},
		{`CDB101 until=tomorrow`, "", "no date"},
		{`CDB101 until=2026-02-30`, "", "no date"},
		{`CDB101 untill=2026-12-31`, "", "did you mean until?"},
		{`CDB101 CDB102`, "", "After the rules"},
		{`CDB101 -- we know`, "", "After the rules"},
		{`CDB(1)`, "", "no id or name"},
		{strings.Repeat("CDB101,", maxRules+1) + "CDB101", "", "more than"},
	} {
		var d Directive
		problem := d.read(tc.text)
		got := strings.TrimSpace(fmt.Sprintf("%v %s %s", d.Rules, d.Reason, d.Until))
		if tc.problem == "" && (problem != "" || strings.Join(strings.Fields(got), " ") != tc.want) || tc.problem != "" && !strings.Contains(problem, tc.problem) {
			t.Errorf("%s: got %s, problem %q", tc.text, got, problem)
		}
	}
}

// comments finds "//" to the end of the line and "/* */" wherever they stand.
func comments(f *source.File) []source.Span {
	var out []source.Span
	text := string(f.Data)
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		end := -1
		switch {
		case strings.HasPrefix(rest, "//"):
			if end = strings.IndexByte(rest, '\n'); end < 0 {
				end = len(rest)
			}
		case strings.HasPrefix(rest, "/*"):
			end = strings.Index(rest, "*/") + 2
		}
		if end > 0 {
			out = append(out, f.At(i, end))
			i += end - 1
		}
	}
	return out
}

var rules = []*rule.Rule{{ID: "CDB101", Name: "public-network-open"}, {ID: "CDB201", Name: "local-auth-enabled"}}

// TestReach marks with "F" the place of a finding and with "H" the header of its resource.
func TestReach(t *testing.T) {
	for _, tc := range []struct {
		name, file, text string
		want             bool
	}{
		{"line before", "a.bicep", "// cosmoslint:ignore CDB101\nF\nH", true},
		{"blank lines and comments between", "a.bicep", "// cosmoslint:ignore CDB101\n\n// because\n/* of */\nF\nH", true},
		{"end of line", "a.bicep", "F // cosmoslint:ignore CDB101\nH", true},
		{"end of line, two comments", "a.bicep", "F /* x */ // cosmoslint:ignore CDB101\nH", true},
		{"in the line", "a.json", "/* cosmoslint:ignore CDB101 */ F\nH", true},
		{"line after", "a.bicep", "H\nF\n// cosmoslint:ignore CDB101\n", false},
		{"two lines before", "a.bicep", "// cosmoslint:ignore CDB101\nx\nF\nH", false},
		{"resource", "a.bicep", "// cosmoslint:ignore CDB101\nH\nF", true},
		{"header", "a.bicep", "H // cosmoslint:ignore CDB101\nF", true},
		{"decorators", "a.bicep", "// cosmoslint:ignore CDB101\n@a('\\')')\n@b(\n1)\nH\nF", true},
		{"no decorators elsewhere", "a.tf", "// cosmoslint:ignore CDB101\n@a()\nH\nF", false},
		{"object", "a.json", "// cosmoslint:ignore CDB101\n{ \"x\": {\"type\": 1},\n\"TYPE\": H\nF }", true},
		{"object of another type", "a.json", "// cosmoslint:ignore CDB101\n{\n\"type\": 1},\n{ \"type\": H\nF }", false},
		{"file", "a.json", "// cosmoslint:ignore-file CDB101\nx\nH\nF", true},
		{"other rule", "a.bicep", "// cosmoslint:ignore CDB201\nF\nH", false},
		{"by name", "a.bicep", "// cosmoslint:ignore Public-Network-Open\nF\nH", true},
		{"only spoken of", "a.bicep", "// write cosmoslint:ignore CDB101 here\nF\nH", false},
		{"CR LF", "a.bicep", "// cosmoslint:ignore CDB101\r\nF\r\nH", true},
		{"JSDoc", "a.bicep", "/** cosmoslint:ignore CDB101\n * more */\nF\nH", true},
		{"second line of a comment", "a.bicep", "/* cosmoslint:ignore CDB201\r\n * cosmoslint:ignore CDB101\r\n */\r\nF\r\nH", true},
		{"last line of a comment", "a.tf", "/*\n  Because of the old client.\n  cosmoslint:ignore CDB101 */\nF\nH", true},
		{"within a line of a comment", "a.bicep", "/* to accept it\n * write cosmoslint:ignore CDB101 */\nF\nH", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := source.NewFile(tc.file, []byte(tc.text))
			d := diag.Diagnostic{Code: "CDB101", Span: f.At(strings.LastIndex(tc.text, "F"), 1),
				Subject: &diag.Subject{Span: f.At(strings.LastIndex(tc.text, "H"), 1)}}
			found, _ := Parse(Source{File: f, Comments: comments(f), Decorated: strings.HasSuffix(tc.file, ".bicep")})
			_, suppressed := Resolve(found, Policy{Rules: rules}).Apply([]diag.Diagnostic{d})
			if (len(suppressed) == 1) != tc.want {
				t.Errorf("suppressed: %v, want %v", !tc.want, tc.want)
			}
		})
	}
}

func TestPragmas(t *testing.T) {
	f := source.NewFile("a.bicep", []byte("#a CDB101\n1\n#d CDB101\n2\n#r CDB101\n3\n"))
	at := func(s string) source.Span { return f.At(strings.Index(string(f.Data), s), 2) }
	found, _ := Parse(Source{File: f, Pragmas: []Pragma{
		{at("#a"), NextLine, []string{"CDB101", "BCP037"}}, {at("#d"), Disable, []string{"CDB101"}}, {at("#r"), Restore, []string{"cdb101"}},
	}})
	set := Resolve(found, Policy{Rules: rules, Ran: rules})
	for line, want := range map[string]bool{"1": true, "2": true, "3": false} {
		d := diag.Diagnostic{Code: "CDB101", Span: at("\n" + line)}
		d.Span.Start++
		if _, suppressed := set.Apply([]diag.Diagnostic{d}); (len(suppressed) == 1) != want {
			t.Errorf("line %s: suppressed %v", line, !want)
		}
	}
	if p := set.Problems(Policy{Ran: rules}, func(string) bool { return true }); len(p) > 0 {
		t.Error(p)
	}
}

// A suppression holds on its last day, and on none after it.
func TestExpiry(t *testing.T) {
	f := source.NewFile("a.bicep", []byte("// cosmoslint:ignore CDB101 until=2026-11-23\nF"))
	found, _ := Parse(Source{File: f, Comments: comments(f)})
	for day, want := range map[string]int{"2026-11-23": 1, "2026-11-24": 0, "": 1} {
		today, _ := time.Parse(time.DateOnly, day)
		d := diag.Diagnostic{Code: "CDB101", Span: f.At(len(f.Data)-1, 1)}
		if _, suppressed := Resolve(found, Policy{Rules: rules, Today: today}).Apply([]diag.Diagnostic{d}); len(suppressed) != want {
			t.Errorf("%s: %d suppressed, want %d", day, len(suppressed), want)
		}
	}
}

// Files that are full of suppressions take no longer than others, and say that not all of them count.
func TestHostile(t *testing.T) {
	for name, text := range map[string]string{
		"comments":    strings.Repeat("// cosmoslint:ignore CDB101\n", 20_000),
		"one line":    strings.Repeat("/* cosmoslint:ignore CDB101 */", 20_000),
		"one comment": "/*\n" + strings.Repeat("cosmoslint:ignore CDB101\n", 20_000) + "*/" + strings.Repeat(" ", 4<<20),
		"decorators":  strings.Repeat("// cosmoslint:ignore CDB101\n@a(\n", 20_000),
		"objects":     strings.Repeat("// cosmoslint:ignore CDB101\n{\n", 20_000),
	} {
		f := source.NewFile("a.json", []byte(text))
		src := Source{File: f, Comments: comments(f), Decorated: true}
		start := time.Now()
		found, problems := Parse(src)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if len(found) != maxDirectives || len(problems) != 1 {
			t.Errorf("%s: %d suppressions, %d problems", name, len(found), len(problems))
		}
	}
}
