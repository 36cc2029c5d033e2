package terraform

const (
	networkType  = "Microsoft.Network/virtualNetworks"
	subnetType   = networkType + "/subnets"
	groupsType   = "Microsoft.Network/networkSecurityGroups"
	endpointType = "Microsoft.Network/privateEndpoints"
	zoneType     = "Microsoft.Network/privateDnsZones"
)

// olderNetwork and olderDNS are the API versions in earlier majors: client.go of internal/services/network and
// internal/services/privatedns at v2.99.0 and v3.117.1.
var (
	olderNetwork = map[int]string{2: "2021-05-01", 3: "2023-11-01"}
	olderDNS     = map[int]string{2: "2018-09-01", 3: "2020-06-01"}
)

// network is the table of a type of Microsoft.Network.
func network(name, arm string, at place, args ...arg) schema {
	return schema{name: name, arm: "Microsoft.Network/" + arm, api: "2025-01-01", before: olderNetwork, at: at, args: args}
}

var ofNetwork = place{names: []string{"virtual_network_name", "name"}}

// delegationArgs are the same in a subnet and in a subnet of a virtual network's own list.
var delegationArgs = []arg{
	{name: "name", path: "name"},
	{name: "service_delegation", path: "properties", args: []arg{
		{name: "name", path: "serviceName"}, {name: "actions", path: "actions"},
	}},
}

// subnetArgs are those of azurerm_subnet and of the block "subnet" of azurerm_virtual_network.
var subnetArgs = []arg{
	{name: "address_prefixes", path: "properties.addressPrefixes"},
	{name: "address_prefix", path: "properties.addressPrefix", until: 3},
	{name: "address_prefixes", path: "properties.addressPrefix", form: oneOfList, said: true},
	// A list of names until v4, blocks since v5.0.
	{name: "service_endpoints", path: "properties.serviceEndpoints", form: objects("service"), until: 4},
	{name: "service_endpoint", path: "properties.serviceEndpoints", many: true, since: 5, args: []arg{
		{name: "service", path: "service"},
		{name: "network_identifier", path: "networkIdentifier", form: idOnly},
	}},
	{name: "service_endpoint_policy_ids", path: "properties.serviceEndpointPolicies", form: idList},
	{name: "delegation", path: "properties.delegations", many: true, args: delegationArgs},
	{name: "private_link_service_network_policies_enabled", path: "properties.privateLinkServiceNetworkPolicies", form: enabled,
		since: 3, unset: true},
	{name: "enforce_private_link_service_network_policies", path: "properties.privateLinkServiceNetworkPolicies",
		form: word("Enabled", "Disabled"), until: 3},
	{name: "default_outbound_access_enabled", path: "properties.defaultOutboundAccess", form: flag, since: 3, unset: true},
	{name: "network_security_group_id_wo", path: "properties.networkSecurityGroup", form: idOnly, since: 5},
	{name: "route_table_id_wo", path: "properties.routeTable", form: idOnly, since: 5},
}

// withPolicies are subnetArgs with the network policies for private endpoints: what omitting them does depends on where
// the subnet is written.
func withPolicies(more ...arg) []arg { return append(more, subnetArgs...) }

// Until v3 one of two bools says it, and a subnet that has neither is created with policies enabled (v3.117.1,
// subnet_resource.go: enforce_private_link_endpoint_network_policies defaults to false).
var subnetPolicies = []arg{
	{name: "private_endpoint_network_policies", path: "properties.privateEndpointNetworkPolicies", since: 3,
		unsetIn: map[int]any{0: either{"Disabled", "Enabled"}, 2: "Enabled", 3: "Enabled", 4: "Disabled", 5: "Disabled"}},
	{name: "private_endpoint_network_policies_enabled", path: "properties.privateEndpointNetworkPolicies", form: enabled, since: 3, until: 3},
	{name: "enforce_private_link_endpoint_network_policies", path: "properties.privateEndpointNetworkPolicies",
		form: word("Enabled", "Disabled"), until: 3},
}

// inlinePolicies: a block "subnet" has the argument since 3.x/4.0; before that nothing is sent.
var inlinePolicies = []arg{
	{name: "name", path: "name"},
	{name: "private_endpoint_network_policies", path: "properties.privateEndpointNetworkPolicies", since: 4,
		unsetIn: map[int]any{4: "Disabled", 5: "Disabled"}},
	{name: "security_group", path: "properties.networkSecurityGroup", form: idOnly},
	{name: "route_table_id", path: "properties.routeTable", form: idOnly, since: 4},
}

