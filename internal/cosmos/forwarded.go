package cosmos

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	routeTableType = "Microsoft.Network/routeTables"
	cardType       = "Microsoft.Network/networkInterfaces"
)

// LocalTie is the tie of the network that has the peering, which is the side that takes in the other one's traffic.
func (s *Surroundings) LocalTie(p TiedPeering) Tie { return s.in(p.Local, false) }

// Guarded answers whether a firewall stands between the two networks of a peering: in one of them, or what routes of the deployment
// send traffic through. It is Undecided where the other network is not in the deployment.
func (s *Surroundings) Guarded(p TiedPeering) value.Truth {
	remote, found := s.view.Deployment.Find(p.Remote, networkType)
	guarded := value.Or(s.hasAppliance(), s.firewallIn(p.Local), s.firewallIn(p.Remote))
	switch {
	case guarded == value.True:
		return value.True
	case found != value.True, remote.Existing, s.mayBeGuarded(remote):
		return value.Undecided
	}
	return guarded
}

// firewallIn answers whether an Azure Firewall stands in the network, or is meant to: its subnet is there.
func (s *Surroundings) firewallIn(network value.Value) value.Truth {
	in := value.False
	for _, f := range s.view.Deployment.OfType(FirewallType) {
		for _, list := range f.Body.GetPath(ipConfigs).Alternatives() {
			for _, c := range list.Elems() {
				of, _ := s.view.NetworkOf(c.GetPath(ipSubnet))
				in = value.Or(in, sameID(of, network))
			}
		}
	}
	for _, x := range s.view.subnets() {
		if x.Network != nil {
			in = value.Or(in, value.And(sameID(x.Network.ID, network), x.Name.EqualsFold("AzureFirewallSubnet")))
		}
	}
	return in
}

// hasAppliance answers whether the deployment routes traffic through a machine that is a firewall: a route has it as its next hop,
// or its card forwards what is not for itself.
func (s *Surroundings) hasAppliance() value.Truth {
	has := value.False
	hop := func(route value.Value) value.Truth {
		return route.GetPath("properties.nextHopType").EqualsFold("VirtualAppliance")
	}
	d := s.view.Deployment
	for _, t := range d.OfType(routeTableType) {
		if !t.Existing {
			has = value.Or(has, anyOf(t.Body.GetPath("properties.routes"), hop))
		}
	}
	for _, r := range d.OfType(routeTableType + "/routes") {
		has = value.Or(has, hop(r.Body))
	}
	for _, c := range d.OfType(cardType) {
		if !c.Existing {
			has = value.Or(has, IsOn(c.Body.GetPath("properties.enableIPForwarding")))
		}
	}
	return has
}

// mayBeGuarded tells that a module which cannot be looked into is told of the network.
func (s *Surroundings) mayBeGuarded(network *model.Resource) bool {
	d := s.view.Deployment
	return d.Incomplete || slices.ContainsFunc(d.Opaque, func(o model.Opaque) bool { return carries(o.Arguments, network) })
}
