package terraform

const (
	mongoClusterType = "Microsoft.DocumentDB/mongoClusters"
	postgresqlType   = "Microsoft.DBforPostgreSQL/serverGroupsv2"
	cassandraType    = "Microsoft.DocumentDB/cassandraClusters"
)

// addresses are the arguments of a firewall rule of either kind of cluster.
var addresses = []arg{
	{name: "start_ip_address", path: "properties.startIpAddress"},
	{name: "end_ip_address", path: "properties.endIpAddress"},
}

// ofServerGroup is where the children of a PostgreSQL cluster are.
var ofServerGroup = place{parent: "cluster_id"}

// clusterTables are the types of internal/services/mongocluster, and those of internal/services/cosmos that have no account.
var clusterTables = []schema{
	{name: "azurerm_mongo_cluster", arm: mongoClusterType, api: "2025-09-01", args: []arg{
		{name: "location", path: "location"},
		{name: "tags", path: "tags"},
		identity,
		{name: "create_mode", path: "properties.createMode", unset: "Default"},
		{name: "administrator_username", path: "properties.administrator.userName"},
		{name: "administrator_password", path: "properties.administrator.password"},
		// Optional and computed since 4.55: what the service has by default stays.
		{name: "authentication_methods", path: "properties.authConfig.allowedModes"},
		{name: "public_network_access", path: "properties.publicNetworkAccess", unset: "Enabled"},
		{name: "version", path: "properties.serverVersion"},
		{name: "compute_tier", path: "properties.compute.tier"},
		{name: "high_availability_mode", path: "properties.highAvailability.targetMode"},
		{name: "shard_count", path: "properties.sharding.shardCount", form: number},
		{name: "storage_size_in_gb", path: "properties.storage.sizeGb", form: number},
		{name: "storage_type", path: "properties.storage.type", unset: "PremiumSSD"},
		{name: "data_api_mode_enabled", path: "properties.dataApi.mode", form: enabled, unset: false},
		{name: "preview_features", path: "properties.previewFeatures"},
		{name: "customer_managed_key", path: "properties.encryption.customerManagedKeyEncryption", args: []arg{
			{name: "key_vault_key_id", path: "keyEncryptionKeyUrl"},
			{name: "user_assigned_identity_id", path: "keyEncryptionKeyIdentity.userAssignedIdentityResourceId"},
		}},
		{name: "source_server_id", path: "properties.replicaParameters.sourceResourceId"},
		{name: "source_location", path: "properties.replicaParameters.sourceLocation"},
		{name: "restore", path: "properties.restoreParameters", args: []arg{
			{name: "point_in_time_utc", path: "pointInTimeUTC"}, {name: "source_id", path: "sourceResourceId"},
		}},
	}},
	{name: "azurerm_mongo_cluster_firewall_rule", arm: mongoClusterType + "/firewallRules", api: "2025-09-01",
		at: place{parent: "mongo_cluster_id"}, args: addresses},
	{name: "azurerm_mongo_cluster_user", arm: mongoClusterType + "/users", api: "2025-09-01",
		at: place{names: []string{"object_id"}, parent: "mongo_cluster_id"}, args: []arg{
			{name: "identity_provider_type", path: "properties.identityProvider.type"},
			{name: "principal_type", path: "properties.identityProvider.properties.principalType"},
			{name: "role", path: "properties.roles", many: true, args: []arg{{name: "name", path: "role"}, {name: "database", path: "db"}}},
		}},

	{name: "azurerm_cosmosdb_postgresql_cluster", arm: postgresqlType, api: "2022-11-08", args: []arg{
		{name: "location", path: "location"},
		{name: "tags", path: "tags"},
		{name: "node_count", path: "properties.nodeCount", form: number},
		{name: "administrator_login_password", path: "properties.administratorLoginPassword"},
		{name: "citus_version", path: "properties.citusVersion"},
		{name: "coordinator_public_ip_access_enabled", path: "properties.coordinatorEnablePublicIpAccess", form: flag, unset: true},
		{name: "coordinator_server_edition", path: "properties.coordinatorServerEdition", unset: "GeneralPurpose"},
		{name: "coordinator_storage_quota_in_mb", path: "properties.coordinatorStorageQuotaInMb", form: number},
		{name: "coordinator_vcore_count", path: "properties.coordinatorVCores", form: number},
		{name: "ha_enabled", path: "properties.enableHa", form: flag, unset: false},
		{name: "node_public_ip_access_enabled", path: "properties.nodeEnablePublicIpAccess", form: flag, unset: false},
		{name: "node_server_edition", path: "properties.nodeServerEdition", unset: "MemoryOptimized"},
		{name: "node_storage_quota_in_mb", path: "properties.nodeStorageQuotaInMb", form: number},
		{name: "node_vcores", path: "properties.nodeVCores", form: number},
		{name: "point_in_time_in_utc", path: "properties.pointInTimeUTC"},
		{name: "preferred_primary_zone", path: "properties.preferredPrimaryZone"},
		{name: "shards_on_coordinator_enabled", path: "properties.enableShardsOnCoordinator", form: flag},
		{name: "source_location", path: "properties.sourceLocation"},
		{name: "source_resource_id", path: "properties.sourceResourceId"},
		{name: "sql_version", path: "properties.postgresqlVersion"},
		{name: "maintenance_window", path: "properties.maintenanceWindow", args: []arg{
			{name: "day_of_week", path: "dayOfWeek", form: number, unset: 0},
			{name: "start_hour", path: "startHour", form: number, unset: 0},
			{name: "start_minute", path: "startMinute", form: number, unset: 0},
		}},
	}},
	{name: "azurerm_cosmosdb_postgresql_firewall_rule", arm: postgresqlType + "/firewallRules", api: "2022-11-08",
		at: ofServerGroup, args: addresses},
	{name: "azurerm_cosmosdb_postgresql_role", arm: postgresqlType + "/roles", api: "2022-11-08",
		at: ofServerGroup, args: []arg{{name: "password", path: "properties.password"}}},
	{name: "azurerm_cosmosdb_postgresql_coordinator_configuration", arm: postgresqlType + "/coordinatorConfigurations", api: "2022-11-08",
		at: ofServerGroup, args: []arg{{name: "value", path: "properties.value"}}},
	{name: "azurerm_cosmosdb_postgresql_node_configuration", arm: postgresqlType + "/nodeConfigurations", api: "2022-11-08",
		at: ofServerGroup, args: []arg{{name: "value", path: "properties.value"}}},

	{name: "azurerm_cosmosdb_cassandra_cluster", arm: cassandraType, api: "2023-04-15", before: map[int]string{2: "2021-10-15"}, args: []arg{
		{name: "location", path: "location"},
		{name: "tags", path: "tags"},
		identity,
		{name: "delegated_management_subnet_id", path: "properties.delegatedManagementSubnetId"},
		{name: "default_admin_password", path: "properties.initialCassandraAdminPassword"},
		{name: "authentication_method", path: "properties.authenticationMethod", unset: "Cassandra"},
		{name: "client_certificate_pems", path: "properties.clientCertificates", form: objects("pem")},
		{name: "external_gossip_certificate_pems", path: "properties.externalGossipCertificates", form: objects("pem")},
		{name: "external_seed_node_ip_addresses", path: "properties.externalSeedNodes", form: objects("ipAddress")},
		{name: "hours_between_backups", path: "properties.hoursBetweenBackups", form: number, unset: 24},
		{name: "repair_enabled", path: "properties.repairEnabled", form: flag, unset: true},
		{name: "version", path: "properties.cassandraVersion", unset: "3.11"},
	}},
	{name: "azurerm_cosmosdb_cassandra_datacenter", arm: cassandraType + "/dataCenters", api: "2023-04-15", before: map[int]string{2: "2021-10-15"},
		at: place{parent: "cassandra_cluster_id"}, args: []arg{
			{name: "location", path: "properties.dataCenterLocation"},
			{name: "delegated_management_subnet_id", path: "properties.delegatedSubnetId"},
			{name: "backup_storage_customer_key_uri", path: "properties.backupStorageCustomerKeyUri"},
			{name: "managed_disk_customer_key_uri", path: "properties.managedDiskCustomerKeyUri"},
			{name: "base64_encoded_yaml_fragment", path: "properties.base64EncodedCassandraYamlFragment"},
			{name: "disk_sku", path: "properties.diskSku", unset: "P30"},
			{name: "disk_count", path: "properties.diskCapacity", form: number},
			{name: "node_count", path: "properties.nodeCount", form: number, unset: 3},
			{name: "sku_name", path: "properties.sku"},
			{name: "availability_zones_enabled", path: "properties.availabilityZone", form: flag, unset: true},
		}},
}
