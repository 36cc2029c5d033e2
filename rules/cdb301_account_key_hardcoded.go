package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// AccountKeyHardcoded is CDB301.
var AccountKeyHardcoded = &rule.Rule{
	ID:       "CDB301",
	Name:     "account-key-hardcoded",
	Title:    "An account key is written in a file",
	Category: rule.Secrets,
	Severity: diag.Error,
	Score:    9.1,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-7"), rule.MCSB, "IM-8"), rule.CWE, "CWE-798", "CWE-540"),
	Doc: `A key, a connection string with one, or a token of a Cosmos DB account stands in a template or parameter file. Everybody
who can read the repository, or could at any time since, has the rights of that key on all data of the account.

Taking it out of the file is not enough, since it stays in the history of the repository: **regenerate the key** first. Then
let clients sign in with Microsoft Entra ID, or pass the key through a secure parameter from a key vault.

A key is recognised by its shape together with the signature that the service puts into newer keys, or with what stands in
the same string or around it (` + "`AccountEndpoint=`, `documents.azure.com`" + `, a name that speaks of Cosmos DB). Looked into are
templates, modules, parameter files, and files whose content a deployment reads. The
published key of the emulator is no secret and not reported. What was found is never shown.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/store-credentials-key-vault",
		"https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-disable-key-based-authentication",
		"https://learn.microsoft.com/purview/sit-defn-azure-cosmos-db-account-access-key",
	},
	Since: "0.1.0",
	CheckFile: func(p *rule.Pass, f *source.File) {
		for _, l := range cosmos.Literals(f) {
			reportLiteral(p, l, "")
		}
	},
	Check: func(p *rule.Pass) {
		for _, a := range cosmos.AssembledKeys(p.Deployment) {
			if a.Written {
				reportLiteral(p, a.Literal, " and gets into '"+rule.Spell(a.Resource, a.Path)+"' of '"+rule.Title(a.Resource.Name)+"'")
				continue
			}
			p.Report(rule.Finding{Resource: a.Resource, Path: a.Path, Message: "'" + rule.Title(a.Resource.Name) + "' gets an " +
				cosmos.AccountKey + " in '" + rule.Spell(a.Resource, a.Path) + "' whose pieces are written out in files. Everybody who" +
				" can read them, or could since they were written, " + rightsOf(a.Kind)})
		}
	},
}

func reportLiteral(p *rule.Pass, l cosmos.Literal, use string) {
	name, where := l.Name, " in '"+l.Name+"'"
	if name == "" {
		name, where = l.Kind, ""
	}
	p.Conceal(l.Span)
	p.Report(rule.Finding{
		Resource: thing("setting", name, l.Within, l.Span),
		Message: "The " + l.Kind + where + " is written out in this file" + use + ". Everybody who can read the file," +
			" or could since it was written, " + rightsOf(l.Kind),
	})
}

// rightsOf says what somebody has who knows a secret, and what to do about it.
func rightsOf(kind string) string {
	switch kind {
	case cosmos.Token:
		return "has the rights that it gives, for as long as it is valid. Take the permission away that it was made for, and let" +
			" clients ask for a token when they need one."
	case cosmos.ClusterString:
		return "can sign in to the cluster with its password. Change the password, then let clients sign in with Microsoft Entra ID," +
			" or take it from a key vault."
	}
	return "has the rights of the key on all data of the account." +
		" Regenerate the key, then let clients sign in with Microsoft Entra ID, or take it from a key vault."
}
