package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DDoSProtectionMissing is CDB523.
var DDoSProtectionMissing = &rule.Rule{
	ID:       "CDB523",
	Name:     "ddos-protection-missing",
	Title:    "Virtual network with a public entry has no DDoS protection plan",
	Category: rule.Perimeter,
	Severity: diag.Note,
	Score:    3.5,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-4"), rule.MCSB, "NS-5"), rule.Policy,
		"94de2ad3-e0c1-4caf-ad78-5d47bbc83d3d"), rule.CWE, "CWE-693"),
	Doc: `Something in the virtual network has a public address: a firewall, an application gateway, a VPN gateway, a bastion, a network card. Azure
defends all public addresses against floods that would hurt Azure itself, which may be far more than this network stands. The account, or
a program that uses it, is reached through the network.

Set ` + "`enableDdosProtection`" + ` with a ` + "`ddosProtectionPlan`" + `, which one plan can do for all networks of a tenant, or protect the public
addresses themselves (` + "`ddosSettings.protectionMode: Enabled`" + `). Azure Policy can add the plan to every network: where it does, suppress
this note with that reason.`,
	References: []string{
		"https://learn.microsoft.com/azure/ddos-protection/ddos-protection-overview",
		"https://learn.microsoft.com/azure/ddos-protection/ddos-protection-sku-comparison",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		s := around(p)
		entries := s.PublicEntries()
		for _, n := range s.Networks {
			if n.Resource != nil && !n.Resource.Existing {
				checkDDoS(p, n, entries)
			}
		}
	},
}

func checkDDoS(p *rule.Pass, n *cosmos.TiedNetwork, entries []cosmos.PublicEntry) {
	plan, bare := cosmos.PlanOn(n.Resource), value.TruthOf(false)
	var worst cosmos.PublicEntry
	for _, e := range entries {
		if e = e.In(n); e.There == value.False {
			continue
		}
		is := value.And(e.There, e.Protected.Not())
		if worst.Resource == nil || is == value.True && bare != value.True || is == value.Undecided && bare == value.False {
			worst = e
		}
		bare = value.Or(bare, is)
	}
	if worst.Resource == nil {
		return
	}
	path := cosmos.DDoSPlan
	open := cosmos.Question{Path: path, Value: worst.Open, Reason: "Whether '" + rule.Title(worst.Resource.Name) +
		"' has a public address in this network, and one without a protection of its own, cannot be told before deployment."}
	if plan == value.Undecided {
		open = cosmos.Question{Path: path, Value: n.Resource.Body.GetPath(path)}
	}
	judgeTied(p, n.Tie, value.And(plan.Not(), bare), rule.Finding{
		Resource: n.Resource,
		Path:     path,
		Message: "Virtual network '" + rule.Title(n.Resource.Name) + "' has no DDoS protection plan. '" + rule.Title(worst.Resource.Name) +
			"' takes in traffic from the internet there, and a flood can cut off what is behind it. Set '" + rule.Spell(n.Resource, path) +
			"' with a plan, or protect the public addresses themselves, unless a policy does.",
		Related: related("the public entry", worst.Resource.Header),
	}, open)
}
