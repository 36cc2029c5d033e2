package cosmos

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// State says who can reach an account. States form sets.
type State uint8

// The states of an account, or of a cluster, which is Selected or Private.
const (
	Open      State = 1 << iota // anyone on the internet
	Fragile                     // a private endpoint, and anyone on the internet once that is gone
	Selected                    // the addresses and subnets that the firewall lists
	Private                     // private endpoints
	Perimeter                   // what a network security perimeter says

	AnyState = Open | Fragile | Selected | Private | Perimeter
)

const (
	publicNetworkAccess = "properties.publicNetworkAccess"
	networkFilter       = "properties.isVirtualNetworkFilterEnabled"
	networkRules        = "properties.virtualNetworkRules"
)

// Exposure is who can reach an account or a cluster.
type Exposure struct {
	Resource *model.Resource
	// HasEndpoint answers whether a private endpoint leads to it.
	HasEndpoint value.Truth
	// States is the set of states that it may be in: one, when everything is known that decides.
	States State
	// Cases are the ways in which its properties may turn out.
	Cases []Case
	// Open is what would have to be known to tell more; zero when States is one state.
	Open Question
}

// Case is one of the ways in which the properties of an account may turn out.
type Case struct {
	States  State
	Allowed AllowList
	// Enabled, Filter and Rules answer whether public network access is on, whether the filter for virtual networks
	// is, and whether there is a rule for one.
	Enabled, Filter, Rules value.Truth
	// HasAddress answers whether there is an entry in the IP firewall.
	HasAddress value.Truth
	// Properties are the account's in this case.
	Properties value.Value

	access uint8
}

// Question is an input that is not known.
type Question struct {
	Path   string
	Value  value.Value
	Reason string
}

// Is answers whether the exposure is one of the set states.
func (e Exposure) Is(states State) value.Truth { return isIn(e.States, states) }

// Is answers whether the exposure in this case is one of the set states.
func (c Case) Is(states State) value.Truth { return isIn(c.States, states) }

func isIn(possible, states State) value.Truth {
	switch {
	case possible&states == 0:
		return value.False
	case possible&^states == 0:
		return value.True
	}
	return value.Undecided
}

// Decide answers a question only when all cases give the same answer.
func (e Exposure) Decide(question func(Case) value.Truth) value.Truth {
	first := question(e.Cases[0])
	for _, c := range e.Cases[1:] {
		if question(c) != first {
			return value.Undecided
		}
	}
	return first
}

// DecideList asks a question of the list of addresses, where it is in force.
func (e Exposure) DecideList(question func(AllowList) value.Truth) value.Truth {
	return e.Decide(func(c Case) value.Truth {
		if c.Allowed.InForce == value.False {
			return value.False
		}
		return value.And(c.Allowed.InForce, question(c.Allowed))
	})
}

// WideOpen answers whether the firewall lets in the internet, or all of Azure: what CDB102 and CDB103 report.
func (e Exposure) WideOpen() value.Truth {
	return e.DecideList(func(l AllowList) value.Truth {
		return value.Or(l.MoreThan(MaxCoverage), l.Any(Range.IsAzure))
	})
}

// exposureOf works out the exposure of an account; its endpoints are known by then. Properties that depend on one
// condition are looked at together, case by case.
func exposureOf(a *Account, v *View) Exposure {
	e := Exposure{Resource: a.Resource, HasEndpoint: a.HasEndpoint}
	for _, properties := range a.Resource.Body.Get("properties").Alternatives() {
		for _, l := range allowLists(a.Resource, properties) {
			c := caseOf(properties, l, a.HasEndpoint)
			e.Cases = append(e.Cases, c)
			e.States |= c.States
		}
	}
	e.Open = e.question(v)
	return e
}

// Public network access as a set of values that it may have.
const (
	enabled uint8 = 1 << iota
	disabled
	perimeter
)

// accessOf returns the values that publicNetworkAccess may have. Azure refuses values other than these three.
func accessOf(properties value.Value) (set uint8) {
	p, _ := propertyOf(AccountType, publicNetworkAccess)
	for _, v := range p.effective(properties.Get("publicNetworkAccess"), restored(properties)).Alternatives() {
		switch value.True {
		case v.EqualsFold("Enabled"):
			set |= enabled
		case v.EqualsFold("Disabled"):
			set |= disabled
		case v.EqualsFold("SecuredByPerimeter"):
			set |= perimeter
		default:
			set |= enabled | disabled | perimeter
		}
	}
	return set
}

