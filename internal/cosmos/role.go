package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Types of roles, on the data of an account and of Azure itself.
const (
	SQLRoleDefinitionType = "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions"
	SQLRoleAssignmentType = "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments"
	RoleDefinitionType    = "Microsoft.Authorization/roleDefinitions"
	RoleAssignmentType    = "Microsoft.Authorization/roleAssignments"
)

// Roles on data that every account has
// (https://learn.microsoft.com/azure/cosmos-db/nosql/security/reference-data-plane-roles).
const (
	dataReader      = "00000000-0000-0000-0000-000000000001"
	dataContributor = "00000000-0000-0000-0000-000000000002"
)

// dataWrites are the actions that change data; executeStoredProcedure runs code that may
// (https://learn.microsoft.com/azure/cosmos-db/nosql/security/reference-data-plane-actions).
var dataWrites = []string{
	"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create",
	"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/replace",
	"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/upsert",
	"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/delete",
	"Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeStoredProcedure",
}

// WritesData answers whether an action, or a pattern of actions, of a role on data lets its holder change items.
func WritesData(action value.Value) value.Truth { return grantsAny(action, dataWrites) }

func grantsAny(action value.Value, wanted []string) value.Truth {
	return action.Decide(func(action value.Value) value.Truth {
		pattern, ok := action.Text()
		if !ok {
			return value.Undecided
		}
		for _, w := range wanted {
			if covers(pattern, w) {
				return value.True
			}
		}
		return value.False
	})
}

// covers tells whether a pattern, in which * stands for any text, slashes included, matches an action without case
// (https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format).
func covers(pattern, action string) bool {
	parts := strings.Split(strings.ToLower(pattern), "*")
	rest, ok := strings.CutPrefix(strings.ToLower(action), parts[0])
	if !ok || len(parts) == 1 {
		return ok && rest == ""
	}
	last := len(parts) - 1
	for _, p := range parts[1:last] {
		i := strings.Index(rest, p)
		if i < 0 {
			return false
		}
		rest = rest[i+len(p):]
	}
	return strings.HasSuffix(rest, parts[last])
}

// WriterAccountWide answers whether a sqlRoleAssignments gives a role that changes data, and whether it does so on the
// whole account rather than on a database or a container in it.
func WriterAccountWide(d *model.Deployment, r *model.Resource) (writer, wide value.Truth) {
	properties := r.Body.Get("properties")
	writer = properties.Get("roleDefinitionId").Decide(func(id value.Value) value.Truth { return writes(d, id) })
	return writer, properties.Get("scope").Decide(isAccountID)
}

// isAccountID tells the id of an account from that of something in it: ".../databaseAccounts/a/dbs/d/colls/c". What follows
// the id of an account that is not known tells it as well. "/" and "/dbs/d" say the same in short, as on the command line
// (https://learn.microsoft.com/cli/azure/cosmosdb/sql/role/assignment).
func isAccountID(v value.Value) value.Truth {
	if text, _ := v.Text(); text == "/" || strings.HasPrefix(strings.ToLower(text), "/dbs/") {
		return value.TruthOf(text == "/")
	}
	if id, ok := model.ParseID(v); ok {
		return value.TruthOf(strings.EqualFold(id.Type, AccountType))
	}
	within := func(p value.Value) bool { text, _ := p.Text(); return strings.HasPrefix(text, "/dbs/") }
	if slices.ContainsFunc(v.Parts(), within) {
		return value.False
	}
	return value.Undecided
}

// writes knows the built-in roles, and those of the deployment.
func writes(d *model.Deployment, id value.Value) value.Truth {
	if parsed, ok := model.ParseID(id); ok && len(parsed.Names) > 0 {
		name := parsed.Names[len(parsed.Names)-1]
		switch {
		case name.EqualsFold(dataContributor) == value.True:
			return value.True
		case name.EqualsFold(dataReader) == value.True:
			return value.False
		}
	}
	role, found := d.Find(id, SQLRoleDefinitionType)
	if found != value.True || role.Existing {
		return value.Undecided
	}
	return Grants(role.Body.GetPath("properties.permissions"), "dataActions", WritesData)
}

