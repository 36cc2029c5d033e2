package terraform

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// config makes the Config of an instance from pairs of names and values.
func config(pairs ...any) value.Value {
	var fields []value.Field
	for i := 0; i < len(pairs); i += 2 {
		fields = append(fields, value.Field{Name: pairs[i].(string), Value: val(pairs[i+1])})
	}
	return value.OfObject(fields...)
}

func val(x any) value.Value {
	switch x := x.(type) {
	case value.Value:
		return x
	case []any:
		elems := make([]value.Value, len(x))
		for i, e := range x {
			elems[i] = val(e)
		}
		return value.OfArray(elems...)
	}
	return value.Of(x)
}

func unknown(name string) value.Value { return value.NewUnknown("var."+name, name) }

// instance makes one of a major of the provider.
func instance(major int, typ, name string, pairs ...any) *Instance {
	return &Instance{
		Type: typ, Name: name, Address: typ + "." + name, Config: config(pairs...),
		Declaration: typ + "." + name, Provider: Provider{Name: "azurerm", Major: major},
	}
}

func mapped(instances ...*Instance) *model.Deployment {
	d := &model.Deployment{}
	mapAll(instances, d)
	return d
}

func only(t *testing.T, d *model.Deployment, typ string) *model.Resource {
	t.Helper()
	list := d.OfType(typ)
	if len(list) != 1 {
		t.Fatalf("%d resources of type %s, want 1", len(list), typ)
	}
	return list[0]
}

func show(v value.Value) string { return string(value.AppendJSON(nil, v)) }

func TestAccountArguments(t *testing.T) {
	const (
		pna   = "properties.publicNetworkAccess"
		local = "properties.disableLocalAuth"
		rules = "properties.ipRules"
	)
	cases := []struct {
		name  string
		major int
		args  []any
		path  string
		want  string
	}{
		{"omitted", 4, nil, pna, `"Enabled"`},
		{"null", 4, []any{"public_network_access_enabled", nil}, pna, `"Enabled"`},
		{"false", 4, []any{"public_network_access_enabled", false}, pna, `"Disabled"`},
		{"text false", 4, []any{"public_network_access_enabled", "false"}, pna, `"Disabled"`},
		{"text FALSE", 4, []any{"public_network_access_enabled", "FALSE"}, pna, `{"$oneOf":["Disabled","Enabled"]}`},
		{"unknown", 4, []any{"public_network_access_enabled", unknown("p")}, pna, `{"$oneOf":["Disabled","Enabled"]}`},
		{"either", 4, []any{"public_network_access_enabled", value.OneOf("", value.OfBool(false), value.NullValue)}, pna, `{"$oneOf":["Disabled","Enabled"]}`},

		{"local auth omitted", 3, nil, local, `false`},
		{"local auth disabled", 3, []any{"local_authentication_disabled", true}, local, `true`},
		{"local auth not enabled", 5, []any{"local_authentication_enabled", false}, local, `true`},
		{"local auth both: disabled wins", 4, []any{"local_authentication_enabled", true, "local_authentication_disabled", true}, local, `true`},
		{"local auth unknown", 5, []any{"local_authentication_enabled", unknown("e")}, local, `{"$unknown":"!var.e"}`},
		{"metadata writes", 4, []any{"access_key_metadata_writes_enabled", false}, "properties.disableKeyBasedMetadataWriteAccess", `true`},

		{"no ip rules", 3, nil, rules, `[]`},
		{"empty string", 3, []any{"ip_range_filter", ""}, rules, `[]`},
		{"string with commas", 3, []any{"ip_range_filter", "0.0.0.0, 10.0.0.0/16"}, rules,
			`[{"ipAddressOrRange":"0.0.0.0"},{"ipAddressOrRange":"10.0.0.0/16"}]`},
		{"set", 4, []any{"ip_range_filter", []any{"0.0.0.0"}}, rules, `[{"ipAddressOrRange":"0.0.0.0"}]`},
		{"string with a hole", 3, []any{"ip_range_filter", value.Template(value.OfString("0.0.0.0,1.2.3.4"), unknown("more"))}, rules,
			`[{"ipAddressOrRange":"0.0.0.0"},{"$more":true}]`},
		{"open set", 4, []any{"ip_range_filter", val([]any{"0.0.0.0"}).AsOpen()}, rules, `[{"ipAddressOrRange":"0.0.0.0"},{"$more":true}]`},
		{"unknown set", 4, []any{"ip_range_filter", unknown("ips")}, rules, `{"$unknown":"var.ips"}`},

		{"tls in v3", 3, nil, "properties.minimalTlsVersion", `{"$absent":true}`},
		{"tls in v4", 4, nil, "properties.minimalTlsVersion", `"Tls12"`},
		{"no key", 4, []any{"key_vault_key_id", ""}, "properties.keyVaultKeyUri", `{"$absent":true}`},
		{"backup", 4, []any{"backup", []any{config("type", "Periodic", "interval_in_minutes", 60, "retention_in_hours", 0)}},
			"properties.backupPolicy", `{"type":"Periodic","periodicModeProperties":{"backupIntervalInMinutes":60}}`},
		{"backup that may be missing", 4, []any{"backup", val([]any{}).AsOpen()}, "properties.backupPolicy", `{"$unknown":""}`},
		{"cors", 4, []any{"cors_rule", []any{config("allowed_origins", []any{"https://a", "*"})}}, "properties.cors", `[{"allowedOrigins":"https://a,*"}]`},
		{"bypass", 4, []any{"network_acl_bypass_for_azure_services", true}, "properties.networkAclBypass", `"AzureServices"`},
		{"old name", 3, []any{"enable_automatic_failover", true}, "properties.enableAutomaticFailover", `true`},
		{"block as an object", 4, []any{"geo_location", config("location", "westeurope", "failover_priority", "0")}, "properties.locations",
			`[{"locationName":"westeurope","failoverPriority":0,"isZoneRedundant":false}]`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			args := append([]any{"name", "a", "resource_group_name", "g"}, c.args...)
			r := only(t, mapped(instance(c.major, "azurerm_cosmosdb_account", "a", args...)), accountType)
			if got := show(follow(r.Body, c.path)); got != c.want {
				t.Errorf("%s is %s, want %s", c.path, got, c.want)
			}
		})
	}
}