func caseOf(properties value.Value, l AllowList, hasEndpoint value.Truth) Case {
	access, fromBackup := accessOf(properties), restored(properties)
	filter, _ := propertyOf(AccountType, networkFilter)
	c := Case{
		Allowed:    l,
		Properties: properties,
		access:     access,
		Filter:     filter.effective(properties.Get("isVirtualNetworkFilterEnabled"), fromBackup).IsTrue(),
		Rules:      nonEmpty(properties.Get("virtualNetworkRules"), fromBackup),
		HasAddress: hasAddress(l, properties, fromBackup),
		Enabled:    value.Undecided,
	}
	if access == enabled || access&enabled == 0 {
		c.Enabled = value.TruthOf(access == enabled)
	}
	if access&disabled != 0 {
		c.States |= Private
	}
	if access&perimeter != 0 {
		c.States |= Perimeter
	}
	if access&enabled != 0 {
		c.States |= c.publicStates(hasEndpoint)
	}
	c.Allowed.InForce = c.Is(Selected)
	return c
}

// publicStates returns the states that are possible with public network access on. Microsoft does not say who gets in
// when the filter for virtual networks is on and there is no rule of any kind: nobody, or everybody.
func (c Case) publicStates(hasEndpoint value.Truth) (s State) {
	inForce := value.And(c.Filter, c.Rules)
	unsaid := value.And(c.Filter, c.Rules.Not())
	if c.HasAddress != value.False || inForce != value.False || unsaid != value.False {
		s |= Selected
	}
	if c.HasAddress == value.True || inForce == value.True {
		return s
	}
	if hasEndpoint != value.False {
		s |= Fragile
	}
	if hasEndpoint != value.True {
		s |= Open
	}
	return s
}

func hasAddress(l AllowList, properties value.Value, fromBackup value.Truth) value.Truth {
	switch {
	case len(l.Entries) > 0:
		return value.True
	case l.Open, properties.Get("ipRules").IsUnset() && fromBackup != value.False:
		return value.Undecided
	}
	return value.False
}

// nonEmpty answers whether a list has an element. An absent list of a restored account is not known.
func nonEmpty(list value.Value, fromBackup value.Truth) value.Truth {
	return list.Decide(func(list value.Value) value.Truth {
		switch {
		case list.IsUnset() && fromBackup == value.False:
			return value.False
		case list.Kind != value.Array, list.Open && len(list.Elems()) == 0:
			return value.Undecided
		}
		return value.TruthOf(len(list.Elems()) > 0)
	})
}

// question finds the first input, in the order in which they decide, that leaves the exposure open.
func (e Exposure) question(v *View) Question {
	if e.States&(e.States-1) == 0 {
		return Question{}
	}
	path := e.undecidedPath()
	q := Question{Path: path, Value: e.Resource.Body.GetPath(path)}
	switch {
	case path == "":
		return v.EndpointQuestion(e.Resource)
	case q.Value.IsUnset() && Restored(e.Resource) != value.False:
		return q
	case q.Value.Known() && path == networkRules:
		q.Reason = "The filter for virtual networks is on and no rule is listed. Microsoft does not document who gets in then."
	case q.Value.Known():
		q.Reason = notAccepted
	}
	return q
}

const notAccepted = "The value written here is not one that Azure accepts."

// undecidedPath returns the first property that leaves the exposure open; "" when it is the endpoint.
func (e Exposure) undecidedPath() string {
	access := uint8(0)
	for _, c := range e.Cases {
		access |= c.access
	}
	inForce := e.Decide(func(c Case) value.Truth { return value.And(c.Filter, c.Rules) })
	unsaid := e.Decide(func(c Case) value.Truth { return value.And(c.Filter, c.Rules.Not()) })
	switch {
	case access&(access-1) != 0:
		return publicNetworkAccess
	case e.Decide(func(c Case) value.Truth { return c.HasAddress }) == value.Undecided:
		if e.Resource.Body.GetPath(ipRules).Known() && !e.Resource.Body.GetPath(ipRangeFilter).Known() {
			return ipRangeFilter
		}
		return ipRules
	case inForce == value.Undecided && e.Decide(func(c Case) value.Truth { return c.Filter }) == value.Undecided:
		return networkFilter
	case inForce == value.Undecided, unsaid != value.False:
		return networkRules
	}
	return ""
}

// EndpointQuestion finds why it cannot be told whether an endpoint leads to r.
func (v *View) EndpointQuestion(r *model.Resource) Question {
	if has, q := managedConnection(v.Deployment, r); has == value.Undecided {
		return q
	}
	for _, e := range v.Endpoints {
		switch connects := e.Connects(r); {
		case connects != value.False && present(e.Resource, r) == value.Undecided:
			return Question{Value: e.Resource.Condition,
				Reason: "Whether the private endpoint '" + e.Resource.Path + "' is deployed is not known before deployment."}
		case connects == value.Undecided:
			for _, c := range e.Connections {
				if r.Refers(c.Target) == value.Undecided {
					return Question{Value: c.Target,
						Reason: "What the private endpoint '" + e.Resource.Path + "' leads to is not known before deployment."}
				}
			}
		}
	}
	return Question{Reason: "A private endpoint may be in a part of the deployment that could not be looked into."}
}

