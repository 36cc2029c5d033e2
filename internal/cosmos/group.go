package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ownSubnets are the names of subnets that Azure keeps for services which take no network security group, or are broken by one:
// https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub,
// https://learn.microsoft.com/azure/firewall/firewall-faq, https://learn.microsoft.com/azure/route-server/route-server-faq.
// AzureBastionSubnet takes one: https://learn.microsoft.com/azure/bastion/bastion-nsg.
var ownSubnets = []string{"GatewaySubnet", "AzureFirewallSubnet", "AzureFirewallManagementSubnet", "RouteServerSubnet"}

// ungrouped are the beginnings of the names of services in whose delegated subnets network security groups do not apply, or
// not always: NetApp volumes with Basic network features
// (https://learn.microsoft.com/azure/azure-netapp-files/azure-netapp-files-network-topologies) and bare metal.
var ungrouped = []string{"Microsoft.NetApp/", "Microsoft.BareMetal/"}

// NeedsNoGroup answers whether the subnet is one to which a network security group is not to be attached. One with something in
// it is taken for none of Azure's own subnets when its name is not known.
func (s *TiedSubnet) NeedsNoGroup() value.Truth {
	own := value.False
	for _, name := range ownSubnets {
		own = value.Or(own, s.Name.EqualsFold(name))
	}
	if own == value.Undecided && s.Through != nil {
		own = value.False
	}
	delegated := anyOf(s.Properties.Get("delegations"), func(d value.Value) value.Truth {
		name, ok := d.GetPath("properties.serviceName").Text()
		if !ok {
			return value.Undecided
		}
		return value.TruthOf(slices.ContainsFunc(ungrouped, func(u string) bool {
			return len(name) >= len(u) && strings.EqualFold(name[:len(u)], u)
		}))
	})
	return value.Or(own, delegated)
}

// GroupIn answers whether the subnet has a network security group, or a module that cannot be looked into may give it one.
func (s *Subnet) GroupIn(v *View) value.Truth {
	has := s.HasNSG()
	if has != value.False {
		return has
	}
	for _, o := range v.Deployment.Opaque {
		if mayAttach(o.Source) && s.Resource.Is(subnetType) && carries(o.Arguments, s.Resource) {
			return value.Undecided
		}
	}
	return has
}

// mayAttach tells by the source of a module that it may attach a network security group to a subnet.
func mayAttach(source string) bool {
	s := strings.ToLower(source)
	return !leavesAlone(s, "subnet", "virtual-network", "virtualnetwork") &&
		slices.ContainsFunc([]string{"nsg", "security", "subnet", "network"}, func(w string) bool { return strings.Contains(s, w) })
}

// Overridden tells that an entry of a network's own list is declared once more as a resource of its own, whose properties win:
// it is deployed after the network.
func (s *Subnet) Overridden(v *View) bool {
	if s.Resource.Is(subnetType) {
		return false
	}
	return slices.ContainsFunc(v.subnets(), func(x *Subnet) bool {
		return x.Resource.Is(subnetType) && !x.Resource.Existing && s.Refers(x.Resource.ID) == value.True
	})
}

// SubnetsOf are the subnets that are looked at and have a network security group for certain.
func (s *Surroundings) SubnetsOf(group *model.Resource) []*TiedSubnet {
	var out []*TiedSubnet
	for _, x := range s.Subnets {
		if group.Refers(x.Properties.GetPath(groupOf)) == value.True {
			out = append(out, x)
		}
	}
	return out
}

// HoldsCosmos answers whether something of Cosmos DB itself stands in one of the subnets: a private endpoint or a managed
// instance. In others are the programs that use it. open stands for what would have to be known to tell.
func (s *Surroundings) HoldsCosmos(subnets []*TiedSubnet) (holds value.Truth, open value.Value) {
	for _, x := range subnets {
		if t := x.Through; t != nil && x.Is == value.True && (t.Is(PrivateEndpointType) || t == x.Cosmos && !t.Is(AccountType)) {
			return value.True, open
		}
	}
	holds = value.False
	var deps []string
	for _, e := range s.view.Endpoints {
		is, key := e.Cosmos(), keyOf(e.Subnet)
		for _, x := range subnets {
			if is == value.False {
				continue
			}
			in := value.And(is, x.refers(e.Subnet, key), present(e.Resource, x.Resource))
			if in == value.Undecided {
				deps = append(deps, slices.Concat(e.targets().Deps(), e.Subnet.Deps(), e.Resource.Condition.Deps())...)
			}
			holds = value.Or(holds, in)
		}
	}
	return holds, value.NewUnknown("", deps...)
}
