package terraform

// ipConfigArgs are those of the block "ip_configuration" of what stands in a subnet, and may have a public address.
var ipConfigArgs = []arg{
	{name: "name", path: "name"},
	{name: "subnet_id", path: "properties.subnet", form: idOnly},
	{name: "public_ip_address_id", path: "properties.publicIPAddress", form: idOnly},
}

// firewallRuleArgs are those of a network rule of a firewall or its policy, without the protocols.
var firewallRuleArgs = []arg{
	{name: "name", path: "name"},
	{name: "description", path: "description"},
	{name: "source_addresses", path: "sourceAddresses"},
	{name: "source_ip_groups", path: "sourceIpGroups"},
	{name: "destination_addresses", path: "destinationAddresses"},
	{name: "destination_ip_groups", path: "destinationIpGroups"},
	{name: "destination_fqdns", path: "destinationFqdns"},
	{name: "destination_ports", path: "destinationPorts"},
}

// frontDoorSettings are the arguments of a firewall policy of Front Door.
func frontDoorSettings(mode arg) []arg {
	return []arg{
		{name: "sku_name", path: "sku.name"},
		{name: "enabled", path: "properties.policySettings.enabledState", form: enabled, unset: true},
		mode,
	}
}

// cdn is the table of a type of Microsoft.Cdn, which is deployed to no region.
func cdn(name, arm string, at place, args ...arg) schema {
	return schema{name: name, arm: "Microsoft.Cdn/" + arm, api: "2024-02-01", before: map[int]string{2: "2020-09-01", 3: "2021-06-01"}, at: at,
		args: append(args, arg{name: "tags", path: "tags"})}
}

var ofProfile = place{parent: "cdn_frontdoor_profile_id"}

