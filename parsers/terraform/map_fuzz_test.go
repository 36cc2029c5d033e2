package terraform

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// FuzzPlan maps whatever a plan may say of any type: nothing makes the mapping crash, and edits stay within their file.
func FuzzPlan(f *testing.F) {
	f.Add([]byte(planText))
	f.Add([]byte(`{"format_version":"1.0","values":{"root_module":{"resources":[{"address":"azapi_resource.a","type":"azapi_resource","values":{"type":"@","body":[1]}}]}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := DeployPlan(nil, source.NewFile("p.json", data), nil)
		for _, r := range d.Resources {
			probe(t, r.Dialect.Set(r, "properties.publicNetworkAccess", value.OfString("Disabled")))
			probe(t, r.Dialect.Remove(r, "properties.ipRules.0"))
			probe(t, r.Dialect.Append(r, "properties.serviceEndpoints", value.OfString("x")))
		}
	})
}

// FuzzMap maps a config of any shape as each of the types.
func FuzzMap(f *testing.F) {
	f.Add("azurerm_private_endpoint", `{"private_service_connection":[{"is_manual_connection":"true"}],"private_dns_zone_group":{}}`)
	f.Add("azurerm_cosmosdb_account", `{"ip_range_filter":["0.0.0.0"],"backup":[{"type":[]}],"identity":{"identity_ids":[null]}}`)
	f.Add("azapi_resource", `{"type":"Microsoft.X/a/b@2020-01-01","body":"{\"properties\":{}}","parent_id":"/"}`)
	f.Add("azurerm_resource_group_template_deployment", `{"template_content":"{}","parameters_content":"{}"}`)
	f.Fuzz(func(t *testing.T, typ, text string) {
		file := source.NewFile("c.json", []byte(text))
		c, ok := jsonFile(file)
		if !ok || c.Kind != value.Object {
			return
		}
		for major := range 6 {
			d := mapped(&Instance{Type: typ, Name: "x", Address: typ + ".x", Config: c, Provider: Provider{Major: major}})
			for _, r := range d.Resources {
				value.AppendJSON(nil, r.Body)
				r.Dialect.Spell(r.Type, "properties."+text)
				probe(t, r.Dialect.Set(r, "properties.publicNetworkAccess", value.OfString("Disabled")))
			}
		}
	})
}

func probe(t *testing.T, edits []source.Edit) {
	t.Helper()
	for _, e := range edits {
		if e.Span.File == nil || e.Span.Start < 0 || e.Span.End > len(e.Span.File.Data) || e.Span.Start > e.Span.End {
			t.Fatalf("edit at %d-%d", e.Span.Start, e.Span.End)
		}
	}
}
