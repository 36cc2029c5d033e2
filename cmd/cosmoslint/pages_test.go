package main

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/cosmoslint/cosmoslint/internal/config"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/rules"
)

// pages are the documents that people read, without the pages of rules, which are derived.
func pages(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(repository, "docs", "*.md"))
	if err != nil || len(names) < 8 {
		t.Fatalf("%d pages, %v", len(names), err)
	}
	for i, name := range names {
		names[i] = "docs/" + filepath.Base(name)
	}
	return append([]string{"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"}, names...)
}

// otherCommands are those in the documents that are not run as they stand, and what is run instead in the repository.
var otherCommands = []struct{ command, instead, why string }{
	{"make", "make -n", "it would build, test or rewrite the repository that it is tested in"},
	{"go install", "go list", "it would write into the user's bin folder"},
	{"go test ./rules", "go list ./rules", "it is what runs this test"},
	{".ci/run", "bash -n .ci/run", "it is what runs this test"},
}

// insteadOf returns the words to run for a command, and where.
func insteadOf(command, dir string) ([]string, string) {
	for _, o := range otherCommands {
		if rest, ok := strings.CutPrefix(command, o.command); ok && (rest == "" || rest[0] == ' ') {
			if o.instead == "make -n" || o.instead == "go list" {
				return append(strings.Fields(o.instead), strings.Fields(rest)...), repository
			}
			return strings.Fields(o.instead), repository
		}
	}
	return strings.Fields(strings.Replace(command, "go run ./cmd/cosmoslint", "cosmoslint", 1)), dir
}

// fences are the languages of code in the documents, and how each is held to what it says. Commands are run by TestPages.
var fences = map[string]func(t *testing.T, text string){
	"sh": nil, "console": nil,
	"yaml":  yamlExample,
	"json":  jsonExample,
	"bicep": bicepExample,
	"go":    goExample,
}

// TestExamples reads all code in the documents as what it is. Code without a language is a picture, not something to type.
func TestExamples(t *testing.T) {
	for _, name := range pages(t) {
		t.Run(name, func(t *testing.T) {
			text := readText(t, name)
			for _, m := range fence.FindAllStringSubmatch(text, -1) {
				check, known := fences[m[1]]
				if !known {
					t.Errorf("there is code in a language that nothing checks: %s", m[1])
				}
				if check != nil {
					check(t, m[2])
				}
			}
			for _, picture := range regexp.MustCompile("(?ms)^```\n(.*?)^```$").FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
				for _, c := range append([]string{"$ ", "cosmoslint", "go ", "make"}, ".ci/run") {
					if strings.HasPrefix(picture[1], c) {
						t.Errorf("there is a command that is not called one:\n%s", picture[1])
					}
				}
			}
		})
	}
}

// scriptedCommand is a command in a script of a build service.
var scriptedCommand = regexp.MustCompile(`(?m)^ +(?:- |\$AGENT_TEMPDIRECTORY/)cosmoslint (-.*)$`)

// yamlExample is a workflow, the configuration of pre-commit, both of which TestDocumentedUse looks into, that of another
// service, or our own.
func yamlExample(t *testing.T, text string) {
	var doc map[string]any
	if err := yaml.UnmarshalWithOptions([]byte(text), &doc, yaml.Strict()); err != nil && strings.TrimSpace(text)[0] != '#' {
		t.Errorf("%v\n%s", err, text)
	}
	if scripted := scriptedCommand.FindAllStringSubmatch(text, -1); len(scripted) > 0 { // of another service
		for _, m := range scripted {
			checkCommandLine(t, "a script", m[1])
		}
		return
	}
	if doc["jobs"] != nil || doc["repos"] != nil {
		return
	}
	if _, problems := config.Read(source.NewFile(".cosmoslint.yaml", []byte(text)), ".", rules.All); len(problems) > 0 {
		t.Errorf("%v\n%s", problems, text)
	}
}

func jsonExample(t *testing.T, text string) {
	if !json.Valid([]byte(text)) {
		t.Errorf("this is no JSON:\n%s", text)
	}
}

// bicepExample has nothing in it that could not be read, and no suppression that does not count.
func bicepExample(t *testing.T, text string) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.bicep"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	out := runCommand(t, dir, "cosmoslint main.bicep --format jsonl")
	for _, problem := range []string{"suppression-syntax", "suppression-unknown-rule", "suppression-expired"} {
		if strings.Contains(out, problem) {
			t.Errorf("%s\n%s", out, text)
		}
	}
}

// goExample is a piece of Go in which "…" stands for what is left out.
func goExample(t *testing.T, text string) {
	text = strings.ReplaceAll(text, "{ … }", "{}")
	_, file := parser.ParseFile(token.NewFileSet(), "", "package p\n"+text, 0)
	_, body := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc f() {\n"+text+"\n}", 0)
	if file != nil && body != nil {
		t.Errorf("%v\n%s", errors.Join(file, body), text)
	}
}

var (
	inlineCommand = regexp.MustCompile("`cosmoslint ([^`]+)`")
	inlineFlag    = regexp.MustCompile("`--([a-z-]+)[ =`]")
)

// TestInlineCommands holds commands and flags within the text to what the program understands.
func TestInlineCommands(t *testing.T) {
	known := (&app{}).command()
	for _, name := range pages(t) {
		text := readText(t, name)
		for _, m := range inlineCommand.FindAllStringSubmatch(text, -1) {
			checkCommandLine(t, name, m[1])
		}
		for _, m := range inlineFlag.FindAllStringSubmatch(text, -1) {
			found := known.Flags().Lookup(m[1]) != nil
			for _, c := range known.Commands() {
				found = found || c.Flags().Lookup(m[1]) != nil
			}
			if !found {
				t.Errorf("%s: there is no flag --%s", name, m[1])
			}
		}
	}
}

// newRepository makes a repository of the examples, where git is installed.
func newRepository(t *testing.T) (dir string, isRepository bool) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join(repository, "examples"))); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("git"); err != nil {
		return dir, false
	}
	for _, args := range [][]string{
		{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "examples"},
	} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "GIT_") })
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	return dir, true
}
