package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ConditionalAccessWithoutMFA is CDB603.
var ConditionalAccessWithoutMFA = &rule.Rule{
	ID:       "CDB603",
	Name:     "conditional-access-without-mfa",
	Title:    "Conditional access policy lets users in without a second factor",
	Category: rule.Tenant,
	Severity: diag.Warning,
	Score:    5.0,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("IM-4", "IM-6"), rule.MCSB, "IM-6", "IM-7"), rule.CIS, "1.2.4"),
		rule.CWE, "CWE-308"),
	Doc: `The policy lets users in to applications under a condition, a managed device or terms of use for instance, but neither asks
for multifactor authentication nor for an authentication strength, and no other policy of the deployment does so for the
same users, applications and sign-ins. A stolen password is then enough on a device that fits.

All policies that fit a sign-in hold together. One that asks for a device is no mistake beside one that asks for a second
factor, so these are looked at together. Who is in a group is not written anywhere: policies for different groups are
undetermined, and so is one for some places or platforms only. What a policy excludes is taken as meant. Policies that block,
that are not enforced (CDB602), or that are for workloads are not this rule's.

Add ` + "`mfa`" + ` or an authentication strength. If a policy that is made elsewhere asks for it, suppress this finding.`,
	References: []string{
		"https://learn.microsoft.com/graph/api/resources/conditionalaccessgrantcontrols",
		"https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-mfa-strength",
		"https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-policies",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		policies := cosmos.AccessPolicies(p.Deployment)
		for _, policy := range policies {
			checkSecondFactor(p, policy, policies)
		}
	},
}

func checkSecondFactor(p *rule.Pass, policy cosmos.AccessPolicy, all []cosmos.AccessPolicy) {
	lets := value.And(policy.Enforced(), policy.Grants())
	bad := value.And(lets, policy.AsksForMFA().Not())
	switch {
	case lets == value.False:
	case bad == value.False:
		p.Held(policy.Resource)
	default:
		covered := policy.Covered(p.Deployment, all)
		switch value.And(bad, covered.Not()) {
		case value.True:
			p.Report(secondFactor(policy))
		case value.False:
			p.Held(policy.Resource)
		default:
			ask(p, policy.Resource, factorQuestion(policy, bad))
		}
	}
}

func secondFactor(policy cosmos.AccessPolicy) rule.Finding {
	path := cosmos.BuiltInControls
	return rule.Finding{Resource: policy.Resource, Path: path, Message: policyTitle(policy.Resource) + " lets users in without a second" +
		" factor, and no other policy of this deployment asks them for one. A stolen password gets in where its other conditions are met. Add " +
		rule.Literal(policy.Resource, path+".0", value.OfString("mfa")) + " to '" + rule.Spell(policy.Resource, path) +
		"', or an authentication strength, unless a policy made elsewhere asks for it."}
}
