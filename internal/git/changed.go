// Package git asks git which files have changed.
//
// It is the only package that runs a program, and runs it on a repository that may be a stranger's, whose configuration
// can name programs to run in many places. So git gets no shell, no word of the input that it could take for an option,
// none of the variables that redirect it, and configuration in which whatever runs a program or opens a connection is off.
package git

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// Changed returns the absolute paths of the files that differ from the commit at which the history of HEAD left that of
// ref: in later commits, in the index, in the working directory, or because git does not know them yet. Files that are
// gone are among them, as both names of one that was renamed are. Where the history is too short to know the common
// commit, the difference to ref itself is taken, which may hold more.
func Changed(dir, ref string) ([]string, error) {
	r := repository{dir: dir}
	if err := r.disarm(); err != nil {
		return nil, err
	}
	top, err := r.line("rev-parse", "--show-toplevel")
	if err != nil {
		return nil, fmt.Errorf("it cannot be known what has changed: %w", err)
	}
	r.dir = filepath.FromSlash(top)
	base, err := r.base(ref)
	if err != nil {
		return nil, err
	}
	changed, err := r.output("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative",
		"--ignore-submodules=all", "--diff-filter=ACDMRTU", base, "--")
	if err != nil {
		return nil, err
	}
	unknown, err := r.output("ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--")
	if err != nil {
		return nil, err
	}
	return r.paths(append(changed, unknown...)), nil
}

// repository is where git is run.
type repository struct {
	dir      string
	settings []setting
}

// base is the commit to compare with. It is the last time that git sees what the user typed, or somebody put into a
// variable of a workflow.
func (r *repository) base(ref string) (string, error) {
	commit, err := r.line("rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	if err != nil || ref == "" {
		return "", fmt.Errorf("'%s' is no commit of this repository%s", ref, r.shallow())
	}
	if common, err := r.line("merge-base", commit, "HEAD"); err == nil {
		return common, nil
	}
	return commit, nil
}

// shallow says how a commit that is missing from a clone without its whole history gets there.
func (r *repository) shallow() string {
	if cut, err := r.line("rev-parse", "--is-shallow-repository"); err != nil || cut != "true" {
		return ""
	}
	return ", whose history is shallow; fetch the commit, or all of the history with 'git fetch --unshallow'"
}

// paths splits what git prints with -z.
func (r *repository) paths(names []byte) []string {
	out := []string{}
	for name := range bytes.SplitSeq(names, []byte{0}) {
		if len(name) > 0 {
			out = append(out, filepath.Join(r.dir, filepath.FromSlash(string(name))))
		}
	}
	return out
}

// line returns the one line that a command prints.
func (r *repository) line(args ...string) (string, error) {
	out, err := r.output(args...)
	return strings.TrimRight(string(out), "\r\n"), err
}

func (r *repository) output(args ...string) ([]byte, error) {
	cmd := exec.Command("git", append([]string{"--no-pager", "--literal-pathspecs"}, args...)...)
	cmd.Dir, cmd.Env = r.dir, environment(r.settings)
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("git is not installed")
	case errors.As(err, &exit):
		return nil, fmt.Errorf("git %s: %w", args[0], reason(exit))
	}
	return out, err
}

// reason is what git said last, else its exit code. Its first line may be a warning.
func reason(exit *exec.ExitError) error {
	text := strings.TrimSpace(string(exit.Stderr))
	if text == "" {
		return exit
	}
	for line := range strings.Lines(text) {
		if fatal, ok := strings.CutPrefix(line, "fatal: "); ok {
			return errors.New(strings.TrimSpace(fatal))
		}
	}
	return errors.New(text)
}
