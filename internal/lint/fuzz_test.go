package lint_test

import (
	"os"
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

// seeds are the templates that other tests have: of hostile files the short ones that take no time, of the evaluator and
// of the rules.
func seeds(f *testing.F) {
	const short = 10_000
	for _, h := range hostile {
		if len(h.content) < short && h.code != "limit" {
			f.Add([]byte(h.content), []byte{})
		}
	}
	for _, pattern := range []string{"../template/testdata/*.txtar", "../../rules/testdata/*.txtar"} {
		archives, _ := filepath.Glob(pattern)
		for _, name := range archives {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			seedArchive(f, txtar.Parse(data))
		}
	}
}

func seedArchive(f *testing.F, archive *txtar.Archive) {
	parameters := []byte{}
	for _, file := range archive.Files {
		if file.Name == "parameters.json" {
			parameters = file.Data
		}
	}
	for _, file := range archive.Files {
		switch {
		case file.Name == "parameters.json":
		case strings.HasPrefix(strings.TrimSpace(string(file.Data)), "["): // resources of a rule's test
			f.Add([]byte(head+`"resources": `+string(file.Data)+"}"), parameters)
		case strings.HasSuffix(file.Name, ".json"):
			f.Add([]byte(strings.Replace(string(file.Data), "{", head, 1)), parameters)
		}
	}
}

// FuzzPipeline lints any bytes as a template with a parameter file. It ends, does not panic, says the same twice, and
// points into the files.
func FuzzPipeline(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, template, parameters []byte) {
		tree, err := source.OpenTree(t.TempDir(), sizeLimit)
		if err != nil {
			t.Fatal(err)
		}
		defer tree.Close()
		first := lintBytes(tree, template, parameters)
		if slices.ContainsFunc(first.Problems, func(p diag.Diagnostic) bool { return p.Code == "limit" }) {
			return // once is slow enough
		}
		if second := lintBytes(tree, template, parameters); !slices.Equal(lines(first), lines(second)) {
			t.Errorf("two runs differ:\n%q\n%q", lines(first), lines(second))
		}
		for _, d := range slices.Concat(first.Findings, first.Undetermined, first.Problems) {
			if d.Code == "internal-error" {
				t.Error(d.Message)
			}
			if !pointsIntoFile(d) {
				t.Errorf("%s points to %d-%d of %s", d.Code, d.Span.Start, d.Span.End, d.Span.File.Path)
			}
		}
		for _, d := range first.Findings {
			if len(first.Problems) == 0 {
				checkFix(t, tree, template, d)
			}
		}
	})
}

// checkFix applies a fix: what could be read can be read afterwards, without a problem.
func checkFix(t *testing.T, tree *source.Tree, template []byte, d diag.Diagnostic) {
	if d.Fix == nil || len(template) > 10_000 {
		return
	}
	edits := slices.Clone(d.Fix.Edits)
	slices.SortStableFunc(edits, func(a, b source.Edit) int { return b.Span.Start - a.Span.Start })
	text := string(template)
	for _, e := range edits {
		if e.Span.File.Path != "main.json" {
			return
		}
		text = text[:e.Span.Start] + e.New + text[e.Span.End:]
	}
	for _, p := range lintBytes(tree, []byte(text), nil).Problems {
		t.Errorf("fix %q of %s makes %q: %s", d.Fix.Title, d.Code, text, p.Message)
	}
}

func lintBytes(tree *source.Tree, template, parameters []byte) *diag.Result {
	tree.Overlay("main.json", template)
	cfg := lint.Config{Paths: []string{"main.json"}, NoParameters: true, Rules: rules.All, Settings: rule.DefaultSettings, Evidence: true}
	if len(parameters) > 0 {
		tree.Overlay("values.json", parameters)
		cfg.NoParameters, cfg.Parameters = false, []string{"values.json"}
	}
	return lint.RunTree(tree, cfg)
}

func pointsIntoFile(d diag.Diagnostic) bool {
	for _, e := range fixOf(d) {
		if !within(e.Span) {
			return false
		}
	}
	return within(d.Span)
}

func within(s source.Span) bool {
	return s.File != nil && s.Start >= 0 && s.Start <= s.End && s.End <= len(s.File.Data)
}

func fixOf(d diag.Diagnostic) []source.Edit {
	if d.Fix == nil {
		return nil
	}
	return d.Fix.Edits
}
