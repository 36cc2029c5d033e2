package terraform

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// onResource is the place of an extension of the resource that an argument names.
func onResource(argument string) place { return place{scope: argument} }

// logArgs are those of the blocks "log" (until v3) and "metric" (until v4) of a diagnostic setting.
var logArgs = []arg{
	{name: "category", path: "category"},
	{name: "category_group", path: "categoryGroup"},
	{name: "enabled", path: "enabled", form: flag, unset: true},
	{name: "retention_policy", path: "retentionPolicy", args: []arg{
		{name: "enabled", path: "enabled", form: flag}, {name: "days", path: "days", form: number},
	}},
}

// enabledArgs are those of the blocks "enabled_log" and "enabled_metric": what they name is on.
var enabledArgs = []arg{
	{name: "category", path: "category"},
	{name: "category_group", path: "categoryGroup"},
	{path: "enabled", unset: true},
	{name: "retention_policy", path: "retentionPolicy", args: []arg{
		{name: "enabled", path: "enabled", form: flag}, {name: "days", path: "days", form: number},
	}},
}

// scheduleArgs are those of a role assignment by privileged identity management.
var scheduleArgs = []arg{
	{name: "role_definition_id", path: "properties.roleDefinitionId"},
	{name: "principal_id", path: "properties.principalId"},
}

// destinations are the arguments that say where a diagnostic setting sends logs.
var destinations = []string{
	"log_analytics_workspace_id", "storage_account_id", "eventhub_authorization_rule_id", "partner_solution_id",
}

// sentSomewhere knows that the only destination that is written is not null: azurerm takes no diagnostic setting without one
// (https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/monitor_diagnostic_setting).
func sentSomewhere(b *builder) {
	var written []arg
	for _, a := range b.schema.args {
		if slices.Contains(destinations, a.name) && !b.config.Get(a.name).IsUnset() {
			written = append(written, a)
		}
	}
	if len(written) != 1 {
		return
	}
	f, _ := b.config.Lookup(written[0].name)
	if v, _ := b.tree.get(written[0].path); v.Kind == value.Unknown && len(v.Cases()) == 0 {
		v.NotNull = true
		b.tree.put(written[0].path, v, f.Site, b.in.Header)
	}
}

