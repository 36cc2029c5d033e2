package parsers

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/suppress"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
	"github.com/cosmoslint/cosmoslint/parsers/bicep"
	"github.com/cosmoslint/cosmoslint/parsers/terraform"
)

// finder goes from paths to units.
type finder struct {
	tree  *source.Tree
	opt   Options
	set   *Set
	files []*candidate
	// folders are the candidates by folder, users the Bicep parameter files by the template that they use.
	folders map[string]*folder
	users   map[string][]string
	// deployed are the ARM templates that Terraform deploys: they are evaluated with what it passes to them.
	deployed map[string]bool

	inspected sync.Map // paths of the files that Options.Inspect has seen
}

// candidate is a file that may be a template or a parameter file.
type candidate struct {
	path     string
	named    bool // the user named it, it was not found in a directory
	kind     arm.Kind
	size     int          // bytes
	file     *source.File // while it is looked at
	dull     bool         // a template in which no rule has anything to look at
	problems []diag.Diagnostic
	// calls are the files that it links to.
	calls []string
	// using is the template that a Bicep parameter file says it is for: a file, or with registry a reference to a module,
	// written at usingSite.
	using     string
	registry  bool
	usingSite source.Span
	// generated says that a template was compiled from Bicep.
	generated bool
	// remarks are set when the file may hold suppressions.
	remarks *suppress.Source
	// terraform and plan say that it is configuration of Terraform, or a plan in JSON, and none of the kinds above.
	terraform, plan bool
	// parameters are the names of the parameters that a template declares, where they matter: sorted, in lower case.
	parameters []string
}

// skipped are directories of other tools.
var skipped = []string{".git", ".hg", ".svn", ".terraform", ".terragrunt-cache", "node_modules", ".venv", "__pycache__"}

func (f *finder) walk(paths []string) {
	seen := map[string]*candidate{}
	add := func(name string, named bool) {
		c := seen[name]
		if c == nil && f.excluded(name) {
			return
		}
		if c == nil {
			c = &candidate{path: name}
			seen[name], f.files = c, append(f.files, c)
		}
		c.named = c.named || named
	}
	for _, p := range paths {
		f.walkPath(path.Clean(filepath.ToSlash(p)), add)
	}
	slices.SortFunc(f.files, func(a, b *candidate) int { return strings.Compare(a.path, b.path) })
}

func (f *finder) excluded(name string) bool { return f.opt.Exclude != nil && f.opt.Exclude(name) }

func (f *finder) walkPath(root string, add func(string, bool)) {
	base := f.tree.Dir()
	abs := filepath.Join(base, filepath.FromSlash(root))
	if info, err := os.Stat(abs); err != nil || !info.IsDir() {
		add(root, true)
		return
	}
	if !f.within(abs) {
		f.problem(root, "unreadable", cause(source.ErrOutside))
		return
	}
	// A link that is named is followed: that is what the separator at its end is for.
	_ = filepath.WalkDir(abs+string(filepath.Separator), func(full string, d fs.DirEntry, err error) error {
		name := rel(base, full)
		switch {
		case err != nil:
			f.problem(name, "unreadable", cause(err))
			return fs.SkipDir
		case d.IsDir():
			if filepath.Clean(full) != abs && slices.Contains(skipped, d.Name()) || f.excluded(name) {
				return fs.SkipDir
			}
		case hasExtension(name) && (d.Type().IsRegular() || !d.Type().IsDir() && !linkToDirectory(full, d)):
			add(name, false)
		}
		return nil
	})
}

// within reports whether a directory is in the scan root, after all links.
func (f *finder) within(dir string) bool {
	base, err := filepath.EvalSymlinks(f.tree.Dir())
	if err != nil {
		return false
	}
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return false
	}
	name, err := filepath.Rel(base, real)
	return err == nil && filepath.IsLocal(name)
}

// linkToDirectory keeps links to directories from being taken for files; they are not followed, so that loops of them do
// no harm.
func linkToDirectory(full string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := os.Stat(full)
	return err == nil && info.IsDir()
}

func rel(base, full string) string {
	name, err := filepath.Rel(base, full)
	if err != nil {
		return filepath.ToSlash(full)
	}
	return filepath.ToSlash(name)
}

// problem reports something that is wrong with a file as a whole.
func (f *finder) problem(name, code, message string) {
	f.set.Problems = append(f.set.Problems, wholeFile(name, code, message))
}

func wholeFile(name, code, message string) diag.Diagnostic {
	return diag.Problem(code, diag.Error, source.NewFile(name, nil).At(0, 0), message)
}

// Crash is the problem that a panic of ours becomes.
func Crash(path string, reason any) diag.Diagnostic {
	return wholeFile(path, "internal-error", fmt.Sprintf(
		"cosmoslint failed on this file, which is a bug in cosmoslint: %v. Please report it.", reason))
}

