package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// FirewallOpenToAzure is CDB103.
var FirewallOpenToAzure = &rule.Rule{
	ID:       "CDB103",
	Name:     "firewall-open-to-azure",
	Title:    "Firewall lets in all of Azure",
	Category: rule.Network,
	Severity: diag.Error,
	Score:    7.5,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-1", "NS-4"),
		rule.Policy, "12339a85-a25c-4f17-9f82-4766f13f5c4c"), rule.CWE, "CWE-284", "CWE-668"),
	Doc: `The address ` + "`" + `0.0.0.0` + "`" + ` in a firewall stands for every address of Azure's data centres, those of other customers'
subscriptions included. Anyone can rent a machine there.

Remove the entry and let the callers in by their own addresses, their subnets or a private endpoint.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#allow-requests-from-global-azure-datacenters-or-other-sources-within-azure",
		"https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-public-access",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachExposure(p, func(e cosmos.Exposure) {
			judgeEntries(p, e, cosmos.Range.IsAzure, func(bad []cosmos.Entry) rule.Finding {
				return rule.Finding{Message: azureMessage(bad[0]), Fix: removeFix(e, cosmos.Range.IsAzure)}
			})
		})
	},
}

func azureMessage(e cosmos.Entry) string {
	return title(e.Resource) + " lets in all of Azure. " + shown(e) + " stands for every address in Azure's data centres, the " +
		"subscriptions of other customers included. Remove it and let the callers in by their own addresses, their subnets or a " +
		"private endpoint."
}
