package terraform

// siteArgs are those of web and function apps that matter here. The settings become those of the site's configuration.
var siteArgs = located(
	identity,
	arg{name: "https_only", path: "properties.httpsOnly", form: flag, unset: false},
	arg{name: "public_network_access_enabled", path: "properties.publicNetworkAccess", form: enabled, since: 3, unset: true},
	arg{name: "virtual_network_subnet_id", path: "properties.virtualNetworkSubnetId"},
	arg{name: "app_settings", path: "properties.siteConfig.appSettings", form: nameValues},
	arg{name: "connection_string", path: "properties.siteConfig.connectionStrings", many: true, args: []arg{
		{name: "name", path: "name"}, {name: "type", path: "type"}, {name: "value", path: "connectionString"},
	}},
)

func site(name string, at place) schema {
	arm := "Microsoft.Web/sites"
	if len(at.names) > 1 || at.parent != "" {
		arm += "/slots"
	}
	return schema{name: name, arm: arm, api: "2023-12-01", at: at, args: siteArgs}
}

// envArgs are those of the block "env" of a container.
var envArgs = []arg{
	{name: "name", path: "name"}, {name: "value", path: "value"}, {name: "secret_name", path: "secretRef"},
}

var containerAppArgs = located(
	identity,
	arg{name: "container_app_environment_id", path: "properties.environmentId"},
	arg{name: "secret", path: "properties.configuration.secrets", many: true, args: []arg{
		{name: "name", path: "name"}, {name: "value", path: "value"},
		{name: "key_vault_secret_id", path: "keyVaultUrl"}, {name: "identity", path: "identity"},
	}},
	arg{name: "template", path: "properties.template", args: []arg{
		{name: "container", path: "containers", many: true, args: []arg{
			{name: "name", path: "name"}, {name: "image", path: "image"},
			{name: "env", path: "env", many: true, args: envArgs},
		}},
		{name: "init_container", path: "initContainers", many: true, args: []arg{
			{name: "name", path: "name"}, {name: "image", path: "image"},
			{name: "env", path: "env", many: true, args: envArgs},
		}},
	}},
)

// containerArgs are those of a container in a container group.
var containerArgs = []arg{
	{name: "name", path: "name"}, {name: "image", path: "properties.image"},
	{name: "environment_variables", path: "properties.environmentVariables", form: nameValues},
	{name: "secure_environment_variables", path: "properties.secureEnvironmentVariables", form: nameValues},
}

var ofFactory = place{parent: "data_factory_id"}

// managedEndpoint are the arguments of a private endpoint that a service has in a network of its own.
func managedEndpoint(target, group string) []arg {
	return []arg{{name: target, path: "properties.privateLinkResourceId"}, {name: group, path: "properties.groupId"}}
}

