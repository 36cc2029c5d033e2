package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

func TestURI(t *testing.T) {
	for in, want := range map[string]string{
		"a/b-c_d.e~f.json": "a/b-c_d.e~f.json",
		"a b#c%d.json":     "a%20b%23c%25d.json",
		"é日.json":          "%C3%A9%E6%97%A5.json",
		"c:x":              "c%3Ax",
		"a\nb\\c":          "a%0Ab%5Cc",
		"a\xffb":           "a%EF%BF%BDb",
	} {
		if got := uri(in); got != want {
			t.Errorf("uri(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestVisibleEdits checks that edits are moved out of the indentation, and that they still do the same.
func TestVisibleEdits(t *testing.T) {
	const text = "a:\n  b: 1\n\n  c: 2\r\n    d: 3\n"
	type edit struct {
		at, old, new string // new replaces old after the first occurrence of at
	}
	tests := []struct {
		name  string
		edits []edit
		want  string // the edits as written, "start-end:new"
	}{
		{"inside a line", []edit{{"b: ", "1", "9"}}, `8-9:"9"`},
		{"a line inserted", []edit{{"a:\n", "", "  x: 0\n"}}, `2-2:"\n  x: 0"`},
		{"a line inserted after CR LF", []edit{{"2\r\n", "", "  x: 0\r\n"}}, `17-17:"\r\n  x: 0"`},
		{"in the middle of an indentation", []edit{{"a:\n ", "", "y"}}, `2-4:"\n y"`},
		{"a line removed", []edit{{"1\n\n", "  c: 2\r\n", ""}}, `10-19:"\n"`},
		{"two that touch after the move", []edit{{"a:\n", "  b: 1\n\n", "x"}, {"1\n\n", "  ", "y"}}, `2-13:"\nxy"`},
		{"first line", []edit{{"", "", "x"}}, `0-0:"x"`},
		{"two on one line", []edit{{"d", "", "e"}, {"d: ", "3", "4"}}, `24-24:"e" 26-27:"4"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.NewFile("f", []byte(text))
			var edits []source.Edit
			for _, e := range test.edits {
				start := strings.Index(text, e.at) + len(e.at)
				edits = append(edits, source.Edit{Span: f.At(start, len(e.old)), New: e.new})
			}
			got := visibleEdits(edits)
			var list []string
			for _, e := range got {
				b, _ := json.Marshal(e.New)
				list = append(list, string(appendRange(nil, e.Span))+":"+string(b))
			}
			if s := strings.Join(list, " "); s != test.want {
				t.Errorf("got %s, want %s", s, test.want)
			}
			if a, b := apply(text, edits), apply(text, got); a != b {
				t.Errorf("the effect differs: %q, %q", a, b)
			}
		})
	}
}

func appendRange(dst []byte, s source.Span) []byte {
	a, _ := json.Marshal(s.Start)
	b, _ := json.Marshal(s.End)
	return append(append(append(dst, a...), '-'), b...)
}

// apply applies edits that are in order.
func apply(text string, edits []source.Edit) string {
	var b strings.Builder
	done := 0
	for _, e := range edits {
		b.WriteString(text[done:e.Span.Start] + e.New)
		done = e.Span.End
	}
	return b.String() + text[done:]
}

func TestCompareNatural(t *testing.T) {
	order := []string{"IM-1", "IM-8", "NS-1", "NS-2", "NS-2a", "NS-10", "NS-10.1"}
	for i, a := range order {
		for j, b := range order {
			if got := compareNatural(a, b); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("compareNatural(%s, %s) = %d", a, b, got)
			}
		}
	}
}

func TestTooManyResults(t *testing.T) {
	f := source.NewFile("f", bytes.Repeat([]byte("x\n"), maxResults+10))
	res := &diag.Result{}
	for i := range maxResults + 10 {
		s := diag.Note
		if i%2 == 1 {
			s = diag.Error
		}
		res.Findings = append(res.Findings, diag.Diagnostic{Code: "CDB101", Severity: s, Message: "m", Span: f.At(2*i, 1)})
	}
	var b bytes.Buffer
	if err := SARIF(&b, res, Options{Rules: testRules}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				Level     string
				Locations []struct {
					PhysicalLocation struct{ Region struct{ StartLine int } }
				}
			}
			Invocations []struct {
				ToolExecutionNotifications []struct{ Message struct{ Text string } }
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	errors, last := 0, 0
	for _, r := range run.Results {
		if r.Level == "error" {
			errors++
		}
		if n := r.Locations[0].PhysicalLocation.Region.StartLine; n <= last {
			t.Fatalf("line %d after %d", n, last)
		} else {
			last = n
		}
	}
	if len(run.Results) != maxResults || errors != maxResults/2+5 {
		t.Errorf("%d results, %d errors", len(run.Results), errors)
	}
	got := run.Invocations[0].ToolExecutionNotifications[0].Message.Text
	if want := "10 results left out: code scanning takes no more than 25000."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSARIFLimits checks what code scanning asks of rules.
func TestSARIFLimits(t *testing.T) {
	for _, r := range testRules {
		d := ruleDescriptor(r)
		tags := d.Properties["tags"].([]string)
		if len(tags) > maxTags || tags[0] != "security" {
			t.Errorf("%s: tags %v", r.ID, tags)
		}
		if s, ok := d.Properties["security-severity"].(string); !ok || len(s) < 3 {
			t.Errorf("%s: security-severity %v", r.ID, d.Properties["security-severity"])
		}
		for _, text := range []*string{d.ShortDescription.Text, d.FullDescription.Text, d.Help.Text, d.Help.Markdown} {
			if text == nil || *text == "" {
				t.Errorf("%s: a description is missing", r.ID)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	for in, want := range map[string]string{"v1.2.3": "1.2.3", "1.2.3-rc.1+x": "1.2.3-rc.1+x", "": "0.0.0-dev", "(devel)": "0.0.0-dev"} {
		var b bytes.Buffer
		if err := SARIF(&b, &diag.Result{}, Options{Version: in}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), `"semanticVersion": "`+want+`"`) {
			t.Errorf("%q: no %q in\n%s", in, want, b.String())
		}
	}
}
