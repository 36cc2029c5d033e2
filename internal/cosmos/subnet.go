package cosmos

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	networkType = "Microsoft.Network/virtualNetworks"
	subnetType  = networkType + "/subnets"

	// ServiceEndpoint is the service endpoint by which a subnet's traffic reaches Cosmos DB with the subnet's identity.
	ServiceEndpoint = "Microsoft.AzureCosmosDB"
)

// Subnet is a subnet of the deployment: a resource of its own, or an entry in its virtual network's list.
type Subnet struct {
	// Resource is the subnet, or the virtual network that lists it.
	Resource *model.Resource
	// Path is where the subnet's properties are in Resource: "properties", or "properties.subnets.0.properties".
	Path string
	// Name is the subnet's own, without the network's.
	Name value.Value
	// Network is the virtual network, if it is in the deployment.
	Network *model.Resource
	// Properties are the subnet's; unknown for one that is only referred to.
	Properties value.Value

	key string // see model.Resource.Key
}

// PathOf is the path within Resource of a property of the subnet: "networkSecurityGroup.id".
func (s *Subnet) PathOf(property string) string { return s.Path + "." + property }

// HasServiceEndpoint answers whether the subnet has the service endpoint for Cosmos DB.
func (s *Subnet) HasServiceEndpoint() value.Truth {
	return s.Properties.Get("serviceEndpoints").Decide(func(list value.Value) value.Truth {
		has := value.TruthOf(false)
		if list.Kind == value.Unknown || list.Open {
			has = value.Undecided
		}
		for _, e := range list.Elems() {
			has = value.Or(has, e.Get("service").EqualsFold(ServiceEndpoint))
		}
		return has
	})
}

// HasNSG answers whether the subnet has a network security group.
func (s *Subnet) HasNSG() value.Truth {
	return s.Properties.GetPath("networkSecurityGroup").Decide(func(nsg value.Value) value.Truth {
		switch {
		case nsg.IsUnset():
			return value.False
		case nsg.Kind == value.Object:
			return nsg.Get("id").Decide(given)
		}
		return value.Undecided
	})
}

// given answers whether v is there at all, known or not. An unknown may turn out to be null, or an empty string.
func given(v value.Value) value.Truth {
	text, ok := v.Text()
	switch {
	case v.IsUnset(), ok && text == "":
		return value.False
	case ok:
		return value.True
	case v.NotNull, v.Parts() != nil:
		return value.True
	}
	return value.Undecided
}

// NSGApplies answers whether the network security group of the subnet applies to private endpoints in it. Network
// policies that are not set are disabled since API version 2022-01-01; earlier versions are documented with the other
// default, while the service's own page knows one only, so nothing is concluded there:
// https://github.com/Azure/azure-rest-api-specs/pull/19577,
// https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy.
func (s *Subnet) NSGApplies() value.Truth {
	return s.Properties.Get("privateEndpointNetworkPolicies").Decide(func(v value.Value) value.Truth {
		if v.IsUnset() && s.olderThan("2022-01-01") {
			return value.Undecided
		}
		return value.Or(v.EqualsFold("Enabled"), v.EqualsFold("NetworkSecurityGroupEnabled"))
	})
}

// NSGPolicy is the value of privateEndpointNetworkPolicies that makes network security groups apply. The one that is for
// groups alone is known since API version 2023-09-01 (https://github.com/Azure/azure-rest-api-specs/pull/26972).
func (s *Subnet) NSGPolicy() string {
	forRoutes := s.Properties.Get("privateEndpointNetworkPolicies").EqualsFold("RouteTableEnabled") == value.True
	if forRoutes || s.olderThan("2023-09-01") {
		return "Enabled"
	}
	return "NetworkSecurityGroupEnabled"
}

func (s *Subnet) olderThan(version string) bool {
	return versionForm.MatchString(s.Resource.APIVersion) && Older(s.Resource.APIVersion, version)
}

