package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// PrivateAddressInFirewall is CDB107.
var PrivateAddressInFirewall = &rule.Rule{
	ID:       "CDB107",
	Name:     "private-address-in-firewall",
	Title:    "Firewall lists a private address",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    3.1,
	Controls: rule.Also(rule.Baseline("NS-1"), rule.CWE, "CWE-284"),
	Doc: `The IP rules name addresses of 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12 or 192.168.0.0/16. The public endpoint never
sees such an address: the service cannot enforce the rule and refuses, or ignores, it. The clients that were meant get no
access, and people tend to open the firewall then.

Let private networks in through a private endpoint, or by virtual network rules.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#private-ip-addresses-in-list-of-allowed-addresses",
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			judgeEntries(p, a.Exposure, cosmos.Range.IsPrivate, func(bad []cosmos.Entry) rule.Finding {
				return rule.Finding{Message: privateMessage(bad), Fix: removeFix(a.Exposure, cosmos.Range.IsPrivate)}
			})
		})
	},
}

func privateMessage(bad []cosmos.Entry) string {
	return title(bad[0].Resource) + " lists private addresses in its firewall. The service cannot enforce " + listed(valuesOf(bad)) +
		", because its public endpoint never sees such addresses: the deployment fails or the entry does nothing. Let private " +
		"networks in through a private endpoint or virtual network rules, and remove it."
}
