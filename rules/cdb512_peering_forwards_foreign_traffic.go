package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PeeringForwardsForeignTraffic is CDB512.
var PeeringForwardsForeignTraffic = &rule.Rule{
	ID:       "CDB512",
	Name:     "peering-forwards-foreign-traffic",
	Title:    "Peering takes in traffic from beyond the peered network, with no firewall between",
	Category: rule.Perimeter,
	Severity: diag.Note,
	Score:    3.0,
	Controls: rule.Also(rule.Baseline("NS-2"), rule.CWE, "CWE-923"),
	Doc: `With ` + "`allowForwardedTraffic`" + ` a virtual network takes in what the peered one forwards: traffic from other
networks, and from on-premises. That is meant for a hub with a firewall. Here the peered network is in the deployment, and there is no
Azure Firewall in it, no route through an appliance, and no card that forwards.

Put a firewall into the hub and route through it, or turn the switch off. Where the peered network is deployed elsewhere nothing can be said.
The reference of the REST API describes the switch the other way round than the pages on peering do; the network that has the peering
is the one that takes in.`,
	References: []string{
		"https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering",
		"https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview",
		"https://learn.microsoft.com/azure/architecture/networking/architecture/hub-spoke",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		s := around(p)
		for _, peering := range s.Peerings {
			if t := s.LocalTie(peering); t.Is != value.False && !peering.Resource.Existing {
				checkForwarded(p, peering, t, s.Guarded(peering))
			}
		}
	},
}

func checkForwarded(p *rule.Pass, peering cosmos.TiedPeering, t cosmos.Tie, guarded value.Truth) {
	r, path := peering.Resource, peering.Path+".allowForwardedTraffic"
	forwards := cosmos.IsOn(peering.Properties.Get("allowForwardedTraffic"))
	remote := nameOfNetwork(peering.Remote)
	f := rule.Finding{
		Resource: r,
		Path:     path,
		Message: "Peering '" + rule.Title(peering.Name) + "' takes in traffic from beyond virtual network '" + remote +
			"'. '" + rule.Spell(r, path) + "' is on, and there is no firewall between the two networks. " + localSentence(t) +
			"Put a firewall into '" + remote + "' and route through it, or turn the switch off.",
	}
	question := cosmos.Question{Path: path, Value: peering.Properties.Get("allowForwardedTraffic")}
	if forwards == value.True {
		question = cosmos.Question{Path: path, Value: peering.Remote,
			Reason: "Whether a firewall stands between the networks cannot be told: '" + remote + "' is not, or not wholly, in this deployment."}
	}
	judgeTied(p, t, value.And(forwards, guarded.Not()), f, question)
}

// localSentence says why the network that takes in matters.
func localSentence(t cosmos.Tie) string {
	if t.Through == nil {
		return ""
	}
	return "The network that takes it in is an account's: " + lower(networkSentence(t))
}

// nameOfNetwork is the name in the id of a virtual network.
func nameOfNetwork(id value.Value) string {
	if parsed, ok := model.ParseID(id); ok && len(parsed.Names) > 0 {
		return rule.Title(parsed.Names[0])
	}
	return rule.Title(id)
}
