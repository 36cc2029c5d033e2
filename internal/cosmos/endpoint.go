package cosmos

import (
	"strconv"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	zoneGroupType = PrivateEndpointType + "/privateDnsZoneGroups"

	autoConnections   = "properties.privateLinkServiceConnections"
	manualConnections = "properties.manualPrivateLinkServiceConnections"
)

// Endpoint is a private endpoint: a network card in a subnet that leads to one service.
type Endpoint struct {
	Resource *model.Resource
	// Connections are the entries of both connection lists that can be seen. A list that depends on a condition gives
	// the entries of all its cases, see Connection.Sure.
	Connections []Connection
	// Subnet is the id of the subnet that it stands in.
	Subnet value.Value
	// ZoneGroups write the endpoint's address into private DNS zones.
	ZoneGroups []*ZoneGroup
	// HasZoneGroup is Undecided when a zone group may be there.
	HasZoneGroup value.Truth

	target string // the key of the only resource that it may lead to; "" when that is not known
}

// Connection is one entry of an endpoint's list of connections. The service permits one an endpoint.
type Connection struct {
	// Path is the entry's in ARM's spelling: "properties.privateLinkServiceConnections.0".
	Path string
	// Target is the id of the service's resource that the endpoint leads to.
	Target value.Value
	// Groups is the list of group ids, the target's subresources.
	Groups value.Value
	// Manual connections wait until the owner of the target approves them.
	Manual bool
	// Sure tells that the entry is there in all cases.
	Sure bool
}

// GroupsPath is the path of the connection's group ids.
func (c Connection) GroupsPath() string { return c.Path + ".properties.groupIds" }

// endpoints returns the private endpoints of a deployment, whatever they connect to, existing ones included.
func endpoints(d *model.Deployment) []*Endpoint {
	var out []*Endpoint
	for _, r := range d.OfType(PrivateEndpointType) {
		e := &Endpoint{Resource: r, Subnet: r.Body.GetPath("properties.subnet.id")}
		e.Connections = append(connections(r, autoConnections), connections(r, manualConnections)...)
		e.ZoneGroups, e.HasZoneGroup = zoneGroupsOf(d, r)
		e.target = e.onlyTarget()
		out = append(out, e)
	}
	return out
}

// onlyTarget is the key of the target of a single connection that is certain.
func (e *Endpoint) onlyTarget() string {
	for _, path := range []string{autoConnections, manualConnections} {
		if list := e.Resource.Body.GetPath(path); list.Open || list.Kind != value.Array && !list.IsUnset() {
			return ""
		}
	}
	if len(e.Connections) != 1 || !e.Connections[0].Sure || len(e.Connections[0].Target.Cases()) > 0 {
		return ""
	}
	id, _ := model.ParseID(e.Connections[0].Target)
	return id.Key()
}

func connections(r *model.Resource, path string) []Connection {
	var out []Connection
	cases := r.Body.GetPath(path).Alternatives()
	for _, list := range cases {
		for i, entry := range list.Elems() {
			c := connectionOf(entry)
			c.Path = path + "." + strconv.Itoa(i)
			c.Manual = path == manualConnections
			c.Sure = len(cases) == 1 && len(entry.Cases()) == 0
			out = append(out, c)
		}
	}
	return out
}

func connectionOf(entry value.Value) Connection {
	return Connection{Target: entry.GetPath("properties.privateLinkServiceId"), Groups: entry.GetPath("properties.groupIds")}
}

// Connects answers whether the endpoint leads to r: an account, or another resource that can be a target. A connection
// that waits for approval counts: someone means to approve it.
func (e *Endpoint) Connects(r *model.Resource) value.Truth {
	if key := r.Key(); e.target != "" && key != "" && e.target != key {
		return value.False
	}
	body := e.Resource.Body
	return value.Or(listConnects(body.GetPath(autoConnections), r), listConnects(body.GetPath(manualConnections), r))
}

func listConnects(list value.Value, r *model.Resource) value.Truth {
	return list.Decide(func(list value.Value) value.Truth {
		answer := value.TruthOf(false)
		if list.Kind == value.Unknown || list.Open {
			answer = value.Undecided
		}
		for _, entry := range list.Elems() {
			answer = value.Or(answer, entryConnects(entry, r))
		}
		return answer
	})
}

// entryConnects also rules out an entry with an unknown target whose group ids belong to another service.
func entryConnects(entry value.Value, r *model.Resource) value.Truth {
	return entry.Decide(func(entry value.Value) value.Truth {
		answer := r.Refers(entry.GetPath("properties.privateLinkServiceId"))
		if answer == value.Undecided && foreignGroups(entry.GetPath("properties.groupIds"), r.Type) {
			return value.False
		}
		return answer
	})
}

// endpointsOf returns the endpoints that surely connect to the account, and whether the account will have one. Those
// whose own deployment depends on a condition are returned but make the answer Undecided, unless the account depends on
// the same condition.
func endpointsOf(a *Account, v *View) ([]*Endpoint, value.Truth) {
	return v.EndpointsOf(a.Resource)
}

// EndpointsOf is what Account.Endpoints and Account.HasEndpoint are, for any resource that can be a target.
func (v *View) EndpointsOf(r *model.Resource) ([]*Endpoint, value.Truth) {
	var found []*Endpoint
	has, _ := managedConnection(v.Deployment, r)
	has = value.Or(has, approvedConnection(v.Deployment, r))
	for _, e := range v.Endpoints {
		connects := e.Connects(r)
		if connects == value.True {
			found = append(found, e)
		}
		if connects != value.False {
			has = value.Or(has, value.And(connects, present(e.Resource, r)))
		}
	}
	if has == value.False {
		has = absence(v.Deployment, r)
	}
	return found, has
}

// approvedConnection looks for the target's side of a connection: a child of the account or cluster by which its owner
// approves an endpoint that may stand in another subscription.
func approvedConnection(d *model.Deployment, target *model.Resource) value.Truth {
	has := value.TruthOf(false)
	for _, c := range d.OfType(target.Type + "/privateEndpointConnections") {
		of := childOf(c, target)
		if of == value.False || refused(c) == value.True {
			continue
		}
		has = value.Or(has, value.And(of, refused(c).Not(), present(c, target)))
	}
	return has
}

// refused answers whether the owner turned a connection down. A state that is not written is not a refusal.
func refused(connection *model.Resource) value.Truth {
	status := connection.Body.GetPath("properties.privateLinkServiceConnectionState.status")
	return value.Or(status.EqualsFold("Rejected"), status.EqualsFold("Disconnected"))
}
