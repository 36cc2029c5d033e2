package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const zoneID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.documents.azure.com"

func TestHasZoneGroup(t *testing.T) {
	const configs = `{"properties": {"privateDnsZoneConfigs": [{"properties": {"privateDnsZoneId": "` + zoneID + `"}}]}}`
	for _, tt := range []struct {
		name, group, body string
		existing          bool
		want              value.Truth
	}{
		{"of the endpoint", "pe/default", configs, false, value.True},
		{"name in another case", "PE/default", configs, false, value.True},
		{"of another endpoint", "pe2/default", configs, false, value.False},
		{"of an unknown endpoint", "?p", configs, false, value.Undecided},
		{"without a zone", "pe/default", `{"properties": {"privateDnsZoneConfigs": []}}`, false, value.False},
		{"with unknown zones", "pe/default", `{"properties": {"privateDnsZoneConfigs": "?p"}}`, false, value.Undecided},
		{"with an unknown zone", "pe/default", `{"properties": {"privateDnsZoneConfigs": [{"properties": {"privateDnsZoneId": "?p"}}]}}`, false, value.True},
		{"with a zone in one case", "pe/default", `{"properties": {"privateDnsZoneConfigs": {"?": [[], [{}]]}}}`, false, value.Undecided},
		{"that exists", "pe/default", `{"…": 1}`, true, value.True},
	} {
		group := resource(t, zoneGroupType, tt.group, tt.body)
		group.Existing = tt.existing
		d := &model.Deployment{Resources: []*model.Resource{resource(t, PrivateEndpointType, "pe", connects(accountID, `["Sql"]`)), group}}
		if got := Look(d).Endpoints[0].HasZoneGroup; got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestZoneName(t *testing.T) {
	for _, tt := range []struct {
		name string
		id   value.Value
		want string
	}{
		{"known", value.OfString(zoneID), "privatelink.documents.azure.com"},
		{"scope with a hole", value.Template(value.NewUnknown("x"), value.OfString("/providers/Microsoft.Network/privateDnsZones/a.b")), "a.b"},
		{"unknown", value.NewUnknown("p"), ""},
		{"of another type", value.OfString(accountID), ""},
		{"same name in all cases", value.OneOf("", value.OfString(zoneID), value.OfString("/subscriptions/t"+zoneID[len("/subscriptions/s"):])),
			"privatelink.documents.azure.com"},
	} {
		if got, _ := ZoneName(tt.id).Text(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLinked(t *testing.T) {
	const zoneName = "privatelink.documents.azure.com"
	link := func(name, network string) *model.Resource {
		return resource(t, zoneLinkType, name, `{"properties": {"virtualNetwork": {"id": "`+network+`"}}}`)
	}
	hub := networkID + "-hub"
	peering := resource(t, peeringType, "net/to-hub", `{"properties": {"remoteVirtualNetwork": {"id": "`+hub+`"}}}`)
	back := resource(t, peeringType, "net-hub/to-net", `{"properties": {"remoteVirtualNetwork": {"id": "`+networkID+`"}}}`)
	listed := resource(t, networkType, "net", `{"properties": {"virtualNetworkPeerings": [{"properties": {"remoteVirtualNetwork": {"id": "`+hub+`"}}}]}}`)
	unknown := resource(t, peeringType, "net/p", `{"properties": {"remoteVirtualNetwork": {"id": "?p"}}}`)
	for _, tt := range []struct {
		name       string
		resources  []*model.Resource
		want, peer value.Truth
	}{
		{"no link", nil, value.False, value.False},
		{"linked", []*model.Resource{link(zoneName+"/l", networkID)}, value.True, value.False},
		{"linked to another", []*model.Resource{link(zoneName+"/l", networkID+"2")}, value.False, value.False},
		{"link to something unknown", []*model.Resource{link(zoneName+"/l", "?p")}, value.Undecided, value.False},
		{"link of another zone", []*model.Resource{link("other/l", networkID)}, value.False, value.False},
		{"link to the hub", []*model.Resource{link(zoneName+"/l", hub), peering}, value.False, value.True},
		{"link to the hub that peers", []*model.Resource{link(zoneName+"/l", hub), back}, value.False, value.True},
		{"link to the hub, peering in the list", []*model.Resource{link(zoneName+"/l", hub), listed}, value.False, value.True},
		{"link to the hub, unknown peering", []*model.Resource{link(zoneName+"/l", hub), unknown}, value.False, value.Undecided},
		{"link to the hub, no peering", []*model.Resource{link(zoneName+"/l", hub)}, value.False, value.False},
	} {
		zone := resource(t, zoneType, zoneName, `{}`)
		v := Look(&model.Deployment{Resources: append(tt.resources, zone)})
		if got := v.Linked(zone, value.OfString(networkID)); got != tt.want {
			t.Errorf("%s: linked %v, want %v", tt.name, got, tt.want)
		}
		if got := v.LinkedToPeer(zone, value.OfString(networkID)); got != tt.peer {
			t.Errorf("%s: linked to a peer %v, want %v", tt.name, got, tt.peer)
		}
	}
}

func TestHasRecord(t *testing.T) {
	v := Look(&model.Deployment{Resources: []*model.Resource{resource(t, recordType, "privatelink.documents.azure.com/db1", `{}`)}})
	if got := v.HasRecord("privatelink.mongo.cosmos.azure.com"); got != value.False {
		t.Errorf("another zone: %v", got)
	}
	if got := v.HasRecord("privatelink.documents.azure.com"); got != value.Undecided {
		t.Errorf("same zone: %v", got)
	}
}
