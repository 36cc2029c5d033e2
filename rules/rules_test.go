package rules

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/ruletest"
)

func TestRules(t *testing.T) {
	for _, r := range All {
		t.Run(r.ID, func(t *testing.T) {
			ruletest.Run(t, r, filepath.Join("testdata", r.ID+".txtar"))
		})
	}
}

// TestRegistry holds the list of rules: complete, in order, documented.
func TestRegistry(t *testing.T) {
	if err := rule.Validate(All); err != nil {
		t.Error(err)
	}
	for _, r := range All {
		if len(r.Controls) == 0 {
			t.Errorf("%s answers to no control", r.ID)
		}
		for _, ref := range r.References {
			if !strings.HasPrefix(ref, "https://") {
				t.Errorf("%s: reference %q is not an https address", r.ID, ref)
			}
		}
	}
}

// maxLines is how long the file of a rule may be: one screen or two.
const maxLines = 80

// TestFiles finds a rule in the file that has its name, and lists every file of a rule.
func TestFiles(t *testing.T) {
	for _, r := range All {
		file := strings.ToLower(r.ID) + "_" + strings.ReplaceAll(r.Name, "-", "_") + ".go"
		if _, err := os.Stat(file); err != nil {
			t.Errorf("%s (%s) is not in %s", r.ID, r.Name, file)
		}
	}
	files, _ := filepath.Glob("cdb*.go")
	for _, f := range files {
		id := strings.ToUpper(f[:6])
		if !slices.ContainsFunc(All, func(r *rule.Rule) bool { return r.ID == id }) {
			t.Errorf("%s is in no list: add the rule to All", f)
		}
		if text, _ := os.ReadFile(f); bytes.Count(text, []byte("\n")) > maxLines {
			t.Errorf("%s has more than %d lines: what it asks belongs in internal/cosmos, what others share beside it", f, maxLines)
		}
	}
}

// TestArchives finds no test without a rule.
func TestArchives(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	golden, _ := filepath.Glob("testdata/messages/*.golden")
	languages, _ := filepath.Glob("testdata/languages/*.golden")
	for _, f := range slices.Concat(files, golden, languages) {
		id, _, _ := strings.Cut(filepath.Base(f), ".")
		if !slices.ContainsFunc(All, func(r *rule.Rule) bool { return r.ID == id }) {
			t.Errorf("%s tests no rule", f)
		}
	}
}

// heldLater are rules that call nothing good: why they need not.
var heldLater = map[string]string{
	"CDB407": "it only says that what other rules have called good is not so",
}

// TestEvidence wants every rule that decides a control of the baseline to call something good in one of its cases: a control
// is met only by what somebody has looked at.
func TestEvidence(t *testing.T) {
	for _, r := range All {
		decides := slices.ContainsFunc(r.Controls, func(c rule.Control) bool { return c.Catalogue == rule.ASBv2 })
		golden, err := os.ReadFile(filepath.Join("testdata", "messages", r.ID+".golden"))
		if err != nil {
			t.Fatal(err)
		}
		holds := strings.Contains(string(golden), "\nholds for ")
		if decides && !holds && heldLater[r.ID] == "" {
			t.Errorf("%s calls nothing good: call Pass.Held where what it asks matters and the answer is good", r.ID)
		}
	}
}