func TestIgnoredArgumentIsUnknown(t *testing.T) {
	in := instance(4, "azurerm_cosmosdb_account", "a", "name", "a")
	in.Ignored = []string{"public_network_access_enabled"}
	if v := only(t, mapped(in), accountType).Body.GetPath("properties.publicNetworkAccess"); v.Kind != value.Unknown {
		t.Errorf("publicNetworkAccess is %s, want unknown", show(v))
	}
}

func ref(address, attr string) value.Value {
	v := value.NewUnknown(address + "." + attr)
	v.NotNull = true
	return v
}

func TestReferences(t *testing.T) {
	d := mapped(
		instance(4, "azurerm_cosmosdb_account", "a", "name", unknown("name"), "resource_group_name", "g"),
		instance(4, "azurerm_cosmosdb_sql_database", "d", "name", "db", "resource_group_name", "g", "account_name", unknown("name")),
		instance(4, "azurerm_private_endpoint", "e", "name", "pe", "resource_group_name", "g", "subnet_id", ref("azurerm_subnet.s", "id"),
			"private_service_connection", []any{config("name", "c", "is_manual_connection", false, "subresource_names", []any{"Sql"},
				"private_connection_resource_id", ref("azurerm_cosmosdb_account.a", "id"))},
			"private_dns_zone_group", []any{config("name", "z", "private_dns_zone_ids", []any{ref("azurerm_private_dns_zone.z", "id")})}),
		instance(4, "azurerm_subnet", "s", "name", "s", "resource_group_name", "g", "virtual_network_name", "v"),
		instance(4, "azurerm_private_dns_zone", "z", "name", "privatelink.documents.azure.com", "resource_group_name", "g"),
		instance(4, "azurerm_private_dns_zone_virtual_network_link", "l", "name", "l", "resource_group_name", "g",
			"private_dns_zone_name", "privatelink.documents.azure.com", "virtual_network_id", ref("data.azurerm_virtual_network.v", "id")),
		instance(5, "azurerm_private_dns_zone_virtual_network_link", "l5", "name", "l5",
			"private_dns_zone_id", ref("azurerm_private_dns_zone.z", "id"), "virtual_network_id", unknown("vnet")),
		instance(4, "azurerm_subnet_network_security_group_association", "x", "subnet_id", ref("azurerm_subnet.s", "id"),
			"network_security_group_id", ref("azurerm_network_security_group.n", "id")),
		instance(4, "azurerm_network_security_group", "n", "name", "n", "resource_group_name", "g"),
		&Instance{Data: true, Type: "azurerm_virtual_network", Name: "v", Address: "data.azurerm_virtual_network.v",
			Config: config("name", "v", "resource_group_name", "g")},
	)
	account, endpoint := only(t, d, accountType), only(t, d, endpointType)
	target := endpoint.Body.GetPath(autoConnections).Index(0).GetPath("properties.privateLinkServiceId")
	if account.Refers(target) != value.True {
		t.Errorf("the endpoint's target %s is not the account", show(target))
	}
	if id, ok := model.ParseID(target); !ok || id.Type != accountType {
		t.Errorf("the endpoint's target %s does not tell its type", show(target))
	}
	if db := only(t, d, accountType+"/sqlDatabases"); db.Parent != account {
		t.Error("the database has no parent")
	}
	subnet, zone := only(t, d, subnetType), only(t, d, zoneType)
	if subnet.Refers(endpoint.Body.GetPath("properties.subnet.id")) != value.True {
		t.Error("the endpoint's subnet is not found")
	}
	if subnet.Parent == nil || !subnet.Parent.Existing {
		t.Error("the subnet's network is not the data source")
	}
	if nsg := subnet.Body.GetPath("properties.networkSecurityGroup.id"); only(t, d, groupsType).Refers(nsg) != value.True {
		t.Errorf("the subnet's group is %s", show(nsg))
	}
	group := only(t, d, endpointType+"/privateDnsZoneGroups")
	if group.Parent != endpoint || zone.Refers(follow(group.Body, "properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId")) != value.True {
		t.Errorf("zone group %s", show(group.Body))
	}
	for _, l := range d.OfType(zoneType + "/virtualNetworkLinks") {
		if l.Parent != zone {
			t.Errorf("link %s has no parent: %s", l.Path, show(l.Name))
		}
	}
}

