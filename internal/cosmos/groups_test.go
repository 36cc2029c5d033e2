package cosmos

import (
	"slices"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestGroupsFor(t *testing.T) {
	for _, tt := range []struct {
		typ  string
		api  API
		want []string
	}{
		{AccountType, NoSQL, []string{"Sql", "SqlDedicated", "Analytical"}},
		{AccountType, MongoDB, []string{"MongoDB", "Analytical"}},
		{AccountType, Cassandra, []string{"Cassandra", "Analytical"}},
		{AccountType, Gremlin, []string{"Gremlin", "Sql", "Analytical"}},
		{AccountType, Table, []string{"Table", "Sql", "Analytical"}},
		{AccountType, UnknownAPI, []string{"Sql", "MongoDB", "Cassandra", "Gremlin", "Table", "SqlDedicated", "Analytical"}},
		{MongoClusterType, UnknownAPI, []string{"MongoCluster"}},
		{PostgreSQLType, UnknownAPI, []string{"coordinator"}},
		{"Microsoft.Storage/storageAccounts", UnknownAPI, nil},
	} {
		if got := GroupsFor(tt.typ, tt.api); !slices.Equal(got, tt.want) {
			t.Errorf("%s %s: %v, want %v", tt.typ, tt.api, got, tt.want)
		}
	}
}

func TestServes(t *testing.T) {
	for _, tt := range []struct {
		group, typ string
		api        API
		want       value.Truth
	}{
		{"sql", AccountType, NoSQL, value.True},
		{"Sql", AccountType, Gremlin, value.True},
		{"Sql", AccountType, MongoDB, value.False},
		{"Sql", AccountType, UnknownAPI, value.Undecided},
		{"blob", AccountType, UnknownAPI, value.False},
		{"?p", AccountType, NoSQL, value.Undecided},
		{"Analytical", AccountType, UnknownAPI, value.True},
		{"SqlDedicated", AccountType, Table, value.False},
		{"MongoDB", MongoClusterType, UnknownAPI, value.False},
		{"mongocluster", MongoClusterType, UnknownAPI, value.True},
		{"coordinator", PostgreSQLType, UnknownAPI, value.True},
		{"worker-0", PostgreSQLType, UnknownAPI, value.True},
		{"worker-0", AccountType, NoSQL, value.False},
		{"postgresqlServer", PostgreSQLType, UnknownAPI, value.False},
	} {
		if got := Serves(toValue(tt.group), tt.typ, tt.api); got != tt.want {
			t.Errorf("%s on %s %s: %v, want %v", tt.group, tt.typ, tt.api, got, tt.want)
		}
	}
}

func TestServesZone(t *testing.T) {
	for _, tt := range []struct {
		group, zone string
		cloud       Cloud
		want        value.Truth
	}{
		{"Sql", "privatelink.documents.azure.com", 0, value.True},
		{"Sql", "PRIVATELINK.documents.azure.com", Public, value.True},
		{"Sql", "privatelink.documents.azure.us", 0, value.True},
		{"Sql", "privatelink.documents.azure.us", Public, value.False},
		{"Sql", "privatelink.documents.azure.com", USGovernment, value.False},
		{"Cassandra", "privatelink.cassandra.cosmos.azure.cn", China, value.True},
		{"Sql", "privatelink.mongo.cosmos.azure.com", 0, value.False},
		{"Sql", "documents.azure.com", 0, value.False},
		{"MongoDB", "privatelink.mongocluster.cosmos.azure.com", 0, value.False},
		{"MongoCluster", "privatelink.mongocluster.cosmos.azure.us", 0, value.Undecided}, // not documented
		{"MongoCluster", "privatelink.mongo.cosmos.azure.us", 0, value.False},
		{"worker-1", "privatelink.postgres.cosmos.azure.com", 0, value.True},
		{"Sql", "corp.internal", 0, value.Undecided}, // may be a cloud that is not known
		{"Sql", "corp.internal", Public, value.False},
	} {
		g, ok := FindGroup(tt.group)
		if got := g.ServesZone(tt.zone, tt.cloud); !ok || got != tt.want {
			t.Errorf("%s in %s: %v, want %v", tt.group, tt.zone, got, tt.want)
		}
	}
}

func TestCloudOf(t *testing.T) {
	for location, want := range map[string]Cloud{
		"westeurope": Public, "West Europe": Public, "usgovvirginia": USGovernment, "USDoD Central": USGovernment,
		"China East 2": China, "global": 0, "": 0, "?resourceGroup().location": 0, "bleufrancecentral": 0,
	} {
		if got := CloudOf(toValue(location)); got != want {
			t.Errorf("%q: %v, want %v", location, got, want)
		}
	}
}

func TestEndpointLeadsToCosmos(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       value.Truth
	}{
		{"account", connects(accountID, `["Sql"]`), value.True},
		{"account with a group id of Storage", connects(accountID, `["blob"]`), value.True},
		{"storage account", connects(storageID, `["Table"]`), value.False},
		{"unknown target, own group id", connects("?p", `["MongoDB"]`), value.True},
		{"unknown target, group id that others have", connects("?p", `["Sql"]`), value.Undecided},
		{"unknown target, group id of Storage", connects("?p", `["blob"]`), value.False},
		{"all unknown", connects("?p", `"?q"`), value.Undecided},
		{"alias of a private link service", connects("a.4c0b1a3f.westeurope.azure.privatelinkservice", `[]`), value.False},
		{"no connection", `{"properties": {}}`, value.False},
		{"unknown connections", `{"properties": {"privateLinkServiceConnections": "?p"}}`, value.Undecided},
		{"account in one case", `{"properties": {"privateLinkServiceConnections": {"?": [[], [{"properties": {"privateLinkServiceId": "` +
			accountID + `"}}]]}}}`, value.Undecided},
		{"account in both cases", `{"properties": {"privateLinkServiceConnections": {"?": [
			[{"name": "a", "properties": {"privateLinkServiceId": "` + accountID + `"}}],
			[{"name": "b", "properties": {"privateLinkServiceId": "` + accountID + `"}}]]}}}`, value.True},
		{"one of two accounts", `{"properties": {"privateLinkServiceConnections": [{"properties": {"privateLinkServiceId":
			{"?": ["` + accountID + `", "` + accountID + `2"]}}}]}}`, value.True},
	} {
		r := resource(t, PrivateEndpointType, "pe", tt.body)
		e := &Endpoint{Resource: r, Connections: append(connections(r, autoConnections), connections(r, manualConnections)...)}
		if got := e.Cosmos(); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
