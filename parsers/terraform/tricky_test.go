package terraform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
)

// tricky are cases that tools are known to get wrong: 14, 22, 24, 26, 31 and 33 are below, 25 is in
// testdata/script/terraform_template.txtar, 30 in TestPlan. Arguments in want are paths of the only account, "count" is how many
// accounts there are, "exists" whether the first is certain.
var tricky = []struct {
	name  string
	files map[string]string
	opt   Options
	want  map[string]string
}{
	{"1 variable without a value", trickyAccount(`public_network_access_enabled = var.p`, `variable "p" { type = bool }`), Options{},
		map[string]string{pna: `{"$oneOf":["Disabled","Enabled"]}`}},
	{"2 variable that is null", trickyAccount(`public_network_access_enabled = var.p`, `variable "p" { default = null }`), Options{},
		map[string]string{pna: `"Enabled"`}},
	{"3 null passed to a module keeps its default away", trickyCall(`p = null`, `variable "p" {
  type    = bool
  default = false
}`), Options{}, map[string]string{pna: `"Enabled"`}},
	{"3 unless the variable is not nullable", trickyCall(`p = null`, `variable "p" {
  type     = bool
  default  = false
  nullable = false
}`), Options{}, map[string]string{pna: `"Disabled"`}},
	{"4 null in an object selects the default of optional", trickyAccount(`public_network_access_enabled = var.c.pna`, `variable "c" {
  type    = object({ pna = optional(bool, false) })
  default = { pna = null }
}`), Options{}, map[string]string{pna: `"Disabled"`}},
	{"5 text for a bool", trickyAccount(`public_network_access_enabled = "false"`, ``), Options{}, map[string]string{pna: `"Disabled"`}},
	{"5 in capitals it is none", trickyAccount(`public_network_access_enabled = "FALSE"`, ``), Options{},
		map[string]string{pna: `{"$oneOf":["Disabled","Enabled"]}`}},
	{"6 branches", trickyAccount(`public_network_access_enabled = var.env == "prod" ? false : true`, `variable "env" {}`), Options{},
		map[string]string{pna: `{"$oneOf":["Disabled","Enabled"]}`}},
	{"6 equal branches", trickyAccount(`public_network_access_enabled = var.u ? false : false`, `variable "u" {}`), Options{},
		map[string]string{pna: `"Disabled"`}},
	{"7 and", trickyAccount(`public_network_access_enabled = var.u && false`, `variable "u" {}`), Options{}, map[string]string{pna: `"Disabled"`}},
	{"7 or", trickyAccount(`local_authentication_enabled = var.u || true`, `variable "u" {}`), Options{}, map[string]string{localAuth: `false`}},
	{"8 comma string", trickyAccount(`ip_range_filter = "0.0.0.0,10.0.0.0/16"`, ``), Options{},
		map[string]string{ipRules: `[{"ipAddressOrRange":"0.0.0.0"},{"ipAddressOrRange":"10.0.0.0/16"}]`}},
	{"8 set", trickyAccount(`ip_range_filter = ["0.0.0.0"]`, ``), Options{}, map[string]string{ipRules: `[{"ipAddressOrRange":"0.0.0.0"}]`}},
	{"8 empty text", trickyAccount(`ip_range_filter = ""`, ``), Options{}, map[string]string{ipRules: `[]`}},
	{"8 empty set", trickyAccount(`ip_range_filter = []`, ``), Options{}, map[string]string{ipRules: `[]`}},
	{"8 joined", trickyAccount(`ip_range_filter = join(",", concat(["0.0.0.0"], var.more))`, `variable "more" { type = list(string) }`), Options{},
		map[string]string{ipRules: `[{"ipAddressOrRange":"0.0.0.0"},{"$more":true}]`}},
	{"9 partly known list", trickyAccount(`ip_range_filter = concat(["0.0.0.0"], var.more)`, `variable "more" { type = list(string) }`), Options{},
		map[string]string{ipRules: `[{"ipAddressOrRange":"0.0.0.0"},{"$more":true}]`}},
	{"10 block that may be there", trickyAccount("dynamic \"backup\" {\n    for_each = var.cont ? [1] : []\n    content {\n      type = \"Continuous\"\n    }\n  }", `variable "cont" { type = bool }`),
		Options{}, map[string]string{"properties.backupPolicy": `{"$unknown":""}`}},
	{"11 block for a reference", trickyAccount("dynamic \"virtual_network_rule\" {\n    for_each = { a = azurerm_subnet.s.id }\n    content {\n      id = virtual_network_rule.value\n    }\n  }",
		"resource \"azurerm_subnet\" \"s\" {\n  name = \"s\"\n  virtual_network_name = \"v\"\n  resource_group_name = \"g\"\n}"), Options{},
		map[string]string{"properties.virtualNetworkRules.0.id": `{"$template":["/subscriptions/",{"$unknown":"subscription()"},"/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s"]}`}},
	{"12 count that is not known", trickyAccount(`count = var.make ? 1 : 0`, `variable "make" { type = bool }`), Options{},
		map[string]string{"count": "1", "exists": "maybe"}},
	{"12 count of a file of variables", withFile(trickyAccount(`count = var.make ? 1 : 0`, `variable "make" { type = bool }`), "terraform.tfvars", "make = false\n"), Options{},
		map[string]string{"count": "0"}},
	{"13 for_each that is not known", trickyAccount(`for_each = toset(var.names)`, `variable "names" { type = list(string) }`), Options{},
		map[string]string{"count": "1", "exists": "maybe"}},
	{"13 known keys, values that are not", trickyAccount("for_each = { for r in [\"eu\", \"us\"] : r => var.z[r] }\n  minimal_tls_version = each.value", `variable "z" { type = map(string) }`), Options{},
		map[string]string{"count": "2", "exists": "yes", "properties.minimalTlsVersion": `{"$unknown":"var.z.eu"}`}},
	{"15 the older name", trickyAccount(`local_authentication_disabled = true`, ``), Options{}, map[string]string{localAuth: `true`}},
	{"15 the newer name", trickyAccount(`local_authentication_enabled = false`, ``), Options{}, map[string]string{localAuth: `true`}},
	{"15 neither", trickyAccount(``, ``), Options{}, map[string]string{localAuth: `false`}},
	{"15 metadata", trickyAccount(`access_key_metadata_writes_enabled = false`, ``), Options{},
		map[string]string{"properties.disableKeyBasedMetadataWriteAccess": `true`}},
	{"16 jsonencode of what is partly known", trickyBody(`jsonencode({ properties = { publicNetworkAccess = "Enabled", keyVaultKeyUri = azurerm_key_vault_key.k.versionless_id } })`,
		`resource "azurerm_key_vault_key" "k" {}`), Options{}, map[string]string{pna: `"Enabled"`}},
	{"17 merge is not deep", trickyBody(`merge(local.base, { properties = { b = 1 } })`, "locals {\n  base = { properties = { a = 1 } }\n}"), Options{},
		map[string]string{"properties.a": `{"$absent":true}`, "properties.b": `1`}},
	{"18 null in a body", trickyBody(`{ properties = { disableLocalAuth = null } }`, ``), Options{}, map[string]string{localAuth: `null`}},
	{"19 override", withFile(trickyAccount(`minimal_tls_version = "Tls"`, ``), "x_override.tf", "resource \"azurerm_cosmosdb_account\" \"a\" {\n  minimal_tls_version = \"Tls12\"\n}\n"),
		Options{}, map[string]string{"properties.minimalTlsVersion": `"Tls12"`}},
	{"19 OpenTofu's file counts", withFile(trickyAccount(`minimal_tls_version = "Tls"`, ``), "main.tofu", "resource \"azurerm_cosmosdb_account\" \"a\" {\n  minimal_tls_version = \"Tls12\"\n}\n"),
		Options{}, map[string]string{"properties.minimalTlsVersion": `"Tls12"`, "count": "1"}},
	{"20 override of blocks", withFile(trickyAccount("geo_location {\n    location = \"a\"\n  }\n  geo_location {\n    location = \"b\"\n  }", ``), "override.tf",
		"resource \"azurerm_cosmosdb_account\" \"a\" {\n  geo_location {\n    location = \"c\"\n  }\n}\n"), Options{},
		map[string]string{"properties.locations.0.locationName": `"c"`, "properties.locations.1": `{"$absent":true}`}},
	{"21 files of variables in order", withFile(withFile(withFile(trickyAccount(`public_network_access_enabled = var.p`, `variable "p" {}`), "terraform.tfvars", "p = true\n"),
		"b.auto.tfvars", "p = false\n"), "a.auto.tfvars", "p = true\n"), Options{}, map[string]string{pna: `"Disabled"`}},
	{"23 beginning of a text", trickyAccount(`key_vault_key_id = "https://kv.vault.azure.net/keys/${var.k}"`, `variable "k" {}`), Options{},
		map[string]string{keyURI: `{"$template":["https://kv.vault.azure.net/keys/",{"$unknown":"var.k"}]}`}},
	{"23 unknown text", trickyAccount(`key_vault_key_id = var.k`, `variable "k" {}`), Options{}, map[string]string{keyURI: `{"$unknown":"var.k"}`}},
	{"23 address of a key without its version", trickyAccount(`key_vault_key_id = azurerm_key_vault_key.k.versionless_id`, trickyKey), Options{},
		map[string]string{keyURI: `{"$unknown":"reference('/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/keys/k').keyUri"}`}},
	{"23 address of a key with its version", trickyAccount(`key_vault_key_id = azurerm_key_vault_key.k.id`, trickyKey), Options{},
		map[string]string{keyURI: `{"$unknown":"reference('/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/keys/k').keyUriWithVersion"}`}},
	{"default that breaks its validation", trickyAccount(`minimal_tls_version = var.v`,
		"variable \"v\" {\n  default = \"Tls\"\n  validation {\n    condition = alltrue([for x in [var.v] : startswith(x, \"Tls1\")])\n  }\n}"), Options{},
		map[string]string{"properties.minimalTlsVersion": `{"$unknown":"var.v"}`}},
	{"default whose validation asks for more", trickyAccount(`minimal_tls_version = var.v`,
		"variable \"u\" {}\nvariable \"v\" {\n  default = \"Tls\"\n  validation {\n    condition = var.u && var.v != \"Tls\"\n  }\n}"), Options{},
		map[string]string{"properties.minimalTlsVersion": `"Tls"`}},
	{"variable that is declared nowhere", trickyAccount(`minimal_tls_version = var.nowhere`, ``), Options{},
		map[string]string{"properties.minimalTlsVersion": `{"$unknown":"var.nowhere"}`}},
	{"local that is declared nowhere", trickyAccount(`minimal_tls_version = try(local.nowhere, "Tls12")`, ``), Options{},
		map[string]string{"properties.minimalTlsVersion": `{"$oneOf":[{"$unknown":"local.nowhere"},"Tls12"]}`}},
	{"23 empty text", trickyAccount(`key_vault_key_id = ""`, ``), Options{}, map[string]string{keyURI: `null`}},
	{"23 address of a key that is read", trickyAccount(`key_vault_key_id = data.azurerm_key_vault_key.k.versionless_id`,
		`data "azurerm_key_vault_key" "k" {}`), Options{}, map[string]string{keyURI: `{"$unknown":"reference(data.azurerm_key_vault_key.k.id).keyUri"}`}},
	{"23 address of a key in a vault that is not known", trickyAccount(`key_vault_key_id = azurerm_key_vault_key.k.id`, `resource "azurerm_key_vault_key" "k" {}`), Options{},
		map[string]string{keyURI: `{"$unknown":"reference(azurerm_key_vault_key.k.id).keyUriWithVersion"}`}},
	{"27 one module, two sets of arguments", map[string]string{
		"main.tf":   "module \"x\" {\n  source = \"./m\"\n  p = false\n}\nmodule \"y\" {\n  source = \"./m\"\n  p = true\n}\n",
		"m/main.tf": "variable \"p\" {}\nresource \"azurerm_cosmosdb_account\" \"a\" {\n  public_network_access_enabled = var.p\n}\n"}, Options{},
		map[string]string{"count": "2", pna: `"Disabled"`, "1." + pna: `"Enabled"`}},
	{"28 cycle", trickyAccount(`minimal_tls_version = local.a`, "locals {\n  a = local.b\n  b = local.a\n}"), Options{},
		map[string]string{"properties.minimalTlsVersion": `{"$unknown":""}`, "problems": "1"}},
	{"29 JSON block as an object", map[string]string{"main.tf.json": `{"resource": {"azurerm_cosmosdb_account": {"a": {"geo_location": {"location": "westeurope", "failover_priority": 0}}}}}`}, Options{},
		map[string]string{"properties.locations.0.locationName": `"westeurope"`}},
	{"29 JSON block as a list", map[string]string{"main.tf.json": `{"resource": {"azurerm_cosmosdb_account": {"a": {"geo_location": [{"location": "westeurope", "failover_priority": 0}]}}}}`}, Options{},
		map[string]string{"properties.locations.0.locationName": `"westeurope"`}},
	{"29 JSON template", map[string]string{"main.tf.json": `{"resource": {"azurerm_cosmosdb_account": {"a": {"public_network_access_enabled": "${false}"}}}}`}, Options{},
		map[string]string{pna: `"Disabled"`}},
	{"32 OpenTofu's enabled", trickyAccount("lifecycle {\n    enabled = false\n  }", `output "o" { value = azurerm_cosmosdb_account.a }`), Options{},
		map[string]string{"count": "0", "output": `null`}},
	{"34 moved, removed and imported", trickyAccount(``, "moved {\n  from = azurerm_cosmosdb_account.old\n  to = azurerm_cosmosdb_account.a\n}\nremoved {\n  from = azurerm_cosmosdb_account.older\n  lifecycle {\n    destroy = false\n  }\n}\nimport {\n  to = azurerm_cosmosdb_account.a\n  id = \"/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/x\"\n}"),
		Options{}, map[string]string{"count": "1", "id": `"/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/x"`}},
}