// TestSubscription: data sources that tell of the provider's subscription, in the scope of a lock.
func TestSubscription(t *testing.T) {
	data := func(typ, address string, arguments ...any) *Instance {
		in := instance(4, typ, "c", arguments...)
		in.Data, in.Address = true, address
		return in
	}
	for _, tt := range []struct {
		scope value.Value
		want  string
	}{
		{ref("data.azurerm_subscription.c", "id"), `{"$template":["/subscriptions/",{"$unknown":"subscription()"}]}`},
		{ref("data.azurerm_subscription.c", "subscription_id"), `{"$unknown":"subscription()"}`},
		{ref("data.azurerm_client_config.c", "subscription_id"), `{"$unknown":"subscription()"}`},
		{ref("data.azurerm_subscription.other", "id"), `"/subscriptions/s2"`},
		{ref("data.azurerm_subscription.loop", "id"), `{"$template":["/subscriptions/",{"$unknown":"data.azurerm_subscription.loop2.subscription_id"}]}`},
		{ref("azurerm_subscription.new", "subscription_id"), `{"$unknown":"reference('/providers/Microsoft.Resources/subscriptions/x').subscription_id"}`},
	} {
		d := mapped(data("azurerm_subscription", "data.azurerm_subscription.c"), data("azurerm_client_config", "data.azurerm_client_config.c"),
			data("azurerm_subscription", "data.azurerm_subscription.other", "subscription_id", "s2"),
			data("azurerm_subscription", "data.azurerm_subscription.loop", "subscription_id", ref("data.azurerm_subscription.loop2", "subscription_id")),
			data("azurerm_subscription", "data.azurerm_subscription.loop2", "subscription_id", ref("data.azurerm_subscription.loop", "subscription_id")),
			instance(4, "azurerm_subscription", "new", "subscription_id", "x"),
			instance(4, "azurerm_management_lock", "l", "name", "l", "scope", tt.scope, "lock_level", "CanNotDelete"))
		if got := show(only(t, d, "Microsoft.Authorization/locks").Scope); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.scope.Sym(), got, tt.want)
		}
	}
}

