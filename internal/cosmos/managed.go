package cosmos

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// managed are private endpoints that a service has in a network of its own, by the properties with the id of what they lead
// to and with the group id. The account's owner approves them like others. Sources:
// https://learn.microsoft.com/azure/data-factory/managed-virtual-network-private-endpoint (and
// https://learn.microsoft.com/azure/synapse-analytics/security/synapse-workspace-managed-private-endpoints),
// https://learn.microsoft.com/azure/search/search-indexer-howto-access-private,
// https://learn.microsoft.com/azure/data-explorer/security-network-managed-private-endpoint-create,
// https://learn.microsoft.com/azure/machine-learning/how-to-managed-network.
var managed = []struct{ typ, target, group string }{
	{"Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints", linkTarget, "properties.groupId"},
	{"Microsoft.Synapse/workspaces/managedVirtualNetworks/managedPrivateEndpoints", linkTarget, "properties.groupId"},
	{"Microsoft.Search/searchServices/sharedPrivateLinkResources", linkTarget, "properties.groupId"},
	{"Microsoft.Kusto/clusters/managedPrivateEndpoints", linkTarget, "properties.groupId"},
	{"Microsoft.MachineLearningServices/workspaces/outboundRules", "properties.destination.serviceResourceId", "properties.destination.subresourceTarget"},
}

const linkTarget = "properties.privateLinkResourceId"

// managedConnection answers whether a service has a private endpoint of its own that leads to r, and where that is not known
// which one.
func managedConnection(d *model.Deployment, r *model.Resource) (has value.Truth, q Question) {
	has = value.False
	for _, m := range managed {
		for _, e := range d.OfType(m.typ) {
			target, group := e.Body.GetPath(m.target), e.Body.GetPath(m.group)
			leads := target.Decide(r.Refers)
			if leads == value.Undecided && !group.IsUnset() && Serves(group, r.Type, UnknownAPI) == value.False {
				leads = value.False
			}
			leads = value.And(leads, present(e, r))
			if leads == value.Undecided {
				q = Question{Value: target, Reason: "Whether '" + e.Path + "' leads to it is not known before deployment."}
			}
			has = value.Or(has, leads)
		}
	}
	return has, q
}
