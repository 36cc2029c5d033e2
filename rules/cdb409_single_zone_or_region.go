package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// SingleZoneOrRegion is CDB409.
var SingleZoneOrRegion = &rule.Rule{
	ID:       "CDB409",
	Name:     "single-zone-or-region",
	Title:    "Account does not survive the loss of a data centre",
	Category: rule.Data,
	Severity: diag.Note,
	Score:    1.0,
	Controls: rule.Also(rule.Baseline(), rule.CWE, "CWE-1188"),
	Doc: `No region of the account is spread over availability zones, and there is no second region to which it fails over: one
failing data centre stops it. Both cost money and many accounts do without, so this rule runs only when it is asked for.

Set ` + "`isZoneRedundant`" + ` of the region, or add a second one and turn ` + "`enableAutomaticFailover`" + ` or
` + "`enableMultipleWriteLocations`" + ` on.`,
	References: []string{
		"https://learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql",
		"https://learn.microsoft.com/azure/cosmos-db/high-availability",
	},
	Since: "0.1.0",
	Off:   true,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			list := a.Resource.Body.GetPath(locations)
			switch value.Or(list.Decide(zoneRedundant), value.And(list.Decide(severalRegions), failsOver(a.Resource))) {
			case value.False:
				p.Report(rule.Finding{Resource: a.Resource, Path: locations, Message: title(a.Resource) + " does not survive the loss" +
					" of a data centre. Its regions in '" + rule.Spell(a.Resource, locations) + "' are not spread over availability" +
					" zones, and it fails over to no second one. Do either."})
			case value.Undecided:
				ask(p, a.Resource, cosmos.Question{Path: locations, Value: list,
					Reason: "Whether the account has several zones or regions is not known before deployment."})
			}
		})
	},
}

const locations = "properties.locations"

func zoneRedundant(list value.Value) value.Truth {
	found := unseen(list)
	for _, e := range list.Elems() {
		found = value.Or(found, e.Decide(func(e value.Value) value.Truth { return cosmos.IsOn(e.Get("isZoneRedundant")) }))
	}
	return found
}

func severalRegions(list value.Value) value.Truth {
	return value.Or(value.TruthOf(len(list.Elems()) > 1), unseen(list))
}

// unseen is Undecided where a list may have more elements than can be seen.
func unseen(list value.Value) value.Truth {
	if list.Open || list.Kind != value.Array && !list.IsUnset() {
		return value.Undecided
	}
	return value.False
}

func failsOver(r *model.Resource) value.Truth {
	return value.Or(cosmos.IsOn(r.Body.GetPath("properties.enableAutomaticFailover")),
		cosmos.IsOn(r.Body.GetPath("properties.enableMultipleWriteLocations")),
		value.And(cosmos.Restored(r), value.Undecided)) // what is not set comes from the other account
}
