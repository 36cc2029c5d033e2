package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// VNetRulesIgnored is CDB109.
var VNetRulesIgnored = &rule.Rule{
	ID:       "CDB109",
	Name:     "vnet-rules-ignored",
	Title:    "Virtual network rules and their filter do not go together",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    5.0,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-3"), rule.MCSB, "NS-2"), rule.Policy, "e0a2b1a3-f7f9-4569-807f-2a9edebdf4d9"), rule.CWE, "CWE-284"),
	Doc: `The account lists virtual network rules while the filter for them is off: the rules do nothing, and without IP rules the
account is open. Or the filter is on and there is no rule of any kind: what happens then is not documented.

Set ` + "`" + `isVirtualNetworkFilterEnabled` + "`" + ` to ` + "`" + `true` + "`" + ` where there are rules.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-vnet-service-endpoint",
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			e := a.Exposure
			ignored := e.Decide(func(c cosmos.Case) value.Truth { return value.And(c.Enabled, c.Rules, c.Filter.Not()) })
			bare := e.Decide(func(c cosmos.Case) value.Truth {
				return value.And(c.Enabled, c.Filter, c.Rules.Not(), c.HasAddress.Not())
			})
			switch {
			case ignored == value.True:
				p.Report(ignoredRules(a.Resource))
			case bare == value.True:
				p.Report(bareFilter(a.Resource))
			case value.Or(ignored, bare) == value.Undecided:
				ask(p, a.Resource, filterQuestion(e))
			case e.RulesInForce() == value.True:
				p.Held(a.Resource)
			}
		})
	},
}

// ignoredRules points at the rules where the filter is not mentioned at all.
func ignoredRules(r *model.Resource) rule.Finding {
	path := networkFilter
	if f, _ := r.Body.Get("properties").Lookup("isVirtualNetworkFilterEnabled"); f.Site.IsZero() || f.Value.IsUnset() {
		path = virtualNetworkRules
	}
	return rule.Finding{
		Resource: r,
		Path:     path,
		Message: title(r) + " ignores its virtual network rules. '" + rule.Spell(r, virtualNetworkRules) + "' lists subnets, but the " +
			"filter that makes the rules work is off. Turn it on with '" + rule.Spell(r, networkFilter) + "'.",
		Fix: setFix(r, networkFilter, value.OfBool(true), true),
	}
}

func bareFilter(r *model.Resource) rule.Finding {
	return rule.Finding{
		Resource: r,
		Path:     networkFilter,
		Severity: diag.Note,
		Message: title(r) + " filters by virtual network without a rule. '" + rule.Spell(r, networkFilter) + "' is on, and neither a " +
			"subnet nor an address is listed: Microsoft does not document who gets in then. List those that need access, or turn " +
			"public network access off with '" + rule.Spell(r, publicNetworkAccess) + "'.",
	}
}
