package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PrivateEndpointManualApproval is CDB123.
var PrivateEndpointManualApproval = &rule.Rule{
	ID:       "CDB123",
	Name:     "private-endpoint-manual-approval",
	Title:    "Private endpoint waits for somebody's approval",
	Category: rule.Endpoint,
	Severity: diag.Note,
	Score:    2.0,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-3"), rule.MCSB, "NS-2"),
		rule.Policy, "58440f8a-10c5-4151-bdce-dfbaad4a20b7"),
	Doc: `A manual connection of a private endpoint stays pending until the owner of the account approves it. Until then,
and whenever it is rejected, clients cannot reach the account through the endpoint, and an account that counts on it for its
protection may be open.

Use an automatic connection where the identity that deploys may approve it on the account
(` + "`Microsoft.DocumentDB/databaseAccounts/PrivateEndpointConnectionsApproval/action`" + `). A manual one is right when the
account belongs to somebody else; then check that it was approved.`,
	References: []string{
		"https://learn.microsoft.com/azure/private-link/manage-private-endpoint",
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachEndpoint(p, func(_ *cosmos.View, e *cosmos.Endpoint) {
			p.Judge(rule.Finding{
				Resource: e.Resource,
				Path:     "properties.manualPrivateLinkServiceConnections",
				Message: "Private endpoint '" + rule.Title(e.Resource.Name) + "' needs manual approval. Until the owner of the" +
					" account approves the connection, nobody reaches it privately. Use an automatic connection, or make sure that" +
					" it was approved.",
			}, hasElement)
		})
	},
}

func hasElement(list value.Value) value.Truth {
	switch {
	case len(list.Elems()) > 0:
		return value.True
	case list.Kind == value.Unknown || list.Open:
		return value.Undecided
	}
	return value.False
}