// frontTables are what takes in traffic from the internet and what guards that: the types of internal/services/firewall, cdn,
// frontdoor and trafficmanager, and those of network with a public address.
var frontTables = []schema{
	network("azurerm_public_ip", "publicIPAddresses", place{}, located(
		arg{name: "sku", path: "sku.name"},
		arg{name: "allocation_method", path: "properties.publicIPAllocationMethod"},
		arg{name: "domain_name_label", path: "properties.dnsSettings.domainNameLabel"},
		arg{name: "domain_name_label_scope", path: "properties.dnsSettings.domainNameLabelScope", since: 4},
		arg{name: "ddos_protection_mode", path: "properties.ddosSettings.protectionMode", since: 3,
			unset: "VirtualNetworkInherited", unsetIn: map[int]any{2: nil}},
		arg{name: "ddos_protection_plan_id", path: "properties.ddosSettings.ddosProtectionPlan", form: idOnly, since: 3},
	)...),

	network("azurerm_firewall", "azureFirewalls", place{}, located(
		arg{name: "sku_name", path: "properties.sku.name"},
		arg{name: "sku_tier", path: "properties.sku.tier"},
		arg{name: "firewall_policy_id", path: "properties.firewallPolicy", form: idOnly},
		// Computed since v3.0.
		arg{name: "threat_intel_mode", path: "properties.threatIntelMode", unsetIn: map[int]any{2: "Alert"}},
		arg{name: "ip_configuration", path: "properties.ipConfigurations", many: true, args: ipConfigArgs},
		arg{name: "virtual_hub", path: "properties.virtualHub", args: []arg{{name: "virtual_hub_id", path: "id"}}},
	)...),
	network("azurerm_firewall_policy", "firewallPolicies", place{}, located(
		// Computed in v2.
		arg{name: "sku", path: "properties.sku.tier", unset: "Standard", unsetIn: map[int]any{2: nil}},
		arg{name: "threat_intelligence_mode", path: "properties.threatIntelMode", unset: "Alert"},
		arg{name: "intrusion_detection", path: "properties.intrusionDetection", args: []arg{{name: "mode", path: "mode"}}},
		arg{name: "base_policy_id", path: "properties.basePolicy", form: idOnly},
		arg{name: "dns", path: "properties.dnsSettings", args: []arg{
			{name: "servers", path: "servers"}, {name: "proxy_enabled", path: "enableProxy", form: flag, unset: false},
		}},
		arg{name: "insights", path: "properties.insights", args: []arg{{name: "enabled", path: "isEnabled", form: flag}}},
	)...),
	// Rules for applications and for addresses from outside are not mapped: no rule of ours asks for them.
	network("azurerm_firewall_policy_rule_collection_group", "firewallPolicies/ruleCollectionGroups", place{parent: "firewall_policy_id"},
		arg{name: "priority", path: "properties.priority", form: number},
		arg{name: "network_rule_collection", path: "properties.ruleCollections", many: true, args: []arg{
			{path: "ruleCollectionType", unset: "FirewallPolicyFilterRuleCollection"},
			{name: "name", path: "name"},
			{name: "priority", path: "priority", form: number},
			{name: "action", path: "action.type"},
			{name: "rule", path: "rules", many: true, args: append([]arg{
				{path: "ruleType", unset: "NetworkRule"}, {name: "protocols", path: "ipProtocols"},
			}, firewallRuleArgs...)},
		}}),
	// In ARM it is no resource, but an entry of a list of the firewall.
	network("azurerm_firewall_network_rule_collection", "azureFirewalls/networkRuleCollections", place{names: []string{"azure_firewall_name", "name"}},
		arg{name: "priority", path: "properties.priority", form: number},
		arg{name: "action", path: "properties.action.type"},
		arg{name: "rule", path: "properties.rules", many: true, args: append([]arg{{name: "protocols", path: "protocols"}}, firewallRuleArgs...)},
	),
	network("azurerm_ip_group", "ipGroups", place{}, located(arg{name: "cidrs", path: "properties.ipAddresses"})...),
	// This one too is an entry of a list in ARM.
	network("azurerm_ip_group_cidr", "ipGroups/ipAddresses", place{parent: "ip_group_id", fixed: "cidr"},
		arg{name: "cidr", path: "properties.ipAddresses", form: listOfOne}),

	network("azurerm_application_gateway", "applicationGateways", place{}, located(
		identity,
		arg{name: "sku", path: "properties.sku", args: []arg{{name: "name", path: "name"}, {name: "tier", path: "tier"}}},
		arg{name: "firewall_policy_id", path: "properties.firewallPolicy", form: idOnly},
		arg{name: "waf_configuration", path: "properties.webApplicationFirewallConfiguration", args: []arg{
			{name: "enabled", path: "enabled", form: flag}, {name: "firewall_mode", path: "firewallMode"},
		}},
		arg{name: "gateway_ip_configuration", path: "properties.gatewayIPConfigurations", many: true, args: []arg{
			{name: "name", path: "name"}, {name: "subnet_id", path: "properties.subnet", form: idOnly},
		}},
		arg{name: "frontend_ip_configuration", path: "properties.frontendIPConfigurations", many: true, args: ipConfigArgs},
		arg{name: "backend_address_pool", path: "properties.backendAddressPools", many: true, args: []arg{
			{name: "name", path: "name"},
			{name: "fqdns", path: "properties.backendAddresses", form: objects("fqdn")},
			{name: "ip_addresses", path: "properties.backendAddresses", form: objects("ipAddress")},
		}},
		arg{name: "http_listener", path: "properties.httpListeners", many: true, args: []arg{
			{name: "name", path: "name"}, {name: "firewall_policy_id", path: "properties.firewallPolicy", form: idOnly},
		}},
	)...),
	network("azurerm_web_application_firewall_policy", "ApplicationGatewayWebApplicationFirewallPolicies", place{}, located(
		arg{name: "policy_settings", path: "properties.policySettings", args: []arg{
			{name: "enabled", path: "state", form: enabled, unset: true},
			{name: "mode", path: "mode", unset: "Prevention"},
			{name: "request_body_check", path: "requestBodyCheck", form: flag, unset: true},
		}},
		arg{name: "managed_rules", path: "properties.managedRules", args: []arg{
			{name: "managed_rule_set", path: "managedRuleSets", many: true, args: []arg{
				{name: "type", path: "ruleSetType", unset: "OWASP"}, {name: "version", path: "ruleSetVersion"},
			}},
		}},
	)...),

	network("azurerm_cdn_frontdoor_firewall_policy", "FrontDoorWebApplicationFirewallPolicies", place{},
		frontDoorSettings(arg{name: "mode", path: "properties.policySettings.mode"})...),
	network("azurerm_frontdoor_firewall_policy", "FrontDoorWebApplicationFirewallPolicies", place{},
		frontDoorSettings(arg{name: "mode", path: "properties.policySettings.mode", unset: "Prevention"})...),
	network("azurerm_frontdoor", "frontDoors", place{},
		arg{name: "tags", path: "tags"},
		arg{name: "frontend_endpoint", path: "properties.frontendEndpoints", many: true, args: []arg{
			{name: "name", path: "name"},
			{name: "host_name", path: "properties.hostName"},
			{name: "web_application_firewall_policy_link_id", path: "properties.webApplicationFirewallPolicyLink", form: idOnly},
		}},
		arg{name: "backend_pool", path: "properties.backendPools", many: true, args: []arg{
			{name: "name", path: "name"},
			{name: "backend", path: "properties.backends", many: true, args: []arg{{name: "address", path: "address"}, {name: "host_header", path: "backendHostHeader"}}},
		}},
	),
	cdn("azurerm_cdn_frontdoor_profile", "profiles", place{}, arg{name: "sku_name", path: "sku.name"}),
	cdn("azurerm_cdn_frontdoor_endpoint", "profiles/afdEndpoints", ofProfile),
	cdn("azurerm_cdn_frontdoor_origin_group", "profiles/originGroups", ofProfile),
	cdn("azurerm_cdn_frontdoor_origin", "profiles/originGroups/origins", place{parent: "cdn_frontdoor_origin_group_id"},
		arg{name: "host_name", path: "properties.hostName"},
		arg{name: "origin_host_header", path: "properties.originHostHeader"},
	),
	cdn("azurerm_cdn_frontdoor_custom_domain", "profiles/customDomains", ofProfile, arg{name: "host_name", path: "properties.hostName"}),
	cdn("azurerm_cdn_frontdoor_security_policy", "profiles/securityPolicies", ofProfile,
		arg{name: "security_policies", path: "properties.parameters", args: []arg{
			{name: "firewall", path: "", args: []arg{
				{name: "cdn_frontdoor_firewall_policy_id", path: "wafPolicy", form: idOnly},
				{name: "association", path: "associations", many: true, args: []arg{
					{name: "domain", path: "domains", many: true, args: []arg{{name: "cdn_frontdoor_domain_id", path: "id"}}},
				}},
			}},
		}},
	),
	cdn("azurerm_cdn_profile", "profiles", place{}, arg{name: "location", path: "location"}, arg{name: "sku", path: "sku.name"}),
	cdn("azurerm_cdn_endpoint", "profiles/endpoints", place{names: []string{"profile_name", "name"}},
		arg{name: "location", path: "location"},
		arg{name: "origin", path: "properties.origins", many: true, args: []arg{{name: "name", path: "name"}, {name: "host_name", path: "properties.hostName"}}},
	),
	network("azurerm_traffic_manager_profile", "trafficManagerProfiles", place{},
		arg{name: "dns_config", path: "properties.dnsConfig", args: []arg{{name: "relative_name", path: "relativeName"}}}),
}
