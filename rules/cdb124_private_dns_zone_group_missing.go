package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PrivateDNSZoneGroupMissing is CDB124.
var PrivateDNSZoneGroupMissing = &rule.Rule{
	ID:       "CDB124",
	Name:     "private-dns-zone-group-missing",
	Title:    "Private endpoint has no DNS zone group",
	Category: rule.Endpoint,
	Severity: diag.Warning,
	Score:    5.0,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-3", "NS-7"), rule.MCSB, "NS-2"),
		rule.Policy, "a63cc0bd-cda4-4178-b705-37dc439d3e0f"),
	Doc: `Clients reach an account by its name. Without a private DNS zone that answers with the private endpoint's address,
the name resolves to the public one: traffic leaves the virtual network, or fails where public access is off.

Give the endpoint a ` + "`privateDnsZoneGroups`" + ` child that names the private-link zone of its group id. If the zone is
filled centrally (by Azure Policy, or on DNS servers of your own), suppress this finding with that reason.`,
	References: []string{
		"https://learn.microsoft.com/azure/private-link/private-endpoint-dns",
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachEndpoint(p, func(v *cosmos.View, e *cosmos.Endpoint) {
			has := e.HasZoneGroup
			if has == value.False {
				has = v.HasRecord(e.ZoneNames()...)
			}
			switch has {
			case value.False:
				p.Report(rule.Finding{Resource: e.Resource, Message: "Private endpoint '" + rule.Title(e.Resource.Name) +
					"' has no private DNS zone group. The name of its target resolves to the public address, so clients do not" +
					" use the endpoint. Add a zone group with " + zoneAdvice(v, e) + ", unless DNS is managed elsewhere."})
			case value.Undecided:
				p.Undetermined(e.Resource, "", zoneGroupInput(e),
					"Whether the private endpoint has a private DNS zone group cannot be told before deployment.")
			default:
				p.Held(e.Resource)
			}
		})
	},
}

// zoneAdvice names the zone that the endpoint needs, unless it asks for a group that its target does not have.
func zoneAdvice(v *cosmos.View, e *cosmos.Endpoint) string {
	groups, _ := rightGroups(v, e)
	for _, g := range groups {
		if zone := g.ZoneIn(e.Cloud(), ""); zone != "" {
			return "the zone '" + zone + "'"
		}
	}
	return "the private-link zone of its group id"
}

// zoneGroupInput stands for what would have to be known to tell whether the endpoint has a zone group.
func zoneGroupInput(e *cosmos.Endpoint) value.Value {
	var inputs []value.Value
	for _, g := range e.ZoneGroups {
		inputs = append(inputs, g.Resource.Condition, g.Resource.Body.GetPath("properties.privateDnsZoneConfigs"))
	}
	return allOf(inputs...)
}
