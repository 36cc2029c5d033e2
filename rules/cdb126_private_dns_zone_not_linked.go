package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PrivateDNSZoneNotLinked is CDB126.
var PrivateDNSZoneNotLinked = &rule.Rule{
	ID:       "CDB126",
	Name:     "private-dns-zone-not-linked",
	Title:    "Private DNS zone is not linked to the endpoint's virtual network",
	Category: rule.Endpoint,
	Severity: diag.Warning,
	Score:    4.5,
	Controls: rule.Also(rule.Baseline("NS-7", "NS-2"), rule.CWE, "CWE-941"),
	Doc: `A private DNS zone answers only in the virtual networks that it is linked to. Where the network of the private endpoint
is not linked, its clients still get the account's public address.

Add a ` + "`virtualNetworkLinks`" + ` child to the zone for each virtual network with clients in it. If the zone is linked
only to a network that is peered with the endpoint's (a hub with the DNS servers), this is a note: it works when those servers
answer for both.`,
	References: []string{
		"https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links",
		"https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		said := map[*model.Resource]bool{}
		eachEndpoint(p, func(v *cosmos.View, e *cosmos.Endpoint) {
			for _, g := range e.ZoneGroups {
				for _, config := range g.Zones {
					zone, found := v.FindZone(config.ID)
					if found == value.True && !zone.Existing && !said[zone] {
						said[zone] = checkLink(p, v, e, zone)
					}
				}
			}
		})
	},
}

// checkLink reports whether it said something about the zone.
func checkLink(p *rule.Pass, v *cosmos.View, e *cosmos.Endpoint, zone *model.Resource) bool {
	network, _ := v.NetworkOf(e.Subnet)
	f := rule.Finding{
		Resource: zone,
		Message: "Private DNS zone '" + rule.Title(zone.Name) + "' is not linked to the virtual network of private endpoint '" +
			rule.Title(e.Resource.Name) + "'. Clients in that network keep resolving the public address of its target. Link the zone" +
			" to the network.",
		Related: []diag.Related{{Message: "the private endpoint", Span: e.Resource.Header}},
	}
	switch linked := v.Linked(zone, network); {
	case linked == value.True:
		p.Held(zone)
		return false
	case linked == value.Undecided, cosmos.Present(e.Resource, zone) == value.Undecided:
		p.Undetermined(zone, "", linkInput(v, e, zone), "Whether the zone is linked to the virtual network of private endpoint '"+
			rule.Title(e.Resource.Name)+"' cannot be told before deployment.")
		return true
	}
	switch v.LinkedToPeer(zone, network) {
	case value.True:
		f.Severity = diag.Note
		f.Message = "Private DNS zone '" + rule.Title(zone.Name) + "' is linked only to a virtual network that is peered with" +
			" the one of private endpoint '" + rule.Title(e.Resource.Name) + "'. Clients resolve the private address only if DNS" +
			" servers in the linked network answer for them. Link the zone to the endpoint's network too, or check those servers."
	case value.Undecided:
		p.Undetermined(zone, "", linkInput(v, e, zone), "Whether the zone is linked to a virtual network that is peered with the one of the"+
			" private endpoint cannot be told before deployment.")
		return true
	}
	p.Report(f)
	return true
}
