package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// FirewallIDPSOff is CDB522.
var FirewallIDPSOff = &rule.Rule{
	ID:       "CDB522",
	Name:     "firewall-idps-off",
	Title:    "Premium firewall policy does not stop intrusions",
	Category: rule.Perimeter,
	Severity: diag.Note,
	Score:    3.5,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-5"), rule.MCSB, "NS-4"), rule.CWE, "CWE-636"),
	Doc: `A firewall policy of the Premium tier can look for the signatures of attacks in the traffic that it lets through. This one does
not, which is the default, or raises alerts and lets them pass. It guards a network in which the account, or a program that uses it, is
reached.

Set ` + "`intrusionDetection.mode`" + ` to ` + "`Deny`" + `, after a time with ` + "`Alert`" + ` in which false alarms are sorted out. Of a policy and
its base policy the stricter mode is in force. Policies of other tiers have no intrusion detection, and are not reported.`,
	References: []string{
		"https://learn.microsoft.com/azure/firewall/premium-features#idps",
		"https://learn.microsoft.com/azure/firewall-manager/policy-overview",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, policy := range around(p).PoliciesInForce() {
			if cosmos.Tier(policy.Resource, "Premium") != value.False {
				checkIDPS(p, policy)
			}
		}
	},
}

func checkIDPS(p *rule.Pass, t cosmos.Tied) {
	v, r, path := look(p), t.Resource, cosmos.IntrusionMode
	does, then := "has no intrusion detection", "Set '"
	if v.AtLeast(r, path, cosmos.Alert) == value.True {
		does, then = "only alerts of intrusions", "Once false alarms are sorted out, set '"
	}
	f := rule.Finding{Resource: r, Path: path, Message: "Firewall policy '" + rule.Title(r.Name) + "' is Premium but " + does +
		". Attacks in traffic that its rules allow reach " + behind(t.Tie) + ". " + then + rule.Spell(r, path) + "' to " +
		rule.Literal(r, path, value.OfString("Deny")) + "."}
	judgeTied(p, t.Tie, value.And(cosmos.Tier(r, "Premium"), v.AtLeast(r, path, cosmos.Deny).Not()), f,
		modeQuestion(r, path, "Premium"))
}