// cause words an error of the file system without the paths of this machine.
func cause(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "There is no such file or directory."
	case errors.Is(err, fs.ErrPermission):
		return "The file cannot be read: permission denied."
	case errors.Is(err, source.ErrTooLarge):
		return "The file is larger than the limit; --max-file-size raises it."
	case errors.Is(err, source.ErrNotRegular):
		return "This is not a regular file."
	case errors.Is(err, source.ErrOutside):
		return "This leads out of the scan root and is not read; --root widens it."
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return "The file cannot be read: " + pe.Err.Error() + "."
	}
	return "The file cannot be read: " + err.Error() + "."
}

// classify reads all candidates, on all cores, and keeps what is of interest.
func (f *finder) classify() {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, c := range f.files {
		g.Go(func() error {
			f.look(c)
			return nil
		})
	}
	_ = g.Wait()
	f.enliven()
	for _, c := range f.files {
		f.set.Problems = append(f.set.Problems, c.problems...)
		if c.recognised() {
			f.set.Files++
		}
		if c.remarks != nil {
			f.set.Remarks = append(f.set.Remarks, *c.remarks)
		}
	}
}

// recognised reports whether a file is one that some parser reads.
func (c *candidate) recognised() bool { return c.kind != arm.Other || c.terraform || c.plan }

func (f *finder) look(c *candidate) {
	defer func() {
		if r := recover(); r != nil { // a bug of ours must not end the run
			c.kind, c.file = arm.Other, nil
			c.problems = append(c.problems, Crash(c.path, r))
		}
	}()
	if isTerraform(c.path) && !c.named { // what cannot be read is told of its directory
		c.terraform = true
		if file, err := f.tree.Read(c.path); err == nil {
			f.inspect(file)
			c.remark(file)
		}
		return
	}
	file, err := f.tree.Read(c.path)
	if err != nil {
		c.problems = append(c.problems, wholeFile(c.path, "unreadable", cause(err)))
		return
	}
	c.size = len(file.Data)
	if isTerraform(c.path) {
		c.terraform = true
		f.inspect(file)
		c.remark(file)
		return
	}
	if isBicep(c.path) {
		f.inspect(file)
		c.remark(file)
		f.lookBicep(c, file)
		return
	}
	if c.file, c.kind = file, arm.Recognise(file); c.kind != arm.Other {
		c.remark(file)
	}
	switch {
	case c.kind == arm.Other && terraform.IsPlan(file):
		c.plan = true
		f.release(c)
	case c.kind == arm.Other:
		f.other(c)
	case c.kind == arm.Template:
		f.inspect(file)
		f.lookTemplate(c)
	default:
		f.inspect(file)
		f.release(c)
	}
}

// inspect shows a file of the user's to who asked for all of them.
func (f *finder) inspect(file *source.File) {
	if f.opt.Inspect == nil || file.External || f.opt.Exclude != nil && f.opt.Exclude(file.Path) ||
		f.set.seeds != nil && !f.set.seeds.has(file.Path) {
		return
	}
	if _, seen := f.inspected.LoadOrStore(file.Path, true); !seen {
		f.opt.Inspect(file)
	}
}

// remark keeps the comments of a file that may hold suppressions.
func (c *candidate) remark(file *source.File) {
	if src, ok := Remarks(file); ok {
		c.remarks = &src
	}
}

func (f *finder) lookTemplate(c *candidate) {
	c.generated = bytes.Contains(c.file.Data, []byte(`_generator"`)) // quicker to find than its first quote
	switch {
	case f.opt.leavesOut() && dull(c.file.Data):
		_, c.problems = arm.Parse(c.file, nil)
		c.dull = true
	case linkWord.in(c.file.Data):
		c.calls = f.callsOf(c.path)
	}
	f.release(c)
}

// lookBicep parses the file, which is quicker than to find out whether that is worth it.
func (f *finder) lookBicep(c *candidate, file *source.File) {
	tree, problems := bicep.Parse(file)
	c.file, c.kind = file, arm.Template
	if tree.Parameters {
		c.kind = arm.Parameters
		c.problems = problems
		c.using, c.usingSite = bicep.Using(tree)
		if c.registry = isRegistry(c.using); !c.registry && c.using != "" {
			c.using, _ = source.Join(c.path, c.using)
		}
		f.release(c)
		return
	}
	c.parameters = folded(bicep.ParameterNames(tree))
	for _, ref := range bicep.References(tree) {
		if path, ok := source.Join(c.path, ref); ok && !isRegistry(ref) {
			c.calls = append(c.calls, path)
		}
	}
	if f.opt.leavesOut() && dullBicep(file.Data) {
		c.problems = problems
		c.dull = true
	}
	f.release(c)
}

// release lets go of a file's content: it is read again when it is evaluated, so that not all are held at once.
func (f *finder) release(c *candidate) {
	c.file = nil
	f.tree.Forget(c.path)
}

func folded(names []string) []string {
	for i, n := range names {
		names[i] = strings.ToLower(n)
	}
	slices.Sort(names)
	return names
}

// other drops a file that is neither template nor parameters. The user who named it is told.
func (f *finder) other(c *candidate) {
	f.release(c)
	if c.named {
		c.problems = append(c.problems, diag.Problem("not-recognised", diag.Warning, source.NewFile(c.path, nil).At(0, 0),
			"This is neither a template nor a parameter file."))
	}
}
