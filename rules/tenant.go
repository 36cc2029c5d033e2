package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// nearCosmos tells whether the applications of a deployment are looked at: they use, or may use, a Cosmos DB resource that
// is there as well. What holds for the whole tenant, policies and logs, is looked at wherever it is.
func nearCosmos(p *rule.Pass) bool { return p.Settings.Scope == rule.ScopeAll || look(p).UsesCosmos() }

// tenant is what the tenant has of the deployment, related once.
func tenant(p *rule.Pass) *cosmos.Directory {
	type key struct{}
	return rule.Fact(p, key{}, cosmos.Tenant)
}

// legacy is what the deployment makes of legacy clients. CDB604 is about it, and CDB602 leaves the policy to that which CDB604
// says is not enforced.
func legacy(p *rule.Pass) cosmos.LegacyClients {
	type key struct{}
	return rule.Fact(p, key{}, cosmos.Legacy)
}

// made are the resources of a type that the deployment makes.
func made(p *rule.Pass, typ string) []*model.Resource {
	var out []*model.Resource
	for _, r := range p.Deployment.OfType(typ) {
		if !r.Existing {
			out = append(out, r)
		}
	}
	return out
}

// policyTitle names a conditional access policy at the beginning of a sentence.
func policyTitle(r *model.Resource) string {
	return "Conditional access policy '" + rule.Title(r.Name) + "'"
}

// enforce is what to do about a policy that is not enforced.
func enforce(r *model.Resource) string {
	return " Set '" + rule.Spell(r, cosmos.AccessState) + "' to " + rule.Literal(r, cosmos.AccessState, value.OfString("enabled")) + "."
}

// notEnforced says of a policy, after its title, how it is not.
func notEnforced(r *model.Resource) string {
	switch state := r.Body.Get(cosmos.AccessState); value.True {
	case state.EqualsFold("disabled"):
		return "is turned off"
	case state.EqualsFold("enabledForReportingButNotEnforced"):
		return "only reports what it would do"
	}
	return "is not enforced"
}

// clientTitle names an application or a service principal within a sentence. A service principal is called after its
// application, where that is in the deployment: it has no name of its own.
func clientTitle(p *rule.Pass, r *model.Resource) string {
	if !r.Is(cosmos.ServicePrincipalType) {
		return "application '" + rule.Title(r.Name) + "'"
	}
	if app := tenant(p).ApplicationOf(r); app != nil {
		return "service principal of application '" + rule.Title(app.Name) + "'"
	}
	return "service principal '" + rule.Title(r.Name) + "'"
}

// capital is a sentence that begins with a word in small letters.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// owner is what a password is of.
func owner(p *rule.Pass, r *model.Resource) string {
	switch {
	case r.Parent != nil && r.Parent.Is(cosmos.ServicePrincipalType):
		return "the " + clientTitle(p, r.Parent)
	case r.Parent != nil:
		return clientTitle(p, r.Parent)
	case r.Is(cosmos.PasswordTypes[1]):
		return "a service principal"
	}
	return "an application"
}

// factorQuestion asks for what the policy itself leaves open, else for what others do.
func factorQuestion(policy cosmos.AccessPolicy, bad value.Truth) cosmos.Question {
	if bad == value.True {
		return cosmos.Question{Path: cosmos.BuiltInControls, Reason: "Whether another policy asks the same users for a second factor" +
			" is not known before deployment."}
	}
	for _, path := range []string{cosmos.AccessState, cosmos.BuiltInControls, "grantControls", "conditions"} {
		if v := policy.Body.GetPath(path); !v.Known() {
			return cosmos.Question{Path: path, Value: v}
		}
	}
	return cosmos.Question{Path: cosmos.BuiltInControls, Value: policy.Body.GetPath(cosmos.BuiltInControls)}
}
