package cosmos

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// requestLogs are the categories that an API has for its own requests; see
// https://learn.microsoft.com/azure/cosmos-db/monitor-reference#resource-logs.
var requestLogs = map[API]string{
	MongoDB: "MongoRequests", Cassandra: "CassandraRequests", Gremlin: "GremlinRequests", Table: "TableApiRequests",
}

// AuditLogs are the categories that say who did what with an account of an API.
func AuditLogs(api API) []string {
	logs := []string{"DataPlaneRequests", "ControlPlaneRequests"}
	if own := requestLogs[api]; own != "" {
		logs = append(logs, own)
	}
	return logs
}

// Collects answers whether a diagnostic setting sends logs of a category somewhere, by its own name or as part of a group.
func Collects(setting *model.Resource, category string) value.Truth {
	return value.And(HasDestination(setting), turnedOn(setting.Body.GetPath("properties.logs"), category))
}

// turnedOn looks for the category in the list of a setting's logs.
func turnedOn(list value.Value, category string) value.Truth {
	return list.Decide(func(list value.Value) value.Truth {
		if list.Kind != value.Array {
			return unsetIsFalse(list)
		}
		found := value.TruthOf(false)
		if list.Open {
			found = value.Undecided
		}
		for _, entry := range list.Elems() {
			found = value.Or(found, entry.Decide(func(e value.Value) value.Truth {
				return value.And(IsOn(e.Get("enabled")), value.Or(e.Get("category").EqualsFold(category),
					e.Get("categoryGroup").EqualsFold("audit"), e.Get("categoryGroup").EqualsFold("allLogs")))
			}))
		}
		return found
	})
}

// unsetIsFalse is the answer for what is no list: nothing in it, or not known.
func unsetIsFalse(v value.Value) value.Truth {
	if v.IsUnset() {
		return value.False
	}
	return value.Undecided
}

// destinations are the properties of a diagnostic setting that say where the logs go:
// https://learn.microsoft.com/azure/templates/microsoft.insights/diagnosticsettings.
var destinations = []string{
	"workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "serviceBusRuleId", "marketplacePartnerId",
}

// HasDestination answers whether a diagnostic setting says where the logs go.
func HasDestination(setting *model.Resource) value.Truth {
	found := value.TruthOf(false)
	for _, name := range destinations {
		found = value.Or(found, setting.Body.Get("properties").Get(name).Decide(given))
	}
	return found
}
