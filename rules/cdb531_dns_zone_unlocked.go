package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DNSZoneUnlocked is CDB531.
var DNSZoneUnlocked = &rule.Rule{
	ID:       "CDB531",
	Name:     "dns-zone-unlocked",
	Title:    "DNS zone has no lock",
	Category: rule.Perimeter,
	Severity: diag.Note,
	Score:    2.5,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-7"), rule.MCSB, "NS-10"), rule.CWE, "CWE-732"),
	Doc: `Clients find the account through a DNS zone of this deployment, and nothing keeps the zone from being deleted. Without its
private zone an account has its public address again for all clients; without its public zone names that people rely on are
free to be claimed.

Add a ` + "`Microsoft.Authorization/locks`" + ` resource of level ` + "`CanNotDelete`" + ` whose scope is the zone; one on the resource group, on the
subscription or on a record set in the zone, such as its SOA, counts as well. A lock that was made by hand or elsewhere cannot be seen here: suppress this note then.`,
	References: []string{
		"https://learn.microsoft.com/azure/dns/dns-protect-zones-recordsets",
		"https://learn.microsoft.com/azure/dns/dns-protect-private-zones-recordsets",
		"https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		locks := look(p).Locks()
		for _, z := range around(p).Zones() {
			if z.Tied == value.False {
				continue
			}
			switch locked, open := locks.Hold(z.Resource); {
			case locked == value.Undecided:
				p.Undetermined(z.Resource, "", open, "Whether a lock holds for the zone cannot be told before deployment.")
			case z.Tied == value.Undecided && locked == value.False:
				p.Undetermined(z.Resource, "", z.Resource.Name, "Whether the zone is one that leads to Cosmos DB cannot be told before deployment.")
			case locked == value.False:
				p.Report(rule.Finding{Resource: z.Resource, Message: unlockedMessage(z, around(p).All)})
			case z.Tied == value.True:
				p.Held(z.Resource)
			}
		}
	},
}

// unlockedMessage says what the zone is for where that is why it is looked at.
func unlockedMessage(z cosmos.Zone, all bool) string {
	what, then := "DNS zone", "names that lead to Cosmos DB are free to be claimed"
	switch {
	case z.Private() && all:
		what, then = "Private DNS zone", "its names are not found, or lead to public addresses"
	case z.Private():
		what, then = "Private DNS zone", "clients get the public address of the account again"
	case all:
		then = "its names are free to be claimed"
	}
	return what + " '" + rule.Title(z.Resource.Name) + "' has no lock in this deployment. If it is deleted by mistake, " + then +
		". Put a lock of level 'CanNotDelete' on the zone or its resource group."
}
