package docs

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/rules"
)

var update = flag.Bool("update", false, "write what has drifted")

const root = "../.."

// TestRulePages compares docs/rules with the rules and their tests.
func TestRulePages(t *testing.T) {
	dir := filepath.Join(root, "docs", "rules")
	want := map[string]string{"README.md": index(rules.All)}
	for _, r := range rules.All {
		test, err := os.ReadFile(filepath.Join(root, "rules", "testdata", r.ID+".txtar"))
		if err != nil {
			t.Errorf("%s has no test: %v", r.ID, err)
			continue
		}
		want[r.ID+".md"] = page(r, test)
	}
	for name, text := range want {
		same(t, filepath.Join(dir, name), text)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := want[filepath.Base(f)]; !ok {
			stale(t, f)
		}
	}
}

// TestControlTitles finds a control without a title in any page of a rule. Definitions of Azure Policy have none.
func TestControlTitles(t *testing.T) {
	untitled := regexp.MustCompile(`(?m)^- (?:Azure Security|Microsoft cloud|CIS|CWE).*\[[A-Z0-9.-]+\]`)
	for _, r := range rules.All {
		if line := untitled.FindString(page(r, nil)); line != "" {
			t.Errorf("%s: %q has no title", r.ID, line)
		}
	}
}

// TestReadmeRules compares the table of rules in README.md with the rules.
func TestReadmeRules(t *testing.T) {
	path := filepath.Join(root, "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := between(string(text), "rules", table(rules.All, "docs/rules/"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, path, want)
}

// same compares a file with what it should be, or writes it.
func same(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	switch {
	case err == nil && string(got) == want:
	case *update:
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s has drifted; run make update (-is +should be):\n%s", path, cmp.Diff(string(got), want))
	}
}

func stale(t *testing.T, path string) {
	t.Helper()
	if !*update {
		t.Errorf("%s belongs to no rule; run make update", path)
	} else if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

var (
	link   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	fenced = regexp.MustCompile("(?ms)^```.*?^```")
)

// TestLinks follows the links of all documents to other files of the project.
func TestLinks(t *testing.T) {
	for _, doc := range documents(t) {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(fenced.ReplaceAllString(string(text), ""), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(doc), target)); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", doc, target)
			}
		}
	}
}

func documents(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/rules/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, files...)
	}
	return out
}

// TestExampleReferences: cases are written with references that no language knows.
func TestExampleReferences(t *testing.T) {
	for in, want := range map[string]string{
		`"@id(Microsoft.X/y, a)"`:       `"[resourceId('Microsoft.X/y', 'a')]"`,
		`"@id(Microsoft.X/y/z, a/b)"`:   `"[resourceId('Microsoft.X/y/z', 'a', 'b')]"`,
		`"@param(access)"`:              `"[parameters('access')]"`,
		`[ "@param(off, bool)", true ]`: `[ "[parameters('off')]", true ]`,
		`"plain"`:                       `"plain"`,
	} {
		if got := armExpressions(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	for _, r := range rules.All {
		text, _ := os.ReadFile(filepath.Join(root, "docs", "rules", r.ID+".md"))
		if strings.Contains(string(text), `"@`) {
			t.Errorf("%s shows a reference that is not ARM's", r.ID)
		}
	}
}
