package rules

import (
	"strconv"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PerHostRules is CDB505.
var PerHostRules = &rule.Rule{
	ID:       "CDB505",
	Name:     "per-host-rules",
	Title:    "Many rules differ only in single addresses",
	Category: rule.Perimeter,
	Severity: diag.Note,
	Score:    2.0,
	Controls: rule.Also(rule.Baseline("NS-6"), rule.CWE, "CWE-284"),
	Doc: `Five or more rules of a network security group say the same of one address each, in a virtual network. Addresses
change hands; a rule that outlives its machine lets in the next one.

Put the machines' network cards into an application security group, and name that in one rule. Rules about networks on-premises are
meant as well: there one rule can list the addresses.`,
	References: []string{
		"https://learn.microsoft.com/azure/virtual-network/application-security-groups",
		"https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#augmented-security-rules",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, g := range around(p).Groups {
			path, list := cosmos.RuleList(g.Resource)
			if g.Resource.Existing {
				continue
			}
			hosts := look(p).PerHostRules(g.Resource, list.Alternatives()[0])
			bad := hosts.Many
			if len(list.Cases()) > 0 || list.Kind != value.Array && !list.IsUnset() || list.Open && bad == value.False {
				bad = value.Undecided
			}
			if bad == value.False && len(look(p).SecurityRules(g.Resource, list)) == 0 {
				continue // there is nothing to simplify
			}
			f := perHost(g, hosts)
			if bad == value.Undecided {
				f.Resource = g.Resource // where the list is
			}
			judgeTied(p, g.Tie, bad, f, cosmos.Question{Path: path, Value: list})
		}
	},
}

// perHost points at the first of the addresses.
func perHost(g cosmos.Tied, hosts cosmos.PerHost) rule.Finding {
	f := rule.Finding{Resource: g.Resource}
	if len(hosts.Rules) == 0 {
		return f
	}
	first := hosts.Addresses[0]
	f.Resource, f.Path, f.Value, f.Site = hosts.Rules[0].Resource, first.Path, &first.Value, first.Value.Span
	var values []value.Value
	for i, a := range hosts.Addresses {
		values = append(values, a.Value)
		if i > 0 && i < cosmos.ManyHosts {
			f.Related = append(f.Related, related("and here", a.Value.Span)...)
		}
	}
	f.Message = "Network security group '" + rule.Title(g.Resource.Name) + "' has " + strconv.Itoa(len(hosts.Rules)) +
		" rules that differ only in one address. They are for " + listed(values) + ". A rule that outlives its machine lets in the next one" +
		" with the address. Use one rule with an application security group."
	return f
}
