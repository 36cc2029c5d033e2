package terraform

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// FuzzEvaluate checks that any text evaluates without a panic, to the same each time, and that every place that comes out
// of it lies within its file.
func FuzzEvaluate(f *testing.F) {
	for _, c := range expressions {
		f.Add(prelude+"output \"o\" {\n  value = "+c.expr+"\n}\n", "u = 1\n")
	}
	archives, _ := filepath.Glob("testdata/eval/*.txtar")
	for _, name := range archives {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			f.Add(string(file.Data), "")
		}
	}
	f.Fuzz(func(t *testing.T, config, vars string) {
		if len(config) > 20_000 || len(vars) > 5_000 {
			return
		}
		files := map[string]string{"main.tf": config, "terraform.tfvars": vars, "j.tf.json": config}
		first, second := evaluated(t, files), evaluated(t, files)
		if a, b := listing(first), listing(second); a != b {
			t.Errorf("not deterministic:\n%s\n%s", a, b)
		}
		for _, i := range first.instances {
			checkPlaces(t, i.Config)
		}
		for _, o := range first.out.Outputs {
			checkPlaces(t, o.Value)
		}
	})
}

func evaluated(t *testing.T, files map[string]string) *run {
	p := newProject(treeOf(t, files))
	d := p.directory(".")
	e := Root{Dir: ".", File: d.main(), project: p}.evaluate(Options{})
	e.finish()
	return e
}

func checkPlaces(t *testing.T, v value.Value) {
	checkPlace(t, v.Span)
	for o := v.From; o != nil; o = o.Prev {
		checkPlace(t, o.Span)
	}
	for _, e := range v.Elems() {
		checkPlaces(t, e)
	}
	for _, f := range v.Fields() {
		checkPlace(t, f.Site)
		checkPlaces(t, f.Value)
	}
}

func checkPlace(t *testing.T, s source.Span) {
	if s.File != nil && (s.Start < 0 || s.End < s.Start || s.End > len(s.File.Data)) {
		t.Errorf("%s: [%d, %d) of %d", s.File.Path, s.Start, s.End, len(s.File.Data))
	}
}
