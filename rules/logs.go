package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const diagnosticLogs = "properties.logs"

// gradedSetting is the diagnostic setting of an account that speaks for all of its settings: the first that is deployed
// here and known to be the account's.
func gradedSetting(p *rule.Pass, a *cosmos.Account) (*model.Resource, cosmos.Settings) {
	s := look(p).SettingsOf(a.Resource, cosmos.DiagnosticsType)
	for _, r := range s.Sure {
		if !r.Existing {
			return r, s
		}
	}
	return nil, s
}

// logsQuestion asks for what leaves open which logs go somewhere.
func logsQuestion(setting *model.Resource) cosmos.Question {
	logs := setting.Body.GetPath(diagnosticLogs)
	if cosmos.HasDestination(setting) == value.Undecided {
		return cosmos.Question{Value: setting.Body.Get("properties"),
			Reason: "Where the diagnostic setting '" + rule.Title(setting.Name) + "' sends logs is not known before deployment."}
	}
	if logs.Known() {
		return cosmos.Question{Path: diagnosticLogs, Value: logs,
			Reason: "Which logs the account has, and what its other diagnostic settings collect, is not known before deployment."}
	}
	return cosmos.Question{Path: diagnosticLogs, Value: logs}
}

// logsFix turns the missing categories on. A setting takes either categories or groups of them, so one that names groups is
// left alone.
func logsFix(setting *model.Resource, missing []value.Value) *diag.Fix {
	list := setting.Body.GetPath(diagnosticLogs)
	if !list.Known() || list.Kind != value.Array && !list.IsUnset() {
		return nil
	}
	var entries []value.Value
	for _, e := range list.Elems() {
		switch name, ok := e.Get("category").Text(); {
		case !ok:
			return nil
		case !isAny(missing, name):
			entries = append(entries, e)
		}
	}
	for _, category := range missing {
		entries = append(entries, value.OfObject(
			value.Field{Name: "category", Value: category}, value.Field{Name: "enabled", Value: value.OfBool(true)}))
	}
	edits := setting.Dialect.Set(setting, diagnosticLogs, value.OfArray(entries...))
	if len(edits) == 0 {
		return nil
	}
	return &diag.Fix{Title: "Turn on " + listed(missing), Edits: edits}
}

func isAny(list []value.Value, name string) bool {
	for _, v := range list {
		if v.EqualsFold(name) == value.True {
			return true
		}
	}
	return false
}
