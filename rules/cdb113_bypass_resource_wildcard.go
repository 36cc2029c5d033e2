package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// BypassResourceWildcard is CDB113.
var BypassResourceWildcard = &rule.Rule{
	ID:       "CDB113",
	Name:     "bypass-resource-wildcard",
	Title:    "More than single resources bypass the firewall",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    5.3,
	Controls: rule.Also(rule.Baseline("NS-1"), rule.CWE, "CWE-284", "CWE-155"),
	Doc: `` + "`" + `networkAclBypassResourceIds` + "`" + ` lists the resources that may reach the account past its firewall. An id with a wildcard, or
one of a whole subscription or resource group, lets in whatever is made there later.

List the ids of single resources.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/analytical-store-private-endpoints",
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			judgeList(p, a.Exposure, cosmos.Selected|cosmos.Private, bypassResourceIDs, broadID,
				func(bad []element) rule.Finding { return broadBypass(a, bad) })
		})
	},
}

// broadID answers whether an id has a wildcard, or ends at a subscription or a resource group.
func broadID(id value.Value) value.Truth {
	if id.Kind != value.String && id.Parts() == nil {
		return value.Undecided
	}
	depth := 0
	for _, segment := range model.SplitName(id) { // a hole is one segment
		text, known := segment.Text()
		if strings.Contains(rule.Title(segment), "*") {
			return value.True
		}
		if !known || text != "" {
			depth++
		}
	}
	const subscription, resourceGroup = 2, 4 // segments of the id of each
	return value.TruthOf(depth == subscription || depth == resourceGroup)
}

func broadBypass(a *cosmos.Account, bad []element) rule.Finding {
	return rule.Finding{
		Path:  bad[0].Path,
		Value: &bad[0].Value,
		Message: title(a.Resource) + " lets more than single resources past its firewall. '" + rule.Title(bad[0].Value) +
			"' covers whatever is made there later. List the ids of single resources in '" +
			rule.Spell(a.Resource, bypassResourceIDs) + "'.",
	}
}
