package terraform

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// secretNames are attributes that are keys, passwords or contain them, whatever the type of resource. Sources: the
// attribute references of azurerm_cosmosdb_account, azurerm_storage_account, azurerm_servicebus_namespace and others in
// the documentation of hashicorp/terraform-provider-azurerm.
var secretNames = []string{
	"connection_string", "connection_strings", "primary_key", "secondary_key", "primary_readonly_key", "secondary_readonly_key",
	"primary_master_key", "secondary_master_key", "primary_readonly_master_key", "secondary_readonly_master_key",
	"primary_access_key", "secondary_access_key", "primary_shared_key", "secondary_shared_key", "primary_user_password",
	"password", "admin_password", "administrator_password", "administrator_login_password", "client_secret", "private_key_pem",
	"account_key", "sas", "bearer_token", "kube_config_raw", "kube_admin_config_raw",
}

// secretAttribute reports whether an attribute of a resource or data source is a secret.
func secretAttribute(typ, name string) bool {
	switch {
	case typ == "random_password" && (name == "result" || name == "bcrypt_hash"):
		return true
	case strings.HasPrefix(typ, "azurerm_key_vault_secret") && (name == "value" || name == "value_wo"):
		return true
	case strings.HasPrefix(typ, "azuread_") && name == "value":
		return true
	case strings.HasSuffix(name, "_connection_string") || strings.HasSuffix(name, "_connection_strings"):
		return !strings.Contains(typ, "application_insights")
	}
	for _, s := range secretNames {
		if name == s {
			return true
		}
	}
	return false
}

const azapiAction = "azapi_resource_action"

// listedKeys begins what an action of azapi lists, as ARM would write it.
const listedKeys = "listKeys('/providers/"

// listedKeys is the canonical expression of the keys of an account that an action of azapi lists; "" when it lists something
// else, or of another service. The second argument tells one action, and what it marks, from another.
func (n *node) listedKeys(attribute string) string {
	typ, _ := n.attribute("type").Text()
	typ, _, _ = strings.Cut(typ, "@")
	if !strings.EqualFold(strings.Trim(typ, "/"), "Microsoft.DocumentDB/databaseAccounts") {
		return ""
	}
	name := n.res.decl.labels[1]
	if parts := splitAddress(strings.TrimSuffix(n.attribute("resource_id").Sym(), ".id")); len(parts) > 1 {
		name, _, _ = strings.Cut(parts[len(parts)-1], "[")
	}
	return listedKeys + "Microsoft.DocumentDB/databaseAccounts/" + name + "', '" + n.address + "." + attribute + "')"
}

// isResourceID reports whether an unknown is the id of a resource, which is never empty.
func isResourceID(v value.Value) bool {
	sym := v.Sym()
	return v.NotNull && strings.HasSuffix(sym, ".id") && strings.Contains(sym, "_")
}
