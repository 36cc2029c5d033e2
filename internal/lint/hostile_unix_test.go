//go:build unix

package lint_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestStrangeFiles has files that are no files, and directories that cannot be read or do not end.
func TestStrangeFiles(t *testing.T) {
	outside := filepath.Join(write(t, map[string]string{"secret.json": innocent}), "secret.json")
	dir := write(t, map[string]string{"innocent.json": innocent, "sub/inner.json": innocent})
	for link, target := range map[string]string{
		"loop_a.json":      "loop_b.json",
		"loop_b.json":      "loop_a.json",
		"dangling.json":    "nowhere.json",
		"outside.json":     outside,
		"relative.json":    "../" + filepath.Base(filepath.Dir(outside)) + "/secret.json",
		"inside.json":      "sub/inner.json",
		"sub/up":           "..",
		"directory.json":   "sub",
		"sub/outside":      filepath.Dir(outside),
		"sub/outside.json": filepath.Dir(outside),
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo.json"), 0o600); err != nil {
		t.Skip(err)
	}
	res := run(t, dir, ".")
	for _, name := range []string{"innocent.json", "sub/inner.json", "inside.json"} {
		if !hasFinding(res, "CDB101", name) {
			t.Errorf("%s was not linted", name)
		}
	}
	for name, want := range map[string]string{
		"loop_a.json": "cannot be read", "loop_b.json": "cannot be read", "dangling.json": "no such file",
		"outside.json": "out of the scan root", "relative.json": "out of the scan root", "fifo.json": "not a regular file",
	} {
		problems := problemsOf(res, name)
		if len(problems) != 1 || problems[0].Code != "unreadable" || !strings.Contains(problems[0].Message, want) {
			t.Errorf("%s: got %v, want one with %q", name, messages(problems), want)
		}
	}
	for _, d := range append(res.Findings, res.Problems...) {
		if strings.Contains(d.Span.File.Path, "..") || strings.Contains(d.Span.File.Path, "sub/outside/") {
			t.Errorf("read outside of the root: %s", d.Span.File.Path)
		}
	}
}

// TestUnreadable has a file and a directory without permission.
func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing is unreadable to root")
	}
	dir := write(t, map[string]string{"innocent.json": innocent, "no_file.json": innocent, "no_dir/a.json": innocent})
	for _, name := range []string{"no_file.json", "no_dir"} {
		file := filepath.Join(dir, name)
		if err := os.Chmod(file, 0); err != nil {
			t.Skip(err)
		}
		t.Cleanup(func() { _ = os.Chmod(file, 0o700) })
	}
	res := run(t, dir, ".")
	if !hasFinding(res, "CDB101", "innocent.json") {
		t.Error("the readable file was not linted")
	}
	for _, name := range []string{"no_file.json", "no_dir"} {
		if problems := problemsOf(res, name); len(problems) != 1 || !strings.Contains(problems[0].Message, "permission") {
			t.Errorf("%s: got %v", name, messages(problems))
		}
	}
}

// TestNamedPaths names what to lint: a link to a directory, a directory that is passed over when it is found, something
// outside of the root, nothing at all.
func TestNamedPaths(t *testing.T) {
	outside := filepath.Dir(filepath.Join(write(t, map[string]string{"secret.json": innocent}), "secret.json"))
	dir := write(t, map[string]string{"real/a.json": innocent, ".terraform/b.json": innocent})
	if err := os.Symlink("real", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "out")); err != nil {
		t.Skip(err)
	}
	for path, want := range map[string]string{"link": "link/a.json", ".terraform": ".terraform/b.json", "real/../real/a.json": "real/a.json"} {
		if !hasFinding(run(t, dir, path), "CDB101", want) {
			t.Errorf("%s: %s was not linted", path, want)
		}
	}
	for _, path := range []string{"out", "../" + filepath.Base(outside), "nowhere", "nowhere.json"} {
		res := run(t, dir, path)
		if !res.Failed() || len(res.Findings) > 0 {
			t.Errorf("%s: findings %v, problems %v", path, messages(res.Findings), messages(res.Problems))
		}
	}
}
