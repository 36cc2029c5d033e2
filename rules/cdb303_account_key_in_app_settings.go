package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// AccountKeyInAppSettings is CDB303.
var AccountKeyInAppSettings = &rule.Rule{
	ID:       "CDB303",
	Name:     "account-key-in-app-settings",
	Title:    "An account key is put into the settings of a program",
	Category: rule.Secrets,
	Severity: diag.Warning,
	Score:    6.5,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-2", "IM-7"), rule.MCSB, "IM-3", "IM-8"), rule.CWE, "CWE-522", "CWE-526"),
	Doc: `An account's key is copied into app settings, connection strings, environment variables or secrets of a container,
component secrets of Dapr, App Configuration, the settings of a VM extension or a deployment script. Who may read these, or
can run something there, has all rights on all data, and a new key has to be brought to every copy.

Give the program a managed identity and a data-plane role on the account, and only the account's endpoint as a setting.
Where a program cannot do without a key, refer to a secret of a key vault. In an extension's ` + "`protectedSettings`" + `,
which are stored encrypted and not returned, it is a note.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-create-managed-identities",
		"https://learn.microsoft.com/azure/app-service/app-service-key-vault-references",
		"https://learn.microsoft.com/azure/container-apps/manage-secrets",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.Resources {
			if cosmos.TakesSettings(r) && !r.Existing {
				judgeKeys(p, r, func(h cosmos.Held) rule.Finding { return settingFinding(r, h) })
			}
		}
	},
}

func settingFinding(r *model.Resource, h cosmos.Held) rule.Finding {
	f := rule.Finding{Message: "'" + rule.Title(r.Name) + "' gets " + keyOf(h.Key) + " in '" + rule.Spell(r, h.Path) + "'." +
		" Whoever can read its settings, or run something in it, has all rights on all data." +
		" Give it a managed identity with a data-plane role on the account instead of the key."}
	if cosmos.Protected(h.Path) {
		f.Severity = diag.Note
	}
	return f
}
