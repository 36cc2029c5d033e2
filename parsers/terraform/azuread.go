package terraform

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// passedThrough reports whether instances of a type of another provider are kept as they are, under Terraform's name: what
// a tenant is made of, and where a secret may end.
func passedThrough(typ string) bool {
	if strings.HasPrefix(typ, "azuread_") {
		return true
	}
	switch typ {
	case "kubernetes_secret", "kubernetes_secret_v1", "kubernetes_config_map", "kubernetes_config_map_v1", "helm_release",
		"github_actions_secret", "local_file", "local_sensitive_file":
		return true
	}
	return false
}

// isGraph reports whether instances of a type become resources of Microsoft Graph.
func isGraph(typ string) bool {
	s := schemas[typ]
	return typ == graphResource || s != nil && s.at.graph
}

// locateGraph names an instance by what it is called, or by its address. The parent of a password is told by its id.
func (m *mapper) locateGraph(in *Instance, s *schema) location {
	loc := location{typ: s.arm, scope: value.AbsentValue, name: known(in.Address), id: known(in.Address + ".id")}
	if s.at.parent != "" {
		loc.parent = m.argument(in, s.at.parent)
		if loc.parent.IsUnset() {
			loc.parent = m.argument(in, oldParents[s.at.parent])
		}
	}
	name := m.argument(in, s.at.names[0])
	if name.IsUnset() || name.Kind == value.Unknown && name.Sym() == "" && name.Parts() == nil {
		loc.name = value.OfString(in.Address)
		return loc
	}
	loc.name = name
	return loc
}

// oldParents are the arguments that v2 of azuread had at first for what is an id now.
var oldParents = map[string]string{"application_id": "application_object_id"}

// graphIDs are the attributes by which instances of azuread are referred to, and what Graph calls them. Both names of the
// id of an object mean that, and both names of the id of an application: azuread 2.44 changed the names.
var graphIDs = map[string]string{
	"id": "id", "object_id": "id", "client_id": "appId", "application_id": "appId",
	"appId": "appId", // it is resolved already
}

// graphAttribute resolves an id of an instance of azuread to the one that all resources in Graph have: X.id and X.appId.
func (m *mapper) graphAttribute(u value.Value) (value.Value, bool) {
	if address, path, ok := strings.Cut(u.Sym(), ".output."); ok {
		if in := m.byID[address+".id"]; in != nil && in.Type == graphResource {
			return like(u, known(address+"."+exported(in, path))), true
		}
	}
	i := strings.LastIndexByte(u.Sym(), '.')
	if i < 0 {
		return u, false
	}
	name, ok := graphIDs[u.Sym()[i+1:]]
	in := m.byID[u.Sym()[:i]+".id"]
	if !ok || in == nil || !isGraph(in.Type) {
		return u, false
	}
	return like(u, known(in.Address+"."+name)), true
}

// exported is the member of Graph's answer that a path of the "output" of a msgraph_resource leads to: the whole answer has the
// name "@" in "response_export_values".
func exported(in *Instance, path string) string {
	key, member, _ := strings.Cut(path, ".")
	switch query, _ := in.Config.Get("response_export_values").Get(key).Text(); {
	case query == "@" && member != "":
		return member
	case query != "" && member == "":
		return query
	}
	return "output." + path
}

// isAdopted reports whether an instance may be that of somebody else's application, which the tenant has already and Terraform
// takes over: Microsoft Graph's, to give it roles.
func (m *mapper) isAdopted(in *Instance) bool {
	use := in.Config.Get("use_existing")
	if in.Type != "azuread_service_principal" || use.IsUnset() || use.Is(false) {
		return false
	}
	for _, name := range []string{"client_id", "application_id"} {
		if object, ok := strings.CutSuffix(m.argument(in, name).Sym(), ".appId"); ok {
			app := m.byID[object+".id"]
			return app == nil || app.Data
		}
	}
	return true
}

// part is a type that is a member of an application, made one by one: the argument that tells it, its path, and the member that
// the argument is of what stands there, if that is an object.
type part struct{ argument, path, member string }

var parts = map[string]part{
	"azuread_application_redirect_uris":    {"redirect_uris", "web.redirectUris", ""},
	"azuread_application_identifier_uri":   {"identifier_uri", "identifierUris", ""},
	"azuread_application_app_role":         {"allowed_member_types", "appRoles", "allowedMemberTypes"},
	"azuread_application_permission_scope": {"value", "api.oauth2PermissionScopes", "value"},
}

// redirectPaths are where the redirect URIs of a type are.
var redirectPaths = map[string]string{"SPA": "spa.redirectUris", "PublicClient": "publicClient.redirectUris"}