const (
	pna       = "properties.publicNetworkAccess"
	localAuth = "properties.disableLocalAuth"
	ipRules   = "properties.ipRules"
	keyURI    = "properties.keyVaultKeyUri"
)

const trickyKey = `resource "azurerm_key_vault_key" "k" {
  name         = "k"
  key_vault_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v"
}`

func trickyAccount(arguments, rest string) map[string]string {
	return map[string]string{"main.tf": "resource \"azurerm_cosmosdb_account\" \"a\" {\n  name = \"a\"\n  resource_group_name = \"g\"\n  " + arguments + "\n}\n" + rest + "\n"}
}

func trickyCall(arguments, variables string) map[string]string {
	return map[string]string{"main.tf": "module \"m\" {\n  source = \"./m\"\n  " + arguments + "\n}\n",
		"m/main.tf": trickyAccount(`public_network_access_enabled = var.p`, variables)["main.tf"]}
}

func trickyBody(body, rest string) map[string]string {
	return map[string]string{"main.tf": "resource \"azapi_resource\" \"a\" {\n  type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  name = \"a\"\n  body = " + body + "\n}\n" + rest + "\n"}
}

func withFile(files map[string]string, name, text string) map[string]string {
	files[name] = text
	return files
}

func TestTrickyCases(t *testing.T) {
	for _, c := range tricky {
		t.Run(c.name, func(t *testing.T) {
			d := deployFiles(t, c.files, c.opt)
			for path, want := range c.want {
				if got := told(d, path); got != want {
					t.Errorf("%s is %s, want %s", path, got, want)
				}
			}
		})
	}
}

