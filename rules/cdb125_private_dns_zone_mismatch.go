package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PrivateDNSZoneMismatch is CDB125.
var PrivateDNSZoneMismatch = &rule.Rule{
	ID:       "CDB125",
	Name:     "private-dns-zone-mismatch",
	Title:    "Private DNS zone does not fit the endpoint's subresource",
	Category: rule.Endpoint,
	Severity: diag.Error,
	Score:    5.0,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-7"), rule.CWE, "CWE-941"),
		rule.Policy, "a63cc0bd-cda4-4178-b705-37dc439d3e0f"),
	Doc: `Each subresource of Cosmos DB has a private-link zone of its own, and another one in each cloud. In a zone with another
name no client looks for the account: its name resolves to the public address although the endpoint and the zone exist.

Sql is ` + "`privatelink.documents.azure.com`" + `. The others begin with ` + "`privatelink.`" + ` and end in
` + "`.cosmos.azure.com`" + `, with ` + "`sqlx`" + ` for SqlDedicated, ` + "`mongo`, `cassandra`, `gremlin`, `table`" + `,
` + "`analytics`" + ` for Analytical, ` + "`mongocluster`" + ` for MongoCluster, ` + "`postgres`" + ` for coordinator between.

Azure Government has ` + "`azure.us`" + ` and Azure China ` + "`azure.cn`" + ` instead of ` + "`azure.com`" + `. Use the zone of the group id.`,
	References: []string{"https://learn.microsoft.com/azure/private-link/private-endpoint-dns"},
	Since:      "0.1.0",
	Fix:        rule.Suggested,
	Check: func(p *rule.Pass) {
		eachEndpoint(p, func(v *cosmos.View, e *cosmos.Endpoint) {
			if len(e.ZoneGroups) == 0 {
				return
			}
			zg, config := firstZone(e)
			groups, known := rightGroups(v, e)
			for _, g := range groups {
				switch e.ZoneFits(g) {
				case value.False:
					if e.HasZoneGroup == value.True {
						p.Report(mismatch(v, e, g, zg, config))
					}
					return
				case value.Undecided:
					known = false
				}
			}
			switch {
			case !known:
				p.Undetermined(zg.Resource, config.Path, zoneInput(e, config.ID),
					"Whether the zone fits the private endpoint's subresource cannot be told before deployment.")
			case len(groups) > 0:
				p.Held(zg.Resource)
			}
		})
	},
}

func mismatch(v *cosmos.View, e *cosmos.Endpoint, g cosmos.Group, zg *cosmos.ZoneGroup, config cosmos.ZoneConfig) rule.Finding {
	name, _ := cosmos.ZoneName(config.ID).Text()
	want, harm, shown := g.ZoneIn(e.Cloud(), name), "where clients do not look for it", "a zone of its own"
	if strings.EqualFold("privatelink."+name, want) {
		harm = "which hides all other names of the service from clients"
	}
	if want != "" {
		shown = "'" + want + "'"
	}
	return rule.Finding{
		Resource: zg.Resource,
		Path:     config.Path,
		Message: "Private endpoint '" + rule.Title(e.Resource.Name) + "' registers its address in the zone '" +
			rule.Title(cosmos.ZoneName(config.ID)) + "', " + harm + ". The names of the subresource '" + g.ID + "' are resolved in " + shown +
			". Use that zone.",
		Related: []diag.Related{{Message: "the private endpoint", Span: e.Resource.Header}},
		Fix:     renameZone(v, zg.Resource, config.ID, name, want),
	}
}
