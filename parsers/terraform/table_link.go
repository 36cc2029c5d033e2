package terraform

// ofHub is the place of a gateway in a virtual hub: a property of it.
var ofHub = arg{name: "virtual_hub_id", path: "properties.virtualHub", form: idOnly}

// clientArgs are those of a VPN gateway for people.
var clientArgs = []arg{
	{name: "address_space", path: "vpnClientAddressPool.addressPrefixes"},
	{name: "vpn_auth_types", path: "vpnAuthenticationTypes"},
	{name: "vpn_client_protocols", path: "vpnClientProtocols"},
	{name: "aad_tenant", path: "aadTenant"},
	{name: "root_certificate", path: "vpnClientRootCertificates", many: true, args: []arg{
		{name: "name", path: "name"}, {name: "public_cert_data", path: "properties.publicCertData"},
	}},
	{name: "radius_server_address", path: "radiusServerAddress"},
	{name: "radius_server", path: "radiusServers", many: true, since: 3, args: []arg{{name: "address", path: "radiusServerAddress"}}},
}

// linkTables are the types of internal/services/network that join networks to others: gateways, hubs and their connections.
var linkTables = []schema{
	network("azurerm_virtual_network_gateway", "virtualNetworkGateways", place{}, located(
		arg{name: "type", path: "properties.gatewayType"},
		arg{name: "vpn_type", path: "properties.vpnType", unset: "RouteBased"},
		arg{name: "sku", path: "properties.sku", form: nameAndTier},
		arg{name: "generation", path: "properties.vpnGatewayGeneration"},
		arg{name: "ip_configuration", path: "properties.ipConfigurations", many: true, args: ipConfigArgs},
		arg{name: "vpn_client_configuration", path: "properties.vpnClientConfiguration", args: clientArgs},
	)...),
	network("azurerm_virtual_network_gateway_connection", "connections", place{}, located(
		arg{name: "type", path: "properties.connectionType"},
		arg{name: "virtual_network_gateway_id", path: "properties.virtualNetworkGateway1", form: idOnly},
		arg{name: "peer_virtual_network_gateway_id", path: "properties.virtualNetworkGateway2", form: idOnly},
		arg{name: "express_route_circuit_id", path: "properties.peer", form: idOnly},
		arg{name: "connection_protocol", path: "properties.connectionProtocol"},
		arg{name: "shared_key", path: "properties.sharedKey"},
	)...),
	network("azurerm_express_route_circuit", "expressRouteCircuits", place{}, located()...),
	network("azurerm_express_route_circuit_peering", "expressRouteCircuits/peerings",
		place{names: []string{"express_route_circuit_name", "peering_type"}}, arg{name: "peering_type", path: "properties.peeringType"}),
	network("azurerm_express_route_gateway", "expressRouteGateways", place{}, located(ofHub)...),
	network("azurerm_vpn_gateway", "vpnGateways", place{}, located(ofHub)...),
	network("azurerm_vpn_gateway_connection", "vpnGateways/vpnConnections", place{parent: "vpn_gateway_id"},
		arg{name: "vpn_link", path: "properties.vpnLinkConnections", many: true, args: []arg{
			{name: "name", path: "name"},
			{name: "protocol", path: "properties.vpnConnectionProtocolType", unset: "IKEv2"},
		}},
	),
	network("azurerm_point_to_site_vpn_gateway", "p2sVpnGateways", place{}, located(ofHub,
		arg{name: "vpn_server_configuration_id", path: "properties.vpnServerConfiguration", form: idOnly})...),
	network("azurerm_vpn_server_configuration", "vpnServerConfigurations", place{}, located(
		arg{name: "vpn_authentication_types", path: "properties.vpnAuthenticationTypes"},
		arg{name: "vpn_protocols", path: "properties.vpnProtocols"},
	)...),
	network("azurerm_virtual_hub", "virtualHubs", place{}, located()...),
	network("azurerm_virtual_hub_connection", "virtualHubs/hubVirtualNetworkConnections", place{parent: "virtual_hub_id"},
		arg{name: "remote_virtual_network_id", path: "properties.remoteVirtualNetwork", form: idOnly}),
}