func told(d *model.Deployment, path string) string {
	accounts := d.OfType(accountType)
	switch path {
	case "count":
		return fmt.Sprint(len(accounts))
	case "problems":
		return fmt.Sprint(len(d.Diagnostics))
	case "output":
		return outputOf(d, "o")
	}
	i := 0
	if rest, ok := strings.CutPrefix(path, "1."); ok {
		i, path = 1, rest
	}
	if len(accounts) <= i {
		return "no account"
	}
	switch path {
	case "exists":
		return accounts[i].Exists.String()
	case "id":
		return show(accounts[i].ID)
	}
	return show(follow(accounts[i].Body, path))
}

// 14: whatever way a reference takes, it leads to its resource.
func TestTrickyReferences(t *testing.T) {
	const body = "  name = \"a\"\n  resource_group_name = \"g\"\n"
	for _, c := range []struct{ repeat, ref string }{
		{``, `azurerm_cosmosdb_account.a.id`},
		{``, `resource.azurerm_cosmosdb_account.a.id`},
		{``, `one(azurerm_cosmosdb_account.a[*].id)`},
		{`count = 1`, `one(azurerm_cosmosdb_account.a[*].id)`},
		{`count = 1`, `azurerm_cosmosdb_account.a[0].id`},
		{`count = 1`, `element(azurerm_cosmosdb_account.a.*.id, 0)`},
		{`count = 1`, `try(azurerm_cosmosdb_account.a[0].id, null)`},
		{`count = 1`, `join("", azurerm_cosmosdb_account.a[*].id)`},
		{`for_each = toset(["k"])`, `values(azurerm_cosmosdb_account.a)[0].id`},
		{`for_each = toset(["k"])`, `azurerm_cosmosdb_account.a["k"].id`},
		{`for_each = toset(["k"])`, `{ for k, v in azurerm_cosmosdb_account.a : k => v.id }["k"]`},
		{``, `module.m.id`},
		{``, `"${azurerm_cosmosdb_account.a.id}"`},
		{``, `lookup({ a = azurerm_cosmosdb_account.a.id }, "a", "")`},
		{``, `data.azurerm_cosmosdb_account.d.id`},
	} {
		d := deployFiles(t, map[string]string{
			"main.tf": "resource \"azurerm_cosmosdb_account\" \"a\" {\n" + body + "  " + c.repeat + "\n}\n" +
				"data \"azurerm_cosmosdb_account\" \"d\" {\n" + body + "}\n" +
				"module \"m\" {\n  source = \"./m\"\n  id = azurerm_cosmosdb_account.a.id\n}\n" +
				"resource \"azurerm_private_endpoint\" \"e\" {\n  private_service_connection {\n    private_connection_resource_id = " + c.ref + "\n  }\n}\n",
			"m/main.tf": "variable \"id\" {}\noutput \"id\" { value = var.id }\n",
		}, Options{})
		target := follow(only(t, d, endpointType).Body, autoConnections+".0.properties.privateLinkServiceId")
		if got := d.OfType(accountType)[0].Refers(target); got.String() != "true" {
			t.Errorf("%s %s: %s leads to the account: %s", c.repeat, c.ref, show(target), got)
		}
	}
}

