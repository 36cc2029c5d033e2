package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PublicNetworkOpen is CDB101.
var PublicNetworkOpen = &rule.Rule{
	ID:       "CDB101",
	Name:     "public-network-open",
	Title:    "Account is open to the internet",
	Category: rule.Network,
	Severity: diag.Error,
	Score:    8.6,
	Controls: rule.Also(rule.Also(rule.Also(rule.Also(rule.Baseline("NS-1", "NS-3", "NS-4"),
		rule.MCSB, "NS-2"), rule.CIS, "4.5.1"),
		rule.Policy, "862e97cf-49fc-4a5c-9de4-40d4e2e7c8eb", "797b37f7-06b8-444c-b1ad-fc62867f335a"),
		rule.CWE, "CWE-284", "CWE-668"),
	Doc: `Public network access is on, which is the default, and nothing limits it: no IP rule, no virtual network rule in
force, no private endpoint. Anyone who gets hold of a key or token can use the account from anywhere.

Set ` + "`publicNetworkAccess` to `Disabled`" + ` and reach the account through a private endpoint. Where it has to stay public,
list the addresses or subnets that need it.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall",
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			switch a.Exposure.Is(cosmos.Open) {
			case value.True:
				p.Report(openFinding(a))
			case value.Undecided:
				ask(p, a.Resource, a.Exposure.Open)
			default:
				p.Held(a.Resource)
			}
		})
	},
}

func openFinding(a *cosmos.Account) rule.Finding {
	r := a.Resource
	return rule.Finding{
		Resource: r,
		Path:     publicNetworkAccess,
		Message: title(r) + " is open to the internet. Public network access is on, and no IP rule, virtual network rule or " +
			"private endpoint limits it: whoever gets hold of a key or token can use it from anywhere. Turn it off with '" +
			rule.Spell(r, publicNetworkAccess) + "' and use a private endpoint, or list the addresses that need access in '" +
			rule.Spell(r, ipRules) + "'.",
		Fix: setFix(r, publicNetworkAccess, value.OfString("Disabled"), false),
	}
}
