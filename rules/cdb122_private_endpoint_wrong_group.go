package rules

import (
	"strconv"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PrivateEndpointWrongGroup is CDB122.
var PrivateEndpointWrongGroup = &rule.Rule{
	ID:       "CDB122",
	Name:     "private-endpoint-wrong-group",
	Title:    "Private endpoint asks for a subresource that the account does not have",
	Category: rule.Endpoint,
	Severity: diag.Error,
	Score:    5.0,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-3"), rule.MCSB, "NS-2"), rule.CWE, "CWE-941"),
	Doc: `A private endpoint leads to one subresource of its target, named by a group id: the one of the account's API.
With another group id the deployment fails, or the clients' protocol gets no private address and keeps using the public one.

NoSQL has Sql and SqlDedicated (dedicated gateway), MongoDB (RU) MongoDB, Cassandra Cassandra, Gremlin and Table their own and,
in an endpoint of its own, Sql. Any account has Analytical, a MongoDB vCore cluster MongoCluster, a PostgreSQL cluster coordinator.

Set the group id to the one of the API that the clients use.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
		"https://learn.microsoft.com/azure/private-link/private-endpoint-dns",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachEndpoint(p, func(v *cosmos.View, e *cosmos.Endpoint) {
			for _, c := range e.Connections {
				if checkGroups(p, v, e, c) {
					return
				}
			}
		})
	},
}

// checkGroups reports whether it said something about the connection.
func checkGroups(p *rule.Pass, v *cosmos.View, e *cosmos.Endpoint, c cosmos.Connection) bool {
	typ, api := targetOf(v, c)
	path := c.GroupsPath()
	switch have := c.GroupIDs(typ, api); {
	case typ == "":
		return false
	case have == value.True:
		if len(c.Groups.Elems()) > 0 {
			p.Held(e.Resource)
		}
		return false
	case have == value.Undecided || !c.Sure:
		p.Undetermined(e.Resource, path, groupInput(v, c),
			"Whether the target has this subresource cannot be told before deployment.")
		return true
	}
	right := cosmos.GroupsFor(typ, api)[0]
	f := rule.Finding{Resource: e.Resource, Path: path}
	shown := "a subresource"
	for i, id := range c.Groups.Elems() {
		if cosmos.Serves(id, typ, api) == value.False {
			f.Path, f.Value, f.Fix = path+"."+strconv.Itoa(i), &id, replaceElement(e.Resource, path, i, c.Groups, right)
			shown = "the subresource '" + rule.Title(id) + "'"
			break
		}
	}
	f.Message = "Private endpoint '" + rule.Title(e.Resource.Name) + "' asks for " + shown + ", which " + nameOfTarget(c) +
		" does not have. Clients of its API get no private address. Set '" + rule.Spell(e.Resource, path) +
		"' to '" + right + "'."
	p.Report(f)
	return true
}
