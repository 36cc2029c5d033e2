package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
)

// Errors of Replaceable and Replace, beside those of the file system.
var (
	ErrLink     = errors.New("a symbolic link leads to it")
	ErrReadOnly = errors.New("it is read-only")
	ErrChanged  = errors.New("it has changed since it was read")
)

// Replacement is a file as it was read, and what it is to hold instead.
type Replacement struct {
	File *File
	Data []byte
}

// Replaceable says why the file at a path must not be replaced: it is reached through a symbolic link, so that it goes by
// another name as well, or it may not be written to. It returns nil if it may be replaced.
func (t *Tree) Replaceable(name string) error {
	_, err := t.replaceable(name)
	return err
}

func (t *Tree) replaceable(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, ErrOutside
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := t.root.Lstat(filepath.FromSlash(dir)); err != nil || !info.IsDir() {
			return nil, ErrLink
		}
	}
	info, err := t.root.Lstat(filepath.FromSlash(name))
	switch {
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, ErrLink
	case !info.Mode().IsRegular():
		return nil, ErrNotRegular
	case info.Mode().Perm()&0o200 == 0:
		return nil, ErrReadOnly
	}
	return info, nil
}

// Replace gives files another content, each of them whole or not at all. If one of them is not any more what was read, or may
// not be replaced, none is. Modes are kept.
func (t *Tree) Replace(list []Replacement) error {
	modes := make([]fs.FileMode, len(list))
	for i, r := range list {
		info, err := t.replaceable(r.File.Path)
		if err != nil {
			return fmt.Errorf("%s: %w", r.File.Path, err)
		}
		now, err := t.read(r.File.Path)
		if err == nil && !bytes.Equal(now.Data, r.File.Data) {
			err = ErrChanged
		}
		if err != nil {
			return fmt.Errorf("%s: %w", r.File.Path, err)
		}
		modes[i] = info.Mode().Perm()
	}
	for i, r := range list {
		if err := t.write(filepath.FromSlash(r.File.Path), r.Data, modes[i]); err != nil {
			return fmt.Errorf("%s: %w", r.File.Path, err)
		}
	}
	return nil
}

// write makes a file beside the one that it then takes the place of.
func (t *Tree) write(name string, data []byte, mode fs.FileMode) error {
	temp := fmt.Sprintf("%s.%08x.tmp", name, rand.Uint32())
	f, err := t.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = t.root.Rename(temp, name)
	}
	if err != nil {
		_ = t.root.Remove(temp)
	}
	return err
}