// TestAttributesInExpressions: what is told to a program is known to be an account's also behind a function.
func TestAttributesInExpressions(t *testing.T) {
	const id = "'/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/acc'"
	for sym, want := range map[string]string{
		"azurerm_cosmosdb_account.a.endpoint":                                "reference(" + id + ").endpoint",
		"base64encode(azurerm_cosmosdb_account.a.endpoint)":                  "base64encode(reference(" + id + ").endpoint)",
		"f(azurerm_cosmosdb_account.a.id, azurerm_cosmosdb_account.a.x)":     "f(" + id + ", reference(" + id + ").x)",
		"f('azurerm_cosmosdb_account.a.x', azurerm_cosmosdb_account.a.x[0])": "f('azurerm_cosmosdb_account.a.x', reference(" + id + ").x[0])",
		"f(azurerm_cosmosdb_account.b.endpoint)":                             "f(azurerm_cosmosdb_account.b.endpoint)",
		"f('it''s', var.x, \"[\", ]":                                         "f('it''s', var.x, \"[\", ]",
	} {
		in := instance(4, "azurerm_cosmosdb_account", "a", "name", "acc", "resource_group_name", "g")
		in.Provider.Config = config("subscription_id", "s")
		user := instance(4, "azurerm_linux_virtual_machine", "m", "name", "m", "custom_data", value.NewUnknown(sym))
		if got := only(t, mapped(in, user), machineType).Body.GetPath("properties.osProfile.customData").Sym(); got != want {
			t.Errorf("%s: %s, want %s", sym, got, want)
		}
	}
}

func TestInlineSubnet(t *testing.T) {
	d := mapped(
		instance(4, "azurerm_virtual_network", "v", "name", "v", "resource_group_name", "g",
			"subnet", []any{config("name", "a", "address_prefixes", []any{"10.0.0.0/24"}), config("name", "b", "security_group", "/nsg")}),
		instance(4, "azurerm_private_endpoint", "e", "name", "e", "subnet_id", value.NewUnknown("azurerm_virtual_network.v.subnet[1].id"),
			"private_service_connection", []any{config("name", "c")}),
	)
	id, ok := model.ParseID(only(t, d, endpointType).Body.GetPath("properties.subnet.id"))
	if !ok || id.Type != subnetType || show(id.Names[1]) != `"b"` {
		t.Errorf("subnet %+v", id)
	}
	if got := show(follow(only(t, d, networkType).Body, "properties.subnets.1.properties.networkSecurityGroup.id")); got != `"/nsg"` {
		t.Errorf("group %s", got)
	}
}

func TestZoneGroupMadeByPolicy(t *testing.T) {
	in := instance(4, "azurerm_private_endpoint", "e", "name", "pe",
		"private_service_connection", []any{config("name", "c", "is_manual_connection", true)})
	in.Ignored = []string{"private_dns_zone_group"}
	d := mapped(in)
	if g := only(t, d, endpointType+"/privateDnsZoneGroups"); !g.Existing {
		t.Error("the group is not one that exists")
	}
	if list := only(t, d, endpointType).Body.GetPath(manualConnections); len(list.Elems()) != 1 {
		t.Errorf("manual connections: %s", show(list))
	}
}

