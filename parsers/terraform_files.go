package parsers

import (
	"path"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/terraform"
)

// isTerraform reports whether a file is configuration of Terraform or OpenTofu, or a file of variables.
func isTerraform(name string) bool { return terraform.IsConfiguration(name) || isVariables(name) }

func isVariables(name string) bool {
	return strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json")
}

// splitParameters tells the parameter files of ARM and Bicep, given by flag, from files of Terraform variables.
func splitParameters(names []string) (parameters, variables []string) {
	for _, name := range names {
		if isVariables(name) {
			variables = append(variables, name)
		} else {
			parameters = append(parameters, name)
		}
	}
	return parameters, variables
}

// terraform adds a unit for each root module of Terraform. One in which no rule has anything to look at is only checked
// for syntax.
func (f *finder) terraform() {
	var files []string
	named := map[string]bool{}
	for _, c := range f.files {
		if c.terraform && !isVariables(c.path) {
			files = append(files, c.path)
			named[path.Dir(c.path)] = named[path.Dir(c.path)] || c.named
		}
	}
	_, variables := splitParameters(f.opt.Parameters)
	configured := foldersOf(files)
	alone := f.aloneVariables(named)
	roots := terraform.Roots(f.tree, append(files, alone...), named)
	f.plans(roots)
	var kept []terraform.Root
	for _, r := range roots {
		r.EachFile(f.inspect) // also what is not among the paths
		if f.opt.leavesOut() && r.Dull() {
			f.set.Problems = append(f.set.Problems, r.Problems()...)
			continue
		}
		kept = append(kept, r)
		own := f.variablesOf(r.File.Path, variables)
		further := slices.DeleteFunc(slices.Clone(alone), func(name string) bool {
			return path.Dir(name) != r.Dir || terraform.LoadsItself(name) || slices.Contains(own, name)
		})
		if configured[r.Dir] || len(further) == 0 {
			f.terraformUnit(r, own)
		}
		for _, name := range further {
			f.terraformUnit(r, append(slices.Clip(own), name))
		}
	}
	terraform.Retain(kept, roots)
}

// aloneVariables are the files of variables that were named, or have changed: the root module that they lie beside is
// judged with each of them, though Terraform would have to be told of it. A folder is named by its files.
func (f *finder) aloneVariables(named map[string]bool) []string {
	var out []string
	for _, c := range f.files {
		dir := path.Dir(c.path)
		switch {
		case !isVariables(c.path) || !c.terraform || !c.named && !f.set.seeds.has(c.path):
		case terraform.IsModule(f.tree, dir):
			out, named[dir] = append(out, c.path), named[dir] || c.named
		case c.named:
			f.set.Problems = append(f.set.Problems, diag.Problem("no-configuration", diag.Warning, source.NewFile(c.path, nil).At(0, 0),
				"No configuration lies beside this file of variables; name its folder too, and give the file with --var-file."))
		}
	}
	return out
}

func foldersOf(files []string) map[string]bool {
	out := map[string]bool{}
	for _, name := range files {
		out[path.Dir(name)] = true
	}
	return out
}

// variablesOf are the files of variables of a root module, beside those that Terraform loads by itself: the ones given by
// flag, else those that somebody has paired with its folder or with one of its files.
func (f *finder) variablesOf(file string, given []string) []string {
	if len(given) > 0 || f.opt.Pair == nil || f.opt.NoParameters {
		return given
	}
	for _, name := range []string{path.Dir(file), file} {
		if files, ok := f.opt.Pair(name); ok {
			_, variables := splitParameters(files)
			return variables
		}
	}
	return nil
}

func (f *finder) terraformUnit(r terraform.Root, variables []string) {
	opt := terraform.Options{
		VarFiles: variables, NoVarFiles: f.opt.NoParameters, Vars: f.opt.Vars, Want: f.opt.Want, Templates: f.nestedTemplate, Inspect: f.inspect,
	}
	templates := r.Deployed(opt)
	for _, name := range templates {
		f.deployed[name] = f.deployed[name] || !isExample(r.File.Path)
	}
	u := Unit{Path: r.File.Path, Identity: r.Dir, Release: func() {}}
	u.Reads = func(name string) bool {
		return r.Reads(name) || slices.Contains(variables, name) || slices.Contains(templates, name)
	}
	if len(variables) > 0 {
		u.Parameters = slices.Max(variables)
	}
	u.Deploy = func(overrides map[string]value.Value) *model.Deployment {
		opt.Overrides = overrides
		return r.Deploy(opt)
	}
	f.set.Units = append(f.set.Units, u)
}

// plans adds a unit for each plan in JSON. One beside a configuration is one more way to deploy that, as a file of variables
// is.
func (f *finder) plans(roots []terraform.Root) {
	for _, c := range f.files {
		if !c.plan {
			continue
		}
		u := Unit{Path: c.path, Release: func() {}}
		for _, r := range roots {
			if r.Dir == path.Dir(c.path) {
				u.Path, u.Identity, u.Parameters = r.File.Path, r.Dir, c.path
			}
		}
		u.Reads = func(name string) bool { return name == c.path }
		u.Deploy = func(map[string]value.Value) *model.Deployment {
			file, err := f.tree.Read(c.path)
			if err != nil {
				d := f.newDeployment(c.path, "")
				d.openFile(c.path)
				return d.deploy(nil)
			}
			return terraform.DeployPlan(f.tree, file, f.nestedTemplate)
		}
		f.set.Units = append(f.set.Units, u)
	}
}
