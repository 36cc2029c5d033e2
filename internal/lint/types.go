package lint

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// wanted are the beginnings of the resource types that rules ask for. What is not here is not evaluated.
var wanted = []string{
	"microsoft.documentdb/", "microsoft.dbforpostgresql/servergroupsv2",
	"microsoft.network/privateendpoints", "microsoft.network/virtualnetworks", "microsoft.network/privatednszones",
	"microsoft.network/networksecurityperimeters",
	// What is around an account; see internal/cosmos/around.go.
	"microsoft.network/networksecuritygroups", "microsoft.network/networkwatchers/flowlogs", "microsoft.network/networkinterfaces",
	"microsoft.network/azurefirewalls", "microsoft.network/firewallpolicies", "microsoft.network/ipgroups",
	"microsoft.network/virtualhubs",
	"microsoft.network/virtualnetworkgateways", "microsoft.network/vpngateways", "microsoft.network/p2svpngateways", "microsoft.network/vpnserverconfigurations",
	"microsoft.network/expressroute", "microsoft.network/connections", "microsoft.network/routetables",
	"microsoft.network/applicationgateway", "microsoft.network/frontdoor", "microsoft.cdn/profiles",
	"microsoft.app/managedenvironments", "microsoft.compute/virtualmachines", "microsoft.containerservice/managedclusters",
	// What an account's key may get into; see internal/cosmos/consumer.go.
	"microsoft.web/sites", "microsoft.web/staticsites", "microsoft.app/containerapps", "microsoft.app/jobs",
	"microsoft.app/connectedenvironments/daprcomponents",
	"microsoft.containerinstance/containergroups", "microsoft.appconfiguration/configurationstores/keyvalues",
	"microsoft.appplatform/spring/",
	"microsoft.resources/deploymentscripts", "microsoft.keyvault/vaults/secrets", "kubernetes_", "helm_release",
	// Services that connect to accounts; see internal/cosmos/keyuse.go.
	"microsoft.datafactory/factories/linkedservices", "microsoft.synapse/workspaces/linkedservices", "microsoft.streamanalytics/streamingjobs", "microsoft.devices/iothubs",
	"microsoft.web/connections",
	// Private endpoints that services have in networks of their own; see internal/cosmos/managed.go.
	"microsoft.datafactory/factories/managedvirtualnetworks/", "microsoft.synapse/workspaces/managedvirtualnetworks/",
	"microsoft.search/searchservices/sharedprivatelinkresources", "microsoft.kusto/clusters/managedprivateendpoints",
	"microsoft.machinelearningservices/workspaces/outboundrules",
	// Roles that hand out keys.
	"microsoft.authorization/roledefinitions", "microsoft.authorization/roleassignments",
	// What is attached to an account, and the plan that covers all accounts of a subscription; see internal/cosmos/setting.go.
	"microsoft.insights/diagnosticsettings", "microsoft.security/advancedthreatprotectionsettings",
	"microsoft.security/pricings",
	// Locks, and what a DNS record may point to; see internal/cosmos/record.go.
	"microsoft.authorization/locks", "microsoft.network/dnszones",
	"microsoft.apimanagement/service", "microsoft.storage/storageaccounts", "microsoft.network/trafficmanagerprofiles",
	// What has a public address, see internal/cosmos/ddos.go.
	"microsoft.network/publicipaddresses", "microsoft.network/bastionhosts",
	// The tenant; see internal/cosmos/tenant.go.
	"microsoft.graph/", "microsoft.aadiam/diagnosticsettings",
}

// primary are the types for which it is worth to look at a deployment in which a default that turns them off is flipped.
var primary = []string{
	"microsoft.documentdb/", "microsoft.dbforpostgresql/servergroupsv2", "microsoft.network/privateendpoints",
}

// databases are the types of Cosmos DB itself.
var databases = []string{"microsoft.documentdb/", "microsoft.dbforpostgresql/servergroupsv2"}

// networks are the types that are graded wherever they are when the scope is everything.
var networks = []string{"microsoft.network/"}

// primaryIn returns the question whether resources of a type are graded even where a default turns them off.
func primaryIn(scope rule.Scope) func(string) bool {
	if scope != rule.ScopeAll {
		return Primary
	}
	return func(typ string) bool { return Primary(typ) || hasPrefix(typ, networks) && Wanted(typ) }
}

// Wanted reports whether a rule may ask for resources of the type.
func Wanted(typ string) bool {
	return hasPrefix(typ, wanted) && !hasPrefix(typ, content) || isExtension(typ)
}

// Primary reports whether resources of the type are graded even where a default turns them off. What the old spelling
// of an extension resource begins with is the type of what it is attached to.
func Primary(typ string) bool {
	return hasPrefix(typ, primary) && !hasPrefix(typ, content) && !isExtension(typ)
}

// isExtension tells the old spelling of an extension resource.
func isExtension(typ string) bool { return strings.Contains(strings.ToLower(typ), "/providers/") }

// content are databases and what is in them: no rule looks at these.
var content = []string{
	"microsoft.documentdb/databaseaccounts/sqldatabases", "microsoft.documentdb/databaseaccounts/mongodbdatabases",
	"microsoft.documentdb/databaseaccounts/cassandrakeyspaces", "microsoft.documentdb/databaseaccounts/gremlindatabases",
	"microsoft.documentdb/databaseaccounts/tables",
}

func hasPrefix(typ string, prefixes []string) bool {
	for _, p := range prefixes {
		if len(typ) >= len(p) && strings.EqualFold(typ[:len(p)], p) {
			return true
		}
	}
	return false
}
