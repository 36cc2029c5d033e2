package cosmos

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	address = `"ipRules": [{"ipAddressOrRange": "1.2.3.4"}]`
	subnets = `"isVirtualNetworkFilterEnabled": true, "virtualNetworkRules": [{"id": "/x"}]`
)

// TestExposure is the truth table, with an unknown beside every known input.
func TestExposure(t *testing.T) {
	for _, tt := range []struct {
		name, properties string
		endpoint         value.Truth
		want             State
		asks             string // the property that is not known; "endpoint"
	}{
		{"nothing said", `{}`, value.False, Open, ""},
		{"nothing said, endpoint", `{}`, value.True, Fragile, ""},
		{"nothing said, endpoint unknown", `{}`, value.Undecided, Open | Fragile, "endpoint"},
		{"enabled", `{"publicNetworkAccess": "enabled"}`, value.False, Open, ""},
		{"null", `{"publicNetworkAccess": null, "ipRules": null}`, value.False, Open, ""},
		{"disabled", `{"publicNetworkAccess": "Disabled"}`, value.False, Private, ""},
		{"disabled, everything else unknown", `{"publicNetworkAccess": "DISABLED", "ipRules": "?r", "virtualNetworkRules": "?v"}`, value.Undecided, Private, ""},
		{"perimeter", `{"publicNetworkAccess": "securedByPerimeter", ` + address + `}`, value.True, Perimeter, ""},
		{"access unknown", `{"publicNetworkAccess": "?p"}`, value.False, Open | Private | Perimeter, publicNetworkAccess},
		{"access of the wrong type", `{"publicNetworkAccess": true}`, value.False, Open | Private | Perimeter, publicNetworkAccess},
		{"access of no meaning", `{"publicNetworkAccess": "Allow"}`, value.False, Open | Private | Perimeter, publicNetworkAccess},
		{"access on or off", `{"publicNetworkAccess": {"?": ["Enabled", "Disabled"]}}`, value.True, Fragile | Private, publicNetworkAccess},
		{"access enabled or absent", `{"publicNetworkAccess": {"?": ["Enabled", null]}}`, value.False, Open, ""},

		{"address", `{` + address + `}`, value.False, Selected, ""},
		{"address, endpoint unknown", `{` + address + `}`, value.Undecided, Selected, ""},
		{"address unknown", `{"ipRules": [{"ipAddressOrRange": "?a"}]}`, value.False, Selected, ""},
		{"address and filter off", `{` + address + `, "isVirtualNetworkFilterEnabled": false}`, value.False, Selected, ""},
		{"legacy address", `{"ipRangeFilter": "1.2.3.4"}`, value.False, Selected, ""},
		{"addresses empty", `{"ipRules": [], "ipRangeFilter": " "}`, value.False, Open, ""},
		{"addresses unknown", `{"ipRules": "?r"}`, value.False, Open | Selected, ipRules},
		{"addresses unknown, endpoint", `{"ipRules": "?r"}`, value.True, Fragile | Selected, ipRules},
		{"legacy addresses unknown", `{"ipRangeFilter": "?r"}`, value.False, Open | Selected, ipRangeFilter},
		{"addresses in each case", `{"ipRules": {"?": [["1.2.3.4"], ["1.2.3.5"]]}}`, value.False, Selected, ""},
		{"addresses in one case", `{"ipRules": {"?": [["1.2.3.4"], []]}}`, value.False, Open | Selected, ipRules},

		{"subnets", `{` + subnets + `}`, value.False, Selected, ""},
		{"subnets and an endpoint", `{` + subnets + `}`, value.True, Selected, ""},
		{"filter in a string", `{"isVirtualNetworkFilterEnabled": "True", "virtualNetworkRules": [{}]}`, value.False, Selected, ""},
		{"filter off", `{"isVirtualNetworkFilterEnabled": false, "virtualNetworkRules": [{}]}`, value.False, Open, ""},
		{"filter absent", `{"virtualNetworkRules": [{}]}`, value.True, Fragile, ""},
		{"filter unknown", `{"isVirtualNetworkFilterEnabled": "?f", "virtualNetworkRules": [{}]}`, value.False, Open | Selected, networkFilter},
		{"filter of the wrong type", `{"isVirtualNetworkFilterEnabled": 1, "virtualNetworkRules": [{}]}`, value.False, Open | Selected, networkFilter},
		{"rules unknown", `{"isVirtualNetworkFilterEnabled": true, "virtualNetworkRules": "?r"}`, value.False, Open | Selected, networkRules},
		{"rules unknown, filter off", `{"virtualNetworkRules": "?r"}`, value.False, Open, ""},
		{"filter on without rule", `{"isVirtualNetworkFilterEnabled": true}`, value.False, Open | Selected, networkRules},
		{"filter on without rule, endpoint", `{"isVirtualNetworkFilterEnabled": true, "virtualNetworkRules": []}`, value.True, Fragile | Selected, networkRules},
		{"filter on with addresses", `{"isVirtualNetworkFilterEnabled": true, ` + address + `}`, value.False, Selected, ""},

		{"properties unknown", `"?p"`, value.False, AnyState &^ Fragile, publicNetworkAccess},
		{"properties open", `{"publicNetworkAccess": "Enabled", "…": true}`, value.False, Open | Selected, ipRules},
		{"correlated cases", `{"?": [{"publicNetworkAccess": "Disabled"}, {"publicNetworkAccess": "Enabled", ` + address + `}]}`, value.False,
			Private | Selected, publicNetworkAccess},
		{"open in every case", `{"?": [{}, {"publicNetworkAccess": "Enabled", "ipRules": []}]}`, value.False, Open, ""},

		{"restored", `{"createMode": "Restore"}`, value.False, AnyState &^ Fragile, publicNetworkAccess},
		{"restored, disabled", `{"createMode": "Restore", "publicNetworkAccess": "Disabled"}`, value.False, Private, ""},
		{"restored, enabled", `{"createMode": "Restore", "publicNetworkAccess": "Enabled"}`, value.False, Open | Selected, ipRules},
		{"restored, address", `{"createMode": "Restore", "publicNetworkAccess": "Enabled", ` + address + `}`, value.False, Selected, ""},
		{"mode unknown", `{"createMode": "?m"}`, value.False, AnyState &^ Fragile, publicNetworkAccess},
	} {
		r := resource(t, AccountType, "db1", `{"properties": `+tt.properties+`}`)
		a := &Account{Resource: r, HasEndpoint: tt.endpoint}
		e := exposureOf(a, &View{Deployment: &model.Deployment{}})
		if e.States != tt.want {
			t.Errorf("%s: states %b, want %b", tt.name, e.States, tt.want)
		}
		asks := e.Open.Path
		if asks == "" && e.Open.Reason != "" {
			asks = "endpoint"
		}
		if asks != tt.asks {
			t.Errorf("%s: asks for %q, want %q", tt.name, asks, tt.asks)
		}
	}
}

