package terraform

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestSpelling(t *testing.T) {
	for _, c := range []struct {
		typ   string
		major int
		path  string
		v     value.Value
		want  string
		value string
	}{
		{accountType, 4, "properties.publicNetworkAccess", value.OfString("disabled"), "public_network_access_enabled", `false`},
		{accountType, 5, "properties.disableLocalAuth", value.OfBool(true), "local_authentication_enabled", `false`},
		{accountType, 4, "properties.virtualNetworkRules.1.id", value.OfString("x"), "virtual_network_rule[1].id", `"x"`},
		{accountType, 4, "properties.ipRules", value.OfArray(wrap("ipAddressOrRange", value.OfString("1.2.3.4"), value.Value{}.Span)), "ip_range_filter", `["1.2.3.4"]`},
		{accountType, 4, "properties.cors.0.allowedOrigins", value.OfString("a,b"), "cors_rule[0].allowed_origins", `["a","b"]`},
		{accountType, 4, "properties.customerManagedKeyStatus", value.OfString("x"), "", ``},
		{"Microsoft.Network/privateEndpoints", 4, "properties.privateLinkServiceConnections.0.properties.groupIds", value.OfArray(value.OfString("Sql")),
			"private_service_connection[0].subresource_names", `["Sql"]`},
	} {
		s, ok := SpellingOf(c.typ, c.major)
		if !ok {
			t.Fatalf("no spelling of %s", c.typ)
		}
		got, ok := s.Argument(c.path)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s in v%d is %q, want %q", c.path, c.major, got, c.want)
		}
		if v := show(s.Value(c.path, c.v)); ok && v != c.value {
			t.Errorf("%s: %s, want %s", c.path, v, c.value)
		}
	}
	if _, ok := SpellingOf("Microsoft.X/y", 4); ok {
		t.Error("a type that nobody has is spelled")
	}
}
