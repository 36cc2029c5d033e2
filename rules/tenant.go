package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// nearCosmos tells whether the applications of a deployment are looked at: they use, or may use, a Cosmos DB resource that
// is there as well. What holds for the whole tenant, policies and logs, is looked at wherever it is.
func nearCosmos(p *rule.Pass) bool { return p.Settings.Scope == rule.ScopeAll || look(p).UsesCosmos() }

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

// objectTitle names something of the tenant at the beginning of a sentence.
func objectTitle(r *model.Resource) string {
	kind := "Object"
	switch {
	case r.Is(cosmos.ApplicationType):
		kind = "Application"
	case r.Is(cosmos.ServicePrincipalType):
		kind = "Service principal"
	case r.Is(cosmos.AccessPolicyType):
		kind = "Conditional access policy"
	}
	return kind + " '" + rule.Title(r.Name) + "'"
}
