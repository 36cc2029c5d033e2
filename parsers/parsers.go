// Package parsers knows what a path is: which parser reads it, which files are roots of a deployment, and which parameter
// files belong to them.
package parsers

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/suppress"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Options say what to look for.
type Options struct {
	// Parameters are parameter files given by name, relative to the scan root: they take the place of those that are
	// found beside a template.
	Parameters []string
	// NoParameters evaluates every template with its defaults.
	NoParameters bool
	// Vars are values of Terraform's variables, as text.
	Vars map[string]string
	// Seeds are files, relative to the scan root, that the deployments of interest read: those that have changed. What is
	// wrong with other files is left out, and parameter files among the seeds bring their templates; which units read one
	// is only known once they were evaluated, see Set.Concerns. Nil is every file.
	Seeds []string
	// All evaluates every template and every resource, also where there is nothing of interest to a rule.
	All bool
	// Everywhere evaluates every template as well, but only resources of interest to a rule.
	Everywhere bool
	// BicepCache is the root of the cache to which the Bicep compiler restores registry modules; nil reads none.
	BicepCache *source.Tree
	// Inspect, if set, is called once with each template and parameter file, and with what deployments load, from several
	// goroutines.
	Inspect func(*source.File)
	// Outputs asks for the outputs and parameters of deployments; see template.Input.
	Outputs bool
	// Exclude reports whether a file or directory is not to be looked at for itself, even if it is named; nil takes all.
	Exclude func(name string) bool
	// Pair returns the parameter files of a template where somebody has said which they are; nil finds them by name.
	Pair func(template string) ([]string, bool)
	// Want and Primary are the resource types of interest; see template.Input.
	Want, Primary func(resourceType string) bool
}

// Unit is one deployment to evaluate: a root file with the parameters of at most one file.
type Unit struct {
	Path string
	// Identity is what stays when files are renamed, where that is not Path: of Terraform the folder, in which names of
	// files mean nothing.
	Identity   string
	Parameters string // "" without a parameter file
	// Size is how many bytes the root file has, a guess at the work; of a folder it is not known, and large.
	Size int
	// Deploy evaluates it, with some parameters replaced. It is not safe for concurrent use; those of two units are.
	Deploy func(overrides map[string]value.Value) *model.Deployment
	// Reads reports whether a file, given relative to the scan root, was part of what Deploy evaluated.
	Reads func(name string) bool
	// Release lets go of what Deploy keeps for the next time.
	Release func()
}

// Set is what was found below the paths.
type Set struct {
	Units    []Unit
	Problems []diag.Diagnostic
	Files    int // files that were recognised; of Options.Seeds, if there are any
	// Remarks are of those files that may hold suppressions.
	Remarks []suppress.Source

	seeds *seeds // nil if everything is of interest
}

// Find looks through files and directories, given relative to the root of tree.
func Find(tree *source.Tree, paths []string, opt Options) *Set {
	f := &finder{tree: tree, opt: opt, set: &Set{seeds: newSeeds(opt.Seeds)}, deployed: map[string]bool{}}
	f.walk(paths)
	f.classify()
	f.terraform()
	f.pair()
	f.keepSeeds()
	f.measure()
	slices.SortFunc(f.set.Units, func(a, b Unit) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.Parameters, b.Parameters)
	})
	return f.set
}

// measure tells the units' sizes.
func (f *finder) measure() {
	sizes := make(map[string]int, len(f.files))
	for _, c := range f.files {
		sizes[c.path] = c.size
	}
	for i, u := range f.set.Units {
		f.set.Units[i].Size = cmp.Or(sizes[u.Path], math.MaxInt)
	}
}

// extensions are those of files that may be of interest.
func hasExtension(name string) bool {
	if isTerraform(name) {
		return true
	}
	for _, e := range []string{".json", ".jsonc", ".arm", ".bicep", ".bicepparam"} {
		if len(name) > len(e) && strings.EqualFold(name[len(name)-len(e):], e) {
			return true
		}
	}
	return false
}
