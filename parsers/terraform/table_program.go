package terraform

import "github.com/cosmoslint/cosmoslint/internal/value"

const (
	machineType  = "Microsoft.Compute/virtualMachines"
	scaleSetType = "Microsoft.Compute/virtualMachineScaleSets"
	clusterType  = "Microsoft.ContainerService/managedClusters"
	cardType     = "Microsoft.Network/networkInterfaces"
	hubType      = "Microsoft.Devices/IotHubs"
)

// machineArgs are those of a virtual machine.
var machineArgs = located(
	identity,
	arg{name: "size", path: "properties.hardwareProfile.vmSize"},
	arg{name: "vm_size", path: "properties.hardwareProfile.vmSize"}, // azurerm_virtual_machine
	arg{name: "network_interface_ids", path: "properties.networkProfile.networkInterfaces", form: idList},
	arg{name: "custom_data", path: "properties.osProfile.customData"},
	arg{name: "os_profile", path: "properties.osProfile", args: []arg{{name: "custom_data", path: "customData"}}},
	arg{name: "user_data", path: "properties.userData"},
)

// scaleSetArgs are those of a scale set: a machine is below properties.virtualMachineProfile.
var scaleSetArgs = located(
	identity,
	arg{name: "sku", path: "sku.name"},
	arg{name: "custom_data", path: "properties.virtualMachineProfile.osProfile.customData"},
	arg{name: "user_data", path: "properties.virtualMachineProfile.userData"},
	arg{name: "network_interface", path: "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations", many: true, args: []arg{
		{name: "name", path: "name"},
		{name: "network_security_group_id", path: "properties.networkSecurityGroup", form: idOnly},
		{name: "ip_configuration", path: "properties.ipConfigurations", many: true, args: []arg{
			{name: "name", path: "name"}, {name: "subnet_id", path: "properties.subnet", form: idOnly},
			{name: "application_gateway_backend_address_pool_ids", path: "properties.applicationGatewayBackendAddressPools", form: idList},
		}},
	}},
)

// cardArgs are those of a network interface; its security group is an association.
var cardArgs = located(
	arg{name: "ip_configuration", path: "properties.ipConfigurations", many: true, args: []arg{
		{name: "name", path: "name"},
		{name: "subnet_id", path: "properties.subnet", form: idOnly},
		{name: "private_ip_address", path: "properties.privateIPAddress"},
		{name: "public_ip_address_id", path: "properties.publicIPAddress", form: idOnly},
	}},
	arg{name: "network_security_group_id", path: "properties.networkSecurityGroup", form: idOnly, until: 1},
	arg{name: "ip_forwarding_enabled", path: "properties.enableIPForwarding", form: flag, since: 3},
	arg{name: "enable_ip_forwarding", path: "properties.enableIPForwarding", form: flag, until: 3},
)

var swiftArgs = []arg{{name: "subnet_id", path: "properties.subnetResourceId"}}

