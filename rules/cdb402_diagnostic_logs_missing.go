package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DiagnosticLogsMissing is CDB402.
var DiagnosticLogsMissing = &rule.Rule{
	ID:       "CDB402",
	Name:     "diagnostic-logs-missing",
	Title:    "Nothing collects the account's logs",
	Category: rule.Data,
	Severity: diag.Note,
	Score:    3.7,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-1", "IM-5"), rule.MCSB, "LT-3"),
		rule.Policy, "68ba9fc9-71b9-4e6f-9cf5-ecc07722324c", "45c6bfc7-4520-4d64-a158-730cd92eedbc"), rule.CWE, "CWE-778"),
	Doc: `Azure keeps no record of who read or changed the account's data unless a diagnostic setting sends its logs somewhere,
and the deployment has none on the account. After an incident there is then nothing to look at.

Add a ` + "`Microsoft.Insights/diagnosticSettings`" + ` resource whose scope is the account, with the category group
` + "`audit`" + ` and a Log Analytics workspace, a storage account or an event hub as destination. Azure Policy can add the
setting to every account of a subscription: where it does, suppress this finding with that reason.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/monitor-resource-logs",
		"https://learn.microsoft.com/azure/cosmos-db/audit-control-plane-logs",
		"https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			settings := look(p).SettingsOf(a.Resource, cosmos.DiagnosticsType)
			switch settings.Has {
			case value.False:
				p.Report(rule.Finding{Resource: a.Resource, Message: title(a.Resource) + " has no diagnostic setting in this" +
					" deployment. Without one nothing records who reads or changes its data. Add one, unless a policy or another" +
					" deployment does."})
			case value.Undecided:
				ask(p, a.Resource, settings.Question(a.Resource, "diagnostic setting"))
			default:
				p.Held(a.Resource)
			}
		})
	},
}
