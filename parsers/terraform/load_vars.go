package terraform

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

// assignment is what a file of variables, or a flag, gives a variable of the root module.
type assignment struct {
	expr hclsyntax.Expression
	// text is what a flag gives: taken literally by a variable of type string, else read as an expression.
	text   string
	isText bool
	site   source.Span
}

// autoVarFiles returns the files of variables that a root module in dir loads by itself, in order of precedence: the
// last one wins. (Terraform's documentation, "Variable Definition Precedence".)
func autoVarFiles(tree *source.Tree, dir string) []string {
	entries, _ := tree.List(dir)
	var fixed, auto []string
	for _, e := range entries {
		switch {
		case e.Dir || !isVarFile(e.Name):
		case strings.HasPrefix(e.Name, "terraform.tfvars"):
			fixed = append(fixed, path.Join(dir, e.Name)) // .tfvars sorts before .tfvars.json
		default:
			auto = append(auto, path.Join(dir, e.Name))
		}
	}
	return append(fixed, auto...)
}

// readVarFile reads `name = literal` lines, or a JSON object.
func readVarFile(f *source.File, into map[string]assignment) []diag.Diagnostic {
	if strings.HasSuffix(f.Path, ".json") {
		v, ok := arm.ParseValue(f)
		if !ok || v.Kind != value.Object {
			return []diag.Diagnostic{diag.Problem("terraform-syntax", diag.Error, f.At(0, 0), "This is not a JSON object.")}
		}
		for _, field := range v.Fields() {
			into[field.Name] = assignment{expr: jsonLiteral(field.Value), site: field.Site}
		}
		return nil
	}
	body, diags, at := parseConfig(f.Data, f.Path)
	if at >= 0 {
		return []diag.Diagnostic{diag.Problem("limit", diag.Error, f.At(at, 1), tooComplex)}
	}
	d := directory{}
	d.syntax(f, diags)
	root := &block{}
	if body != nil {
		lowerBody(f, body, root)
	}
	for _, a := range root.attrs {
		into[a.name] = assignment{expr: a.expr, site: a.site}
	}
	return d.diagnostics
}

// jsonLiteral is jsonExpr without templates: strings in .tfvars.json are taken literally.
func jsonLiteral(v value.Value) hclsyntax.Expression {
	rng := rangeOf(v.Span)
	switch v.Kind {
	case value.Array:
		e := &hclsyntax.TupleConsExpr{SrcRange: rng}
		for _, x := range v.Elems() {
			e.Exprs = append(e.Exprs, jsonLiteral(x))
		}
		return e
	case value.Object:
		e := &hclsyntax.ObjectConsExpr{SrcRange: rng}
		for _, f := range v.Fields() {
			e.Items = append(e.Items, hclsyntax.ObjectConsItem{
				KeyExpr:   &hclsyntax.LiteralValueExpr{Val: cty.StringVal(f.Name), SrcRange: rangeOf(f.Site)},
				ValueExpr: jsonLiteral(f.Value),
			})
		}
		return e
	}
	return &hclsyntax.LiteralValueExpr{Val: toCty(v), SrcRange: rng}
}

// undeclared is a note for each file of variables with names that the module lacks: a mistyped one decides nothing. A file
// given by flag that has no name of the module is for another one.
func undeclared(given map[string]assignment, d *directory) []diag.Diagnostic {
	var out []diag.Diagnostic
	names := map[*source.File][]string{}
	first := map[*source.File]source.Span{}
	known := map[*source.File]bool{}
	for _, name := range sortedKeys(given) {
		f := given[name].site.File
		known[f] = known[f] || d.variables[name] != nil
		if f == nil || d.variables[name] != nil || d.incomplete {
			continue
		}
		if len(names[f]) == 0 || given[name].site.Start < first[f].Start {
			first[f] = given[name].site
		}
		names[f] = append(names[f], "'"+name+"'")
	}
	for _, f := range slices.SortedFunc(maps.Keys(names), func(a, b *source.File) int { return strings.Compare(a.Path, b.Path) }) {
		if !known[f] && path.Dir(f.Path) != d.path {
			continue
		}
		out = append(out, diag.Problem("unknown-parameter", diag.Note, first[f],
			"The module in '"+d.path+"' has no variable "+strings.Join(names[f], ", ")+"."))
	}
	return out
}

// assignments collects what a root module's variables are given: by the files it loads itself, then by those named, then
// by flags.
func assignments(tree *source.Tree, dir string, opt Options) (map[string]assignment, []*source.File, []diag.Diagnostic) {
	given := map[string]assignment{}
	var files []*source.File
	var problems []diag.Diagnostic
	var names []string
	if !opt.NoVarFiles {
		names = autoVarFiles(tree, dir)
	}
	for _, name := range append(names, opt.VarFiles...) {
		f, err := tree.Read(name)
		if err != nil {
			problems = append(problems, diag.Problem("unreadable", diag.Error, source.NewFile(name, nil).At(0, 0), "The file of variables cannot be read."))
			continue
		}
		problems = append(problems, readVarFile(f, given)...)
		if !slices.Contains(files, f) {
			files = append(files, f)
		}
	}
	for name, text := range opt.Vars {
		given[name] = assignment{text: text, isText: true}
	}
	return given, files, problems
}
