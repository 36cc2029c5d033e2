package lint

import (
	"fmt"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestWithoutIndexes(t *testing.T) {
	for path, want := range map[string]string{
		"properties.ipRules.0.ipAddressOrRange":   "properties.ipRules.ipAddressOrRange",
		"properties.ipRules.12":                   "properties.ipRules",
		"properties.cors.0.allowedOrigins.1":      "properties.cors.allowedOrigins",
		"Microsoft.X/a/db[0]":                     "Microsoft.X/a/db",
		"m[1]/db[*]":                              "m/db",
		"azurerm_cosmosdb_account.main[\"west\"]": "azurerm_cosmosdb_account.main",
		"properties.v1.0x":                        "properties.v1.0x",
		"a[":                                      "a[",
		"":                                        "",
	} {
		if got := withoutIndexes(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

// TestFingerprint tells findings apart by rule, deployment, resource, property and detail, and by nothing else.
func TestFingerprint(t *testing.T) {
	base := diag.Diagnostic{Code: "CDB103", EntryPoint: "main.json", Subject: &diag.Subject{Path: "db1"},
		Property: "properties.ipRules.0", Detail: "'0.0.0.0'"}
	same, other := base, []diag.Diagnostic{base, base, base, base}
	same.Property, same.Message, same.Severity = "properties.ipRules.4", "said otherwise", diag.Note
	same.Subject = &diag.Subject{Path: "DB1[2]"}
	other[0].Code = "CDB102"
	other[1].Subject = &diag.Subject{Path: "db2"}
	other[2].Property = "properties.cors.0"
	other[3].Detail = "'0.0.0.0/0'"
	want := fingerprint(&base, "main.json")
	if got := fingerprint(&same, "main.json"); got != want {
		t.Errorf("a finding that moved is another one: %s, %s", got, want)
	}
	if fingerprint(&base, "other.json") == want {
		t.Error("another deployment does not matter")
	}
	for i := range other {
		if fingerprint(&other[i], "main.json") == want {
			t.Errorf("%+v is the same finding", other[i])
		}
	}
}

// TestWorlds flips one parameter at a time, then those of each switch together, each world once and not too many.
func TestWorlds(t *testing.T) {
	yes, no := value.OfBool(true), value.OfBool(false)
	switches := []model.Switch{
		{Parameters: []string{"A"}, Values: []value.Value{yes}},
		{Parameters: []string{"A", "b"}, Values: []value.Value{yes, no}},
		{Parameters: []string{"A", "b"}, Values: []value.Value{yes, no}},
	}
	var got []string
	for _, w := range worlds(switches) {
		got = append(got, fmt.Sprint(w.names, len(w.overrides)))
		if !w.overrides["a"].Is(true) && !w.overrides["b"].Is(false) {
			t.Errorf("overrides are not by names in lower case: %v", w.overrides)
		}
	}
	if want := "[[A] 1 [b] 1 [A b] 2]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	many := make([]model.Switch, 2*maxWorlds)
	for i := range many {
		many[i] = model.Switch{Parameters: []string{fmt.Sprint("p", i)}, Values: []value.Value{yes}}
	}
	if got := len(worlds(many)); got != maxWorlds {
		t.Errorf("%d worlds, want %d", got, maxWorlds)
	}
}

// TestTypes asks for the types that rules look at, in any letter case and in the old spelling of extension resources.
func TestTypes(t *testing.T) {
	for typ, want := range map[string][2]bool{ // wanted, primary
		"Microsoft.DocumentDB/databaseAccounts":                                      {true, true},
		"MICROSOFT.DOCUMENTDB/databaseaccounts/sqlRoleAssignments":                   {true, true},
		"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers":              {false, false},
		"Microsoft.Network/privateEndpoints":                                         {true, true},
		"Microsoft.Network/virtualNetworks":                                          {true, false},
		"Microsoft.DocumentDB/databaseAccounts/providers/diagnosticSettings":         {true, false},
		"Microsoft.Storage/storageAccounts/providers/Microsoft.Security/atpSettings": {true, false},
		"Microsoft.Compute/virtualMachines":                                          {true, false},
		"Microsoft.Compute/disks":                                                    {false, false},
		"Microsoft.Network/networkSecurityGroups/securityRules":                      {true, false},
		"Microsoft.Network/ipGroups":                                                 {true, false},
		"Microsoft.Network/publicIPPrefixes":                                         {false, false},
		"Microsoft.Insights/diagnosticSettings":                                      {true, false},
		"Microsoft.Insights/components":                                              {false, false},
		"Microsoft.Security/advancedThreatProtectionSettings":                        {true, false},
		"Microsoft.Security/pricings":                                                {true, false},
		"Microsoft.Security/securityContacts":                                        {false, false},
		"Microsoft.DocumentDBs/x":                                                    {false, false},
		"":                                                                           {false, false},
	} {
		if got := [2]bool{Wanted(typ), Primary(typ)}; got != want {
			t.Errorf("%s: wanted and primary are %v, want %v", typ, got, want)
		}
	}
	if all := primaryIn(rule.ScopeAll); !all("Microsoft.Network/networkSecurityGroups") || all("Microsoft.Web/sites") || !all("Microsoft.DocumentDB/databaseAccounts") {
		t.Error("with the scope all what is in networks is graded wherever a default turns it off, too")
	}
}