func TestSubnetPolicies(t *testing.T) {
	const path = "properties.privateEndpointNetworkPolicies"
	for _, c := range []struct {
		major int
		args  []any
		want  string
	}{
		{3, nil, `"Enabled"`},
		{4, nil, `"Disabled"`},
		{0, nil, `{"$oneOf":["Disabled","Enabled"]}`},
		{3, []any{"enforce_private_link_endpoint_network_policies", true}, `"Disabled"`},
		{3, []any{"private_endpoint_network_policies_enabled", true}, `"Enabled"`},
		{4, []any{"private_endpoint_network_policies", unknown("p")}, `{"$unknown":"var.p"}`},
	} {
		r := only(t, mapped(instance(c.major, "azurerm_subnet", "s", append([]any{"name", "s"}, c.args...)...)), subnetType)
		if got := show(r.Body.GetPath(path)); got != c.want {
			t.Errorf("v%d %v: %s, want %s", c.major, c.args, got, c.want)
		}
	}
}

func TestAzAPI(t *testing.T) {
	account := instance(4, "azurerm_cosmosdb_account", "a", "name", "a", "resource_group_name", "g")
	update := instance(2, "azapi_update_resource", "u", "type", accountType+"@2024-11-15", "resource_id", ref("azurerm_cosmosdb_account.a", "id"),
		"body", config("properties", config("disableLocalAuth", true, "ipRules", []any{config("ipAddressOrRange", "1.2.3.4")})))
	own := instance(2, "azapi_resource", "b", "type", accountType+"@2024-11-15", "name", "b",
		"parent_id", ref("azurerm_resource_group.g", "id"), "location", "westeurope",
		"body", `{"properties":{"disableLocalAuth":false}}`, "sensitive_body", config("properties", config("publicNetworkAccess", "Disabled")))
	child := instance(2, "azapi_resource", "c", "type", accountType+"/sqlRoleAssignments@2024-11-15", "name", "x", "parent_id", ref("azapi_resource.b", "id"))
	group := instance(4, "azurerm_resource_group", "g", "name", "g")
	d := mapped(account, update, own, child, group)
	list := d.OfType(accountType)
	if len(list) != 2 {
		t.Fatalf("%d accounts", len(list))
	}
	if got := show(list[0].Body.GetPath("properties.disableLocalAuth")); got != "true" {
		t.Errorf("updated: %s", got)
	}
	if got := show(list[0].Body.GetPath("properties.publicNetworkAccess")); got != `"Enabled"` {
		t.Errorf("not updated: %s", got)
	}
	if got := show(list[1].Body); got != `{"properties":{"disableLocalAuth":false,"publicNetworkAccess":"Disabled"},"location":"westeurope"}` {
		t.Errorf("body %s", got)
	}
	if list[1].APIVersion != "2024-11-15" || show(list[1].ID) == "" {
		t.Errorf("%s %s", list[1].APIVersion, show(list[1].ID))
	}
	if c := only(t, d, accountType+"/sqlRoleAssignments"); c.Parent != list[1] {
		t.Errorf("child %s", show(c.Name))
	}
}

// An update sends the resource under an API version of its own: what it sets has to be known to that one.
func TestVersionOfUpdate(t *testing.T) {
	for version, want := range map[string]string{"2025-04-15": "2025-04-15", "2020-04-01": "2021-10-15"} {
		d := mapped(instance(2, "azurerm_cosmosdb_account", "a", "name", "a", "resource_group_name", "g"),
			instance(2, "azapi_update_resource", "u", "type", accountType+"@"+version, "resource_id", ref("azurerm_cosmosdb_account.a", "id"),
				"body", config("properties", config("minimalTlsVersion", "Tls12"))))
		if r := only(t, d, accountType); r.APIVersion != want {
			t.Errorf("updated under %s: %s, want %s", version, r.APIVersion, want)
		}
	}
}

