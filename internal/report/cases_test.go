package report

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// testRules are made up, so that the goldens do not change with the real ones.
var testRules = []*rule.Rule{
	{
		ID: "CDB101", Name: "public-network-open", Title: "Account is open to the internet",
		Category: rule.Network, Severity: diag.Error, Score: 8.6, Since: "0.1.0", Fix: rule.Suggested,
		Controls: rule.Also(rule.Also(rule.Baseline("NS-1", "NS-3"), rule.MCSB, "NS-2"), rule.CWE, "CWE-284"),
		Doc: "The account takes **requests** from any address. See [the docs](https://example.com/firewall).\n\n" +
			"What to do:\n\n- set `publicNetworkAccess` to `Disabled`, or\n- list the addresses\n  that may connect:\n\n```json\n\"ipRules\": []\n```\n",
		References: []string{"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall"},
	},
	{
		ID: "CDB104", Name: "firewall-range-too-broad", Title: "Firewall lets in a large range of addresses",
		Category: rule.Network, Severity: diag.Warning, Score: 5.5, Since: "0.1.0",
		Controls: rule.Also(rule.Baseline("NS-1", "NS-4"), rule.CIS, "4.5.1"),
		Doc:      "A range of more than 256 addresses is hard to account for.", References: []string{"https://example.com/ranges"},
	},
	{
		ID: "CDB116", Name: "account-unreachable", Title: "Nothing in sight can reach the account",
		Category: rule.Network, Severity: diag.Note, Score: 1, Since: "0.1.0", Off: true,
		Doc: "Public access is disabled and there is no private endpoint.", References: []string{"https://example.com/unreachable"},
	},
	{
		ID: "CDB201", Name: "local-auth-enabled", Title: "Account keys open the account",
		Category: rule.Identity, Severity: diag.Error, Score: 7.5, Since: "0.1.0", Fix: rule.SafeFix,
		Controls: rule.Also(rule.Also(rule.Baseline("IM-1", "IM-2"), rule.Policy, "5450f5bd-9c72-4390-a9c4-a7aba4edfdd2"), rule.CWE, "287", "522"),
		Doc:      "Whoever has a key has everything.", References: []string{"https://example.com/keys"},
	},
}

const accountType = "Microsoft.DocumentDB/databaseAccounts"

// at returns the span of the first occurrence of text.
func at(f *source.File, text string) source.Span {
	i := strings.Index(string(f.Data), text)
	if i < 0 {
		panic("no " + text + " in " + f.Path)
	}
	return f.At(i, len(text))
}

func account(name, path string, span source.Span) *diag.Subject {
	return &diag.Subject{Type: accountType, Name: name, Title: name, Path: path, Exists: "yes", Span: span}
}

// testCase is a result made by hand from the files of testdata/<name>.txtar.
type testCase struct {
	name  string
	o     Options
	build func(t *testing.T, files map[string]*source.File) *diag.Result
}

var testCases = []testCase{
	{"clean", Options{Version: "v1.2.3"}, clean},
	{"findings", Options{Version: "v1.2.3", Width: 100, SARIFUndetermined: true, SARIFCategory: "infra", Verbose: true}, findings},
	{"merged", Options{Version: "1.2.3-rc.1"}, merged},
	{"problems", Options{}, problems},
	{"hostile", Options{Version: "1.2.3", Width: 80}, hostile},
	{"suppressed", Options{Version: "1.2.3", Width: 80, SARIFSuppressed: true}, suppressedFindings},
	{"long", Options{Version: "1.2.3", Width: 80}, long},
	{"terraform", Options{Version: "1.2.3", Width: 80}, terraform},
}

func clean(*testing.T, map[string]*source.File) *diag.Result {
	return &diag.Result{Files: 1, Rules: 4, EntryPoints: []diag.EntryPoint{{Path: "main.json", Resources: 2, Accounts: 1}}}
}

