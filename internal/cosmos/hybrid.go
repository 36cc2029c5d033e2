package cosmos

import (
	"strconv"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Weakness is what makes a link to an on-premises network weaker than it has to be.
type Weakness struct {
	// Path is the property that says so.
	Path string
	// Kind is what it is; Is answers whether it is so.
	Kind WeaknessKind
	Is   value.Truth
}

// WeaknessKind is a kind of weakness.
type WeaknessKind uint8

// The kinds. Basic gateways do without IKEv2 for people, RADIUS and BGP, and are not for production; gateways by policy speak IKEv1
// only: https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus,
// https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-connect-multiple-policybased-rm-ps.
const (
	BasicSKU WeaknessKind = iota
	PolicyBased
	OldIKE
	NoStrongSignIn
	PublicPath
)

const (
	serverConfigType = "Microsoft.Network/vpnServerConfigurations"
	hubGatewayType   = "Microsoft.Network/vpnGateways"

	gatewayKind     = "properties.gatewayType"
	clientAuth      = "properties.vpnClientConfiguration.vpnAuthenticationTypes"
	linkConnections = "properties.vpnLinkConnections"
)

// LinkWeaknesses are those that a gateway or a connection may have by its own properties.
func LinkWeaknesses(r *model.Resource) []Weakness {
	equals := func(path, text string) value.Truth { return r.Body.GetPath(path).EqualsFold(text) }
	switch {
	case r.Is(GatewayType):
		vpn := equals(gatewayKind, "ExpressRoute").Not()
		return []Weakness{
			{"properties.sku.name", BasicSKU, value.And(vpn, equals("properties.sku.name", "Basic"))},
			{"properties.vpnType", PolicyBased, value.And(vpn, equals("properties.vpnType", "PolicyBased"))},
			{clientAuth, NoStrongSignIn, value.And(vpn, r.Body.GetPath("properties.vpnClientConfiguration").Decide(weakSignIn))},
		}
	case r.Is(serverConfigType):
		return []Weakness{{"properties.vpnAuthenticationTypes", NoStrongSignIn, r.Body.Get("properties").Decide(weakSignIn)}}
	case r.Is(connectionTypes[0]):
		return []Weakness{{"properties.connectionProtocol", OldIKE, equals("properties.connectionProtocol", "IKEv1")}}
	case r.Is(hubGatewayType):
		return inEach("properties.connections", r.Body, linkProtocols)
	case r.Is(connectionTypes[1]):
		return linkProtocols("", r.Body)
	}
	return nil
}

// linkProtocols looks at a connection of a virtual hub's gateway and its links. at is where it is.
func linkProtocols(at string, connection value.Value) []Weakness {
	const protocol = "properties.vpnConnectionProtocolType"
	own := func(at string, v value.Value) []Weakness {
		return []Weakness{{at + protocol, OldIKE, v.GetPath(protocol).EqualsFold("IKEv1")}}
	}
	out := own(at, connection)
	for _, w := range inEach(linkConnections, connection, own) {
		w.Path = at + w.Path
		out = append(out, w)
	}
	return out
}

// inEach are the weaknesses of the elements of a list; one that cannot be seen whole may hold an old protocol.
func inEach(path string, v value.Value, of func(at string, e value.Value) []Weakness) []Weakness {
	var out []Weakness
	list := v.GetPath(path)
	if list.Kind == value.Unknown || list.Open {
		out = append(out, Weakness{path, OldIKE, value.Undecided})
	}
	for i, e := range list.Elems() {
		out = append(out, of(path+"."+strconv.Itoa(i)+".", e)...)
	}
	return out
}

// weakSignIn answers whether people connect without Microsoft Entra ID or certificates: by RADIUS alone. c says how: a gateway's
// configuration for clients, or the configuration that gateways of virtual hubs share. Where the kinds are not listed, what is
// configured tells (https://learn.microsoft.com/azure/vpn-gateway/point-to-site-about).
func weakSignIn(c value.Value) value.Truth {
	if c.IsUnset() {
		return value.False
	}
	types := c.Get("vpnAuthenticationTypes")
	if types.Kind == value.Unknown || types.Open || len(types.Elems()) > 0 {
		return anyOf(types, func(v value.Value) value.Truth {
			return value.Or(v.EqualsFold("AAD"), v.EqualsFold("Certificate"))
		}).Not()
	}
	strong := value.Or(given(c.Get("aadTenant")), given(c.GetPath("aadAuthenticationParameters.aadTenant")),
		nonEmpty(c.Get("vpnClientRootCertificates"), value.False))
	radius := value.Or(given(c.Get("radiusServerAddress")), nonEmpty(c.Get("radiusServers"), value.False))
	return value.And(radius, strong.Not())
}

// SignIns are the configurations by which people connect to gateways in virtual hubs.
func (s *Surroundings) SignIns() []Tied {
	return s.tieAll(serverConfigType, func(r *model.Resource) Tie {
		if s.All {
			return Tie{Is: value.True}
		}
		return refersTo(r, s.Gateways, "properties.vpnServerConfiguration.id")
	})
}

// PublicPath answers whether an ExpressRoute gateway that stands before an account brings its network no nearer than to the account's
// public endpoint: that is on, and there is no private endpoint.
func (s *Surroundings) PublicPath(gateway Tied) Weakness {
	w := Weakness{Path: gatewayKind, Kind: PublicPath, Is: value.False}
	is := gateway.Resource.Body.GetPath(gatewayKind).EqualsFold("ExpressRoute")
	if gateway.Resource.Is("Microsoft.Network/expressRouteGateways") {
		is, w.Path = value.True, ""
	}
	for _, a := range s.view.Accounts {
		if a.Resource == gateway.Cosmos {
			w.Is = value.And(is, s.publicOnly(a))
		}
	}
	return w
}

// Question asks for what leaves open whether a link has the weakness.
func (s *Surroundings) Question(link Tied, w Weakness) Question {
	own := link.Resource.Body.GetPath(w.Path)
	switch {
	case w.Kind == PublicPath:
		q := Question{Path: w.Path, Value: own, Reason: "Whether anything but the public endpoint leads to the account cannot be told before deployment."}
		for _, a := range s.view.Accounts {
			if a.Resource == link.Cosmos && own.Known() {
				q.Value = a.Exposure.Open.Value
			}
		}
		return q
	case own.Known() && link.Resource.Is(GatewayType):
		return Question{Path: gatewayKind, Value: link.Resource.Body.GetPath(gatewayKind)}
	}
	return Question{Path: w.Path, Value: own}
}

// publicOnly answers whether somebody outside of Azure reaches the account, and over its public endpoint alone. Where its firewall lets
// in subnets only, nobody does.
func (s *Surroundings) publicOnly(a *Account) value.Truth {
	return value.And(a.HasEndpoint.Not(), a.Exposure.Decide(func(c Case) value.Truth {
		return value.And(c.Is(Open|Selected), value.Or(c.Is(Open), c.HasAddress))
	}))
}

const circuitPeering = "Microsoft.Network/expressRouteCircuits/peerings"

// PublicPeerings are peerings of ExpressRoute circuits that lead to public addresses of Azure, in a deployment with an account that is
// reached in no other way: https://learn.microsoft.com/azure/expressroute/expressroute-circuit-peerings.
func (s *Surroundings) PublicPeerings() []Tied {
	var out []Tied
	for _, r := range s.view.Deployment.OfType(circuitPeering) {
		kind := r.Body.GetPath("properties.peeringType")
		public := value.Or(kind.EqualsFold("MicrosoftPeering"), kind.EqualsFold("AzurePublicPeering"))
		for _, a := range s.view.Accounts {
			if is := value.And(public, s.publicOnly(a)); is != value.False && !r.Existing && !a.Resource.Existing {
				out = append(out, Tied{r, Tie{Is: is, Cosmos: a.Resource, Through: a.Resource, Site: a.Resource.Header,
					Open: value.NewUnknown("", append(kind.Deps(), a.Exposure.Open.Value.Deps()...)...)}})
				break
			}
		}
	}
	return out
}