// addPart puts a part of an application where Graph has it.
func (m *mapper) addPart(in *Instance, p part) {
	path := p.path
	if typ, _ := in.Config.Get("type").Text(); redirectPaths[typ] != "" && p.argument == "redirect_uris" {
		path = redirectPaths[typ]
	}
	f, _ := in.Config.Lookup(p.argument)
	sure, _ := m.named(m.argument(in, "application_id"), applicationType)
	for _, r := range sure {
		list := f.Value
		if p.member != "" {
			list = value.OfObject(value.Field{Name: p.member, Value: f.Value})
		}
		if list.Kind != value.Array {
			list = value.OfArray(list)
		}
		m.set(r, path, may(in, follow(r.Body, path), list), f.Site)
	}
}

// The resources of the provider microsoft/msgraph, which send a body to a collection of Graph, or to an action of what is in one:
// https://github.com/microsoft/terraform-provider-msgraph/tree/main/docs/resources.
const (
	graphResource = "msgraph_resource"
	graphAction   = "msgraph_resource_action"
)

// collections are the types of what is in the collections of Graph, or made by an action, by url; a part in braces is the id of
// the parent: https://learn.microsoft.com/graph/templates/terraform/reference/v1.0/overview.
var collections = map[string]string{
	"applications": applicationType, "servicePrincipals": servicePrincipalType, "groups": "Microsoft.Graph/groups",
	"identity/conditionalAccess/policies": accessPolicyType, "policies/conditionalAccessPolicies": accessPolicyType,
	"applications/{}/federatedIdentityCredentials": applicationType + "/federatedIdentityCredentials",
	"applications/{}/addPassword":                  applicationType + "/passwordCredentials",
	"servicePrincipals/{}/addPassword":             servicePrincipalType + "/passwordCredentials",
}

// collectionOf returns the type for a url, and the id of the parent that stands in it.
func collectionOf(url value.Value) (typ string, parent value.Value) {
	var names []string
	for i, s := range model.SplitName(url) {
		text, ok := s.Text()
		if i == 1 && (!ok || strings.Count(text, "-") == 4) {
			parent, text = s, "{}"
		}
		names = append(names, text)
	}
	for key, t := range collections {
		if strings.EqualFold(key, strings.Trim(strings.Join(names, "/"), "/")) {
			return t, parent
		}
	}
	return "", parent
}

// urlOf is where an instance of msgraph sends its body. An action may begin with the URL that the provider has of a resource.
func (m *mapper) urlOf(in *Instance) value.Value {
	if in.Type == graphResource {
		return m.argument(in, "url")
	}
	url, action := m.argument(in, "resource_url"), m.argument(in, "action")
	if address, ok := strings.CutSuffix(in.Config.Get("resource_url").Sym(), ".resource_url"); ok && m.byID[address+".id"] != nil {
		url = value.Template(m.argument(m.byID[address+".id"], "url"), value.OfString("/"), known(address+".id"))
	}
	if action.IsUnset() {
		return url
	}
	return value.Template(url, value.OfString("/"), action)
}

// addMSGraph maps an instance of msgraph: Graph's own shape. Of actions those that add a password are taken, also where it is not
// known to whom.
func (m *mapper) addMSGraph(in *Instance) {
	typ, parent := collectionOf(m.urlOf(in))
	body := m.resolve(in.Config.Get("body"))
	if in.Type == graphAction {
		if typ == "" && m.argument(in, "action").EqualsFold("addPassword") == value.True {
			typ = applicationType + "/passwordCredentials"
		}
		if in.Data || !strings.HasSuffix(typ, "/passwordCredentials") || in.Config.Get("when").EqualsFold("destroy") == value.True {
			return
		}
		body = body.Get("passwordCredential")
	}
	if typ == "" {
		return
	}
	name := value.OfString(in.Address)
	for _, member := range []string{"uniqueName", "name", "displayName"} {
		if v := body.Get(member); v.Kind == value.String || v.Parts() != nil {
			name = v
			break
		}
	}
	r := m.resource(in, &location{typ: typ, name: name, scope: value.AbsentValue, id: known(in.Address + ".id"), parent: parent})
	r.APIVersion, _ = m.argument(in, "api_version").Text()
	r.Dialect = &dialect{in: in, azapi: true}
	r.Existing = in.Data
	if r.Body = body; in.Data {
		r.Body = value.NewUnknown(in.Address)
	}
	m.tie(r, parent)
}

// tie makes r a child of the resource of this deployment with the id.
func (m *mapper) tie(r *model.Resource, id value.Value) {
	if id.Sym() != "" {
		m.children = append(m.children, kin{r, id})
	}
}

// kin is a resource with the id of its parent.
type kin struct {
	child *model.Resource
	id    value.Value
}

// adoptGraph ties what the tenant has to its parents: they are told by their ids, not by their names.
func (m *mapper) adoptGraph() {
	byID := map[string]*model.Resource{}
	for _, r := range m.d.Resources {
		if r.ID.Kind == value.Unknown && r.ID.Sym() != "" {
			byID[r.ID.Sym()] = r
		}
	}
	for _, k := range m.children {
		k.child.Parent = byID[k.id.Sym()]
	}
}
