package parsers

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const accountType = "Microsoft.DocumentDB/databaseAccounts"

// accountsOf evaluates the only unit of a folder of files.
func accountsOf(t *testing.T, files map[string]string) []*model.Resource {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := source.OpenTree(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	set := Find(tree, []string{"main.tf"}, Options{All: true})
	if len(set.Units) != 1 {
		t.Fatalf("%d units", len(set.Units))
	}
	return set.Units[0].Deploy(nil).OfType(accountType)
}

// A template that Terraform deploys is evaluated like any other, and its values are where the configuration has them.
func TestTemplateWithinTerraform(t *testing.T) {
	const head = "variable \"access\" {\n  type = string\n}\nresource \"azurerm_resource_group_template_deployment\" \"t\" {\n" +
		"  name                = \"t\"\n  resource_group_name = \"g\"\n"
	const template = `{"resources": [{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15",
		"name": "[parameters('name')]", "properties": {"minimalTlsVersion": "Tls"}}], "parameters": {"name": {"type": "string"}}}`
	for name, files := range map[string]map[string]string{
		"jsonencode": {"main.tf": head + `  template_content = jsonencode({
    resources = [{
      type       = "Microsoft.DocumentDB/databaseAccounts"
      apiVersion = "2024-05-15"
      name       = "[parameters('name')]"
      properties = { publicNetworkAccess = var.access, minimalTlsVersion = "Tls" }
    }]
    parameters = { name = { type = "string" } }
  })
  parameters_content = jsonencode({ name = { value = "acct" } })
}
`},
		"heredoc": {"main.tf": head + "  template_content = <<JSON\n" + template + "\nJSON\n  parameters_content = \"{\\\"name\\\":{\\\"value\\\":\\\"acct\\\"}}\"\n}\n"},
		"file": {"main.tf": head + "  template_content = file(\"${path.module}/t.json\")\n  parameters_content = jsonencode({ name = { value = \"acct\" } })\n}\n",
			"t.json": template},
	} {
		t.Run(name, func(t *testing.T) {
			accounts := accountsOf(t, files)
			if len(accounts) != 1 {
				t.Fatalf("%d accounts", len(accounts))
			}
			a := accounts[0]
			if got, _ := a.Name.Text(); got != "acct" {
				t.Errorf("name %q", got)
			}
			properties, _ := a.Body.Lookup("properties")
			tls, ok := properties.Value.Lookup("minimalTlsVersion")
			if got := tls.Value.Span.Text(); !ok || got != `"Tls"` {
				t.Errorf("the value is written at %q", got)
			}
			if access := a.Body.GetPath("properties.publicNetworkAccess"); name == "jsonencode" && (access.Kind != value.Unknown || access.Sym() != "var.access") {
				t.Errorf("publicNetworkAccess: %s %q", access.Kind, access.Sym())
			}
		})
	}
}
