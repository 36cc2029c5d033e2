package arch

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "github.com/cosmoslint/cosmoslint"
	root   = "../.."
)

// layer is a package with all packages of the module that it may import.
type layer struct{ name, imports string }

// layers are all packages, from the command down to the bytes of a file. There is one direction and no way back: what a
// package may import stands below it.
var layers = []layer{
	// The command has no logic: it reads flags and configuration, lints, and writes reports.
	{"cmd/cosmoslint", `internal/report internal/controls internal/fix internal/lint rules
		internal/config internal/baseline internal/git internal/spell internal/rule internal/diag internal/source`},
	{"internal/docs", `internal/report internal/controls rules internal/rule`},
	{"internal/report", `internal/controls internal/rule internal/model internal/diag internal/value internal/source`},
	{"internal/controls", `internal/rule internal/diag internal/source`},
	{"internal/config", `internal/rule internal/spell internal/diag internal/source`},
	{"internal/fix", `internal/diag internal/source`},

	// The pipeline. It knows parsers, and rules only as values.
	{"internal/ruletest", `internal/lint parsers parsers/terraform internal/rule internal/diag internal/value internal/source`},
	{"internal/lint", `parsers internal/baseline internal/suppress
		internal/rule internal/model internal/diag internal/value internal/source`},
	{"internal/baseline", `internal/diag internal/source`},

	// Rules never learn which language they look at.
	{"rules", `internal/cosmos internal/rule internal/model internal/diag internal/value internal/source`},
	{"internal/cosmos", `internal/model internal/value internal/source`},

	// Parsers never learn what a rule is. Their own JSON with places is that of ARM.
	{"parsers", `parsers/bicep parsers/terraform parsers/arm internal/suppress
		internal/template internal/expr internal/model internal/diag internal/value internal/source`},
	{"parsers/bicep", `internal/template internal/expr internal/model internal/diag internal/value internal/source`},
	{"parsers/terraform", `parsers/arm internal/suppress internal/model internal/diag internal/value internal/source`},
	{"parsers/arm", `internal/suppress
		internal/template internal/expr internal/model internal/diag internal/value internal/source`},
	{"internal/suppress", `internal/rule internal/spell internal/diag internal/source`},

	// Evaluation: a deployment before it, the language, and what it comes to.
	{"internal/template", `internal/expr internal/model internal/diag internal/value internal/source`},
	{"internal/expr", `internal/value internal/source`},
	{"internal/rule", `internal/model internal/diag internal/value internal/source`},
	{"internal/model", `internal/diag internal/value internal/source`},

	// What everything is made of.
	{"internal/value", `internal/source`},
	{"internal/diag", `internal/source`},
	{"internal/source", ``},
	{"internal/git", ``},
	{"internal/spell", ``},
	{"internal/arch", ``},
}

// libraries are the modules of others, and the packages that may import them. Tests may use all that are here.
var libraries = []layer{
	{"github.com/hashicorp/hcl/v2", `parsers/terraform`},
	{"github.com/hashicorp/terraform-json", `parsers/terraform`},
	{"github.com/zclconf/go-cty", `parsers/terraform`},
	{"github.com/zclconf/go-cty-yaml", `parsers/terraform`},
	{"github.com/apparentlymart/go-cidr", `parsers/terraform`},
	{"golang.org/x/text", `parsers/terraform`},
	{"github.com/tidwall/gjson", `parsers/arm`},
	{"github.com/tidwall/jsonc", `parsers/arm`},
	{"github.com/goccy/go-yaml", `parsers internal/config`},
	{"github.com/bmatcuk/doublestar/v4", `parsers/terraform internal/config`},
	{"golang.org/x/sync", `parsers parsers/terraform internal/lint`},
	{"github.com/owenrumney/go-sarif/v2", `internal/report`},
	{"github.com/clipperhouse/displaywidth", `internal/report`},
	{"github.com/spf13/cobra", `cmd/cosmoslint`},
	{"github.com/spf13/pflag", `cmd/cosmoslint`},
	{"golang.org/x/term", `cmd/cosmoslint`},
	{"github.com/google/go-cmp", `internal/ruletest`},
	{"github.com/rogpeppe/go-internal", `internal/ruletest internal/docs internal/report`},
	{"github.com/santhosh-tekuri/jsonschema/v6", ``},
}

