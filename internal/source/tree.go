package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"weak"
)

// DefaultMaxFileSize is the size in bytes above which a file is refused. Azure itself takes templates up to 4 MB.
const DefaultMaxFileSize = 16 << 20

// Tree reads files below one root directory, each at most once. Nothing outside of the root is ever read: a path or a
// symbolic link that leads out of it is an error. It is safe for concurrent use.
type Tree struct {
	root    *os.Root
	dir     string
	maxSize int64

	mu      sync.Mutex
	files   map[string]*entry
	derived map[string]bool
}

type entry struct {
	once sync.Once
	file *File
	err  error
	// loaded says that file and err are there to be read, before the file as it was last forgotten.
	loaded atomic.Bool
	before weak.Pointer[File]
	// overlay says that the file is not, or not as it is here, on disk.
	overlay bool
}

// OpenTree opens the root directory. A maxSize of 0 means DefaultMaxFileSize.
func OpenTree(dir string, maxSize int64) (*Tree, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("scan root: %w", err)
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, fmt.Errorf("scan root: %w", err)
	}
	if maxSize <= 0 {
		maxSize = DefaultMaxFileSize
	}
	return &Tree{root: root, dir: abs, maxSize: maxSize, files: map[string]*entry{}, derived: map[string]bool{}}, nil
}

// Dir returns the absolute path of the root.
func (t *Tree) Dir() string { return t.dir }

// Close releases the root directory.
func (t *Tree) Close() error { return t.root.Close() }

// Errors of Read, beside those of the file system.
var (
	ErrTooLarge   = errors.New("file is larger than the limit")
	ErrNotRegular = errors.New("not a regular file")
	ErrOutside    = errors.New("path leads out of the scan root")
)

// Read returns the file at a slash-separated path relative to the root. The same path gives the same *File, as long as
// anybody holds it.
func (t *Tree) Read(name string) (*File, error) {
	name = path.Clean(name)
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("%s: %w", name, ErrOutside)
	}
	t.mu.Lock()
	e := t.files[name]
	if e == nil {
		e = &entry{}
		t.files[name] = e
	}
	derived := t.derived[name]
	t.mu.Unlock()
	e.once.Do(func() {
		if e.file = e.before.Value(); e.file == nil {
			if e.file, e.err = t.read(name); e.file != nil {
				e.file.Derived = derived
			}
		}
		e.loaded.Store(true)
	})
	return e.file, e.err
}

// Forget drops the content of a file that is of no interest for now; it can be read again.
func (t *Tree) Forget(name string) {
	name = path.Clean(name)
	t.mu.Lock()
	if e := t.files[name]; e != nil && !e.overlay && e.loaded.Load() {
		delete(t.files, name)
		if e.file != nil {
			t.files[name] = &entry{before: weak.Make(e.file)}
		}
	}
	t.mu.Unlock()
}

// Derive says that a program has written the file at name: see File.Derived. It is to be said while nobody else has the file.
func (t *Tree) Derive(name string) {
	name = path.Clean(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.derived[name] = true
	e := t.files[name]
	if e == nil {
		return
	}
	f := e.before.Value()
	if e.loaded.Load() {
		f = e.file
	}
	if f != nil {
		f.Derived = true
	}
}

// Overlay makes Read return data for name whatever is on disk: an editor's unsaved buffer, standard input, a test.
func (t *Tree) Overlay(name string, data []byte) *File {
	e := &entry{file: NewFile(path.Clean(name), data), overlay: true}
	e.once.Do(func() {})
	t.mu.Lock()
	t.files[path.Clean(name)] = e
	t.mu.Unlock()
	return e.file
}

func (t *Tree) read(name string) (*File, error) {
	// A FIFO would block in Open, so the kind is looked at before.
	info, err := t.root.Stat(filepath.FromSlash(name))
	if err != nil {
		return nil, outside(err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w", name, ErrNotRegular)
	}
	if info.Size() > t.maxSize {
		return nil, fmt.Errorf("%s: %w (%d > %d bytes)", name, ErrTooLarge, info.Size(), t.maxSize)
	}
	f, err := t.root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, outside(err)
	}
	defer f.Close()
	data := make([]byte, 0, info.Size()+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if int64(len(data)) > t.maxSize {
			return nil, fmt.Errorf("%s: %w", name, ErrTooLarge)
		}
		if err == io.EOF {
			return NewFile(name, data), nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// outside gives the root's refusal to follow a link its name.
func outside(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) && strings.Contains(pe.Err.Error(), "escapes") {
		return fmt.Errorf("%s: %w", pe.Path, ErrOutside)
	}
	return err
}

// Join resolves ref, as written in the file at from, to a path relative to the root. It reports false when ref is
// absolute or leads out of the root.
func Join(from, ref string) (string, bool) {
	ref = strings.ReplaceAll(ref, `\`, "/")
	if ref == "" || strings.HasPrefix(ref, "/") || strings.Contains(ref, "\x00") || filepath.IsAbs(ref) {
		return "", false
	}
	p := path.Join(path.Dir(from), ref)
	return p, fs.ValidPath(p)
}
