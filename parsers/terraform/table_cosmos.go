package terraform

// Children of an account, by the arguments that name them.
var (
	ofAccount  = place{names: []string{"account_name", "name"}}
	ofDatabase = place{names: []string{"account_name", "database_name", "name"}}
)

// olderCosmos are the API versions of Microsoft.DocumentDB in earlier majors: internal/services/cosmos/client/client.go
// at v2.99.0 and v3.117.1.
var olderCosmos = map[int]string{2: "2021-10-15", 3: "2024-05-15"}

// backupArgs: the provider sends the modes that the type takes; an inner 0 or "" is not sent (expandCosmosdbAccountBackup).
var backupArgs = []arg{
	{name: "type", path: "type"},
	{name: "tier", path: "continuousModeProperties.tier", since: 3},
	{name: "interval_in_minutes", path: "periodicModeProperties.backupIntervalInMinutes", form: number, zero: true},
	{name: "retention_in_hours", path: "periodicModeProperties.backupRetentionIntervalInHours", form: number, zero: true},
	{name: "storage_redundancy", path: "periodicModeProperties.backupStorageRedundancy"},
}

var corsArgs = []arg{
	{name: "allowed_origins", path: "allowedOrigins", form: commas},
	{name: "allowed_methods", path: "allowedMethods", form: commas},
	{name: "allowed_headers", path: "allowedHeaders", form: commas},
	{name: "exposed_headers", path: "exposedHeaders", form: commas},
	{name: "max_age_in_seconds", path: "maxAgeInSeconds", form: number},
}

// identityArgs are those of the block "identity" of most types. The provider writes the types that it takes without a
// space after the comma; Azure takes both.
var identityArgs = []arg{
	{name: "type", path: "type"},
	{name: "identity_ids", path: "userAssignedIdentities", form: asKeys},
}

var identity = arg{name: "identity", path: "identity", args: identityArgs}

// accountArgs are the arguments of azurerm_cosmosdb_account in all majors. Where two spellings are for one property the
// first one wins where both are set, as in the provider (v4.81.0: local_authentication_disabled).
var accountArgs = []arg{
	{name: "location", path: "location"},
	{name: "tags", path: "tags"},
	{name: "kind", path: "kind", unset: "GlobalDocumentDB"},
	{name: "offer_type", path: "properties.databaseAccountOfferType"},
	identity,
	// v4.0 gave it the default; in v3 it is computed: nothing is sent, and the service's own default applies.
	{name: "minimal_tls_version", path: "properties.minimalTlsVersion", since: 3, unsetIn: map[int]any{4: "Tls12", 5: "Tls12"}},
	{name: "public_network_access_enabled", path: "properties.publicNetworkAccess", form: enabled, unset: true},
	// A string with commas until v3, a set of strings since v4.0.
	{name: "ip_range_filter", path: "properties.ipRules", form: texts("ipAddressOrRange"), unset: []any{}},
	{name: "is_virtual_network_filter_enabled", path: "properties.isVirtualNetworkFilterEnabled", form: flag, unset: false},
	{name: "virtual_network_rule", path: "properties.virtualNetworkRules", many: true, unset: []any{}, args: []arg{
		{name: "id", path: "id"},
		{name: "ignore_missing_vnet_service_endpoint", path: "ignoreMissingVNetServiceEndpoint", form: flag, unset: false},
	}},
	{name: "network_acl_bypass_for_azure_services", path: "properties.networkAclBypass", form: word("None", "AzureServices"), unset: false},
	{name: "network_acl_bypass_ids", path: "properties.networkAclBypassResourceIds", unset: []any{}},
	// 2.76 to 4.81, removed in 5.0 in favour of local_authentication_enabled, which is there since 4.78.
	{name: "local_authentication_disabled", path: "properties.disableLocalAuth", form: flag, until: 4},
	{name: "local_authentication_enabled", path: "properties.disableLocalAuth", form: inverted, since: 4, unset: true},
	{name: "access_key_metadata_writes_enabled", path: "properties.disableKeyBasedMetadataWriteAccess", form: inverted, unset: true},
	{name: "key_vault_key_id", path: "properties.keyVaultKeyUri"},
	{name: "managed_hsm_key_id", path: "properties.keyVaultKeyUri", since: 4, until: 4},
	{name: "default_identity_type", path: "properties.defaultIdentity", unset: "FirstPartyIdentity"},
	{name: "consistency_policy", path: "properties.consistencyPolicy", args: []arg{
		{name: "consistency_level", path: "defaultConsistencyLevel"},
		{name: "max_interval_in_seconds", path: "maxIntervalInSeconds", form: number, unset: 5},
		{name: "max_staleness_prefix", path: "maxStalenessPrefix", form: number, unset: 100},
	}},
	{name: "geo_location", path: "properties.locations", many: true, args: []arg{
		{name: "location", path: "locationName"},
		{name: "failover_priority", path: "failoverPriority", form: number},
		{name: "zone_redundant", path: "isZoneRedundant", form: flag, unset: false},
	}},
	{name: "enable_automatic_failover", path: "properties.enableAutomaticFailover", form: flag, until: 3},
	{name: "automatic_failover_enabled", path: "properties.enableAutomaticFailover", form: flag, since: 3, unset: false},
	{name: "enable_multiple_write_locations", path: "properties.enableMultipleWriteLocations", form: flag, until: 3},
	{name: "multiple_write_locations_enabled", path: "properties.enableMultipleWriteLocations", form: flag, since: 3, unset: false},
	{name: "enable_free_tier", path: "properties.enableFreeTier", form: flag, until: 3},
	{name: "free_tier_enabled", path: "properties.enableFreeTier", form: flag, since: 3, unset: false},
	{name: "analytical_storage_enabled", path: "properties.enableAnalyticalStorage", form: flag, unset: false},
	{name: "analytical_storage", path: "properties.analyticalStorageConfiguration", args: []arg{
		{name: "schema_type", path: "schemaType"},
	}},
	{name: "capacity", path: "properties.capacity", args: []arg{
		{name: "total_throughput_limit", path: "totalThroughputLimit", form: number},
	}},
	{name: "capabilities", path: "properties.capabilities", many: true, unset: []any{}, args: []arg{{name: "name", path: "name"}}},
	{name: "mongo_server_version", path: "properties.apiProperties.serverVersion"},
	{name: "partition_merge_enabled", path: "properties.enablePartitionMerge", form: flag, since: 3, unset: false},
	{name: "burst_capacity_enabled", path: "properties.enableBurstCapacity", form: flag, since: 3, unset: false},
	{name: "backup", path: "properties.backupPolicy", args: backupArgs},
	{name: "cors_rule", path: "properties.cors", many: true, unset: []any{}, args: corsArgs},
	{name: "create_mode", path: "properties.createMode"},
	{name: "restore", path: "properties.restoreParameters", args: []arg{
		{name: "source_cosmosdb_account_id", path: "restoreSource"},
		{name: "restore_timestamp_in_utc", path: "restoreTimestampInUtc"},
		{name: "database", path: "databasesToRestore", many: true, args: []arg{
			{name: "name", path: "databaseName"}, {name: "collection_names", path: "collectionNames"},
		}},
		{name: "tables_to_restore", path: "tablesToRestore"},
	}},
}

