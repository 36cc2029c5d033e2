package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// FirewallThreatIntelOff is CDB521.
var FirewallThreatIntelOff = &rule.Rule{
	ID:       "CDB521",
	Name:     "firewall-threat-intel-off",
	Title:    "Azure Firewall lets known malicious addresses through",
	Category: rule.Perimeter,
	Severity: diag.Warning,
	Score:    5.0,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-4", "NS-5"), rule.MCSB, "NS-3"), rule.Policy,
		"da79a7e2-8aa1-45ed-af81-ba050c153564", "7c591a93-c34c-464c-94ac-8f9f9a46e3d6"), rule.CWE, "CWE-636"),
	Doc: `Azure Firewall knows addresses and names from which attacks come, by a feed of Microsoft's. Turned off, or with alerts only, which is the
default, it lets their traffic through to the network in which the account, or a program that uses it, is reached.

Set ` + "`threatIntelMode`" + ` to ` + "`Deny`" + `, in the policy if the firewall has one. Of a policy and its base policy the stricter mode is in
force. Alerts only is a note; it is all that a firewall of the Basic tier can do.`,
	References: []string{
		"https://learn.microsoft.com/azure/firewall/threat-intel",
		"https://learn.microsoft.com/azure/firewall-manager/policy-overview",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		s := around(p)
		for _, f := range s.Firewalls {
			switch has, made := look(p).HasPolicy(f.Resource); {
			case has == value.False:
				checkThreatIntel(p, f, "Firewall")
			case !made:
				ask(p, f.Resource, cosmos.Question{Path: cosmos.FirewallPolicyRef, Value: f.Resource.Body.GetPath(cosmos.FirewallPolicyRef),
					Reason: "The policy of firewall '" + rule.Title(f.Resource.Name) + "' is not in this deployment, or not known."})
			}
		}
		for _, policy := range s.PoliciesInForce() {
			checkThreatIntel(p, policy, "Firewall policy")
		}
	},
}

func checkThreatIntel(p *rule.Pass, t cosmos.Tied, what string) {
	v, r, path := look(p), t.Resource, cosmos.ThreatIntelMode
	basic := cosmos.Tier(r, "Basic")
	off := v.AtLeast(r, path, cosmos.Alert).Not()
	weak := value.And(v.AtLeast(r, path, cosmos.Deny).Not(), basic.Not())
	best := "Deny"
	if basic == value.True {
		best = "Alert"
	}
	f := rule.Finding{Resource: r, Path: path, Message: what + " '" + rule.Title(r.Name) + "' does nothing against known malicious" +
		" addresses. They reach " + behind(t.Tie) + ". Set '" + rule.Spell(r, path) + "' to " + rule.Literal(r, path, value.OfString(best)) + "."}
	if off == value.False {
		f.Severity = diag.Note
		f.Message = what + " '" + rule.Title(r.Name) + "' only alerts of known malicious addresses. Their traffic still gets" +
			" through to " + behind(t.Tie) + ". Set '" + rule.Spell(r, path) + "' to " + rule.Literal(r, path, value.OfString(best)) +
			", once the alerts are known to be right."
	}
	bad := value.Or(off, weak)
	if off == value.Undecided && weak != value.False {
		bad = value.Undecided // in any case there is something to say, but not which
	}
	judgeTied(p, t.Tie, bad, f, modeQuestion(r, path, "Basic"))
}
