package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/rules"
)

const (
	head    = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", `
	account = `{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15", "name": "db1", "properties": `
	// innocent is a template with one finding of CDB101.
	innocent = head + `"resources": [` + account + `{}}]}`

	sizeLimit = 1 << 20
)

// accountWith is a template with one account.
func accountWith(properties string) string {
	return head + `"resources": [` + account + properties + `}]}`
}

// hostile are inputs that nobody would write on purpose, each with the problem that has to be reported. Their names are
// those of the files.
var hostile = []struct {
	name, content string
	code, message string // of the problem
	line          int    // where it is; 0 is anywhere
}{
	{"empty.json", ``, "", "", 0},
	{"truncated.json", head + "\n" + `"resources": [` + account, "json-syntax", "is expected", 0},
	{"truncated_string.json", head + "\n" + `"resources": [{"type": "Microsoft.Docu`, "json-syntax", "not closed", 2},
	{"truncated_without_schema.json", `{"resources": [` + account + `{`, "json-syntax", "", 0},
	{"duplicate_key.json", accountWith("{\n" + `"publicNetworkAccess": "Disabled", "PublicNetworkAccess": "Enabled"}`), "json-duplicate-key", "twice", 2},
	{"invalid_utf8.json", accountWith("{\n\"x\": \"\xff\xfe\"}"), "json-encoding", "UTF-8", 2},
	{"utf16.json", utf16(innocent), "json-encoding", "UTF-16", 1},
	{"nul.json", accountWith("{\n\"x\": \x00}"), "json-syntax", "", 2},
	{"deep_arrays.json", accountWith(`{"x": ` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}"), "json-depth", "deeper", 1},
	{"deep_objects.json", accountWith(`{"x": ` + strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000) + "}"), "json-depth", "deeper", 1},
	{"deep_unclosed.json", head + strings.Repeat(`"resources":[{`, 50_000), "json-depth", "deeper", 1},
	{"deep_expression.json", accountWith(`{"publicNetworkAccess": "[` + strings.Repeat("concat(", 100_000) + strings.Repeat(")", 100_000) + `]"}`), "expression-syntax", "deeper", 1},
	{"deep_members.json", accountWith(`{"publicNetworkAccess": "[resourceGroup()` + strings.Repeat(".a", 100_000) + `]"}`), "expression-syntax", "in a row", 1},
	{"deep_variables.json", chainOfVariables(10_000), "limit", "levels deep", 0},
	{"deep_parents.json", head + `"resources": [{"type": "Microsoft.DocumentDB/databaseAccounts", "name": "a", "resources": [` + strings.Repeat(`{"type": "a", "name": "a", "resources": [`+"\n", 100) + strings.Repeat("]}", 101) + "]}", "limit", "too deep", 0},
	{"deep_children.json", head + `"resources": [` + strings.Repeat(`{"type": "Microsoft.DocumentDB/a", "name": "a", "resources": [
`, 100) + strings.Repeat("]}", 100) + "]}", "limit", "too deep", 9},
	{"large.json", innocent + strings.Repeat(" ", sizeLimit), "unreadable", "larger than the limit", 0},
	{"copies.json", head + `"resources": [{"copy": {"name": "l", "count": 1000000000}, ` + account[1:] + "{}}]}", "limit", "800 at most", 1},
	{"copies_of_property.json", accountWith("{\n" + `"copy": [{"name": "ipRules", "count": 1000000000, "input": {"i": "[copyIndex('ipRules')]"}}]}`), "limit", "values", 2},
	{"copies_of_copies.json", accountWith(`{"copy": [{"name": "ipRules", "count": 9999, "input": {"copy": [{"name": "b", "count": 9999, "input": {"copy": [{"name": "c", "count": 9999, "input": "[copyIndex('c')]"}]}}]}}]}`), "limit", "steps", 0},
	{"long_texts.json", accountWith(`{"ipRules": "[map(range(0, 10000), lambda('i', padLeft('a', 1000000)))]"}`), "limit", "steps", 0},
	{"range.json", accountWith(`{"ipRules": "[range(0, 1000000000)]"}`), "", "", 0},
	{"doubling.json", doubling(), "", "", 0},
	{"billion_laughs.json", head + `"variables": {` + laughs() + `}, "resources": [` + account + `"[variables('v40')]"}]}`, "", "", 0},
	{"cyclic_variables.json", head + "\n" + `"variables": {"a": "[variables('b')]", "b": "[variables('a')]"}, "resources": [` + account + `{"publicNetworkAccess": "[variables('a')]"}}]}`, "cycle", "depends on itself", 2},
	{"cyclic_parameter.json", head + "\n" + `"parameters": {"a": {"type": "string", "defaultValue": "[parameters('a')]"}}, "resources": [` + account + `{"publicNetworkAccess": "[parameters('a')]"}}]}`, "cycle", "depends on itself", 2},
	{"cyclic_name.json", head + `"resources": [{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15", "name": "[reference(resourceId('Microsoft.DocumentDB/databaseAccounts', 'a')).x]", "properties": {}}]}`, "", "", 0},
	{"calls_itself.json", head + `"resources": [` + account + `{}}, {"type": "Microsoft.Resources/deployments", "name": "again", "properties": {"templateLink": {"relativePath": "calls_itself.json"}}}, {"type": "Microsoft.Resources/deployments", "name": "twice", "properties": {"templateLink": {"relativePath": "calls_itself.json"}}}]}`, "cycle", "calls itself", 1},
	{"calls_outside.json", head + `"resources": [{"type": "Microsoft.Resources/deployments", "name": "out", "properties": {"templateLink": {"relativePath": "../../../../../../etc/passwd"}}}]}`, "", "", 0},
	{"recursive_function.json", head + `"functions": [{"namespace": "a", "members": {"b": {"parameters": [], "output": {"type": "int", "value": "[add(a.b(), a.b())]"}}}}], "resources": [` + account + `{"x": "[a.b()]"}}]}`, "limit", "", 0},
	{"many_duplicates.json", accountWith(`{` + strings.Repeat(`"a": 1, `, 50_000) + `"a": 1}`), "limit", "more than 100 problems", 1},
	{"many_references.json", head + `"resources": [` + accounts(3000, "[reference('db%d').y]") + `]}`, "", "", 0},
	{"cyclic_references.json", head + `"resources": [` + accounts(50, "[reference('db%d').x]") + `]}`, "limit", "levels deep", 0},
	{"many_resources.json", head + `"resources": [` + accounts(5000, "") + `]}`, "limit", "more than 4000 resources", 1},
	{"many_clusters.json", head + `"resources": [` + clusters(2000) + `]}`, "", "", 0},
	{"many_values.json", accountWith(`{"ipRules": [` + strings.Repeat(`{"x":1},`, 60_000) + `{}]}`), "limit", "more than 100000 values", 1},
	{"new\n::error file=x,line=1::line.json", innocent + "x", "json-syntax", "", 1},
	{"\x1b[31mred.json", innocent + "x", "json-syntax", "", 1},
	{"::error::command.json", innocent + "x", "json-syntax", "", 1},
}

