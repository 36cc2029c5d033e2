package parsers

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
	"github.com/cosmoslint/cosmoslint/parsers/bicep"
)

// deployment evaluates one root file with at most one parameter file. Each file is parsed once for all evaluations.
type deployment struct {
	*finder
	file, parameters *source.File

	parsed    bool
	t         *template.Template
	args      []template.Argument
	argScope  expr.Scope
	problems  []diag.Diagnostic
	templates map[string]*template.Template
	trees     map[string]*bicep.File
	opened    map[*source.File]*source.Tree // the tree of files from outside the scan root
}

func (f *finder) newDeployment(file, parameters *source.File) *deployment {
	return &deployment{
		finder: f, file: file, parameters: parameters, templates: map[string]*template.Template{},
		trees: map[string]*bicep.File{}, opened: map[*source.File]*source.Tree{},
	}
}

// unit adds a deployment to the set.
func (f *finder) unit(file, parameters *source.File) {
	u := Unit{Path: file.Path, Deploy: f.newDeployment(file, parameters).deploy}
	if parameters != nil {
		u.Parameters = parameters.Path
	}
	f.set.Units = append(f.set.Units, u)
}

func (d *deployment) deploy(overrides map[string]value.Value) *model.Deployment {
	d.parse()
	if d.t == nil {
		return &model.Deployment{EntryPoint: d.file, Diagnostics: d.problems, Incomplete: true}
	}
	out := template.Expand(d.t, template.Input{
		Arguments: d.args, ArgumentScope: d.argScope, Overrides: overrides, Want: d.opt.Want, Primary: d.opt.Primary,
	})
	if d.parameters != nil {
		out.Parameters = []*source.File{d.parameters}
	}
	out.Diagnostics = append(out.Diagnostics, d.problems...)
	return out
}

func (d *deployment) parse() {
	if d.parsed {
		return
	}
	d.parsed = true
	d.t = d.read(d.file)
	if d.t == nil || d.parameters == nil {
		return
	}
	if isBicep(d.parameters.Path) {
		tree, problems := bicep.Parse(d.parameters)
		d.problems = append(d.problems, problems...)
		var scope *template.Template
		d.args, scope = bicep.LowerParameters(tree, d)
		d.argScope = template.ScopeOf(scope)
		return
	}
	var problems []diag.Diagnostic
	d.args, problems = arm.ParseParameters(d.parameters, d.t)
	d.problems = append(d.problems, problems...)
}

func isBicep(name string) bool {
	return hasSuffixFold(name, ".bicep") || hasSuffixFold(name, ".bicepparam")
}

func hasSuffixFold(name, suffix string) bool {
	return len(name) > len(suffix) && strings.EqualFold(name[len(name)-len(suffix):], suffix)
}

// read parses a template of either language.
func (d *deployment) read(file *source.File) *template.Template {
	if isBicep(file.Path) {
		tree, problems := bicep.Parse(file)
		return bicep.Lower(tree, problems, d)
	}
	t, problems := arm.Parse(file, d.load)
	d.problems = append(d.problems, problems...)
	return t
}

// load reads a template below the root once for the deployment. What is missing makes an opaque module, not an error: it
// may be generated, or published elsewhere.
func (d *deployment) load(path string) *template.Template {
	if t, ok := d.templates[path]; ok {
		return t
	}
	d.templates[path] = nil
	file, err := d.tree.Read(path)
	if err != nil || path == d.file.Path || !isBicep(path) && arm.Recognise(file) != arm.Template {
		return nil
	}
	t := d.read(file)
	d.templates[path] = t
	return t
}

// callsOf evaluates no resource of a template, only what it calls.
func (f *finder) callsOf(file *source.File) []string {
	d := f.newDeployment(file, nil)
	if d.parse(); d.t == nil {
		return nil
	}
	template.Expand(d.t, template.Input{
		Want:    func(string) bool { return false },
		Primary: func(string) bool { return true }, // also what is off
	})
	var calls []string
	for path, t := range d.templates {
		if t != nil {
			calls = append(calls, path)
		}
	}
	return calls
}