func (l layer) allows(name string) bool { return slices.Contains(strings.Fields(l.imports), name) }

// goFiles are all Go files of the module with their paths from its root.
func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(file, ".go"):
			name, err := filepath.Rel(root, file)
			files = append(files, filepath.ToSlash(name))
			return err
		}
		return nil
	})
	if err != nil || len(files) == 0 {
		t.Fatal("no Go files: ", err)
	}
	return files
}

// imports are the paths that a file imports.
func imports(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, spec := range tree.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, name)
	}
	return list
}

func isTest(file string) bool { return strings.HasSuffix(file, "_test.go") }

// TestImports compares what every package imports with the tables.
func TestImports(t *testing.T) {
	for _, file := range goFiles(t) {
		from := path.Dir(file)
		i := slices.IndexFunc(layers, func(l layer) bool { return l.name == from })
		if i < 0 {
			t.Errorf("%s: package %s is not in the table of layers", file, from)
			continue
		}
		for _, name := range imports(t, file) {
			to, own := strings.CutPrefix(name, module+"/")
			first, _, _ := strings.Cut(name, "/")
			switch {
			case own && !isTest(file) && !layers[i].allows(to):
				t.Errorf("%s imports %s, which the architecture does not allow to %s", file, to, from)
			case !own && strings.Contains(first, "."):
				checkLibrary(t, file, name)
			case name == "C" || name == "unsafe" && from != "internal/source":
				t.Errorf("%s imports %q", file, name)
			}
		}
	}
}

func checkLibrary(t *testing.T, file, name string) {
	t.Helper()
	best := -1
	for i, l := range libraries {
		if name == l.name || strings.HasPrefix(name, l.name+"/") {
			best = i
		}
	}
	switch {
	case best < 0:
		t.Errorf("%s imports %s, which is not in the table of libraries", file, name)
	case !isTest(file) && !libraries[best].allows(path.Dir(file)):
		t.Errorf("%s imports %s, which is for %q alone", file, name, libraries[best].imports)
	}
}

// TestLayers holds the tables themselves: what a package may import stands below it, once, and is in use.
func TestLayers(t *testing.T) {
	used := map[string]bool{}
	for _, file := range goFiles(t) {
		for _, name := range imports(t, file) {
			used[path.Dir(file)+" "+strings.TrimPrefix(name, module+"/")] = true
		}
	}
	for i, l := range layers {
		for _, name := range strings.Fields(l.imports) {
			j := slices.IndexFunc(layers, func(other layer) bool { return other.name == name })
			if j <= i {
				t.Errorf("%s may import %s, which is not below it", l.name, name)
			}
			if !used[l.name+" "+name] {
				t.Errorf("%s may import %s, but does not", l.name, name)
			}
		}
		if _, err := os.Stat(filepath.Join(root, l.name)); err != nil {
			t.Errorf("%s is in the table, but not there", l.name)
		}
	}
}

// TestFiles reads files in one place only: nobody but source opens what a user gives to lint.
func TestFiles(t *testing.T) {
	opens := []string{"Open", "OpenFile", "ReadFile", "Create", "WriteFile", "Remove", "RemoveAll", "Rename", "OpenRoot"}
	may := []string{"internal/source", "cmd/cosmoslint", "internal/ruletest", "internal/git"}
	for _, file := range goFiles(t) {
		if isTest(file) || slices.Contains(may, path.Dir(file)) {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := s.X.(*ast.Ident); ok && pkg.Name == "os" && slices.Contains(opens, s.Sel.Name) {
				t.Errorf("%s calls os.%s; files are read through source.Tree", file, s.Sel.Name)
			}
			return true
		})
	}
}

// TestFormat is gofmt.
func TestFormat(t *testing.T) {
	for _, file := range goFiles(t) {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		formatted, err := format.Source(text)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		} else if !bytes.Equal(text, formatted) {
			t.Errorf("%s is not formatted; run gofmt", file)
		}
	}
}
