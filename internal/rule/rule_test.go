package rule

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// complete is a rule with nothing missing.
func complete(id, name string) *Rule {
	return &Rule{
		ID: id, Name: name, Title: "Something is open", Category: Network, Severity: diag.Warning, Score: 5,
		Doc: "What, why, what to do.", References: []string{"https://example.com"}, Since: "0.1.0", Check: func(*Pass) {},
	}
}

// TestValidate finds each thing that may be missing or out of order.
func TestValidate(t *testing.T) {
	if err := Validate([]*Rule{complete("CDB101", "one"), complete("CDB102", "two-of-them")}); err != nil {
		t.Error(err)
	}
	for _, tt := range []struct {
		name   string
		change func(*Rule)
		want   string
	}{
		{"id", func(r *Rule) { r.ID = "CDB1020" }, "not of the form"},
		{"id of no group", func(r *Rule) { r.ID = "CDB902" }, "not of the form"},
		{"same id", func(r *Rule) { r.ID = "CDB101" }, "out of order"},
		{"smaller id", func(r *Rule) { r.ID = "CDB100" }, "out of order"},
		{"name in capitals", func(r *Rule) { r.Name = "Public" }, "not lower-case"},
		{"name with a space", func(r *Rule) { r.Name = "public network" }, "not lower-case"},
		{"name that is taken", func(r *Rule) { r.Name = "one" }, "is taken"},
		{"no title", func(r *Rule) { r.Title = "" }, "title"},
		{"title as a sentence", func(r *Rule) { r.Title = "It is open." }, "title"},
		{"no severity", func(r *Rule) { r.Severity = 0 }, "severity"},
		{"no score", func(r *Rule) { r.Score = 0 }, "score"},
		{"too high a score", func(r *Rule) { r.Score = 10.1 }, "score"},
		{"no documentation", func(r *Rule) { r.Doc = "" }, "documentation"},
		{"no reference", func(r *Rule) { r.References = nil }, "references"},
		{"no version", func(r *Rule) { r.Since = "" }, "since"},
		{"no category", func(r *Rule) { r.Category = "" }, "category"},
		{"no check", func(r *Rule) { r.Check = nil }, "no check"},
	} {
		r := complete("CDB102", "two")
		tt.change(r)
		err := Validate([]*Rule{complete("CDB101", "one"), r})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// TestMatches selects by id, name and category, without case.
func TestMatches(t *testing.T) {
	r := complete("CDB101", "one")
	for selector, want := range map[string]bool{
		"CDB101": true, "cdb101": true, "one": true, "ONE": true, "network": true, "Network": true, "all": true,
		"CDB10": false, "": false, "identity": false, "*": false,
	} {
		if got := r.Matches(selector); got != want {
			t.Errorf("%q: %v, want %v", selector, got, want)
		}
	}
}

// TestControls appends controls without writing into a list that another rule has.
func TestControls(t *testing.T) {
	base := Baseline("NS-1", "NS-3")
	a, b := Also(base, CIS, "4.5.1"), Also(base, CWE, "CWE-284")
	if len(base) != 2 || len(a) != 3 || a[2] != (Control{CIS, "4.5.1"}) || b[2] != (Control{CWE, "CWE-284"}) || a[0] != (Control{ASBv2, "NS-1"}) {
		t.Errorf("%v, %v, %v", base, a, b)
	}
}