// programTables are programs that may use an account, what they stand in, and what is told to them.
var programTables = []schema{
	{name: "azurerm_linux_virtual_machine", arm: machineType, api: "2024-03-01", args: machineArgs},
	{name: "azurerm_windows_virtual_machine", arm: machineType, api: "2024-03-01", args: machineArgs},
	{name: "azurerm_virtual_machine", arm: machineType, api: "2024-03-01", args: machineArgs},
	{name: "azurerm_linux_virtual_machine_scale_set", arm: scaleSetType, api: "2024-03-01", args: scaleSetArgs},
	{name: "azurerm_windows_virtual_machine_scale_set", arm: scaleSetType, api: "2024-03-01", args: scaleSetArgs},
	{name: "azurerm_orchestrated_virtual_machine_scale_set", arm: scaleSetType, api: "2024-03-01", args: scaleSetArgs},
	extension("azurerm_virtual_machine_extension", machineType, "virtual_machine_id"),
	extension("azurerm_virtual_machine_scale_set_extension", scaleSetType, "virtual_machine_scale_set_id"),
	{name: "azurerm_virtual_machine_run_command", arm: machineType + "/runCommands", api: "2023-03-01",
		at: place{parent: "virtual_machine_id"}, args: located(
			arg{name: "source", path: "properties.source", args: []arg{{name: "script", path: "script"}, {name: "script_uri", path: "scriptUri"}}},
			arg{name: "parameter", path: "properties.parameters", many: true, args: []arg{{name: "name", path: "name"}, {name: "value", path: "value"}}},
			arg{name: "protected_parameter", path: "properties.protectedParameters", many: true, args: []arg{{name: "name", path: "name"}, {name: "value", path: "value"}}},
		)},
	{name: "azurerm_network_interface", arm: cardType, api: "2025-01-01", before: olderNetwork, args: cardArgs},

	{name: "azurerm_kubernetes_cluster", arm: clusterType, api: "2025-02-01", args: located(identity,
		arg{name: "default_node_pool", path: "properties.agentPoolProfiles", many: true, args: []arg{
			{name: "name", path: "name"}, {name: "vnet_subnet_id", path: "vnetSubnetID"}, {name: "pod_subnet_id", path: "podSubnetID"},
		}})},
	{name: "azurerm_kubernetes_cluster_node_pool", arm: clusterType + "/agentPools", api: "2025-02-01", at: place{parent: "kubernetes_cluster_id"},
		args: []arg{{name: "vnet_subnet_id", path: "properties.vnetSubnetID"}, {name: "pod_subnet_id", path: "properties.podSubnetID"}}},

	{name: "azurerm_container_app_environment", arm: "Microsoft.App/managedEnvironments", api: "2025-01-01", args: located(identity,
		arg{name: "infrastructure_subnet_id", path: "properties.vnetConfiguration.infrastructureSubnetId"},
		arg{name: "internal_load_balancer_enabled", path: "properties.vnetConfiguration.internal", form: flag},
		arg{name: "public_network_access", path: "properties.publicNetworkAccess", since: 4},
	)},
	{name: "azurerm_container_app_environment_dapr_component", arm: "Microsoft.App/managedEnvironments/daprComponents", api: "2025-01-01",
		at: place{parent: "container_app_environment_id"}, args: []arg{
			{name: "component_type", path: "properties.componentType"},
			{name: "metadata", path: "properties.metadata", many: true, args: []arg{
				{name: "name", path: "name"}, {name: "value", path: "value"}, {name: "secret_name", path: "secretRef"},
			}},
			{name: "secret", path: "properties.secrets", many: true, args: []arg{
				{name: "name", path: "name"}, {name: "value", path: "value"},
				{name: "key_vault_secret_id", path: "keyVaultUrl"}, {name: "identity", path: "identity"},
			}},
		}},

	// internal/services/web: a site and its virtual network.
	{name: "azurerm_app_service_virtual_network_swift_connection", arm: "Microsoft.Web/sites/networkConfig", api: "2023-12-01",
		at: place{fixed: "virtualNetwork", parent: "app_service_id"}, args: swiftArgs},
	{name: "azurerm_app_service_environment_v3", arm: "Microsoft.Web/hostingEnvironments", api: "2023-12-01", args: []arg{
		{name: "subnet_id", path: "properties.virtualNetwork", form: idOnly}, {name: "tags", path: "tags"}}},
	{name: "azurerm_spring_cloud_service", arm: "Microsoft.AppPlatform/Spring", api: "2024-01-01-preview", args: located()},
	{name: "azurerm_spring_cloud_app", arm: "Microsoft.AppPlatform/Spring/apps", api: "2024-01-01-preview",
		at: place{names: []string{"service_name", "name"}}, args: []arg{identity}},
	{name: "azurerm_spring_cloud_app_cosmosdb_association", arm: "Microsoft.AppPlatform/Spring/apps/bindings", api: "2024-01-01-preview",
		at: place{parent: "spring_cloud_app_id"}, args: []arg{
			{name: "cosmosdb_account_id", path: "properties.resourceId"}, {name: "cosmosdb_access_key", path: "properties.key"},
			{name: "api_type", path: "properties.bindingParameters.apiType"},
		}},
	deploymentScript("azurerm_resource_deployment_script_azure_cli"), deploymentScript("azurerm_resource_deployment_script_azure_power_shell"),

	{name: "azurerm_data_factory_linked_custom_service", arm: "Microsoft.DataFactory/factories/linkedservices", api: "2018-06-01",
		at: ofFactory, args: []arg{
			{name: "type", path: "properties.type"}, {name: "type_properties_json", path: "properties.typeProperties", json: true},
		}},
	{name: "azurerm_synapse_linked_service", arm: "Microsoft.Synapse/workspaces/linkedServices", api: "2020-12-01",
		at: place{parent: "synapse_workspace_id"}, args: []arg{
			{name: "type", path: "properties.type"}, {name: "type_properties_json", path: "properties.typeProperties", json: true},
		}},
	{name: "azurerm_stream_analytics_job", arm: "Microsoft.StreamAnalytics/streamingJobs", api: "2021-10-01-preview", args: located(identity)},
	// A route's endpoint is a part of the hub in ARM: what is known of the hub here is only that.
	{name: "azurerm_iothub_endpoint_cosmosdb_account", arm: hubType, api: "2022-04-30-preview",
		at: place{whole: "iothub_id"}, shape: hubEndpoint, args: []arg{
			{name: "name", path: hubEndpoints + ".0.name", said: true},
			{name: "authentication_type", path: hubEndpoints + ".0.authenticationType", said: true},
			{name: "endpoint_uri", path: hubEndpoints + ".0.endpointUri", said: true},
			{name: "primary_key", path: hubEndpoints + ".0.primaryKey", said: true},
			{name: "secondary_key", path: hubEndpoints + ".0.secondaryKey", said: true},
			{name: "identity_id", path: hubEndpoints + ".0.identity.userAssignedIdentity", said: true},
		}},
}

