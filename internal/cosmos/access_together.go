package cosmos

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Covered answers whether one of the policies of a deployment, or one that cannot be seen, asks for a second factor wherever p
// lets users in.
func (p AccessPolicy) Covered(d *model.Deployment, policies []AccessPolicy) value.Truth {
	found := elsewhere(d)
	if len(policies) > maxAccessPolicies {
		return value.Undecided
	}
	for _, q := range policies {
		found = value.Or(found, q.covers(p))
	}
	return found
}

// LegacyClients is what the policies of a deployment together make of legacy clients.
type LegacyClients struct {
	// LetIn answers whether they get in. It is False as well where no policy is for applications that they sign in to.
	LetIn value.Truth
	// Policy is the one to speak of: that which is meant to keep them out, of some users at least, else the first for such
	// applications. It has no resource where there is none.
	Policy AccessPolicy
}

// Legacy asks the policies of a deployment together, whenever one of those that are surely deployed is.
func Legacy(d *model.Deployment) LegacyClients {
	var broad []AccessPolicy
	sure, policies := value.TruthOf(false), AccessPolicies(d)
	for _, p := range policies {
		if is := p.IsBroad(); is != value.False {
			broad, sure = append(broad, p), value.Or(sure, is)
		}
	}
	if len(broad) == 0 {
		return LegacyClients{LetIn: value.False}
	}
	first := func(is func(AccessPolicy) bool) AccessPolicy { return broad[max(slices.IndexFunc(broad, is), 0)] }
	there := first(func(p AccessPolicy) bool { return p.Exists == model.Yes })
	return LegacyClients{
		LetIn:  value.And(sure, legacyBlocked(d, policies, there).Not()),
		Policy: first(func(p AccessPolicy) bool { return p.AimsAtLegacy() == value.True }),
	}
}

// NotEnforced reports whether legacy clients are let in, and the policy that is meant to keep them out is there, but not
// enforced.
func (l LegacyClients) NotEnforced() bool {
	return l.LetIn == value.True && l.Policy.AimsAtLegacy() == value.True && l.Policy.Enforced() == value.False
}

// legacyBlocked answers whether the policies together keep legacy clients out whenever one of them, p, is deployed.
func legacyBlocked(d *model.Deployment, policies []AccessPolicy, p AccessPolicy) value.Truth {
	found := elsewhere(d)
	for _, q := range policies {
		found = value.Or(found, value.And(q.Enforced(), q.BlocksLegacy(), present(q.Resource, p.Resource)))
	}
	return found
}

// covers answers whether q asks for a second factor wherever p lets users in. Who or what is excluded from q is meant to be.
func (q AccessPolicy) covers(p AccessPolicy) value.Truth {
	return value.And(q.Enforced(), q.AsksForMFA(), q.forNothing().Not(), present(q.Resource, p.Resource), q.sameApplications(p),
		q.sameUsers(p), q.sameSignIns(p))
}

func (q AccessPolicy) sameApplications(p AccessPolicy) value.Truth {
	return value.Or(holds(q.Body.GetPath(includedApps), "All"), subset(p.Body.GetPath(includedApps), q.Body.GetPath(includedApps)))
}

// sameUsers cannot know who is in a group: two policies for different ones may be for the same users.
func (q AccessPolicy) sameUsers(p AccessPolicy) value.Truth {
	if q.forEverybody() == value.True {
		return value.True
	}
	mine, theirs := q.Body.GetPath("conditions.users"), p.Body.GetPath("conditions.users")
	same := theirs.Get("includeGuestsOrExternalUsers").IsUnset()
	for _, kind := range []string{"includeUsers", "includeGroups", "includeRoles"} {
		same = same && subset(theirs.Get(kind), mine.Get(kind)) == value.True
	}
	if same {
		return value.True
	}
	return value.Undecided
}

// risks are the conditions of a policy that is for the few sign-ins that look dangerous.
var risks = []string{"signInRiskLevels", "userRiskLevels", "insiderRiskLevels"}

// sameSignIns answers False where q asks at risky sign-ins only, and is Undecided where it leaves some out for another reason.
func (q AccessPolicy) sameSignIns(p AccessPolicy) value.Truth {
	for _, name := range risks {
		if isSet(q.Body.Get("conditions").Get(name)) == value.True && !q.sharesCondition(p, name) {
			return value.False
		}
	}
	mine, theirs := q.Body.GetPath(clientTypes), p.Body.GetPath(clientTypes)
	clients := value.Or(notEmpty(mine).Not(), holds(mine, "all"), subset(theirs, mine))
	if value.And(q.narrowed(&p).Not(), clients) == value.True {
		return value.True
	}
	return value.Undecided
}

func (q AccessPolicy) sharesCondition(p AccessPolicy, name string) bool {
	return value.Equal(q.Body.Get("conditions").Get(name), p.Body.Get("conditions").Get(name)) == value.True
}

// narrowings are the conditions that leave sign-ins out of a policy, with the lists of what is in and what is out.
var narrowings = []struct{ name, included, excluded string }{
	{"locations", "includeLocations", "excludeLocations"}, {"platforms", "includePlatforms", "excludePlatforms"},
	{name: "signInRiskLevels"}, {name: "userRiskLevels"}, {name: "insiderRiskLevels"}, {name: "servicePrincipalRiskLevels"},
	{name: "devices"}, {name: "authenticationFlows"},
}

// narrowed answers whether a policy is for some sign-ins only, by a condition that p, if there is one, has not as well. All
// places, or all platforms, are no condition.
func (q AccessPolicy) narrowed(p *AccessPolicy) value.Truth {
	found := value.TruthOf(false)
	for _, n := range narrowings {
		if p != nil && q.sharesCondition(*p, n.name) {
			continue
		}
		v := q.Body.Get("conditions").Get(n.name)
		if n.included == "" {
			found = value.Or(found, isSet(v))
			continue
		}
		some := value.And(notEmpty(v.Get(n.included)), holds(v.Get(n.included), "all").Not())
		found = value.Or(found, some, notEmpty(v.Get(n.excluded)))
	}
	return found
}

// subset answers whether all elements of a list are in another one.
func subset(list, other value.Value) value.Truth {
	if list.IsUnset() {
		return value.True
	}
	if list.Kind != value.Array || other.Kind != value.Array && !other.IsUnset() {
		return value.Undecided
	}
	all := value.TruthOf(true)
	if list.Open {
		all = value.Undecided
	}
	for _, e := range list.Elems() {
		all = value.And(all, hasElement(other, e))
	}
	return all
}

func hasElement(list, e value.Value) value.Truth {
	found := value.TruthOf(false)
	if list.Open {
		found = value.Undecided
	}
	for _, o := range list.Elems() {
		found = value.Or(found, value.SameFold(e, o))
	}
	return found
}
