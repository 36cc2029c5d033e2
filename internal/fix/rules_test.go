package fix_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/fix"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/rules"
)

// TestTogether applies the fixes of all rules together to the ARM templates of the rules' tests, of which each looks at one
// rule alone. None is taken back, none is left, and one that is safe brings no finding of another rule.
func TestTogether(t *testing.T) {
	archives, err := filepath.Glob("../../rules/testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			lint := lintTemplates(t, name)
			for _, unsafe := range []bool{false, true} {
				out, err := fix.Run(lint, fix.Options{Unsafe: unsafe})
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range out.Refused {
					t.Errorf("%s: the fix of %s was taken back: %s", r.Finding.EntryPoint, r.Finding.Code, r.Reason)
				}
				for _, d := range out.Last.Findings {
					if d.Fix != nil && (unsafe || d.Fix.Safe) {
						t.Errorf("%s: %s is left: %s", d.EntryPoint, d.Code, d.Fix.Title)
					}
					if !unsafe && isNew(d, out.First) && !follows(d) {
						t.Errorf("%s: safe fixes have brought %s: %s", d.EntryPoint, d.Code, d.Message)
					}
				}
			}
		})
	}
}

// lintTemplates writes the templates of an archive into a directory, and lints them with all rules.
func lintTemplates(t *testing.T, archive string) fix.Linter {
	t.Helper()
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range a.Files {
		text := strings.TrimSpace(string(f.Data))
		switch {
		case !strings.HasSuffix(f.Name, ".json") || strings.Contains(f.Name, ".fixed."):
			continue
		case strings.HasPrefix(text, "["):
			text = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": ` + text + "}"
		}
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return func(texts map[string][]byte) (*diag.Result, error) {
		return lint.Run(lint.Config{Root: dir, Paths: []string{"."}, Rules: rules.All, Overlays: texts})
	}
}

func isNew(d diag.Diagnostic, first *diag.Result) bool {
	return !slices.ContainsFunc(first.Findings, func(f diag.Diagnostic) bool { return f.Fingerprint == d.Fingerprint })
}

// follows tells what an open account is not asked: once the filter of its networks is on (CDB109), its firewall matters.
func follows(d diag.Diagnostic) bool {
	return slices.Contains([]string{"CDB110", "CDB121"}, d.Code)
}