// 22: keys are followed into settings; what refers to a vault is none. 24: what is managed elsewhere is not missing. 31: an
// empty list is not an absent one. 33: what is attached by an argument of its own.
func TestTrickyResources(t *testing.T) {
	for _, c := range []struct{ name, main, typ, path, want string }{
		{"22 key in a connection string", "resource \"azurerm_cosmosdb_account\" \"a\" {}\nresource \"azurerm_linux_web_app\" \"w\" {\n  app_settings = { CONN = \"AccountEndpoint=x;AccountKey=${azurerm_cosmosdb_account.a.primary_key};\" }\n}\n",
			"Microsoft.Web/sites", "properties.siteConfig.appSettings.0.value", `{"$secret":"format('AccountEndpoint=x;AccountKey={0};', azurerm_cosmosdb_account.a.primary_key)"}`},
		{"22 reference to a vault", "resource \"azurerm_key_vault_secret\" \"s\" {}\nresource \"azurerm_linux_web_app\" \"w\" {\n  app_settings = { CONN = \"@Microsoft.KeyVault(SecretUri=x)\" }\n}\n",
			"Microsoft.Web/sites", "properties.siteConfig.appSettings.0.value", `"@Microsoft.KeyVault(SecretUri=x)"`},
		{"22 key of an account elsewhere", "data \"azurerm_cosmosdb_account\" \"d\" {}\nresource \"azurerm_linux_web_app\" \"w\" {\n  app_settings = { CONN = try(data.azurerm_cosmosdb_account.d.primary_key, \"\") }\n}\n",
			"Microsoft.Web/sites", "properties.siteConfig.appSettings.0.value", `{"$secret":"data.azurerm_cosmosdb_account.d.primary_key"}`},
		{"31 empty list of rules", "resource \"azurerm_network_security_group\" \"g\" {\n  security_rule = []\n}\n", groupsType, "properties.securityRules", `[]`},
		{"31 none", "resource \"azurerm_network_security_group\" \"g\" {}\n", groupsType, "properties.securityRules", `{"$absent":true}`},
		{"33 write-only argument", "resource \"azurerm_subnet\" \"s\" {\n  network_security_group_id_wo = \"/x\"\n}\n", subnetType, "properties.networkSecurityGroup.id", `"/x"`},
	} {
		d := deployFiles(t, map[string]string{"main.tf": c.main}, Options{})
		if got := show(follow(only(t, d, c.typ).Body, c.path)); got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.name, c.path, got, c.want)
		}
	}
	d := deployFiles(t, map[string]string{"main.tf": "resource \"azurerm_private_endpoint\" \"e\" {\n  name = \"e\"\n  private_service_connection {\n    name = \"c\"\n  }\n  lifecycle {\n    ignore_changes = [private_dns_zone_group]\n  }\n}\n"}, Options{})
	if group := only(t, d, endpointType+"/privateDnsZoneGroups"); !group.Existing {
		t.Error("24: the zone group is missing")
	}
	// 26: a module that is not here may hold what is missing.
	d = deployFiles(t, map[string]string{"main.tf": "module \"m\" {\n  source = \"Azure/x/azurerm\"\n}\n"}, Options{})
	if len(d.Opaque) != 1 || d.Opaque[0].Source != "Azure/x/azurerm" {
		t.Errorf("26: %v", d.Opaque)
	}
}