// deploymentScript is the table of a deployment script. Its environment is in a list.
func deploymentScript(name string) schema {
	return schema{name: name, arm: "Microsoft.Resources/deploymentScripts", api: "2020-10-01", args: located(identity,
		arg{name: "script_content", path: "properties.scriptContent"},
		arg{name: "command_line", path: "properties.arguments"},
		arg{name: "environment_variable", path: "properties.environmentVariables", many: true, args: []arg{
			{name: "name", path: "name"}, {name: "value", path: "value"}, {name: "secure_value", path: "secureValue"},
		}},
	)}
}

// extension is the table of an extension of a machine, or of all in a set. Its settings are JSON text.
func extension(name, of, parent string) schema {
	return schema{name: name, arm: of + "/extensions", api: "2024-03-01", at: place{parent: parent}, args: []arg{
		{name: "publisher", path: "properties.publisher"}, {name: "type", path: "properties.type"},
		{name: "settings", path: "properties.settings", json: true},
		{name: "protected_settings", path: "properties.protectedSettings", json: true},
	}}
}

const hubEndpoints = "properties.routing.endpoints.cosmosDBSqlContainers"

// hubEndpoint makes the list with the one endpoint.
func hubEndpoint(b *builder) {
	t := &tree{span: b.in.Header}
	for i := range b.schema.args {
		a := b.schema.args[i]
		a.said, a.path = false, a.path[len(hubEndpoints+".0."):]
		b.argument(t, &a, b.config, b.in.Header)
	}
	if _, ok := t.get("authenticationType"); !ok {
		t.put("authenticationType", (&arg{name: "authentication_type", unset: "keyBased"}).omitted(b.major), b.in.Header, b.in.Header)
	}
	b.tree.put(hubEndpoints, value.OfArray(t.object()).At(b.in.Header), b.in.Header, b.in.Header)
	b.tree.open = true
}
