package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DiagnosticLogsIncomplete is CDB403.
var DiagnosticLogsIncomplete = &rule.Rule{
	ID:       "CDB403",
	Name:     "diagnostic-logs-incomplete",
	Title:    "Diagnostic setting leaves out who did what",
	Category: rule.Data,
	Severity: diag.Warning,
	Score:    4.0,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-5"), rule.MCSB, "LT-3"), rule.CWE, "CWE-778"),
	Doc: `The account has a diagnostic setting, but its logs do not tell who read and changed data (` + "`DataPlaneRequests`" + `) and
who changed the account (` + "`ControlPlaneRequests`" + `), or go nowhere. MongoDB, Cassandra, Gremlin and Table accounts log
the requests of their own protocol in a category of their own (` + "`MongoRequests`" + ` and so on). All settings of an account
are looked at together.

Turn on the category group ` + "`audit`" + ` or ` + "`allLogs`" + `, or each of these categories, and give a destination.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/monitor-resource-logs",
		"https://learn.microsoft.com/azure/cosmos-db/monitor-reference",
		"https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		for _, a := range look(p).Accounts {
			if setting, s := gradedSetting(p, a); setting != nil {
				checkLogs(p, a, setting, s)
			}
		}
	},
}

// checkLogs asks all settings of the account together, and reports on one of them.
func checkLogs(p *rule.Pass, a *cosmos.Account, setting *model.Resource, s cosmos.Settings) {
	var missing []value.Value
	complete := value.True
	for _, category := range cosmos.AuditLogs(a.API) {
		collected := s.Collect(category, setting)
		if complete = value.And(complete, collected); collected == value.False {
			missing = append(missing, value.OfString(category))
		}
	}
	if !cosmos.APIKnown(a) && s.Collect("", setting) != value.True {
		complete = value.And(complete, value.Undecided) // the API may have a log of its own
	}
	switch complete {
	case value.False:
		p.Report(logsFinding(a, setting, missing))
	case value.Undecided:
		ask(p, setting, logsQuestion(setting))
	default:
		p.Held(setting)
	}
}

func logsFinding(a *cosmos.Account, setting *model.Resource, missing []value.Value) rule.Finding {
	f := rule.Finding{Resource: setting, Path: diagnosticLogs}
	of := " of account '" + rule.Title(a.Resource.Name) + "'"
	if cosmos.HasDestination(setting) == value.False {
		f.Path, f.Message = "", "Diagnostic setting '"+rule.Title(setting.Name)+"' sends the logs"+of+" nowhere. Give it a workspace, a"+
			" storage account or an event hub."
		return f
	}
	f.Message = "Diagnostic setting '" + rule.Title(setting.Name) + "' leaves out logs" + of + ". Without " + listed(missing) +
		" nobody can tell who did what. Turn on the category group 'audit', or these categories."
	f.Fix = logsFix(setting, missing)
	return f
}
