package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	networkID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net"
	subnetA   = networkID + "/subnets/a"
	subnetB   = networkID + "/subnets/b"
)

// network has the subnets a, with a service endpoint and a network security group, and b, with neither.
const network = `{"properties": {"subnets": [
	{"name": "a", "properties": {"serviceEndpoints": [{"service": "microsoft.azurecosmosdb"}], "networkSecurityGroup": {"id": "/x"}}},
	{"name": "b", "properties": {}}]}}`

func TestFindSubnet(t *testing.T) {
	listed := []*model.Resource{resource(t, networkType, "net", network)}
	child := []*model.Resource{resource(t, subnetType, "net/a", `{"properties": {"addressPrefix": "10.0.0.0/24"}}`)}
	reference := []*model.Resource{resource(t, subnetType, "net/a", `{"…": 1}`), listed[0]}
	reference[0].Existing = true
	for _, tt := range []struct {
		name      string
		resources []*model.Resource
		id        value.Value
		want      value.Truth
		path      string
	}{
		{"entry by name", listed, value.OfString(subnetB), value.True, "properties.subnets.1.properties"},
		{"entry in another case", listed, value.OfString("/SUBSCRIPTIONS/S/resourcegroups/G/PROVIDERS/microsoft.network/VIRTUALNETWORKS/NET/SUBNETS/A"),
			value.True, "properties.subnets.0.properties"},
		{"no such entry", listed, value.OfString(networkID + "/subnets/c"), value.False, ""},
		{"entry of another network", listed, value.OfString(networkID + "2/subnets/a"), value.False, ""},
		{"child", child, value.OfString(subnetA), value.True, "properties"},
		{"reference gives way to the entry", reference, value.OfString(subnetA), value.True, "properties.subnets.0.properties"},
		{"reference alone", reference[:1], value.OfString(subnetA), value.True, "properties"},
		{"by position", listed, value.NewUnknown("reference('" + networkID + "').subnets[1].id"), value.True, "properties.subnets.1.properties"},
		{"by position with a version", listed, value.NewUnknown("reference('" + networkID + "', '2024-05-01').subnets[0].id"),
			value.True, "properties.subnets.0.properties"},
		{"by position below properties", listed, value.NewUnknown("reference('" + networkID + "', '2024-05-01', 'full').properties.subnets[0].id"),
			value.True, "properties.subnets.0.properties"},
		{"by position beyond the end", listed, value.NewUnknown("reference('" + networkID + "').subnets[2].id"), value.Undecided, ""},
		{"by position in another network", listed, value.NewUnknown("reference('" + networkID + "2').subnets[0].id"), value.Undecided, ""},
		{"unknown id", listed, value.NewUnknown("parameters('subnetId')"), value.Undecided, ""},
		{"unknown id and no subnet", nil, value.NewUnknown("parameters('subnetId')"), value.Undecided, ""},
		{"known id and no subnet", nil, value.OfString(subnetA), value.False, ""},
		{"absent id", listed, value.AbsentValue, value.False, ""},
		{"list that is not known", []*model.Resource{resource(t, networkType, "net", `{"properties": {"subnets": "?p"}}`)},
			value.OfString(subnetA), value.Undecided, ""},
		{"list of another network that is not known", []*model.Resource{resource(t, networkType, "net2", `{"properties": {"subnets": "?p"}}`)},
			value.OfString(subnetA), value.False, ""},
		{"one of two subnets", listed, value.OneOf("", value.OfString(subnetA), value.OfString(subnetB)), value.Undecided, ""},
	} {
		v := Look(&model.Deployment{Resources: tt.resources})
		s, found := v.FindSubnet(tt.id)
		if found != tt.want || (s != nil) != (found == value.True) {
			t.Errorf("%s: %v, want %v", tt.name, found, tt.want)
		}
		if s != nil && s.Path != tt.path {
			t.Errorf("%s: path %s, want %s", tt.name, s.Path, tt.path)
		}
	}
}