// Exposures returns the exposures of all accounts, and of the clusters that have a firewall: also of those that are not in
// the deployment, for each firewall rule that it gives to one.
func (v *View) Exposures() []Exposure {
	if v.exposures != nil {
		return v.exposures
	}
	for _, a := range v.Accounts {
		v.exposures = append(v.exposures, a.Exposure)
	}
	for _, typ := range []string{MongoClusterType, PostgreSQLType} {
		looked := map[*model.Resource]bool{} // rules that are looked at with a cluster: their own, or one that may be
		for _, r := range v.Deployment.OfType(typ) {
			_, has := v.EndpointsOf(r)
			sure, maybe := children(v.Deployment, r, typ+"/firewallRules")
			v.exposures = append(v.exposures, clusterExposure(r, clusterEntries(sure, len(maybe) > 0 || absence(v.Deployment, r) != value.False), has))
			for _, rule := range sure {
				looked[rule] = true
			}
			for _, rule := range maybe {
				looked[rule] = looked[rule] || !r.Existing
			}
		}
		for _, r := range v.Deployment.OfType(typ + "/firewallRules") {
			if !looked[r] {
				elsewhere := &model.Resource{Type: typ, Existing: true, Dialect: r.Dialect}
				v.exposures = append(v.exposures, clusterExposure(elsewhere, clusterEntries([]*model.Resource{r}, true), value.Undecided))
			}
		}
	}
	return v.exposures
}

// clusterExposure is that of a mongoCluster or serverGroupsv2: with public access on they let in nobody whom no firewall
// rule names; see https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-public-access and
// https://learn.microsoft.com/azure/cosmos-db/postgresql/concepts-firewall-rules.
func clusterExposure(r *model.Resource, l AllowList, has value.Truth) Exposure {
	e := Exposure{Resource: r, HasEndpoint: has}
	path, public := publicAccess(r)
	if public != value.False {
		e.States |= Selected
	}
	if public != value.True {
		e.States |= Private
	}
	if r.Existing {
		e.States, public = Selected|Private, value.Undecided
	}
	l.InForce = public
	c := Case{States: e.States, Allowed: l, Enabled: public, Properties: r.Body.Get("properties")}
	c.Filter, c.Rules, c.HasAddress = value.False, value.False, hasAddress(l, c.Properties, value.False)
	e.Cases = []Case{c}
	if public == value.Undecided {
		e.Open = Question{Path: path, Value: r.Body.GetPath(path)}
		if e.Open.Value.Known() && !e.Open.Value.IsUnset() {
			e.Open.Reason = notAccepted
		}
	}
	return e
}

const (
	coordinatorAccess = "properties.coordinatorEnablePublicIpAccess"
	nodeAccess        = "properties.nodeEnablePublicIpAccess"
)

// PublicAccessPath is the property that turns the public endpoint of an account or a cluster off: the one of a PostgreSQL
// cluster's workers where its coordinator has none.
func PublicAccessPath(r *model.Resource) string {
	switch {
	case !r.Is(PostgreSQLType):
		return publicNetworkAccess
	case Effective(r, coordinatorAccess).IsTrue() == value.False && Effective(r, nodeAccess).IsTrue() != value.False:
		return nodeAccess
	}
	return coordinatorAccess
}

// PublicAccessOff is the value of PublicAccessPath that does.
func PublicAccessOff(r *model.Resource) value.Value {
	if r.Is(PostgreSQLType) {
		return value.OfBool(false)
	}
	return value.OfString("Disabled")
}

// publicAccess answers whether a cluster has a public endpoint, and returns the property that decides.
func publicAccess(r *model.Resource) (string, value.Truth) {
	if r.Is(PostgreSQLType) {
		return PublicAccessPath(r), value.Or(Effective(r, coordinatorAccess).IsTrue(), Effective(r, nodeAccess).IsTrue())
	}
	access := Effective(r, publicNetworkAccess)
	return publicNetworkAccess, access.Decide(func(v value.Value) value.Truth {
		switch value.True {
		case v.EqualsFold("Enabled"):
			return value.True
		case v.EqualsFold("Disabled"):
			return value.False
		}
		return value.Undecided
	})
}

const associationType = "Microsoft.Network/networkSecurityPerimeters/resourceAssociations"

// Associated answers whether the deployment puts r into a network security perimeter.
func (v *View) Associated(r *model.Resource) value.Truth {
	answer := value.False
	for _, a := range v.Deployment.OfType(associationType) {
		refers := r.Refers(a.Body.GetPath("properties.privateLinkResource.id"))
		answer = value.Or(answer, value.And(refers, present(a, r)))
	}
	if answer == value.False {
		return absence(v.Deployment, r)
	}
	return answer
}