func findings(_ *testing.T, files map[string]*source.File) *diag.Result {
	f, params := files["infra/main.json"], files["infra/prod parameters.json"]
	header := at(f, `"type": "Microsoft.DocumentDB/databaseAccounts"`)
	indent := at(f, `      "properties": {`)
	db := account("db1", "db1", header)
	perhaps := account("db2", "nested/db2", header)
	perhaps.Exists = "maybe"
	return &diag.Result{
		Findings: []diag.Diagnostic{
			{
				Code: "CDB101", Severity: diag.Error, Fingerprint: "aa01",
				Message: "Account 'db1' accepts connections from the whole internet: 'publicNetworkAccess' is 'Enabled' and there " +
					"is no firewall rule. Anyone who gets hold of a key can use it from anywhere. Set 'publicNetworkAccess' to 'Disabled'.",
				Span: at(params, `"value": "Enabled"`), Subject: db, Property: "properties.publicNetworkAccess",
				EntryPoint: f.Path, Parameters: []string{params.Path},
				Related: []diag.Related{
					{Message: "used here", Span: at(f, `"publicNetworkAccess": "[parameters('access')]"`)},
					{Message: "parameter 'access' is declared here", Span: at(f, `"access"`)},
				},
			},
			{
				Code: "CDB201", Severity: diag.Error, Fingerprint: "aa02",
				Message: "Account keys open the account 'db1': 'disableLocalAuth' is not set. Set it to true.",
				Span:    header, Subject: db, Property: "properties.disableLocalAuth", EntryPoint: f.Path,
				Fix: &diag.Fix{Title: "Set 'disableLocalAuth' to true", Safe: true, Edits: []source.Edit{
					{Span: f.At(indent.End+1, 0), New: "        \"disableLocalAuth\": true,\n"},
				}},
			},
			{
				Code: "CDB116", Severity: diag.Note, Fingerprint: "aa03",
				Message: "Nothing in these files can reach the account. (The resource is off by default.)",
				Span:    at(f, `"name": "[variables('name')]"`), Subject: perhaps, EntryPoint: f.Path,
			},
		},
		Undetermined: []diag.Diagnostic{
			{Code: "CDB104", Severity: diag.Warning, Span: at(f, `"ipRules": "[parameters('ipRules')]"`), Subject: db,
				Message: "The value of 'ipRules' is not known before deployment.", EntryPoint: f.Path, DependsOn: []string{"ipRules"}, Fingerprint: "bb01"},
			{Code: "CDB101", Severity: diag.Error, Span: header, Subject: perhaps, EntryPoint: f.Path,
				Message: "The value of 'ipRules' is not known before deployment.", DependsOn: []string{"env", "ipRules"}, Fingerprint: "bb02"},
		},
		Instances: map[string][]*diag.Subject{
			"aa02": {db, account("db1-westeurope", "db1[1]", header), account("db1-northeurope", "db1[2]", header)},
		},
		EntryPoints: []diag.EntryPoint{{Path: f.Path, Parameters: []string{params.Path}, Resources: 5, Accounts: 3}},
		Files:       2, Rules: 4,
	}
}

func merged(_ *testing.T, files map[string]*source.File) *diag.Result {
	f := files["main.json"]
	db := account("db", "db", at(f, `"type"`))
	span := func(text string) diag.Diagnostic {
		return diag.Diagnostic{Code: "CDB104", Severity: diag.Warning, Span: at(f, text), Subject: db, Fingerprint: text,
			Message: "The firewall lets in " + text + ". Name the addresses."}
	}
	a, b := span("10.0.0.0/8"), span("11.0.0.0/8")
	b.Severity = diag.Error
	remove := func(text string) *diag.Fix {
		return &diag.Fix{Title: "Remove " + text, Edits: []source.Edit{{Span: at(f, text)}}}
	}
	a.Fix, b.Fix = remove(`"10.0.0.0/8", `), remove(`, "11.0.0.0/8"`)
	return &diag.Result{
		Findings:    []diag.Diagnostic{a, b, a},
		EntryPoints: []diag.EntryPoint{{Path: f.Path, Resources: 1, Accounts: 1}},
		Files:       1, Rules: 4,
	}
}

func problems(_ *testing.T, files map[string]*source.File) *diag.Result {
	f := files["broken.json"]
	return &diag.Result{
		Problems: []diag.Diagnostic{
			diag.Problem("json-syntax", diag.Error, f.At(len(f.Data), 0), "Unexpected end of file. A '}' is missing."),
			diag.Problem("unknown-parameter", diag.Note, at(f, `"name"`), "The template has no parameter 'name'."),
			diag.Problem("unreadable", diag.Error, source.Span{}, "secret.json: permission denied."),
		},
		Files: 1, Rules: 4,
	}
}

// hostile has names and text that try to break out of every format.
func hostile(_ *testing.T, files map[string]*source.File) *diag.Result {
	text := string(files["text"].Data)
	text = strings.NewReplacer("<ESC>", "\x1b", "<RLO>", "\u202e", "<C1>", "\u009b", "<BAD>", "\xff", "<CR>", "\r").Replace(text)
	f := source.NewFile("::error file=x,line=1::\n\x1b[31m 日本 #%<b>.json", []byte(text))
	evil := account("a'\n::warning::x\x1b]0;t\a<script>[click](1)\u202e", "a##vso[task.setvariable]b|`", at(f, `"name"`))
	evil.Name = evil.Title
	d := func(code, text, message string) diag.Diagnostic {
		return diag.Diagnostic{Code: code, Severity: diag.Error, Span: at(f, text), Subject: evil, Message: message,
			EntryPoint: f.Path, Fingerprint: code + text}
	}
	ds := []diag.Diagnostic{
		d("CDB101", "Enabled", "Account '"+evil.Title+"' is [open](http://example.com) to 👩‍👩‍👧 everyone. ::error::Close it. ##[add-mask]x"),
		d("CDB104", "WIDE", "The caret stands right of wide characters."),
		d("CDB201", "KEY", "The key "+strings.Repeat("Ab1/", 21)+"+Z== is masked."),
		d("CDB116", "IPTOKEN", "The caret stands right of text from right to left."),
	}
	ds[0].Related = []diag.Related{{Message: "see\n::error::here [x](1)", Span: at(f, "WIDE")}}
	ds[2].Fix = &diag.Fix{Title: "Keep the key", Edits: []source.Edit{{Span: at(f, "KEY"), New: strings.Repeat("Ab1/", 21) + "+Z=="}}}
	return &diag.Result{
		Findings: ds,
		Undetermined: []diag.Diagnostic{{Code: "CDB101", Severity: diag.Error, Span: at(f, "Enabled"), Subject: evil,
			Message: "Not known.", DependsOn: []string{"p\n::error::x"}}},
		Problems: []diag.Diagnostic{diag.Problem("x\n::error::", diag.Error, at(f, "WIDE"), "::error::first\r\n::error::second")},
	}
}

