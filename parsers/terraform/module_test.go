package terraform

import (
	commandline "flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

var update = commandline.Bool("update", false, "rewrite the wanted sections of testdata")

// TestModules evaluates the root module of each archive in testdata/eval and compares what would be handed to the mapping
// with the section "want". The prose of each archive says what it shows.
func TestModules(t *testing.T) {
	files, err := filepath.Glob("testdata/eval/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data")
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testModule(t, name) })
	}
}

func testModule(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	want := -1
	root := "."
	for i, f := range archive.Files {
		switch {
		case f.Name == "want":
			want = i
		default:
			if strings.HasPrefix(f.Name, "root/") {
				root = "root"
			}
			files[f.Name] = string(f.Data)
		}
	}
	tree := treeOf(t, files)
	p := newProject(tree)
	d := p.directory(root)
	e := Root{Dir: root, File: d.main(), project: p}.evaluate(Options{})
	e.finish()
	got := listing(e)
	if *update {
		if want < 0 {
			archive.Files = append(archive.Files, txtar.File{Name: "want"})
			want = len(archive.Files) - 1
		}
		archive.Files[want].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want < 0 {
		t.Fatal("no section want")
	}
	if diff := cmp.Diff(string(archive.Files[want].Data), got); diff != "" {
		t.Error(diff)
	}
}

// listing is what was evaluated: instances, modules that cannot be looked into, outputs, switches and problems.
func listing(e *run) string {
	var b strings.Builder
	for _, i := range e.instances {
		b.WriteString(i.Address)
		if i.Provider.Major > 0 {
			fmt.Fprintf(&b, " (%s %d)", i.Provider.Name, i.Provider.Major)
		}
		if i.Exists != model.Yes {
			fmt.Fprintf(&b, " (%s: %s)", i.Exists, value.AppendJSON(nil, i.Condition))
		}
		if len(i.Ignored) > 0 {
			fmt.Fprintf(&b, " (ignores %s)", strings.Join(i.Ignored, ", "))
		}
		b.WriteByte('\n')
		for _, f := range i.Config.Fields() {
			fmt.Fprintf(&b, "\t%s = %s%s\n", f.Name, value.AppendJSON(nil, f.Value), way(f.Value))
		}
	}
	for _, o := range e.out.Opaque {
		fmt.Fprintf(&b, "opaque %s (%s) %s %s\n", o.Path, o.Exists, o.Source, value.AppendJSON(nil, o.Arguments))
	}
	for _, o := range e.out.Outputs {
		fmt.Fprintf(&b, "output %s = %s%s\n", o.Name, value.AppendJSON(nil, o.Value), way(o.Value))
	}
	for _, s := range e.out.Switches {
		fmt.Fprintf(&b, "switch %s\n", strings.Join(s.Parameters, ", "))
	}
	for _, d := range e.out.Diagnostics {
		fmt.Fprintf(&b, "%s %s:%d %s\n", d.Code, d.Span.File.Path, d.Span.Begin().Line, d.Message)
	}
	return b.String()
}

var steps = map[value.OriginKind]string{
	value.FromDefault: "default", value.FromVariable: "local", value.FromArgument: "argument", value.FromFile: "file",
	value.FromOutput: "output",
}

// way writes where a value was written and how it came here.
func way(v value.Value) string {
	var out []string
	for o := v.From; o != nil; o = o.Prev {
		if o.Kind != fromSet {
			out = append(out, fmt.Sprintf("%s %s", steps[o.Kind], o.Name))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "   # " + strings.Join(out, " < ")
}
