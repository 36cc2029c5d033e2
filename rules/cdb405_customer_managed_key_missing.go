package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// CustomerManagedKeyMissing is CDB405.
var CustomerManagedKeyMissing = &rule.Rule{
	ID:       "CDB405",
	Name:     "customer-managed-key-missing",
	Title:    "Account is encrypted with Microsoft's key alone",
	Category: rule.Data,
	Severity: diag.Note,
	Score:    2.5,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline(), rule.MCSB, "DP-5"),
		rule.Policy, "1f905d99-2ab7-462c-a6b0-f709acca6c8f"), rule.CWE, "CWE-311"),
	Doc: `The data of every account is encrypted at rest with a key that Microsoft manages. A customer-managed key adds a layer whose
key you can rotate, watch and take away. It costs request units and a key vault that must not fail, so this rule runs only
when it is asked for: turn it on where a policy demands such keys.

Set ` + "`keyVaultKeyUri`" + ` to the address of a key, without a version, and give an identity of the account access to it.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-setup-customer-managed-keys",
		"https://learn.microsoft.com/azure/cosmos-db/database-encryption-at-rest",
	},
	Since: "0.1.0",
	Off:   true,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			key := cosmos.Effective(a.Resource, keyVaultKeyURI)
			switch cosmos.HasKey(key) {
			case value.False:
				p.Report(rule.Finding{Resource: a.Resource, Path: keyVaultKeyURI, Message: title(a.Resource) +
					" has no customer-managed key. Its data is encrypted with a key that Microsoft manages alone. Set '" +
					rule.Spell(a.Resource, keyVaultKeyURI) + "' to the address of a key."})
			case value.Undecided:
				ask(p, a.Resource, cosmos.Question{Path: keyVaultKeyURI, Value: key})
			}
		})
	},
}
