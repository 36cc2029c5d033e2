package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// AdminPasswordExposed is CDB305.
var AdminPasswordExposed = &rule.Rule{
	ID:       "CDB305",
	Name:     "admin-password-exposed",
	Title:    "A password can be read in files or in the history of deployments",
	Category: rule.Secrets,
	Severity: diag.Error,
	Score:    8.2,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-7"), rule.MCSB, "IM-8"), rule.CWE, "CWE-798", "CWE-532"),
	Doc: `The password of a MongoDB vCore, PostgreSQL or managed Cassandra cluster, or of a MongoDB user, is written in a template
or parameter file, is the constant default of a parameter, or comes through a parameter that is not secure: its value then
stays readable in the history of the deployment, or in plans and logs.

Make the parameter secure (` + "`@secure()`, type `securestring`, in Terraform `sensitive = true`" + `), give it no default other than ` + "`newGuid()`" + `, and pass the
value from a key vault.`,
	References: []string{
		"https://learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-secure-secrets-in-parameters",
		"https://learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-secure-parameter-default",
		"https://learn.microsoft.com/azure/azure-resource-manager/bicep/key-vault-parameter",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		for _, pw := range cosmos.Passwords(p.Deployment) {
			checkPassword(p, pw)
		}
	},
}

func checkPassword(p *rule.Pass, pw cosmos.Password) {
	p.Conceal(pw.Written...)
	f := rule.Finding{Resource: pw.Resource, Path: pw.Path}
	begin := "The password of '" + rule.Title(pw.Resource.Name) + "' "
	const pass = " Pass it from a key vault through a parameter that is secure."
	switch pw.Flaw {
	case cosmos.NoFlaw:
		if pw.Value.Secret { // where it comes from is known
			p.Held(pw.Resource)
		}
		return
	case cosmos.UndecidedFlaw:
		p.Undetermined(pw.Resource, pw.Path, pw.Value, rule.Unknown(pw.Resource, pw.Path))
		return
	case cosmos.WrittenOut:
		f.Message = begin + "is written in a file. Whoever can read the file, or could since, can sign in. Change it." + pass
	case cosmos.ConstantDefault:
		f.Message = begin + "is the default of a parameter. Whoever can read the file knows the password of every deployment" +
			" that gives no other. Take the default away." + pass
	case cosmos.NotSecure:
		f.Message = begin + "comes through parameter '" + pw.Open[0].Name + "', which is not secure. Its value stays readable" +
			" where deployments are planned, logged or remembered. Make the parameter secure."
		f.Fix = secureFix("Make parameter '"+pw.Open[0].Name+"' secure", true, pw.Open)
	}
	p.Report(f)
}
