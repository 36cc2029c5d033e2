package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// BackupNotContinuous is CDB408.
var BackupNotContinuous = &rule.Rule{
	ID:       "CDB408",
	Name:     "backup-not-continuous",
	Title:    "Account has no continuous backup",
	Category: rule.Data,
	Severity: diag.Note,
	Score:    1.5,
	Controls: rule.Also(rule.Also(rule.Baseline(), rule.MCSB, "BR-1"), rule.CWE, "CWE-693"),
	Doc: `With periodic backups, the default, data that somebody deletes or spoils is lost back to the last backup, and only
Microsoft's support can restore it. Continuous backup restores the account to any second of the last 7 or 30 days by yourself.
It costs money and cannot be undone, so this rule runs only when it is asked for.

Set the type of ` + "`backupPolicy`" + ` to ` + "`Continuous`" + `.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/online-backup-and-restore",
		"https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction",
	},
	Since: "0.1.0",
	Off:   true,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			policy := a.Resource.Body.GetPath(backupType)
			switch value.Or(policy.EqualsFold("Continuous"), inherits(a, policy)) {
			case value.False:
				p.Report(rule.Finding{Resource: a.Resource, Path: backupType, Message: title(a.Resource) + " has no continuous" +
					" backup. Data that is deleted or spoilt is lost back to the last periodic backup. Set '" +
					rule.Spell(a.Resource, backupType) + "' to " +
					rule.Literal(a.Resource, backupType, value.OfString("Continuous")) + "."})
			case value.Undecided:
				ask(p, a.Resource, cosmos.Question{Path: backupType, Value: policy})
			}
		})
	},
}

const backupType = "properties.backupPolicy.type"

// inherits answers, where it would matter, whether the account may take its backup policy from the one that it is restored
// from: never for certain.
func inherits(a *cosmos.Account, policy value.Value) value.Truth {
	if policy.IsUnset() && cosmos.Restored(a.Resource) != value.False {
		return value.Undecided
	}
	return value.False
}
