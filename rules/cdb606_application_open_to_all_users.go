package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	assignment = "appRoleAssignmentRequired"
	signOnMode = "preferredSingleSignOnMode"
)

// ApplicationOpenToAllUsers is CDB606.
var ApplicationOpenToAllUsers = &rule.Rule{
	ID:       "CDB606",
	Name:     "application-open-to-all-users",
	Title:    "Application is open to every user of the tenant",
	Category: rule.Tenant,
	Severity: diag.Note,
	Score:    3.0,
	Controls: rule.Also(rule.Also(rule.Baseline("IM-3"), rule.MCSB, "IM-5"), rule.CWE, "CWE-862"),
	Doc: `The service principal of an application that users sign in to, or get tokens for, in a deployment with Cosmos DB, does not
require that they are assigned to it: every user of the tenant, guests included, gets in. Or its mode of single sign-on is
` + "`password`" + ` or ` + "`notSupported`" + `: users sign in with something that Entra ID does not check. A mode that is not set is
fine, since it is not set for most applications that use OpenID Connect.

Require assignment, and assign groups. An application that only signs in itself, which has no redirect URI, no identifier
URI, no scopes and no roles for users, is not looked at, unless its service principal says how users sign in. Of one that is
not in the deployment it is not known.
Other deployments than those with Cosmos DB are looked at with ` + "`--scope=all`" + `.`,
	References: []string{
		"https://learn.microsoft.com/entra/identity-platform/howto-restrict-your-app-to-a-set-of-users",
		"https://learn.microsoft.com/graph/api/resources/serviceprincipal",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		if !nearCosmos(p) {
			return
		}
		for _, r := range made(p, cosmos.ServicePrincipalType) {
			checkAssignment(p, r)
		}
	},
}

func checkAssignment(p *rule.Pass, r *model.Resource) {
	signsIn := tenant(p).OpenToSignIn(r)
	open := cosmos.IsOn(r.Body.Get(assignment)).Not()
	other := cosmos.SignOnMode(r.Body.Get(signOnMode))
	switch bad := value.Or(open, other); {
	case signsIn == value.False:
	case bad == value.False:
		p.Held(r)
	case value.And(signsIn, open) == value.True:
		p.Report(rule.Finding{Resource: r, Path: assignment, Message: capital(clientTitle(p, r)) + " is open to every user of the tenant. Guests get in" +
			" as well. Set '" + rule.Spell(r, assignment) + "' to " + on(r, assignment) + ", and assign the groups that need it."})
	case value.And(signsIn, other) == value.True:
		p.Report(rule.Finding{Resource: r, Path: signOnMode, Message: capital(clientTitle(p, r)) + " takes a sign-in that Entra ID does not check. Conditional" +
			" access and the end of an account do not reach it. Use single sign-on with OpenID Connect or SAML."})
	case open == value.Undecided:
		ask(p, r, cosmos.Question{Path: assignment, Value: r.Body.Get(assignment)})
	case bad == value.Undecided:
		ask(p, r, cosmos.Question{Path: signOnMode, Value: r.Body.Get(signOnMode)})
	default:
		ask(p, r, cosmos.Question{Path: "appId", Value: r.Body.Get("appId"), Reason: "Whether users sign in to the application of '" +
			rule.Title(r.Name) + "' is not known from these files."})
	}
}
