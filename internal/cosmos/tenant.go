package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Types of what the tenant has. Those of Microsoft Graph have Graph's own shape, whatever the language: members without
// "properties" around them. Their ids are unknown before deployment; what else the tenant gives an object has a name made
// of the same expression.
const (
	ApplicationType      = "Microsoft.Graph/applications"
	ServicePrincipalType = "Microsoft.Graph/servicePrincipals"
	CredentialType       = ApplicationType + "/federatedIdentityCredentials"
	AccessPolicyType     = "Microsoft.Graph/conditionalAccessPolicies"
	TenantLogsType       = "microsoft.aadiam/diagnosticSettings"
)

// PasswordTypes are passwords that are resources of their own. The extension for Bicep has neither these nor lists of passwords
// (https://learn.microsoft.com/graph/templates/limitations).
var PasswordTypes = []string{ApplicationType + "/passwordCredentials", ServicePrincipalType + "/passwordCredentials"}

// TenantLogs are the categories of logs that tell who signed in, what was changed in the directory, and whom Entra ID
// Protection takes for compromised (https://learn.microsoft.com/entra/identity/monitoring-health/concept-diagnostic-settings-logs-options).
var TenantLogs = []string{"SignInLogs", "AuditLogs", "RiskyUsers"}

// UsesCosmos tells that there is a Cosmos DB resource in the deployment, or an endpoint or an assignment of a role on data that
// leads to one elsewhere.
func (v *View) UsesCosmos() bool {
	return v.usesCosmos() || slices.ContainsFunc(v.Deployment.Resources, func(r *model.Resource) bool {
		typ := strings.ToLower(r.Type)
		return strings.HasPrefix(typ, "microsoft.documentdb/") && strings.HasSuffix(typ, "roleassignments")
	})
}

// Directory is what the tenant has of a deployment's applications, related once.
type Directory struct {
	apps map[string]*model.Resource // by the expression of their appId
	// federated are the applications that can sign in with a federated credential, by themselves and by their names.
	federated map[*model.Resource]bool
	named     map[string]bool
}

// Tenant relates the applications of a deployment to what belongs to them.
func Tenant(d *model.Deployment) *Directory {
	t := &Directory{apps: map[string]*model.Resource{}, federated: map[*model.Resource]bool{}, named: map[string]bool{}}
	for _, app := range d.OfType(ApplicationType) {
		if object, ok := strings.CutSuffix(app.ID.Sym(), ".id"); ok && t.apps[object+".appId"] == nil {
			t.apps[object+".appId"] = app
		}
	}
	for _, c := range d.OfType(CredentialType) {
		if c.Parent != nil {
			t.federated[c.Parent] = true
		} else if name := value.Canon(model.SplitName(c.Name)[0]); name != "" {
			t.named[name] = true
		}
	}
	return t
}

// ApplicationOf returns the application that a service principal is of, if it is in the deployment.
func (t *Directory) ApplicationOf(principal *model.Resource) *model.Resource {
	return t.apps[principal.Body.Get("appId").Sym()]
}

// Federated reports whether an application of the deployment can sign in with a federated credential.
func (t *Directory) Federated(app *model.Resource) bool {
	return app != nil && (t.federated[app] || t.named[value.Canon(app.Name)])
}

// signInProperties are the members of an application that somebody needs to sign in to it, or to get a token for it:
// https://learn.microsoft.com/graph/api/resources/application.
var signInProperties = []string{
	"web.redirectUris", "spa.redirectUris", "publicClient.redirectUris", "web.redirectUriSettings", "identifierUris",
	"api.oauth2PermissionScopes",
}

// SignsIn answers whether users, or other applications, can sign in to an application. One that only signs in itself, to
// deploy something or to read an account, has nothing that they could be sent to.
func SignsIn(app *model.Resource) value.Truth {
	found := IsOn(app.Body.Get("isFallbackPublicClient"))
	for _, path := range signInProperties {
		found = value.Or(found, notEmpty(app.Body.GetPath(path)))
	}
	return value.Or(found, anyOf(app.Body.Get("appRoles"), isForUsers))
}

// isForUsers answers whether a role of an application can be given to users. Others are for programs alone.
func isForUsers(role value.Value) value.Truth { return holds(role.Get("allowedMemberTypes"), "User") }

// OpenToSignIn answers whether users can sign in to what a service principal is of: its application tells, or the service
// principal itself. It is not known of an application that is not in the deployment; nobody signs in to what is turned off.
func (t *Directory) OpenToSignIn(principal *model.Resource) value.Truth {
	enabled := principal.Body.Get("accountEnabled")
	on := value.Or(enabled.IsTrue(), value.TruthOf(enabled.IsUnset()))
	open := value.Undecided
	if app := t.ApplicationOf(principal); app != nil && !app.Existing {
		open = SignsIn(app)
	}
	for _, name := range []string{"preferredSingleSignOnMode", "loginUrl", "replyUrls"} {
		open = value.Or(open, isSet(principal.Body.Get(name)))
	}
	return value.And(on, open)
}

// notEmpty answers whether a list has an element.
func notEmpty(list value.Value) value.Truth {
	return list.Decide(func(v value.Value) value.Truth {
		switch {
		case v.IsUnset():
			return value.False
		case v.Kind != value.Array:
			return value.Undecided
		case len(v.Elems()) > 0:
			return value.True
		case v.Open:
			return value.Undecided
		}
		return value.False
	})
}

// HasPassword answers whether a list of passwords has one.
func HasPassword(list value.Value) value.Truth { return notEmpty(list) }

// SignOnMode answers whether users of a service principal sign in with something else than single sign-on. A mode that is
// not set says nothing: it is null "for older SAML apps and for OIDC applications where it isn't set automatically"
// (https://learn.microsoft.com/graph/api/resources/serviceprincipal#properties).
func SignOnMode(mode value.Value) value.Truth {
	return mode.Decide(func(v value.Value) value.Truth {
		if v.IsUnset() {
			return value.False
		}
		return value.Or(v.EqualsFold("password"), v.EqualsFold("notSupported"))
	})
}

// elsewhere answers whether what the tenant has may be made where nobody can look.
func elsewhere(d *model.Deployment) value.Truth {
	if d.Incomplete || slices.ContainsFunc(d.OfType(AccessPolicyType), func(r *model.Resource) bool { return r.Existing }) {
		return value.Undecided
	}
	for _, o := range d.Opaque {
		if !makesSomethingElse(o.Source) || mayHoldTenant(o.Source) {
			return value.Undecided
		}
	}
	return value.False
}

// tenantWords are pieces of the source of modules that make something in a tenant.
var tenantWords = []string{"azuread", "azure-ad", "entra", "aad", "conditional", "identity", "tenant", "baseline", "landing", "security"}

func mayHoldTenant(source string) bool {
	s := strings.ToLower(source)
	for _, word := range tenantWords {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}
