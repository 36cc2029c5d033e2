package lint

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

var updatePlaces = flag.Bool("update-places", false, "rewrite what the archives in testdata/places want")

// open finds accounts whose access is 'Enabled', or not said.
var open = &rule.Rule{
	ID: "CDB999", Severity: diag.Error,
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.OfType("Microsoft.DocumentDB/databaseAccounts") {
			p.Judge(rule.Finding{Resource: r, Path: "properties.publicNetworkAccess", Message: "It is open."},
				func(v value.Value) value.Truth {
					if v.IsUnset() {
						return value.True
					}
					return v.EqualsFold("Enabled")
				})
		}
	},
}

// TestPlaces compares where findings of each archive point, and the way there, with its file want. Files below cache/ are
// in the cache of registry modules; those in a folder "callee" are not named on the command line.
func TestPlaces(t *testing.T) {
	archives, err := filepath.Glob("testdata/places/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testPlaces(t, name) })
	}
}

func testPlaces(t *testing.T, name string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(bytes.TrimSpace(a.Comment)) == 0 {
		t.Error("the archive does not say what is to be seen in it")
	}
	got := placesOf(t, a)
	for i := range a.Files {
		f := &a.Files[i]
		switch {
		case f.Name != "want":
		case *updatePlaces:
			f.Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			if diff := cmp.Diff(string(f.Data), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
	}
}

func placesOf(t *testing.T, a *txtar.Archive) string {
	t.Helper()
	cache := t.TempDir()
	tree, err := source.OpenTree(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	cfg := Config{Rules: []*rule.Rule{open}, Settings: rule.DefaultSettings, BicepCache: cache}
	for _, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, "cache/"); ok {
			name = filepath.Join(cache, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		tree.Overlay(f.Name, f.Data)
		if f.Name != "want" && !strings.HasPrefix(f.Name, "callee/") {
			cfg.Paths = append(cfg.Paths, f.Name)
		}
	}
	res := RunTree(tree, cfg)
	var b strings.Builder
	for _, list := range [][]diag.Diagnostic{res.Findings, res.Undetermined, res.Problems} {
		for _, d := range list {
			fmt.Fprintf(&b, "%s %s\n", d.Code, at(d.Span))
			for _, r := range d.Related {
				fmt.Fprintf(&b, "  %s: %s\n", r.Message, at(r.Span))
			}
		}
	}
	return b.String()
}

// at writes a place as FILE:LINE and its text.
func at(s source.Span) string {
	if s.File == nil {
		return "nowhere"
	}
	text := s.Text()
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i] + " …"
	}
	return fmt.Sprintf("%s:%d %s", s.File.Path, s.Begin().Line, text)
}
