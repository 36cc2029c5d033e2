package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree makes a directory with files and opens it.
func tree(t *testing.T, maxSize int64, files map[string]string) *Tree {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tr, err := OpenTree(dir, maxSize)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	return tr
}

func TestRead(t *testing.T) {
	tr := tree(t, 10, map[string]string{"a/b.json": "{}", "large": "12345678901", "full": "1234567890", "empty": ""})
	for _, tt := range []struct {
		name string
		text string
		err  error
	}{
		{"a/b.json", "{}", nil},
		{"./a//b.json", "{}", nil},
		{"a/../a/b.json", "{}", nil},
		{"full", "1234567890", nil},
		{"empty", "", nil},
		{"large", "", ErrTooLarge},
		{"a", "", ErrNotRegular},
		{".", "", ErrNotRegular},
		{"none", "", fs.ErrNotExist},
		{"../secret", "", ErrOutside},
		{"a/../../secret", "", ErrOutside},
		{"/etc/passwd", "", ErrOutside},
	} {
		f, err := tr.Read(tt.name)
		if !errors.Is(err, tt.err) || err == nil && string(f.Data) != tt.text {
			t.Errorf("%q: %v, %v, want %q, %v", tt.name, f, err, tt.text, tt.err)
		}
	}
	one, _ := tr.Read("a/b.json")
	two, _ := tr.Read("a/./b.json")
	if one != two || one.Path != "a/b.json" {
		t.Error("the same path gives two files")
	}
	tr.Forget("a/b.json")
	if three, _ := tr.Read("a/b.json"); three != one {
		t.Error("a file that somebody holds is another one after it was forgotten")
	}
	tr.Forget("full")
	if err := os.WriteFile(filepath.Join(tr.Dir(), "full"), []byte("new"), 0o644); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	if f, err := tr.Read("full"); err != nil || string(f.Data) != "new" {
		t.Errorf("a file that nobody holds is not read again: %v, %v", f, err)
	}
}

// TestOverlay reads what an editor has, whatever is on disk.
func TestOverlay(t *testing.T) {
	tr := tree(t, 0, map[string]string{"a.json": "disk", "dir/b.json": ""})
	tr.Overlay("./a.json", []byte("editor"))
	tr.Overlay("dir/new.json", nil)
	if f, err := tr.Read("a.json"); err != nil || string(f.Data) != "editor" {
		t.Errorf("%v, %v", f, err)
	}
	entries, err := tr.List("dir")
	if diff := cmp.Diff([]Entry{{Name: "b.json"}, {Name: "new.json"}}, entries); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if entries, err := tr.List("."); err != nil || len(entries) != 2 {
		t.Errorf("a file on disk and in the editor is listed twice: %v, %v", entries, err)
	}
}

func TestList(t *testing.T) {
	tr := tree(t, 0, map[string]string{"b": "", "a/x": "", "c/y": ""})
	entries, err := tr.List(".")
	want := []Entry{{Name: "a", Dir: true}, {Name: "b"}, {Name: "c", Dir: true}}
	if diff := cmp.Diff(want, entries); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, tt := range []struct {
		dir string
		err string
	}{{"b", "not a directory"}, {"none", "no such file"}, {"..", "out of the scan root"}} {
		if _, err := tr.List(tt.dir); err == nil || !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s: %v, want %q", tt.dir, err, tt.err)
		}
	}
}

func TestOpenTree(t *testing.T) {
	if _, err := OpenTree(filepath.Join(t.TempDir(), "none"), 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a root that is not there: %v", err)
	}
	tr := tree(t, 0, nil)
	if !filepath.IsAbs(tr.Dir()) || tr.maxSize != DefaultMaxFileSize {
		t.Errorf("%s, %d", tr.Dir(), tr.maxSize)
	}
}

// TestJoin resolves what one file says of another.
func TestJoin(t *testing.T) {
	for _, tt := range []struct {
		from, ref, want string // "" is refused
	}{
		{"a/main.json", "b.json", "a/b.json"},
		{"a/main.json", "./b/c.json", "a/b/c.json"},
		{"a/main.json", "../c.json", "c.json"},
		{"a/main.json", `b\c.json`, "a/b/c.json"},
		{"main.json", "b.json", "b.json"},
		{"a/main.json", "../../c.json", ""},
		{"a/main.json", "../b/../../c.json", ""},
		{"a/main.json", `..\..\c.json`, ""},
		{"a/main.json", "/etc/passwd", ""},
		{"a/main.json", `\etc\passwd`, ""},
		{"a/main.json", "", ""},
		{"a/main.json", "b\x00.json", ""},
	} {
		got, ok := Join(tt.from, tt.ref)
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%q from %q: %q, %v, want %q", tt.ref, tt.from, got, ok, tt.want)
		}
	}
}
