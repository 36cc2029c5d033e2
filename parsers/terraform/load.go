package terraform

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// directory is a module as written: the files of one directory, overrides merged, before any evaluation. It is not
// modified once it is loaded.
type directory struct {
	path  string // relative to the scan root; "." for the root itself
	files []*source.File
	// texts are all files by the name that ranges carry.
	texts map[string]*source.File

	variables map[string]*block
	locals    map[string]*attribute
	outputs   []*block
	resources []*block // resource, data and ephemeral, in source order
	calls     []*block
	providers []*block
	settings  []*block // terraform blocks
	imports   []*block

	// names are the attribute names that references anywhere in the directory ask for.
	names map[string]bool

	// spread are the variables that spreads knows, once it was asked.
	spreading sync.Once
	spread    map[string]bool

	// interesting says that a word stands in it which everything has in it that a rule looks at.
	interesting bool

	incomplete  bool
	diagnostics []diag.Diagnostic
}

// extensions of configuration files, those of OpenTofu first.
var extensions = []string{".tofu.json", ".tofu", ".tf.json", ".tf"}

// IsConfiguration reports whether a file name is one that Terraform or OpenTofu loads from a module's directory.
func IsConfiguration(name string) bool {
	base := path.Base(name)
	_, ext := splitExtension(base)
	return ext != "" && !strings.HasPrefix(base, ".") && !strings.HasSuffix(base, "~") && !strings.HasPrefix(base, "#")
}

func splitExtension(name string) (stem, ext string) {
	for _, e := range extensions {
		if s, ok := strings.CutSuffix(name, e); ok {
			return s, e
		}
	}
	return name, ""
}

// sourceNames returns the configuration files of a directory in the order in which they count: the primary ones by name,
// then the overrides. Where x.tofu stands beside x.tf only the former counts.
func sourceNames(tree *source.Tree, dir string) []string {
	entries, _ := tree.List(dir)
	var primary, overrides []string
	there := map[string]bool{}
	for _, e := range entries {
		there[e.Name] = true
	}
	for _, e := range entries {
		if e.Dir || !IsConfiguration(e.Name) {
			continue
		}
		stem, ext := splitExtension(e.Name)
		if strings.HasPrefix(ext, ".tf") && there[stem+strings.Replace(ext, ".tf", ".tofu", 1)] {
			continue
		}
		if stem == "override" || strings.HasSuffix(stem, "_override") {
			overrides = append(overrides, e.Name)
			continue
		}
		primary = append(primary, e.Name)
	}
	return append(primary, overrides...)
}

// IsModule reports whether a directory has configuration.
func IsModule(tree *source.Tree, dir string) bool { return len(sourceNames(tree, dir)) > 0 }

// loadDirectory parses all configuration files of a directory; nil when it has none.
func loadDirectory(tree *source.Tree, dir string) *directory {
	names := sourceNames(tree, dir)
	if len(names) == 0 {
		return nil
	}
	d := &directory{path: dir, texts: map[string]*source.File{}, variables: map[string]*block{},
		locals: map[string]*attribute{}, names: map[string]bool{}}
	var primary, overrides []*block
	for _, name := range names {
		file, err := tree.Read(path.Join(dir, name))
		if err != nil {
			d.incomplete = true
			d.problem("unreadable", source.NewFile(path.Join(dir, name), nil).At(0, 0), "The file cannot be read.")
			continue
		}
		d.files = append(d.files, file)
		d.texts[file.Path] = file
		d.interesting = d.interesting || isInteresting(file.Data)
		stem, _ := splitExtension(name)
		body := d.parse(file)
		if stem == "override" || strings.HasSuffix(stem, "_override") {
			overrides = append(overrides, body.blocks...)
			continue
		}
		primary = append(primary, body.blocks...)
	}
	for _, b := range d.override(primary, overrides) {
		d.take(b)
	}
	return d
}

func (d *directory) problem(code string, at source.Span, message string) {
	d.diagnostics = append(d.diagnostics, diag.Problem(code, diag.Error, at, message))
}

// parse reads one file. What hclsyntax recovers of a broken file is used.
func (d *directory) parse(f *source.File) *block {
	if strings.HasSuffix(f.Path, ".json") {
		root, ok := parseJSON(f)
		if !ok {
			d.incomplete = true
			d.problem("terraform-syntax", f.At(0, 0), "This is not a JSON object.")
		}
		d.collect(root)
		return root
	}
	root := &block{}
	body, diags, at := parseConfig(f.Data, f.Path)
	if at >= 0 {
		d.incomplete = true
		d.problem("limit", f.At(at, 1), tooComplex)
		return root
	}
	d.syntax(f, diags)
	if body != nil {
		_ = hclsyntax.VisitAll(body, d.visit)
		lowerBody(f, body, root)
	}
	return root
}

// maxSyntax is how many syntax errors of one file are reported.
const maxSyntax = 5

func (d *directory) syntax(f *source.File, diags hcl.Diagnostics) {
	n := 0
	for _, g := range diags {
		if g.Severity != hcl.DiagError {
			continue
		}
		d.incomplete = true
		if n++; n > maxSyntax {
			return
		}
		at := f.At(0, 0)
		if g.Subject != nil {
			at = span(f, *g.Subject)
		}
		d.problem("terraform-syntax", at, g.Summary+": "+g.Detail)
	}
}

// visit notes the attribute names that a reference asks for.
func (d *directory) visit(n hclsyntax.Node) hcl.Diagnostics {
	var t hcl.Traversal
	switch n := n.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		t = n.Traversal
	case *hclsyntax.RelativeTraversalExpr:
		t = n.Traversal
	}
	for _, step := range t {
		if a, ok := step.(hcl.TraverseAttr); ok {
			d.names[a.Name] = true
		}
	}
	return nil
}

func (d *directory) collect(b *block) {
	for _, a := range b.attrs {
		_ = hclsyntax.VisitAll(a.expr, d.visit)
	}
	for _, n := range b.blocks {
		d.collect(n)
	}
}

// take sorts a top-level block into the directory. Blocks of other tools and later versions are none of our business.
func (d *directory) take(b *block) {
	switch b.typ {
	case "variable":
		if len(b.labels) == 1 {
			d.variables[b.labels[0]] = b
		}
	case "locals":
		for _, a := range b.attrs {
			d.locals[a.name] = a
		}
	case "output":
		if len(b.labels) == 1 {
			d.outputs = append(d.outputs, b)
		}
	case "resource", "data", "ephemeral":
		if len(b.labels) == 2 {
			d.resources = append(d.resources, b)
		}
	case "module":
		if len(b.labels) == 1 {
			d.calls = append(d.calls, b)
		}
	case "provider":
		d.providers = append(d.providers, b)
	case "terraform":
		d.settings = append(d.settings, b)
	case "import":
		d.imports = append(d.imports, b)
	case "check":
		for _, n := range b.blocks {
			d.take(n)
		}
	}
}

// main is the file that stands for the directory in reports: main.tf, else the first.
func (d *directory) main() *source.File {
	i := slices.IndexFunc(d.files, func(f *source.File) bool {
		stem, _ := splitExtension(path.Base(f.Path))
		return stem == "main"
	})
	switch {
	case i >= 0:
		return d.files[i]
	case len(d.files) > 0:
		return d.files[0]
	}
	return source.NewFile(d.path, nil)
}