// Grants answers whether one of the permissions of a role has, in the named list, an action that the question is true of.
func Grants(permissions value.Value, list string, question func(value.Value) value.Truth) value.Truth {
	return anyOf(permissions, func(p value.Value) value.Truth { return anyOf(p.Get(list), question) })
}

// anyOf asks a question of the elements of a list; there is none in a list that is not set.
func anyOf(list value.Value, question func(value.Value) value.Truth) value.Truth {
	return list.Decide(func(list value.Value) value.Truth {
		answer := value.False
		if list.Kind != value.Array && !list.IsUnset() || list.Open {
			answer = value.Undecided
		}
		for _, v := range list.Elems() {
			answer = value.Or(answer, v.Decide(question))
		}
		return answer
	})
}

// DataRole is a type of roles on data, and where its permissions and their actions stand.
type DataRole struct{ Type, Permissions, Actions string }

// DataRoles are the types of roles on the data of an account.
var DataRoles = []DataRole{
	{SQLRoleDefinitionType, "properties.permissions", "dataActions"},
	{AccountType + "/cassandraRoleDefinitions", "properties.permissions", "dataActions"},
	{AccountType + "/gremlinRoleDefinitions", "properties.permissions", "dataActions"},
	{AccountType + "/tableRoleDefinitions", "properties.permissions", "dataActions"},
	{AccountType + "/mongodbRoleDefinitions", "properties.privileges", "actions"},
}

// keyRoles are the built-in roles of Azure that may list the keys of an account they are assigned on
// (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/databases and …/built-in-roles/privileged).
var keyRoles = map[string]string{
	"5bd9cd88-fe45-4216-938b-f97437e15450": "DocumentDB Account Contributor",
	"b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
	"8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
}

// listKeys are the actions that return an account's keys, by themselves or in connection strings; the built-in Cosmos DB
// Operator takes both back (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/databases).
var listKeys = []string{
	"Microsoft.DocumentDB/databaseAccounts/listKeys/action", "Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action",
}

// ListsKeys answers whether an action, or a pattern of actions, of a role lets its holder list the keys of accounts.
func ListsKeys(action value.Value) value.Truth { return grantsAny(action, listKeys) }

// NamesCosmos answers whether an action is one of Cosmos DB's.
func NamesCosmos(action value.Value) value.Truth {
	text, ok := action.Text()
	return value.TruthOf(ok && strings.HasPrefix(strings.ToLower(text), "microsoft.documentdb/"))
}

// KeepsKeys answers whether one of the permissions of a role lets its holder list keys, and does not take that back.
func KeepsKeys(permissions value.Value) value.Truth {
	return anyOf(permissions, func(p value.Value) value.Truth {
		kept := value.False
		for i := range listKeys {
			grants := func(action value.Value) value.Truth { return grantsAny(action, listKeys[i:i+1]) }
			kept = value.Or(kept, value.And(anyOf(p.Get("actions"), grants), anyOf(p.Get("notActions"), grants).Not()))
		}
		return kept
	})
}

// OnAccount answers whether a role assignment is attached to an account, rather than to what the account is in.
func OnAccount(r *model.Resource) value.Truth {
	if r.Scope.IsUnset() {
		return value.False
	}
	return r.Scope.Decide(isAccountID)
}

// KeyRole answers whether the id of a role is that of a built-in one which may list keys, and which. What a role of the
// user's own may do is said where it is made.
func KeyRole(id value.Value) (name string, is value.Truth) {
	is = id.Decide(func(id value.Value) value.Truth {
		parsed, ok := model.ParseID(id)
		switch {
		case id.IsUnset():
			return value.False
		case !ok || !strings.EqualFold(parsed.Type, RoleDefinitionType) || len(parsed.Names) != 1:
			return value.Undecided
		}
		answer := value.False
		for guid, role := range keyRoles {
			same := parsed.Names[0].EqualsFold(guid)
			if same == value.True {
				name = role
			}
			answer = value.Or(answer, same)
		}
		return answer
	})
	return name, is
}
