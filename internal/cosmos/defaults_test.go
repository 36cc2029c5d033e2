package cosmos

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestEffective(t *testing.T) {
	const auth = "properties.disableLocalAuth"
	for _, tt := range []struct {
		name, path, properties, want string // want as JSON
	}{
		{"absent", auth, `{}`, `false`},
		{"null", auth, `{"disableLocalAuth": null}`, `false`},
		{"set", auth, `{"disableLocalAuth": true}`, `true`},
		{"bool in a string", auth, `{"disableLocalAuth": "True"}`, `true`},
		{"another string", auth, `{"disableLocalAuth": "yes"}`, `"yes"`},
		{"unknown", auth, `{"disableLocalAuth": "?p"}`, `{"$unknown":"p"}`},
		{"set or absent", auth, `{"disableLocalAuth": {"?": [true, null]}}`, `{"$oneOf":[true,false]}`},
		{"the same in both cases", auth, `{"disableLocalAuth": {"?": [false, null]}}`, `false`},
		{"restored", auth, `{"createMode": "Restore"}`, `{"$unknown":""}`},
		{"restored and set", auth, `{"createMode": "Restore", "disableLocalAuth": true}`, `true`},
		{"a text stays one", publicNetworkAccess, `{"publicNetworkAccess": "true"}`, `"true"`},
		{"text absent", publicNetworkAccess, `{}`, `"Enabled"`},
		{"not in the table", "properties.enableFreeTier", `{}`, `{"$unknown":""}`},
	} {
		r := resource(t, AccountType, "db1", `{"properties": `+tt.properties+`}`)
		if got := string(value.AppendJSON(nil, Effective(r, tt.path))); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestTakes(t *testing.T) {
	for _, tt := range []struct {
		path, version string
		want          bool
	}{
		{"properties.disableLocalAuth", "2021-05-15", false},
		{"properties.disableLocalAuth", "2021-04-01-preview", false},
		{"properties.disableLocalAuth", "2021-04-01-Preview", false},
		{"properties.disableLocalAuth", "2021-06-15", true},
		{"properties.disableLocalAuth", "2021-07-01-preview", true},
		{"properties.disableLocalAuth", "", true},
		{"properties.disableLocalAuth", "latest", true},
		{"properties.minimalTlsVersion", "2022-11-15-preview", true},
		{"properties.publicNetworkAccess", "2020-09-01", false},
		{"properties.ipRules", "2020-03-01", false},
		{"properties.ipRules", "2020-04-01", true},
		{"properties.ipRangeFilter", "2015-04-08", true},
		{"properties.ipRangeFilter", "2020-03-01", true},
		{"properties.ipRangeFilter", "2020-04-01", false},
		{"properties.virtualNetworkRules", "2015-04-08", true},
	} {
		p, ok := propertyOf(AccountType, tt.path)
		if got := p.Takes(tt.version); !ok || got != tt.want {
			t.Errorf("%s takes %s: %v, want %v", tt.version, tt.path, got, tt.want)
		}
	}
}

func TestIgnored(t *testing.T) {
	for _, tt := range []struct {
		name, version, properties string
		sure, maybe               []string
	}{
		{"known", "2024-11-15", `{"disableLocalAuth": true}`, nil, nil},
		{"not known", "2019-08-01", `{"disableLocalAuth": true}`, []string{"properties.disableLocalAuth"}, nil},
		{"not known and the default", "2019-08-01", `{"disableLocalAuth": false, "publicNetworkAccess": "enabled"}`, nil, nil},
		{"not known and nothing", "2019-08-01", `{"disableLocalAuth": null, "ipRules": [], "keyVaultKeyUri": "", "backupPolicy": {}}`, nil, nil},
		{"not known in a string", "2019-08-01", `{"disableLocalAuth": "true"}`, []string{"properties.disableLocalAuth"}, nil},
		{"not known, value unknown", "2019-08-01", `{"disableLocalAuth": "?p"}`, nil, []string{"properties.disableLocalAuth"}},
		{"not known, more that cannot be seen", "2019-08-01", `{"ipRules": ["…"]}`, nil, []string{"properties.ipRules"}},
		{"not known, part of a list", "2019-08-01", `{"ipRules": ["?a", "…"]}`, []string{"properties.ipRules"}, nil},
		{"several", "2019-08-01", `{"disableLocalAuth": true, "publicNetworkAccess": "Disabled"}`,
			[]string{"properties.publicNetworkAccess", "properties.disableLocalAuth"}, nil},
		{"replaced", "2020-04-01", `{"ipRangeFilter": "1.2.3.4"}`, []string{"properties.ipRangeFilter"}, nil},
		{"replaced and empty", "2020-04-01", `{"ipRangeFilter": ""}`, nil, nil},
		{"replaced, wrong type", "2020-04-01", `{"ipRangeFilter": []}`, nil, nil},
		{"version unknown", "", `{"disableLocalAuth": true}`, nil, nil},
	} {
		r := resource(t, AccountType, "db1", `{"properties": `+tt.properties+`}`)
		r.APIVersion = tt.version
		sure, maybe := Ignored(r)
		if diff := cmp.Diff([][]string{tt.sure, tt.maybe}, [][]string{paths(sure), paths(maybe)}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func paths(properties []Property) []string {
	var out []string
	for _, p := range properties {
		out = append(out, p.Path)
	}
	return out
}

func TestVersionFor(t *testing.T) {
	for _, tt := range []struct {
		version, path, properties, want string
		ok                              bool
	}{
		{"2024-11-15", "properties.disableLocalAuth", `{}`, "", true},
		{"", "properties.disableLocalAuth", `{}`, "", true},
		{"2019-08-01", "properties.disableLocalAuth", `{}`, "2021-06-15", true},
		{"2019-08-01", "properties.disableLocalAuth", `{"ipRangeFilter": ""}`, "2021-06-15", true},
		{"2019-08-01", "properties.disableLocalAuth", `{"ipRangeFilter": "1.2.3.4"}`, "2021-06-15", false},
		{"2019-08-01", "properties.disableLocalAuth", `{"ipRangeFilter": "?f"}`, "2021-06-15", false},
		{"2024-11-15", "properties.ipRangeFilter", `{}`, "", false},
		{"2019-08-01", "properties.enableFreeTier", `{}`, "", true},
	} {
		r := resource(t, AccountType, "db1", `{"properties": `+tt.properties+`}`)
		r.APIVersion = tt.version
		if got, ok := VersionFor(r, tt.path); got != tt.want || ok != tt.ok {
			t.Errorf("%s %s %s: %q, %v", tt.version, tt.path, tt.properties, got, ok)
		}
	}
}

func TestIsOn(t *testing.T) {
	for text, want := range map[string]value.Truth{
		`true`: value.True, `"true"`: value.True, `"TRUE"`: value.True, `false`: value.False, `"false"`: value.False, `null`: value.False,
		`"?p"`: value.Undecided, `"yes"`: value.Undecided, `1`: value.Undecided, `{"?": [true, "true"]}`: value.True,
		`{"?": [true, null]}`: value.Undecided,
	} {
		if got := IsOn(from(t, text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	if got := IsOn(value.AbsentValue); got != value.False {
		t.Errorf("absent: %v", got)
	}
}

// TestPropertyTable holds the form of the table: versions in order, a loss for whatever can be lost, nothing twice.
func TestPropertyTable(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range properties {
		name := p.Type + " " + p.Path
		for _, version := range []string{p.Since, p.Until} {
			if version != "" && (!versionForm.MatchString(version) || p.Loss == "") {
				t.Errorf("%s: version %q, loss %q", name, version, p.Loss)
			}
		}
		if seen[name] {
			t.Errorf("%s: listed twice", name)
		}
		seen[name] = true
	}
}

// TestPortal holds the portal's addresses: well-formed, and none both current and retired.
func TestPortal(t *testing.T) {
	for _, cloud := range Portal {
		for _, list := range [][]string{cloud.Current, cloud.MongoDB, cloud.Cassandra} {
			for _, a := range list {
				if r, ok := ParseRange(a); !ok || r.IsLegacyPortal() {
					t.Errorf("%s: %s", cloud.Cloud, a)
				}
			}
		}
		for _, a := range cloud.Legacy {
			if _, err := netip.ParseAddr(a); err != nil {
				t.Errorf("%s: %v", cloud.Cloud, err)
			}
		}
	}
}
