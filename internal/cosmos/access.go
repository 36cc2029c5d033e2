package cosmos

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// AccessPolicy is a conditional access policy: https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy. All
// policies that fit a sign-in hold for it together, so what one leaves open another may close.
type AccessPolicy struct{ *model.Resource }

// maxAccessPolicies bounds how many policies are compared with each other. A tenant takes a few hundred.
const maxAccessPolicies = 500

// AccessPolicies are the policies that a deployment makes, in its order.
func AccessPolicies(d *model.Deployment) []AccessPolicy {
	var out []AccessPolicy
	for _, r := range d.OfType(AccessPolicyType) {
		if !r.Existing {
			out = append(out, AccessPolicy{r})
		}
	}
	return out
}

// Paths of an access policy.
const (
	AccessState     = "state"
	BuiltInControls = "grantControls.builtInControls"

	includedApps = "conditions.applications.includeApplications"
	clientTypes  = "conditions.clientAppTypes"
)

// Enforced answers whether a policy does more than to report.
func (p AccessPolicy) Enforced() value.Truth {
	return p.Body.Get(AccessState).Decide(func(v value.Value) value.Truth {
		if v.IsUnset() {
			return value.Undecided // Graph refuses a policy without
		}
		return v.EqualsFold("enabled")
	})
}

// holds answers whether a list of words has one of them.
func holds(list value.Value, words ...string) value.Truth {
	return anyOf(list, func(v value.Value) value.Truth {
		found := value.TruthOf(false)
		for _, w := range words {
			found = value.Or(found, v.EqualsFold(w))
		}
		return found
	})
}

// isSet answers whether something is there at all.
func isSet(v value.Value) value.Truth {
	return v.Decide(func(v value.Value) value.Truth {
		switch {
		case v.Kind == value.Object && len(v.Fields()) > 0:
			return value.True
		case v.Kind == value.Array, v.Kind == value.Object:
			return notEmpty(v)
		}
		return given(v)
	})
}

// Blocks answers whether a policy refuses what it is for.
func (p AccessPolicy) Blocks() value.Truth { return holds(p.Body.GetPath(BuiltInControls), "block") }

// AsksForMFA answers whether a policy lets nobody in without a second factor: by itself, by an authentication strength, or by
// the factor of another provider.
func (p AccessPolicy) AsksForMFA() value.Truth {
	return value.Or(holds(p.Body.GetPath(BuiltInControls), "mfa"), isSet(p.Body.GetPath("grantControls.authenticationStrength")),
		notEmpty(p.Body.GetPath("grantControls.customAuthenticationFactors")))
}

// Grants answers whether a policy lets users in, to applications, under a condition. One that only shapes sessions, is for
// an action like the registration of a device, for workloads, or for clients that cannot do better, does not.
func (p AccessPolicy) Grants() value.Truth {
	return value.And(p.asks(), p.Blocks().Not(), notEmpty(p.Body.GetPath(includedApps)), p.forNothing().Not(),
		isSet(p.Body.GetPath("conditions.clientApplications")).Not(), p.onlyLegacy().Not())
}

// forNothing answers whether a policy is for no user, or for no application. Drafts are written so.
func (p AccessPolicy) forNothing() value.Truth {
	users := p.Body.GetPath("conditions.users")
	nobody := value.And(holds(users.Get("includeUsers"), "None"), notEmpty(users.Get("includeGroups")).Not(),
		notEmpty(users.Get("includeRoles")).Not(), isSet(users.Get("includeGuestsOrExternalUsers")).Not())
	return value.Or(nobody, holds(p.Body.GetPath(includedApps), "None"))
}

// asks answers whether a policy asks for anything before it lets somebody in.
func (p AccessPolicy) asks() value.Truth {
	return value.Or(notEmpty(p.Body.GetPath(BuiltInControls)), notEmpty(p.Body.GetPath("grantControls.termsOfUse")), p.AsksForMFA())
}

// modern are the clients that can ask for a second factor:
// https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-conditions#client-apps.
var modern = []string{"all", "browser", "mobileAppsAndDesktopClients"}

// onlyLegacy answers whether a policy is for legacy clients only. Without a word on clients it is for all.
func (p AccessPolicy) onlyLegacy() value.Truth {
	clients := p.Body.GetPath(clientTypes)
	return value.And(notEmpty(clients), holds(clients, modern...).Not())
}

// IsBroad answers whether a policy is for users of all applications, or of those that legacy clients sign in to.
func (p AccessPolicy) IsBroad() value.Truth {
	return value.And(holds(p.Body.GetPath(includedApps), "All", "Office365", exchangeOnline),
		isSet(p.Body.GetPath("conditions.clientApplications")).Not(), p.forNothing().Not())
}

// exchangeOnline is the id of Exchange Online:
// https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in.
const exchangeOnline = "00000002-0000-0ff1-ce00-000000000000"

// beyondLegacy are the controls that legacy clients cannot satisfy: they send neither a second factor nor the state of the device
// (https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication).
var beyondLegacy = []string{"block", "mfa", "compliantDevice", "domainJoinedDevice"}

// BlocksLegacy answers whether a policy, where it is enforced, keeps legacy clients out: it blocks them, or asks of all
// clients what these cannot give. A policy that names legacy clients may make exceptions; one for all clients may not.
func (p AccessPolicy) BlocksLegacy() value.Truth {
	clients, controls := p.Body.GetPath(clientTypes), p.Body.GetPath(BuiltInControls)
	named := value.And(holds(clients, "other"), holds(clients, "all").Not())
	refuses := value.Or(holds(controls, beyondLegacy...), p.AsksForMFA())
	if refuses == value.False && p.asks() != value.False {
		refuses = value.Undecided // of the other controls it is not said
	}
	return value.And(p.IsBroad(), holds(clients, "all", "other"), refuses, value.Or(named, p.narrowed(nil).Not()), p.forEverybody())
}

// AimsAtLegacy answers whether a policy is meant to keep legacy clients out, of some users at least.
func (p AccessPolicy) AimsAtLegacy() value.Truth {
	return value.And(holds(p.Body.GetPath(clientTypes), "other"), p.Blocks())
}

// forEverybody answers whether a policy is for all users. One for groups or roles may come to the same, as may several.
func (p AccessPolicy) forEverybody() value.Truth {
	if holds(p.Body.GetPath("conditions.users.includeUsers"), "All") == value.True {
		return value.True
	}
	return value.Undecided
}