// connectionArgs are those of a private endpoint's connection.
var connectionArgs = []arg{
	{name: "name", path: "name"},
	{name: "private_connection_resource_id", path: "properties.privateLinkServiceId"},
	{name: "private_connection_resource_alias", path: "properties.privateLinkServiceId"},
	{name: "subresource_names", path: "properties.groupIds", unset: []any{}},
	{name: "request_message", path: "properties.requestMessage"},
	{name: "is_manual_connection", path: "manual", form: flag, unset: false},
}

// manualArgs are those of a connection that somebody has to approve.
var manualArgs = append(connectionArgs[:len(connectionArgs)-1:len(connectionArgs)-1],
	arg{name: "is_manual_connection", path: "manual", form: flag, always: true})

// zoneGroupTable is the block "private_dns_zone_group" of an endpoint: a child of it in ARM.
var zoneGroupTable = schema{name: "azurerm_private_endpoint", arm: endpointType + "/privateDnsZoneGroups", api: "2025-01-01",
	before: olderNetwork, args: []arg{
		{name: "private_dns_zone_group", path: "", args: []arg{
			{name: "private_dns_zone_ids", path: "properties.privateDnsZoneConfigs", form: objects("properties.privateDnsZoneId")},
		}},
	}}

// ruleArgs are those of a network security rule, inline or not.
var ruleArgs = []arg{
	{name: "description", path: "properties.description"},
	{name: "protocol", path: "properties.protocol"},
	{name: "source_port_range", path: "properties.sourcePortRange"},
	{name: "source_port_ranges", path: "properties.sourcePortRanges"},
	{name: "destination_port_range", path: "properties.destinationPortRange"},
	{name: "destination_port_ranges", path: "properties.destinationPortRanges"},
	{name: "source_address_prefix", path: "properties.sourceAddressPrefix"},
	{name: "source_address_prefixes", path: "properties.sourceAddressPrefixes"},
	{name: "destination_address_prefix", path: "properties.destinationAddressPrefix"},
	{name: "destination_address_prefixes", path: "properties.destinationAddressPrefixes"},
	{name: "source_application_security_group_ids", path: "properties.sourceApplicationSecurityGroups", form: idList},
	{name: "destination_application_security_group_ids", path: "properties.destinationApplicationSecurityGroups", form: idList},
	{name: "access", path: "properties.access"},
	{name: "priority", path: "properties.priority", form: number},
	{name: "direction", path: "properties.direction"},
}

// routeArgs are those of a route, inline or not.
var routeArgs = []arg{
	{name: "address_prefix", path: "properties.addressPrefix"},
	{name: "next_hop_type", path: "properties.nextHopType"},
	{name: "next_hop_in_ip_address", path: "properties.nextHopIpAddress"},
}

// dnsRecord is the table of a record in a private DNS zone. What kinds have that no rule asks for is left out.
func dnsRecord(kind, arm string, value ...arg) schema {
	return schema{name: "azurerm_private_dns_" + kind + "_record", arm: zoneType + "/" + arm, api: "2024-06-01", before: olderDNS,
		at: place{names: []string{"zone_name", "name"}, parent: "private_dns_zone_id", parentSince: 5}, args: append(value, arg{name: "ttl", path: "properties.ttl", form: number})}
}

// publicRecord is the table of a record in a public zone, which may be an alias of a resource.
func publicRecord(kind, arm string, value ...arg) schema {
	return schema{name: "azurerm_dns_" + kind + "_record", arm: "Microsoft.Network/dnsZones/" + arm, api: "2018-05-01",
		at: place{names: []string{"zone_name", "name"}, parent: "dns_zone_id", parentSince: 5}, args: append(value,
			arg{name: "ttl", path: "properties.TTL", form: number},
			arg{name: "target_resource_id", path: "properties.targetResource", form: idOnly},
		)}
}

var locationAndTags = []arg{{name: "location", path: "location"}, {name: "tags", path: "tags"}}

func located(args ...arg) []arg { return append(args, locationAndTags...) }

