package rules

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// FirewallOpenToInternet is CDB102.
var FirewallOpenToInternet = &rule.Rule{
	ID:       "CDB102",
	Name:     "firewall-open-to-internet",
	Title:    "Firewall lets in the internet",
	Category: rule.Network,
	Severity: diag.Error,
	Score:    8.6,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-1", "NS-4"), rule.MCSB, "NS-2"), rule.CWE, "CWE-284", "CWE-668"),
	Doc: `The IP rules together cover more than 2^24 addresses: ` + "`0.0.0.0/0`" + `, its two halves, or a start and end address far
apart. A list that names everybody is no firewall, and hides from other tools that the account is open.

List the addresses that need access and nothing else, or use a private endpoint.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall",
		"https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-public-access",
		"https://learn.microsoft.com/azure/cosmos-db/postgresql/concepts-firewall-rules",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachExposure(p, func(e cosmos.Exposure) {
			switch e.DecideList(coversInternet) {
			case value.True:
				p.Report(internetFinding(e))
			case value.Undecided:
				askEntries(p, e, cosmos.WiderThan(cosmos.MaxCoverage))
			default:
				heldEntries(p, e)
			}
		})
	},
}

func coversInternet(l cosmos.AllowList) value.Truth { return l.MoreThan(cosmos.MaxCoverage) }

// internetFinding points at the widest entry.
func internetFinding(e cosmos.Exposure) rule.Finding {
	entries := slices.Clone(e.Cases[0].Allowed.Entries)
	slices.SortStableFunc(entries, func(a, b cosmos.Entry) int { return widest(b, a) })
	first := entries[0]
	message := title(e.Resource) + " lets in the internet. The entries of its firewall together, " + shown(first) + " first of all, "
	if first.Is(cosmos.WiderThan(cosmos.MaxCoverage)) == value.True {
		message = title(first.Resource) + " lets in the internet. " + shown(first) + " alone "
	}
	return at(entries[:1], rule.Finding{Message: message + "cover more than 16 million addresses, so the firewall keeps hardly " +
		"anyone out. List only the addresses that need access, or use a private endpoint."})
}

// widest compares by the number of addresses; an entry that is not known is the narrowest.
func widest(a, b cosmos.Entry) int {
	switch {
	case len(a.Ranges) == 0 || len(b.Ranges) == 0:
		return len(a.Ranges) - len(b.Ranges)
	case a.Ranges[0].Count() == b.Ranges[0].Count():
		return 0
	case a.Ranges[0].Count() < b.Ranges[0].Count():
		return -1
	}
	return 1
}
