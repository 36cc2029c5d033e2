package rule_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// TestPlaces lints each archive with a rule that wants public network access disabled and no address that ends in 0. Its
// file want says where each finding points, and under it the related places; its comment says what is to be seen.
func TestPlaces(t *testing.T) {
	archives, err := filepath.Glob("testdata/places/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(bytes.TrimSpace(a.Comment)) == 0 {
				t.Error("the archive does not say what is to be seen in it")
			}
			want, got := placesOf(t, a)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func placesOf(t *testing.T, a *txtar.Archive) (want, got string) {
	t.Helper()
	root := t.TempDir()
	for _, f := range a.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	res, err := lint.Run(lint.Config{Root: root, Paths: []string{"."}, Rules: []*rule.Rule{probe}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range res.Problems {
		t.Errorf("problem: %s", p.Message)
	}
	return want, shown(res.Findings)
}

var probe = &rule.Rule{ID: "CDB101", Name: "probe", Severity: diag.Warning, Check: func(p *rule.Pass) {
	for _, r := range p.Deployment.OfType("Microsoft.DocumentDB/databaseAccounts") {
		p.Judge(rule.Finding{Resource: r, Path: "properties.publicNetworkAccess"}, func(v value.Value) value.Truth {
			return v.EqualsFold("Disabled").Not()
		})
		for i, e := range r.Body.GetPath("properties.ipRules").Elems() {
			path := fmt.Sprintf("properties.ipRules.%d.ipAddressOrRange", i)
			if text, _ := e.Get("ipAddressOrRange").Text(); strings.HasSuffix(text, "0") {
				p.Report(rule.Finding{Resource: r, Path: path})
			}
		}
	}
}}

func shown(findings []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range findings {
		fmt.Fprintf(&b, "%s\n", spot(d.Span))
		for _, r := range d.Related {
			fmt.Fprintf(&b, "  %s: %s\n", r.Message, spot(r.Span))
		}
	}
	return b.String()
}

// spot is a place with the first line of what stands there.
func spot(s source.Span) string {
	if s.IsZero() {
		return "nowhere"
	}
	text, more, _ := strings.Cut(s.Text(), "\n")
	if more != "" {
		text += "…"
	}
	return fmt.Sprintf("%s:%d: %s", s.File.Path, s.Begin().Line, text)
}
