package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PrivateEndpointNSGBypassed is CDB127.
var PrivateEndpointNSGBypassed = &rule.Rule{
	ID:       "CDB127",
	Name:     "private-endpoint-nsg-bypassed",
	Title:    "Network security group does not apply to the private endpoint",
	Category: rule.Endpoint,
	Severity: diag.Note,
	Score:    3.0,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-1"), rule.MCSB, "NS-1"), rule.CWE, "CWE-284"),
	Doc: `A subnet's network security group applies to the private endpoints in it only when
` + "`privateEndpointNetworkPolicies`" + ` is ` + "`Enabled`" + ` or ` + "`NetworkSecurityGroupEnabled`" + `. It is
` + "`Disabled`" + ` by default: the group is there, and yet everything that can route to the endpoint reaches the account.

Turn network policies on for the subnet, and let the group admit the clients on the ports of the account's API.`,
	References: []string{
		"https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy",
		"https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		type place struct {
			resource *model.Resource
			path     string
		}
		said := map[place]bool{}
		eachEndpoint(p, func(v *cosmos.View, e *cosmos.Endpoint) {
			s, found := v.FindSubnet(e.Subnet)
			switch {
			case found == value.Undecided:
				r, path, input := v.SubnetQuestion(e.Subnet)
				if r == nil {
					r, path = e.Resource, "properties.subnet.id"
				}
				p.Undetermined(r, path, input, rule.Unknown(r, path))
			case found == value.True && !said[place{s.Resource, s.Path}]:
				said[place{s.Resource, s.Path}] = true
				checkPolicies(p, e, s)
			}
		})
	},
}

func checkPolicies(p *rule.Pass, e *cosmos.Endpoint, s *cosmos.Subnet) {
	path := s.PathOf("privateEndpointNetworkPolicies")
	switch value.And(s.HasNSG(), s.NSGApplies().Not(), cosmos.Present(e.Resource, s.Resource)) {
	case value.True:
		p.Report(rule.Finding{
			Resource: s.Resource,
			Path:     path,
			Entry:    entryOf(s),
			Message: "Network security group of subnet '" + rule.Title(s.Name) + "' does not apply to private endpoint '" +
				rule.Title(e.Resource.Name) + "'. The subnet's network policies for private endpoints leave groups out, so the" +
				" group's rules do not filter who reaches its target. Set '" + rule.Spell(s.Resource, path) + "' to '" +
				s.NSGPolicy() + "'.",
			Related: []diag.Related{{Message: "the private endpoint", Span: e.Resource.Header}},
			Fix:     rule.SetFix(s.Resource, path, value.OfString(s.NSGPolicy()), false),
		})
	case value.Undecided:
		askPolicies(p, e, s)
	default:
		if value.And(s.HasNSG(), s.NSGApplies()) == value.True {
			p.Held(s.Resource)
		}
	}
}