func TestExposureIs(t *testing.T) {
	e := Exposure{States: Open | Selected}
	for states, want := range map[State]value.Truth{
		Open:                      value.Undecided,
		Private:                   value.False,
		Selected | Private:        value.Undecided,
		Open | Selected:           value.True,
		Open | Selected | Private: value.True,
		AnyState:                  value.True,
	} {
		if got := e.Is(states); got != want {
			t.Errorf("%b: %v, want %v", states, got, want)
		}
	}
}

// TestEndpointQuestion names what leaves it open whether an account has an endpoint.
func TestEndpointQuestion(t *testing.T) {
	condition := value.NewUnknown("parameters('private')", "private")
	for _, tt := range []struct {
		name, target, want string
		maybe              bool
	}{
		{"condition", accountID, "is deployed", true},
		{"target", "?target", "leads to", false},
		{"another account", strings.Replace(accountID, "db1", "db2", 1), "could not be looked into", false},
	} {
		endpoint := resource(t, PrivateEndpointType, "pe1", connects(tt.target, `["Sql"]`))
		if tt.maybe {
			endpoint.Exists, endpoint.Condition = model.Maybe, condition
		}
		account := resource(t, AccountType, "db1", `{"properties": {}}`)
		v := Look(&model.Deployment{Resources: []*model.Resource{account, endpoint}})
		q := v.EndpointQuestion(account)
		if !strings.Contains(q.Reason, tt.want) || tt.maybe && len(q.Value.Deps()) != 1 {
			t.Errorf("%s: %+v, want %q", tt.name, q, tt.want)
		}
	}
}

