package terraform

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// account says what restores an account: the provider sends the only mode that there is with the block (v5.2.0,
// expandCosmosdbAccountRestoreParameters).
func account(b *builder) {
	if _, ok := b.tree.get("properties.restoreParameters"); ok {
		b.tree.put("properties.restoreParameters.restoreMode", value.OfString("PointInTime"), source.Span{}, source.Span{})
	}
}

// mongoDatabase puts the name of the database, which Terraform has in an id, where roles and users have it.
func mongoDatabase(b *builder) {
	id, ok := model.ParseID(b.config.Get("cosmos_mongo_database_id"))
	if !ok || len(id.Names) != 2 {
		return
	}
	f, _ := b.config.Lookup("cosmos_mongo_database_id")
	b.tree.put("properties.databaseName", id.Names[1], f.Site, b.in.Header)
}

// builtInRoles are the ids of Azure's own roles that can be assigned by name:
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles.
var builtInRoles = map[string]string{
	"Owner":                                   "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
	"Contributor":                             "b24988ac-6180-42a0-ab88-20f7382dd24c",
	"Reader":                                  "acdd72a7-3385-48ef-bd42-f606fba81ae7",
	"User Access Administrator":               "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
	"DocumentDB Account Contributor":          "5bd9cd88-fe45-4216-938b-f97437e15450",
	"Cosmos DB Operator":                      "230815da-be43-4aae-9cb4-875f7bd000aa",
	"Cosmos DB Account Reader Role":           "fbdf93bf-df7d-467e-a4d2-9458aa1360c8",
	"CosmosBackupOperator":                    "db7b14f2-5adf-42da-9f96-f2ee17bab5cb",
	"CosmosRestoreOperator":                   "5432c526-bc82-444a-b7ba-57c5b0b5b34f",
	"Key Vault Secrets User":                  "4633458b-17de-408a-b874-0445c86b69e6",
	"Key Vault Administrator":                 "00482a5a-887f-4fb3-b363-3b7fe8e74483",
	"Storage Blob Data Contributor":           "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
	"Log Analytics Contributor":               "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
	"Monitoring Contributor":                  "749f88d5-cbae-40b8-bcfc-e573ddc772fa",
	"Managed Identity Operator":               "f1a07417-d97a-45cb-824c-7a7467783830",
	"Managed Identity Contributor":            "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
	"Network Contributor":                     "4d97b98b-1d4f-4787-a291-c67834d212e7",
	"Private DNS Zone Contributor":            "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
	"Security Admin":                          "fb1c8493-542b-48eb-b624-b4c8fea62acd",
	"Role Based Access Control Administrator": "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
}

const roleDefinitionType = "Microsoft.Authorization/roleDefinitions"

// roleAssignment turns a role's name into its id. A name that is not in the table has the id of no built-in role that a
// rule asks for.
func roleAssignment(b *builder) {
	f, ok := b.config.Lookup("role_definition_name")
	if _, given := b.tree.get("properties.roleDefinitionId"); given || !ok || f.Value.IsUnset() {
		return
	}
	id := eachCase(f.Value, func(name value.Value) value.Value { return like(name, roleID(b.in, name)) })
	b.tree.put("properties.roleDefinitionId", id, f.Site, b.in.Header)
}

// roleID is the id of a built-in role by its name.
func roleID(in *Instance, name value.Value) value.Value {
	text, ok := name.Text()
	if !ok {
		return value.NewUnknown("", name.Deps()...)
	}
	guid := value.OfString(builtInRoles[text])
	if builtInRoles[text] == "" {
		guid = known("roleDefinition('" + text + "')")
	}
	return value.Template(value.OfString("/subscriptions/"), subscription(in), value.OfString("/providers/"+roleDefinitionType+"/"), guid)
}
