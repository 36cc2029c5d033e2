package rules

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// LegacyAuthenticationAllowed is CDB604.
var LegacyAuthenticationAllowed = &rule.Rule{
	ID:       "CDB604",
	Name:     "legacy-authentication-allowed",
	Title:    "No conditional access policy blocks legacy clients",
	Category: rule.Tenant,
	Severity: diag.Warning,
	Score:    5.5,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-4", "IM-8"), rule.MCSB, "IM-6"), rule.CWE, "CWE-308"),
	Doc: `The deployment has conditional access policies for all applications, but none keeps legacy clients out. Protocols like
IMAP, POP and SMTP take a password and nothing else, so attackers try passwords there, and what they find signs in elsewhere.

A policy keeps legacy clients out when it is enforced, for all users, and either blocks the client type ` + "`other`" + `, or asks
all client types for what these cannot give: multifactor authentication or an authentication strength. A policy for some
users only may be one of several that come to the same: that is undetermined. A policy that is off or only reports does not
count. Deployments whose policies are all for single applications are not looked at: legacy clients cannot sign in to these.

Add a policy that blocks ` + "`exchangeActiveSync`" + ` and ` + "`other`" + ` for all users and applications. If one that is made
elsewhere does, suppress this finding.`,
	References: []string{
		"https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication",
		"https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		var broad []cosmos.AccessPolicy
		sure := value.TruthOf(false)
		for _, policy := range cosmos.AccessPolicies(p.Deployment) {
			if is := policy.IsBroad(); is != value.False {
				broad, sure = append(broad, policy), value.Or(sure, is)
			}
		}
		if len(broad) > 0 {
			checkLegacy(p, broad, sure)
		}
	},
}

// checkLegacy asks all policies together, whenever one of them that is surely deployed is, and reports on the one that would
// do, or may, for some users.
func checkLegacy(p *rule.Pass, broad []cosmos.AccessPolicy, sure value.Truth) {
	there := broad[max(slices.IndexFunc(broad, func(a cosmos.AccessPolicy) bool { return a.Exists == model.Yes }), 0)]
	best := broad[max(slices.IndexFunc(broad, func(a cosmos.AccessPolicy) bool { return a.AimsAtLegacy() == value.True }), 0)]
	switch blocked := cosmos.LegacyBlocked(p.Deployment, cosmos.AccessPolicies(p.Deployment), there); value.And(sure, blocked.Not()) {
	case value.True:
		p.Report(legacyFinding(best))
	case value.False:
		p.Held(best.Resource)
	default:
		ask(p, best.Resource, cosmos.Question{Value: best.Body, Reason: "Whether a policy keeps legacy clients out is not known before deployment."})
	}
}

func legacyFinding(best cosmos.AccessPolicy) rule.Finding {
	const why = " Protocols that take nothing but a password stay open."
	if best.AimsAtLegacy() == value.True && best.Enforced() == value.False {
		return rule.Finding{Resource: best.Resource, Path: cosmos.AccessState, Message: policyTitle(best.Resource) +
			" would keep legacy clients out, but is not enforced, and no other policy does." + why + " Set '" +
			rule.Spell(best.Resource, cosmos.AccessState) + "' to " +
			rule.Literal(best.Resource, cosmos.AccessState, value.OfString("enabled")) + "."}
	}
	return rule.Finding{Resource: best.Resource, Message: policyTitle(best.Resource) + " does not keep legacy clients out, and no other" +
		" policy of this deployment does." + why + " Add a policy that blocks the client types 'exchangeActiveSync' and 'other' for all users, unless" +
		" one made elsewhere does."}
}
