package parsers

import (
	"path"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

// pair makes the units: each root with each of its parameter files, or alone.
func (f *finder) pair() {
	f.index()
	called := f.called()
	given, _ := splitParameters(f.opt.Parameters)
	for _, c := range f.files {
		if c.kind == arm.Template && f.isCompiled(c) {
			f.tree.Derive(c.path)
		}
		if c.kind != arm.Template || c.dull || f.isTwin(c) {
			continue
		}
		files := given
		if len(files) == 0 {
			files = f.parametersOf(c)
		}
		if (called[c.path] || f.deployed[c.path]) && len(files) == 0 && !c.named {
			continue
		}
		if f.opt.NoParameters || len(files) == 0 {
			f.unit(c.path, "")
			continue
		}
		for _, p := range files {
			f.unit(c.path, p)
		}
	}
	f.deployRegistry()
	f.triggered()
}

// index sorts the candidates by folder, since what belongs together by name lies together.
func (f *finder) index() {
	f.folders = map[string]*folder{}
	f.users = map[string][]string{}
	for _, c := range f.files {
		dir := path.Dir(c.path)
		in := f.folders[dir]
		if in == nil {
			in = &folder{}
			f.folders[dir] = in
		}
		switch {
		case c.kind == arm.Parameters && c.registry:
		case c.kind == arm.Parameters && isBicep(c.path):
			f.users[c.using] = append(f.users[c.using], c.path)
		case c.kind == arm.Parameters:
			in.parameters = append(in.parameters, c.path)
		case c.kind == arm.Template:
			in.templates = append(in.templates, c)
		}
	}
}

// folder is what lies in one folder.
type folder struct {
	parameters []string
	templates  []*candidate
}

// called are the templates that a scanned template links to. A template whose callers are all tests or examples counts
// as called by nobody.
func (f *finder) called() map[string]bool {
	called := map[string]bool{}
	for _, c := range f.files {
		for _, target := range c.calls {
			if target != c.path && !isExample(c.path) {
				called[target] = true
			}
		}
	}
	return called
}

var exampleFolders = []string{"test", "tests", "e2e", "example", "examples", "sample", "samples"}

func isExample(name string) bool {
	for _, folder := range strings.Split(strings.ToLower(path.Dir(name)), "/") {
		if slices.Contains(exampleFolders, folder) {
			return true
		}
	}
	return false
}

// parametersOf finds the parameter files that belong to a template: by using, or in the same folder by name.
func (f *finder) parametersOf(t *candidate) []string {
	if f.opt.NoParameters {
		return nil
	}
	if f.opt.Pair != nil {
		if files, ok := f.opt.Pair(t.path); ok {
			return files
		}
	}
	files := slices.Clone(f.users[t.path])
	for _, name := range f.folders[path.Dir(t.path)].parameters {
		if f.belongs(name, t.path) {
			files = append(files, name)
		}
	}
	return files
}

// belongs reports whether a parameter file is meant for a template of its folder: main.parameters*.json and
// main.*.parameters.json are for main.json and main.bicep, azuredeploy.parameters*.json for the only template there is.
func (f *finder) belongs(parameters, of string) bool {
	name, stem := strings.ToLower(path.Base(parameters)), strings.ToLower(stemOf(of))
	switch {
	case strings.HasPrefix(name, stem+".parameters"):
		return true
	case strings.HasPrefix(name, stem+".") && strings.HasSuffix(name, ".parameters.json"):
		return true
	case strings.HasPrefix(name, "azuredeploy.parameters"):
		return f.onlyTemplate(of)
	}
	return false
}

func stemOf(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }

func (f *finder) onlyTemplate(name string) bool {
	n := 0
	for _, c := range f.folders[path.Dir(name)].templates {
		if !f.isTwin(c) {
			n++
		}
	}
	return n == 1
}

// isTwin reports whether a template was compiled from a Bicep file beside it, which is looked at in its place: one with
// the same parameters. A twin that the user names is looked at all the same.
func (f *finder) isTwin(c *candidate) bool { return !c.named && f.twinOf(c) != "" }

// twinOf returns the Bicep file beside a template that it was compiled from, or "".
func (f *finder) twinOf(c *candidate) string {
	if !c.generated {
		return ""
	}
	for _, b := range f.folders[path.Dir(c.path)].templates {
		if isBicep(b.path) && slices.Equal(b.parameters, f.declared(c)) {
			return b.path
		}
	}
	return ""
}

// isCompiled reports whether a template says that it was compiled, and what from is here: its twin, or where that was not
// looked for, a Bicep file of its name.
func (f *finder) isCompiled(c *candidate) bool {
	if !c.generated || f.twinOf(c) != "" {
		return c.generated
	}
	origin := path.Join(path.Dir(c.path), stemOf(c.path)+".bicep")
	_, err := f.tree.Read(origin)
	f.tree.Forget(origin)
	return err == nil
}

// declared returns the names of the parameters of an ARM template, sorted.
func (f *finder) declared(c *candidate) []string {
	if c.parameters == nil {
		c.parameters = []string{}
		if file, err := f.tree.Read(c.path); err == nil {
			c.parameters = folded(arm.DeclaredParameters(file))
			f.tree.Forget(c.path)
		}
	}
	return c.parameters
}

// triggered adds the templates of parameter files that were named, or have changed, without them.
func (f *finder) triggered() {
	for _, c := range f.files {
		f.usesNothing(c)
		if c.registry {
			continue
		}
		if c.kind != arm.Parameters || !c.named && !f.set.seeds.has(c.path) || f.used(c.path) {
			continue
		}
		name := f.templateOf(c)
		if name == "" && !c.named {
			continue
		}
		if name == "" {
			f.set.Problems = append(f.set.Problems, diag.Problem("no-template", diag.Warning, source.NewFile(c.path, nil).At(0, 0),
				"No template beside this parameter file has its name; name the template too."))
			continue
		}
		if file, err := f.tree.Read(name); err == nil && (isBicep(name) || arm.Recognise(file) == arm.Template) {
			f.unit(name, c.path)
		}
	}
}

func (f *finder) used(parameters string) bool {
	return slices.ContainsFunc(f.set.Units, func(u Unit) bool { return u.Parameters == parameters })
}

// usesNothing reports a Bicep parameter file whose template is not there: what it deploys is not judged.
func (f *finder) usesNothing(c *candidate) {
	if c.kind != arm.Parameters || c.using == "" || c.registry {
		return
	}
	if _, err := f.tree.Read(c.using); err != nil {
		f.set.Problems = append(f.set.Problems, diag.Problem("no-template", diag.Warning, source.NewFile(c.path, nil).At(0, 0),
			"The template that this parameter file uses, "+c.using+", cannot be read."))
	}
}

// templateOf finds the template that a parameter file is for: the one it uses, or the one beside it whose name the
// file's begins with.
func (f *finder) templateOf(c *candidate) string {
	if isBicep(c.path) {
		return c.using
	}
	base := path.Base(c.path)
	for i, r := range base {
		if r != '.' || i == 0 {
			continue
		}
		for _, ext := range []string{".bicep", ".json"} {
			name := path.Join(path.Dir(c.path), base[:i]+ext)
			if _, err := f.tree.Read(name); err == nil && name != c.path {
				return name
			}
		}
	}
	return ""
}