// accounts makes n accounts with a property of the next one's.
// clusters are as many clusters as there are firewall rules of others.
func clusters(n int) string {
	var list []string
	for i := range n {
		const format = `{"type": "Microsoft.DocumentDB/mongoClusters%s", "apiVersion": "2024-07-01", "name": "%s%d%s", "properties": {}}`
		list = append(list, fmt.Sprintf(format, "", "a", i, ""), fmt.Sprintf(format, "/firewallRules", "b", i, "/x"))
	}
	return strings.Join(list, ",")
}

func accounts(n int, property string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		text := property
		if strings.Contains(text, "%d") {
			text = fmt.Sprintf(property, (i+1)%n)
		}
		fmt.Fprintf(&b, `{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15", "name": "db%d", "properties": {"x": "%s"}}`, i, text)
	}
	return b.String()
}

// utf16 is how a shell on Windows may write a file.
func utf16(s string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, c := range []byte(s) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

// chainOfVariables makes each variable of the one after it.
func chainOfVariables(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"v%d": "[concat(variables('v%d'), 'x')]", `, i, i+1)
	}
	return head + `"variables": {` + b.String() + fmt.Sprintf(`"v%d": "x"}, `, n) + `"resources": [` + account + `{"publicNetworkAccess": "[variables('v0')]"}}]}`
}

// doubling makes text twice as long in each of 60 steps.
func doubling() string {
	var b strings.Builder
	for i := range 60 {
		fmt.Fprintf(&b, `"v%d": "[concat(variables('v%d'), variables('v%d'))]", `, i, i+1, i+1)
	}
	return head + `"variables": {` + b.String() + `"v60": "xxxxxxxx"}, "resources": [` + account + `{"publicNetworkAccess": "[variables('v0')]"}}]}`
}

// laughs makes arrays of ten of the arrays before.
func laughs() string {
	rows := []string{`"v0": "ha"`}
	for i := range 40 {
		inner := strings.Repeat(fmt.Sprintf(`"[variables('v%d')]", `, i), 10)
		rows = append(rows, fmt.Sprintf(`"v%d": {"a": [%s]}`, i+1, strings.TrimSuffix(inner, ", ")))
	}
	return strings.Join(rows, ", ")
}

// write makes files below a new directory.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Skip("the file system does not take this name:", err)
		}
	}
	return dir
}

func run(t *testing.T, root string, paths ...string) *diag.Result {
	t.Helper()
	res, err := lint.Run(lint.Config{
		Root: root, Paths: paths, Rules: rules.All, Settings: rule.DefaultSettings, MaxFileSize: sizeLimit,
	})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// problemsOf are the problems of one file.
func problemsOf(res *diag.Result, name string) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, p := range res.Problems {
		if p.Span.File != nil && p.Span.File.Path == name {
			list = append(list, p)
		}
	}
	return list
}

func hasFinding(res *diag.Result, code, file string) bool {
	return slices.ContainsFunc(res.Findings, func(d diag.Diagnostic) bool {
		return d.Code == code && d.Span.File.Path == file
	})
}

// TestHostileFiles lints each hostile file beside an innocent one, whose finding must not be lost.
func TestHostileFiles(t *testing.T) {
	for _, h := range hostile {
		t.Run(strings.TrimSuffix(h.name, ".json"), func(t *testing.T) {
			dir := write(t, map[string]string{h.name: h.content, "zz_innocent.json": innocent})
			res := run(t, dir, ".")
			if !hasFinding(res, "CDB101", "zz_innocent.json") {
				t.Error("the other file was not linted")
			}
			problems := problemsOf(res, h.name)
			for _, p := range problems {
				if p.Code == "internal-error" {
					t.Errorf("panic: %s", p.Message)
				}
			}
			if h.code == "" {
				return
			}
			i := slices.IndexFunc(problems, func(p diag.Diagnostic) bool { return p.Code == h.code })
			if i < 0 {
				t.Fatalf("no problem %s, but %v", h.code, messages(problems))
			}
			p := problems[i]
			if p.Severity != diag.Error || !strings.Contains(p.Message, h.message) {
				t.Errorf("got %s %q, want an error with %q", p.Severity, p.Message, h.message)
			}
			if line := p.Span.Begin().Line; h.line != 0 && line != h.line {
				t.Errorf("in line %d, not %d", line, h.line)
			}
		})
	}
}

// TestLimitProvesNothing has an account whose private endpoint stands after more resources than are looked at.
func TestLimitProvesNothing(t *testing.T) {
	endpoint := `{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01", "name": "pe", "properties": {"privateLinkServiceConnections": [
		{"properties": {"privateLinkServiceId": "[resourceId('Microsoft.DocumentDB/databaseAccounts', 'db0')]", "groupIds": ["Sql"]}}]}}`
	dir := write(t, map[string]string{"main.json": head + `"resources": [` + accounts(5000, "") + "," + endpoint + "]}"})
	res := run(t, dir, "main.json")
	for _, d := range res.Findings {
		if d.Code == "CDB101" {
			t.Fatalf("found although not all was looked at: %s", d.Message)
		}
	}
	if len(problemsOf(res, "main.json")) == 0 {
		t.Error("nothing is said about the limit")
	}
}

// TestHostileTree lints all hostile files together, twice: whatever they do to each other, the result is the same.
func TestHostileTree(t *testing.T) {
	files := map[string]string{"zz/innocent.json": innocent}
	for _, h := range hostile {
		files[h.name] = h.content
	}
	dir := write(t, files)
	first, second := run(t, dir, "."), run(t, dir, ".")
	if !hasFinding(first, "CDB101", "zz/innocent.json") || !first.Failed() {
		t.Error("findings or problems are lost")
	}
	if diff := cmp.Diff(lines(first), lines(second)); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
}

func lines(res *diag.Result) []string {
	return slices.Concat(messages(res.Findings), messages(res.Undetermined), messages(res.Problems))
}

func messages(list []diag.Diagnostic) []string {
	var out []string
	for _, d := range list {
		file := ""
		if d.Span.File != nil {
			file = d.Span.File.Path
		}
		out = append(out, fmt.Sprintf("%q:%d-%d %s %s %s", file, d.Span.Start, d.Span.End, d.Severity, d.Code, d.Message))
	}
	return out
}
