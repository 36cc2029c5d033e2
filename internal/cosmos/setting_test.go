package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// TestMakesNoSetting tells modules by their source.
func TestMakesNoSetting(t *testing.T) {
	for source, want := range map[string]bool{
		"br/public:avm/res/network/private-endpoint:0.11.0":       true,
		"br/public:avm/res/key-vault/vault:0.11.0":                true,
		"br/public:avm/res/web/site:0.15.0":                       true,
		"br/public:avm/res/insights/diagnostic-setting:0.1.0":     false,
		"br/public:avm/res/document-db/database-account:0.15.0":   false,
		"br/public:avm/res/resources/deployment-script:0.5.0":     false,
		"br/public:avm/ptn/security/security-center:0.1.0":        false,
		"./modules/monitoring.bicep":                              false,
		"./modules/logging.bicep":                                 false,
		"./modules/rest.bicep":                                    false,
		"Azure/naming/azurerm":                                    true,
		"Azure/avm-res-network-privateendpoint/azurerm":           true,
		"Azure/avm-res-operationalinsights-workspace/azurerm":     false,
		"ts:00000000-0000-0000-0000-000000000001/specs/all:1.0.0": false,
	} {
		if got := makesNoSetting(source); got != want {
			t.Errorf("%s: %v, want %v", source, got, want)
		}
	}
}

// TestSettingsOf relates extension resources to their account by scope.
func TestSettingsOf(t *testing.T) {
	const path = "/subscriptions/s/resourceGroups/g/providers/" + AccountType + "/"
	id, hole := value.OfString(path+"db1"), value.NewUnknown("p")
	account := &model.Resource{Type: AccountType, Name: value.OfString("db1"), ID: id}
	setting := func(scope value.Value) *model.Resource {
		return &model.Resource{Type: "microsoft.insights/DiagnosticSettings", Name: value.OfString("logs"), Scope: scope}
	}
	maybe := setting(id)
	maybe.Exists, maybe.Condition = model.Maybe, hole
	opaque := func(source string, argument value.Value) []model.Opaque {
		return []model.Opaque{{Source: source, Arguments: value.OfObject(value.Field{Name: "account", Value: argument})}}
	}
	for _, tt := range []struct {
		name string
		d    model.Deployment
		want value.Truth
	}{
		{"none", model.Deployment{}, value.False},
		{"one", model.Deployment{Resources: []*model.Resource{setting(id)}}, value.True},
		{"of another account", model.Deployment{Resources: []*model.Resource{setting(value.OfString(path + "db2"))}}, value.False},
		{"of the subscription", model.Deployment{Resources: []*model.Resource{setting(value.AbsentValue)}}, value.False},
		{"of something that is not known", model.Deployment{Resources: []*model.Resource{setting(hole)}}, value.Undecided},
		{"under a condition", model.Deployment{Resources: []*model.Resource{maybe}}, value.Undecided},
		{"source not seen", model.Deployment{Incomplete: true}, value.Undecided},
		{"module with the account", model.Deployment{Opaque: opaque("./rest.bicep", id)}, value.Undecided},
		{"module without the account", model.Deployment{Opaque: opaque("./rest.bicep", value.OfString("x"))}, value.False},
		{"module for an endpoint", model.Deployment{Opaque: opaque("./private-endpoint.bicep", id)}, value.False},
	} {
		v := &View{Deployment: &tt.d}
		s := v.SettingsOf(account, DiagnosticsType)
		if s.Has != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, s.Has, tt.want)
		}
		if q := s.Question(account, "diagnostic setting"); s.Has == value.Undecided && q.Reason == "" {
			t.Errorf("%s: no reason", tt.name)
		}
	}
}
