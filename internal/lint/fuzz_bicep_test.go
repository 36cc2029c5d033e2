package lint_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/rules"
)

// FuzzPipelineBicep lints any bytes as a Bicep file: it ends, does not panic, says the same twice, and points into the file.
func FuzzPipelineBicep(f *testing.F) {
	archives, err := filepath.Glob("../../parsers/testdata/bicep/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".bicep") {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tree, err := source.OpenTree(t.TempDir(), sizeLimit)
		if err != nil {
			t.Fatal(err)
		}
		defer tree.Close()
		tree.Overlay("main.bicep", text)
		cfg := lint.Config{Paths: []string{"main.bicep"}, Rules: rules.All, Settings: rule.DefaultSettings, Evidence: true}
		first := lint.RunTree(tree, cfg)
		for _, d := range slices.Concat(first.Findings, first.Undetermined, first.Problems) {
			if d.Code == "internal-error" {
				t.Error(d.Message)
			}
			if !pointsIntoFile(d) {
				t.Errorf("%s points to %d-%d of %s", d.Code, d.Span.Start, d.Span.End, d.Span.File.Path)
			}
		}
		if slices.ContainsFunc(first.Problems, func(p diag.Diagnostic) bool { return p.Code == "limit" }) {
			return // once is slow enough
		}
		if second := lint.RunTree(tree, cfg); !slices.Equal(lines(first), lines(second)) {
			t.Errorf("two runs differ:\n%q\n%q", lines(first), lines(second))
		}
	})
}
