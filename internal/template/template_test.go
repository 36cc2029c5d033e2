package template_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

var update = flag.Bool("update", false, "rewrite what the archives in testdata want")

// TestExpand evaluates main.json of each archive, with parameters.json if there is one, and compares what would be
// deployed with the file named want. The comment of an archive says what is to be seen in it.
func TestExpand(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) { testArchive(t, file) })
	}
}

func testArchive(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(bytes.TrimSpace(archive.Comment)) == 0 {
		t.Error("the archive does not say what is to be seen in it")
	}
	got := describe(expand(t, archive))
	for i := range archive.Files {
		f := &archive.Files[i]
		if f.Name != "want" {
			continue
		}
		if *update {
			f.Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		if diff := cmp.Diff(string(f.Data), got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		return
	}
	t.Errorf("the archive wants nothing; this would be deployed:\n%s", got)
}

// bundle is the files of an archive, as a loader of linked templates.
type bundle map[string]*source.File

func (b bundle) load(path string) *template.Template {
	f := b[path]
	if f == nil {
		return nil
	}
	t, _ := arm.Parse(f, b.load)
	return t
}

func expand(t *testing.T, archive *txtar.Archive) *model.Deployment {
	t.Helper()
	files := bundle{}
	for _, f := range archive.Files {
		files[f.Name] = source.NewFile(f.Name, f.Data)
	}
	if files["main.json"] == nil {
		t.Fatal("there is no main.json")
	}
	main, problems := arm.Parse(files["main.json"], files.load)
	if main == nil {
		t.Fatal(problems)
	}
	in := template.Input{Outputs: true, Primary: func(typ string) bool { return strings.EqualFold(typ, "Microsoft.X/things") }}
	if p := files["parameters.json"]; p != nil {
		var more []diag.Diagnostic
		in.Arguments, more = arm.ParseParameters(p, main)
		problems = append(problems, more...)
	}
	d := template.Expand(main, in)
	d.Diagnostics = append(d.Diagnostics, problems...)
	return d
}

// describe writes down a deployment: resources, outputs, switches, what cannot be seen, and what is wrong.
func describe(d *model.Deployment) string {
	var b strings.Builder
	for _, r := range d.Resources {
		describeResource(&b, r)
	}
	for _, o := range d.Outputs {
		fmt.Fprintf(&b, "output %s = %s\n", strings.TrimPrefix(o.Module+"/"+o.Name, "/"), value.AppendJSON(nil, o.Value))
	}
	for _, s := range d.Switches {
		values, _ := json.Marshal(s.Values)
		fmt.Fprintf(&b, "switch %s to %s\n", strings.Join(s.Parameters, ", "), values)
	}
	for _, o := range d.Opaque {
		fmt.Fprintf(&b, "opaque %s (%s) %s %s\n", short(o.Path), o.Source, o.Exists, value.AppendJSON(nil, o.Arguments))
	}
	for _, p := range d.Diagnostics {
		at := p.Span.Begin()
		fmt.Fprintf(&b, "%s %s at %s:%d:%d: %s\n", p.Severity, p.Code, p.Span.File.Path, at.Line, at.Column, p.Message)
	}
	return b.String()
}

// short cuts the middle out of a long path.
func short(path string) string {
	const most = 120
	if len(path) <= most {
		return path
	}
	return path[:most/2] + "…" + path[len(path)-most/2:]
}

func describeResource(b *strings.Builder, r *model.Resource) {
	fmt.Fprintf(b, "%s %s", r.Type, value.AppendJSON(nil, r.Name))
	if r.Existing {
		b.WriteString(" existing")
	}
	if r.Exists != model.Yes {
		fmt.Fprintf(b, " %s, if %s", r.Exists, value.AppendJSON(nil, r.Condition))
	}
	b.WriteByte('\n')
	if len(r.Calls) > 0 || strings.Contains(r.Path, "[") {
		fmt.Fprintf(b, "  path   %s\n", r.Path)
	}
	if !r.Scope.IsUnset() {
		fmt.Fprintf(b, "  scope  %s\n", value.AppendJSON(nil, r.Scope))
	}
	if r.Parent != nil {
		fmt.Fprintf(b, "  parent %s\n", r.Parent.Path)
	}
	var body bytes.Buffer
	if err := json.Indent(&body, value.AppendJSON(nil, r.Body), "  ", "  "); err != nil {
		panic(err) // AppendJSON writes JSON
	}
	fmt.Fprintf(b, "  %s\n", body.String())
}
