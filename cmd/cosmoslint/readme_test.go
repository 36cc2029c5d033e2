package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const repository = "../.."

// fence is a piece of code in Markdown.
var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// TestReadme runs every command of README.md and of the pages for users. Where output is shown it is compared, or
// rewritten with -update.
func TestReadme(t *testing.T) {
	for name, commands := range map[string]int{"README.md": 10, "docs/suppressing.md": 4, "docs/configuration.md": 2, "docs/controls.md": 4} {
		t.Run(name, func(t *testing.T) { runPage(t, name, commands) })
	}
}

// runPage runs the commands of a page, which are so many at least.
func runPage(t *testing.T, name string, least int) {
	path := filepath.Join(repository, filepath.FromSlash(name))
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join(repository, "examples"))); err != nil {
		t.Fatal(err)
	}
	ran := 0
	got := fence.ReplaceAllStringFunc(string(text), func(block string) string {
		m := fence.FindStringSubmatch(block)
		switch m[1] {
		case "console":
			command, _, _ := strings.Cut(strings.TrimPrefix(m[2], "$ "), "\n")
			ran++
			return "```console\n$ " + command + "\n" + runCommand(t, dir, command) + "```"
		case "sh":
			for _, command := range strings.Split(strings.TrimSpace(m[2]), "\n") {
				ran++
				runCommand(t, dir, command)
			}
		}
		return block
	})
	if ran < least {
		t.Errorf("only %d commands were found", ran)
	}
	if got == string(text) {
		return
	}
	if !*update {
		t.Fatalf("the output in %s has drifted; run make update (-shown +real):\n%s", name, cmp.Diff(string(text), got))
	}
	if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
		t.Fatal(err)
	}
}

// runCommand runs a command of README.md in dir and returns its standard output. Programs that are built there are the
// one under test; make and go only show what they would do, where they are installed.
func runCommand(t *testing.T, dir, command string) string {
	t.Helper()
	command, _, _ = strings.Cut(command, "#")
	words := strings.Fields(strings.Replace(command, "go run ./cmd/cosmoslint", "cosmoslint", 1))
	switch {
	case words[0] == "make":
		words, dir = append([]string{"make", "-n"}, words[1:]...), repository
	case words[0] == "go" && words[1] == "install":
		words, dir = append([]string{"go", "list"}, words[2:]...), repository
	case words[0] != "cosmoslint":
		t.Errorf("README.md has a command that is not tested: %s", command)
		return ""
	}
	if _, err := exec.LookPath(words[0]); err != nil {
		t.Logf("%s is not installed", words[0])
		return ""
	}
	var out, problems bytes.Buffer
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &problems
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == exitFindings && words[0] == "cosmoslint") {
		t.Errorf("%s: %v\n%s", command, err, problems.String())
	}
	return out.String()
}

// TestSuppressingPage lints the first example of docs/suppressing.md: both of its suppressions hold.
func TestSuppressingPage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, "docs", "suppressing.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	example := fence.FindSubmatch(text)
	if string(example[1]) != "bicep" {
		t.Fatalf("the first example is %s", example[1])
	}
	if err := os.WriteFile(filepath.Join(dir, "main.bicep"), example[2], 0o666); err != nil {
		t.Fatal(err)
	}
	out := runCommand(t, dir, "cosmoslint main.bicep --format json")
	if !strings.Contains(out, `"suppressed": 2,`) || strings.Contains(out, "suppression-") {
		t.Error(out)
	}
}