// An update of something that is elsewhere says nothing of what it does not set.
func TestUpdateWithoutTarget(t *testing.T) {
	d := mapped(instance(2, "azapi_update_resource", "u", "type", accountType+"@2024-11-15", "resource_id", unknown("id"),
		"body", config("properties", config("disableLocalAuth", false))))
	r := only(t, d, accountType)
	if v := r.Body.GetPath("properties.publicNetworkAccess"); v.Kind != value.Unknown {
		t.Errorf("publicNetworkAccess is %s, want unknown", show(v))
	}
}

// An update of an extension resource, such as the setting of Defender that every account has, is attached to what its id says.
func TestUpdateOfExtension(t *testing.T) {
	const setting = "Microsoft.Security/advancedThreatProtectionSettings"
	account := instance(4, "azurerm_cosmosdb_account", "a", "name", "a", "resource_group_name", "g")
	id := value.Template(ref("azurerm_cosmosdb_account.a", "id"), value.OfString("/providers/"+setting+"/current"))
	d := mapped(account, instance(2, "azapi_update_resource", "u", "type", setting+"@2019-01-01", "resource_id", id,
		"body", config("properties", config("isEnabled", true))))
	if r := only(t, d, setting); only(t, d, accountType).Refers(r.Scope) != value.True {
		t.Errorf("attached to %s", show(r.Scope))
	}
}

func TestSpell(t *testing.T) {
	for _, c := range []struct {
		typ, path string
		major     int
		args      []any
		want      string
	}{
		{"azurerm_cosmosdb_account", "properties.publicNetworkAccess", 4, nil, "public_network_access_enabled"},
		{"azurerm_cosmosdb_account", "properties.disableLocalAuth", 3, nil, "local_authentication_disabled"},
		{"azurerm_cosmosdb_account", "properties.disableLocalAuth", 4, nil, "local_authentication_disabled"},
		{"azurerm_cosmosdb_account", "properties.disableLocalAuth", 5, nil, "local_authentication_enabled"},
		{"azurerm_cosmosdb_account", "properties.disableLocalAuth", 0, nil, "local_authentication_enabled"},
		{"azurerm_cosmosdb_account", "properties.disableLocalAuth", 4, []any{"local_authentication_enabled", true}, "local_authentication_enabled"},
		{"azurerm_cosmosdb_account", "properties.ipRules.1.ipAddressOrRange", 4, nil, "ip_range_filter[1]"},
		{"azurerm_cosmosdb_account", "properties.ipRules", 4, nil, "ip_range_filter"},
		{"azurerm_cosmosdb_account", "properties.virtualNetworkRules.0.ignoreMissingVNetServiceEndpoint", 4, nil,
			"virtual_network_rule[0].ignore_missing_vnet_service_endpoint"},
		{"azurerm_cosmosdb_account", "properties.backupPolicy.periodicModeProperties.backupStorageRedundancy", 4, nil, "backup.storage_redundancy"},
		{"azurerm_cosmosdb_account", "properties.cors.0.allowedOrigins", 4, nil, "cors_rule[0].allowed_origins"},
		{"azurerm_cosmosdb_account", "properties.customerManagedKeyStatus", 4, nil, "customerManagedKeyStatus"},
		{"azurerm_subnet", "properties.networkSecurityGroup", 4, nil, "azurerm_subnet_network_security_group_association"},
		{"azurerm_subnet", "properties.networkSecurityGroup.id", 5, nil, "network_security_group_id_wo"},
		{"azurerm_cosmosdb_account", "properties.minimalTlsVersion", 2, nil, "minimalTlsVersion"},
		{"azurerm_subnet", "properties.serviceEndpoints", 4, nil, "service_endpoints"},
		{"azurerm_subnet", "properties.serviceEndpoints", 5, nil, "service_endpoint"},
		{"azurerm_virtual_network", "properties.subnets.0.properties.privateEndpointNetworkPolicies", 4, nil, "subnet[0].private_endpoint_network_policies"},
		{"azurerm_private_endpoint", "properties.privateLinkServiceConnections.0.properties.groupIds.0", 4, nil,
			"private_service_connection[0].subresource_names[0]"},
		{"azurerm_private_endpoint", "properties.subnet.id", 4, nil, "subnet_id"},
		{"azurerm_mongo_cluster", "properties.authConfig.allowedModes", 4, nil, "authentication_methods"},
		{"azurerm_virtual_network", "properties.ddosProtectionPlan.id", 4, nil, "ddos_protection_plan.id"},
	} {
		d := &dialect{schema: schemas[c.typ], in: instance(c.major, c.typ, "x", c.args...)}
		if got := d.Spell("", c.path); got != c.want {
			t.Errorf("%s in v%d of %s is spelled %q, want %q", c.path, c.major, c.typ, got, c.want)
		}
	}
}

