package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// WorkloadWithoutManagedIdentity is CDB206.
var WorkloadWithoutManagedIdentity = &rule.Rule{
	ID:       "CDB206",
	Name:     "workload-without-managed-identity",
	Title:    "A program works with an account but has no identity",
	Category: rule.Identity,
	Severity: diag.Warning,
	Score:    4.5,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("IM-2"), rule.MCSB, "IM-3"),
		rule.Policy, "0da106f2-4ca3-48e8-bc85-c638fe6aea8f", "2b9ad585-36bc-4615-b300-fd4435808332"), rule.CWE, "CWE-287"),
	Doc: `A web app, function, container app or job, container group or virtual machine has the endpoint of an account in its settings and no managed identity.
It can sign in with a key or with another secret only, which somebody has to store, hide and renew.

Give it an identity, assign that a role on the data, and use it in the program (` + "`DefaultAzureCredential`" + `). Only accounts of the
NoSQL and Table APIs that the deployment makes are looked at: their clients can use identities.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-create-managed-identities",
		"https://learn.microsoft.com/azure/app-service/overview-managed-identity",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		for _, typ := range cosmos.Workloads {
			for _, r := range p.Deployment.OfType(typ) {
				checkWorkload(p, r)
			}
		}
	},
}

func checkWorkload(p *rule.Pass, r *model.Resource) {
	const path = "identity.type"
	for _, a := range look(p).Accounts {
		clients := a.API == cosmos.NoSQL || a.API == cosmos.Table
		if a.Resource.Existing || !clients || !cosmos.Uses(p.Deployment, r, a.Resource) {
			continue
		}
		switch cosmos.NoIdentity(r) {
		case value.True:
			p.Report(rule.Finding{Resource: r, Path: path, Message: "'" + rule.Title(r.Name) + "' works with account '" +
				rule.Title(a.Resource.Name) + "' but has no managed identity. It needs a key, or another secret that" +
				" somebody has to keep, to sign in. Give it an identity with a role on the data.", Fix: rule.SetFix(r, path, value.OfString("SystemAssigned"), false)})
		case value.Undecided:
			p.Undetermined(r, path, r.Body.Get("identity"), rule.Unknown(r, path))
		default:
			p.Held(r)
		}
		return
	}
}
