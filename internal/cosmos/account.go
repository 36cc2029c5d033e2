package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// API is the protocol that an account speaks.
type API uint8

// The zero API is not known.
const (
	UnknownAPI API = iota
	NoSQL
	MongoDB
	Cassandra
	Gremlin
	Table
)

func (a API) String() string {
	return [...]string{"unknown", "NoSQL", "MongoDB", "Cassandra", "Gremlin", "Table"}[a]
}

// apiByCapability are the capabilities that choose the API of an account whose kind leaves it open; see
// https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts#capability.
var apiByCapability = map[string]API{
	"enablecassandra": Cassandra,
	"enablegremlin":   Gremlin,
	"enabletable":     Table,
}

// apiOf returns the API of the account with this body, if it is the same in all cases.
func apiOf(body value.Value) API {
	var found []API
	for _, properties := range body.Get("properties").Alternatives() {
		for _, kind := range body.Get("kind").Alternatives() {
			for _, capabilities := range properties.Get("capabilities").Alternatives() {
				found = append(found, apiOfCase(kind, capabilities, restored(properties)))
			}
		}
	}
	for _, api := range found {
		if api != found[0] {
			return UnknownAPI
		}
	}
	return found[0]
}

// apiOfCase needs no capabilities where the kind says it all. An absent kind is GlobalDocumentDB, and absent capabilities
// are none, unless both come from a backup.
func apiOfCase(kind, capabilities value.Value, restored value.Truth) API {
	fresh := restored == value.False
	name, _ := kind.Text()
	switch {
	case strings.EqualFold(name, "MongoDB"), strings.EqualFold(name, "Parse"):
		return MongoDB
	case !strings.EqualFold(name, "GlobalDocumentDB") && !(kind.IsUnset() && fresh):
		return UnknownAPI
	case capabilities.IsUnset() && fresh:
		return NoSQL
	}
	return apiOfCapabilities(capabilities)
}

// apiOfCapabilities is the API of an account of the kind GlobalDocumentDB. Capabilities of MongoDB contradict that kind.
func apiOfCapabilities(list value.Value) API {
	if list.Kind != value.Array {
		return UnknownAPI
	}
	api, complete := UnknownAPI, !list.Open
	for _, e := range list.Elems() {
		name, known := e.Get("name").Text()
		name = strings.ToLower(name)
		if strings.Contains(name, "mongo") {
			return UnknownAPI
		}
		if api == UnknownAPI {
			api = apiByCapability[name]
		}
		complete = complete && known
	}
	if api == UnknownAPI && complete {
		return NoSQL
	}
	return api
}

// restoreModes are the values of createMode with which a resource takes what is not set from another one, not from the
// service's defaults.
var restoreModes = []string{"Restore", "PointInTimeRestore", "GeoReplica", "Replica"}

// Restored answers whether r is made from a backup or as a replica: what is not set is then unknown, not the default.
func Restored(r *model.Resource) value.Truth {
	return r.Body.Get("properties").Decide(restored)
}

// restored looks at createMode, and at the source that a replica of a serverGroupsv2 has instead.
func restored(properties value.Value) value.Truth {
	mode := properties.Get("createMode").Decide(func(mode value.Value) value.Truth {
		answer := value.False
		for _, name := range restoreModes {
			answer = value.Or(answer, mode.EqualsFold(name))
		}
		return answer
	})
	return value.Or(mode, given(properties.Get("sourceResourceId")))
}
