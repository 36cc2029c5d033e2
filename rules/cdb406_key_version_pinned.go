package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// KeyVersionPinned is CDB406.
var KeyVersionPinned = &rule.Rule{
	ID:       "CDB406",
	Name:     "key-version-pinned",
	Title:    "Customer-managed key is pinned to one version",
	Category: rule.Data,
	Severity: diag.Note,
	Score:    2.0,
	Controls: rule.Also(rule.Also(rule.Baseline(), rule.MCSB, "DP-6"), rule.CWE, "CWE-324"),
	Doc: `The address of the customer-managed key names one version of it. The account is meant to use the newest version:
with one written down, a rotation of the key in the vault does not reach it, and the old version has to be kept alive.

Give the address without a version, ` + "`https://<vault>.vault.azure.net/keys/<key>`" + `. In Bicep that is the key's
` + "`properties.keyUri`" + `, not ` + "`properties.keyUriWithVersion`" + `; in Terraform ` + "`versionless_id`, not `id`.",
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-setup-customer-managed-keys",
		"https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			key := cosmos.Effective(a.Resource, keyVaultKeyURI)
			switch key.Decide(cosmos.HasKeyVersion) {
			case value.True:
				p.Report(pinnedFinding(a, key))
			case value.Undecided:
				ask(p, a.Resource, cosmos.Question{Path: keyVaultKeyURI, Value: key})
			}
		})
	},
}

const keyVaultKeyURI = "properties.keyVaultKeyUri"

func pinnedFinding(a *cosmos.Account, key value.Value) rule.Finding {
	f := rule.Finding{
		Resource: a.Resource,
		Path:     keyVaultKeyURI,
		Message: title(a.Resource) + " pins its customer-managed key to one version. A rotation of the key in the vault does not" +
			" reach the account. Leave the version out of '" + rule.Spell(a.Resource, keyVaultKeyURI) + "'.",
	}
	if text, ok := key.Text(); ok {
		text = strings.TrimSuffix(text, "/")
		f.Fix = setFix(a.Resource, keyVaultKeyURI, value.OfString(text[:strings.LastIndexByte(text, '/')]), false)
	}
	return f
}
