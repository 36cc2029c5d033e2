package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

// step is one of action.yml or of a workflow.
type step struct {
	ID, If, Uses, Run, Shell string
	With, Env                map[string]any
}

type action struct {
	Inputs  map[string]struct{ Description, Default any }
	Outputs map[string]struct{ Description, Value string }
	Runs    struct {
		Using string
		Steps []step
	}
}

var (
	pinned    = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	reference = regexp.MustCompile(`\b(steps|inputs)\.([\w-]+)`)
	script    = regexp.MustCompile(`^bash "\$GITHUB_ACTION_PATH/(\.github/action/\w+\.sh)"$`)
	variable  = regexp.MustCompile(`\$\{?((?:INPUT_\w+)|PROGRAM|EVENT|BASE|REPORTS|CODE)\b`)
)

func readYAML(t *testing.T, name string, into any) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

// TestAction holds action.yml to what keeps a stranger's text from being run, and to what its own parts say of each other.
func TestAction(t *testing.T) {
	var a action
	readYAML(t, "action.yml", &a)
	if a.Runs.Using != "composite" || len(a.Runs.Steps) == 0 {
		t.Fatal("action.yml is no composite action")
	}
	for name, in := range a.Inputs {
		if _, ok := in.Default.(string); !ok || in.Description == nil {
			t.Errorf("input %s needs a description and a default, which is a string", name)
		}
	}
	ids := map[string]bool{}
	for i, s := range a.Runs.Steps {
		checkStep(t, fmt.Sprintf("step %d", i+1), s)
		for _, m := range reference.FindAllStringSubmatch(fmt.Sprint(s.If, s.With, s.Env), -1) {
			if _, isInput := a.Inputs[m[2]]; m[1] == "inputs" && !isInput || m[1] == "steps" && !ids[m[2]] {
				t.Errorf("step %d: there is no %s before it", i+1, m[0])
			}
		}
		ids[s.ID] = true
	}
	for name, out := range a.Outputs {
		if m := reference.FindStringSubmatch(out.Value); m == nil || !ids[m[2]] || out.Description == "" {
			t.Errorf("output %s comes from no step, or is not described", name)
		}
	}
	last := a.Runs.Steps[len(a.Runs.Steps)-1]
	if !strings.HasSuffix(last.Run, `verdict.sh"`) || !strings.Contains(last.If, "!cancelled()") {
		t.Error("the step that fails is not the last one")
	}
}

func checkStep(t *testing.T, name string, s step) {
	switch {
	case s.Uses != "" && !pinned.MatchString(s.Uses):
		t.Errorf("%s: %s is not pinned to a commit", name, s.Uses)
	case s.Run != "" && s.Shell != "bash":
		t.Errorf("%s names no shell", name)
	case strings.Contains(s.Run, "${{"):
		t.Errorf("%s has an expression in its script", name)
	case s.Run != "":
		checkScript(t, name, s)
	}
}

// checkScript compares the variables that a script reads with those that its step sets.
func checkScript(t *testing.T, name string, s step) {
	m := script.FindStringSubmatch(s.Run)
	if m == nil {
		t.Errorf("%s runs something else than a script of the action: %s", name, s.Run)
		return
	}
	text, err := os.ReadFile(filepath.Join(repository, m[1]))
	if err != nil {
		t.Error(err)
		return
	}
	if !strings.Contains(string(text), "\nset -euo pipefail\n") || strings.Contains(string(text), "${{") {
		t.Errorf("%s is not strict", m[1])
	}
	for _, v := range variable.FindAllStringSubmatch(string(text), -1) {
		if _, ok := s.Env[v[1]]; !ok {
			t.Errorf("%s reads %s, which its step does not set", m[1], v[1])
		}
	}
	for v := range s.Env {
		if !strings.Contains(string(text), v) {
			t.Errorf("%s does not read %s", m[1], v)
		}
	}
}

