package terraform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// project are the directories of a tree, each parsed at most once for all evaluations. It is safe for concurrent use.
type project struct {
	tree *source.Tree

	mu   sync.Mutex
	dirs map[string]*loadedDirectory
}

type loadedDirectory struct {
	once sync.Once
	dir  *directory
}

func newProject(tree *source.Tree) *project {
	return &project{tree: tree, dirs: map[string]*loadedDirectory{}}
}

// directory returns the module in a directory; nil when it has no configuration.
func (p *project) directory(dir string) *directory {
	if !fs.ValidPath(dir) {
		return nil
	}
	p.mu.Lock()
	l := p.dirs[dir]
	if l == nil {
		l = &loadedDirectory{}
		p.dirs[dir] = l
	}
	p.mu.Unlock()
	l.once.Do(func() {
		defer func() {
			if r := recover(); r != nil { // a bug of ours must not end the run
				l.dir = &directory{path: dir, incomplete: true}
				l.dir.problem("internal-error", source.NewFile(dir, nil).At(0, 0), fmt.Sprintf(
					"cosmoslint failed on this directory, which is a bug in cosmoslint: %v. Please report it.", r))
			}
		}()
		l.dir = loadDirectory(p.tree, dir)
		if l.dir != nil && isCache(dir) {
			for _, f := range l.dir.files {
				f.External = true
			}
		}
	})
	return l.dir
}

// isCache reports whether a directory is one to which terraform init downloads modules.
func isCache(dir string) bool { return strings.Contains("/"+dir+"/", "/.terraform/") }

// localSource returns the directory that a module source means, if it is a path.
func localSource(from *directory, src string) (string, bool) {
	if !strings.HasPrefix(src, "./") && !strings.HasPrefix(src, "../") && src != "." && src != ".." {
		return "", false
	}
	dir, ok := source.Join(path.Join(from.path, "x"), src)
	return dir, ok
}

// literalSource is the source of a call, if it is a literal.
func literalSource(call *block) string {
	e := call.expr("source")
	if e == nil {
		return ""
	}
	text, _ := literalText(e)
	return text
}

// find returns the directory of a called module and the source as written; nil when it is not below the scan root. A
// module from a registry or repository is looked up among those that terraform init downloaded.
func (r *run) find(m *module, call *block, key string) (*directory, string) {
	src := literalSource(call)
	if e := call.expr("source"); src == "" && e != nil {
		src, _ = m.scope.eval(e).Text()
	}
	if isLocal(src) {
		dir, ok := localSource(m.dir, src)
		if !ok {
			return nil, src
		}
		if literalSource(call) == "" {
			r.read.tree(dir)
		}
		return r.project.directory(dir), src
	}
	if entry, ok := r.manifest[key]; ok && src != "" && entry.matches(src) {
		return r.project.directory(entry.dir), src
	}
	return nil, src
}

// downloaded is a module that terraform init downloaded.
type downloaded struct{ source, dir string }

// registrySource is the form of a source in a registry: [host/]namespace/name/provider, with a directory in it.
var registrySource = regexp.MustCompile(`^([\w-]+\.[\w.-]+/)?[\w-]+/[\w-]+/[\w-]+(//.*)?$`)

// matches reports whether the module was downloaded from a source as it is written in a call: that of a registry is
// recorded with its host, and those of other kinds in other words.
func (d downloaded) matches(src string) bool {
	return d.source == "" || !registrySource.MatchString(src) || strings.HasSuffix(d.source, src)
}

func isLocal(src string) bool { return strings.HasPrefix(src, ".") }

// maxManifest is how many modules of modules.json are looked at.
const maxManifest = 10_000

// readManifest reads .terraform/modules/modules.json of a root module: which directory each call was downloaded to.
func readManifest(tree *source.Tree, root string) map[string]downloaded {
	f, err := tree.Read(path.Join(root, ".terraform/modules/modules.json"))
	if err != nil {
		return nil
	}
	var manifest struct {
		Modules []struct{ Key, Source, Dir string }
	}
	if json.Unmarshal(f.Data, &manifest) != nil || len(manifest.Modules) > maxManifest {
		return nil
	}
	dirs := map[string]downloaded{}
	for _, m := range manifest.Modules {
		if dir, ok := source.Join(path.Join(root, "x"), m.Dir); ok && m.Key != "" {
			dirs[m.Key] = downloaded{m.Source, dir}
		}
	}
	return dirs
}

// Root is a root module: a directory that is deployed on its own.
type Root struct {
	// Dir is the directory, relative to the scan root.
	Dir string
	// File stands for it in reports: main.tf, else its first file.
	File    *source.File
	project *project
	read    *reads
}

