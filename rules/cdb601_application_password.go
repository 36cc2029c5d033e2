package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

const (
	passwords   = "passwordCredentials"
	useIdentity = " Use a managed identity for what runs in Azure, and a federated credential for what runs elsewhere."
)

// ApplicationPassword is CDB601.
var ApplicationPassword = &rule.Rule{
	ID:       "CDB601",
	Name:     "application-password",
	Title:    "Application signs in with a password",
	Category: rule.Tenant,
	Severity: diag.Warning,
	Score:    5.5,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-2", "IM-7"), rule.MCSB, "IM-3", "IM-8"), rule.CWE, "CWE-309"),
	Doc: `A deployment with Cosmos DB gives an application, or its service principal, a password (a client secret). Whoever gets hold
of it signs in as the application from anywhere, and with Terraform it stands in the state. It has to be handed out, kept
and renewed.

A program that runs in Azure needs none: it has a managed identity, which can be given a role on the account. Pipelines,
Kubernetes and other clouds sign in with a federated credential, as can an application that uses a managed identity as its
credential. Other deployments than those with Cosmos DB are looked at with ` + "`--scope=all`" + `.`,
	References: []string{
		"https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
		"https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview",
		"https://learn.microsoft.com/graph/api/resources/passwordcredential",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		if !nearCosmos(p) {
			return
		}
		for _, typ := range cosmos.PasswordTypes {
			for _, r := range made(p, typ) {
				p.Report(rule.Finding{Resource: r, Message: "Password '" + rule.Title(r.Name) + "' lets " + owner(p, r) +
					" sign in. Whoever gets hold of it can do so from anywhere." + remedy(p, r.Parent)})
			}
		}
		for _, typ := range []string{cosmos.ApplicationType, cosmos.ServicePrincipalType} {
			for _, r := range made(p, typ) {
				if _, written := r.Body.Lookup(passwords); !written {
					continue
				}
				p.Judge(rule.Finding{Resource: r, Path: passwords, Message: capital(clientTitle(p, r)) + " signs in with a password. Whoever gets hold" +
					" of it can do so from anywhere." + remedy(p, r)}, cosmos.HasPassword)
			}
		}
	},
}

// remedy knows of a federated credential that the application, or that of the service principal, has already.
func remedy(p *rule.Pass, app *model.Resource) string {
	if app != nil && app.Is(cosmos.ServicePrincipalType) {
		app = tenant(p).ApplicationOf(app)
	}
	if tenant(p).Federated(app) {
		return " It has a federated credential: take the password away where that is enough."
	}
	return useIdentity
}