func TestSubnetProperties(t *testing.T) {
	for _, tt := range []struct {
		name, properties, version string
		endpoint, nsg, applies    value.Truth
	}{
		{"nothing set", `{}`, "2024-05-01", value.False, value.False, value.False},
		{"nothing set in an old version", `{}`, "2021-08-01", value.False, value.False, value.Undecided},
		{"nothing set, no version", `{}`, "", value.False, value.False, value.False},
		{"null", `{"serviceEndpoints": null, "networkSecurityGroup": null, "privateEndpointNetworkPolicies": null}`, "2024-05-01",
			value.False, value.False, value.False},
		{"all set", `{"serviceEndpoints": [{"service": "Microsoft.Storage"}, {"service": "Microsoft.AzureCosmosDB"}],
			"networkSecurityGroup": {"id": "/nsg"}, "privateEndpointNetworkPolicies": "enabled"}`, "2021-08-01", value.True, value.True, value.True},
		{"for groups only", `{"privateEndpointNetworkPolicies": "NetworkSecurityGroupEnabled"}`, "2024-05-01", value.False, value.False, value.True},
		{"for routes only", `{"privateEndpointNetworkPolicies": "RouteTableEnabled"}`, "2024-05-01", value.False, value.False, value.False},
		{"disabled in an old version", `{"privateEndpointNetworkPolicies": "Disabled"}`, "2021-08-01", value.False, value.False, value.False},
		{"other service endpoints", `{"serviceEndpoints": [{"service": "Microsoft.Storage"}]}`, "2024-05-01", value.False, value.False, value.False},
		{"unknown", `{"serviceEndpoints": "?a", "networkSecurityGroup": "?b", "privateEndpointNetworkPolicies": "?c"}`, "2024-05-01",
			value.Undecided, value.Undecided, value.Undecided},
		{"unknown inside", `{"serviceEndpoints": [{"service": "?a"}], "networkSecurityGroup": {"id": "?b"}}`, "2024-05-01",
			value.Undecided, value.Undecided, value.False},
		{"open list", `{"serviceEndpoints": ["…"]}`, "2024-05-01", value.Undecided, value.False, value.False},
		{"empty group id", `{"networkSecurityGroup": {"id": ""}}`, "2024-05-01", value.False, value.False, value.False},
	} {
		r := resource(t, subnetType, "net/a", `{"properties": `+tt.properties+`}`)
		r.APIVersion = tt.version
		s := &Subnet{Resource: r, Path: "properties", Properties: r.Body.Get("properties")}
		if got := s.HasServiceEndpoint(); got != tt.endpoint {
			t.Errorf("%s: service endpoint %v, want %v", tt.name, got, tt.endpoint)
		}
		if got := s.HasNSG(); got != tt.nsg {
			t.Errorf("%s: group %v, want %v", tt.name, got, tt.nsg)
		}
		if got := s.NSGApplies(); got != tt.applies {
			t.Errorf("%s: applies %v, want %v", tt.name, got, tt.applies)
		}
	}
}

func TestNetworkOf(t *testing.T) {
	v := Look(&model.Deployment{Resources: []*model.Resource{resource(t, networkType, "net", network)}})
	for _, tt := range []struct {
		name string
		id   value.Value
		want value.Truth // whether it is the network
	}{
		{"by name", value.OfString(subnetA), value.True},
		{"by position", value.NewUnknown("reference('" + networkID + "').subnets[0].id"), value.True},
		{"of another network", value.OfString(networkID + "2/subnets/a"), value.False},
		{"unknown", value.NewUnknown("parameters('subnetId')"), value.Undecided},
		{"unknown network", value.Template(value.NewUnknown("parameters('networkId')"), value.OfString("/subnets/a")), value.Undecided},
	} {
		id, _ := v.NetworkOf(tt.id)
		if got := sameID(id, value.OfString(networkID)); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
