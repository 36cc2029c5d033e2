package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PublicNetworkEnabled is CDB105.
var PublicNetworkEnabled = &rule.Rule{
	ID:       "CDB105",
	Name:     "public-network-enabled",
	Title:    "Public network access is on beside a private endpoint",
	Category: rule.Network,
	Severity: diag.Note,
	Score:    3.1,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-3"), rule.MCSB, "NS-2"),
		rule.Policy, "797b37f7-06b8-444c-b1ad-fc62867f335a"), rule.CWE, "CWE-668"),
	Doc: `The account has a private endpoint, and its firewall still lets some addresses or subnets in over the public endpoint.
What is not needed is only there to be attacked.

Turn public network access off when all clients use the private endpoint.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachExposure(p, func(e cosmos.Exposure) {
			named := e.Decide(func(c cosmos.Case) value.Truth { return value.Or(c.HasAddress, value.And(c.Filter, c.Rules)) })
			switch value.And(e.Is(cosmos.Selected), named, e.HasEndpoint) {
			case value.True:
				if e.WideOpen() != value.True {
					p.Report(besideEndpoint(e))
				}
			case value.Undecided:
				askPublic(p, e, cosmos.Selected)
			default:
				heldPrivately(p, e)
			}
		})
	},
}

// heldPrivately says that the private endpoint of an account is its only way in, if it is.
func heldPrivately(p *rule.Pass, e cosmos.Exposure) {
	if value.And(e.Is(cosmos.Private), e.HasEndpoint) == value.True {
		p.Held(e.Resource)
	}
}

// askPublic counts a check that waits for the exposure, or for an endpoint.
func askPublic(p *rule.Pass, e cosmos.Exposure, states cosmos.State) {
	switch {
	case e.Is(states) == value.Undecided:
		ask(p, e.Resource, e.Open)
	case e.HasEndpoint == value.Undecided:
		ask(p, e.Resource, look(p).EndpointQuestion(e.Resource))
	default:
		ask(p, e.Resource, listQuestion(e))
	}
}

func besideEndpoint(e cosmos.Exposure) rule.Finding {
	r, path := e.Resource, cosmos.PublicAccessPath(e.Resource)
	return rule.Finding{
		Resource: r,
		Path:     path,
		Message: title(r) + " has a private endpoint, and public network access is still on. The addresses and subnets that its " +
			"firewall lists can use the public endpoint. Turn it off with '" + rule.Spell(r, path) + "' when all clients use the " +
			"private endpoint.",
		Fix: setFix(r, path, cosmos.PublicAccessOff(r), false),
	}
}
