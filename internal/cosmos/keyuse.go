package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// KeyUse is a place where a service that could sign in with an identity is told how to connect to an account.
type KeyUse struct {
	Path  string
	Value value.Value
	// Key answers whether it connects with a key, Cosmos whether it leads to Cosmos DB at all.
	Key, Cosmos value.Truth
}

// keyUses are the types of services that connect to accounts, each with what says how. Data connections of
// Microsoft.Kusto have identities only.
var keyUses = map[string]func(*model.Resource) []KeyUse{
	"Microsoft.DataFactory/factories/linkedServices":  linkedService,
	"Microsoft.Synapse/workspaces/linkedServices":     linkedService, // no resource of ARM templates: Terraform calls the workspace
	"Microsoft.StreamAnalytics/streamingjobs":         job,
	"Microsoft.StreamAnalytics/streamingjobs/outputs": jobOutput,
	"Microsoft.Devices/IotHubs":                       hub,
	"Microsoft.Web/connections":                       logicAppConnection,
}

// KeyUses returns the places in r where it is told how to connect to an account, in their order.
func KeyUses(r *model.Resource) []KeyUse {
	for typ, uses := range keyUses {
		if r.Is(typ) {
			return uses(r)
		}
	}
	return nil
}

// UsesKeys reports whether something in a deployment works with a key of an account, or may, which breaks when keys are turned off: a
// service, the settings of a program, a secret in a vault, whoever reads an output.
func UsesKeys(d *model.Deployment) bool {
	for _, o := range d.Outputs {
		if _, is := KeyIn(o.Value); is != value.False {
			return true
		}
	}
	for _, r := range d.Resources {
		if r.Existing {
			continue
		}
		if _, is := KeysAt(r.Body, ""); is != value.False {
			return true
		}
		for _, u := range KeyUses(r) {
			if value.And(u.Key, u.Cosmos) != value.False {
				return true
			}
		}
	}
	return false
}

// linkedService of the type CosmosDb may have a managed identity or a service principal; CosmosDbMongoDbApi has
// connection strings only (https://learn.microsoft.com/azure/data-factory/connector-azure-cosmos-db, also of Synapse).
func linkedService(r *model.Resource) []KeyUse {
	kind := r.Body.GetPath("properties.type").EqualsFold("CosmosDb")
	use := func(path string, key func(value.Value) value.Truth) KeyUse {
		v := r.Body.GetPath(path)
		return KeyUse{path, v, value.And(kind, v.Decide(key)), kind}
	}
	const properties = "properties.typeProperties."
	return []KeyUse{use(properties+"accountKey", keyGiven), use(properties+"connectionString", keyInText)}
}

// keyGiven holds for text, a SecureString and a reference to a vault.
func keyGiven(v value.Value) value.Truth {
	switch {
	case v.Kind == value.Object:
		return value.True
	case v.Kind == value.Unknown:
		_, is := KeyIn(v)
		if is == value.True {
			return value.True
		}
		return value.Undecided
	}
	return given(v)
}

// keyInText looks into a connection string, which may be one of a SecureString.
func keyInText(v value.Value) value.Truth {
	if v.Kind == value.Object {
		return v.Get("value").Decide(keyInText)
	}
	if v.IsUnset() {
		return value.False
	}
	for _, p := range v.Pieces() {
		if s, ok := p.Text(); ok && strings.Contains(strings.ToLower(s), "accountkey=") {
			return value.True
		}
	}
	_, ok := v.Text()
	if _, is := KeyIn(v); is != value.False || ok {
		return is
	}
	return value.Undecided
}

// job has its outputs within, or beside it.
func job(r *model.Resource) []KeyUse {
	return usesOf(r, "properties.outputs", func(o value.Value, path string) KeyUse { return output(o, path+".properties") })
}

// usesOf makes a use of each element of a list; of a list that is not known it makes one.
func usesOf(r *model.Resource, path string, use func(element value.Value, path string) KeyUse) []KeyUse {
	list := r.Body.GetPath(path)
	answer := anyOf(list, func(e value.Value) value.Truth { return use(e, "").Key })
	first := list.Alternatives()[0]
	if answer == value.Undecided && (first.Kind != value.Array || first.Open || len(list.Cases()) > 0) {
		return []KeyUse{{path, list, value.Undecided, value.Undecided}}
	}
	var uses []KeyUse
	for i, e := range first.Elems() {
		uses = append(uses, use(e, path+"."+itoa(i)))
	}
	return uses
}

func jobOutput(r *model.Resource) []KeyUse { return []KeyUse{output(r.Body, "properties")} }

// output without an authenticationMode has the default, ConnectionString
// (https://learn.microsoft.com/azure/stream-analytics/cosmos-db-managed-identity).
func output(o value.Value, path string) KeyUse {
	source := o.GetPath("properties.datasource")
	mode := source.GetPath("properties.authenticationMode")
	kind := source.Get("type").EqualsFold("Microsoft.Storage/DocumentDB")
	return KeyUse{path + ".datasource.properties.authenticationMode", mode, value.And(kind, modeIs(mode, "ConnectionString")), kind}
}

// hub routes with a key unless told otherwise
// (https://learn.microsoft.com/azure/iot-hub/iot-hub-managed-identity).
func hub(r *model.Resource) []KeyUse {
	const routes = "properties.routing.endpoints.cosmosDBSqlContainers"
	return usesOf(r, routes, func(e value.Value, path string) KeyUse {
		mode := e.Get("authenticationType")
		return KeyUse{path + ".authenticationType", mode, modeIs(mode, "keyBased"), value.True}
	})
}

// logicAppConnection has a key among its values, unless it signs in with an identity: the connector takes key, managed identity
// or the user who makes the connection (https://learn.microsoft.com/connectors/documentdb/#creating-a-connection).
func logicAppConnection(r *model.Resource) []KeyUse {
	api := r.Body.GetPath("properties.api.id").Decide(func(id value.Value) value.Truth {
		parsed, ok := model.ParseID(id)
		if !ok || len(parsed.Names) == 0 {
			return value.Undecided
		}
		return parsed.Names[len(parsed.Names)-1].EqualsFold("documentdb")
	})
	var uses []KeyUse
	for _, path := range []string{"properties.parameterValues.accessKey", "properties.parameterValueSet.values.accessKey"} {
		v := r.Body.GetPath(path)
		uses = append(uses, KeyUse{path, v, value.And(api, v.Decide(keyGiven)), api})
	}
	return uses
}

// modeIs answers whether a way to sign in is the given one, which is the default.
func modeIs(mode value.Value, name string) value.Truth {
	return mode.Decide(func(mode value.Value) value.Truth {
		switch {
		case mode.IsUnset():
			return value.True
		case mode.Kind != value.String && mode.Kind != value.Unknown:
			return value.Undecided
		}
		return mode.EqualsFold(name)
	})
}
