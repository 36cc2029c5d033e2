package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// WAFOff is CDB524.
var WAFOff = &rule.Rule{
	ID:       "CDB524",
	Name:     "waf-off",
	Title:    "No web application firewall stops attacks on a program that uses an account",
	Category: rule.Perimeter,
	Severity: diag.Warning,
	Score:    5.5,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-4"), rule.MCSB, "NS-6"), rule.Policy,
		"564feb30-bf6a-4854-b4bb-0d2d2d1e6c66", "055aa869-bc98-4af8-bafc-23f1ab6ffe2c"), rule.CWE, "CWE-693"),
	Doc: `An application gateway or a Front Door takes requests from outside to a program that uses the account. It has no web application
firewall, one that is disabled, or one that only detects: injected queries and known exploits reach the program, and through it the data.

Give the gateway a ` + "`firewallPolicy`" + ` (tier WAF_v2), the Front Door a security policy, in mode ` + "`Prevention`" + `, after a time with
` + "`Detection`" + ` in which false alarms are sorted out. Only gateways and Front Doors are looked at whose backends are programs of this
deployment with the account in their settings, or with a role on it.`,
	References: []string{
		"https://learn.microsoft.com/azure/web-application-firewall/ag/ag-overview",
		"https://learn.microsoft.com/azure/web-application-firewall/afds/afds-overview",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		said := map[*model.Resource]bool{}
		for _, e := range around(p).Entries {
			if wafs := look(p).WAFs(e.Resource); !e.Resource.Existing && len(wafs) > 0 {
				checkWAF(p, e, wafs, said)
			}
		}
	},
}

// checkWAF judges the weakest place of an entry, once where several entries share it.
func checkWAF(p *rule.Pass, e cosmos.Tied, wafs []cosmos.WAF, said map[*model.Resource]bool) {
	worst := wafs[0]
	for _, w := range wafs {
		if w.Weak() == value.True && worst.Weak() != value.True || w.Weak() == value.Undecided && worst.Weak() == value.False {
			worst = w
		}
	}
	if !said[worst.Resource] {
		said[worst.Resource] = true
		judgeTied(p, e.Tie, worst.Weak(), wafFinding(e, worst), worst.Open)
	}
}

func wafFinding(e cosmos.Tied, w cosmos.WAF) rule.Finding {
	f := rule.Finding{Resource: w.Resource, Path: w.Path}
	entry := "application gateway '" + rule.Title(e.Resource.Name) + "'"
	if !e.Resource.Is("Microsoft.Network/applicationGateways") {
		entry = "Front Door '" + rule.Title(e.Resource.Name) + "'"
	}
	then := " Attacks reach " + behind(e.Tie) + "."
	switch {
	case w.Missing == value.True:
		f.Message = strings.ToUpper(entry[:1]) + entry[1:] + " has no web application firewall." + then + " Give it a policy in mode Prevention."
	case w.Off == value.True:
		f.Message = "The web application firewall of " + entry + " is disabled." + then + " Enable it, in mode Prevention ('" +
			rule.Spell(w.Resource, w.Path) + "')."
	default:
		f.Message = "The web application firewall of " + entry + " only detects attacks." + then + " Set '" + rule.Spell(w.Resource, w.Path) +
			"' to " + rule.Literal(w.Resource, w.Path, value.OfString("Prevention")) + " once false alarms are sorted out."
	}
	if w.Resource != e.Resource {
		f.Related = related("used here", e.Resource.Header)
	}
	return f
}
