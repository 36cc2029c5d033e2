package cosmos

import (
	"encoding/json"
	"sort"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// from reads JSON as a Value. "?x" is an unknown with the canonical expression x, "?" one without; {"?": [a, b]} is one
// of a and b; a member "…" makes an object open, an element "…" an array.
func from(t *testing.T, text string) value.Value {
	t.Helper()
	var x any
	if err := json.Unmarshal([]byte(text), &x); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return toValue(x)
}

func toValue(x any) value.Value {
	switch x := x.(type) {
	case string:
		if sym, ok := strings.CutPrefix(x, "?"); ok {
			return value.NewUnknown(sym)
		}
		return value.OfString(x)
	case []any:
		return toArray(x)
	case map[string]any:
		if cases, ok := x["?"].([]any); ok {
			return value.OneOf("", toArray(cases).Elems()...)
		}
		return toObject(x)
	}
	return value.Of(x)
}

func toArray(list []any) value.Value {
	var elems []value.Value
	open := false
	for _, e := range list {
		if e == "…" {
			open = true
			continue
		}
		elems = append(elems, toValue(e))
	}
	v := value.OfArray(elems...)
	v.Open = open
	return v
}

func toObject(members map[string]any) value.Value {
	var fields []value.Field
	for name, v := range members {
		if name != "…" {
			fields = append(fields, value.Field{Name: name, Value: toValue(v)})
		}
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	v := value.OfObject(fields...)
	_, v.Open = members["…"]
	return v
}

// resource makes a resource of a type and name in the resource group of the deployment.
func resource(t *testing.T, typ, name, body string) *model.Resource {
	t.Helper()
	r := &model.Resource{Type: typ, Name: toValue(name), Body: from(t, body), Condition: value.AbsentValue, APIVersion: "2024-05-01"}
	if !strings.HasPrefix(name, "?") {
		r.ID = value.OfString(idOf(typ, name))
	}
	return r
}

func idOf(typ, name string) string {
	types, names := strings.Split(typ, "/"), strings.Split(name, "/")
	id := "/subscriptions/s/resourceGroups/g/providers/" + types[0]
	for i, n := range names {
		id += "/" + types[i+1] + "/" + n
	}
	return id
}

const (
	accountID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/db1"
	storageID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/st1"
)

func connects(id, groups string) string {
	return `{"properties": {"privateLinkServiceConnections": [{"properties": {"privateLinkServiceId": "` + id + `", "groupIds": ` + groups + `}}]}}`
}

func TestConnects(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       value.Truth
	}{
		{"to the account", connects(accountID, `["Sql"]`), value.True},
		{"id in upper case", connects(strings.ToUpper(accountID), `["Sql"]`), value.True},
		{"to another account", connects(accountID+"2", `["Sql"]`), value.False},
		{"to an account of that name in another group",
			connects(strings.Replace(accountID, "Groups/g/", "Groups/other/", 1), `["Sql"]`), value.False},
		{"to a storage account", connects(storageID, `["blob"]`), value.False},
		{"to something unknown", connects("?p", `["Sql"]`), value.Undecided},
		{"to something unknown with a group id of Storage", connects("?p", `["blob"]`), value.False},
		{"to something unknown with a group id of a cluster", connects("?p", `["MongoCluster"]`), value.False},
		{"to something unknown with an unknown group id", connects("?p", `["?g"]`), value.Undecided},
		{"manual", strings.Replace(connects(accountID, `["Sql"]`), "privateLink", "manualPrivateLink", 1), value.True},
		{"no connection", `{"properties": {}}`, value.False},
		{"unknown list", `{"properties": {"privateLinkServiceConnections": "?p"}}`, value.Undecided},
		{"open list", `{"properties": {"privateLinkServiceConnections": ["…"]}}`, value.Undecided},
		{"list of one case", `{"properties": {"privateLinkServiceConnections": {"?": [[], [{"properties": {"privateLinkServiceId": "` +
			accountID + `"}}]]}}}`, value.Undecided},
		{"the same in both cases", `{"properties": {"privateLinkServiceConnections": {"?": [
			[{"name": "a", "properties": {"privateLinkServiceId": "` + accountID + `"}}],
			[{"name": "b", "properties": {"privateLinkServiceId": "` + accountID + `"}}]]}}}`, value.True},
		{"one of two accounts", `{"properties": {"privateLinkServiceConnections": [{"properties": {"privateLinkServiceId":
			{"?": ["` + accountID + `", "` + accountID + `2"]}}}]}}`, value.Undecided},
		{"target is null", `{"properties": {"privateLinkServiceConnections": [{"properties": {"privateLinkServiceId": null}}]}}`, value.False},
	} {
		e := &Endpoint{Resource: resource(t, PrivateEndpointType, "pe", tt.body)}
		if got := e.Connects(resource(t, AccountType, "db1", `{}`)); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestConnectsToComputedName(t *testing.T) {
	account := resource(t, AccountType, "?uniqueString(x)", `{}`)
	account.ID = value.Template(value.OfString("/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/"), account.Name)
	e := &Endpoint{Resource: resource(t, PrivateEndpointType, "pe", connects("?p", `["Sql"]`))}
	if got := e.Connects(account); got != value.Undecided {
		t.Errorf("unknown target: %v", got)
	}
	target := value.OfObject(value.Field{Name: "privateLinkServiceId", Value: account.ID})
	e.Resource.Body = value.OfObject(value.Field{Name: "properties", Value: value.OfObject(value.Field{
		Name: "privateLinkServiceConnections", Value: value.OfArray(value.OfObject(value.Field{Name: "properties", Value: target}))})})
	if got := e.Connects(account); got != value.True {
		t.Errorf("same id: %v", got)
	}
}

func TestHasEndpoint(t *testing.T) {
	same, other := value.NewUnknown("parameters('private')"), value.NewUnknown("parameters('other')")
	endpoint := func(exists model.Presence, condition value.Value) *model.Resource {
		r := resource(t, PrivateEndpointType, "pe", connects(accountID, `["Sql"]`))
		r.Exists, r.Condition = exists, condition
		return r
	}
	opaque := func(source, arguments string) model.Opaque {
		return model.Opaque{Source: source, Arguments: from(t, arguments)}
	}
	for _, tt := range []struct {
		name      string
		exists    model.Presence
		condition value.Value
		d         model.Deployment
		want      value.Truth
	}{
		{"none", model.Yes, value.AbsentValue, model.Deployment{}, value.False},
		{"part of the source is missing", model.Yes, value.AbsentValue, model.Deployment{Incomplete: true}, value.Undecided},
		{"there", model.Yes, value.AbsentValue, model.Deployment{Resources: []*model.Resource{endpoint(model.Yes, value.AbsentValue)}}, value.True},
		{"maybe", model.Yes, value.AbsentValue, model.Deployment{Resources: []*model.Resource{endpoint(model.Maybe, same)}}, value.Undecided},
		{"under the account's condition", model.Maybe, same, model.Deployment{Resources: []*model.Resource{endpoint(model.Maybe, same)}}, value.True},
		{"under another condition", model.Maybe, same, model.Deployment{Resources: []*model.Resource{endpoint(model.Maybe, other)}}, value.Undecided},
		{"both turned on", model.Dormant, same, model.Deployment{Resources: []*model.Resource{endpoint(model.Dormant, other)}}, value.True},
		{"turned on alone", model.Yes, value.AbsentValue, model.Deployment{Resources: []*model.Resource{endpoint(model.Dormant, other)}}, value.Undecided},
		{"module with the account's id", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("br/public:avm/res/network/private-endpoint:0.1.0", `{"target": "`+accountID+`"}`)}}, value.Undecided},
		{"module with the account's name deep inside", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("./missing.bicep", `{"x": [{"y": "DB1"}]}`)}}, value.Undecided},
		{"module with the account's address", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("./missing.bicep", `{"x": "https://db1.documents.azure.com:443/"}`)}}, value.Undecided},
		{"module with an attribute of the account", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("./missing.bicep", `{"x": "?reference('`+accountID+`').documentEndpoint"}`)}}, value.Undecided},
		{"module with the id of a database of the account", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("./missing.bicep", `{"x": "`+accountID+`/sqlDatabases/a"}`)}}, value.Undecided},
		{"module with an argument that may be it", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("./missing.bicep", `{"x": {"?": ["", "db1"]}}`)}}, value.Undecided},
		{"module without anything of the account", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("./missing.bicep", `{"x": "?p", "y": "db12"}`)}}, value.False},
		{"monitoring module with the account's id", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("./core/monitor/monitoring.bicep", `{"target": "`+accountID+`"}`)}}, value.False},
		{"web site with the account's name", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("br/public:avm/res/web/site:0.3.0", `{"name": "db1"}`)}}, value.False},
		{"naming module", model.Yes, value.AbsentValue,
			model.Deployment{Opaque: []model.Opaque{opaque("Azure/naming/azurerm", `{"suffix": ["db1"]}`)}}, value.False},
	} {
		account := resource(t, AccountType, "db1", `{}`)
		account.Exists, account.Condition = tt.exists, tt.condition
		tt.d.Resources = append(tt.d.Resources, account)
		a := Look(&tt.d).Accounts[0]
		if a.HasEndpoint != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, a.HasEndpoint, tt.want)
		}
	}
}