// networkTables are the types of internal/services/network and internal/services/privatedns.
var networkTables = []schema{
	{name: "azurerm_private_endpoint", arm: endpointType, api: "2025-01-01", before: olderNetwork, shape: endpoint, args: located(
		arg{name: "subnet_id", path: "properties.subnet", form: idOnly},
		arg{name: "private_service_connection", path: "properties.privateLinkServiceConnections", many: true, args: connectionArgs},
		arg{name: "private_service_connection", path: "properties.manualPrivateLinkServiceConnections", many: true, args: manualArgs, said: true},
		arg{name: "custom_network_interface_name", path: "properties.customNetworkInterfaceName"},
		arg{name: "ip_configuration", path: "properties.ipConfigurations", many: true, args: []arg{
			{name: "name", path: "name"},
			{name: "private_ip_address", path: "properties.privateIPAddress"},
			{name: "subresource_name", path: "properties.groupId"},
			{name: "member_name", path: "properties.memberName"},
		}},
	)},
	network("azurerm_virtual_network", "virtualNetworks", place{}, located(
		arg{name: "address_space", path: "properties.addressSpace.addressPrefixes"},
		arg{name: "dns_servers", path: "properties.dhcpOptions.dnsServers"},
		arg{name: "ddos_protection_plan", path: "properties", args: []arg{
			{name: "id", path: "ddosProtectionPlan", form: idOnly},
			{name: "enable", path: "enableDdosProtection", form: flag},
		}},
		arg{name: "encryption", path: "properties.encryption", args: []arg{{name: "enforcement", path: "enforcement"}, {name: "enabled", path: "enabled", unset: true}}},
		arg{name: "private_endpoint_vnet_policies", path: "properties.privateEndpointVNetPolicies", since: 4},
		arg{name: "subnet", path: "properties.subnets", many: true, args: withPolicies(inlinePolicies...)},
	)...),
	network("azurerm_subnet", "virtualNetworks/subnets", ofNetwork, withPolicies(subnetPolicies...)...),
	network("azurerm_virtual_network_peering", "virtualNetworks/virtualNetworkPeerings", ofNetwork,
		arg{name: "remote_virtual_network_id", path: "properties.remoteVirtualNetwork", form: idOnly},
		arg{name: "allow_virtual_network_access", path: "properties.allowVirtualNetworkAccess", form: flag, unset: true},
		arg{name: "allow_forwarded_traffic", path: "properties.allowForwardedTraffic", form: flag, unset: false},
		arg{name: "allow_gateway_transit", path: "properties.allowGatewayTransit", form: flag, unset: false},
		arg{name: "use_remote_gateways", path: "properties.useRemoteGateways", form: flag, unset: false},
	),
	network("azurerm_network_security_group", "networkSecurityGroups", place{}, located(
		arg{name: "security_rule", path: "properties.securityRules", many: true, args: append([]arg{{name: "name", path: "name"}}, ruleArgs...)},
	)...),
	network("azurerm_network_security_rule", "networkSecurityGroups/securityRules",
		place{names: []string{"network_security_group_name", "name"}}, ruleArgs...),
	network("azurerm_application_security_group", "applicationSecurityGroups", place{}, located()...),
	network("azurerm_network_watcher", "networkWatchers", place{}, located()...),
	network("azurerm_network_watcher_flow_log", "networkWatchers/flowLogs", place{names: []string{"network_watcher_name", "name"}},
		// network_security_group_id was removed in v5.0; target_resource_id is there since 4.11.
		arg{name: "target_resource_id", path: "properties.targetResourceId", since: 4},
		arg{name: "network_security_group_id", path: "properties.targetResourceId", until: 4},
		arg{name: "storage_account_id", path: "properties.storageId"},
		arg{name: "enabled", path: "properties.enabled", form: flag},
		arg{name: "version", path: "properties.format.version", form: number, unset: 1},
		arg{name: "retention_policy", path: "properties.retentionPolicy", args: []arg{
			{name: "enabled", path: "enabled", form: flag}, {name: "days", path: "days", form: number},
		}},
		arg{name: "traffic_analytics", path: "properties.flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration", args: []arg{
			{name: "enabled", path: "enabled", form: flag},
			{name: "workspace_id", path: "workspaceId"},
			{name: "workspace_region", path: "workspaceRegion"},
			{name: "workspace_resource_id", path: "workspaceResourceId"},
			{name: "interval_in_minutes", path: "trafficAnalyticsInterval", form: number, unset: 60},
		}},
	),
	network("azurerm_network_ddos_protection_plan", "ddosProtectionPlans", place{}, located()...),
	network("azurerm_route_table", "routeTables", place{}, located(
		arg{name: "route", path: "properties.routes", many: true, args: append([]arg{{name: "name", path: "name"}}, routeArgs...)},
	)...),
	network("azurerm_route", "routeTables/routes", place{names: []string{"route_table_name", "name"}}, routeArgs...),

	{name: "azurerm_private_dns_zone", arm: zoneType, api: "2024-06-01", before: olderDNS, args: []arg{{name: "tags", path: "tags"}}},
	// v5.0 takes the zone's id in place of its resource group and name.
	{name: "azurerm_private_dns_zone_virtual_network_link", arm: zoneType + "/virtualNetworkLinks", api: "2024-06-01", before: olderDNS,
		at: place{names: []string{"private_dns_zone_name", "name"}, parent: "private_dns_zone_id", parentSince: 5}, args: []arg{
			{name: "virtual_network_id", path: "properties.virtualNetwork", form: idOnly},
			{name: "registration_enabled", path: "properties.registrationEnabled", form: flag, unset: false},
			{name: "resolution_policy", path: "properties.resolutionPolicy"},
			{name: "tags", path: "tags"},
		}},
	dnsRecord("a", "A", arg{name: "records", path: "properties.aRecords", form: objects("ipv4Address")}),
	dnsRecord("cname", "CNAME", arg{name: "record", path: "properties.cnameRecord.cname"}),
	dnsRecord("aaaa", "AAAA"), dnsRecord("mx", "MX"), dnsRecord("ptr", "PTR"), dnsRecord("srv", "SRV"), dnsRecord("txt", "TXT"),
	{name: "azurerm_dns_zone", arm: "Microsoft.Network/dnsZones", api: "2018-05-01", args: []arg{{name: "tags", path: "tags"}}},
	publicRecord("a", "A", arg{name: "records", path: "properties.ARecords", form: objects("ipv4Address")}),
	publicRecord("aaaa", "AAAA", arg{name: "records", path: "properties.AAAARecords", form: objects("ipv6Address")}),
	publicRecord("cname", "CNAME", arg{name: "record", path: "properties.CNAMERecord.cname"}),
	publicRecord("caa", "CAA"), publicRecord("mx", "MX"), publicRecord("ns", "NS"), publicRecord("ptr", "PTR"), publicRecord("srv", "SRV"),
	publicRecord("txt", "TXT"),
}

