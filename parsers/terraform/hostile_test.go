package terraform

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// TestHostile evaluates what is made to crash, hang or fill the memory. It has to end soon, whatever it says.
func TestHostile(t *testing.T) {
	deep := func(open, in, shut string, n int) string {
		return "locals {\n  a = " + strings.Repeat(open, n) + in + strings.Repeat(shut, n) + "\n}\n"
	}
	var doubling strings.Builder
	doubling.WriteString("locals {\n  a0 = [\"x\"]\n  s0 = \"x\"\n  o0 = { a = 1 }\n")
	for i := 1; i < 60; i++ {
		fmt.Fprintf(&doubling, "  a%d = concat(local.a%d, local.a%d)\n  s%d = \"${local.s%d}${local.s%d}\"\n  o%d = { a = local.o%d, b = local.o%d }\n",
			i, i-1, i-1, i, i-1, i-1, i, i-1, i-1)
	}
	doubling.WriteString("}\n")
	var chain strings.Builder
	chain.WriteString("locals {\n  c0 = 1\n")
	for i := 1; i < 5000; i++ {
		fmt.Fprintf(&chain, "  c%d = local.c%d\n", i, i-1)
	}
	chain.WriteString("}\noutput \"o\" { value = local.c4999 }\n")
	sources := map[string]string{
		"parentheses":  deep("(", "1", ")", 500_000),
		"not":          deep("!", "true", "", 500_000),
		"minus":        deep("-", "1", "", 100_000),
		"lists":        deep("[", "", "]", 100_000),
		"objects":      deep("{a=", "1", "}", 100_000),
		"templates":    deep("\"${", "1", "}\"", 100_000),
		"conditionals": deep("true ? 1 : ", "1", "", 100_000),
		"sums":         deep("1 + ", "1", "", 300_000),
		"splats":       "locals {\n  a = var.x" + strings.Repeat("[*]", 100_000) + "\n}\n",
		"calls":        deep("f(", "1", ")", 100_000),
		"directives":   deep("\"", strings.Repeat("%{ if true }", 50_000), "\"", 1),
		"blocks":       strings.Repeat("a {\n", 100_000) + strings.Repeat("}\n", 100_000),
		"for":          deep("[for x in ", "[]", " : x]", 30_000),
		"doubling":     doubling.String() + "output \"o\" { value = [length(local.a59), local.s59, jsonencode(local.o59)] }\n",
		"chain":        chain.String(),
		"product":      "locals {\n  l = range(1000)\n}\noutput \"o\" { value = length(setproduct(local.l, local.l, local.l)) }\n",
		"long list":    "output \"o\" { value = sort(split(\",\", \"" + strings.Repeat("10.0.0.1,", 60_000) + "\")) }\n",
		"long text":    "resource \"azurerm_cosmosdb_account\" \"a\" { ip_range_filter = \"" + strings.Repeat("10.0.0.1,", 60_000) + "\" }\n",
		"nested for":   "output \"o\" { value = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]] }\n",
		"range":        "output \"o\" { value = range(1000000000) }\n",
		"format":       "output \"o\" { value = format(\"%*d\", 1000000000, 1) }\n",
		"padding":      "output \"o\" { value = format(\"%1000000000d\", 1) }\n",
		"indent":       "output \"o\" { value = indent(1000000000, \"a\\nb\") }\n",
		"replace":      "output \"o\" { value = replace(join(\"\", range(1000)), \"\", join(\"\", range(1000))) }\n",
		"yaml":         "output \"o\" { value = yamldecode(\"a: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\\n\") }\n",
		"pow":          "output \"o\" { value = pow(10, 1000000000) }\n",
		"huge number":  "output \"o\" { value = tonumber(\"1e999999999\") + 1e999999999 }\n",
		"dynamic":      "resource \"azurerm_x\" \"a\" {\n  dynamic \"b\" {\n    for_each = range(1000)\n    content {\n      dynamic \"c\" {\n        for_each = range(1000)\n        content {\n          dynamic \"d\" {\n            for_each = range(1000)\n            content { v = 1 }\n          }\n        }\n      }\n    }\n  }\n}\n",
		"self count":   "resource \"azurerm_x\" \"a\" {\n  count = length(azurerm_x.a) + 1\n}\n",
		"many counts":  manyCounts(),
		"utf-8":        "\xff\xfe\x00 = \"\xc3\x28\"\n",
		"nul":          "locals { a = \"\x00\" }\n",
	}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			deployFiles(t, map[string]string{"main.tf": text}, Options{})
			deployFiles(t, map[string]string{"main.tf": `variable "x" {}`, "terraform.tfvars": text}, Options{})
			if spent := time.Since(start); spent > 10*time.Second {
				t.Errorf("took %s", spent)
			}
		})
	}
}

