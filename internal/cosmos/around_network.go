package cosmos

import (
	"strconv"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Types of what guards and joins virtual networks.
const (
	GroupType    = "Microsoft.Network/networkSecurityGroups"
	FirewallType = "Microsoft.Network/azureFirewalls"
	PolicyType   = "Microsoft.Network/firewallPolicies"
	GatewayType  = "Microsoft.Network/virtualNetworkGateways"

	hubType      = "Microsoft.Network/virtualHubs"
	hubLinkType  = hubType + "/hubVirtualNetworkConnections"
	hubSite      = "properties.virtualHub.id"
	remoteID     = "properties.remoteVirtualNetwork.id"
	ipSubnet     = "properties.subnet.id"
	ipConfigs    = "properties.ipConfigurations"
	gatewayNear  = "properties.virtualNetworkGateway1.id"
	gatewayFar   = "properties.virtualNetworkGateway2.id"
	inlinePeers  = "properties.virtualNetworkPeerings"
	groupOf      = "networkSecurityGroup.id"
	basePolicyID = "properties.basePolicy.id"
	policyID     = "properties.firewallPolicy.id"
)

// Gateways of a virtual network stand in its subnet GatewaySubnet, the others in a virtual hub.
var gatewayTypes = []string{
	GatewayType, "Microsoft.Network/vpnGateways", "Microsoft.Network/p2sVpnGateways", "Microsoft.Network/expressRouteGateways",
}

// connectionTypes join gateways to other places. All but the first are children of their gateway.
var connectionTypes = []string{
	"Microsoft.Network/connections", "Microsoft.Network/vpnGateways/vpnConnections",
	"Microsoft.Network/expressRouteGateways/expressRouteConnections",
}

// Peering is one side of a peering of two virtual networks: a resource of its own, or an entry in its network's list.
type Peering struct {
	// Resource is the peering, or the network that lists it.
	Resource *model.Resource
	// Path is where the peering's properties are in Resource.
	Path string
	Name value.Value
	// Local and Remote are the ids of the networks.
	Local, Remote value.Value
	Properties    value.Value
}

// TiedPeering is a peering of a network in which something stands that reaches Cosmos DB.
type TiedPeering struct {
	Peering
	Tie
}

// peerings returns those that are resources of their own, and the entries of the networks' own lists.
func (v *View) peerings() []Peering {
	var out []Peering
	networks := v.Deployment.OfType(networkType)
	for _, r := range v.Deployment.OfType(peeringType) {
		names := model.SplitName(r.Name)
		out = append(out, Peering{Resource: r, Path: "properties", Name: names[len(names)-1],
			Local: networkOfChild(r, networks), Remote: r.Body.GetPath(remoteID), Properties: r.Body.Get("properties")})
	}
	for _, n := range networks {
		for i, e := range n.Body.GetPath(inlinePeers).Elems() {
			out = append(out, Peering{Resource: n, Path: inlinePeers + "." + strconv.Itoa(i) + ".properties", Name: e.Get("name"),
				Local: n.ID, Remote: e.GetPath(remoteID), Properties: e.Get("properties")})
		}
	}
	return out
}

// fromSubnets ties the network security groups of the subnets, and of the programs' own network cards. What a subnet that is only
// referred to has is seen only where this deployment gives it.
func (s *Surroundings) fromSubnets() {
	byCard := map[*model.Resource]Tie{}
	for _, w := range s.Workloads {
		for _, c := range s.cards[w.Resource] {
			if _, is := byCard[c.group]; !is && c.group != nil && c.alone(s.view) {
				byCard[c.group] = w.Tie
			}
		}
	}
	s.Groups = tieEach(s.view.groups(), func(group *model.Resource) Tie {
		best := Tie{Is: value.False}
		for _, x := range s.Subnets {
			if is := group.Refers(x.Properties.GetPath(groupOf)); is == value.True || !x.Resource.Existing {
				best = better(best, x.Tie, is)
			}
		}
		if t, is := byCard[group]; is {
			best = better(best, t, value.True)
		}
		return best
	})
}

// better is the stronger of a tie and of what another one is where an answer joins the two.
func better(best, t Tie, joined value.Truth) Tie {
	t.Is = value.And(t.Is, joined)
	switch {
	case t.Is == value.False:
		return best
	case best.Is == value.False:
		return t
	}
	return stronger(best, t)
}

// join ties the peerings of the networks, the networks at their other ends, and the hubs that join them.
func (s *Surroundings) join() {
	for _, p := range s.view.peerings() {
		t, far := s.endOf(p)
		if t.Is == value.False {
			continue
		}
		s.Peerings = append(s.Peerings, TiedPeering{p, t})
		s.addNetwork(far, nil, true, t)
	}
	for _, r := range s.view.Deployment.OfType(hubLinkType) {
		t := s.in(r.Body.GetPath(remoteID), false)
		if hub := r.Parent; hub != nil && t.Is != value.False {
			s.Hubs = append(s.Hubs, Tied{hub, t})
		}
	}
}

// endOf is the tie of the network at one end of a peering, and the id of the network at the other.
func (s *Surroundings) endOf(p Peering) (t Tie, far value.Value) {
	if t = s.in(p.Local, false); t.Is != value.False {
		return t, p.Remote
	}
	return s.in(p.Remote, false), p.Local
}

// in is the tie of the network with that id; peers says that one which is only peered will do.
func (s *Surroundings) in(network value.Value, peers bool) Tie {
	best := Tie{Is: value.False}
	for _, n := range s.Networks {
		if !n.Peer || peers {
			best = better(best, n.Tie, sameID(network, n.ID))
		}
	}
	return best
}

// guards ties the firewalls and gateways of the networks and hubs, the firewalls' policies, and the gateways' connections.
func (s *Surroundings) guards() {
	s.Firewalls = s.tieAll(FirewallType, func(r *model.Resource) Tie { return better(s.standsIn(r), s.routed(r), value.True) })
	for _, typ := range gatewayTypes {
		s.Gateways = append(s.Gateways, s.tieAll(typ, s.standsIn)...)
	}
	s.Policies = s.tieAll(PolicyType, func(r *model.Resource) Tie { return refersTo(r, s.Firewalls, policyID) })
	s.Policies = append(s.Policies, s.tieAll(PolicyType, s.basePolicy)...)
	for _, typ := range connectionTypes {
		s.Connections = append(s.Connections, s.tieAll(typ, s.ofGateway)...)
	}
}

// standsIn is the tie of a firewall or a gateway: that of the networks its addresses are in, or of its hub.
func (s *Surroundings) standsIn(r *model.Resource) Tie {
	best := Tie{Is: value.False}
	for _, h := range s.Hubs {
		best = better(best, h.Tie, h.Resource.Refers(r.Body.GetPath(hubSite)))
	}
	for _, list := range r.Body.GetPath(ipConfigs).Alternatives() {
		for _, c := range list.Elems() {
			network, _ := s.view.NetworkOf(c.GetPath(ipSubnet))
			best = better(best, s.in(network, true), value.True)
		}
	}
	return best
}

// refersTo is the tie of the first of others whose property is the id of r.
func refersTo(r *model.Resource, others []Tied, path string) Tie {
	best := Tie{Is: value.False}
	for _, o := range others {
		best = better(best, o.Tie, r.Refers(o.Resource.Body.GetPath(path)))
	}
	return best
}

func (s *Surroundings) basePolicy(r *model.Resource) Tie {
	for _, p := range s.Policies {
		if p.Resource == r {
			return Tie{Is: value.False}
		}
	}
	return refersTo(r, s.Policies, basePolicyID)
}

func (s *Surroundings) ofGateway(r *model.Resource) Tie {
	best := Tie{Is: value.False}
	for _, g := range s.Gateways {
		joined := value.Or(g.Resource.Refers(r.Body.GetPath(gatewayNear)), g.Resource.Refers(r.Body.GetPath(gatewayFar)))
		best = better(best, g.Tie, value.Or(joined, value.TruthOf(r.Parent == g.Resource)))
	}
	return best
}
