package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PrivateEndpointFragile is CDB106.
var PrivateEndpointFragile = &rule.Rule{
	ID:       "CDB106",
	Name:     "private-endpoint-fragile",
	Title:    "Account is private only as long as a private endpoint exists",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    5.9,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-3"), rule.MCSB, "NS-2"),
		rule.Policy, "797b37f7-06b8-444c-b1ad-fc62867f335a"), rule.CWE, "CWE-668", "CWE-636"),
	Doc: `Public network access is on, no firewall rule limits it, and a private endpoint leads to the account. While there is an
approved endpoint the service keeps the public out. When the last one is deleted or rejected, the account is open to the
internet, without any change to the account itself.

Set ` + "`" + `publicNetworkAccess` + "`" + ` to ` + "`" + `Disabled` + "`" + `: nothing changes for the clients of the private endpoint.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints#blocking-public-network-access-during-account-creation",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			switch a.Exposure.Is(cosmos.Fragile) {
			case value.True:
				p.Report(fragileFinding(a))
			case value.Undecided:
				ask(p, a.Resource, a.Exposure.Open)
			default:
				if a.HasEndpoint == value.True {
					p.Held(a.Resource)
				}
			}
		})
	},
}

func fragileFinding(a *cosmos.Account) rule.Finding {
	r := a.Resource
	return rule.Finding{
		Resource: r,
		Path:     publicNetworkAccess,
		Message: title(r) + " is private only as long as a private endpoint exists. Public network access is on and nothing else " +
			"limits it, so the account is open to the internet as soon as the last endpoint is deleted or rejected. Turn it off " +
			"with '" + rule.Spell(r, publicNetworkAccess) + "'; nothing changes for clients of the endpoint.",
		Fix: setFix(r, publicNetworkAccess, value.OfString("Disabled"), true),
	}
}
