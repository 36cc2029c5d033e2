package rules

import (
	"strings"

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

// policyTitle names a conditional access policy at the beginning of a sentence.
func policyTitle(r *model.Resource) string {
	return "Conditional access policy '" + rule.Title(r.Name) + "'"
}

// clientTitle names an application or a service principal within a sentence. A service principal is called after its
// application, where that is in the deployment: it has no name of its own.
func clientTitle(p *rule.Pass, r *model.Resource) string {
	if !r.Is(cosmos.ServicePrincipalType) {
		return "application '" + rule.Title(r.Name) + "'"
	}
	if app := cosmos.ApplicationOf(p.Deployment, r); app != nil {
		return "service principal of application '" + rule.Title(app.Name) + "'"
	}
	return "service principal '" + rule.Title(r.Name) + "'"
}

// capital is a sentence that begins with a word in small letters.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