var ofPerimeterProfile = place{parent: "network_security_perimeter_profile_id"}

// perimeterTables are the network security perimeters, and what guards or joins networks.
var perimeterTables = []schema{
	network("azurerm_network_security_perimeter", "networkSecurityPerimeters", place{}, located()...),
	network("azurerm_network_security_perimeter_profile", "networkSecurityPerimeters/profiles", place{parent: "network_security_perimeter_id"}),
	network("azurerm_network_security_perimeter_access_rule", "networkSecurityPerimeters/profiles/accessRules", ofPerimeterProfile,
		arg{name: "direction", path: "properties.direction"},
		arg{name: "address_prefixes", path: "properties.addressPrefixes"},
		arg{name: "fqdns", path: "properties.fullyQualifiedDomainNames"},
		arg{name: "service_tags", path: "properties.serviceTags"},
		arg{name: "subscription_ids", path: "properties.subscriptions", form: idList},
	),
	network("azurerm_network_security_perimeter_association", "networkSecurityPerimeters/resourceAssociations",
		place{parent: "network_security_perimeter_profile_id", keep: 1},
		arg{name: "resource_id", path: "properties.privateLinkResource", form: idOnly},
		arg{name: "network_security_perimeter_profile_id", path: "properties.profile", form: idOnly},
		arg{name: "access_mode", path: "properties.accessMode"},
	),

	network("azurerm_virtual_wan", "virtualWans", place{}, located()...),
	network("azurerm_bastion_host", "bastionHosts", place{}, located(
		arg{name: "ip_configuration", path: "properties.ipConfigurations", many: true, args: ipConfigArgs},
	)...),
	network("azurerm_nat_gateway", "natGateways", place{}, located()...),
	network("azurerm_private_link_service", "privateLinkServices", place{}, located()...),
}
