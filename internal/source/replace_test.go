package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestReplace writes files whole, with the mode that they have, and none where one of them has changed.
func TestReplace(t *testing.T) {
	tr := tree(t, 0, map[string]string{"a": "one", "dir/b": "two", "gone": ""})
	if err := os.Chmod(filepath.Join(tr.Dir(), "a"), 0o640); err != nil {
		t.Fatal(err)
	}
	read := func(name string) *File {
		f, err := tr.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	a, b, gone := read("a"), read("dir/b"), read("gone")
	check := func(wantA, wantB string) {
		t.Helper()
		for name, want := range map[string]string{"a": wantA, "dir/b": wantB} {
			if got, err := os.ReadFile(filepath.Join(tr.Dir(), name)); err != nil || string(got) != want {
				t.Errorf("%s is %q, want %q: %v", name, got, want, err)
			}
		}
		for _, dir := range []string{".", "dir"} {
			if left, _ := filepath.Glob(filepath.Join(tr.Dir(), dir, "*.tmp")); len(left) > 0 {
				t.Errorf("%v is left", left)
			}
		}
	}
	if err := os.Remove(filepath.Join(tr.Dir(), "gone")); err != nil {
		t.Fatal(err)
	}
	if err := tr.Replace([]Replacement{{a, []byte("1")}, {gone, nil}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is gone: %v", err)
	}
	if err := tr.Replace([]Replacement{{a, []byte("1")}, {NewFile("dir/b", []byte("old")), []byte("2")}}); !errors.Is(err, ErrChanged) {
		t.Errorf("a file that has changed: %v", err)
	}
	if err := tr.Replace([]Replacement{{NewFile("../a", nil), nil}}); !errors.Is(err, ErrOutside) {
		t.Errorf("a file outside: %v", err)
	}
	check("one", "two")
	if err := tr.Replace([]Replacement{{a, []byte("1")}, {b, []byte("2")}}); err != nil {
		t.Error(err)
	}
	check("1", "2")
	if info, err := os.Stat(filepath.Join(tr.Dir(), "a")); err != nil || filepath.Separator == '/' && info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v: %v", info.Mode(), err)
	}
}

// TestReplaceable refuses what is not a file that may be written to, by its own name.
func TestReplaceable(t *testing.T) {
	tr := tree(t, 0, map[string]string{"dir/file": "", "locked": ""})
	if err := os.Chmod(filepath.Join(tr.Dir(), "locked"), 0o444); err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		name string
		want error
	}{{"dir/file", nil}, {"dir", ErrNotRegular}, {"locked", ErrReadOnly}, {"none", fs.ErrNotExist}, {"../x", ErrOutside}}
	if os.Symlink("dir", filepath.Join(tr.Dir(), "folder")) == nil && os.Symlink("dir/file", filepath.Join(tr.Dir(), "link")) == nil {
		rows = append(rows, []struct {
			name string
			want error
		}{{"folder/file", ErrLink}, {"link", ErrLink}}...)
	}
	for _, row := range rows {
		if err := tr.Replaceable(row.name); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", row.name, err, row.want)
		}
	}
}

// TestDerive marks a file that a program has written, whether it has been read before or not.
func TestDerive(t *testing.T) {
	tr := tree(t, 0, map[string]string{"held": "", "forgotten": "", "new": ""})
	held, _ := tr.Read("held")
	forgotten, _ := tr.Read("forgotten")
	tr.Forget("forgotten")
	for _, name := range []string{"held", "forgotten", "new"} {
		tr.Derive(name)
	}
	if f, err := tr.Read("new"); err != nil || !f.Derived || !held.Derived || !forgotten.Derived {
		t.Error("not marked")
	}
}
