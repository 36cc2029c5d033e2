package terraform

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// deployed evaluates one configuration file.
func deployed(t *testing.T, text string) *model.Deployment {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	tree, err := source.OpenTree(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return Deploy(tree, ".", Options{})
}

func TestEdits(t *testing.T) {
	str := value.OfString
	set := func(path string, v value.Value) func(*model.Resource) []source.Edit {
		return func(r *model.Resource) []source.Edit { return r.Dialect.Set(r, path, v) }
	}
	remove := func(paths ...string) func(*model.Resource) []source.Edit {
		return func(r *model.Resource) []source.Edit { return r.Dialect.Remove(r, paths...) }
	}
	add := func(path string, v value.Value) func(*model.Resource) []source.Edit {
		return func(r *model.Resource) []source.Edit { return r.Dialect.Append(r, path, v) }
	}
	log := func(category string) value.Value {
		return value.OfObject(value.Field{Name: "category", Value: str(category)}, value.Field{Name: "enabled", Value: value.OfBool(true)})
	}
	const pna = "properties.publicNetworkAccess"
	for _, c := range []struct {
		name, typ, before string
		edit              func(*model.Resource) []source.Edit
		want              string // "" for no edit
	}{
		{"replace", "azurerm_cosmosdb_account", "public_network_access_enabled = true # yes", set(pna, str("Disabled")),
			"public_network_access_enabled = false # yes"},
		{"replace null", "azurerm_cosmosdb_account", "public_network_access_enabled = null", set(pna, str("Disabled")),
			"public_network_access_enabled = false"},
		{"insert", "azurerm_cosmosdb_account", "name     = \"a\"\n  location = \"b\"", set(pna, str("Disabled")),
			"name     = \"a\"\n  location = \"b\"\n  public_network_access_enabled = false"},
		{"insert aligned", "azurerm_cosmosdb_account", "name                = \"a\"", set("kind", str("MongoDB")),
			"name                = \"a\"\n  kind                = \"MongoDB\""},
		{"insert before blocks", "azurerm_cosmosdb_account", "name = \"a\"\n  capabilities {\n    name = \"x\"\n  }", set(pna, str("Disabled")),
			"name = \"a\"\n  public_network_access_enabled = false\n  capabilities {\n    name = \"x\"\n  }"},
		{"insert below a comment", "azurerm_cosmosdb_account", "name = \"a\" # why", set(pna, str("Disabled")),
			"name = \"a\" # why\n  public_network_access_enabled = false"},
		{"insert below a heredoc", "azurerm_cosmosdb_account", "name = <<-E\n    a\n  E\n", set(pna, str("Disabled")),
			"name = <<-E\n    a\n  E\n  public_network_access_enabled = false\n"},
		{"inverted", "azurerm_cosmosdb_account", "local_authentication_enabled = true", set("properties.disableLocalAuth", value.OfBool(true)),
			"local_authentication_enabled = false"},
		{"expression", "azurerm_cosmosdb_account", "public_network_access_enabled = !false", set(pna, str("Disabled")), ""},
		{"variable", "azurerm_cosmosdb_account", "public_network_access_enabled = var.x", set(pna, str("Disabled")), ""},
		{"nested", "azurerm_cosmosdb_account", "virtual_network_rule {\n    id = \"x\"\n    ignore_missing_vnet_service_endpoint = true\n  }",
			set("properties.virtualNetworkRules.0.ignoreMissingVNetServiceEndpoint", value.OfBool(false)),
			"virtual_network_rule {\n    id = \"x\"\n    ignore_missing_vnet_service_endpoint = false\n  }"},
		{"block that is not there", "azurerm_linux_web_app", `name = "a"`, set("identity.type", str("SystemAssigned")),
			"name = \"a\"\n  identity {\n    type = \"SystemAssigned\"\n  }"},
		{"more blocks", "azurerm_monitor_diagnostic_setting", "name = \"a\"\n  enabled_log {\n    category = \"x\"\n  }\n  timeouts {}",
			set("properties.logs", value.OfArray(log("x"), log("y"))),
			"name = \"a\"\n  enabled_log {\n    category = \"x\"\n  }\n  enabled_log {\n    category = \"y\"\n  }\n  timeouts {}"},
		{"other blocks", "azurerm_monitor_diagnostic_setting", "name = \"a\"\n  enabled_log {\n    category = \"x\"\n  }",
			set("properties.logs", value.OfArray(log("y"), log("x"))), ""},
		{"no word for it", "azurerm_subnet", "private_endpoint_network_policies_enabled = false",
			set("properties.privateEndpointNetworkPolicies", str("RouteTableEnabled")), ""},
		{"no argument for it", "azurerm_cosmosdb_account", "name = \"a\"", set("properties.unheardOf", value.OfBool(false)), ""},

		{"remove one", "azurerm_cosmosdb_account", `ip_range_filter = ["0.0.0.0", "1.2.3.4"]`, remove("properties.ipRules.0"), `ip_range_filter = ["1.2.3.4"]`},
		{"remove last", "azurerm_cosmosdb_account", `ip_range_filter = ["1.2.3.4", "0.0.0.0"]`, remove("properties.ipRules.1"), `ip_range_filter = ["1.2.3.4"]`},
		{"remove from text", "azurerm_cosmosdb_account", `ip_range_filter = "0.0.0.0,1.2.3.4"`, remove("properties.ipRules.0"), `ip_range_filter = "1.2.3.4"`},
		{"remove from expression", "azurerm_cosmosdb_account", `ip_range_filter = concat(["0.0.0.0"], ["1.2.3.4"])`, remove("properties.ipRules.0"), ""},
		{"remove a computed one", "azurerm_cosmosdb_account", `ip_range_filter = ["1.2.3.4", 1 == 1 ? "0.0.0.0" : "5.6.7.8"]`, remove("properties.ipRules.1"), ""},
		{"remove from a block", "azurerm_private_endpoint", "private_service_connection {\n    subresource_names = [\"Sql\", \"blob\"]\n  }",
			remove("properties.privateLinkServiceConnections.0.properties.groupIds.1"),
			"private_service_connection {\n    subresource_names = [\"Sql\"]\n  }"},
		{"replace element", "azurerm_private_endpoint", "private_service_connection {\n    subresource_names = [\"blob\"]\n  }",
			set("properties.privateLinkServiceConnections.0.properties.groupIds.0", str("Sql")),
			"private_service_connection {\n    subresource_names = [\"Sql\"]\n  }"},

		{"append", "azurerm_subnet", `service_endpoints = ["Microsoft.Storage"]`, add("properties.serviceEndpoints", wrap("service", str("Microsoft.AzureCosmosDB"), source.Span{})),
			`service_endpoints = ["Microsoft.Storage", "Microsoft.AzureCosmosDB"]`},
		{"append to what is computed", "azurerm_subnet", `service_endpoints = [1 == 1 ? "Microsoft.Storage" : "Microsoft.Sql"]`,
			add("properties.serviceEndpoints", wrap("service", str("Microsoft.AzureCosmosDB"), source.Span{})), ""},
		{"append to nothing", "azurerm_subnet", `name = "s"`, add("properties.serviceEndpoints", wrap("service", str("Microsoft.AzureCosmosDB"), source.Span{})),
			"name = \"s\"\n  service_endpoint {\n    service = \"Microsoft.AzureCosmosDB\"\n  }"},

		{"azapi replace", "azapi_resource", "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { publicNetworkAccess = \"Enabled\" } }",
			set(pna, str("Disabled")), "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { publicNetworkAccess = \"Disabled\" } }"},
		{"azapi insert", "azapi_resource", "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = {\n    properties = {\n      a = 1\n    }\n  }",
			set(pna, str("Disabled")),
			"type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = {\n    properties = {\n      a = 1\n      publicNetworkAccess = \"Disabled\"\n    }\n  }"},
		{"azapi remove", "azapi_resource", "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { ipRules = [{ ipAddressOrRange = \"0.0.0.0\" }, { ipAddressOrRange = \"1.2.3.4\" }] } }",
			remove("properties.ipRules.0"), "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { ipRules = [{ ipAddressOrRange = \"1.2.3.4\" }] } }"},
		{"azapi rewrite", "azapi_resource", "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { x = [{ a = 1 }] } }",
			set("properties.x", value.OfArray(str("b"))), "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { x = [\"b\"] } }"},
		{"azapi rewrite what is computed", "azapi_resource", "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { x = [{ a = 1 + 1 }] } }",
			set("properties.x", value.OfArray(str("b"))), ""},
		{"azapi append", "azapi_resource", "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { x = [\"a\"] } }",
			add("properties.x", str("b")), "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = { properties = { x = [\"a\", \"b\"] } }"},
		{"azapi raise", "azapi_resource", "type = \"Microsoft.DocumentDB/databaseAccounts@2020-01-01\"\n  body = {}",
			func(r *model.Resource) []source.Edit { return r.Dialect.Raise(r, "2024-11-15") },
			"type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = {}"},
		{"azapi with jsonencode", "azapi_resource", "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = jsonencode({ properties = { publicNetworkAccess = \"Enabled\" } })",
			set(pna, str("Disabled")), "type = \"Microsoft.DocumentDB/databaseAccounts@2024-11-15\"\n  body = jsonencode({ properties = { publicNetworkAccess = \"Disabled\" } })"},
	} {
		t.Run(c.name, func(t *testing.T) {
			frame := func(body string) string {
				return "variable \"x\" {\n  type = bool\n}\nresource \"" + c.typ + "\" \"r\" {\n  " + body + "\n}\n"
			}
			d := deployed(t, frame(c.before))
			if len(d.Resources) == 0 {
				t.Fatal("no resource")
			}
			got, want := edited(c.edit(d.Resources[0])), ""
			if c.want != "" {
				want = frame(c.want)
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// What is edited says the same as what was asked for.
func TestEditedPropertyHasTheValue(t *testing.T) {
	for name, s := range schemas {
		for i := range s.args {
			a := &s.args[i]
			if a.args != nil || a.json || a.name == "" || a.said || a.form.out == nil && a.form.in != nil || a.form.member != "" {
				continue
			}
			v := value.OfString("x")
			switch {
			case a.form.in == nil:
			case a.form.in(value.OfBool(true)).Kind == value.Bool:
				v = value.OfBool(false)
			default:
				v = a.form.in(value.OfBool(true))
			}
			if !strings.HasPrefix(a.path, "properties.") || v.Kind != value.String && v.Kind != value.Bool {
				continue
			}
			d := deployed(t, "resource \""+name+"\" \"r\" {\n  name = \"n\"\n}\n")
			if len(d.Resources) == 0 {
				continue
			}
			r := d.Resources[0]
			edits := r.Dialect.Set(r, a.path, v)
			if edits == nil {
				t.Errorf("%s: no edit for %s", name, a.path)
				continue
			}
			again := deployed(t, edited(edits))
			if got := follow(again.Resources[0].Body, a.path); value.Equal(got, v) != value.True {
				t.Errorf("%s: %s is %s after the edit, want %s", name, a.path, show(got), show(v))
			}
		}
	}
}