// Roots finds the root modules among the directories of files. A directory that another one calls is none, unless it has
// variables of its own, a backend or a provider with credentials, or is called by tests and examples alone.
//
// named are directories that the user asked for: they are roots whoever calls them.
func Roots(tree *source.Tree, files []string, named map[string]bool) []Root {
	p := newProject(tree)
	dirs := map[string]bool{}
	for _, f := range files {
		dirs[path.Dir(f)] = true
	}
	p.load(dirs)
	called := map[string]bool{}
	for dir := range dirs {
		if d := p.directory(dir); d != nil && !isExample(dir) {
			for _, c := range d.calls {
				if target, ok := localSource(d, literalSource(c)); ok && target != dir {
					called[target] = true
				}
			}
		}
	}
	var roots []Root
	for _, dir := range sortedKeys(dirs) {
		d := p.directory(dir)
		if d == nil || called[dir] && !named[dir] && !d.standsAlone(tree) {
			continue
		}
		roots = append(roots, Root{Dir: dir, File: d.main(), project: p, read: newReads()})
	}
	return roots
}

// load reads directories on all cores.
func (p *project) load(dirs map[string]bool) {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for dir := range dirs {
		g.Go(func() error {
			p.directory(dir)
			return nil
		})
	}
	_ = g.Wait()
}

// Retain lets go of all directories that none of the roots reads. They are read again when they are asked for.
func Retain(roots, all []Root) {
	if len(all) == 0 {
		return
	}
	p := all[0].project
	read := map[*directory]bool{}
	for _, r := range roots {
		p.eachModule(r.Dir, readManifest(p.tree, r.Dir), func(d *directory) bool {
			read[d] = true
			return true
		})
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for dir, l := range p.dirs {
		if l.dir == nil || read[l.dir] {
			continue
		}
		delete(p.dirs, dir)
		for _, f := range l.dir.files {
			p.tree.Forget(f.Path)
		}
	}
}

// isExample reports whether a directory is one of tests or examples.
func isExample(dir string) bool {
	for _, name := range strings.Split(strings.ToLower(dir), "/") {
		switch name {
		case "test", "tests", "e2e", "example", "examples", "sample", "samples":
			return true
		}
	}
	return false
}

// standsAlone reports whether a directory is deployed on its own although another one calls it. A provider block without
// credentials is not enough: modules of old have one.
func (d *directory) standsAlone(tree *source.Tree) bool {
	if len(autoVarFiles(tree, d.path)) > 0 {
		return true
	}
	for _, s := range d.settings {
		if len(s.nested("backend")) > 0 || len(s.nested("cloud")) > 0 {
			return true
		}
	}
	for _, p := range d.providers {
		if p.attr("subscription_id") != nil || p.attr("tenant_id") != nil {
			return true
		}
	}
	return false
}

// words that stand in a directory in which a rule may have something to look at.
var words = []string{
	"cosmos", "documentdb", "mongo_cluster", "mongocluster", "dbforpostgresql",
	"conditional_access", "conditionalaccess", "aad_diagnostic", "aadiam", // of the tenant: they hold for accounts anywhere
}

// Problems are what is wrong with the files of the root and of the modules that it calls.
func (r Root) Problems() []diag.Diagnostic {
	e := &run{project: r.project, out: &model.Deployment{}, names: map[string]bool{}, manifest: readManifest(r.project.tree, r.Dir)}
	e.gather(r.Dir)
	return e.out.Diagnostics
}

func isInteresting(text []byte) bool {
	lower := bytes.ToLower(text)
	for _, w := range words {
		if bytes.Contains(lower, []byte(w)) {
			return true
		}
	}
	return false
}

// Dull reports that no rule has anything to look at in the root or in any module that it calls. What is in an ARM template
// that it deploys is not known here.
func (r Root) Dull() bool {
	dull := true
	r.project.eachModule(r.Dir, readManifest(r.project.tree, r.Dir), func(d *directory) bool {
		dull = !d.interesting && !slices.ContainsFunc(d.calls, func(c *block) bool { return literalSource(c) == "" }) &&
			!slices.ContainsFunc(d.resources, deploysTemplate)
		return dull
	})
	return dull
}

// gather collects the attribute names that references anywhere below a module ask for, and what is wrong with the files.
func (r *run) gather(dir string) {
	r.project.eachModule(dir, r.manifest, func(d *directory) bool {
		for name := range d.names {
			r.names[name] = true
		}
		r.out.Incomplete = r.out.Incomplete || d.incomplete
		if !isCache(d.path) {
			r.out.Diagnostics = append(r.out.Diagnostics, d.diagnostics...)
		}
		return true
	})
}
