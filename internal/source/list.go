package source

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
)

// Entry is a member of a directory.
type Entry struct {
	Name string
	Dir  bool
}

// MaxEntries is how many members of a directory List returns at most.
const MaxEntries = 20_000

// List returns the members of a directory below the root, sorted by name, with overlays. Links to directories count as
// files, so that no loop of them is followed.
func (t *Tree) List(dir string) ([]Entry, error) {
	dir = path.Clean(dir)
	if !fs.ValidPath(dir) {
		return nil, fmt.Errorf("%s: %w", dir, ErrOutside)
	}
	entries, err := t.list(dir)
	t.mu.Lock()
	for name, e := range t.files {
		if e.overlay && path.Dir(name) == dir {
			entries = append(entries, Entry{Name: path.Base(name)})
		}
	}
	t.mu.Unlock()
	slices.SortFunc(entries, func(a, b Entry) int {
		switch {
		case a.Name < b.Name:
			return -1
		case a.Name > b.Name:
			return 1
		}
		return boolInt(a.Dir) - boolInt(b.Dir)
	})
	entries = slices.CompactFunc(entries, func(a, b Entry) bool { return a.Name == b.Name })
	if len(entries) > 0 {
		err = nil
	}
	return entries, err
}

func (t *Tree) list(dir string) ([]Entry, error) {
	// A FIFO would block in Open, so the kind is looked at before.
	info, err := t.root.Stat(filepath.FromSlash(dir))
	if err != nil {
		return nil, outside(err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s: not a directory", dir)
	}
	f, err := t.root.Open(filepath.FromSlash(dir))
	if err != nil {
		return nil, outside(err)
	}
	defer f.Close()
	list, err := f.ReadDir(MaxEntries)
	if err != nil && err != io.EOF {
		return nil, err
	}
	entries := make([]Entry, len(list))
	for i, d := range list {
		entries[i] = Entry{Name: d.Name(), Dir: d.IsDir()}
	}
	return entries, nil
}
