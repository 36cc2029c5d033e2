package parsers

import (
	"path"
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// seeds are the files that the deployments of interest read. Nil are all files.
type seeds struct{ names map[string]bool }

func newSeeds(names []string) *seeds {
	if names == nil {
		return nil
	}
	s := &seeds{map[string]bool{}}
	for _, n := range names {
		s.names[path.Clean(n)] = true
	}
	return s
}

// has reports whether a file is named as a seed.
func (s *seeds) has(name string) bool { return s != nil && s.names[name] }

// Concerns reports whether a unit, which was evaluated, reads one of the seeds.
func (s *Set) Concerns(u Unit) bool {
	if s.seeds == nil {
		return true
	}
	for name := range s.seeds.names {
		if u.Reads(name) {
			return true
		}
	}
	return false
}

// keepSeeds leaves out what is said of other files, and counts the seeds that were recognised. A template that was
// compiled from Bicep is not looked at itself: it stands for the file that it was compiled from.
func (f *finder) keepSeeds() {
	s := f.set.seeds
	if s == nil {
		return
	}
	f.set.Problems = slices.DeleteFunc(f.set.Problems, func(d diag.Diagnostic) bool {
		return d.Span.File == nil || !s.has(d.Span.File.Path)
	})
	f.set.Files = 0
	for _, c := range f.files {
		if !s.has(c.path) {
			continue
		}
		if c.recognised() {
			f.set.Files++
		}
		if origin := f.twinOf(c); origin != "" {
			s.names[origin] = true
		}
	}
}

// reads reports whether the deployment reads a file: as template, as parameters, or as what a template loads. It also
// reads those that it looked for and that are not there.
func (d *deployment) reads(name string) bool {
	_, template := d.templates[name]
	_, tree := d.trees[name]
	return template || tree || d.loaded[name] || name == d.path || name == d.parametersPath
}
