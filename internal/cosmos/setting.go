package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Types of what is attached to an account from outside.
const (
	DiagnosticsType = "Microsoft.Insights/diagnosticSettings"
	DefenderType    = "Microsoft.Security/advancedThreatProtectionSettings"
	DefenderPlan    = "Microsoft.Security/pricings"
)

// Settings are the extension resources of one type that are, or may be, attached to a resource.
type Settings struct {
	// Sure are attached to it, if they are deployed.
	Sure []*model.Resource
	// Maybe are those of which that is not known.
	Maybe []*model.Resource
	// Has is Undecided when one may be there that is not seen, or not deployed.
	Has value.Truth
}

// SettingsOf returns the extension resources of a type on r, existing ones included.
func (v *View) SettingsOf(r *model.Resource, typ string) Settings {
	s := Settings{Has: value.False}
	for _, e := range v.Deployment.OfType(typ) {
		attached := r.Refers(e.Scope)
		switch attached {
		case value.True:
			s.Sure = append(s.Sure, e)
		case value.Undecided:
			s.Maybe = append(s.Maybe, e)
		}
		s.Has = value.Or(s.Has, value.And(attached, present(e, r)))
	}
	if s.Has == value.False {
		s.Has = settingAbsence(v.Deployment, r)
	}
	return s
}

// Question finds why it is not known whether r has such a setting.
func (s Settings) Question(r *model.Resource, what string) Question {
	for _, e := range s.Sure {
		if present(e, r) == value.Undecided {
			return Question{Value: e.Condition,
				Reason: "Whether the " + what + " '" + e.Path + "' is deployed is not known before deployment."}
		}
	}
	for _, e := range s.Maybe {
		return Question{Value: e.Scope,
			Reason: "What the " + what + " '" + e.Path + "' is attached to is not known before deployment."}
	}
	return Question{Reason: "A " + what + " may be in a part of the deployment that could not be looked into."}
}

// settingAbsence is absence for what is attached to r from outside: other modules may make it than those that may make an
// endpoint.
func settingAbsence(d *model.Deployment, r *model.Resource) value.Truth {
	if d.Incomplete {
		return value.Undecided
	}
	for _, o := range d.Opaque {
		if !makesNoSetting(o.Source) && carries(o.Arguments, r) {
			return value.Undecided
		}
	}
	return value.False
}

// makesNoSetting tells by the source of a module that it makes one resource of another kind, and settings of that at most.
func makesNoSetting(source string) bool {
	s := strings.ToLower(strings.ReplaceAll(source, "\\", "/"))
	for _, word := range mayHoldSetting {
		if strings.Contains(s, word) {
			return false
		}
	}
	return strings.Contains(s, "private-endpoint") || strings.Contains(s, "privateendpoint") || makesSomethingElse(source)
}

// mayHoldSetting are pieces of the source of modules that make diagnostic settings, settings of Defender, or anything.
var mayHoldSetting = []string{
	"diagnos", "monitor", "insights", "analytics", "workspace", "alert", "dashboard", "log", "security/", "defender", "threat",
	"cosmos", "document-db", "documentdb", "deployment-script",
}

// Collect answers whether the settings together collect logs of a category whenever one of them, r, is deployed.
func (s Settings) Collect(category string, r *model.Resource) value.Truth {
	found := value.False
	for _, e := range s.Sure {
		collects := Collects(e, category)
		if e.Existing {
			collects = value.Undecided // what it collects is not written here
		}
		found = value.Or(found, value.And(collects, present(e, r)))
	}
	if len(s.Maybe) > 0 {
		found = value.Or(found, value.Undecided)
	}
	return found
}

// APIKnown tells that the API of an account can be told. That of an account which is only referred to cannot.
func APIKnown(a *Account) bool { return a.API != UnknownAPI && !a.Resource.Existing }
