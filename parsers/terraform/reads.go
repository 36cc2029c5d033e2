package terraform

import (
	"path"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// EachFile visits the files of the root module and of the local modules that it calls.
func (r Root) EachFile(visit func(*source.File)) {
	r.project.eachModule(r.Dir, nil, func(d *directory) bool {
		for _, f := range d.files {
			visit(f)
		}
		return true
	})
}

// Reads reports whether a file, relative to the scan root, is part of the configuration of the root module: of one of the
// modules that it calls, directly or not, or of the variables in its own directory. Files that are read by functions
// count where they lie in the directory of a module.
func (r Root) Reads(name string) bool {
	dir := path.Dir(name)
	if strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json") {
		return dir == r.Dir
	}
	found := false
	r.project.eachModule(r.Dir, nil, func(d *directory) bool {
		found = d.path == dir
		return !found
	})
	return found
}
