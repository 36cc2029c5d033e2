package terraform

import (
	"bytes"
	"path"
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// moduleWalk visits a module and all that it calls, directly or not, each once.
type moduleWalk struct {
	project  *project
	manifest map[string]downloaded
	visit    func(*directory) bool // false ends the walk
	seen     map[*directory]bool
	above    []*directory
	ended    bool
}

// eachModule calls visit for the module in dir and for all modules that it calls, until visit returns false. Sources that
// are no literals are not followed.
func (p *project) eachModule(dir string, manifest map[string]downloaded, visit func(*directory) bool) {
	w := moduleWalk{project: p, manifest: manifest, visit: visit, seen: map[*directory]bool{}}
	w.enter(p.directory(dir), "")
}

// enter visits a directory that is called by the key, as modules.json has it.
func (w *moduleWalk) enter(d *directory, key string) {
	if d == nil || w.ended || w.seen[d] || len(w.seen) > maxModules || slices.ContainsFunc(w.above, d.same) {
		return
	}
	w.seen[d] = true
	if !w.visit(d) {
		w.ended = true
		return
	}
	w.above = append(w.above, d)
	for _, c := range d.calls {
		inner := c.labels[0]
		if key != "" {
			inner = key + "." + inner
		}
		if target, ok := localSource(d, literalSource(c)); ok {
			w.enter(w.project.directory(target), inner)
		} else if target, ok := w.manifest[inner]; ok {
			w.enter(w.project.directory(target.dir), inner)
		}
	}
	w.above = w.above[:len(w.above)-1]
}

// same reports whether two directories are one, or look alike: a link leads to a directory under another path.
func (d *directory) same(o *directory) bool {
	if d == o {
		return true
	}
	return len(d.calls) > 0 && len(d.files) > 0 && slices.EqualFunc(d.files, o.files, func(a, b *source.File) bool {
		return path.Base(a.Path) == path.Base(b.Path) && bytes.Equal(a.Data, b.Data)
	})
}