// FindSubnet returns the subnet of the deployment that id refers to, and True; Undecided when one may be meant; False
// when it is none of this deployment. One that is only referred to is found when nothing else is.
func (v *View) FindSubnet(id value.Value) (*Subnet, value.Truth) {
	var existing *Subnet
	found := value.False
	key := keyOf(id)
	for _, s := range v.subnets() {
		switch s.refers(id, key) {
		case value.True:
			if !s.Resource.Existing {
				return s, value.True
			}
			existing = s
		case value.Undecided:
			found = value.Undecided
		}
	}
	if existing != nil {
		return existing, value.True
	}
	if found == value.False && v.maybeUnseen(id) {
		found = value.Undecided
	}
	return nil, found
}

// SubnetQuestion returns what would have to be known to tell which subnet has the id: a resource of the deployment with
// the path and value of its property. The resource is nil where that is the id itself.
func (v *View) SubnetQuestion(id value.Value) (*model.Resource, string, value.Value) {
	const list = "properties.subnets"
	for _, s := range v.subnets() {
		switch {
		case s.Refers(id) != value.Undecided || s.Name.Known():
		case s.Resource.Is(subnetType):
			return s.Resource, "", s.Name
		default:
			return s.Resource, list, s.Resource.Body.GetPath(list)
		}
	}
	if n := v.unseenList(id); n != nil {
		return n, list, n.Body.GetPath(list)
	}
	return nil, "", id
}

// maybeUnseen tells that id may be that of a subnet that cannot be seen: id is not known, or its network's list is not.
func (v *View) maybeUnseen(id value.Value) bool {
	parsed, ok := model.ParseID(id)
	if !ok {
		return id.Kind == value.Unknown
	}
	return strings.EqualFold(parsed.Type, subnetType) && v.unseenList(id) != nil
}

// unseenList returns the network that the subnet with this id may be in, if its list of subnets cannot be seen whole.
func (v *View) unseenList(id value.Value) *model.Resource {
	for _, n := range v.Deployment.OfType(networkType) {
		list := n.Body.GetPath("properties.subnets")
		if (list.Kind == value.Unknown || list.Open) && !n.Existing && sameID(networkOf(id), n.ID) != value.False {
			return n
		}
	}
	return nil
}

// subnets returns all subnets of the deployment that can be seen.
func (v *View) subnets() []*Subnet {
	if v.allSubnets == nil {
		v.allSubnets = v.findSubnets()
	}
	return v.allSubnets
}

func (v *View) findSubnets() []*Subnet {
	out := []*Subnet{}
	for _, r := range v.Deployment.OfType(subnetType) {
		names := model.SplitName(r.Name)
		s := &Subnet{Resource: r, Path: "properties", Name: names[len(names)-1], Properties: r.Body.Get("properties")}
		s.Network, s.key = v.networkOfSubnet(r), r.Key()
		out = append(out, s)
	}
	for _, n := range v.Deployment.OfType(networkType) {
		out = append(out, listed(n)...)
	}
	return out
}

func (v *View) networkOfSubnet(subnet *model.Resource) *model.Resource {
	if subnet.Parent != nil {
		return subnet.Parent
	}
	for _, n := range v.Deployment.OfType(networkType) {
		if childOf(subnet, n) == value.True {
			return n
		}
	}
	return nil
}

// listed returns the entries of a virtual network's own list of subnets. What depends on a condition is left out: which
// entry is where cannot be told.
func listed(network *model.Resource) []*Subnet {
	var out []*Subnet
	for i, e := range network.Body.GetPath("properties.subnets").Elems() {
		key := network.Key()
		if name, ok := e.Get("name").Text(); ok && key != "" {
			key = strings.ToLower(subnetType) + key[strings.LastIndexByte(key, '/'):] + "/" + strings.ToLower(name)
		} else {
			key = ""
		}
		out = append(out, &Subnet{
			key:        key,
			Resource:   network,
			Path:       "properties.subnets." + strconv.Itoa(i) + ".properties",
			Name:       e.Get("name"),
			Network:    network,
			Properties: e.Get("properties"),
		})
	}
	return out
}

// keyOf is the key of the subnet with that id; "" when it is not known.
func keyOf(id value.Value) string {
	if id.Kind != value.String {
		return ""
	}
	parsed, _ := model.ParseID(id)
	return parsed.Key()
}