// suppressedFindings are accepted in the file with and without a reason, and by the baseline.
func suppressedFindings(_ *testing.T, files map[string]*source.File) *diag.Result {
	f := files["main.json"]
	db := account("db1", "db1", at(f, `"type"`))
	d := func(code, text string, s *diag.Suppression) diag.Diagnostic {
		return diag.Diagnostic{Code: code, Severity: diag.Error, Span: at(f, text), Subject: db, Message: "Too open. Close it.",
			EntryPoint: f.Path, Fingerprint: code + text, Suppression: s}
	}
	comment := at(f, `cosmoslint:ignore CDB101`)
	return &diag.Result{
		Findings: []diag.Diagnostic{d("CDB201", `"db1"`, nil)},
		Suppressed: []diag.Diagnostic{
			d("CDB101", `"Enabled"`, &diag.Suppression{Kind: diag.InSource, Reason: "a \x1b[31mdemo", Until: "2027-01-31", Span: comment}),
			d("CDB104", `"Enabled"`, &diag.Suppression{Kind: diag.InSource, Span: comment}),
			d("CDB201", `"db1"`, &diag.Suppression{Kind: diag.External, Reason: "It is in the baseline."}),
		},
		Files: 1, Rules: 4,
	}
}

// terraform has findings in a module that two root modules call, one of which opens it by a variable.
func terraform(_ *testing.T, files map[string]*source.File) *diag.Result {
	module, vars := files["modules/db/main.tf"], files["test/terraform.tfvars"]
	header := at(module, `resource "azurerm_cosmosdb_account" "this"`)
	d := func(root, code, text string, span source.Span, related ...diag.Related) diag.Diagnostic {
		call := at(files[root+"/main.tf"], `module "db"`)
		db := account("orders-"+root, "module.db.azurerm_cosmosdb_account.this[0]", header)
		db.Calls = []source.Span{call}
		return diag.Diagnostic{Code: code, Severity: diag.Error, Span: span, Subject: db, EntryPoint: root + "/main.tf",
			Message: "Account 'orders-" + root + "' " + text, Fingerprint: root + code,
			Related: append(related, diag.Related{Message: "in this module", Span: call})}
	}
	open := d("test", "CDB101", "is open to the internet. Turn 'public_network_access_enabled' off.", at(vars, "public = true"),
		diag.Related{Message: "used here", Span: at(module, "public_network_access_enabled = var.public")})
	open.Property, open.Parameters = "properties.publicNetworkAccess", []string{vars.Path}
	keys := d("prod", "CDB201", "accepts its keys. Set 'local_authentication_enabled' to false.", header)
	keys.Property = "properties.disableLocalAuth"
	keys.Fix = &diag.Fix{Title: "Set 'local_authentication_enabled' to false", Safe: true, Edits: []source.Edit{
		{Span: module.At(at(module, "  name").Start, 0), New: "  local_authentication_enabled  = false\n"},
	}}
	other := d("test", "CDB201", "accepts its keys. Set 'local_authentication_enabled' to false.", header)
	other.Property, other.Fix = keys.Property, keys.Fix
	return &diag.Result{
		Findings: []diag.Diagnostic{keys, other, open},
		EntryPoints: []diag.EntryPoint{
			{Path: "prod/main.tf", Resources: 1, Accounts: 1},
			{Path: "test/main.tf", Parameters: []string{vars.Path}, Resources: 1, Accounts: 1},
		},
		Files: 4, Rules: 4,
	}
}

func long(_ *testing.T, files map[string]*source.File) *diag.Result {
	text := `{"a":"` + strings.Repeat("x", 5000) + `","publicNetworkAccess":"Enabled","b":"` + strings.Repeat("é", 5000) + `"}`
	f := source.NewFile("one-line.json", []byte(text))
	d := func(text string) diag.Diagnostic {
		return diag.Diagnostic{Code: "CDB101", Severity: diag.Error, Span: at(f, text), Message: "Too open."}
	}
	return &diag.Result{Findings: []diag.Diagnostic{d(`"publicNetworkAccess":"Enabled"`), d(`{`), d(`"}`), d(text)}}
}
