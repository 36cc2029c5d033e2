package cosmos

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Paths of what a firewall does with traffic that it knows to be malicious.
const (
	ThreatIntelMode   = "properties.threatIntelMode"
	IntrusionMode     = "properties.intrusionDetection.mode"
	FirewallPolicyRef = policyID

	FirewallTier = "properties.sku.tier"

	maxPolicies = 8 // base policies above each other
)

// Mode is how an Azure Firewall acts on something malicious; a greater one is stricter.
type Mode uint8

// The modes, as Azure spells them.
const (
	Off Mode = iota
	Alert
	Deny
)

func (m Mode) String() string { return [...]string{"Off", "Alert", "Deny"}[m] }

// defaultModes are what the service does where nothing is set: threat intelligence alerts
// (https://learn.microsoft.com/azure/firewall/threat-intel), intrusion detection is off.
var defaultModes = map[string]Mode{ThreatIntelMode: Alert, IntrusionMode: Off}

// AtLeast answers whether a firewall or a policy acts in a mode or a stricter one. With a base policy the stricter of both
// modes is in force (https://learn.microsoft.com/azure/firewall-manager/policy-overview, and the documentation of
// FirewallPolicyIntrusionDetection.mode in the API).
func (v *View) AtLeast(r *model.Resource, path string, mode Mode) value.Truth {
	return v.atLeast(r, path, mode, maxPolicies)
}

func (v *View) atLeast(r *model.Resource, path string, mode Mode, depth int) value.Truth {
	base := r.Body.GetPath(basePolicyID)
	hasBase := base.Decide(given)
	own := r.Body.GetPath(path).Decide(func(set value.Value) value.Truth {
		if set.IsUnset() {
			return value.And(hasBase.Not(), value.TruthOf(defaultModes[path] >= mode))
		}
		is := value.TruthOf(false)
		for m := mode; m <= Deny; m++ {
			is = value.Or(is, set.EqualsFold(m.String()))
		}
		return is
	})
	if hasBase == value.False || own == value.True {
		return own
	}
	return value.Or(own, value.And(hasBase, v.baseAtLeast(base, r, path, mode, depth)))
}

// baseAtLeast is Undecided for a base policy that the deployment does not make.
func (v *View) baseAtLeast(id value.Value, child *model.Resource, path string, mode Mode, depth int) value.Truth {
	base := findPolicy(v.Deployment, id)
	if base == nil || base.Existing || depth == 0 {
		return value.Undecided
	}
	if inherited := v.atLeast(base, path, mode, depth-1); inherited != value.True {
		return inherited
	}
	return present(base, child)
}

// ModeQuestion asks for what leaves open in which mode a firewall or policy acts: its own, or its base policy.
func ModeQuestion(r *model.Resource, path string) Question {
	own, base := r.Body.GetPath(path), r.Body.GetPath(basePolicyID)
	if !own.Known() || base.IsUnset() {
		return Question{Path: path, Value: own}
	}
	return Question{Path: basePolicyID, Value: base, Reason: "What the base policy says, which may be stricter, is not in this deployment."}
}

// Tier answers whether a firewall or policy is of a tier: Basic, Standard or Premium. Standard is the default.
func Tier(r *model.Resource, tier string) value.Truth {
	return r.Body.GetPath(FirewallTier).Decide(func(set value.Value) value.Truth {
		if set.IsUnset() {
			return value.TruthOf(tier == "Standard")
		}
		return set.EqualsFold(tier)
	})
}

// PoliciesInForce are the policies that decide for a firewall. A policy that others of the deployment build on speaks
// through those, unless a firewall uses it itself.
func (s *Surroundings) PoliciesInForce() []Tied {
	bases, used := namedBy(s.Policies, basePolicyID), namedBy(s.Firewalls, policyID)
	var out []Tied
	for _, p := range s.Policies {
		isBase := slices.ContainsFunc(bases, func(id namedID) bool { return id.of(p.Resource) == value.True })
		isUsed := slices.ContainsFunc(used, func(id namedID) bool { return id.of(p.Resource) != value.False })
		if !p.Resource.Existing && (isUsed || !isBase) {
			out = append(out, p)
		}
	}
	return out
}

// findPolicy returns the policy that an id is of for certain.
func findPolicy(d *model.Deployment, id value.Value) *model.Resource {
	of := nameID(id)
	policies := d.OfType(PolicyType)
	if i := slices.IndexFunc(policies, func(r *model.Resource) bool { return of.of(r) == value.True }); i >= 0 {
		return policies[i]
	}
	return nil
}

// namedID is an id, taken apart once to be compared with many resources.
type namedID struct {
	value.Value
	key string
}

func nameID(id value.Value) namedID {
	parsed, _ := model.ParseID(id)
	return namedID{id, parsed.Key()}
}

// of answers whether it is the id of r.
func (id namedID) of(r *model.Resource) value.Truth {
	if key := r.Key(); key != "" && id.key != "" && key != id.key {
		return value.False
	}
	return r.Refers(id.Value)
}

// namedBy are the ids that a property of resources holds.
func namedBy(list []Tied, path string) []namedID {
	var out []namedID
	for _, t := range list {
		if id := t.Resource.Body.GetPath(path); !id.IsUnset() {
			out = append(out, nameID(id))
		}
	}
	return out
}

// HasPolicy answers whether a policy decides for the firewall, and whether that is one which the deployment makes.
func (v *View) HasPolicy(firewall *model.Resource) (has value.Truth, made bool) {
	id := firewall.Body.GetPath(policyID)
	policy := findPolicy(v.Deployment, id)
	return id.Decide(given), policy != nil && !policy.Existing
}

// routed is the tie of a firewall through which a subnet sends its traffic: the next hop of a route is an address of it.
func (s *Surroundings) routed(firewall *model.Resource) Tie {
	best := Tie{Is: value.False}
	for _, x := range s.Subnets {
		table, found := s.view.Deployment.Find(x.Properties.GetPath("routeTable.id"), routeTableType)
		if found == value.True && slices.ContainsFunc(s.view.hops(table), func(hop value.Value) bool { return tellsOf(hop, firewall) }) {
			best = better(best, x.Tie, value.True)
		}
	}
	return best
}

// hops are the addresses to which the routes of a table lead.
func (v *View) hops(table *model.Resource) []value.Value {
	var out []value.Value
	for _, list := range table.Body.GetPath("properties.routes").Alternatives() {
		for _, route := range list.Elems() {
			out = append(out, route.GetPath("properties.nextHopIpAddress"))
		}
	}
	routes, _ := children(v.Deployment, table, routeTableType+"/routes")
	for _, r := range routes {
		out = append(out, r.Body.GetPath("properties.nextHopIpAddress"))
	}
	return out
}