// refers is Refers with the key of id, by which most others are told apart.
func (s *Subnet) refers(id value.Value, key string) value.Truth {
	if key != "" && s.key != "" && key != s.key {
		return value.False
	}
	return s.Refers(id)
}

// Refers answers whether id is the subnet's. For an entry of a network's list it compares the network and the name, or
// the position when id is an attribute of the network: reference(network).subnets[0].id.
func (s *Subnet) Refers(id value.Value) value.Truth {
	if s.Resource.Is(subnetType) {
		return s.Resource.Refers(id)
	}
	return id.Decide(func(id value.Value) value.Truth {
		if at, ok := positionIn(s.Network, id); ok {
			return value.TruthOf(s.Path == "properties.subnets."+at+".properties")
		}
		parsed, ok := model.ParseID(id)
		switch {
		case ok && strings.EqualFold(parsed.Type, subnetType) && len(parsed.Names) == 2:
			return value.And(value.SameFold(parsed.Names[1], s.Name), s.inNetwork(id, parsed))
		case ok || id.Kind != value.Unknown:
			return value.False
		}
		return value.Undecided
	})
}

// inNetwork answers whether the subnet with an id is one of the network's.
func (s *Subnet) inNetwork(id value.Value, parsed model.ID) value.Truth {
	network, ok := model.ParseID(s.Network.ID)
	switch {
	case !ok || len(network.Names) != 1:
		return sameID(networkOf(id), s.Network.ID)
	case value.SameFold(parsed.Scope, network.Scope) == value.False:
		return value.False
	}
	return value.SameFold(parsed.Names[0], network.Names[0])
}

// bySubnetPosition matches the canonical expression of an attribute of a virtual network that is the id of a subnet.
var bySubnetPosition = regexp.MustCompile(`(?i)^reference\((.*)\)(?:\.properties)?\.subnets\[(\d+)\]\.id$`)

// positionIn returns the index in the network's list of subnets that id is taken from.
func positionIn(network *model.Resource, id value.Value) (string, bool) {
	m := bySubnetPosition.FindStringSubmatch(id.Sym())
	own := value.Canon(network.ID)
	if m == nil || own == "" || len(m[1]) < len(own) || !strings.EqualFold(m[1][:len(own)], own) {
		return "", false
	}
	rest := m[1][len(own):]
	return m[2], rest == "" || rest[0] == ','
}

// networkOf returns the id of the virtual network that the subnet with this id is in; unknown when it cannot be told.
func networkOf(subnet value.Value) value.Value {
	id, ok := model.ParseID(subnet)
	if !ok || !strings.EqualFold(id.Type, subnetType) || len(id.Names) == 0 {
		return value.NewUnknown("", subnet.Deps()...)
	}
	return value.Template(id.Scope, value.OfString("/providers/"+networkType+"/"), id.Names[0])
}

// NetworkOf returns the id of the virtual network that the subnet with this id is in, and the network if it is in the
// deployment. The id is unknown when it cannot be told.
func (v *View) NetworkOf(subnet value.Value) (value.Value, *model.Resource) {
	if s, ok := v.FindSubnet(subnet); ok == value.True && s.Network != nil {
		return s.Network.ID, s.Network
	}
	id := networkOf(subnet)
	n, _ := v.Deployment.Find(id, networkType)
	return id, n
}

// sameID answers whether two ids are of the same resource. Ids are compared by type and names; scopes that are known to
// differ tell two resources of the same name apart.
func sameID(a, b value.Value) value.Truth {
	if a.Sym() != "" && strings.EqualFold(a.Sym(), b.Sym()) {
		return value.True
	}
	return a.Decide(func(a value.Value) value.Truth {
		return b.Decide(func(b value.Value) value.Truth {
			x, okX := model.ParseID(a)
			y, okY := model.ParseID(b)
			switch {
			case !okX || !okY:
				return value.SameFold(a, b)
			case !strings.EqualFold(x.Type, y.Type) || len(x.Names) != len(y.Names):
				return value.False
			case value.SameFold(x.Scope, y.Scope) == value.False:
				return value.False
			}
			same := value.TruthOf(true)
			for i := range x.Names {
				same = value.And(same, value.SameFold(x.Names[i], y.Names[i]))
			}
			return same
		})
	})
}
