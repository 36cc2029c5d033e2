package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Tie is why something in the network around Cosmos DB is looked at.
type Tie struct {
	// Is answers whether it is tied to a Cosmos DB resource: True or Undecided, as what is not tied is left out.
	Is value.Truth
	// Cosmos is that resource; nil where it is not in the deployment, or everything is looked at.
	Cosmos *model.Resource
	// Through is what ties it: a private endpoint, a program that uses the account, or the Cosmos DB resource itself. It is
	// nil where everything is looked at.
	Through *model.Resource
	// Site is where that is written; zero where it is not known.
	Site source.Span
	// Open stands for what would have to be known to tell, where Is is Undecided.
	Open value.Value
}

// Tied is a resource with the reason to look at it.
type Tied struct {
	Resource *model.Resource
	Tie
}

// TiedSubnet is a subnet of the deployment in which something stands that reaches Cosmos DB. It may be one that is only
// referred to.
type TiedSubnet struct {
	*Subnet
	Tie
}

// TiedNetwork is a virtual network in which something stands that reaches Cosmos DB.
type TiedNetwork struct {
	ID value.Value
	// Resource is nil where the network is not in the deployment.
	Resource *model.Resource
	// Peer says that it is only joined to such a network, by a peering.
	Peer bool
	Tie
}

// Surroundings are what is around the Cosmos DB resources of a deployment: what their private endpoints, their firewalls and
// the programs that use them stand in, and what guards or connects that. Each list is in the order of the deployment.
type Surroundings struct {
	// All says that everything is looked at, tied to Cosmos DB or not.
	All      bool
	Subnets  []*TiedSubnet
	Networks []*TiedNetwork
	// Groups are the network security groups of the subnets, and of programs' network cards where the subnet has none.
	Groups []Tied
	// Peerings are those of the networks, from either side.
	Peerings []TiedPeering
	// Firewalls and Gateways stand in the networks, in those peered with them, or in a virtual hub that joins them: Azure
	// Firewalls, also those to which a route leads, and gateways of VPN and ExpressRoute. Policies are those of the firewalls and their base policies.
	Firewalls, Policies, Gateways []Tied
	// Hubs are the virtual hubs that join the networks, Connections what joins the gateways to other places.
	Hubs, Connections []Tied
	// Workloads are the programs that use an account, Entries the application gateways and Front Doors before them.
	Workloads, Entries []Tied

	view     *View
	cards    map[*model.Resource][]card // by program
	subnets  map[*Subnet]*TiedSubnet
	networks map[string]*TiedNetwork
}

// Around finds what is around the Cosmos DB resources of a deployment; all takes everything in place of what is tied to them.
func Around(v *View, all bool) *Surroundings {
	s := &Surroundings{All: all, view: v, subnets: map[*Subnet]*TiedSubnet{}, networks: map[string]*TiedNetwork{},
		cards: map[*model.Resource][]card{}}
	if v.usesCosmos() {
		s.walk()
	}
	if all {
		s.takeAll()
	}
	return s
}

// cosmosTypes are the types of resources that are, or are made of, Cosmos DB.
var cosmosTypes = []string{AccountType, MongoClusterType, PostgreSQLType, CassandraType}

// usesCosmos tells that there is something to start from: a Cosmos DB resource, or an endpoint that leads to one elsewhere.
func (v *View) usesCosmos() bool {
	for _, typ := range cosmosTypes {
		if len(v.Deployment.OfType(typ)) > 0 {
			return true
		}
	}
	for _, e := range v.Endpoints {
		if !e.Resource.Existing && e.Cosmos() == value.True {
			return true
		}
	}
	return false
}

func (s *Surroundings) walk() {
	s.fromEndpoints()
	s.fromRules()
	s.fromCassandra()
	s.fromWorkloads()
	s.order()
	s.fromSubnets()
	s.join()
	s.guards()
	s.entries()
}

// fromEndpoints ties the subnets in which private endpoints for Cosmos DB stand.
func (s *Surroundings) fromEndpoints() {
	for _, e := range s.view.Endpoints {
		if is := e.Cosmos(); is != value.False && !e.Resource.Existing {
			t := Tie{Is: is, Cosmos: s.view.targetOf(e), Through: e.Resource, Site: e.Resource.Header, Open: e.targets()}
			s.tieSubnet(e.Subnet, t, e.Resource)
		}
	}
}

// targets stands for everything that the endpoint may lead to.
func (e *Endpoint) targets() value.Value {
	var deps []string
	for _, c := range e.Connections {
		deps = append(deps, c.Target.Deps()...)
	}
	return value.NewUnknown("", deps...)
}

// targetOf is the Cosmos DB resource of the deployment that an endpoint leads to.
func (v *View) targetOf(e *Endpoint) *model.Resource {
	for _, typ := range cosmosTypes {
		for _, r := range v.Deployment.OfType(typ) {
			if e.Connects(r) == value.True {
				return r
			}
		}
	}
	return nil
}

// fromRules ties the subnets that the virtual network rules of accounts let in, whether or not the filter is on.
func (s *Surroundings) fromRules() {
	for _, a := range s.view.Accounts {
		for _, list := range a.Resource.Body.GetPath(networkRules).Alternatives() {
			for _, rule := range list.Elems() {
				id := rule.Get("id")
				s.tieSubnet(id, Tie{Is: value.True, Cosmos: a.Resource, Through: a.Resource, Site: id.Span}, a.Resource)
			}
		}
	}
}

