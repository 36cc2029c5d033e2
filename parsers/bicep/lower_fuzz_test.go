package bicep

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// echo is a project in which every module is the file itself, and so is everything that is imported.
type echo struct{ file *File }

func (e echo) Bicep(*source.File, string) *File { return e.file }
func (e echo) Module(*source.File, string, Compiled) *template.Template {
	return Lower(e.file, nil, alone{}, nil)
}
func (e echo) Experimental(_ *source.File, feature string) bool { return feature == "waitUntil" }
func (e echo) Load(at source.Span, function, _ string, args []value.Value) (value.Value, bool) {
	return value.OfString(at.Text()), len(args)%2 == 0
}

// slow is how long the evaluation of a small file may take on a busy machine.
const slow = 20 * time.Second

// FuzzLower evaluates any text as a template and as a parameter file: no panic, and an end.
func FuzzLower(f *testing.F) {
	archives, err := filepath.Glob("../testdata/bicep/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range archives {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if strings.Contains(file.Name, ".bicep") {
				f.Add(string(file.Data))
			}
		}
	}
	for _, c := range editCases {
		f.Add(head + c.text)
	}
	f.Add(benchmarkText)
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		file, problems := parse(text)
		d := template.Expand(Lower(file, problems, echo{file: file}, nil), template.Input{Outputs: true})
		for i, r := range d.Resources {
			for _, path := range []string{"properties.a.b", "tags", "properties.l.0"} {
				checkEdits(t, r.Dialect.Set(r, path, off))
				checkEdits(t, r.Dialect.Append(r, path, off))
				checkEdits(t, r.Dialect.Remove(r, path))
			}
			if i > 20 {
				break
			}
		}
		parameters, _ := Parse(source.NewFile("main.bicepparam", []byte(text)))
		args, scope := LowerParameters(parameters, echo{file: parameters})
		template.Expand(Lower(file, problems, alone{}, nil), template.Input{Arguments: args, ArgumentScope: template.ScopeOf(scope)})
		if took := time.Since(start); took > slow {
			t.Errorf("it took %v", took)
		}
	})
}

func checkEdits(t *testing.T, edits []source.Edit) {
	t.Helper()
	for _, e := range edits {
		if e.Span.Start < 0 || e.Span.Start > e.Span.End || e.Span.End > len(e.Span.File.Data) {
			t.Errorf("an edit at [%d, %d)", e.Span.Start, e.Span.End)
		}
	}
}
