package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// RawServiceAddress is CDB504.
var RawServiceAddress = &rule.Rule{
	ID:       "CDB504",
	Name:     "raw-service-address",
	Title:    "Rule spells out addresses that a service tag stands for",
	Category: rule.Perimeter,
	Severity: diag.Note,
	Score:    2.5,
	Controls: rule.Also(rule.Baseline("NS-6"), rule.CWE, "CWE-284"),
	Doc: `A rule about outbound traffic, of a network security group or an Azure Firewall, names addresses of Cosmos DB, which
Microsoft replaces by others, or opens the ports of Cosmos DB towards all of Azure (` + "`AzureCloud`" + `), in which anybody can rent an
address.

` + "`AzureCosmosDB`, or `AzureCosmosDB.<region>`" + `, stands for the service's addresses, and Microsoft keeps them. A private endpoint needs
no public address at all.

Addresses are Cosmos DB's where Microsoft's list of service tags says so. Others count where the rule has a port that Cosmos DB alone
listens on, 10250 to 10256 and 10350: on 443 they may be anybody's. Of a firewall its own network rules are read, those of its policies,
and the IP groups that they name. Where all of Azure is needed for another service, leave the rule: this is a note.`,
	References: []string{
		"https://learn.microsoft.com/azure/virtual-network/service-tags-overview",
		"https://learn.microsoft.com/azure/firewall/service-tags",
		"https://www.microsoft.com/download/details.aspx?id=56519",
		"https://learn.microsoft.com/azure/cosmos-db/nosql/sdk-connection-modes",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		s := around(p)
		for _, list := range [][]cosmos.Tied{s.Groups, s.Firewalls, s.Policies} {
			for _, t := range list { // also those of other deployments: this one may add rules to them
				checkDestinations(p, t)
			}
		}
		if s.All {
			for _, r := range look(p).LooseRules() {
				checkDestinations(p, cosmos.Tied{Resource: r, Tie: cosmos.Tie{Is: value.True}})
			}
		}
	},
}

// checkDestinations reports, or asks about, each resource once in which rules are written.
func checkDestinations(p *rule.Pass, t cosmos.Tied) {
	all := look(p).OutboundOf(t.Resource)
	said, open := map[*model.Resource]bool{}, []cosmos.Outbound{}
	for _, o := range all {
		switch found, is := o.ServiceAddresses(t.Through != nil); {
		case is == value.True && !said[o.Resource]:
			said[o.Resource] = true
			judgeTied(p, t.Tie, is, spelledOut(o, found), cosmos.Question{})
		case is == value.Undecided:
			open = append(open, o)
		}
	}
	for _, o := range open {
		if !said[o.Resource] {
			said[o.Resource] = true
			ask(p, o.Resource, o.Question())
		}
	}
	if len(said) == 0 && len(all) > 0 && t.Through != nil && t.Is == value.True && !t.Resource.Existing {
		p.Held(t.Resource)
	}
}
