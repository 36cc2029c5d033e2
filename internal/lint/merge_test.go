package lint_test

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/rules"
)

// parameterFile gives values to parameters.
func parameterFile(values string) string {
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {` + values + "}}"
}

// of are the findings of one rule.
func of(res *diag.Result, code string) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, d := range res.Findings {
		if d.Code == code {
			list = append(list, d)
		}
	}
	return list
}

// TestLoop makes one finding of the instances of a loop, and lists them.
func TestLoop(t *testing.T) {
	dir := write(t, map[string]string{"main.json": head + `"resources": [
		{"copy": {"name": "l", "count": 3}, "type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15",
		 "name": "[format('db{0}', copyIndex())]", "properties": {}},
		` + account + `{}}]}`})
	res := run(t, dir, ".")
	open := of(res, "CDB101")
	if len(open) != 2 {
		t.Fatalf("%d findings, want one for the loop and one for the other account: %v", len(open), messages(open))
	}
	var titles []string
	for _, s := range res.Instances[open[0].Fingerprint] {
		titles = append(titles, s.Title)
	}
	if diff := cmp.Diff([]string{"db0", "db1", "db2"}, titles); diff != "" {
		t.Errorf("instances (-want +got):\n%s", diff)
	}
	if list := res.Instances[open[1].Fingerprint]; list != nil {
		t.Errorf("a single resource has %d instances", len(list))
	}
}

// TestLoopThatDiffers judges the instances of a loop one by one: only the bad ones are listed.
func TestLoopThatDiffers(t *testing.T) {
	dir := write(t, map[string]string{"main.json": head + `"resources": [
		{"copy": {"name": "l", "count": 3}, "type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15",
		 "name": "[format('db{0}', copyIndex())]",
		 "properties": {"publicNetworkAccess": "[if(equals(copyIndex(), 1), 'Disabled', 'Enabled')]"}}]}`})
	res := run(t, dir, ".")
	open := of(res, "CDB101")
	if len(open) != 1 || len(res.Instances[open[0].Fingerprint]) != 2 {
		t.Errorf("%v with %d instances, want one with two", messages(open), len(res.Instances[open[0].Fingerprint]))
	}
}

// TestParameterFilesMerge makes one finding of those that several parameter files have in common, and lists the files.
func TestParameterFilesMerge(t *testing.T) {
	dir := write(t, map[string]string{
		"main.json": head + `"parameters": {"access": {"type": "string"}, "keys": {"type": "bool"}}, "resources": [` +
			account + `{"publicNetworkAccess": "[parameters('access')]", "disableLocalAuth": "[parameters('keys')]", "disableKeyBasedMetadataWriteAccess": false}}]}`,
		"main.parameters.dev.json":  parameterFile(`"access": {"value": "Disabled"}, "keys": {"value": false}`),
		"main.parameters.prod.json": parameterFile(`"access": {"value": "Disabled"}, "keys": {"value": true}`),
		"main.parameters.test.json": parameterFile(`"access": {"value": "Disabled"}, "keys": {"value": false}`),
	})
	res := run(t, dir, ".")
	if len(res.EntryPoints) != 3 {
		t.Errorf("%d deployments, want 3", len(res.EntryPoints))
	}
	files := func(d diag.Diagnostic) string { return strings.Join(d.Parameters, " ") }
	writes := of(res, "CDB202") // at the template's own property, so that both are one
	if len(writes) != 1 || files(writes[0]) != "main.parameters.dev.json main.parameters.test.json" {
		t.Errorf("%d findings of CDB202, the first with %q", len(writes), files(writes[0]))
	}
	keys := of(res, "CDB201") // decided in each of two files
	if len(keys) != 2 || keys[0].Span.File.Path != "main.parameters.dev.json" || keys[1].Span.File.Path != "main.parameters.test.json" {
		t.Errorf("CDB201: %v, want one in each file that decides", messages(keys))
	}
}

// TestFingerprintsStay moves lines, resources and elements of lists: the findings are the same ones.
func TestFingerprintsStay(t *testing.T) {
	const first = `{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15", "name": "db0", "properties": {"publicNetworkAccess": "Disabled"}}`
	rulesOf := func(entries ...string) string {
		return account + `{"ipRules": [` + strings.Join(entries, ", ") + `], "disableLocalAuth": false}}`
	}
	const everyone, azure, one = `{"ipAddressOrRange": "0.0.0.0/0"}`, `{"ipAddressOrRange": "0.0.0.0"}`, `{"ipAddressOrRange": "203.0.113.7"}`
	before := head + `"resources": [` + first + ", " + rulesOf(everyone, azure, one) + `]}`
	for name, after := range map[string]string{
		"lines":     strings.ReplaceAll(before, ", ", ",\n\n  "),
		"resources": head + `"resources": [` + rulesOf(everyone, azure, one) + ", " + first + `]}`,
		"elements":  head + `"resources": [` + first + ", " + rulesOf(one, azure, everyone) + `]}`,
		"more":      head + `"variables": {"x": 1}, "resources": [` + first + ", " + rulesOf(one, one, azure, everyone) + `], "outputs": {}}`,
	} {
		if diff := cmp.Diff(fingerprints(t, before), fingerprints(t, after)); diff != "" {
			t.Errorf("moving %s (-before +after):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(fingerprints(t, before), fingerprints(t, strings.ReplaceAll(before, "db1", "db2"))); diff == "" {
		t.Error("another account has the same findings")
	}
}

// fingerprints are those of the findings of a template, sorted by rule.
func fingerprints(t *testing.T, template string) []string {
	res := run(t, write(t, map[string]string{"main.json": template}), ".")
	var list []string
	for _, d := range res.Findings {
		list = append(list, d.Code+" "+d.Fingerprint)
	}
	slices.Sort(list)
	if len(list) < 3 {
		t.Fatalf("too few findings to tell: %v", list)
	}
	return list
}

// TestDormant lints what a default turns off in the deployment where it is on, companions from the same world included,
// and says so.
func TestDormant(t *testing.T) {
	const endpoint = `{"condition": "[parameters('private')]", "type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01", "name": "pe1",
		"properties": {"subnet": {"id": "[parameters('subnet')]"}, "privateLinkServiceConnections": [{"name": "c", "properties": {
		"privateLinkServiceId": "[resourceId('Microsoft.DocumentDB/databaseAccounts', 'db1')]", "groupIds": ["Sql"]}}]}}`
	template := func(accountIf string) string {
		return head + `"parameters": {"private": {"type": "bool", "defaultValue": false}, "db": {"type": "bool", "defaultValue": false}, "subnet": {"type": "string"}},
			"resources": [{` + accountIf + account[1:] + `{}}, ` + endpoint + `]}`
	}
	for _, tt := range []struct {
		name, accountIf string
		want            []string // of CDB101, CDB106, CDB124: rule, exists, what it says at the end
	}{
		{"the endpoint is off", "", []string{"CDB101 yes", "CDB124 dormant parameter 'private' turns it on."}},
		{"both are off by the same", `"condition": "[parameters('private')]", `,
			[]string{"CDB106 dormant parameter 'private' turns it on.", "CDB124 dormant parameter 'private' turns it on."}},
		{"each is off by its own", `"condition": "[parameters('db')]", `,
			[]string{"CDB101 dormant parameter 'db' turns it on.", "CDB124 dormant parameter 'private' turns it on."}},
		{"off for certain", `"condition": false, `, []string{"CDB124 dormant parameter 'private' turns it on."}},
	} {
		res := run(t, write(t, map[string]string{"main.json": template(tt.accountIf)}), ".")
		var got []string
		for _, code := range []string{"CDB101", "CDB106", "CDB124"} {
			for _, d := range of(res, code) {
				line := code + " " + d.Subject.Exists
				if _, why, ok := strings.Cut(d.Message, "off by default; "); ok {
					line += " " + strings.TrimSuffix(why, ")")
				}
				got = append(got, line)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestSameBytes writes every report of a tree several times, with one core and with more: not a byte differs. Some of its
// deployments have their findings on the lines of one file, which each of them reads.
func TestSameBytes(t *testing.T) {
	files := map[string]string{"shared.json": innocent}
	for i := range 40 {
		files[fmt.Sprintf("caller%d.json", i)] = head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01",
			"name": "call", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "shared.json"}}}]}`
	}
	for i := range 40 {
		files[fmt.Sprintf("d%d/main.json", i%7+i)] = strings.ReplaceAll(innocent, "db1", fmt.Sprintf("db%d", i))
		files[fmt.Sprintf("d%d/broken.json", i)] = innocent[:len(innocent)-2]
	}
	dir := write(t, files)
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	var first []byte
	for i, cores := range []int{1, before, 8, 3} {
		runtime.GOMAXPROCS(cores)
		got := reports(t, dir)
		if i == 0 {
			first = got
		} else if !bytes.Equal(first, got) {
			t.Errorf("with %d cores:\n%s", cores, cmp.Diff(string(first), string(got)))
		}
	}
}

func reports(t *testing.T, dir string) []byte {
	res := run(t, dir, ".")
	var b bytes.Buffer
	opt := report.Options{Rules: rules.All}
	for _, w := range []func(*bytes.Buffer) error{
		func(b *bytes.Buffer) error { return report.Text(b, res, opt) },
		func(b *bytes.Buffer) error { return report.JSON(b, res, opt) },
		func(b *bytes.Buffer) error { return report.SARIF(b, res, opt) },
	} {
		if err := w(&b); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// TestFingerprintsDiffer tells resources apart whose names are computed, also in nested deployments whose names are.
func TestFingerprintsDiffer(t *testing.T) {
	account := func(name string) string {
		return `{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15", "name": "` + name + `", "properties": {}}`
	}
	nested := func(name, inner string) string {
		return `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "` + name + `", "properties": {
			"expressionEvaluationOptions": {"scope": "inner"}, "template": ` + head + `"resources": [` + inner + `]}}}`
	}
	const one, two = "[concat('a', parameters('n'))]", "[concat('b', parameters('n'))]"
	dir := write(t, map[string]string{"main.json": head + `"parameters": {"n": {"type": "string"}}, "resources": [` +
		strings.Join([]string{account(one), account(two), nested(one, account("db")), nested(two, account("db"))}, ", ") + `]}`})
	seen := map[string]bool{}
	for _, d := range of(run(t, dir, "."), "CDB101") {
		seen[d.Fingerprint] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d fingerprints of four accounts", len(seen))
	}
}

// TestFingerprintsOfSubnets tells the subnets in a network's own list apart, wherever in it they stand.
func TestFingerprintsOfSubnets(t *testing.T) {
	subnet := func(name string) string { return `{"name": "` + name + `", "properties": {}}` }
	fingerprints := func(subnets ...string) (list []string) {
		dir := write(t, map[string]string{"main.json": head + `"resources": [` + account + `{"virtualNetworkRules": [
			{"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 'one')]"}, {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 'two')]"}]}},
			{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "v", "properties": {"subnets": [` + strings.Join(subnets, ", ") + `]}}]}`})
		res := run(t, dir, ".")
		for _, d := range append(of(res, "CDB501"), of(res, "CDB111")...) {
			list = append(list, d.Fingerprint)
		}
		slices.Sort(list)
		return list
	}
	list := fingerprints(subnet("one"), subnet("two"))
	if len(list) < 2 || len(slices.Compact(slices.Clone(list))) != len(list) {
		t.Errorf("two subnets have the fingerprints %v", list)
	}
	if diff := cmp.Diff(list, fingerprints(subnet("two"), subnet("one"))); diff != "" {
		t.Errorf("in another order: %s", diff)
	}
}
