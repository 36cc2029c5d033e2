package rules

import (
	"strconv"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// FirewallRangeTooBroad is CDB104.
var FirewallRangeTooBroad = &rule.Rule{
	ID:       "CDB104",
	Name:     "firewall-range-too-broad",
	Title:    "Firewall lets in more addresses than a network needs",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    5.5,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-1", "NS-4"), rule.MCSB, "NS-2"), rule.CWE, "CWE-284"),
	Doc: `One range of the firewall holds more than 256 addresses, or all together hold more than 2048. Both limits can be
configured; they are those of the retired Secure DevOps Kit for Azure. Bits of an address after its mask do not count,
ranges that overlap count once.

Name the addresses from which clients really come.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachExposure(p, func(e cosmos.Exposure) { checkBreadth(p, e) })
	},
}

func checkBreadth(p *rule.Pass, e cosmos.Exposure) {
	if e.DecideList(coversInternet) == value.True {
		return
	}
	broad := cosmos.WiderThan(uint64(p.Settings.MaxRange))
	one := e.DecideList(func(l cosmos.AllowList) value.Truth { return l.Any(broad) })
	all := e.DecideList(func(l cosmos.AllowList) value.Truth { return l.MoreThan(uint64(p.Settings.MaxTotal)) })
	switch {
	case one == value.True:
		judgeEntries(p, e, broad, func(bad []cosmos.Entry) rule.Finding {
			return rule.Finding{Message: broadMessage(bad, p.Settings.MaxRange)}
		})
	case all == value.True:
		first := e.Cases[0].Allowed.Entries[:1]
		p.Report(at(first, rule.Finding{Message: totalMessage(e, first[0], p.Settings.MaxTotal)}))
	case value.Or(one, all) == value.Undecided:
		askEntries(p, e, broad)
	default:
		heldEntries(p, e)
	}
}

func broadMessage(bad []cosmos.Entry, limit int) string {
	what := shown(bad[0])
	if len(bad) > 1 {
		what = listed(valuesOf(bad)) + " each"
	}
	return title(bad[0].Resource) + " lets in a broad range of addresses. " + what + " holds more than " + strconv.Itoa(limit) +
		" addresses, most of which no client of it has. Name the addresses from which clients really come."
}

func totalMessage(e cosmos.Exposure, first cosmos.Entry, limit int) string {
	return title(e.Resource) + " lets in many addresses. The entries of its firewall ('" +
		rule.Spell(first.Resource, listPath(first)) + "') together hold more than " + strconv.Itoa(limit) +
		" addresses. Name those from which clients really come."
}
