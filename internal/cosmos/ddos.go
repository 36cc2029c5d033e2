package cosmos

import (
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
}

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

// PublicEntries are what stands, or may stand, in a network and has a public address.
func (s *Surroundings) PublicEntries(n *TiedNetwork) []PublicEntry {
	var out []PublicEntry
	for _, kind := range publicTypes {
		for _, r := range s.view.Deployment.OfType(kind.typ) {
			if r.Body.GetPath("properties.gatewayType").EqualsFold("ExpressRoute") == value.True {
				continue // takes nothing in from the internet
			}
			addresses := r.Body.GetPath(kind.addresses)
			e := PublicEntry{Resource: r, Open: addresses, Protected: s.view.protected(addresses, r)}
			in := s.view.stands(r.Body.GetPath(kind.subnets), n)
			e.There = value.And(in, anyOf(addresses, hasPublicAddress), present(r, n.Resource))
			if e.There != value.False && !r.Existing {
				out = append(out, e)
			}
		}
	}
	return out
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

// stands answers whether one of the subnets in a list of addresses is in the network.
func (v *View) stands(list value.Value, n *TiedNetwork) value.Truth {
	return anyOf(list, func(config value.Value) value.Truth {
		id := config.GetPath(ipSubnet)
		if id.IsUnset() {
			return value.False
		}
		network, _ := v.NetworkOf(id)
		return sameID(network, n.ID)
	})
}

// protected answers whether each public address in a list is protected for itself: its mode is not to inherit that of the
// network (https://learn.microsoft.com/azure/ddos-protection/ddos-protection-sku-comparison, IP Protection). One that the
// deployment does not make may be.
func (v *View) protected(addresses value.Value, r *model.Resource) value.Truth {
	return anyOf(addresses, func(config value.Value) value.Truth {
		has := hasPublicAddress(config)
		ip, found := v.Deployment.Find(config.GetPath(publicAddress+".id"), publicIPType)
		if has == value.False || found != value.True || ip.Existing {
			return value.And(has, value.Undecided)
		}
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
