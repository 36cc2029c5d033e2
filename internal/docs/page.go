package docs

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

const generated = "<!-- Generated from the rule and its test by make update; do not edit. -->\n\n"

// page is docs/rules/ID.md: the first bad and the first good case of the rule's test are the examples.
func page(r *rule.Rule, test []byte) string {
	return generated + report.RulePage(r, examples(test))
}

func examples(test []byte) []report.Example {
	var out []report.Example
	shown := map[string]bool{}
	for _, f := range txtar.Parse(test).Files {
		kind, name, _ := strings.Cut(f.Name, "/")
		name, extension, _ := strings.Cut(name, ".")
		if shown[kind] || kind == "undetermined" || extension != "json" && extension != "arm.json" {
			continue
		}
		shown[kind] = true
		out = append(out, report.Example{
			Bad: kind == "bad", Title: sentence(name), Note: graphNote(extension, f.Data), Language: "json", Code: armExpressions(string(f.Data)),
		})
	}
	return out
}

// graphNote says of resources of Microsoft Graph in a form that no language has how they come about.
func graphNote(extension string, code []byte) string {
	if extension != "json" || !bytes.Contains(code, []byte(`"Microsoft.Graph/`)) {
		return ""
	}
	return "In the form that Microsoft Graph has; Terraform makes it with azuread or msgraph."
}

// sentence is "Nothing set" for "nothing_set".
func sentence(name string) string {
	words := strings.NewReplacer("_", " ", "-", " ").Replace(name)
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// The references that cases are written with, so that they can be said in every language.
var (
	idReference        = regexp.MustCompile(`"@id\(([^,()]+),\s*([^()]+)\)"`)
	parameterReference = regexp.MustCompile(`"@param\(([^,()]+)[^()]*\)"`)
)

// armExpressions writes them as ARM templates do.
func armExpressions(code string) string {
	code = idReference.ReplaceAllStringFunc(code, func(s string) string {
		m := idReference.FindStringSubmatch(s)
		names := strings.Split(strings.TrimSpace(m[2]), "/")
		return fmt.Sprintf(`"[resourceId('%s', '%s')]"`, strings.TrimSpace(m[1]), strings.Join(names, "', '"))
	})
	return parameterReference.ReplaceAllString(code, `"[parameters('$1')]"`)
}

// index is docs/rules/README.md.
func index(all []*rule.Rule) string {
	return generated + "# Rules\n\n" + table(all, "")
}

// table lists the rules with links to their pages, which are in the folder dir.
func table(all []*rule.Rule, dir string) string {
	var b strings.Builder
	b.WriteString("| Rule | | Severity | Fix | Baseline |\n|---|---|---|---|---|\n")
	for _, r := range all {
		severity := r.Severity.String()
		if r.Off {
			severity += ", off by default"
		}
		fmt.Fprintf(&b, "| [%s](%s%s.md) `%s` | %s | %s | %s | %s |\n",
			r.ID, dir, r.ID, r.Name, r.Title, severity, fixWord(r.Fix), baseline(r))
	}
	return b.String()
}

func fixWord(k rule.FixKind) string {
	if k == rule.NoFix {
		return ""
	}
	return k.String()
}

// baseline are the controls of the Azure Security Baseline for Cosmos DB that a rule answers to, as "NS-1 to NS-3, IM-2".
func baseline(r *rule.Rule) string {
	numbers := map[string][]int{}
	for _, c := range r.Controls {
		family, number, _ := strings.Cut(c.ID, "-")
		if n, err := strconv.Atoi(number); err == nil && c.Catalogue == rule.ASBv2 {
			numbers[family] = append(numbers[family], n)
		}
	}
	var out []string
	for _, family := range []string{"NS", "IM"} {
		out = append(out, ranges(family, numbers[family])...)
	}
	return strings.Join(out, ", ")
}

// ranges writes three numbers in a row, or more, as a range.
func ranges(family string, numbers []int) []string {
	slices.Sort(numbers)
	var out []string
	for len(numbers) > 0 {
		n := 1
		for n < len(numbers) && numbers[n] == numbers[0]+n {
			n++
		}
		if n < 3 {
			n = 1
		}
		word := fmt.Sprintf("%s-%d", family, numbers[0])
		if n > 1 {
			word += fmt.Sprintf(" to %s-%d", family, numbers[n-1])
		}
		out = append(out, word)
		numbers = numbers[n:]
	}
	return out
}

// between replaces what is between the markers <!-- name --> and <!-- /name --> of text.
func between(text, name, content string) (string, error) {
	begin, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
	before, rest, ok := strings.Cut(text, begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("there are no markers %s… %s", strings.TrimSpace(begin), end)
	}
	return before + begin + content + end + after, nil
}
