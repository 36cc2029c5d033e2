package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// formats are the writers, by the name of the file that has their wanted output.
var formats = []struct {
	name  string
	write func(*bytes.Buffer, *loaded) error
}{
	{"want.text", func(b *bytes.Buffer, l *loaded) error { return Text(b, l.result(), l.o) }},
	{"want.concise", func(b *bytes.Buffer, l *loaded) error { l.o.Concise = true; return Text(b, l.result(), l.o) }},
	{"want.jsonl", func(b *bytes.Buffer, l *loaded) error { return JSONLines(b, l.result(), l.o) }},
	{"want.github", func(b *bytes.Buffer, l *loaded) error { return GitHub(b, l.result(), l.o) }},
	{"want.azure", func(b *bytes.Buffer, l *loaded) error { return Azure(b, l.result(), l.o) }},
	{"want.gitlab", func(b *bytes.Buffer, l *loaded) error { return GitLab(b, l.result(), l.o) }},
	{"want.checkstyle", func(b *bytes.Buffer, l *loaded) error { return Checkstyle(b, l.result(), l.o) }},
	{"want.junit", func(b *bytes.Buffer, l *loaded) error { return JUnit(b, l.result(), l.o) }},
	{"want.csv", func(b *bytes.Buffer, l *loaded) error { return CSV(b, l.result(), l.o) }},
	{"want.markdown", func(b *bytes.Buffer, l *loaded) error { return Markdown(b, l.result(), l.o) }},
	{"want.json", func(b *bytes.Buffer, l *loaded) error { return JSON(b, l.result(), l.o) }},
	{"want.sarif", func(b *bytes.Buffer, l *loaded) error { return SARIF(b, l.result(), l.o) }},
}

// TestGolden compares the output of every format with testdata/<case>.txtar, which holds the input files and the wanted
// output. Run it with -update to rewrite what is wanted.
func TestGolden(t *testing.T) {
	for _, c := range testCases {
		t.Run(c.name, func(t *testing.T) {
			g := openGolden(t, filepath.Join("testdata", c.name+".txtar"))
			for _, f := range formats {
				var first, second bytes.Buffer
				for _, b := range []*bytes.Buffer{&first, &second} {
					if err := f.write(b, load(t, c, g)); err != nil {
						t.Fatal(err)
					}
				}
				if first.String() != second.String() {
					t.Errorf("%s differs between two runs", f.name)
				}
				g.check(t, f.name, first.String())
			}
			g.save(t)
		})
	}
}

// loaded is a case with its files read.
type loaded struct {
	o      Options
	result func() *diag.Result
}

func load(t *testing.T, c testCase, g *golden) *loaded {
	o := c.o
	o.Rules = testRules
	return &loaded{o: o, result: func() *diag.Result { return c.build(t, g.files()) }}
}

// golden is a txtar archive with inputs and wanted outputs.
type golden struct {
	path    string
	archive *txtar.Archive
}

func openGolden(t *testing.T, path string) *golden {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return &golden{path, a}
}

// files are the inputs.
func (g *golden) files() map[string]*source.File {
	out := map[string]*source.File{}
	for _, f := range g.archive.Files {
		if !strings.HasPrefix(f.Name, "want") {
			out[f.Name] = source.NewFile(f.Name, f.Data)
		}
	}
	return out
}

// check compares got with the wanted output of that name, or replaces it.
func (g *golden) check(t *testing.T, name, got string) {
	t.Helper()
	for i := range g.archive.Files {
		f := &g.archive.Files[i]
		switch {
		case f.Name != name:
			continue
		case *update:
			f.Data = []byte(got)
		default:
			if diff := cmp.Diff(string(f.Data), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		return
	}
	if !*update {
		t.Fatalf("%s has no %s", g.path, name)
	}
	g.archive.Files = append(g.archive.Files, txtar.File{Name: name, Data: []byte(got)})
}

func (g *golden) save(t *testing.T) {
	if !*update {
		return
	}
	if err := os.WriteFile(g.path, txtar.Format(g.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