func TestApprovedConnection(t *testing.T) {
	const connectionType = AccountType + "/privateEndpointConnections"
	for _, tt := range []struct {
		name, typ, child, body string
		want                   value.Truth
	}{
		{"approved", connectionType, "db1/c", `{"properties": {"privateLinkServiceConnectionState": {"status": "Approved"}}}`, value.True},
		{"state not written", connectionType, "db1/c", `{"properties": {}}`, value.True},
		{"rejected", connectionType, "db1/c", `{"properties": {"privateLinkServiceConnectionState": {"status": "rejected"}}}`, value.False},
		{"unknown state", connectionType, "db1/c", `{"properties": {"privateLinkServiceConnectionState": {"status": "?p"}}}`, value.Undecided},
		{"of another account", connectionType, "db2/c", `{"properties": {}}`, value.False},
		{"of an unknown account", connectionType, "?p", `{"properties": {}}`, value.Undecided},
		{"type in lower case", strings.ToLower(connectionType), "DB1/c", `{"properties": {}}`, value.True},
	} {
		d := &model.Deployment{Resources: []*model.Resource{
			resource(t, AccountType, "db1", `{}`), resource(t, tt.typ, tt.child, tt.body)}}
		if got := Look(d).Accounts[0].HasEndpoint; got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	for _, typ := range []string{MongoClusterType, PostgreSQLType} {
		d := &model.Deployment{Resources: []*model.Resource{
			resource(t, typ, "c1", `{}`), resource(t, typ+"/privateEndpointConnections", "c1/c", `{"properties": {}}`)}}
		if got := Look(d).Exposures()[0].HasEndpoint; got != value.True {
			t.Errorf("%s: %v", typ, got)
		}
	}
}
