package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the wanted output of scripts and of README.md")

// TestMain makes the program a command of the scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cosmoslint": main})
}

// TestScripts runs testdata/script/*.txtar: what is typed, and what is wanted on both streams. With -update the wanted
// files are rewritten.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			dir, err := filepath.Abs(repository)
			env.Setenv("REPOSITORY", filepath.ToSlash(dir))
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":      exits,
			"hostile":    hostile,
			"hostilearg": hostileArgument,
			"hostileall": hostileFormats,
		},
	})
}

// exits runs a command and checks its exit code, as "exec" does not.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG...]")
	}
	code := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		code = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if args[0] != strconv.Itoa(code) {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// hostileNames are names of files that try to get into a log or a terminal.
var hostileNames = []string{
	"line\n::error file=x::pwned.json", "\x1b[2J\x1b[31mred.json", "##[error]pwned.json", "::warning::pwned.json",
	"tab\tbell\a.json", "\u202eright.json",
}

// hostile makes files with such names: templates with findings, and broken ones.
func hostile(ts *testscript.TestScript, _ bool, _ []string) {
	for i, content := range []string{"template", "broken"} {
		dir := ts.MkAbs([]string{"a", "::error::b\nc"}[i])
		ts.Check(os.Mkdir(dir, 0o777))
		for _, name := range hostileNames {
			ts.Check(os.WriteFile(filepath.Join(dir, name), []byte(ts.ReadFile(content)), 0o666))
			ts.Check(os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, ".json", ".tf")), []byte(ts.ReadFile(content+".tf")), 0o666))
		}
	}
}

// ownCommand is what a line of the formats for build servers begins with.
var ownCommand = regexp.MustCompile(`^(::(error|warning|notice) |##vso\[task\.logissue |## cosmoslint$|### )`)

// hostileFormats has every format print what is found in a directory, none of which reaches a terminal or a build log.
func hostileFormats(ts *testscript.TestScript, _ bool, args []string) {
	for _, format := range formats {
		exits(ts, false, append([]string{"2", "cosmoslint", "--format", format}, args...))
		out := ts.ReadFile("stdout") + ts.ReadFile("stderr")
		if out == "" || strings.ContainsAny(out, "\x1b\a\r\u202e") {
			ts.Fatalf("%s: %q", format, out)
		}
		for l := range strings.Lines(out) {
			l = strings.TrimSpace(ownCommand.ReplaceAllString(strings.TrimRight(l, "\n"), ""))
			if strings.HasPrefix(l, "::") || strings.Contains(l, "##vso[") || strings.HasPrefix(l, "##[") {
				ts.Fatalf("%s: %q", format, l)
			}
		}
	}
}

// hostileArgument gives such names as arguments.
func hostileArgument(ts *testscript.TestScript, _ bool, _ []string) {
	for _, name := range hostileNames {
		exits(ts, false, []string{"2", "cosmoslint", "--", name})
		if out := ts.ReadFile("stderr"); strings.Count(out, "\n") != 1 || strings.ContainsAny(out, "\x1b\a\t\u202e") {
			ts.Fatalf("%q is said as %q", name, out)
		}
	}
}
