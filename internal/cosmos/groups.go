package cosmos

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Group is a group id of a private endpoint: the subresource of the target that it leads to.
type Group struct {
	ID   string
	Type string // of the target
	APIs []API  // of an account; nil for any
	// Zones are the names of the private DNS zone by cloud. A cloud that is missing is not documented.
	Zones map[Cloud]string
}

// Cloud is one of Azure's separate clouds.
type Cloud uint8

// The clouds of which the zones are documented. The zero Cloud is one that is not known.
const (
	Public Cloud = iota + 1
	USGovernment
	China
)

// Groups are the group ids of Cosmos DB. Sources: https://learn.microsoft.com/azure/private-link/private-endpoint-dns
// (ids and zones in three clouds), https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints (which
// API has which; SqlDedicated). A dedicated gateway serves the API for NoSQL only
// (https://learn.microsoft.com/azure/cosmos-db/dedicated-gateway).
var Groups = []Group{
	{"Sql", AccountType, []API{NoSQL, Gremlin, Table}, zones("documents")},
	{"MongoDB", AccountType, []API{MongoDB}, zones("mongo.cosmos")},
	{"Cassandra", AccountType, []API{Cassandra}, zones("cassandra.cosmos")},
	{"Gremlin", AccountType, []API{Gremlin}, zones("gremlin.cosmos")},
	{"Table", AccountType, []API{Table}, zones("table.cosmos")},
	{"SqlDedicated", AccountType, []API{NoSQL}, publicZone("sqlx.cosmos")},
	{"Analytical", AccountType, nil, publicZone("analytics.cosmos")},
	{"MongoCluster", MongoClusterType, nil, publicZone("mongocluster.cosmos")},
	{"coordinator", PostgreSQLType, nil, publicZone("postgres.cosmos")},
}

func zones(service string) map[Cloud]string {
	return map[Cloud]string{
		Public:       "privatelink." + service + ".azure.com",
		USGovernment: "privatelink." + service + ".azure.us",
		China:        "privatelink." + service + ".azure.cn",
	}
}

func publicZone(service string) map[Cloud]string {
	return map[Cloud]string{Public: "privatelink." + service + ".azure.com"}
}

// FindGroup returns the group with that id, ignoring case. Each worker of a PostgreSQL cluster has one of its own
// ("worker-0"), in the coordinator's zone.
func FindGroup(id string) (Group, bool) {
	if len(id) > len(workerGroup) && strings.EqualFold(id[:len(workerGroup)], workerGroup) {
		id = "coordinator"
	}
	i := slices.IndexFunc(Groups, func(g Group) bool { return strings.EqualFold(g.ID, id) })
	if i < 0 {
		return Group{}, false
	}
	return Groups[i], true
}

// workerGroup begins the id of a worker's group; see the example of PrivateLinkResources_ListByCluster in
// https://github.com/Azure/azure-rest-api-specs/tree/main/specification/postgresqlhsc.
const workerGroup = "worker-"

// GroupsFor returns the ids of the groups that a resource of the given type has, the usual one first; for an account
// those of its API, or of all APIs when it is not known.
func GroupsFor(typ string, api API) []string {
	var ids []string
	for _, g := range Groups {
		if !strings.EqualFold(g.Type, typ) || api != UnknownAPI && g.APIs != nil && !slices.Contains(g.APIs, api) {
			continue
		}
		if own := len(g.APIs) == 1 && g.APIs[0] == api && g.ID != "SqlDedicated"; own {
			ids = append([]string{g.ID}, ids...)
			continue
		}
		ids = append(ids, g.ID)
	}
	return ids
}

// foreignGroups tells that a list of group ids is known, and none of them is one that a resource of type typ has.
func foreignGroups(ids value.Value, typ string) bool {
	if ids.Kind != value.Array || ids.Open || len(ids.Elems()) == 0 {
		return false
	}
	return !slices.ContainsFunc(ids.Elems(), func(id value.Value) bool { return Serves(id, typ, UnknownAPI) != value.False })
}

