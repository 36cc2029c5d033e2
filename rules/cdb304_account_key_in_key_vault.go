package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// AccountKeyInKeyVault is CDB304.
var AccountKeyInKeyVault = &rule.Rule{
	ID:       "CDB304",
	Name:     "account-key-in-key-vault",
	Title:    "An account key is copied into a key vault",
	Category: rule.Secrets,
	Severity: diag.Note,
	Score:    3.5,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-2"), rule.MCSB, "IM-3"), rule.CWE, "CWE-522"),
	Doc: `A key vault is the right place for a key that is needed. Better is none: with a managed identity and a data-plane role the
client needs no secret, nothing has to be rotated, and each client has the rights that it needs.

Where the API or the client has no choice, keep the secret, and rotate the key.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/store-credentials-key-vault",
		"https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-create-managed-identities",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.OfType(cosmos.VaultSecretType) {
			if r.Existing {
				continue
			}
			judgeKeys(p, r, func(h cosmos.Held) rule.Finding {
				return rule.Finding{Message: "Secret '" + rule.Title(r.Name) + "' holds " + keyOf(h.Key) + "." +
					" Whoever reads it has all rights on all data, and it has to be replaced when the key is." +
					" If the client can sign in with a managed identity, it needs no key."}
			})
		}
	},
}
