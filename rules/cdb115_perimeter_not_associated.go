package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PerimeterNotAssociated is CDB115.
var PerimeterNotAssociated = &rule.Rule{
	ID:       "CDB115",
	Name:     "perimeter-not-associated",
	Title:    "Account waits for a network security perimeter that is not in sight",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    5.0,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-1", "NS-3"), rule.MCSB, "NS-2"), rule.CWE, "CWE-284"),
	Doc: `With ` + "`" + `publicNetworkAccess: SecuredByPerimeter` + "`" + ` the profile of a network security perimeter decides who reaches the
account. The deployment associates the account with none. Until something else does, nobody gets in over the public
endpoint, and what the rules will be cannot be reviewed here.

Add the association (` + "`" + `Microsoft.Network/networkSecurityPerimeters/resourceAssociations` + "`" + `), or check that it is made
elsewhere.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp",
		"https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			r, associated := a.Resource, look(p).Associated(a.Resource)
			switch value.And(a.Exposure.Is(cosmos.Perimeter), associated.Not()) {
			case value.True:
				p.Report(rule.Finding{Resource: r, Path: publicNetworkAccess, Message: perimeterMessage(a)})
			case value.Undecided:
				if a.Exposure.Is(cosmos.Perimeter) == value.Undecided {
					ask(p, r, a.Exposure.Open)
					return
				}
				p.Undetermined(r, publicNetworkAccess, r.Body.GetPath(publicNetworkAccess),
					"Whether a network security perimeter is associated with the account is not known before deployment.")
			default:
				if a.Exposure.Is(cosmos.Perimeter) == value.True {
					p.Held(r)
				}
			}
		})
	},
}

func perimeterMessage(a *cosmos.Account) string {
	return title(a.Resource) + " waits for a network security perimeter. '" + rule.Spell(a.Resource, publicNetworkAccess) +
		"' leaves it to a perimeter who gets in, and the deployment associates the account with none. Add the association, or check " +
		"that it is made elsewhere."
}
