package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestAPIOf(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       API
	}{
		{"nothing said", `{"properties": {}}`, NoSQL},
		{"kind", `{"kind": "GlobalDocumentDB", "properties": {}}`, NoSQL},
		{"kind in other case", `{"kind": "globaldocumentdb", "properties": {"capabilities": []}}`, NoSQL},
		{"kind is null", `{"kind": null, "properties": {"capabilities": null}}`, NoSQL},
		{"kind unknown", `{"kind": "?kind", "properties": {}}`, UnknownAPI},
		{"kind of no meaning", `{"kind": "SQL", "properties": {}}`, UnknownAPI},
		{"kind of the wrong type", `{"kind": 1, "properties": {}}`, UnknownAPI},
		{"kind is one of two", `{"kind": {"?": ["MongoDB", "GlobalDocumentDB"]}, "properties": {}}`, UnknownAPI},
		{"kind is one of two with one meaning", `{"kind": {"?": ["MongoDB", "Parse"]}, "properties": {}}`, MongoDB},
		{"MongoDB", `{"kind": "mongodb", "properties": {}}`, MongoDB},
		{"MongoDB whatever the capabilities", `{"kind": "MongoDB", "properties": {"capabilities": "?c"}}`, MongoDB},
		{"Parse", `{"kind": "Parse", "properties": {}}`, MongoDB},
		{"Cassandra", `{"properties": {"capabilities": [{"name": "EnableServerless"}, {"name": "EnableCassandra"}]}}`, Cassandra},
		{"Gremlin", `{"properties": {"capabilities": [{"name": "enablegremlin"}]}}`, Gremlin},
		{"Table", `{"kind": "GlobalDocumentDB", "properties": {"capabilities": [{"name": "EnableTable"}]}}`, Table},
		{"other capabilities", `{"properties": {"capabilities": [{"name": "EnableServerless"}]}}`, NoSQL},
		{"capabilities unknown", `{"properties": {"capabilities": "?c"}}`, UnknownAPI},
		{"a capability unknown", `{"properties": {"capabilities": [{"name": "?c"}]}}`, UnknownAPI},
		{"a capability unknown beside the one that decides", `{"properties": {"capabilities": [{"name": "?c"}, {"name": "EnableTable"}]}}`, Table},
		{"more capabilities that cannot be seen", `{"properties": {"capabilities": [{"name": "EnableServerless"}, "…"]}}`, UnknownAPI},
		{"contradiction", `{"kind": "GlobalDocumentDB", "properties": {"capabilities": [{"name": "EnableMongo"}]}}`, UnknownAPI},
		{"properties unknown", `{"properties": "?p"}`, UnknownAPI},
		{"the same in each case", `{"properties": {"?": [{"capabilities": []}, {"enableFreeTier": true}]}}`, NoSQL},
		{"another in each case", `{"properties": {"?": [{"capabilities": []}, {"capabilities": [{"name": "EnableTable"}]}]}}`, UnknownAPI},
		{"restored", `{"properties": {"createMode": "Restore"}}`, UnknownAPI},
		{"restored MongoDB", `{"kind": "MongoDB", "properties": {"createMode": "Restore"}}`, MongoDB},
		{"restored with capabilities", `{"kind": "GlobalDocumentDB", "properties": {"createMode": "Restore", "capabilities": []}}`, NoSQL},
	} {
		if got := apiOf(from(t, tt.body)); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestRestored(t *testing.T) {
	for _, tt := range []struct {
		properties string
		want       value.Truth
	}{
		{`{}`, value.False},
		{`{"createMode": null}`, value.False},
		{`{"createMode": "Default"}`, value.False},
		{`{"createMode": "restore"}`, value.True},
		{`{"createMode": "PointInTimeRestore"}`, value.True},
		{`{"createMode": "GeoReplica"}`, value.True},
		{`{"createMode": "Replica"}`, value.True},
		{`{"createMode": "?mode"}`, value.Undecided},
		{`{"createMode": {"?": ["Restore", "Replica"]}}`, value.True},
		{`{"createMode": {"?": ["Restore", "Default"]}}`, value.Undecided},
		{`{"sourceResourceId": "/subscriptions/s"}`, value.True},
		{`{"sourceResourceId": "?id"}`, value.Undecided},
		{`{"…": true}`, value.Undecided},
	} {
		r := resource(t, AccountType, "db1", `{"properties": `+tt.properties+`}`)
		if got := Restored(r); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.properties, got, tt.want)
		}
	}
}