// Cosmos answers whether the endpoint leads to Cosmos DB: by the type of its target, or by a group id that no other
// service has.
func (e *Endpoint) Cosmos() value.Truth {
	body := e.Resource.Body
	return value.Or(listLeads(body.GetPath(autoConnections)), listLeads(body.GetPath(manualConnections)))
}

func listLeads(list value.Value) value.Truth {
	return list.Decide(func(list value.Value) value.Truth {
		is := value.TruthOf(false)
		if list.Kind == value.Unknown || list.Open {
			is = value.Undecided
		}
		for _, entry := range list.Elems() {
			is = value.Or(is, connectionOf(entry).Cosmos())
		}
		return is
	})
}

// Hidden returns the path and value of a list of connections that cannot be seen whole; "" when both can.
func (e *Endpoint) Hidden() (string, value.Value) {
	for _, path := range []string{autoConnections, manualConnections} {
		list := e.Resource.Body.GetPath(path)
		for _, c := range list.Alternatives() {
			if c.Kind == value.Unknown || c.Open {
				return path, list
			}
		}
	}
	return "", value.Value{}
}

// otherServicesToo are group ids of Cosmos DB that another service has as well: Synapse has Sql, Storage has table.
var otherServicesToo = []string{"Sql", "Table"}

// Cosmos answers whether the connection leads to Cosmos DB.
func (c Connection) Cosmos() value.Truth {
	switch typ := c.TargetType(); {
	case typ != "":
		return value.TruthOf(isCosmos(typ))
	case c.Target.IsUnset(), c.Target.Kind == value.String: // the alias of a private link service is no id
		return value.False
	}
	return c.Groups.Decide(func(ids value.Value) value.Truth {
		is := value.TruthOf(len(ids.Elems()) > 0 && !ids.Open)
		for _, id := range ids.Elems() {
			is = value.And(is, onlyCosmos(id))
		}
		if ids.Kind != value.Array || len(ids.Elems()) == 0 {
			return value.Undecided
		}
		return is
	})
}

func onlyCosmos(id value.Value) value.Truth {
	text, ok := id.Text()
	_, cosmos := FindGroup(text)
	switch {
	case !ok:
		return value.Undecided
	case cosmos && slices.ContainsFunc(otherServicesToo, func(s string) bool { return strings.EqualFold(s, text) }):
		return value.Undecided
	}
	return value.TruthOf(cosmos)
}

// TargetType is the type of the resource that the connection leads to; "" when it is not known.
func (c Connection) TargetType() string {
	typ := ""
	for i, target := range c.Target.Alternatives() {
		id, ok := model.ParseID(target)
		if !ok || i > 0 && !strings.EqualFold(id.Type, typ) {
			return ""
		}
		typ = id.Type
	}
	return typ
}

func isCosmos(typ string) bool {
	return slices.ContainsFunc(Groups, func(g Group) bool { return strings.EqualFold(g.Type, typ) })
}

// Serves answers whether a group id is one that a target of the given type has: an account's that of its API.
func Serves(group value.Value, typ string, api API) value.Truth {
	return group.Decide(func(group value.Value) value.Truth {
		text, ok := group.Text()
		g, found := FindGroup(text)
		switch {
		case !ok && group.Kind == value.Unknown:
			return value.Undecided
		case !found, !strings.EqualFold(g.Type, typ):
			return value.False
		case g.APIs == nil, slices.Contains(g.APIs, api):
			return value.True
		case api == UnknownAPI:
			return value.Undecided
		}
		return value.False
	})
}

// CloudOf tells the cloud by the name of a region, as "usgovvirginia" or "China East 2". It is zero when the name is not
// known or is that of a cloud whose zones are not documented.
func CloudOf(location value.Value) Cloud {
	name, ok := location.Text()
	name = strings.ToLower(strings.ReplaceAll(name, " ", ""))
	switch {
	case !ok || name == "" || name == "global":
		return 0
	case strings.HasPrefix(name, "usgov"), strings.HasPrefix(name, "usdod"):
		return USGovernment
	case strings.HasPrefix(name, "china"):
		return China
	case strings.HasPrefix(name, "bleu"), strings.HasPrefix(name, "delos"), strings.HasPrefix(name, "ussec"), strings.HasPrefix(name, "usnat"):
		return 0
	}
	return Public
}

