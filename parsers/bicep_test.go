package parsers_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers"
)

var update = flag.Bool("update", false, "rewrite what the archives in testdata/bicep want")

// TestBicep evaluates main.bicep, or main.bicepparam where there is one, of each archive and compares what would be
// deployed with the file named want. Files below cache/ are in the cache of registry modules; compiled.json, if it is there,
// is what the compiler makes of main.bicep, and has to give the same. The comment of an archive says what is to be seen in it.
func TestBicep(t *testing.T) {
	archives, err := filepath.Glob("testdata/bicep/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testBicep(t, name) })
	}
}

func testBicep(t *testing.T, name string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(bytes.TrimSpace(a.Comment)) == 0 {
		t.Error("the archive does not say what is to be seen in it")
	}
	got := deployedBy(t, a, "main.bicep")
	if slices.ContainsFunc(a.Files, func(f txtar.File) bool { return f.Name == "compiled.json" }) {
		if diff := cmp.Diff(got, deployedBy(t, a, "compiled.json")); diff != "" {
			t.Errorf("compiled it gives something else (-bicep +compiled):\n%s", diff)
		}
	}
	for i := range a.Files {
		f := &a.Files[i]
		if f.Name != "want" {
			continue
		}
		if *update {
			f.Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		if diff := cmp.Diff(string(f.Data), got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		return
	}
	t.Errorf("the archive wants nothing; this would be deployed:\n%s", got)
}

// deployedBy evaluates a file of an archive, or the parameter file for it.
func deployedBy(t *testing.T, a *txtar.Archive, entry string) string {
	tree, cache := openTree(t), openTree(t)
	for _, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, "cache/"); ok {
			cache.Overlay(name, f.Data)
			continue
		}
		tree.Overlay(f.Name, f.Data)
		if f.Name == "main.bicepparam" {
			entry = f.Name
		}
	}
	set := parsers.Find(tree, []string{entry}, parsers.Options{All: true, BicepCache: cache})
	var b strings.Builder
	for _, u := range set.Units {
		describe(&b, u.Deploy(nil))
	}
	return b.String()
}

func openTree(t *testing.T) *source.Tree {
	t.Helper()
	tree, err := source.OpenTree(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree
}

func describe(b *strings.Builder, d *model.Deployment) {
	for _, r := range d.Resources {
		describeResource(b, r)
	}
	for _, o := range d.Opaque {
		at := o.Span.Begin()
		fmt.Fprintf(b, "opaque %s (%s) at %s:%d\n", o.Path, o.Source, o.Span.File.Path, at.Line)
	}
	if d.Incomplete {
		b.WriteString("incomplete\n")
	}
	for _, p := range d.Diagnostics {
		at := p.Span.Begin()
		fmt.Fprintf(b, "%s %s at %s:%d:%d: %s\n", p.Severity, p.Code, p.Span.File.Path, at.Line, at.Column, p.Message)
	}
}

// describeResource writes one line for the resource and one for each of its members and properties.
func describeResource(b *strings.Builder, r *model.Resource) {
	fmt.Fprintf(b, "%s %s %s", r.Path, r.Type, value.AppendJSON(nil, r.Name))
	if r.Existing {
		b.WriteString(" existing")
	}
	if r.Exists != model.Yes {
		fmt.Fprintf(b, " %s, if %s", r.Exists, value.AppendJSON(nil, r.Condition))
	}
	b.WriteByte('\n')
	if r.Parent != nil {
		fmt.Fprintf(b, "  parent = %s\n", r.Parent.Path)
	}
	if !r.Scope.IsUnset() {
		fmt.Fprintf(b, "  scope = %s\n", value.AppendJSON(nil, r.Scope))
	}
	describeMembers(b, r.Body)
	describeMembers(b, r.Body.Get("properties"))
}

func describeMembers(b *strings.Builder, v value.Value) {
	for _, f := range v.Fields() {
		if !strings.EqualFold(f.Name, "properties") {
			fmt.Fprintf(b, "  %s = %s\n", f.Name, value.AppendJSON(nil, f.Value))
		}
	}
	if v.Open || v.Kind == value.Unknown {
		b.WriteString("  and more\n")
	}
}
