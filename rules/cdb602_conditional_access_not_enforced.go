package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ConditionalAccessNotEnforced is CDB602.
var ConditionalAccessNotEnforced = &rule.Rule{
	ID:       "CDB602",
	Name:     "conditional-access-not-enforced",
	Title:    "Conditional access policy is not enforced",
	Category: rule.Tenant,
	Severity: diag.Warning,
	Score:    4.5,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-6"), rule.MCSB, "IM-7"), rule.CWE, "CWE-693"),
	Doc: `The policy is off, or only reports what it would do (` + "`enabledForReportingButNotEnforced`" + `): nobody is kept out by
it. Report-only is how a policy is tried out; in code it easily stays that way.

Set its state to ` + "`enabled`" + `. While it is being tried out, suppress this finding until a date. Of the policy that is meant to
keep legacy clients out, where no other does, CDB604 says that it is not enforced.

Policies hold for the whole tenant and so for every account: they are looked at wherever they are.`,
	References: []string{
		"https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy",
		"https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-report-only",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, policy := range cosmos.AccessPolicies(p.Deployment) {
			if l := legacy(p); l.NotEnforced() && l.Policy == policy {
				continue // CDB604 says it
			}
			p.Judge(rule.Finding{Resource: policy.Resource, Path: cosmos.AccessState, Message: policyTitle(policy.Resource) + " " +
				notEnforced(policy.Resource) + ". It keeps nobody out." + enforce(policy.Resource)},
				func(value.Value) value.Truth { return policy.Enforced().Not() })
		}
	},
}