// TestMillionInstances looks at one of a million instances, and says so; a number that is not known makes one that may be
// there.
func TestMillionInstances(t *testing.T) {
	for _, repeat := range []string{
		"for_each = toset(flatten([for a in range(1000) : [for b in range(1001) : \"${a}-${b}\"]]))",
		"for_each = { for n in range(1000) : n => n }\n  count = 1000000000",
		"count = 1000000",
		"count = 1e300",
		"count = var.u",
		"for_each = var.u",
	} {
		d := deployFiles(t, map[string]string{"main.tf": "variable \"u\" {}\nresource \"azurerm_cosmosdb_account\" \"a\" {\n  " + repeat + "\n}\n"}, Options{})
		accounts := d.OfType(accountType)
		if len(accounts) != 1 || accounts[0].Exists != model.Maybe {
			t.Errorf("%s: %d accounts", repeat, len(accounts))
		}
		if told := len(d.Diagnostics) > 0; told == (strings.Contains(repeat, "var.u") || strings.Contains(repeat, "1e300")) {
			t.Errorf("%s: %v", repeat, d.Diagnostics)
		}
	}
}

func manyCounts() string {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "resource \"azurerm_x\" \"a%d\" {\n  count = 1000\n  v = count.index\n}\n", i)
	}
	return b.String()
}

// TestModulesCallingThemselves ends also where each level calls the next twice.
func TestModulesCallingThemselves(t *testing.T) {
	files := map[string]string{"main.tf": "module \"a\" { source = \"./m0\" }\n"}
	for i := range 40 {
		files[fmt.Sprintf("m%d/main.tf", i)] = fmt.Sprintf(
			"module \"a\" { source = \"../m%d\" }\nmodule \"b\" { source = \"../m%d\" }\n", i+1, i+1)
	}
	d := deployFiles(t, files, Options{})
	if len(d.Diagnostics) == 0 {
		t.Error("no limit was reported")
	}
}

// TestLinksInCircles ends where a directory calls itself under ever new names.
func TestLinksInCircles(t *testing.T) {
	root := t.TempDir()
	config := "module \"a\" { source = \"./l1\" }\nmodule \"b\" { source = \"./l2\" }\nvariable \"cosmos\" {}\n"
	if err := os.WriteFile(filepath.Join(root, "main.tf"), []byte(config), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{"l1", "l2"} {
		if err := os.Symlink(".", filepath.Join(root, link)); err != nil {
			t.Skip(err)
		}
	}
	tree, err := source.OpenTree(root, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	roots := Roots(tree, []string{"main.tf"}, nil)
	if len(roots) != 1 || roots[0].Dull() {
		t.Fatalf("%d roots", len(roots))
	}
	if d := roots[0].Deploy(Options{}); len(d.Diagnostics) != 2 {
		t.Errorf("%v", d.Diagnostics)
	}
}

// TestOutside reads nothing outside of the scan root: neither by a path nor through a link.
func TestOutside(t *testing.T) {
	base := t.TempDir()
	root := filepath.Join(base, "root")
	files := map[string]string{
		"secret.txt":      "SECRET",
		"other/main.tf":   `output "s" { value = "SECRET" }`,
		"root/main.tf":    "module \"up\" { source = \"../other\" }\nmodule \"link\" { source = \"./link\" }\n" + outsideOutputs,
		"root/a/keep.txt": "",
	}
	for name, text := range files {
		full := filepath.Join(base, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{"link": "../other", "secret-link.txt": "../secret.txt", "a/loop": "../a"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skip(err)
		}
	}
	tree, err := source.OpenTree(root, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	d := Deploy(tree, ".", Options{})
	for _, o := range d.Outputs {
		if got := outputOf(d, o.Name); strings.Contains(got, "SECRET") || strings.Contains(got, "secret.txt\",") {
			t.Errorf("%s: %s", o.Name, got)
		}
	}
	if len(d.Outputs) != 7 || len(d.Opaque) != 2 {
		t.Errorf("%d outputs, %d opaque modules", len(d.Outputs), len(d.Opaque))
	}
}

const outsideOutputs = `
output "up" { value = file("../secret.txt") }
output "absolute" { value = file("/etc/passwd") }
output "link" { value = file("secret-link.txt") }
output "template" { value = templatefile("../secret.txt", {}) }
output "set" { value = fileset("..", "**") }
output "base64" { value = filebase64("${path.module}/../secret.txt") }
output "module" { value = [module.up.s, module.link.s] }
`

// TestManyValues leaves out what comes behind the limit on values, says so, and concludes nothing from what is missing.
func TestManyValues(t *testing.T) {
	account := func(name string, values int) string {
		return fmt.Sprintf("resource \"azurerm_cosmosdb_account\" %q {\n  ip_range_filter = [%s]\n}\n", name, strings.Repeat("1,", values))
	}
	for _, tt := range []struct {
		name, text string
		accounts   int
		want       string
	}{
		{"below the limit", account("a", maxValues/2-100), 1, ""},
		{"together above it", account("a", maxValues/4) + account("b", maxValues/4) + account("c", 0), 1,
			"The resources of this configuration hold more than 100000 values; what comes behind these was not looked at."},
		{"one list above all limits", account("a", value.MaxNodes), 1,
			"This makes more than 262144 values; none of them was looked at."},
	} {
		d := deployFiles(t, map[string]string{"main.tf": tt.text}, Options{})
		var got []string
		for _, g := range d.Diagnostics {
			got = append(got, g.Message)
		}
		if n := len(d.OfType(accountType)); n != tt.accounts || strings.Join(got, "\n") != tt.want || d.Incomplete != (tt.want != "") {
			t.Errorf("%s: %d accounts, want %d; incomplete: %t; %q, want %q", tt.name, n, tt.accounts, d.Incomplete, got, tt.want)
		}
	}
}
