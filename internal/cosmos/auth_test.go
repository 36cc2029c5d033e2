package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestLocalAuth(t *testing.T) {
	for _, tt := range []struct {
		name, typ, properties string
		want                  value.Truth
	}{
		{"account, absent", AccountType, `{}`, value.True},
		{"account, null", AccountType, `{"disableLocalAuth": null}`, value.True},
		{"account, on", AccountType, `{"disableLocalAuth": false}`, value.True},
		{"account, off", AccountType, `{"disableLocalAuth": true}`, value.False},
		{"account, off in a string", AccountType, `{"disableLocalAuth": "True"}`, value.False},
		{"account, a number", AccountType, `{"disableLocalAuth": 1}`, value.Undecided},
		{"account, unknown", AccountType, `{"disableLocalAuth": "?p"}`, value.Undecided},
		{"account, on in all cases", AccountType, `{"disableLocalAuth": {"?": [false, null]}}`, value.True},
		{"account, on in one case", AccountType, `{"disableLocalAuth": {"?": [false, true]}}`, value.Undecided},
		{"account, restored", AccountType, `{"createMode": "Restore"}`, value.Undecided},
		{"cluster, absent", MongoClusterType, `{}`, value.True},
		{"cluster, null", MongoClusterType, `{"authConfig": null}`, value.True},
		{"cluster, no modes", MongoClusterType, `{"authConfig": {}}`, value.True},
		{"cluster, empty modes", MongoClusterType, `{"authConfig": {"allowedModes": []}}`, value.Undecided},
		{"cluster, both modes", MongoClusterType, `{"authConfig": {"allowedModes": ["MicrosoftEntraID", "nativeauth"]}}`, value.True},
		{"cluster, Entra only", MongoClusterType, `{"authConfig": {"allowedModes": ["MicrosoftEntraID"]}}`, value.False},
		{"cluster, an unknown mode", MongoClusterType, `{"authConfig": {"allowedModes": ["MicrosoftEntraID", "?p"]}}`, value.Undecided},
		{"cluster, an unknown mode beside passwords", MongoClusterType, `{"authConfig": {"allowedModes": ["NativeAuth", "?p"]}}`, value.True},
		{"cluster, unknown modes", MongoClusterType, `{"authConfig": {"allowedModes": "?p"}}`, value.Undecided},
		{"cluster, a string", MongoClusterType, `{"authConfig": {"allowedModes": "NativeAuth"}}`, value.Undecided},
		{"cluster, a replica", MongoClusterType, `{"createMode": "GeoReplica"}`, value.Undecided},
		{"server group, absent", PostgreSQLType, `{}`, value.True},
		{"server group, not said", PostgreSQLType, `{"authConfig": {"activeDirectoryAuth": "Enabled"}}`, value.True},
		{"server group, on", PostgreSQLType, `{"authConfig": {"passwordAuth": "enabled"}}`, value.True},
		{"server group, off", PostgreSQLType, `{"authConfig": {"passwordAuth": "disabled"}}`, value.False},
		{"server group, a bool", PostgreSQLType, `{"authConfig": {"passwordAuth": false}}`, value.Undecided},
		{"server group, unknown", PostgreSQLType, `{"authConfig": {"passwordAuth": "?p"}}`, value.Undecided},
		{"server group, a replica", PostgreSQLType, `{"sourceResourceId": "/x"}`, value.Undecided},
	} {
		r := resource(t, tt.typ, "x", `{"properties": `+tt.properties+`}`)
		if got, _ := LocalAuth(r); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
