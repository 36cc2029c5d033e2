package parsers_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers"
)

// TestFind looks through each archive and compares the deployments that it finds with its file want: a template and its
// parameter file and the names of its resources on each line, then what is wrong with the input. A
// file named flags says how cosmoslint is called; else it is called for the whole folder.
func TestFind(t *testing.T) {
	archives, err := filepath.Glob("testdata/units/*.txtar")
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
			want, got := find(t, a)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func find(t *testing.T, a *txtar.Archive) (want, got string) {
	t.Helper()
	root := t.TempDir()
	flags := []string{"."}
	for _, f := range a.Files {
		switch f.Name {
		case "want":
			want = string(f.Data)
			continue
		case "flags":
			flags = strings.Fields(string(f.Data))
			continue
		}
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, bytes.ReplaceAll(f.Data, []byte("SCHEMA/"), []byte(schemas)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := source.OpenTree(root, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	paths, opt := options(flags)
	return want, described(parsers.Find(tree, paths, opt))
}

// schemas is written SCHEMA/ in the archives.
const schemas = "https://schema.management.azure.com/schemas/2019-04-01/"

func options(flags []string) (paths []string, opt parsers.Options) {
	for i := 0; i < len(flags); i++ {
		switch flags[i] {
		case "--parameters":
			i++
			opt.Parameters = append(opt.Parameters, flags[i])
		case "--no-parameters":
			opt.NoParameters = true
		case "--all":
			opt.All = true
		default:
			paths = append(paths, flags[i])
		}
	}
	return paths, opt
}

func described(set *parsers.Set) string {
	var b strings.Builder
	problems := slices.Clone(set.Problems)
	for _, u := range set.Units {
		fmt.Fprintf(&b, "%s %s", u.Path, u.Parameters)
		d := u.Deploy(nil)
		for _, r := range d.Resources {
			fmt.Fprintf(&b, " %s", value.AppendJSON(nil, r.Name))
		}
		b.WriteString("\n")
		problems = append(problems, d.Diagnostics...)
	}
	slices.SortFunc(problems, func(a, b diag.Diagnostic) int { return source.Compare(a.Span, b.Span) })
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s %s:%d: %s\n", p.Severity, p.Code, p.Span.File.Path, p.Span.Begin().Line, p.Message)
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}
