package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ConsumerUsesAccountKey is CDB207.
var ConsumerUsesAccountKey = &rule.Rule{
	ID:       "CDB207",
	Name:     "consumer-uses-account-key",
	Title:    "A service connects with an account's key though it could with an identity",
	Category: rule.Identity,
	Severity: diag.Warning,
	Score:    5.5,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("IM-2", "IM-7"), rule.MCSB, "IM-3", "IM-8"),
		rule.Policy, "127ef6d7-242f-43b3-9eef-947faf1725d0"), rule.CWE, "CWE-522"),
	Doc: `A linked service of Data Factory or Synapse, an output of Stream Analytics, a route of an IoT Hub or a connection of a Logic App connects to an account with its key,
which has all rights on all data, and has to be brought there again whenever it changes. As long as one service does so, keys
cannot be turned off (CDB201).

All of these can use a managed identity with a role on the account: leave ` + "`accountKey`" + ` and connection strings with a key out of the
linked service, set ` + "`authenticationMode`" + ` of the output to ` + "`Msi`" + `, or ` + "`authenticationType`" + ` of the route to ` + "`identityBased`" + `.
A key from a vault is a key as well. Linked services for MongoDB, which have connection strings only, are not reported.`,
	References: []string{
		"https://learn.microsoft.com/azure/data-factory/connector-azure-cosmos-db",
		"https://learn.microsoft.com/azure/stream-analytics/cosmos-db-managed-identity",
		"https://learn.microsoft.com/azure/iot-hub/iot-hub-managed-identity",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.Resources {
			if use, key := firstKeyUse(r); key == value.True {
				p.Report(rule.Finding{Resource: r, Path: use.Path, Message: "'" + rule.Title(r.Name) + "' connects to Cosmos DB with" +
					" a key. The key has all rights on all data, and keeps keys from being turned off ('" + rule.Spell(r, use.Path) +
					"' decides). Let it use a managed identity with a role on the account."})
			} else if key == value.Undecided {
				p.Undetermined(r, use.Path, use.Value, rule.Unknown(r, use.Path))
			} else if use.Cosmos == value.True {
				p.Held(r)
			}
		}
	},
}

// firstKeyUse prefers a place that surely has a key to one that may, and that to one that has none.
func firstKeyUse(r *model.Resource) (first cosmos.KeyUse, answer value.Truth) {
	answer = value.False
	for _, use := range cosmos.KeyUses(r) {
		switch {
		case use.Key == value.True:
			return use, value.True
		case use.Key == value.Undecided && answer == value.False:
			first, answer = use, value.Undecided
		case use.Cosmos == value.True && answer == value.False:
			first = use
		}
	}
	return first, answer
}
