package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// WeakTLS is CDB404.
var WeakTLS = &rule.Rule{
	ID:       "CDB404",
	Name:     "weak-tls",
	Title:    "Account accepts old versions of TLS",
	Category: rule.Data,
	Severity: diag.Error,
	Score:    7.0,
	Controls: rule.Also(rule.Also(rule.Baseline(), rule.MCSB, "DP-3"), rule.CWE, "CWE-326", "CWE-327"),
	Doc: `` + "`" + `minimalTlsVersion` + "`" + ` lets clients connect with TLS 1.0 or 1.1, which are broken and were retired years ago. New accounts
demand TLS 1.2 when the property is not set.

Set it to ` + "`" + `Tls12` + "`" + `, or remove it. MongoDB and Cassandra accounts take TLS 1.2 only, whatever the property says: the finding
is a note there.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/self-serve-minimum-tls-enforcement",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			switch cosmos.Effective(a.Resource, minimalTLS).Decide(isWeakTLS) {
			case value.True:
				p.Report(weakTLSFinding(a))
			case value.Undecided:
				ask(p, a.Resource, cosmos.Question{Path: minimalTLS, Value: a.Resource.Body.GetPath(minimalTLS)})
			default:
				p.Held(a.Resource)
			}
		})
	},
}

const minimalTLS = "properties.minimalTlsVersion"

func isWeakTLS(v value.Value) value.Truth {
	return value.Or(v.EqualsFold("Tls"), v.EqualsFold("Tls11"))
}

func weakTLSFinding(a *cosmos.Account) rule.Finding {
	r := a.Resource
	f := rule.Finding{
		Resource: r,
		Path:     minimalTLS,
		Message: title(r) + " accepts old versions of TLS. '" + rule.Spell(r, minimalTLS) + "' lets clients connect with TLS 1.0 or " +
			"1.1, which can be broken. Set it to TLS 1.2, the default.",
		Fix: setFix(r, minimalTLS, value.OfString("Tls12"), true),
	}
	if a.API == cosmos.MongoDB || a.API == cosmos.Cassandra {
		f.Severity = diag.Note
		f.Message += " " + a.API.String() + " accounts take TLS 1.2 only, whatever is set."
	}
	return f
}