// guardTables are the types of internal/services/{monitor,securitycenter,authorization,resource,keyvault} that watch or
// permit something.
var guardTables = []schema{
	{name: "azurerm_monitor_diagnostic_setting", arm: "Microsoft.Insights/diagnosticSettings", api: "2021-05-01-preview",
		at: onResource("target_resource_id"), shape: sentSomewhere, args: []arg{
			{name: "log_analytics_workspace_id", path: "properties.workspaceId"},
			{name: "storage_account_id", path: "properties.storageAccountId"},
			{name: "eventhub_authorization_rule_id", path: "properties.eventHubAuthorizationRuleId"},
			{name: "eventhub_name", path: "properties.eventHubName"},
			{name: "partner_solution_id", path: "properties.marketplacePartnerId"},
			{name: "log_analytics_destination_type", path: "properties.logAnalyticsDestinationType"},
			// The block "log" was removed in v4.0; enabled_log is there since 3.39 and has no "enabled".
			{name: "enabled_log", path: "properties.logs", many: true, args: enabledArgs, since: 3},
			{name: "log", path: "properties.logs", many: true, args: logArgs, until: 3},
			{name: "enabled_metric", path: "properties.metrics", many: true, args: enabledArgs, since: 4},
			{name: "metric", path: "properties.metrics", many: true, args: logArgs, until: 4},
		}},
	{name: "azurerm_monitor_aad_diagnostic_setting", arm: "microsoft.aadiam/diagnosticSettings", api: "2017-04-01",
		at: place{level: tenantLevel}, shape: sentSomewhere, args: []arg{
			{name: "log_analytics_workspace_id", path: "properties.workspaceId"},
			{name: "storage_account_id", path: "properties.storageAccountId"},
			{name: "eventhub_authorization_rule_id", path: "properties.eventHubAuthorizationRuleId"},
			{name: "enabled_log", path: "properties.logs", many: true, args: enabledArgs, since: 3},
			{name: "log", path: "properties.logs", many: true, args: logArgs, until: 3},
		}},
	{name: "azurerm_security_center_subscription_pricing", arm: "Microsoft.Security/pricings", api: "2023-01-01",
		at: place{names: []string{"resource_type"}, unset: "VirtualMachines", level: subscriptionLevel}, args: []arg{
			{name: "tier", path: "properties.pricingTier"},
			{name: "subplan", path: "properties.subPlan"},
			{name: "extension", path: "properties.extensions", many: true, args: []arg{
				{name: "name", path: "name"}, {name: "enabled", path: "isEnabled", unset: "True"},
			}},
		}},
	{name: "azurerm_advanced_threat_protection", arm: "Microsoft.Security/advancedThreatProtectionSettings", api: "2019-01-01",
		at: place{scope: "target_resource_id", fixed: "current"}, args: []arg{
			{name: "enabled", path: "properties.isEnabled", form: flag},
		}},
	{name: "azurerm_security_center_contact", arm: "Microsoft.Security/securityContacts", api: "2017-08-01-preview",
		at: place{level: subscriptionLevel}, args: []arg{
			{name: "email", path: "properties.email"},
			{name: "alert_notifications", path: "properties.alertNotifications", form: word("Off", "On")},
			{name: "alerts_to_admins", path: "properties.alertsToAdmins", form: word("Off", "On")},
		}},

	{name: "azurerm_role_assignment", arm: "Microsoft.Authorization/roleAssignments", api: "2022-04-01",
		at: onResource("scope"), shape: roleAssignment, args: []arg{
			{name: "role_definition_id", path: "properties.roleDefinitionId"},
			{name: "role_definition_name", path: "properties.roleDefinitionId", said: true},
			{name: "principal_id", path: "properties.principalId"},
			{name: "principal_type", path: "properties.principalType"},
			{name: "condition", path: "properties.condition"},
			{name: "condition_version", path: "properties.conditionVersion"},
		}},
	{name: "azurerm_role_definition", arm: "Microsoft.Authorization/roleDefinitions", api: "2022-05-01-preview",
		at: place{names: []string{"role_definition_id"}, scope: "scope"}, args: []arg{
			{name: "name", path: "properties.roleName"},
			{path: "properties.type", unset: "CustomRole"},
			{name: "description", path: "properties.description"},
			{name: "assignable_scopes", path: "properties.assignableScopes"},
			{name: "permissions", path: "properties.permissions", many: true, args: []arg{
				{name: "actions", path: "actions"}, {name: "not_actions", path: "notActions"},
				{name: "data_actions", path: "dataActions"}, {name: "not_data_actions", path: "notDataActions"},
			}},
		}},
	{name: "azurerm_pim_eligible_role_assignment", arm: "Microsoft.Authorization/roleEligibilityScheduleRequests", api: "2020-10-01",
		at: onResource("scope"), args: scheduleArgs},
	{name: "azurerm_pim_active_role_assignment", arm: "Microsoft.Authorization/roleAssignmentScheduleRequests", api: "2020-10-01",
		at: onResource("scope"), args: scheduleArgs},
	{name: "azurerm_management_lock", arm: "Microsoft.Authorization/locks", api: "2020-05-01",
		at: onResource("scope"), args: []arg{{name: "lock_level", path: "properties.level"}, {name: "notes", path: "properties.notes"}}},
	{name: "azurerm_resource_policy_assignment", arm: policyType, api: "2022-06-01", at: onResource("resource_id"), args: policyArgs},
	{name: "azurerm_resource_group_policy_assignment", arm: policyType, api: "2022-06-01", at: onResource("resource_group_id"), args: policyArgs},
	{name: "azurerm_subscription_policy_assignment", arm: policyType, api: "2022-06-01", at: onResource("subscription_id"), args: policyArgs},
	{name: "azurerm_management_group_policy_assignment", arm: policyType, api: "2022-06-01", at: onResource("management_group_id"), args: policyArgs},

	{name: "azurerm_key_vault", arm: vaultType, api: "2023-07-01", args: located(
		// rbac_authorization_enabled is required in v5.0; enable_rbac_authorization was its name until v4.
		arg{name: "rbac_authorization_enabled", path: "properties.enableRbacAuthorization", form: flag, since: 4},
		arg{name: "enable_rbac_authorization", path: "properties.enableRbacAuthorization", form: flag, until: 4},
		arg{name: "purge_protection_enabled", path: "properties.enablePurgeProtection", form: flag},
		arg{name: "soft_delete_retention_days", path: "properties.softDeleteRetentionInDays", form: number, unset: 90},
		arg{name: "public_network_access_enabled", path: "properties.publicNetworkAccess", form: enabled, unset: true},
		arg{name: "network_acls", path: "properties.networkAcls", args: []arg{
			{name: "default_action", path: "defaultAction"},
			{name: "bypass", path: "bypass"},
			{name: "ip_rules", path: "ipRules", form: objects("value")},
			{name: "virtual_network_subnet_ids", path: "virtualNetworkRules", form: idList},
		}},
	)},
	{name: "azurerm_key_vault_secret", arm: vaultType + "/secrets", api: "2023-07-01", at: place{parent: "key_vault_id"}, args: []arg{
		{name: "value", path: "properties.value"},
		{name: "value_wo", path: "properties.value", since: 4},
		{name: "content_type", path: "properties.contentType"},
		{name: "expiration_date", path: "properties.attributes.exp"},
		{name: "not_before_date", path: "properties.attributes.nbf"},
	}},
	{name: "azurerm_key_vault_key", arm: vaultType + "/keys", api: "2023-07-01", at: place{parent: "key_vault_id"}, args: []arg{
		{name: "key_type", path: "properties.kty"},
		{name: "key_size", path: "properties.keySize", form: number},
		{name: "expiration_date", path: "properties.attributes.exp"},
	}},
}

const (
	policyType = "Microsoft.Authorization/policyAssignments"
	vaultType  = "Microsoft.KeyVault/vaults"
)

var policyArgs = []arg{
	{name: "policy_definition_id", path: "properties.policyDefinitionId"},
	{name: "enforce", path: "properties.enforcementMode", form: word("DoNotEnforce", "Default"), unset: true},
	{name: "parameters", path: "properties.parameters"},
}
