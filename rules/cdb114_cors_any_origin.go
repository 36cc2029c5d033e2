package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// CORSAnyOrigin is CDB114.
var CORSAnyOrigin = &rule.Rule{
	ID:       "CDB114",
	Name:     "cors-any-origin",
	Title:    "CORS lets pages of any origin use the account",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    5.3,
	Controls: rule.Also(rule.Baseline("NS-4"), rule.CWE, "CWE-942"),
	Doc: `The CORS rules allow the origin ` + "`" + `*` + "`" + `: scripts on any web page may call the account from a visitor's browser, and use
whatever token or key they find there.

List the origins of your own pages.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-cross-origin-resource-sharing",
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			judgeList(p, a.Exposure, cosmos.AnyState, cors, anyOrigin, func(bad []element) rule.Finding { return anyOriginFinding(a, bad) })
		})
	},
}

const (
	cors           = "properties.cors"
	allowedOrigins = "allowedOrigins"
)

// anyOrigin looks for the origin * in a list with commas, or, though the service asks for a string, in a list.
func anyOrigin(rule value.Value) value.Truth {
	return rule.Get(allowedOrigins).Decide(func(origins value.Value) value.Truth {
		if origins.Kind == value.Array || origins.IsUnset() {
			return anyElement(origins, func(v value.Value) value.Truth { return v.EqualsFold("*") })
		}
		answer := value.False
		for _, origin := range cosmos.SplitList(origins) {
			answer = value.Or(answer, origin.EqualsFold("*"))
		}
		return answer
	})
}

func anyOriginFinding(a *cosmos.Account, bad []element) rule.Finding {
	path := bad[0].Path + "." + allowedOrigins
	v := bad[0].Value.Get(allowedOrigins)
	f := rule.Finding{
		Path:  path,
		Value: &v,
		Message: title(a.Resource) + " lets pages of any origin use it. With '*' in '" + rule.Spell(a.Resource, path) + "' scripts " +
			"on every web page may call it from a visitor's browser. List the origins of your own pages.",
	}
	switch a.API {
	case cosmos.MongoDB, cosmos.Cassandra, cosmos.Gremlin:
		f.Severity = diag.Note
		f.Message += " Clients of the " + a.API.String() + " API do not use CORS; the rule can go."
	}
	return f
}