// TestWorkflows holds the workflows of this repository to the same, and to the least permissions.
func TestWorkflows(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(repository, ".github/workflows/*.yml"))
	if len(files) == 0 {
		t.Fatal("there are no workflows")
	}
	for _, file := range files {
		var w struct {
			Permissions map[string]string
			Jobs        map[string]struct {
				Permissions map[string]string
				Steps       []step
			}
		}
		name, _ := filepath.Rel(repository, file)
		text := readYAML(t, name, &w)
		if !strings.Contains(text, "\npermissions: {}\n") || strings.Contains(text, "pull_request_target") {
			t.Errorf("%s: nothing may be permitted but what a job asks for", name)
		}
		for job, j := range w.Jobs {
			for _, s := range j.Steps {
				if s.Uses != "" && s.Uses != "./" && !pinned.MatchString(s.Uses) || strings.Contains(s.Run, "${{") {
					t.Errorf("%s, %s: %s%s is not pinned, or has an expression in its script", name, job, s.Uses, s.Run)
				}
			}
		}
	}
}

// TestHooks holds .pre-commit-hooks.yaml to what the program understands.
func TestHooks(t *testing.T) {
	var hooks []struct {
		ID, Name, Entry, Language, Files, Exclude string
		Args                                      []string
		PassFilenames                             *bool `yaml:"pass_filenames"`
		RequireSerial                             bool  `yaml:"require_serial"`
	}
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	var ids []string
	for _, h := range hooks {
		ids = append(ids, h.ID)
		files, exclude := regexp.MustCompile(h.Files), regexp.MustCompile(h.Exclude)
		for _, name := range []string{
			"main.bicep", "a/b.bicepparam", "main.tf", "x.tofu", "prod.tfvars", "main.tf.json", "main.parameters.json", "a.jsonc",
			".cosmoslint.yaml", "infra/.cosmoslint.yml",
		} {
			if !files.MatchString(name) || exclude.MatchString(name) {
				t.Errorf("%s leaves out %s", h.ID, name)
			}
		}
		if files.MatchString("README.md") || !exclude.MatchString("a/.terraform/modules/m/main.tf") {
			t.Errorf("%s takes files that are nobody's", h.ID)
		}
		cmd := (&app{}).command()
		words := strings.Fields(h.Entry)
		if words[0] != "cosmoslint" || !h.RequireSerial {
			t.Errorf("%s: %s", h.ID, h.Entry)
		}
		if err := cmd.ParseFlags(append(words[1:], h.Args...)); err != nil {
			t.Errorf("%s: %v", h.ID, err)
		}
		seeds, _ := cmd.Flags().GetBool("hook")
		if whole := h.PassFilenames != nil && !*h.PassFilenames; whole == seeds {
			t.Errorf("%s either gets the names of files and --hook or neither", h.ID)
		}
	}
	if want := []string{"cosmoslint", "cosmoslint-system", "cosmoslint-all"}; !slices.Equal(ids, want) {
		t.Errorf("got hooks %q, want %q", ids, want)
	}
}

