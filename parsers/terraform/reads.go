package terraform

import (
	"path"
	"sync"

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

// reads are the files and directories that the evaluations of a root module asked for beside its configuration, whether
// they were there or not. It is safe for concurrent use; nil keeps nothing.
type reads struct {
	mu    sync.Mutex
	files map[string]bool
	trees map[string]bool // directories, of which all that lies below counts
}

func newReads() *reads { return &reads{files: map[string]bool{}, trees: map[string]bool{}} }

func (r *reads) file(name string) {
	if r != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.files[name] = true
	}
}

func (r *reads) tree(dir string) {
	if r != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.trees[dir] = true
	}
}

func (r *reads) has(name string) bool {
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.files[name] || r.trees["."] {
		return true
	}
	for dir := path.Dir(name); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if r.trees[dir] {
			return true
		}
	}
	return false
}

// Reads reports whether a file, relative to the scan root, is part of what was evaluated: of the configuration of the root
// module and of those that it calls, directly or not, of the variables in its own directory, or of what functions read.
// What was asked for and is not there counts as well: a module that is gone, a file that functions read.
func (r Root) Reads(name string) bool {
	if r.read.has(name) {
		return true
	}
	dir := path.Dir(name)
	switch {
	case LoadsItself(name), path.Base(name) == lockFile:
		return dir == r.Dir
	case !IsConfiguration(name):
		return false
	}
	found := false
	r.project.eachModule(r.Dir, nil, func(d *directory) bool {
		found = d.path == dir || d.callsDirectory(dir)
		return !found
	})
	return found
}

// callsDirectory reports whether a call names a directory, also one that is not there.
func (d *directory) callsDirectory(dir string) bool {
	for _, c := range d.calls {
		if target, ok := localSource(d, literalSource(c)); ok && target == dir {
			return true
		}
	}
	return false
}
