package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// LocalAuthEnabledOtherAPI is CDB209.
var LocalAuthEnabledOtherAPI = &rule.Rule{
	ID:       "CDB209",
	Name:     "local-auth-enabled-other-api",
	Title:    "Keys give access to the data of an account whose API may not do without",
	Category: rule.Identity,
	Severity: diag.Note,
	Score:    3.9,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-1", "IM-2"), rule.MCSB, "IM-1"), rule.CWE, "CWE-287"),
	Doc: `What CDB201 says of keys holds for accounts of the MongoDB (RU), Cassandra and Gremlin APIs as well, but the sources
do not agree on whether their keys can be turned off: Microsoft's pages for Cassandra and Gremlin show
` + "`disableLocalAuth`" + `, while Azure Policy and the Azure Verified Modules apply it to NoSQL (and Table) accounts only, and
the service has refused it for MongoDB.

Check whether your clients' drivers can sign in with Microsoft Entra ID. If they can, turn keys off; if not, keep keys in a
vault, rotate them, and suppress this finding with that reason. An account whose API is not known is reported here too.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/cassandra/security/how-to-disable-key-based-authentication",
		"https://learn.microsoft.com/azure/cosmos-db/gremlin/security/how-to-disable-key-based-authentication",
		"https://github.com/Azure/azure-policy/blob/master/built-in-policies/policyDefinitions/Cosmos%20DB/Cosmos_DisableLocalAuth_Modify.json",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, a := range look(p).Accounts {
			if a.API == cosmos.NoSQL || a.API == cosmos.Table {
				continue
			}
			api := "the " + a.API.String() + " API"
			if a.API == cosmos.UnknownAPI {
				api = "its API, which is not known here,"
			}
			checkLocalAuth(p, a.Resource, title(a.Resource)+" accepts its keys. Sources conflict on whether "+
				api+" works without them. If your clients can sign in with Microsoft Entra ID, set '"+
				rule.Spell(a.Resource, cosmos.DisableLocalAuth)+"' to "+on(a.Resource, cosmos.DisableLocalAuth)+".",
				func() *diag.Fix { return nil })
		}
	},
}