// fromCassandra ties the subnets in which managed instances for Apache Cassandra stand, which are nowhere else.
func (s *Surroundings) fromCassandra() {
	tie := func(r, cluster *model.Resource, path string) {
		id := r.Body.GetPath(path)
		s.tieSubnet(id, Tie{Is: value.True, Cosmos: cluster, Through: r, Site: id.Span}, r)
	}
	for _, r := range s.view.Deployment.OfType(CassandraType) {
		tie(r, r, "properties.delegatedManagementSubnetId")
	}
	for _, r := range s.view.Deployment.OfType(CassandraType + "/dataCenters") {
		tie(r, r.Parent, "properties.delegatedSubnetId")
	}
}

// tieSubnet ties the subnet with that id, which the resource from names, and its network. Where it is not known which
// subnet it is, all that it may be are tied undecidedly.
func (s *Surroundings) tieSubnet(id value.Value, t Tie, from *model.Resource) {
	if from.Existing || id.IsUnset() {
		return
	}
	t.Open = value.NewUnknown("", append(id.Deps(), t.Open.Deps()...)...).WithDeps(from.Condition.Deps()...)
	subnet, found := s.view.FindSubnet(id)
	switch found {
	case value.True:
		t.Is = value.And(t.Is, present(from, subnet.Resource))
		s.addSubnet(subnet, t)
	case value.Undecided:
		for _, x := range s.view.subnets() {
			if !x.Resource.Existing && x.Refers(id) == value.Undecided {
				maybe := t
				maybe.Is = value.Undecided
				s.addSubnet(x, maybe)
			}
		}
	}
	if found != value.True {
		s.addNetwork(networkOf(id), nil, false, t)
	}
}

func (s *Surroundings) addSubnet(x *Subnet, t Tie) {
	if old := s.subnets[x]; old == nil {
		s.subnets[x] = &TiedSubnet{x, t}
	} else if old.Is != value.True {
		old.Tie = stronger(old.Tie, t)
	}
	if x.Network != nil {
		s.addNetwork(x.Network.ID, x.Network, false, t)
	} else if id, ok := model.ParseID(x.Resource.ID); ok && strings.EqualFold(id.Type, subnetType) {
		s.addNetwork(networkOf(x.Resource.ID), nil, false, t)
	}
}

// stronger is the first of two ties, unless only the other is certain.
func stronger(a, b Tie) Tie {
	if a.Is != value.True && b.Is == value.True {
		return b
	}
	return a
}

// addNetwork adds a network by its id; one whose id cannot be told is left out.
func (s *Surroundings) addNetwork(id value.Value, r *model.Resource, peer bool, t Tie) *TiedNetwork {
	if r == nil {
		r, _ = s.view.Deployment.Find(id, networkType)
	}
	if r != nil {
		id = r.ID
	}
	key := strings.ToLower(value.Canon(id))
	if r != nil && key == "" {
		key = r.Path
	}
	if key == "" {
		return nil
	}
	n := s.networks[key]
	if n == nil {
		n = &TiedNetwork{ID: id, Resource: r, Peer: peer, Tie: t}
		s.networks[key] = n
		s.Networks = append(s.Networks, n)
		return n
	}
	n.Tie, n.Peer = stronger(n.Tie, t), n.Peer && peer
	return n
}

// order puts the subnets into the order of the deployment.
func (s *Surroundings) order() {
	for _, x := range s.view.subnets() {
		if t := s.subnets[x]; t != nil {
			s.Subnets = append(s.Subnets, t)
		}
	}
}

// tieAll ties the resources of a type for which the question is not answered with False.
func (s *Surroundings) tieAll(typ string, question func(*model.Resource) Tie) []Tied {
	return tieEach(s.view.Deployment.OfType(typ), question)
}

func tieEach(list []*model.Resource, question func(*model.Resource) Tie) []Tied {
	var out []Tied
	for _, r := range list {
		if t := question(r); t.Is != value.False {
			out = append(out, Tied{r, t})
		}
	}
	return out
}

// takeAll adds everything that is not tied, and what may be, without a reason.
func (s *Surroundings) takeAll() {
	sure := Tie{Is: value.True}
	s.Subnets = s.Subnets[:0]
	for _, x := range s.view.subnets() {
		if t := s.subnets[x]; t == nil || t.Is != value.True {
			s.subnets[x] = &TiedSubnet{x, sure}
		}
	}
	s.order()
	for _, n := range s.view.Deployment.OfType(networkType) {
		s.addNetwork(n.ID, n, false, sure)
	}
	s.takePeerings(sure)
	for list, types := range map[*[]Tied][]string{
		&s.Hubs: {hubType}, &s.Connections: connectionTypes, &s.Firewalls: {FirewallType},
		&s.Policies: {PolicyType}, &s.Gateways: gatewayTypes, &s.Workloads: programTypes, &s.Entries: entryTypes,
	} {
		var all []*model.Resource
		for _, typ := range types {
			all = append(all, s.view.Deployment.OfType(typ)...)
		}
		*list = withAll(*list, all, sure)
	}
	s.Groups = withAll(s.Groups, s.view.groups(), sure)
}

func (s *Surroundings) takePeerings(sure Tie) {
	tied := map[string]Tie{}
	for _, p := range s.Peerings {
		tied[p.Resource.Path+" "+p.Path] = p.Tie
	}
	s.Peerings = nil
	for _, p := range s.view.peerings() {
		t := stronger(tied[p.Resource.Path+" "+p.Path], sure)
		s.Peerings = append(s.Peerings, TiedPeering{p, t})
	}
}

// withAll are all resources, those in a list with the reason that they have there.
func withAll(list []Tied, all []*model.Resource, sure Tie) (out []Tied) {
	tied := map[*model.Resource]Tie{}
	for _, x := range list {
		tied[x.Resource] = x.Tie
	}
	for _, r := range all {
		out = append(out, Tied{r, stronger(tied[r], sure)})
	}
	return out
}