// zoneCloud tells the cloud by the end of a zone's name.
func zoneCloud(name string) Cloud {
	for _, s := range []struct {
		suffix string
		cloud  Cloud
	}{{".us", USGovernment}, {".usgovcloudapi.net", USGovernment}, {".cn", China}, {".com", Public}, {".net", Public}} {
		if strings.HasSuffix(strings.ToLower(name), s.suffix) {
			return s.cloud
		}
	}
	return 0
}

// ServesZone answers whether the private DNS zone with that name is the one of the group in the cloud; where the cloud
// is not known, in the one that the zone's name belongs to.
func (g Group) ServesZone(name string, cloud Cloud) value.Truth {
	if cloud == 0 {
		cloud = zoneCloud(name)
	}
	if zone, ok := g.Zones[cloud]; ok {
		return value.TruthOf(strings.EqualFold(zone, name))
	}
	if slices.ContainsFunc(Groups, func(other Group) bool { return other.hasZone(name) }) && !g.hasZone(name) {
		return value.False
	}
	return value.Undecided
}

func (g Group) hasZone(name string) bool {
	for _, zone := range g.Zones {
		if strings.EqualFold(zone, name) {
			return true
		}
	}
	return false
}

// ZoneIn returns the zone of the group in the cloud; where that is not known, in the one that another zone's name belongs
// to, else in the public one. It is "" in a cloud in which the zone is not documented.
func (g Group) ZoneIn(cloud Cloud, other string) string {
	return g.Zones[cmp.Or(cloud, zoneCloud(other), Public)]
}

// GroupIDs answers whether all group ids of the connection are some that its target has, which is of the given type and,
// if it is an account, of that API.
func (c Connection) GroupIDs(typ string, api API) value.Truth {
	return c.Groups.Decide(func(ids value.Value) value.Truth {
		all := value.TruthOf(true)
		if ids.Kind == value.Unknown || ids.Open {
			all = value.Undecided
		}
		for _, id := range ids.Elems() {
			all = value.And(all, Serves(id, typ, api))
		}
		return all
	})
}

// Known returns those of the connection's groups that are known.
func (c Connection) Known() []Group {
	var groups []Group
	for _, id := range c.Groups.Elems() {
		text, _ := id.Text()
		if g, ok := FindGroup(text); ok {
			groups = append(groups, g)
		}
	}
	return groups
}

// Groups returns those of the endpoint's groups that are known.
func (e *Endpoint) Groups() []Group {
	var groups []Group
	for _, c := range e.Connections {
		groups = append(groups, c.Known()...)
	}
	return groups
}

// Cloud is the cloud that the endpoint stands in, zero when that is not known.
func (e *Endpoint) Cloud() Cloud { return CloudOf(e.Resource.Body.Get("location")) }

// ZoneNames are the zones that the endpoint's groups need, in any cloud.
func (e *Endpoint) ZoneNames() []string {
	var names []string
	for _, g := range e.Groups() {
		for _, cloud := range []Cloud{Public, USGovernment, China} {
			if zone := g.Zones[cloud]; zone != "" {
				names = append(names, zone)
			}
		}
	}
	return names
}

// ZoneFits answers whether one of the zones in the endpoint's zone groups is that of its group g.
func (e *Endpoint) ZoneFits(g Group) value.Truth {
	fits := value.TruthOf(false)
	for _, group := range e.ZoneGroups {
		if !group.Sure || group.Resource.Existing {
			fits = value.Or(fits, value.Undecided)
		}
		for _, config := range group.Zones {
			fits = value.Or(fits, ZoneName(config.ID).Decide(func(name value.Value) value.Truth {
				text, ok := name.Text()
				if !ok {
					return value.Undecided
				}
				return g.ServesZone(text, e.Cloud())
			}))
		}
	}
	return fits
}