func TestClusterExposure(t *testing.T) {
	for _, tt := range []struct {
		name, typ, properties string
		want                  State
	}{
		{"Mongo cluster", MongoClusterType, `{}`, Selected},
		{"Mongo cluster, null", MongoClusterType, `{"publicNetworkAccess": null}`, Selected},
		{"Mongo cluster, on", MongoClusterType, `{"publicNetworkAccess": "enabled"}`, Selected},
		{"Mongo cluster, off", MongoClusterType, `{"publicNetworkAccess": "Disabled"}`, Private},
		{"Mongo cluster, unknown", MongoClusterType, `{"publicNetworkAccess": "?p"}`, Selected | Private},
		{"Mongo cluster, wrong type", MongoClusterType, `{"publicNetworkAccess": false}`, Selected | Private},
		{"Mongo cluster, replica", MongoClusterType, `{"createMode": "GeoReplica"}`, Selected | Private},
		{"server group", PostgreSQLType, `{}`, Selected | Private},
		{"server group, coordinator on", PostgreSQLType, `{"coordinatorEnablePublicIpAccess": true}`, Selected},
		{"server group, coordinator on in a string", PostgreSQLType, `{"coordinatorEnablePublicIpAccess": "true"}`, Selected},
		{"server group, coordinator off", PostgreSQLType, `{"coordinatorEnablePublicIpAccess": false}`, Private},
		{"server group, workers on", PostgreSQLType, `{"coordinatorEnablePublicIpAccess": false, "nodeEnablePublicIpAccess": true}`, Selected},
		{"server group, workers unknown", PostgreSQLType, `{"coordinatorEnablePublicIpAccess": false, "nodeEnablePublicIpAccess": "?n"}`, Selected | Private},
		{"server group, unknown", PostgreSQLType, `{"coordinatorEnablePublicIpAccess": "?c"}`, Selected | Private},
	} {
		r := resource(t, tt.typ, "c1", `{"properties": `+tt.properties+`}`)
		e := Look(&model.Deployment{Resources: []*model.Resource{r}}).Exposures()[0]
		if e.States != tt.want || (e.Open.Path == "") != (tt.want&(tt.want-1) == 0) {
			t.Errorf("%s: states %b (asks for %q), want %b", tt.name, e.States, e.Open.Path, tt.want)
		}
	}
}

func TestAssociated(t *testing.T) {
	account := resource(t, AccountType, "db1", `{"properties": {}}`)
	for _, tt := range []struct {
		name, target string
		exists       model.Presence
		want         value.Truth
	}{
		{"this account", accountID, model.Yes, value.True},
		{"this account, maybe", accountID, model.Maybe, value.Undecided},
		{"another", strings.Replace(accountID, "db1", "db2", 1), model.Yes, value.False},
		{"unknown", "?id", model.Yes, value.Undecided},
	} {
		a := resource(t, associationType, "p1/a1", `{"properties": {"privateLinkResource": {"id": "`+tt.target+`"}}}`)
		a.Exists = tt.exists
		if tt.exists == model.Maybe {
			a.Condition = value.NewUnknown("c")
		}
		v := Look(&model.Deployment{Resources: []*model.Resource{account, a}})
		if got := v.Associated(account); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