// throughput is what the provider sends as options of a database or container (internal/services/cosmos/common).
var throughput = []arg{
	{name: "throughput", path: "properties.options.throughput", form: number},
	{name: "autoscale_settings", path: "properties.options.autoscaleSettings", args: []arg{
		{name: "max_throughput", path: "maxThroughput", form: number},
	}},
}

// withThroughput are the arguments of a database or container with its own ones before them.
func withThroughput(args ...arg) []arg {
	return append(append([]arg{{name: "name", path: "properties.resource.id"}}, args...), throughput...)
}

// script is the table of a stored procedure, trigger or function.
func script(name, arm string, args ...arg) schema {
	return schema{name: name, arm: accountType + "/sqlDatabases/containers/" + arm, api: "2024-08-15", before: olderCosmos,
		at:   place{names: []string{"account_name", "database_name", "container_name", "name"}, parent: "container_id"},
		args: append([]arg{{name: "name", path: "properties.resource.id"}, {name: "body", path: "properties.resource.body"}}, args...)}
}

const accountType = "Microsoft.DocumentDB/databaseAccounts"

// child is the table of a child of an account.
func child(name, arm string, at place, args ...arg) schema {
	return schema{name: name, arm: accountType + "/" + arm, api: "2024-08-15", before: olderCosmos, at: at, args: args}
}

