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

// TestPages runs every command of the documents in a repository of the examples, one after the other. Where output is shown
// it is compared, or rewritten with -update.
func TestPages(t *testing.T) {
	ran := 0
	for _, name := range pages(t) {
		t.Run(name, func(t *testing.T) { ran += runPage(t, name) })
	}
	if ran < 30 {
		t.Errorf("only %d commands were found", ran)
	}
}

// runPage runs the commands of a page, and returns how many there are.
func runPage(t *testing.T, name string) int {
	path := filepath.Join(repository, filepath.FromSlash(name))
	text := readText(t, name)
	dir, isRepository := newRepository(t)
	ran := 0
	got := fence.ReplaceAllStringFunc(text, func(block string) string {
		m := fence.FindStringSubmatch(block)
		switch m[1] {
		case "console":
			command, _, _ := strings.Cut(strings.TrimPrefix(m[2], "$ "), "\n")
			ran++
			return "```console\n$ " + command + "\n" + runCommand(t, dir, command) + "```"
		case "sh":
			for _, command := range strings.Split(strings.TrimSpace(m[2]), "\n") {
				ran++
				if !isRepository && strings.Contains(command, "--changed-since") {
					t.Logf("git is not installed, so this is not run: %s", command)
					continue
				}
				runCommand(t, dir, command)
			}
		}
		return block
	})
	if got == text {
		return ran
	}
	if !*update {
		t.Fatalf("the output in %s has drifted; run make update (-shown +real):\n%s", name, cmp.Diff(text, got))
	}
	if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
		t.Fatal(err)
	}
	return ran
}

// runCommand runs a command of a document in dir and returns its standard output. A program that is built there is the one
// under test; otherCommands are not run as they stand, nor where they are not installed. All others are refused.
func runCommand(t *testing.T, dir, command string) string {
	t.Helper()
	command, _, _ = strings.Cut(command, "#")
	words, dir := insteadOf(strings.TrimSpace(command), dir)
	if words[0] != "cosmoslint" && dir != repository {
		t.Errorf("there is a command that is not tested: %s", command)
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
