package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// AccountKeyInDeploymentHistory is CDB306.
var AccountKeyInDeploymentHistory = &rule.Rule{
	ID:       "CDB306",
	Name:     "account-key-in-deployment-history",
	Title:    "An account key is kept in the history of a deployment",
	Category: rule.Secrets,
	Severity: diag.Warning,
	Score:    6.0,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-7"), rule.MCSB, "IM-8"), rule.CWE, "CWE-532"),
	Doc: `Each module is a deployment of its own, with a history that everybody can read who can read the resource group. It keeps
the values of parameters that are not secure, and of a nested template of outer scope the template itself, with all
expressions replaced by their values.

Make the module's parameter secure (` + "`@secure()`, type `securestring`" + `). An array cannot be, but a member of its elements
can, in a type of your own. Give a nested template inner scope (` + "`expressionEvaluationOptions.scope`" + `). Better still, let the
module look the key up where it needs it, or need none.`,
	References: []string{
		"https://learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-secure-params-in-nested-deploy",
		"https://learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-secure-secrets-in-parameters",
		"https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		checkInputs(p)
		for _, o := range p.Deployment.Opaque {
			if _, is := cosmos.KeyIn(o.Arguments); is != value.False && !o.Forgets {
				p.Undetermined(thing("module", o.Path, "", o.Span), "", o.Arguments,
					"Whether the module, which cannot be looked into, takes the account key through a secure parameter is not known.")
			}
		}
		for _, r := range p.Deployment.Resources {
			if r.Outer && !r.Existing {
				judgeKeys(p, r, func(h cosmos.Held) rule.Finding { return outerFinding(r, h) })
			}
		}
	},
}

func checkInput(p *rule.Pass, g cosmos.GivenKey) {
	in := g.Input
	r := thing("parameter", in.Name, in.Module, in.Argument)
	r.Exists, r.Calls = in.Exists, in.Calls
	if g.Is == value.Undecided {
		p.Undetermined(r, "", in.Value, "Whether this parameter is given an account key, and keeps it secret, is not known before deployment.")
		return
	}
	advice := "Make the parameter secure."
	if in.Type == "array" {
		advice = "An array cannot be secure: give it a type whose elements have the key in a secure member."
	}
	p.Report(rule.Finding{
		Resource: r,
		Message: "Parameter '" + in.Name + "' of a module is given " + keyOf(g.Key) + " but is not secure. Its value stays" +
			" readable where deployments are planned, logged or remembered. " + advice,
		Related: related("parameter declared here", in.Site),
		Fix:     secureFix("Make parameter '"+in.Name+"' secure", true, []model.Input{in}),
	})
}

func outerFinding(r *model.Resource, h cosmos.Held) rule.Finding {
	return rule.Finding{Message: "'" + rule.Title(r.Name) + "' gets " + keyOf(h.Key) + " in a nested template of outer scope." +
		" The template is kept in the history of the deployment with the key in it. Give the nested template inner scope and" +
		" pass the key through a secure parameter."}
}
