package controls

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

var (
	open = &rule.Rule{ID: "CDB101", Controls: rule.Also(rule.Baseline("NS-1", "NS-3"), rule.MCSB, "NS-2")}
	lost = &rule.Rule{ID: "CDB407", Controls: rule.Baseline("NS-1", "NS-3", "IM-1")}
	keys = &rule.Rule{ID: "CDB301", Controls: rule.Baseline("IM-7")}
	none = &rule.Rule{ID: "CDB404", Controls: rule.Also(nil, rule.CWE, "CWE-326")}
)

// TestAssess has the result of a run, and where that leaves the controls.
func TestAssess(t *testing.T) {
	account := &diag.Subject{Type: "Microsoft.DocumentDB/databaseAccounts", Title: "db1", Path: "db1"}
	file := &diag.Subject{Type: diag.FileType, Path: "main.json"}
	finding := func(r *rule.Rule, controls ...string) []diag.Diagnostic {
		return []diag.Diagnostic{{Code: r.ID, Severity: diag.Error, Subject: account, Controls: controls}}
	}
	accepted := finding(open)
	accepted[0].Suppression = &diag.Suppression{Kind: diag.InSource}
	held := func(r *rule.Rule, s *diag.Subject) []diag.Held { return []diag.Held{{Code: r.ID, Subject: s}} }
	cosmos := []diag.EntryPoint{{Path: "net.json"}, {Path: "main.json", Cosmos: true}}
	broken := []diag.Diagnostic{diag.Problem("json-syntax", diag.Error, source.Span{}, "Broken.")}
	for _, tt := range []struct {
		name string
		res  diag.Result
		want string // status of NS-1, NS-3, IM-1, IM-7
	}{
		{"nothing", diag.Result{}, "not-in-files not-in-files not-in-files not-in-files"},
		{"held", diag.Result{Held: held(open, account)}, "met met not-in-files not-in-files"},
		{"found", diag.Result{Findings: finding(open), Held: held(open, account)}, "not-met not-met not-in-files not-in-files"},
		{"accepted", diag.Result{Suppressed: accepted}, "not-met not-met not-in-files not-in-files"},
		{"undetermined", diag.Result{Undetermined: finding(open), Held: held(open, account)}, "undetermined undetermined not-in-files not-in-files"},
		{"found and undetermined", diag.Result{Findings: finding(open), Undetermined: finding(open)}, "not-met not-met not-in-files not-in-files"},
		{"of one of its controls", diag.Result{Findings: finding(lost, "NS-3"), Held: held(open, account)}, "met not-met not-in-files not-in-files"},
		{"of none of its controls", diag.Result{Findings: []diag.Diagnostic{{Code: lost.ID, Subject: account, Controls: []string{}}}},
			"not-in-files not-in-files not-in-files not-in-files"},
		{"of a rule for nothing", diag.Result{Findings: finding(none)}, "not-in-files not-in-files not-in-files not-in-files"},
		{"files alone", diag.Result{Held: held(keys, file), EntryPoints: cosmos[:1]}, "not-in-files not-in-files not-in-files not-in-files"},
		{"files beside an account", diag.Result{Held: append(held(keys, file), held(open, account)...), EntryPoints: cosmos}, "met met not-in-files met"},
		{"files beside something else", diag.Result{Held: append(held(keys, file), held(open, account)...)}, "met met not-in-files not-in-files"},
		{"held in part", diag.Result{Held: held(open, account), Problems: broken}, "undetermined undetermined not-in-files not-in-files"},
		{"found in part", diag.Result{Findings: finding(open), Problems: broken}, "not-met not-met not-in-files not-in-files"},
	} {
		var got []string
		for _, a := range Assess(&tt.res, Deciding([]*rule.Rule{open, lost, keys, none})) {
			switch a.ID {
			case "NS-1", "NS-3", "IM-1", "IM-7":
				got = append(got, string(a.Status))
			default:
				if a.Status != NotInFiles || len(a.Rules) > 0 {
					t.Errorf("%s: %s is %s by %d rules", tt.name, a.ID, a.Status, len(a.Rules))
				}
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
}

// TestAll has seven controls of networks and eight of identities, each complete.
func TestAll(t *testing.T) {
	if len(All) != 15 {
		t.Errorf("%d controls", len(All))
	}
	for _, c := range All {
		if c.Title == "" || !strings.HasSuffix(c.Asks, ".") || !strings.HasSuffix(c.ByHand, ".") || c.URL() == "" {
			t.Errorf("%s is not complete", c.ID)
		}
	}
}