// Every path of a table has a spelling that leads back to its argument.
func TestTablesReadBothWays(t *testing.T) {
	for name, s := range schemas {
		checkArgs(t, name, s, "", s.args)
	}
}

func checkArgs(t *testing.T, name string, s *schema, prefix string, args []arg) {
	for i := range args {
		a := &args[i]
		path := prefix + a.path
		if a.args != nil {
			inner := path + "."
			if a.path == "" {
				inner = prefix
			}
			if a.many {
				inner = path + ".0."
			}
			checkArgs(t, name, s, inner, a.args)
			continue
		}
		d := &dialect{schema: s}
		if got := d.Spell("", path); strings.Contains(got, "properties") && got != a.name || got == "" {
			t.Errorf("%s: %s is spelled %q", name, path, got)
		}
	}
}

// edited applies edits to the text of the file they are in.
func edited(edits []source.Edit) string {
	if len(edits) == 0 {
		return ""
	}
	text := string(edits[0].Span.File.Data)
	for i := len(edits) - 1; i >= 0; i-- {
		e := edits[i]
		text = text[:e.Span.Start] + e.New + text[e.Span.End:]
	}
	return text
}

// A hostile root with as many instances as there may be is mapped in a moment.
func TestManyInstances(t *testing.T) {
	var list []*Instance
	for i := range maxInstances / 4 {
		n := strconv.Itoa(i)
		list = append(list,
			instance(4, "azurerm_subnet", n, "name", n, "resource_group_name", "g", "virtual_network_name", "v"),
			instance(4, "azurerm_subnet_network_security_group_association", n, "subnet_id", unknown(n), "network_security_group_id", "/x"),
			instance(4, "azurerm_virtual_network", n, "name", "v"+n, "resource_group_name", "g"),
			instance(2, "azapi_update_resource", n, "type", subnetType+"@2024-01-01", "resource_id", ref("azurerm_subnet."+n, "id"), "body", config("properties", config("a", n))),
		)
	}
	start := time.Now()
	if d := mapped(list...); len(d.OfType(subnetType)) != maxInstances/4 {
		t.Errorf("%d subnets", len(d.OfType(subnetType)))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}

// Names that are made of each other's ids end somewhere.
func TestCycleOfNames(t *testing.T) {
	d := mapped(
		instance(4, "azurerm_cosmosdb_account", "a", "name", ref("azurerm_cosmosdb_account.b", "id")),
		instance(4, "azurerm_cosmosdb_account", "b", "name", value.Template(ref("azurerm_cosmosdb_account.a", "id"), ref("azurerm_cosmosdb_account.b", "id"))),
	)
	if len(d.OfType(accountType)) != 2 {
		t.Error("an account is missing")
	}
}

// TestTables finds no type in two tables: only one of them would count.
func TestTables(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range tables {
		for _, s := range table {
			if seen[s.name] {
				t.Errorf("%s is there twice", s.name)
			}
			seen[s.name] = true
		}
	}
}
