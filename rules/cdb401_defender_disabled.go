package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DefenderDisabled is CDB401.
var DefenderDisabled = &rule.Rule{
	ID:       "CDB401",
	Name:     "defender-disabled",
	Title:    "Defender does not watch the account",
	Category: rule.Data,
	Severity: diag.Note,
	Score:    3.9,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-5"), rule.MCSB, "LT-1"),
		rule.Policy, "b5f04e03-92a3-4b09-9410-2cc5e5047656", "adbe85b5-83e6-4350-ab58-bf3a4f736e5e", "82bf5b87-728b-4a74-ba4d-6123845cf542"), rule.CWE, "CWE-778"),
	Doc: `Microsoft Defender for Azure Cosmos DB raises an alert on injection attempts, on access from suspicious places and on
extraction of keys and data. It is on for an account when the plan ` + "`CosmosDbs`" + ` of its subscription is Standard, or when
` + "`Microsoft.Security/advancedThreatProtectionSettings`" + ` on the account says so. The deployment has neither. It covers
accounts of the NoSQL API in the public cloud; others are not reported.

The plan is better: it covers accounts to come. It often lives in another deployment or a policy: then suppress this finding
with that reason. A setting that turns Defender off is a warning.`,
	References: []string{
		"https://learn.microsoft.com/azure/defender-for-cloud/concept-defender-for-cosmos",
		"https://learn.microsoft.com/azure/cosmos-db/sql/defender-for-cosmos-db",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			d := look(p).DefenderOf(a.Resource)
			missing := d.On.Not()
			switch value.And(covered(a), missing) {
			case value.True:
				p.Report(defenderFinding(a, d))
			case value.Undecided:
				asked, q := d.Asked, d.Question
				if missing == value.True {
					asked, q = a.Resource, cosmos.Question{Path: "kind", Value: apiInput(a.Resource),
						Reason: "Which API the account has cannot be told from its kind and capabilities."}
				}
				ask(p, asked, q)
			default:
				if covered(a) == value.True {
					p.Held(a.Resource)
				}
			}
		})
	},
}

func defenderFinding(a *cosmos.Account, d cosmos.Defender) rule.Finding {
	if d.Off != nil {
		return rule.Finding{Resource: d.Off, Path: cosmos.DefenderEnabled, Severity: diag.Warning, Message: title(a.Resource) +
			" has Microsoft Defender turned off. Nobody gets an alert on injection attempts or stolen keys. Set '" +
			rule.Spell(d.Off, cosmos.DefenderEnabled) + "' to " + on(d.Off, cosmos.DefenderEnabled) + "."}
	}
	return rule.Finding{Resource: a.Resource, Message: title(a.Resource) + " is not watched by Microsoft Defender in this deployment." +
		" Nobody gets an alert on injection attempts or stolen keys. Turn it on for the account, unless the plan of the" +
		" subscription, which another deployment or a policy may set, covers it."}
}

// covered answers whether Defender can watch the account: it knows one API, and one cloud; see Availability at
// https://learn.microsoft.com/azure/defender-for-cloud/concept-defender-for-cosmos.
func covered(a *cosmos.Account) value.Truth {
	switch cloud := cosmos.CloudOf(a.Resource.Body.Get("location")); {
	case cloud == cosmos.USGovernment, cloud == cosmos.China:
		return value.False
	case a.API == cosmos.UnknownAPI:
		return value.Undecided
	}
	return value.TruthOf(a.API == cosmos.NoSQL)
}
