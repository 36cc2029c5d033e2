package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DataPlaneRoleWildcard is CDB203.
var DataPlaneRoleWildcard = &rule.Rule{
	ID:       "CDB203",
	Name:     "data-plane-role-wildcard",
	Title:    "A role on data allows more than any client needs",
	Category: rule.Identity,
	Severity: diag.Warning,
	Score:    6.0,
	Controls: rule.Also(rule.Baseline("IM-1", "IM-2"), rule.CWE, "CWE-250", "CWE-732"),
	Doc: `A role of the account's own allows everything with one pattern: ` + "`*`" + `, ` + "`Microsoft.DocumentDB/databaseAccounts/*`" + ` or
` + "`…/sqlDatabases/*`" + `. It covers what will be added to the service later as well, and no built-in role is as wide.

List the actions that the client needs, such as ` + "`…/sqlDatabases/containers/items/read`" + `. Where it does need everything within
containers, ` + "`…/containers/*`" + ` with ` + "`…/containers/items/*`" + `, as the built-in Data Contributor has them, is not reported.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/nosql/security/reference-data-plane-actions",
		"https://learn.microsoft.com/azure/cosmos-db/nosql/security/reference-data-plane-roles",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, t := range cosmos.DataRoles {
			for _, r := range p.Deployment.OfType(t.Type) {
				switch cosmos.Grants(r.Body.GetPath(t.Permissions), t.Actions, tooWide) {
				case value.True:
					e := deepest(r, t.Permissions, t.Actions, tooWide, value.True)
					p.Report(rule.Finding{
						Resource: r, Path: e.Path, Value: &e.Value, Site: e.Value.Span,
						Message: "Role '" + rule.Title(r.Name) + "' allows '" + rule.Title(e.Value) + "'. Whoever has it may do" +
							" everything with the data of the account. List the actions that are needed.",
					})
				case value.Undecided:
					e := deepest(r, t.Permissions, t.Actions, tooWide, value.Undecided)
					p.Undetermined(r, e.Path, e.Value, rule.Unknown(r, e.Path))
				default:
					p.Held(r)
				}
			}
		}
	},
}

// tooWide are the patterns that hold more than all containers and all items.
func tooWide(action value.Value) value.Truth {
	answer := value.False
	if action.Kind != value.String && action.Kind != value.Unknown {
		return value.Undecided
	}
	for _, pattern := range []string{"", "Microsoft.DocumentDB/", cosmos.AccountType + "/", cosmos.AccountType + "/sqlDatabases/"} {
		answer = value.Or(answer, action.EqualsFold(pattern+"*"))
	}
	return answer
}