// serviceTables are services around an account: those that use it, and those whose type has to be known so that a private
// endpoint or a role assignment of theirs is not taken for one of an account's.
var serviceTables = []schema{
	{name: "azurerm_resource_group", arm: groupType, api: "2021-04-01", args: located()},
	{name: "azurerm_subscription", arm: subscriptionType, at: place{names: []string{"subscription_id"}, level: tenantLevel}},
	{name: "azurerm_user_assigned_identity", arm: "Microsoft.ManagedIdentity/userAssignedIdentities", api: "2023-01-31", args: located()},
	{name: "azurerm_federated_identity_credential", arm: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
		api: "2023-01-31", at: place{parent: "parent_id"}, args: []arg{
			{name: "audience", path: "properties.audiences"}, {name: "issuer", path: "properties.issuer"}, {name: "subject", path: "properties.subject"},
		}},

	site("azurerm_linux_web_app", place{}), site("azurerm_windows_web_app", place{}),
	site("azurerm_linux_function_app", place{}), site("azurerm_windows_function_app", place{}),
	site("azurerm_function_app_flex_consumption", place{}), site("azurerm_logic_app_standard", place{}),
	site("azurerm_app_service", place{}), site("azurerm_function_app", place{}),
	site("azurerm_linux_web_app_slot", place{parent: "app_service_id"}), site("azurerm_windows_web_app_slot", place{parent: "app_service_id"}),
	site("azurerm_linux_function_app_slot", place{parent: "function_app_id"}),
	site("azurerm_windows_function_app_slot", place{parent: "function_app_id"}),
	site("azurerm_app_service_slot", place{names: []string{"app_service_name", "name"}}),
	site("azurerm_function_app_slot", place{names: []string{"function_app_name", "name"}}),
	{name: "azurerm_service_plan", arm: "Microsoft.Web/serverfarms", api: "2023-12-01", args: located()},
	{name: "azurerm_static_web_app", arm: "Microsoft.Web/staticSites", api: "2023-12-01", args: located(identity,
		arg{name: "app_settings", path: "properties.appSettings"})},
	{name: "azurerm_container_app", arm: "Microsoft.App/containerApps", api: "2025-01-01", args: containerAppArgs},
	{name: "azurerm_container_app_job", arm: "Microsoft.App/jobs", api: "2025-01-01", args: containerAppArgs},
	{name: "azurerm_container_group", arm: "Microsoft.ContainerInstance/containerGroups", api: "2023-05-01", args: located(identity,
		arg{name: "subnet_ids", path: "properties.subnetIds", form: idList},
		arg{name: "container", path: "properties.containers", many: true, args: containerArgs},
		arg{name: "init_container", path: "properties.initContainers", many: true, args: containerArgs},
	)},

	{name: "azurerm_data_factory", arm: "Microsoft.DataFactory/factories", api: "2018-06-01", args: located(identity)},
	{name: "azurerm_data_factory_linked_service_cosmosdb", arm: "Microsoft.DataFactory/factories/linkedservices", api: "2018-06-01",
		at: ofFactory, args: []arg{
			{path: "properties.type", unset: "CosmosDb"},
			{name: "connection_string", path: "properties.typeProperties.connectionString"},
			{name: "account_endpoint", path: "properties.typeProperties.accountEndpoint"},
			{name: "account_key", path: "properties.typeProperties.accountKey"},
			{name: "database", path: "properties.typeProperties.database"},
		}},
	{name: "azurerm_data_factory_linked_service_cosmosdb_mongoapi", arm: "Microsoft.DataFactory/factories/linkedservices", api: "2018-06-01",
		at: ofFactory, args: []arg{
			{path: "properties.type", unset: "CosmosDbMongoDbApi"},
			{name: "connection_string", path: "properties.typeProperties.connectionString"},
			{name: "database", path: "properties.typeProperties.database"},
		}},
	{name: "azurerm_stream_analytics_output_cosmosdb", arm: "Microsoft.StreamAnalytics/streamingJobs/outputs", api: "2021-10-01-preview",
		at: place{parent: "stream_analytics_job_id"}, args: []arg{
			{path: "properties.datasource.type", unset: "Microsoft.Storage/DocumentDB"},
			{name: "cosmosdb_account_key", path: "properties.datasource.properties.accountKey"},
			{name: "authentication_mode", path: "properties.datasource.properties.authenticationMode", unset: "ConnectionString"},
		}},
	{name: "azurerm_api_connection", arm: "Microsoft.Web/connections", api: "2016-06-01", args: []arg{
		{name: "managed_api_id", path: "properties.api.id"},
		{name: "parameter_values", path: "properties.parameterValues"},
		{name: "tags", path: "tags"},
	}},
	{name: "azurerm_iothub", arm: hubType, api: "2022-04-30-preview", args: located(identity)},
	{name: "azurerm_kusto_cluster", arm: "Microsoft.Kusto/clusters", api: "2024-04-13", args: located(identity)},
	{name: "azurerm_kusto_cosmosdb_data_connection", arm: "Microsoft.Kusto/clusters/databases/dataConnections", api: "2024-04-13",
		at: place{parent: "kusto_database_id"}, args: []arg{
			{name: "cosmosdb_container_id", path: "properties.cosmosDbContainer"},
			{name: "managed_identity_id", path: "properties.managedIdentityResourceId"},
		}},
	{name: "azurerm_data_factory_managed_private_endpoint", arm: "Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints",
		api: "2018-06-01", at: ofFactory, args: managedEndpoint("target_resource_id", "subresource_name")},
	{name: "azurerm_synapse_managed_private_endpoint", arm: "Microsoft.Synapse/workspaces/managedVirtualNetworks/managedPrivateEndpoints",
		at: place{parent: "synapse_workspace_id"}, args: managedEndpoint("target_resource_id", "subresource_name")},
	{name: "azurerm_search_shared_private_link_service", arm: "Microsoft.Search/searchServices/sharedPrivateLinkResources", api: "2025-05-01",
		at: place{parent: "search_service_id"}, args: managedEndpoint("target_resource_id", "subresource_name")},
	{name: "azurerm_kusto_cluster_managed_private_endpoint", arm: "Microsoft.Kusto/clusters/managedPrivateEndpoints", api: "2024-04-13",
		at: place{names: []string{"cluster_name", "name"}}, args: managedEndpoint("private_link_resource_id", "group_id")},
	{name: "azurerm_machine_learning_workspace_network_outbound_rule_private_endpoint", arm: "Microsoft.MachineLearningServices/workspaces/outboundRules",
		api: "2025-06-01", at: place{parent: "workspace_id"}, args: []arg{
			{name: "service_resource_id", path: "properties.destination.serviceResourceId"},
			{name: "sub_resource_target", path: "properties.destination.subresourceTarget"},
		}},
	{name: "azurerm_app_configuration", arm: "Microsoft.AppConfiguration/configurationStores", api: "2024-05-01", args: located(identity)},
	{name: "azurerm_app_configuration_key", arm: "Microsoft.AppConfiguration/configurationStores/keyValues", api: "2024-05-01",
		at: place{names: []string{"key"}, parent: "configuration_store_id"}, args: []arg{
			{name: "value", path: "properties.value"}, {name: "vault_key_reference", path: "properties.vaultKeyReference"},
		}},

	{name: "azurerm_log_analytics_workspace", arm: "Microsoft.OperationalInsights/workspaces", api: "2023-09-01", args: located()},
	{name: "azurerm_storage_account", arm: "Microsoft.Storage/storageAccounts", api: "2023-05-01", args: located(identity)},
	{name: "azurerm_synapse_workspace", arm: "Microsoft.Synapse/workspaces", api: "2021-06-01", args: located(identity)},
	{name: "azurerm_mssql_server", arm: "Microsoft.Sql/servers", api: "2023-08-01", args: located(identity)},
	{name: "azurerm_postgresql_flexible_server", arm: "Microsoft.DBforPostgreSQL/flexibleServers", api: "2024-08-01", args: located(identity)},
	{name: "azurerm_container_registry", arm: "Microsoft.ContainerRegistry/registries", api: "2023-07-01", args: located(identity)},
	{name: "azurerm_search_service", arm: "Microsoft.Search/searchServices", api: "2024-06-01-preview", args: located(identity)},
	{name: "azurerm_cognitive_account", arm: "Microsoft.CognitiveServices/accounts", api: "2025-06-01", args: located(identity)},
	{name: "azurerm_eventhub_namespace", arm: "Microsoft.EventHub/namespaces", api: "2024-01-01", args: located(identity)},
	{name: "azurerm_servicebus_namespace", arm: "Microsoft.ServiceBus/namespaces", api: "2024-01-01", args: located(identity)},
	{name: "azurerm_redis_cache", arm: "Microsoft.Cache/redis", api: "2024-11-01", args: located(identity)},
	{name: "azurerm_api_management", arm: "Microsoft.ApiManagement/service", api: "2022-08-01", args: located(identity)},
	{name: "azurerm_application_insights", arm: "Microsoft.Insights/components", api: "2020-02-02", args: located()},
}
