package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// PrivateEndpointMissing is CDB121.
var PrivateEndpointMissing = &rule.Rule{
	ID:       "CDB121",
	Name:     "private-endpoint-missing",
	Title:    "Account is reached over its public endpoint only",
	Category: rule.Endpoint,
	Severity: diag.Warning,
	Score:    5.0,
	Controls: rule.Also(rule.Also(rule.Also(rule.Also(rule.Baseline("NS-3", "NS-2"), rule.MCSB, "NS-2"), rule.CIS, "4.5.2"),
		rule.Policy, "58440f8a-10c5-4151-bdce-dfbaad4a20b7", "b609e813-3156-4079-91fa-a8494c1471c4"), rule.CWE, "CWE-668"),
	Doc: `The firewall limits who reaches the account, but all of them come over its public endpoint: the deployment has no
private endpoint for it. An address list is a weak wall: addresses are shared, change owners and get added.

Add a private endpoint in the clients' virtual network with a private DNS zone, then turn public network access off. Where the
endpoint is made by another deployment, suppress this finding with that reason.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
		"https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		eachExposure(p, func(e cosmos.Exposure) {
			// A cluster without any firewall rule lets in nobody.
			someone := e.Decide(func(c cosmos.Case) value.Truth { return value.Or(c.HasAddress, value.And(c.Filter, c.Rules)) })
			switch value.And(e.Is(cosmos.Selected), e.HasEndpoint.Not(), e.WideOpen().Not(), someone) {
			case value.True:
				p.Report(rule.Finding{Resource: e.Resource, Message: title(e.Resource) + " has no private endpoint in this" +
					" deployment. Those whom its firewall lets in reach it over its public endpoint. Add a private endpoint and turn" +
					" public network access off."})
			case value.Undecided:
				ask(p, e.Resource, endpointMissingQuestion(p, e))
			default:
				if e.HasEndpoint == value.True {
					p.Held(e.Resource)
				}
			}
		})
	},
}

func endpointMissingQuestion(p *rule.Pass, e cosmos.Exposure) cosmos.Question {
	switch value.Undecided {
	case e.Is(cosmos.Selected):
		return e.Open
	case e.HasEndpoint:
		return look(p).EndpointQuestion(e.Resource)
	}
	return listQuestion(e)
}
