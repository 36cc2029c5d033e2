package terraform

import "testing"

// TestFrontTables converts what guards a network and takes in traffic: each row is one property of one resource.
func TestFrontTables(t *testing.T) {
	const policy = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/firewallPolicies/p"
	for _, c := range []struct {
		name  string
		major int
		typ   string
		args  []any
		path  string
		want  string
	}{
		{"mode of a firewall in v2", 2, "azurerm_firewall", nil, "properties.threatIntelMode", `"Alert"`},
		{"mode of a firewall in v4", 4, "azurerm_firewall", nil, "properties.threatIntelMode", `{"$absent":true}`},
		{"mode of a firewall", 4, "azurerm_firewall", []any{"threat_intel_mode", "Deny"}, "properties.threatIntelMode", `"Deny"`},
		{"hub of a firewall", 4, "azurerm_firewall", []any{"virtual_hub", []any{config("virtual_hub_id", "h")}}, "properties.virtualHub", `{"id":"h"}`},
		{"address of a firewall", 4, "azurerm_firewall",
			[]any{"ip_configuration", []any{config("name", "c", "subnet_id", "s", "public_ip_address_id", "p")}}, "properties.ipConfigurations",
			`[{"name":"c","properties":{"subnet":{"id":"s"},"publicIPAddress":{"id":"p"}}}]`},
		{"sku of a policy in v2", 2, "azurerm_firewall_policy", nil, "properties.sku", `{"$absent":true}`},
		{"sku of a policy", 3, "azurerm_firewall_policy", nil, "properties.sku", `{"tier":"Standard"}`},
		{"mode of a policy", 5, "azurerm_firewall_policy", nil, "properties.threatIntelMode", `"Alert"`},
		{"unknown mode", 5, "azurerm_firewall_policy", []any{"threat_intelligence_mode", unknown("m")}, "properties.threatIntelMode", `{"$unknown":"var.m"}`},
		{"no intrusion detection", 4, "azurerm_firewall_policy", nil, "properties.intrusionDetection", `{"$absent":true}`},
		{"intrusion detection", 4, "azurerm_firewall_policy", []any{"intrusion_detection", []any{config("mode", "Deny")}}, "properties.intrusionDetection", `{"mode":"Deny"}`},
		{"base policy", 4, "azurerm_firewall_policy", []any{"base_policy_id", policy}, "properties.basePolicy.id", `"` + policy + `"`},

		{"rules of a policy", 4, "azurerm_firewall_policy_rule_collection_group", []any{"firewall_policy_id", policy,
			"network_rule_collection", []any{config("name", "c", "priority", 100, "action", "Allow", "rule", []any{config("name", "r", "protocols", []any{"TCP"},
				"destination_addresses", []any{"AzureCloud"}, "destination_ports", []any{"443"})})}}, "properties.ruleCollections",
			`[{"name":"c","priority":100,"action":{"type":"Allow"},"rules":[{"ipProtocols":["TCP"],"name":"r","destinationAddresses":["AzureCloud"],` +
				`"destinationPorts":["443"],"ruleType":"NetworkRule"}],"ruleCollectionType":"FirewallPolicyFilterRuleCollection"}]`},
		{"rules of a firewall", 3, "azurerm_firewall_network_rule_collection", []any{"azure_firewall_name", "f", "action", "Allow",
			"rule", []any{config("name", "r", "protocols", []any{"TCP"}, "destination_ip_groups", []any{"i"}, "destination_ports", []any{"*"})}}, "properties",
			`{"action":{"type":"Allow"},"rules":[{"protocols":["TCP"],"name":"r","destinationIpGroups":["i"],"destinationPorts":["*"]}]}`},
		{"IP group", 4, "azurerm_ip_group", []any{"cidrs", []any{"10.0.0.0/8"}}, "properties.ipAddresses", `["10.0.0.0/8"]`},
		{"address of an IP group", 4, "azurerm_ip_group_cidr", []any{"cidr", "10.0.0.0/8",
			"ip_group_id", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/ipGroups/i"}, "properties.ipAddresses", `["10.0.0.0/8"]`},

		{"address in v2", 2, "azurerm_public_ip", nil, "properties.ddosSettings", `{"$absent":true}`},
		{"address", 4, "azurerm_public_ip", nil, "properties.ddosSettings.protectionMode", `"VirtualNetworkInherited"`},
		{"protected address", 4, "azurerm_public_ip", []any{"ddos_protection_mode", "Enabled"}, "properties.ddosSettings.protectionMode", `"Enabled"`},
		{"label", 3, "azurerm_public_ip", []any{"domain_name_label", "l"}, "properties.dnsSettings.domainNameLabel", `"l"`},

		{"backends", 4, "azurerm_application_gateway",
			[]any{"backend_address_pool", []any{config("name", "b", "fqdns", []any{"app1.azurewebsites.net"})}}, "properties.backendAddressPools",
			`[{"name":"b","properties":{"backendAddresses":[{"fqdn":"app1.azurewebsites.net"}]}}]`},
		{"firewall of a gateway", 4, "azurerm_application_gateway", []any{"waf_configuration", []any{config("enabled", true, "firewall_mode", "Detection")}},
			"properties.webApplicationFirewallConfiguration", `{"enabled":true,"firewallMode":"Detection"}`},
		{"policy without settings", 4, "azurerm_web_application_firewall_policy", nil, "properties.policySettings", `{"$absent":true}`},
		{"policy with settings", 4, "azurerm_web_application_firewall_policy", []any{"policy_settings", []any{config("request_body_check", false)}},
			"properties.policySettings", `{"requestBodyCheck":false,"state":"Enabled","mode":"Prevention"}`},
		{"policy of Front Door", 4, "azurerm_cdn_frontdoor_firewall_policy", []any{"enabled", false, "mode", "Prevention"},
			"properties.policySettings", `{"enabledState":"Disabled","mode":"Prevention"}`},
		{"association of a policy", 4, "azurerm_cdn_frontdoor_security_policy", []any{
			"cdn_frontdoor_profile_id", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Cdn/profiles/f",
			"security_policies", []any{config("firewall", []any{config("cdn_frontdoor_firewall_policy_id", "w",
				"association", []any{config("domain", []any{config("cdn_frontdoor_domain_id", "d")}, "patterns_to_match", []any{"/*"})})})},
		}, "properties.parameters", `{"wafPolicy":{"id":"w"},"associations":[{"domains":[{"id":"d"}]}]}`},
		{"backends of Front Door", 3, "azurerm_frontdoor", []any{"backend_pool", []any{config("backend", []any{config("address", "a")})}},
			"properties.backendPools", `[{"properties":{"backends":[{"address":"a"}]}}]`},
		{"name of traffic manager", 4, "azurerm_traffic_manager_profile", []any{"dns_config", []any{config("relative_name", "tm", "ttl", 60)}},
			"properties.dnsConfig", `{"relativeName":"tm"}`},
		{"route", 4, "azurerm_route_table", []any{"route", []any{config("name", "r", "next_hop_type", "VirtualAppliance", "next_hop_in_ip_address", "10.0.0.4")}},
			"properties.routes", `[{"name":"r","properties":{"nextHopType":"VirtualAppliance","nextHopIpAddress":"10.0.0.4"}}]`},
		{"alias record", 4, "azurerm_dns_cname_record", []any{"zone_name", "z", "target_resource_id", "t"}, "properties.targetResource", `{"id":"t"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := append([]any{"name", "a", "resource_group_name", "g"}, c.args...)
			r := mapped(instance(c.major, c.typ, "a", args...)).Resources[0]
			if got := show(follow(r.Body, c.path)); got != c.want {
				t.Errorf("%s is %s, want %s", c.path, got, c.want)
			}
		})
	}
}
