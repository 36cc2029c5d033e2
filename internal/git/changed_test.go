package git

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// run runs git as a person would.
func run(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com"}, args...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func newRepository(t *testing.T) string {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	for _, v := range os.Environ() { // those of a hook that runs the tests
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "GIT_") {
			t.Setenv(name, "")
			os.Unsetenv(name)
		}
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	run(t, dir, "init", "-q", "-b", "main")
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o777); err != nil {
		t.Fatal(err)
	}
}

// TestHostileRepository has a repository whose own configuration names a program wherever one may be named, and a name
// with a line end. None is run.
func TestHostileRepository(t *testing.T) {
	dir := newRepository(t)
	write(t, dir, "a.tf", "a\n")
	write(t, dir, ".gitattributes", "*.tf filter=evil diff=evil\n")
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-q", "-m", "base")

	pwned := filepath.Join(t.TempDir(), "pwned")
	program := filepath.Join(t.TempDir(), "program")
	write(t, filepath.Dir(program), "program", "#!/bin/sh\necho \"$0 $*\" >>'"+pwned+"'\n")
	for _, hook := range []string{"post-index-change", "fsmonitor-watchman", "reference-transaction"} {
		write(t, dir, ".git/hooks/"+hook, "#!/bin/sh\n"+program+" hook\n")
	}
	for _, key := range []string{
		"core.fsmonitor", "core.pager", "pager.diff", "core.sshCommand", "diff.external", "diff.evil.textconv",
		"diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "core.editor", "alias.diff",
		"remote.origin.uploadpack", "credential.helper",
	} {
		run(t, dir, "config", key, program)
	}
	run(t, dir, "config", "filter.evil.required", "true")
	run(t, dir, "config", "remote.origin.url", "ext::"+program)
	run(t, dir, "config", "remote.origin.promisor", "true")
	run(t, dir, "config", "protocol.ext.allow", "always")
	run(t, dir, "config", "extensions.partialClone", "origin")
	os.Remove(pwned)

	write(t, dir, "a.tf", "b\n")
	write(t, dir, "line\nend.tf", "c\n")
	got, err := Changed(dir, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(dir, "a.tf"), filepath.Join(dir, "line\nend.tf")}
	if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := Changed(dir, strings.Repeat("0123456789", 4)); err == nil {
		t.Error("a commit that is not there is taken")
	}
	if log, err := os.ReadFile(pwned); err == nil {
		t.Errorf("programs were run:\n%s", log)
	}
}

// TestEmbeddedRepository has a repository that lies in the tree as plain files, as it can come with a clone.
func TestEmbeddedRepository(t *testing.T) {
	dir := newRepository(t)
	write(t, dir, "a.tf", "a\n")
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-q", "-m", "base")
	run(t, dir, "init", "-q", "--bare", "embedded")
	run(t, filepath.Join(dir, "embedded"), "config", "core.bare", "false")
	run(t, filepath.Join(dir, "embedded"), "config", "core.worktree", dir)
	run(t, filepath.Join(dir, "embedded"), "fetch", "-q", dir, "main:main")
	if _, err := Changed(filepath.Join(dir, "embedded"), "HEAD"); err == nil {
		t.Error("a bare repository that nobody has named is used")
	}
}

// TestShallow has a history without the commit at which two branches parted: the difference to the other one is taken.
func TestShallow(t *testing.T) {
	dir := newRepository(t)
	write(t, dir, "a.tf", "a\n")
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-q", "-m", "one")
	run(t, dir, "checkout", "-q", "--orphan", "topic")
	write(t, dir, "b.tf", "b\n")
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-q", "-m", "two")
	got, err := Changed(dir, "main")
	if err != nil || len(got) != 1 || filepath.Base(got[0]) != "b.tf" {
		t.Errorf("got %q, %v", got, err)
	}
}