// TestOneProgram has one main package: pre-commit installs all that there are.
func TestOneProgram(t *testing.T) {
	cmd := exec.Command("go", "list", "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`, "./...")
	cmd.Dir = repository
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	if got := strings.Fields(string(out)); len(got) != 1 {
		t.Errorf("there are several programs: %q", got)
	}
}

// TestDocumentedUse holds what the documentation tells people to copy to the same: a workflow that is pinned and gives only
// inputs that there are, and hooks that there are, of the newest release that CHANGELOG.md has.
func TestDocumentedUse(t *testing.T) {
	var a action
	readYAML(t, "action.yml", &a)
	hooks, err := os.ReadFile(filepath.Join(repository, ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	newest := "main"
	if m := regexp.MustCompile(`(?m)^## \[?(\d+\.\d+\.\d+)`).FindStringSubmatch(readText(t, "CHANGELOG.md")); m != nil {
		newest = "v" + m[1]
	}
	for _, name := range []string{"README.md", "docs/ci.md"} {
		text, err := os.ReadFile(filepath.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, m := range regexp.MustCompile(`/cmd/cosmoslint@(\S+)`).FindAllStringSubmatch(string(text), -1) {
			if m[1] != newest {
				t.Errorf("%s: %s is not the newest, %s", name, m[1], newest)
			}
		}
		for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
			if m[1] != "yaml" {
				continue
			}
			var doc struct {
				Jobs  map[string]struct{ Steps []step }
				Repos []struct {
					Rev   string
					Hooks []struct{ ID string }
				}
			}
			if err := yaml.Unmarshal([]byte(m[2]), &doc); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, job := range doc.Jobs {
				for _, s := range job.Steps {
					own := strings.HasPrefix(s.Uses, "cosmoslint/cosmoslint@")
					found["action"] = found["action"] || own
					if !own && !pinned.MatchString(s.Uses) {
						t.Errorf("%s: %s is not pinned", name, s.Uses)
					}
					if own && !strings.HasSuffix(s.Uses, "@"+newest) {
						t.Errorf("%s: %s is not the newest, %s", name, s.Uses, newest)
					}
					for input := range s.With {
						if _, ok := a.Inputs[input]; own && !ok {
							t.Errorf("%s: there is no input %s", name, input)
						}
					}
				}
			}
			for _, r := range doc.Repos {
				if r.Rev != newest {
					t.Errorf("%s: %s is not the newest, %s", name, r.Rev, newest)
				}
				for _, h := range r.Hooks {
					found["hook"] = true
					if !strings.Contains(string(hooks), "- id: "+h.ID+"\n") {
						t.Errorf("%s: there is no hook %s", name, h.ID)
					}
				}
			}
		}
		if !found["action"] || !found["hook"] {
			t.Errorf("%s does not show how to use the action and the hooks", name)
		}
	}
	text, _ := os.ReadFile(filepath.Join(repository, "docs/ci.md"))
	for input := range a.Inputs {
		if !strings.Contains(string(text), "`"+input+"`") {
			t.Errorf("docs/ci.md does not describe the input %s", input)
		}
	}
	for output := range a.Outputs {
		if !strings.Contains(string(text), "`"+output+"`") {
			t.Errorf("docs/ci.md does not describe the output %s", output)
		}
	}
}

// TestCleanExample has nothing to say of the example that a workflow wants to be clean, and in both of its languages
// the controls stand alike.
func TestCleanExample(t *testing.T) {
	var reports [2]string
	for i, dir := range []string{"examples/private", "examples/private-terraform"} {
		cmd := exec.Command("cosmoslint", dir, "--fail-on", "note", "--rules", "all")
		cmd.Dir = repository
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		cmd = exec.Command("cosmoslint", "controls", dir, "--quiet")
		cmd.Dir = repository
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		reports[i] = numbers.ReplaceAllString(string(out), "#") // CDB301 holds for each file
	}
	if diff := cmp.Diff(reports[0], reports[1]); diff != "" {
		t.Errorf("the controls stand differently in Terraform: %s", diff)
	}
}

var numbers = regexp.MustCompile(`\d+ (checks?|files?)\b`)

// TestRelease has the recipe of a release build what make dist builds, and the container from the Go of go.mod.
func TestRelease(t *testing.T) {
	var recipe struct {
		Project string `yaml:"project_name"`
		Builds  []struct {
			Main, Binary string
			Env, Flags   []string
			Goos, Goarch []string
		}
	}
	readYAML(t, ".goreleaser.yaml", &recipe)
	if len(recipe.Builds) != 1 || recipe.Project != "cosmoslint" {
		t.Fatalf("%d builds of %q", len(recipe.Builds), recipe.Project)
	}
	b := recipe.Builds[0]
	var platforms []string
	for _, goos := range b.Goos {
		for _, arch := range b.Goarch {
			platforms = append(platforms, goos+"/"+arch)
		}
	}
	makefile := readText(t, "Makefile")
	if want := "PLATFORMS = " + strings.Join(platforms, " ") + "\n"; !strings.Contains(makefile, want) {
		t.Errorf("Makefile has other platforms than %s", want)
	}
	if b.Main != "./cmd/cosmoslint" || !slices.Contains(b.Env, "CGO_ENABLED=0") || !slices.Contains(b.Flags, "-buildvcs=true") {
		t.Errorf("it builds %s with %q %q", b.Main, b.Env, b.Flags)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(readText(t, "go.mod"))[1]
	container := readText(t, "Dockerfile")
	for _, want := range []string{"golang:" + version + " ", "\nFROM scratch\n", "\nUSER 65532:65532\n", "CGO_ENABLED=0"} {
		if !strings.Contains(container, want) {
			t.Errorf("Dockerfile has no %q", want)
		}
	}
	// What git tracks has to be there, or the version is that of a changed checkout.
	for name := range strings.Lines(readText(t, ".dockerignore")) {
		if ignored := readText(t, ".gitignore"); !strings.Contains(ignored, strings.TrimSpace(name)+"/\n") {
			t.Errorf("the container is built without %s", name)
		}
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
