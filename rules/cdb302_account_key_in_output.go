package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// AccountKeyInOutput is CDB302.
var AccountKeyInOutput = &rule.Rule{
	ID:       "CDB302",
	Name:     "account-key-in-output",
	Title:    "An account key is returned by an output",
	Category: rule.Secrets,
	Severity: diag.Error,
	Score:    7.8,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-7"), rule.MCSB, "IM-8"), rule.CWE, "CWE-200", "CWE-532"),
	Doc: `The outputs of a deployment, also those of a module or nested deployment, are kept in its history in plain text.
Everybody with read access to the resource group can read them there, without the right to list the keys of the account,
and pipelines print them.

Return the account's id or endpoint. Who needs a key can list it where it is used, better is a managed identity and none at
all. Where a key has to leave a module, a secure output keeps it out of the history. A sensitive output of Terraform is a note:
it is hidden where it is shown, but stored in the state. So is one of a module that is linted alone: its callers decide.`,
	References: []string{
		"https://learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-outputs-should-not-contain-secrets",
		"https://learn.microsoft.com/azure/azure-resource-manager/bicep/outputs",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		for _, o := range p.Deployment.Outputs {
			if !model.IsSecure(o.Type) || o.Sensitive {
				checkOutput(p, o)
			}
		}
	},
}

func checkOutput(p *rule.Pass, o model.Output) {
	r := thing("output", o.Name, o.Module, o.Site)
	r.Exists, r.Calls = o.Exists, o.Calls
	switch key, is := cosmos.KeyIn(o.Value); is {
	case value.True:
		p.Report(outputFinding(o, r, key))
	case value.Undecided:
		p.Undetermined(r, "", o.Value, "Whether this output returns an account key is not known before deployment.")
	default:
		heldOfAccount(p, r, o.Value)
	}
}

func outputFinding(o model.Output, r *model.Resource, key cosmos.Key) rule.Finding {
	f := rule.Finding{Resource: r} // the output is at fault, wherever the key comes from
	if !o.Site.Contains(o.Value.Span) {
		f.Related = related("the key comes from here", o.Value.Span)
	}
	why := " Outputs are shown, and kept in plain text with the deployment, for everybody who can read that."
	switch {
	case o.Sensitive:
		f.Severity, why = diag.Note, " It is hidden where it is shown, but stored in the state."
	case o.Inner:
		f.Severity, why = diag.Note, " What becomes of it is for those to decide who call this module."
	}
	f.Message = "Output '" + o.Name + "' returns " + keyOf(key) + "." + why +
		" Return the account's id or endpoint, and let clients sign in with Microsoft Entra ID."
	if !o.Sensitive && !o.Inner { // else it stays what it is
		f.Fix = secureFix("Make output '"+o.Name+"' secure", o.Harmless,
			[]model.Input{{Site: o.Site, TypeSite: o.TypeSite, Dialect: o.Dialect}})
	}
	return f
}