// A text that a function leaves as it was stays where it was written.
func TestUnchangedTextKeepsItsPlace(t *testing.T) {
	d := deployFiles(t, map[string]string{
		"main.tf": "module \"m\" {\n  source = \"./m\"\n  ips = [\"0.0.0.0\"]\n}\n",
		"m/main.tf": "variable \"ips\" { type = set(string) }\nlocals {\n  ips = [for ip in var.ips : trimspace(ip)]\n}\n" +
			"resource \"azurerm_cosmosdb_account\" \"a\" {\n  ip_range_filter = local.ips\n}\n",
	}, Options{})
	v := follow(only(t, d, accountType).Body, "properties.ipRules.0.ipAddressOrRange")
	if v.Span.File == nil || v.Span.File.Path != "main.tf" || v.Span.Text() != `"0.0.0.0"` {
		t.Errorf("it is at %q", v.Span.Text())
	}
}

// The major version is told by the arguments where nothing else tells it.
func TestMajorByArguments(t *testing.T) {
	for arguments, want := range map[string]string{
		"enable_automatic_failover = true":  "local_authentication_disabled",
		"automatic_failover_enabled = true": "local_authentication_enabled",
	} {
		d := deployFiles(t, trickyAccount(arguments, ""), Options{})
		if got := only(t, d, accountType).Dialect.Spell("", localAuth); got != want {
			t.Errorf("%s: %s, want %s", arguments, got, want)
		}
	}
}
