package cosmos

import (
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	zoneType     = "Microsoft.Network/privateDnsZones"
	zoneLinkType = zoneType + "/virtualNetworkLinks"
	recordType   = zoneType + "/A"
	peeringType  = networkType + "/virtualNetworkPeerings"
)

// ZoneGroup writes the address of a private endpoint into private DNS zones.
type ZoneGroup struct {
	Resource *model.Resource
	Zones    []ZoneConfig
	// Sure tells that Zones are all there are, in all cases.
	Sure bool
}

// ZoneConfig is one zone of a zone group.
type ZoneConfig struct {
	// Path of the zone's id: "properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId".
	Path string
	ID   value.Value
}

const zoneConfigs = "properties.privateDnsZoneConfigs"

// zoneGroupsOf returns the zone groups of an endpoint, and whether it has one with at least one zone.
func zoneGroupsOf(d *model.Deployment, endpoint *model.Resource) ([]*ZoneGroup, value.Truth) {
	sure, maybe := children(d, endpoint, zoneGroupType)
	var groups []*ZoneGroup
	has := value.TruthOf(false)
	for _, r := range sure {
		groups = append(groups, zoneGroup(r))
		has = value.Or(has, value.And(present(r, endpoint), hasZones(r)))
	}
	if len(maybe) > 0 {
		has = value.Or(has, value.Undecided)
	}
	if has == value.False {
		has = absence(d, endpoint)
	}
	return groups, has
}

func zoneGroup(r *model.Resource) *ZoneGroup {
	cases := r.Body.GetPath(zoneConfigs).Alternatives()
	g := &ZoneGroup{Resource: r, Sure: len(cases) == 1}
	for _, list := range cases {
		g.Sure = g.Sure && list.Kind != value.Unknown && !list.Open
		for i, c := range list.Elems() {
			g.Zones = append(g.Zones, ZoneConfig{
				Path: zoneConfigs + "." + strconv.Itoa(i) + ".properties.privateDnsZoneId",
				ID:   c.GetPath("properties.privateDnsZoneId"),
			})
		}
	}
	return g
}

// hasZones answers whether a zone group names a zone. One that is only referred to has some.
func hasZones(group *model.Resource) value.Truth {
	if group.Existing {
		return value.True
	}
	return group.Body.GetPath(zoneConfigs).Decide(func(list value.Value) value.Truth {
		switch {
		case len(list.Elems()) > 0:
			return value.True
		case list.Kind == value.Unknown || list.Open:
			return value.Undecided
		}
		return value.False
	})
}

// ZoneName returns the name of a private DNS zone by its id: a known string, or unknown.
func ZoneName(id value.Value) value.Value {
	var names []value.Value
	for _, id := range id.Alternatives() {
		parsed, ok := model.ParseID(id)
		if !ok || !strings.EqualFold(parsed.Type, zoneType) || len(parsed.Names) != 1 {
			return value.NewUnknown("", id.Deps()...)
		}
		names = append(names, parsed.Names[0])
	}
	return value.OneOf("", names...)
}

// HasRecord answers whether a zone of the deployment with one of these names has address records that are written by
// hand, which do what a zone group does. It is Undecided when there are some, as whose they are cannot be told.
func (v *View) HasRecord(names ...string) value.Truth {
	for _, r := range v.Deployment.OfType(recordType) {
		for _, name := range names {
			if zone := model.SplitName(r.Name)[0]; zone.EqualsFold(name) != value.False {
				return value.Undecided
			}
		}
	}
	return value.False
}

// FindZone returns the private DNS zone of the deployment with that id.
func (v *View) FindZone(id value.Value) (*model.Resource, value.Truth) {
	return v.Deployment.Find(id, zoneType)
}

// Links returns the links of a zone to virtual networks: the ids of the networks.
func (v *View) Links(zone *model.Resource) []Link {
	var out []Link
	for _, r := range v.Deployment.OfType(zoneLinkType) {
		if of := childOf(r, zone); of != value.False {
			network := r.Body.GetPath("properties.virtualNetwork.id")
			out = append(out, Link{r, network, value.And(of, present(r, zone))})
		}
	}
	return out
}

// Link is the link of a private DNS zone to a virtual network.
type Link struct {
	Resource *model.Resource
	// Network is the id of the virtual network.
	Network value.Value
	// There answers whether it is this zone's and will be deployed with it.
	There value.Truth
}

// Linked answers whether a zone is linked to the virtual network with that id.
func (v *View) Linked(zone *model.Resource, network value.Value) value.Truth {
	linked := value.TruthOf(false)
	for _, l := range v.Links(zone) {
		linked = value.Or(linked, value.And(l.There, sameID(l.Network, network)))
	}
	if linked == value.False {
		linked = absence(v.Deployment, zone)
	}
	return linked
}

// LinkedToPeer answers whether a zone is linked to a virtual network that is peered, in this deployment, with the one
// with that id.
func (v *View) LinkedToPeer(zone *model.Resource, network value.Value) value.Truth {
	linked := value.TruthOf(false)
	for _, l := range v.Links(zone) {
		linked = value.Or(linked, value.And(l.There, v.Peered(l.Network, network)))
	}
	return linked
}

// Peered answers whether a peering of the deployment joins two virtual networks, from either side.
func (v *View) Peered(a, b value.Value) value.Truth {
	peered := value.TruthOf(false)
	for _, p := range v.peerings() {
		peered = value.Or(peered,
			value.And(sameID(p.Local, a), sameID(p.Remote, b)),
			value.And(sameID(p.Local, b), sameID(p.Remote, a)))
	}
	return peered
}

// networkOfChild returns the id of the virtual network that r is a child of.
func networkOfChild(r *model.Resource, networks []*model.Resource) value.Value {
	for _, n := range networks {
		if childOf(r, n) == value.True {
			return n.ID
		}
	}
	id, ok := model.ParseID(r.ID)
	if !ok || len(id.Names) == 0 {
		return value.Value{}
	}
	return value.Template(id.Scope, value.OfString("/providers/"+networkType+"/"), id.Names[0])
}

// ZoneSpans are the places where the deployment may write the name of the private DNS zone with that id: those where the
// id comes from, the zone's name and the names of its children.
func (v *View) ZoneSpans(id value.Value) (ids, names []source.Span) {
	ids = append(ids, id.Span)
	for o := id.From; o != nil; o = o.Prev {
		ids = append(ids, o.Span)
	}
	if zone, found := v.FindZone(id); found == value.True {
		names = append(names, zone.Name.Span)
		for _, typ := range []string{zoneLinkType, recordType} {
			sure, _ := children(v.Deployment, zone, typ)
			for _, c := range sure {
				names = append(names, c.Name.Span)
			}
		}
	}
	return ids, names
}

// ZoneUses counts the endpoints of the deployment that use, or may use, the private DNS zone with that id.
func (v *View) ZoneUses(id value.Value) int {
	n := 0
	for _, e := range v.Endpoints {
		for _, g := range e.ZoneGroups {
			for _, z := range g.Zones {
				if sameID(z.ID, id) != value.False {
					n++
				}
			}
		}
	}
	return n
}
