package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// LegacyPortalAddress is CDB108.
var LegacyPortalAddress = &rule.Rule{
	ID:       "CDB108",
	Name:     "legacy-portal-address",
	Title:    "Firewall lists retired addresses of the Azure portal",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    4.3,
	Controls: rule.Also(rule.Baseline("NS-1", "NS-6"), rule.CWE, "CWE-1188", "CWE-284"),
	Doc: `The Azure portal has moved: Data Explorer and the account's pages use other addresses since the transition of 2024. The
old ones are still in many firewalls. Nothing of the portal stands behind them any more, and Microsoft says that they can
safely be removed.

Remove them. Where the portal needs access, list the current addresses of the account's API and cloud.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#legacy-middleware-ip-addresses",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			judgeEntries(p, a.Exposure, cosmos.Range.IsLegacyPortal, func(bad []cosmos.Entry) rule.Finding {
				return rule.Finding{Message: legacyMessage(bad), Fix: removeFix(a.Exposure, cosmos.Range.IsLegacyPortal)}
			})
		})
	},
}

func legacyMessage(bad []cosmos.Entry) string {
	return title(bad[0].Resource) + " lets in retired addresses of the Azure portal. Nothing of the portal stands behind " +
		listed(valuesOf(bad)) + " any more, so whoever gets such an address next is let in. Remove them; where the portal needs " +
		"access, list its current addresses."
}
