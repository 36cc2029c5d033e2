package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
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
all client types for what these cannot give: multifactor authentication, an authentication strength, or a managed device. A
policy for some users only may be one of several that come to the same: that is undetermined. A policy that is off or only
reports does not count: where it is the only one that is meant to, this is found at its state, and not by CDB602 as well.
Deployments whose policies are all for single applications are not looked at: legacy clients cannot sign in to these.

Add a policy that blocks ` + "`exchangeActiveSync`" + ` and ` + "`other`" + ` for all users and applications. If one that is made
elsewhere does, suppress this finding.`,
	References: []string{
		"https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication",
		"https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		l := legacy(p)
		switch {
		case l.Policy.Resource == nil:
		case l.LetIn == value.True:
			p.Report(legacyFinding(l))
		case l.LetIn == value.False:
			p.Held(l.Policy.Resource)
		default:
			ask(p, l.Policy.Resource, cosmos.Question{Value: l.Policy.Body,
				Reason: "Whether a policy keeps legacy clients out is not known before deployment."})
		}
	},
}

func legacyFinding(l cosmos.LegacyClients) rule.Finding {
	const why = " Protocols that take nothing but a password stay open."
	r := l.Policy.Resource
	if l.NotEnforced() {
		return rule.Finding{Resource: r, Path: cosmos.AccessState, Message: policyTitle(r) + " would keep legacy clients out, but " +
			notEnforced(r) + ". No other policy of this deployment keeps them out." + why + enforce(r)}
	}
	return rule.Finding{Resource: r, Message: policyTitle(r) + " does not keep legacy clients out, and no other" +
		" policy of this deployment does." + why + " Add a policy that blocks the client types 'exchangeActiveSync' and 'other' for all users, unless" +
		" one made elsewhere does."}
}
