//go:build unix

package source

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestLinks follows links within the root and none that leads out of it.
func TestLinks(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	tr := tree(t, 0, map[string]string{"dir/in": "inside"})
	for link, target := range map[string]string{
		"inner": "dir/in", "folder": "dir", "dir/up": "..", "out": filepath.Join(outside, "secret"), "outdir": outside,
		"relative": "../" + filepath.Base(outside) + "/secret", "loop": "loop", "absolute": filepath.Join(tr.Dir(), "dir", "in"),
	} {
		if err := os.Symlink(target, filepath.Join(tr.Dir(), link)); err != nil {
			t.Skip(err)
		}
	}
	for _, tt := range []struct {
		name string
		ok   bool
	}{
		{"inner", true}, {"folder/in", true}, {"dir/up/dir/in", true},
		{"out", false}, {"outdir/secret", false}, {"relative", false}, {"loop", false},
		{"absolute", false}, // it would be another file on another machine
	} {
		f, err := tr.Read(tt.name)
		if (err == nil) != tt.ok || err == nil && string(f.Data) != "inside" {
			t.Errorf("%s: %v, %v", tt.name, f, err)
		}
	}
	for _, name := range []string{"out", "outdir/secret", "relative", "absolute"} {
		if _, err := tr.Read(name); !errors.Is(err, ErrOutside) {
			t.Errorf("%s: %v, want %v", name, err, ErrOutside)
		}
	}
	if _, err := tr.List("outdir"); !errors.Is(err, ErrOutside) {
		t.Errorf("the folder outside: %v", err)
	}
	entries, _ := tr.List(".")
	for _, e := range entries {
		if e.Dir != (e.Name == "dir") {
			t.Errorf("%s is listed as directory: %v", e.Name, e.Dir)
		}
	}
}

// TestFIFO would wait for ever for somebody to write.
func TestFIFO(t *testing.T) {
	tr := tree(t, 0, nil)
	if err := syscall.Mkfifo(filepath.Join(tr.Dir(), "pipe"), 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := tr.Read("pipe"); !errors.Is(err, ErrNotRegular) {
		t.Errorf("read: %v, want %v", err, ErrNotRegular)
	}
	if _, err := tr.List("pipe"); err == nil {
		t.Error("listed")
	}
}
