package terraform

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const planText = `{
  "format_version": "1.2",
  "terraform_version": "1.9.0",
  "planned_values": {},
  "resource_changes": [
    {
      "address": "module.db.azurerm_cosmosdb_account.a[\"x\"]",
      "module_address": "module.db", "mode": "managed", "type": "azurerm_cosmosdb_account", "name": "a", "index": "x",
      "change": {
        "actions": ["create"], "before": null,
        "after": {
          "name": "acct", "resource_group_name": "g", "public_network_access_enabled": true, "key_vault_key_id": null,
          "local_authentication_enabled": false, "backup": [], "virtual_network_rule": [{"id": "/s", "ignore_missing_vnet_service_endpoint": true}]
        },
        "after_unknown": {"id": true, "local_authentication_disabled": true, "default_identity_type": true, "geo_location": true, "virtual_network_rule": [{}]},
        "after_sensitive": {"primary_key": true}
      }
    },
    {
      "address": "azurerm_private_endpoint.e", "mode": "managed", "type": "azurerm_private_endpoint", "name": "e",
      "change": {
        "actions": ["create"],
        "after": {"name": "pe", "resource_group_name": "g",
          "private_service_connection": [{"name": "c", "is_manual_connection": false, "subresource_names": ["Sql"]}]},
        "after_unknown": {"id": true, "private_service_connection": [{"private_connection_resource_id": true, "subresource_names": [false]}]}
      }
    },
    {
      "address": "azurerm_cosmosdb_account.gone", "mode": "managed", "type": "azurerm_cosmosdb_account", "name": "gone",
      "change": {"actions": ["delete"], "before": {"name": "gone"}, "after": null, "after_unknown": {}}
    }
  ],
  "configuration": {
    "provider_config": {"azurerm": {"name": "azurerm", "version_constraint": "~> 4.80"}},
    "root_module": {
      "resources": [{"address": "azurerm_private_endpoint.e", "expressions": {
        "private_service_connection": [{"private_connection_resource_id": {"references": ["module.db.account_id", "module.db"]}}]}}],
      "module_calls": {"db": {"source": "./db", "module": {
        "outputs": {"account_id": {"expression": {"references": ["azurerm_cosmosdb_account.a[\"x\"].id", "azurerm_cosmosdb_account.a[\"x\"]", "azurerm_cosmosdb_account.a"]}}},
        "resources": [{"address": "azurerm_cosmosdb_account.a", "expressions": {}}]
      }}}
    }
  }
}
`

func deployedPlan(t *testing.T, files map[string]string) *model.Deployment {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := source.OpenTree(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	f, err := tree.Read("plan.json")
	if err != nil {
		t.Fatal(err)
	}
	if !IsPlan(f) {
		t.Fatal("the plan is not recognised")
	}
	return DeployPlan(tree, f, nil)
}

func TestPlan(t *testing.T) {
	d := deployedPlan(t, map[string]string{"plan.json": planText})
	account, endpoint := only(t, d, accountType), only(t, d, endpointType)
	for path, want := range map[string]string{
		"properties.publicNetworkAccess":                                    `"Enabled"`,
		"properties.disableLocalAuth":                                       `true`,
		"properties.keyVaultKeyUri":                                         `{"$absent":true}`,
		"properties.defaultIdentity":                                        `"FirstPartyIdentity"`, // nobody has configured it
		"properties.locations":                                              `{"$unknown":""}`,
		"properties.virtualNetworkRules.0.ignoreMissingVNetServiceEndpoint": `true`,
	} {
		if got := show(follow(account.Body, path)); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	if account.Path != `module.db.azurerm_cosmosdb_account.a["x"]` || account.Declaration != "module.db.azurerm_cosmosdb_account.a" {
		t.Errorf("path %s, declaration %s", account.Path, account.Declaration)
	}
	if account.Header.File == nil || account.Header.Begin().Line != 7 {
		t.Errorf("header %q", account.Header.Text())
	}
	target := follow(endpoint.Body, autoConnections+".0.properties.privateLinkServiceId")
	if account.Refers(target) != value.True {
		t.Errorf("the endpoint leads to %s", show(target))
	}
	if got := account.Dialect.Spell("", "properties.disableLocalAuth"); got != "local_authentication_enabled" && got != "local_authentication_disabled" {
		t.Errorf("spelled %s", got)
	}
}

func TestPlanBesideItsSource(t *testing.T) {
	d := deployedPlan(t, map[string]string{
		"plan.json":  planText,
		"main.tf":    "module \"db\" {\n  source = \"./db\"\n}\nresource \"azurerm_private_endpoint\" \"e\" {\n}\n",
		"db/main.tf": "resource \"azurerm_cosmosdb_account\" \"a\" {\n  for_each = toset([\"x\"])\n  public_network_access_enabled = var.p\n}\n",
	})
	account := only(t, d, accountType)
	if account.Header.File == nil || account.Header.File.Path != "db/main.tf" {
		t.Fatalf("header %v", account.Header)
	}
	properties, _ := account.Body.Lookup("properties")
	f, _ := properties.Value.Lookup("publicNetworkAccess")
	if f.Site.Text() != "public_network_access_enabled = var.p" {
		t.Errorf("site %q", f.Site.Text())
	}
}

func TestIsPlan(t *testing.T) {
	for text, want := range map[string]bool{
		`{"format_version":"1.0","terraform_version":"1.5","values":{}}`: true,
		`{"format_version":"1.2","planned_values":{}}`:                   true,
		`{"$schema":"https://schema.management.azure.com/…"}`:            false,
		`{"values":{}}`: false,
		``:              false,
	} {
		if got := IsPlan(source.NewFile("x.json", []byte(text))); got != want {
			t.Errorf("IsPlan(%s) = %v", text, got)
		}
	}
}

func TestState(t *testing.T) {
	f := source.NewFile("s.json", []byte(`{"format_version":"1.0","values":{"root_module":{"child_modules":[{"resources":[
		{"address":"module.a.azurerm_cosmosdb_account.a","mode":"managed","type":"azurerm_cosmosdb_account","name":"a",
		 "values":{"name":"a","public_network_access_enabled":false}}]}]}}}`))
	r := only(t, DeployPlan(nil, f, nil), accountType)
	if got := show(r.Body.GetPath("properties.publicNetworkAccess")); got != `"Disabled"` {
		t.Errorf("publicNetworkAccess is %s", got)
	}
}
