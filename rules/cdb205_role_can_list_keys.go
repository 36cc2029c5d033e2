package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// RoleCanListKeys is CDB205.
var RoleCanListKeys = &rule.Rule{
	ID:       "CDB205",
	Name:     "role-can-list-keys",
	Title:    "A role of Azure's hands out the account's keys",
	Category: rule.Identity,
	Severity: diag.Warning,
	Score:    5.8,
	Controls: rule.Also(rule.Baseline("IM-1", "IM-7"), rule.CWE, "CWE-269"),
	Doc: `Who may list the keys of an account has all rights on its data, whatever the roles on data say, and keeps them when the role
is taken away: a key works until it is regenerated. Such roles are a custom one with
` + "`Microsoft.DocumentDB/databaseAccounts/listKeys/*`" + `, ` + "`…/listConnectionStrings/*`" + ` or a wider pattern, and DocumentDB Account Contributor, Contributor and
Owner, when they are assigned on an account.

Assign a role on data instead, or Cosmos DB Operator, which manages accounts without their keys. In a custom role take
` + "`Microsoft.DocumentDB/databaseAccounts/listKeys/*`" + ` and ` + "`…/listConnectionStrings/*`" + ` back with ` + "`notActions`" + `. Assignments on a resource group or a subscription
are not reported: they serve more than this account.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/role-based-access-control",
		"https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/databases",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.OfType(cosmos.RoleDefinitionType) {
			checkKeyActions(p, r)
		}
		for _, r := range p.Deployment.OfType(cosmos.RoleAssignmentType) {
			checkKeyRole(p, r)
		}
	},
}

func checkKeyActions(p *rule.Pass, r *model.Resource) {
	const path = "properties.permissions"
	permissions := r.Body.GetPath(path)
	if len(look(p).Accounts) == 0 && cosmos.Grants(permissions, "actions", cosmos.NamesCosmos) != value.True {
		return // a role about something else
	}
	switch cosmos.KeepsKeys(permissions) {
	case value.True:
		e := deepest(r, path, "actions", cosmos.ListsKeys, value.True)
		p.Report(rule.Finding{
			Resource: r, Path: e.Path, Value: &e.Value, Site: e.Value.Span,
			Message: "Role '" + rule.Title(r.Name) + "' may list the keys of accounts. Action '" + rule.Title(e.Value) +
				"' gives whoever has the role all rights on all data. Leave listKeys and listConnectionStrings out, or except both.",
		})
	case value.Undecided:
		p.Undetermined(r, path, permissions, rule.Unknown(r, path))
	default:
		p.Held(r)
	}
}

func checkKeyRole(p *rule.Pass, r *model.Resource) {
	id := r.Body.GetPath(assignedRole)
	on := cosmos.OnAccount(r)
	role, is := cosmos.KeyRole(id)
	switch {
	case on == value.True && is == value.True:
		p.Report(rule.Finding{Resource: r, Path: assignedRole, Message: "Assignment '" + rule.Title(r.Name) + "' gives a principal" +
			" the keys of an account. " + role + " may list them, and a key has all rights on all data. Assign a role on data" +
			" or, to manage accounts, Cosmos DB Operator."})
	case on == value.True && is == value.Undecided:
		p.Undetermined(r, assignedRole, id, rule.Unknown(r, assignedRole))
	case on == value.True:
		p.Held(r)
	}
}
