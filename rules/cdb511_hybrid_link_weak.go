package rules

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// HybridLinkWeak is CDB511.
var HybridLinkWeak = &rule.Rule{
	ID:       "CDB511",
	Name:     "hybrid-link-weak",
	Title:    "Link to an on-premises network is weak",
	Category: rule.Perimeter,
	Severity: diag.Warning,
	Score:    4.5,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-2"), rule.Policy, "21a6bc25-125e-4d13-b82d-2e19b7208ab7",
		"e345b6c3-24bd-4c93-9bbb-7e5e49a17b78"), rule.CWE, "CWE-327"),
	Doc: `What joins an account's virtual network to an on-premises one is as good as its weakest setting:

- a VPN gateway of the SKU Basic, which Microsoft does not recommend for production: no IKEv2 for people, no RADIUS, no custom policies;
- a VPN gateway by policy, or a connection with IKEv1, which has known weaknesses that IKEv2 has not;
- a point-to-site VPN that people enter by RADIUS alone, without Microsoft Entra ID or certificates;
- ExpressRoute that brings an on-premises network no nearer than to the public endpoint of an account that lets in addresses, as it has
  no private one.

Take a SKU from VpnGw1AZ on, by routes, with IKEv2 and Microsoft Entra ID; give the account a private endpoint.`,
	References: []string{
		"https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus",
		"https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings",
		"https://learn.microsoft.com/azure/vpn-gateway/point-to-site-about",
		"https://learn.microsoft.com/azure/expressroute/expressroute-circuit-peerings",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		s := around(p)
		for _, g := range s.Gateways {
			checkHybrid(p, g, append(cosmos.LinkWeaknesses(g.Resource), s.PublicPath(g)))
		}
		for _, c := range slices.Concat(s.Connections, s.SignIns()) {
			checkHybrid(p, c, cosmos.LinkWeaknesses(c.Resource))
		}
		for _, c := range s.PublicPeerings() {
			checkHybrid(p, c, []cosmos.Weakness{{Path: "properties.peeringType", Kind: cosmos.PublicPath, Is: value.True}})
		}
	},
}

// checkHybrid reports the first weakness that is certain, and counts the first that may be.
func checkHybrid(p *rule.Pass, link cosmos.Tied, weaknesses []cosmos.Weakness) {
	if link.Resource.Existing || len(weaknesses) == 0 {
		return
	}
	worst := weaknesses[0]
	for _, w := range weaknesses[1:] {
		if worst.Is != value.True && w.Is != value.False && (w.Is == value.True || worst.Is == value.False) {
			worst = w
		}
	}
	r := link.Resource
	f := rule.Finding{Resource: r, Path: worst.Path}
	if worst.Is == value.True {
		f.Message = weaknessMessage(r, link.Tie, worst)
	}
	judgeTied(p, link.Tie, worst.Is, f, around(p).Question(link, worst))
}
