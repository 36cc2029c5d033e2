package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DataPlaneAssignmentAccountWide is CDB204.
var DataPlaneAssignmentAccountWide = &rule.Rule{
	ID:       "CDB204",
	Name:     "data-plane-assignment-account-wide",
	Title:    "A role that changes data is assigned on the whole account",
	Category: rule.Identity,
	Severity: diag.Note,
	Score:    3.0,
	Controls: rule.Also(rule.Baseline("IM-2"), rule.CWE, "CWE-250"),
	Doc: `A principal gets the built-in Data Contributor, or a role of the deployment that changes items, on the whole account: in all
its databases and containers, those that are made later included.

Assign it where the data is that the principal works with: a ` + "`scope`" + ` of the account's id followed by ` + "`/dbs/NAME`" + ` or
` + "`/dbs/NAME/colls/NAME`" + `. For an account with one database and one application there is nothing to gain; suppress the finding
then. A role whose actions are not in the deployment is not reported.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/nosql/security/reference-data-plane-roles",
		"https://learn.microsoft.com/azure/cosmos-db/how-to-setup-rbac",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.OfType(cosmos.SQLRoleAssignmentType) {
			writer, wide := cosmos.WriterAccountWide(p.Deployment, r)
			switch value.And(writer, wide) {
			case value.True:
				p.Report(rule.Finding{
					Resource: r,
					Path:     assignmentScope,
					Message: "Assignment '" + rule.Title(r.Name) + "' lets a principal change all data of the account. '" +
						rule.Spell(r, assignmentScope) + "' is the account itself. Assign the role on the database or container" +
						" that the principal works with.",
				})
			case value.Undecided:
				askAssignment(p, r, wide)
			default:
				if writer == value.True {
					p.Held(r)
				}
			}
		}
	},
}

const (
	assignmentScope = "properties.scope"
	assignedRole    = "properties.roleDefinitionId"
)

func askAssignment(p *rule.Pass, r *model.Resource, wide value.Truth) {
	if wide == value.Undecided {
		p.Undetermined(r, assignmentScope, r.Body.GetPath(assignmentScope), rule.Unknown(r, assignmentScope))
		return
	}
	p.Undetermined(r, assignedRole, r.Body.GetPath(assignedRole), "What the assigned role allows is not known here.")
}
