package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// MissingServiceEndpointTolerated is CDB110.
var MissingServiceEndpointTolerated = &rule.Rule{
	ID:       "CDB110",
	Name:     "missing-service-endpoint-tolerated",
	Title:    "Virtual network rule tolerates a missing service endpoint",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    4.3,
	Controls: rule.Also(rule.Baseline("NS-3"), rule.CWE, "CWE-284", "CWE-1188"),
	Doc: `` + "`" + `ignoreMissingVNetServiceEndpoint` + "`" + ` lets Azure accept a virtual network rule for a subnet without the service endpoint
` + "`" + `Microsoft.AzureCosmosDB` + "`" + `. It is meant for the time until the network's owner has added the endpoint. Left on, it hides
that the rule does not work, and someone opens the firewall instead.

Add the service endpoint to the subnet and set the property to ` + "`" + `false` + "`" + `, its default.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-vnet-service-endpoint#connect-and-configure-an-azure-cosmos-db-account-to-a-back-end-subnet-independently",
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			judgeList(p, a.Exposure, cosmos.Selected|cosmos.Private, virtualNetworkRules, toleratesMissing,
				func(bad []element) rule.Finding { return tolerated(a, bad) })
		})
	},
}

const ignoreMissing = "ignoreMissingVNetServiceEndpoint"

func toleratesMissing(rule value.Value) value.Truth { return cosmos.IsOn(rule.Get(ignoreMissing)) }

func tolerated(a *cosmos.Account, bad []element) rule.Finding {
	r := a.Resource
	v := bad[0].Value.Get(ignoreMissing)
	path := bad[0].Path + "." + ignoreMissing
	var edits []source.Edit
	for _, e := range bad {
		edits = append(edits, r.Dialect.Set(r, e.Path+"."+ignoreMissing, value.OfBool(false))...)
	}
	f := rule.Finding{
		Path:  path,
		Value: &v,
		Message: title(r) + " accepts virtual network rules for subnets without a service endpoint. With '" + rule.Spell(r, path) +
			"' on, a rule that lets nobody in stays unnoticed, until someone opens the firewall instead. Add the service endpoint '" +
			cosmos.ServiceEndpoint + "' to the subnet and turn it off.",
	}
	if len(edits) >= len(bad) {
		f.Fix = &diag.Fix{Title: "Turn '" + rule.Spell(r, path) + "' off", Edits: edits}
	}
	return f
}
