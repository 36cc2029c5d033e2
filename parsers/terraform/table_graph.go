package terraform

// Types of Microsoft Graph, as its extension for Bicep has them. That has none for policies and for single passwords: these
// are named after Graph's own collections, https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy and
// https://learn.microsoft.com/graph/api/resources/passwordcredential.
const (
	applicationType      = "Microsoft.Graph/applications"
	servicePrincipalType = "Microsoft.Graph/servicePrincipals"
	accessPolicyType     = "Microsoft.Graph/conditionalAccessPolicies"
)

// inGraph is the place of what the tenant has: it is named by what it is called, and its id is known to Graph alone.
var inGraph = place{names: []string{"display_name"}, graph: true}

// ofObject is the place of what belongs to the object whose id an argument takes.
func ofObject(argument string) place {
	return place{names: []string{"display_name"}, parent: argument, graph: true}
}

var passwordArgs = []arg{
	{name: "display_name", path: "displayName"},
	{name: "start_date", path: "startDateTime"},
	{name: "end_date", path: "endDateTime"},
}

// redirects are the arguments of each of the blocks of an application that users are sent back to.
func redirects(block, path string) arg {
	return arg{name: block, path: path, args: []arg{{name: "redirect_uris", path: "redirectUris"}}}
}

// filter is a block that picks applications, devices or service principals by a rule.
func filter(path string) arg {
	return arg{name: "filter", path: path, args: []arg{{name: "mode", path: "mode"}, {name: "rule", path: "rule"}}}
}

// guests is a block that picks users of other tenants. Graph takes the kinds of users as one text with commas.
func guests(block, path string) arg {
	return arg{name: block, path: path, args: []arg{{name: "guest_or_external_user_types", path: "guestOrExternalUserTypes", form: commas}}}
}

var conditionArgs = []arg{
	{name: "applications", path: "applications", args: []arg{
		{name: "included_applications", path: "includeApplications"}, {name: "excluded_applications", path: "excludeApplications"},
		{name: "included_user_actions", path: "includeUserActions"}, filter("applicationFilter"),
	}},
	{name: "authentication_flow_transfer_methods", path: "authenticationFlows.transferMethods", form: commas},
	{name: "client_app_types", path: "clientAppTypes"},
	{name: "client_applications", path: "clientApplications", args: []arg{
		{name: "included_service_principals", path: "includeServicePrincipals"},
		{name: "excluded_service_principals", path: "excludeServicePrincipals"}, filter("servicePrincipalFilter"),
	}},
	{name: "devices", path: "devices", args: []arg{filter("deviceFilter")}},
	{name: "insider_risk_levels", path: "insiderRiskLevels", form: form{in: givenOnly}}, // computed where it is not set
	{name: "locations", path: "locations", args: []arg{
		{name: "included_locations", path: "includeLocations"}, {name: "excluded_locations", path: "excludeLocations"},
	}},
	{name: "platforms", path: "platforms", args: []arg{
		{name: "included_platforms", path: "includePlatforms"}, {name: "excluded_platforms", path: "excludePlatforms"},
	}},
	{name: "service_principal_risk_levels", path: "servicePrincipalRiskLevels"},
	{name: "sign_in_risk_levels", path: "signInRiskLevels"},
	{name: "user_risk_levels", path: "userRiskLevels"},
	{name: "users", path: "users", args: []arg{
		{name: "included_users", path: "includeUsers"}, {name: "excluded_users", path: "excludeUsers"},
		{name: "included_groups", path: "includeGroups"}, {name: "excluded_groups", path: "excludeGroups"},
		{name: "included_roles", path: "includeRoles"}, {name: "excluded_roles", path: "excludeRoles"},
		guests("included_guests_or_external_users", "includeGuestsOrExternalUsers"),
		guests("excluded_guests_or_external_users", "excludeGuestsOrExternalUsers"),
	}},
}

// credentialArgs are those of a federated credential of an application.
var credentialArgs = []arg{
	{name: "display_name", path: "name"}, {name: "audiences", path: "audiences"}, {name: "audience", path: "audiences", form: listOfOne},
	{name: "issuer", path: "issuer"}, {name: "subject", path: "subject"},
}

// graphTables are the types of https://github.com/hashicorp/terraform-provider-azuread at v2.53.1 and v3.9.0, in
// internal/services/{applications,serviceprincipals,conditionalaccess}. Names that v2.44 replaced go with v2.
var graphTables = []schema{
	{name: "azuread_application", arm: applicationType, api: "v1.0", at: inGraph, args: []arg{
		{name: "display_name", path: "displayName"},
		{name: "sign_in_audience", path: "signInAudience"},
		{name: "identifier_uris", path: "identifierUris"},
		redirects("web", "web"), redirects("single_page_application", "spa"), redirects("public_client", "publicClient"),
		{name: "app_role", path: "appRoles", many: true, args: []arg{
			{name: "value", path: "value"}, {name: "allowed_member_types", path: "allowedMemberTypes"},
		}},
		{name: "api", path: "api", args: []arg{
			{name: "oauth2_permission_scope", path: "oauth2PermissionScopes", many: true, args: []arg{{name: "value", path: "value"}}},
		}},
		{name: "password", path: "passwordCredentials", many: true, args: passwordArgs},
	}},
	{name: "azuread_application_registration", arm: applicationType, api: "v1.0", at: inGraph, args: []arg{
		{name: "display_name", path: "displayName"}, {name: "sign_in_audience", path: "signInAudience"},
	}},
	{name: "azuread_application_password", arm: applicationType + "/passwordCredentials", api: "v1.0",
		at: ofObject("application_id"), args: passwordArgs},
	{name: "azuread_application_federated_identity_credential", arm: applicationType + "/federatedIdentityCredentials", api: "v1.0",
		at: ofObject("application_id"), args: credentialArgs},
	{name: "azuread_application_flexible_federated_identity_credential", arm: applicationType + "/federatedIdentityCredentials",
		api: "beta", at: ofObject("application_id"), args: credentialArgs},

	{name: "azuread_service_principal", arm: servicePrincipalType, api: "v1.0", at: inGraph, args: []arg{
		{name: "client_id", path: "appId"},
		{name: "application_id", path: "appId", until: 2},
		{name: "account_enabled", path: "accountEnabled", form: flag, unset: true},
		{name: "app_role_assignment_required", path: "appRoleAssignmentRequired", form: flag, unset: false},
		{name: "login_url", path: "loginUrl"},
		{name: "preferred_single_sign_on_mode", path: "preferredSingleSignOnMode"},
		{name: "tags", path: "tags"},
	}},
	{name: "azuread_service_principal_password", arm: servicePrincipalType + "/passwordCredentials", api: "v1.0",
		at: ofObject("service_principal_id"), args: passwordArgs},

	{name: "azuread_conditional_access_policy", arm: accessPolicyType, api: "v1.0", at: inGraph, args: []arg{
		{name: "display_name", path: "displayName"},
		{name: "state", path: "state"},
		{name: "conditions", path: "conditions", args: conditionArgs},
		{name: "grant_controls", path: "grantControls", args: []arg{
			{name: "operator", path: "operator"},
			{name: "built_in_controls", path: "builtInControls"},
			{name: "custom_authentication_factors", path: "customAuthenticationFactors"},
			{name: "terms_of_use", path: "termsOfUse"},
			{name: "authentication_strength_policy_id", path: "authenticationStrength.id"},
		}},
		{name: "session_controls", path: "sessionControls", args: []arg{
			{name: "sign_in_frequency", path: "signInFrequency.value", form: number},
		}},
	}},
}
