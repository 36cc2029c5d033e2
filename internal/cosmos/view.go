// Package cosmos has what the domain knows: the API of an account, who can reach it, its private endpoints, and the
// service's defaults by API version. Each fact has its source.
package cosmos

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Resource types, as Azure spells them.
const (
	AccountType         = "Microsoft.DocumentDB/databaseAccounts"
	MongoClusterType    = "Microsoft.DocumentDB/mongoClusters"
	CassandraType       = "Microsoft.DocumentDB/cassandraClusters"
	PostgreSQLType      = "Microsoft.DBforPostgreSQL/serverGroupsv2"
	PrivateEndpointType = "Microsoft.Network/privateEndpoints"
)

// View is a deployment as the rules look at it: accounts with everything that is tied to them.
type View struct {
	Deployment *model.Deployment
	// Accounts are the Cosmos DB accounts, also those that are only referred to.
	Accounts []*Account
	// Endpoints are the private endpoints of the deployment, whatever they connect to.
	Endpoints []*Endpoint

	allSubnets []*Subnet          // see subnets
	allGroups  []*model.Resource  // see groups
	owners     map[string][]owner // see ownersOf
	exposures  []Exposure         // see Exposures
}

// Account is a Cosmos DB account with its companions.
type Account struct {
	Resource *model.Resource
	API      API
	// Endpoints are the private endpoints that are known to connect to this account.
	Endpoints []*Endpoint
	// HasEndpoint is Undecided when an endpoint that cannot be seen, or whose target is not known, may be this account's.
	HasEndpoint value.Truth
	Exposure    Exposure
}

// Look relates the resources of a deployment to each other.
func Look(d *model.Deployment) *View {
	v := &View{Deployment: d, Endpoints: endpoints(d)}
	for _, r := range d.OfType(AccountType) {
		a := &Account{Resource: r, API: apiOf(r.Body)}
		a.Endpoints, a.HasEndpoint = endpointsOf(a, v)
		a.Exposure = exposureOf(a, v)
		v.Accounts = append(v.Accounts, a)
	}
	return v
}
