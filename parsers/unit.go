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
	path, parametersPath string
	file, parameters     *source.File
	// using is the registry module that a parameter file deploys, which is then both path and parametersPath.
	using     string
	usingSite source.Span

	parsed    bool
	t         *template.Template
	args      []template.Argument
	argScope  expr.Scope
	problems  []diag.Diagnostic
	templates map[string]*template.Template
	trees     map[string]*bicep.File
	contents  []*source.File  // of what is loaded, that which becomes a value
	loaded    map[string]bool // other files that were read: what is loaded as text or JSON, settings of the compiler
	// twin is what the root file was compiled to, once it was sought.
	twin   *template.Template
	sought bool
}

func (f *finder) newDeployment(path, parameters string) *deployment {
	return &deployment{
		finder: f, path: path, parametersPath: parameters, templates: map[string]*template.Template{},
		trees: map[string]*bicep.File{}, loaded: map[string]bool{},
	}
}

// unit adds a deployment to the set.
func (f *finder) unit(path, parameters string) {
	d := f.newDeployment(path, parameters)
	f.set.Units = append(f.set.Units, Unit{Path: path, Parameters: parameters, Deploy: d.deploy, Reads: d.reads, Release: d.release})
}

// release lets go of everything that was read for the deployment. What is reported keeps the files that it points into.
func (d *deployment) release() {
	d.tree.Forget(d.path)
	if d.parametersPath != "" {
		d.tree.Forget(d.parametersPath)
	}
	for path := range d.templates {
		d.tree.Forget(path)
	}
	for path := range d.trees {
		d.tree.Forget(path)
	}
	using, site := d.using, d.usingSite
	*d = *d.newDeployment(d.path, d.parametersPath)
	d.using, d.usingSite = using, site
}

// open reads the files of the deployment.
func (d *deployment) open() bool {
	d.file = d.openFile(d.path)
	if d.parametersPath != "" {
		d.parameters = d.openFile(d.parametersPath)
	}
	return len(d.problems) == 0
}

// openFile reads a file; one that cannot be read is an empty one with a problem.
func (d *deployment) openFile(path string) *source.File {
	file, err := d.tree.Read(path)
	if err != nil {
		d.problems = append(d.problems, wholeFile(path, "unreadable", cause(err)))
		return source.NewFile(path, nil)
	}
	d.inspect(file)
	return file
}

func (d *deployment) deploy(overrides map[string]value.Value) *model.Deployment {
	d.parse()
	if d.t == nil {
		return &model.Deployment{EntryPoint: d.file, Diagnostics: d.problems, Incomplete: true}
	}
	in := template.Input{
		Arguments: d.args, ArgumentScope: d.argScope, Overrides: overrides, Want: d.opt.Want, Call: d.usingSite,
	}
	if overrides == nil { // else it is evaluated for the sake of its resources
		in.Primary, in.Outputs = d.opt.Primary, d.opt.Outputs
	}
	out := template.Expand(d.t, in)
	out.Loaded = d.contents
	if d.using != "" {
		out.EntryPoint = d.file
	} else if d.parameters != nil {
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
	if !d.open() {
		return
	}
	if d.t = d.root(); d.t == nil || d.parameters == nil {
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

// root is the template that is deployed.
func (d *deployment) root() *template.Template {
	if d.using != "" {
		return d.registryModule(d.parameters, d.using)
	}
	return d.read(d.file, d.compiled)
}

func isBicep(name string) bool {
	return hasSuffixFold(name, ".bicep") || hasSuffixFold(name, ".bicepparam")
}

func hasSuffixFold(name, suffix string) bool {
	return len(name) > len(suffix) && strings.EqualFold(name[len(name)-len(suffix):], suffix)
}

// read parses a template of either language.
func (d *deployment) read(file *source.File, compiled bicep.Compiled) *template.Template {
	if isBicep(file.Path) {
		tree, problems := bicep.Parse(file)
		return bicep.Lower(tree, problems, d, compiled)
	}
	t, problems := arm.Parse(file, d.linked)
	d.problems = append(d.problems, problems...)
	return t
}

// load reads a template below the root once for the deployment. What is missing makes an opaque module, not an error: it
// may be generated, or published elsewhere.
func (d *deployment) load(path string, compiled bicep.Compiled) *template.Template {
	if path == d.path {
		return d.t // it calls itself, which ends at a limit
	}
	if t, ok := d.templates[path]; ok {
		return t
	}
	d.templates[path] = nil
	file, err := d.tree.Read(path)
	if err != nil || !isBicep(path) && arm.Recognise(file) != arm.Template {
		return nil
	}
	d.inspect(file)
	t := d.read(file, compiled)
	d.templates[path] = t
	return t
}

// linked loads a template that an ARM template links to.
func (d *deployment) linked(path string) *template.Template { return d.load(path, nil) }

// callsOf evaluates no resource of a template, only what it calls.
func (f *finder) callsOf(path string) []string {
	d := f.newDeployment(path, "")
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