// cosmosTables are the types of internal/services/cosmos that belong to an account.
var cosmosTables = []schema{
	{name: "azurerm_cosmosdb_account", arm: accountType, api: "2024-08-15", before: olderCosmos, args: accountArgs, shape: account},
	child("azurerm_cosmosdb_sql_database", "sqlDatabases", ofAccount, withThroughput()...),
	child("azurerm_cosmosdb_sql_container", "sqlDatabases/containers", ofDatabase, withThroughput(
		arg{name: "partition_key_path", path: "properties.resource.partitionKey.paths", form: listOfOne, until: 3},
		arg{name: "partition_key_paths", path: "properties.resource.partitionKey.paths", since: 3},
		arg{name: "partition_key_kind", path: "properties.resource.partitionKey.kind", unset: "Hash"},
		arg{name: "partition_key_version", path: "properties.resource.partitionKey.version", form: number},
		arg{name: "default_ttl", path: "properties.resource.defaultTtl", form: number, zero: true},
		arg{name: "analytical_storage_ttl", path: "properties.resource.analyticalStorageTtl", form: number, zero: true},
		arg{name: "unique_key", path: "properties.resource.uniqueKeyPolicy.uniqueKeys", many: true, args: []arg{{name: "paths", path: "paths"}}},
		arg{name: "conflict_resolution_policy", path: "properties.resource.conflictResolutionPolicy", args: []arg{
			{name: "mode", path: "mode"},
			{name: "conflict_resolution_path", path: "conflictResolutionPath"},
			{name: "conflict_resolution_procedure", path: "conflictResolutionProcedure"},
		}},
	)...),
	script("azurerm_cosmosdb_sql_stored_procedure", "storedProcedures"),
	script("azurerm_cosmosdb_sql_function", "userDefinedFunctions"),
	script("azurerm_cosmosdb_sql_trigger", "triggers",
		arg{name: "operation", path: "properties.resource.triggerOperation"}, arg{name: "type", path: "properties.resource.triggerType"}),
	child("azurerm_cosmosdb_mongo_database", "mongodbDatabases", ofAccount, withThroughput()...),
	child("azurerm_cosmosdb_mongo_collection", "mongodbDatabases/collections", ofDatabase, withThroughput(
		arg{name: "default_ttl_seconds", path: "properties.resource.ttl", said: true},
		arg{name: "analytical_storage_ttl", path: "properties.resource.analyticalStorageTtl", form: number, zero: true},
	)...),
	child("azurerm_cosmosdb_gremlin_database", "gremlinDatabases", ofAccount, withThroughput()...),
	child("azurerm_cosmosdb_gremlin_graph", "gremlinDatabases/graphs", ofDatabase, withThroughput(
		arg{name: "partition_key_path", path: "properties.resource.partitionKey.paths", form: listOfOne},
		arg{name: "partition_key_version", path: "properties.resource.partitionKey.version", form: number},
		arg{name: "default_ttl", path: "properties.resource.defaultTtl", form: number, zero: true},
		arg{name: "analytical_storage_ttl", path: "properties.resource.analyticalStorageTtl", form: number, zero: true},
	)...),
	child("azurerm_cosmosdb_cassandra_keyspace", "cassandraKeyspaces", ofAccount, withThroughput()...),
	child("azurerm_cosmosdb_cassandra_table", "cassandraKeyspaces/tables", place{parent: "cassandra_keyspace_id"}, withThroughput(
		arg{name: "default_ttl", path: "properties.resource.defaultTtl", form: number, zero: true},
	)...),
	child("azurerm_cosmosdb_table", "tables", ofAccount, withThroughput()...),

	// The name of a definition is role_definition_id, a GUID that the provider makes when it is omitted.
	child("azurerm_cosmosdb_sql_role_definition", "sqlRoleDefinitions", place{names: []string{"account_name", "role_definition_id"}},
		arg{name: "name", path: "properties.roleName"},
		arg{name: "type", path: "properties.type", unset: "CustomRole"},
		arg{name: "assignable_scopes", path: "properties.assignableScopes"},
		arg{name: "permissions", path: "properties.permissions", many: true, args: []arg{{name: "data_actions", path: "dataActions"}}},
	),
	child("azurerm_cosmosdb_sql_role_assignment", "sqlRoleAssignments", ofAccount,
		arg{name: "role_definition_id", path: "properties.roleDefinitionId"},
		arg{name: "scope", path: "properties.scope"},
		arg{name: "principal_id", path: "properties.principalId"},
	),
	// v5.2.0 uses API version 2025-10-15 for both.
	{name: "azurerm_cosmosdb_mongo_role_definition", arm: accountType + "/mongodbRoleDefinitions", api: "2025-10-15",
		before: map[int]string{3: "2022-11-15"},
		at:     place{names: []string{"role_name"}, parent: "cosmos_mongo_database_id", keep: 1},
		args: []arg{
			{name: "role_name", path: "properties.roleName"},
			{name: "privilege", path: "properties.privileges", many: true, args: []arg{
				{name: "actions", path: "actions"},
				{name: "resource", path: "resource", args: []arg{{name: "collection_name", path: "collection"}, {name: "db_name", path: "db"}}},
			}},
			{name: "inherited_role_names", path: "properties.roles", form: objects("role")},
		}, shape: mongoDatabase},
	{name: "azurerm_cosmosdb_mongo_user_definition", arm: accountType + "/mongodbUserDefinitions", api: "2025-10-15",
		before: map[int]string{3: "2022-11-15"},
		at:     place{names: []string{"username"}, parent: "cosmos_mongo_database_id", keep: 1},
		args: []arg{
			{name: "username", path: "properties.userName"},
			{name: "password", path: "properties.password"},
			{name: "inherited_role_names", path: "properties.roles", form: objects("role")},
		}, shape: mongoDatabase},
	{name: "azurerm_cosmosdb_sql_dedicated_gateway", arm: accountType + "/services", api: "2022-05-15",
		at: place{parent: "cosmosdb_account_id", fixed: "SqlDedicatedGateway"},
		args: []arg{
			{name: "instance_size", path: "properties.instanceSize"},
			{name: "instance_count", path: "properties.instanceCount", form: number},
		}},
}
