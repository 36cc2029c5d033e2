package cosmos

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DDoSPlan is the property that turns the protection of a plan on for all public addresses in a virtual network.
const DDoSPlan = "properties.enableDdosProtection"

// publicIPType is a public address of something in a network.
const publicIPType = "Microsoft.Network/publicIPAddresses"

// PublicEntry is something in a virtual network that has a public address.
type PublicEntry struct {
	Resource *model.Resource
	// There answers whether it stands in the network, has a public address, and is deployed with the network.
	There value.Truth
	// Protected answers whether all its addresses have a protection of their own.
	Protected value.Truth
	// Open stands for what would have to be known to tell.
	Open value.Value

	networks []namedID // those it stands in; all says that there are no others
	all      bool
	// coarse says that there is too much to compare ids with holes: those are the same, or it is not known.
	coarse bool
}

// maxEntries bounds how often the network of an entry is compared with those around Cosmos DB.
const maxEntries = 1 << 17

// publicTypes are the types whose public addresses DDoS protection covers
// (https://learn.microsoft.com/azure/ddos-protection/ddos-protection-reference-architectures), with the list that holds
// the addresses and the one that holds the subnets.
var publicTypes = []struct{ typ, addresses, subnets string }{
	{FirewallType, ipConfigs, ipConfigs},
	{"Microsoft.Network/applicationGateways", "properties.frontendIPConfigurations", "properties.gatewayIPConfigurations"},
	{"Microsoft.Network/networkInterfaces", ipConfigs, ipConfigs},
	{GatewayType, ipConfigs, ipConfigs},
	{"Microsoft.Network/bastionHosts", ipConfigs, ipConfigs},
}

// PublicEntries are what has, or may have, a public address, wherever it stands; see In.
func (s *Surroundings) PublicEntries() []PublicEntry {
	ips := s.view.Deployment.OfType(publicIPType)
	var out []PublicEntry
	for _, kind := range publicTypes {
		for _, r := range s.view.Deployment.OfType(kind.typ) {
			addresses, open := r.Body.GetPath(kind.addresses), r.Body.GetPath(gatewayKind)
			private := open.EqualsFold("ExpressRoute") // which takes nothing in from the internet
			if private != value.Undecided {
				open = addresses
			}
			has := value.And(private.Not(), anyOf(addresses, hasPublicAddress))
			if has == value.False || r.Existing {
				continue
			}
			e := PublicEntry{Resource: r, There: has, Open: open, Protected: protected(addresses, r, ips)}
			e.networks, e.all = s.view.networksIn(r.Body.GetPath(kind.subnets))
			out = append(out, e)
		}
	}
	for i := range out {
		out[i].coarse = len(out)*len(s.Networks) > maxEntries
	}
	return out
}

// In is the entry as one of a network: There then answers whether it stands in it too, and is deployed with it.
func (e PublicEntry) In(n *TiedNetwork) PublicEntry {
	in := value.TruthOf(false)
	if !e.all {
		in = value.Undecided
	}
	for _, id := range e.networks {
		switch key := n.Resource.Key(); {
		case key != "" && id.key != "" && key != id.key:
		case e.coarse && (key == "" || id.key == ""):
			if id.Sym() != "" && id.Sym() == n.ID.Sym() {
				in = value.True
			}
			in = value.Or(in, value.Undecided)
		default:
			in = value.Or(in, sameID(id.Value, n.ID))
		}
	}
	e.There = value.And(e.There, in)
	if e.There != value.False {
		e.There = value.And(e.There, present(e.Resource, n.Resource))
	}
	return e
}

// networksIn are the ids of the networks of the subnets in a list of addresses, and whether these are all there are for
// certain.
func (v *View) networksIn(list value.Value) (networks []namedID, all bool) {
	all = list.Kind == value.Array && !list.Open || list.IsUnset()
	for _, config := range list.Elems() {
		if id := config.GetPath(ipSubnet); !id.IsUnset() {
			network, _ := v.NetworkOf(id)
			networks = append(networks, nameID(network))
		}
	}
	return networks, all
}

const publicAddress = "properties.publicIPAddress"

// hasPublicAddress reads an entry of a list of addresses.
func hasPublicAddress(config value.Value) value.Truth {
	return config.GetPath(publicAddress).Decide(func(v value.Value) value.Truth {
		switch {
		case v.IsUnset():
			return value.False
		case v.Kind == value.Object:
			return v.Get("id").Decide(given)
		}
		return value.Undecided
	})
}

// protected answers whether each public address in a list is protected for itself: its mode is not to inherit that of the
// network (https://learn.microsoft.com/azure/ddos-protection/ddos-protection-sku-comparison, IP Protection). One that the
// deployment does not make may be.
func protected(addresses value.Value, r *model.Resource, ips []*model.Resource) value.Truth {
	return anyOf(addresses, func(config value.Value) value.Truth {
		has := hasPublicAddress(config)
		id := nameID(config.GetPath(publicAddress + ".id"))
		i := slices.IndexFunc(ips, func(ip *model.Resource) bool { return id.of(ip) == value.True })
		if has == value.False || i < 0 || ips[i].Existing {
			return value.And(has, value.Undecided)
		}
		ip := ips[i]
		return value.And(has, ip.Body.GetPath("properties.ddosSettings.protectionMode").EqualsFold("Enabled").Not(), present(ip, r))
	}).Not()
}

// PlanOn answers whether the public addresses in a network have the protection of a plan.
func PlanOn(network *model.Resource) value.Truth {
	return network.Body.GetPath(DDoSPlan).Decide(func(v value.Value) value.Truth {
		if v.IsUnset() {
			return value.False
		}
		return v.IsTrue()
	})
}
