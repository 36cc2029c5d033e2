package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// CassandraAuthenticationOff is CDB208.
var CassandraAuthenticationOff = &rule.Rule{
	ID:       "CDB208",
	Name:     "cassandra-authentication-off",
	Title:    "Managed Cassandra cluster asks nobody who they are",
	Category: rule.Identity,
	Severity: diag.Error,
	Score:    8.0,
	Controls: rule.Also(rule.Baseline("IM-1"), rule.CWE, "CWE-306"),
	Doc: `With ` + "`authenticationMethod: 'None'`" + ` a managed instance for Apache Cassandra lets everybody in who can reach its nodes,
with all rights on all data. Microsoft has this value for emergencies only.

Set it to ` + "`Cassandra`" + `, passwords, which is the default, or to ` + "`Ldap`" + `, and give the clients roles.`,
	References: []string{
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/cassandraclusters",
		"https://learn.microsoft.com/javascript/api/@azure/arm-cosmosdb/knownauthenticationmethod",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.OfType(cosmos.CassandraType) {
			switch cosmos.Effective(r, authenticationMethod).Decide(isNone) {
			case value.True:
				p.Report(rule.Finding{
					Resource: r,
					Path:     authenticationMethod,
					Message: title(r) + " lets clients in without authentication. Whoever can reach its nodes has all rights on" +
						" all data. Set '" + rule.Spell(r, authenticationMethod) + "' to " +
						rule.Literal(r, authenticationMethod, value.OfString("Cassandra")) + ".",
					Fix: setFix(r, authenticationMethod, value.OfString("Cassandra"), true),
				})
			case value.Undecided:
				p.Undetermined(r, authenticationMethod, r.Body.GetPath(authenticationMethod), rule.Unknown(r, authenticationMethod))
			default:
				p.Held(r)
			}
		}
	},
}

const authenticationMethod = "properties.authenticationMethod"

func isNone(v value.Value) value.Truth {
	if v.Kind != value.String && v.Kind != value.Unknown {
		return value.Undecided
	}
	return v.EqualsFold("None")
}
