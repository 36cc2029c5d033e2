package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// SignInLogsNotExported is CDB605.
var SignInLogsNotExported = &rule.Rule{
	ID:       "CDB605",
	Name:     "sign-in-logs-not-exported",
	Title:    "Entra ID's logs leave out who signed in",
	Category: rule.Tenant,
	Severity: diag.Note,
	Score:    3.5,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-5"), rule.MCSB, "LT-2", "LT-3"), rule.CWE, "CWE-778"),
	Doc: `The deployment exports logs of Microsoft Entra ID, but not who signed in (` + "`SignInLogs`" + `), what was changed in the
directory (` + "`AuditLogs`" + `), or whom Entra ID Protection takes for compromised (` + "`RiskyUsers`" + `); or they go nowhere. Entra ID
keeps the first two for 30 days at most, and nobody gets an alert. All settings of the deployment are looked at together.

Turn on these categories and give a destination. The logs hold for the whole tenant: they are looked at wherever they are.`,
	References: []string{
		"https://learn.microsoft.com/entra/identity/monitoring-health/concept-diagnostic-settings-logs-options",
		"https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		list := made(p, cosmos.TenantLogsType)
		if len(list) == 0 {
			return
		}
		s := cosmos.Settings{Sure: p.Deployment.OfType(cosmos.TenantLogsType)}
		complete, missing := value.True, []value.Value(nil)
		for _, category := range cosmos.TenantLogs {
			collected := s.Collect(category, list[0])
			if complete = value.And(complete, collected); collected == value.False {
				missing = append(missing, value.OfString(category))
			}
		}
		switch complete {
		case value.False:
			p.Report(tenantLogsFinding(list[0], missing))
		case value.Undecided:
			ask(p, list[0], tenantLogsQuestion(list[0]))
		default:
			p.Held(list[0])
		}
	},
}

func tenantLogsFinding(setting *model.Resource, missing []value.Value) rule.Finding {
	name := "Diagnostic setting '" + rule.Title(setting.Name) + "'"
	if cosmos.HasDestination(setting) == value.False {
		return rule.Finding{Resource: setting, Message: name + " sends the logs of Entra ID nowhere. Give it a workspace, a storage" +
			" account or an event hub."}
	}
	return rule.Finding{Resource: setting, Path: diagnosticLogs, Message: name + " leaves out logs of Entra ID. " + listed(missing) +
		" would show an account that was taken over. Turn on these categories."}
}

// tenantLogsQuestion asks for what a setting leaves open, else for what others do.
func tenantLogsQuestion(setting *model.Resource) cosmos.Question {
	q := logsQuestion(setting)
	if q.Path == diagnosticLogs && q.Reason != "" {
		q.Reason = "Which logs of Entra ID this and the other diagnostic settings collect is not known before deployment."
	}
	return q
}
