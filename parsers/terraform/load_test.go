package terraform

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

func TestRoots(t *testing.T) {
	files := map[string]string{
		"app/main.tf":               `module "db" { source = "../modules/db" }`,
		"app/prod.tfvars":           ``,
		"modules/db/main.tf":        `module "inner" { source = "./inner" }`,
		"modules/db/inner/a.tf":     ``,
		"modules/tested/main.tf":    ``,
		"modules/tested/test/x.tf":  `module "t" { source = "../" }`,
		"modules/vars/main.tf":      ``,
		"modules/vars/x.tf":         `module "v" { source = "./v" }`,
		"modules/vars/v/main.tf":    "provider \"azurerm\" {\n  features {}\n}\n",
		"modules/backend/main.tf":   `module "b" { source = "./b" }`,
		"modules/backend/b/main.tf": "terraform {\n  backend \"azurerm\" {}\n}\n",
		"auto/main.tf":              `module "a" { source = "./a" }`,
		"auto/a/main.tf":            ``,
		"auto/a/x.auto.tfvars":      ``,
		"json/main.tf.json":         `{"module": {"m": {"source": "../auto"}}}`,
		"tofu/only.tofu":            ``,
		"none/readme.md":            ``,
	}
	tree := treeOf(t, files)
	var names []string
	for name := range files {
		if IsConfiguration(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var got []string
	for _, r := range Roots(tree, names, map[string]bool{"modules/db/inner": true}) {
		got = append(got, r.Dir)
	}
	want := []string{"app", "auto/a", "json", "modules/backend", "modules/backend/b", "modules/db/inner",
		"modules/tested", "modules/tested/test", "modules/vars", "tofu"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestIsConfiguration(t *testing.T) {
	for name, want := range map[string]bool{
		"main.tf": true, "a/b.tf.json": true, "x.tofu": true, "x.tofu.json": true, "x.tfvars": false, "x.tftest.hcl": false,
		".x.tf": false, "x.tf~": false, "#x.tf#": false, "terragrunt.hcl": false, "x.json": false, ".tf": false,
	} {
		if got := IsConfiguration(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestMajor(t *testing.T) {
	for constraint, want := range map[string]int{
		"": 0, "~> 3.0": 3, "~> 3": 0, ">= 3.0": 0, ">= 3.0, < 4.0": 3, ">= 3.0, < 5.0.0": 0, "4.1.2": 4, "= 2.99.0": 2,
		"~> 4.1.0": 4, ">= 3.7, <= 3.116": 3, "< 3": 0, "x": 0, ">= 3.10, < 4.5": 0, "!= 3.1, ~> 3.5": 3, ">=4.0.0,<5.0.0": 4,
	} {
		if got := majorOf(constraint); got != want {
			t.Errorf("%q: got %d, want %d", constraint, got, want)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{".", ".", "."}, {".", "a/b", "a/b"}, {"a", "a/b", "b"}, {"a/b", "a/b", "."}, {"a/b", "a/c", "../c"},
		{"a/b", "c", "../../c"}, {"a", ".", ".."}, {"ab", "a", "../a"},
	} {
		if got := relative(c.from, c.to); got != c.want {
			t.Errorf("from %s to %s: got %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

// TestNestingOfRealFiles checks that the guard lets large files through that only have much in them.
func TestNestingOfRealFiles(t *testing.T) {
	for name, text := range map[string]string{
		"list":     "a = [" + strings.Repeat("-1, ", 50_000) + "]\n",
		"objects":  "a = [" + strings.Repeat("{ a = 1 },\n", 50_000) + "]\n",
		"locals":   "locals {\n" + strings.Repeat("  a = b + c && !d ? e : f\n", 20_000) + "}\n",
		"heredoc":  "a = <<EOT\n" + strings.Repeat("(({{[[ !!! ???\n", 20_000) + "EOT\n",
		"comments": strings.Repeat("# ((((((((((\n", 20_000),
		"template": "a = \"" + strings.Repeat("${b}", 2_000) + "\"\n",
	} {
		if at := tooNested([]byte(text)); at >= 0 {
			t.Errorf("%s is refused at %d", name, at)
		}
	}
}

// corpusDirs hold real projects; they are not part of this one.
var corpusDirs = []string{"../../../shared/corpus/terraform", "../../../shared/corpus/peer-cases"}

func corpusFiles(t testing.TB) (*source.Tree, []string) {
	t.Helper()
	root := filepath.Dir(corpusDirs[0])
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus of real projects here")
	}
	tree, err := source.OpenTree(root, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	var names []string
	for _, dir := range corpusDirs {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && IsConfiguration(name) {
				rel, _ := filepath.Rel(root, name)
				names = append(names, filepath.ToSlash(rel))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return tree, names
}

// TestCorpus evaluates real projects: no local module stays closed, and no limit is met.
func TestCorpus(t *testing.T) {
	tree, names := corpusFiles(t)
	for _, r := range Roots(tree, names, nil) {
		d := r.Deploy(Options{})
		for _, p := range d.Diagnostics {
			if p.Code == "limit" || p.Code == "cycle" {
				t.Errorf("%s: %s: %s", r.Dir, p.Code, p.Message)
			}
		}
		for _, o := range d.Opaque {
			dir, ok := source.Join(filepath.ToSlash(filepath.Join(filepath.Dir(o.Span.File.Path), "x")), o.Source)
			if isLocal(o.Source) && ok && len(sourceNames(tree, dir)) > 0 {
				t.Errorf("%s: %s (%s) was not looked into", r.Dir, o.Path, o.Source)
			}
		}
	}
}

// BenchmarkParse is what hclsyntax takes for the files of the corpus, BenchmarkDeploy what it takes to lint them.
func BenchmarkParse(b *testing.B) {
	tree, names := corpusFiles(b)
	for b.Loop() {
		for _, name := range names {
			f, err := tree.Read(name)
			if err != nil || strings.HasSuffix(name, ".json") {
				continue
			}
			hclsyntax.ParseConfig(f.Data, name, hcl.InitialPos)
		}
	}
}

// The types that rules ask for are much like these; see internal/lint.
func BenchmarkDeploy(b *testing.B) {
	tree, names := corpusFiles(b)
	want := func(typ string) bool {
		typ = strings.ToLower(typ)
		return strings.HasPrefix(typ, "microsoft.documentdb/") || strings.HasPrefix(typ, "microsoft.network/") ||
			strings.HasPrefix(typ, "microsoft.web/") || strings.HasPrefix(typ, "microsoft.authorization/role")
	}
	for b.Loop() {
		for _, r := range Roots(tree, names, nil) {
			if !r.Dull() {
				r.Deploy(Options{Want: want})
			}
		}
	}
}
