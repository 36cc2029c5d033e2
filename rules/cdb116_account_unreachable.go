package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// AccountUnreachable is CDB116.
var AccountUnreachable = &rule.Rule{
	ID:       "CDB116",
	Name:     "account-unreachable",
	Title:    "Nothing can reach the account",
	Category: rule.Network,
	Severity: diag.Note,
	Score:    1.0,
	Controls: rule.Also(rule.Baseline("NS-3"), rule.CWE, "CWE-1188"),
	Doc: `Public network access is off and the deployment has no private endpoint for the account. That is safe. It is often a
mistake, and somebody who turns public access on again to get work done ends with an open account.

A private endpoint that Data Factory, Synapse, AI Search, Data Explorer or Machine Learning has in a network of its own counts, whether
or not it has been approved.

Add a private endpoint, unless one is made elsewhere.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachExposure(p, func(e cosmos.Exposure) {
			switch value.And(e.Is(cosmos.Private), e.HasEndpoint.Not()) {
			case value.True:
				path := cosmos.PublicAccessPath(e.Resource)
				p.Report(rule.Finding{Resource: e.Resource, Path: path, Message: unreachableMessage(e, path)})
			case value.Undecided:
				askPublic(p, e, cosmos.Private)
			default:
				heldPrivately(p, e)
			}
		})
	},
}

func unreachableMessage(e cosmos.Exposure, path string) string {
	return title(e.Resource) + " cannot be reached. Public network access is off ('" + rule.Spell(e.Resource, path) + "') and the " +
		"deployment has no private endpoint for it. Add one, unless it is made elsewhere."
}
