package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
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
	Doc: `A rule about outbound traffic opens the ports of Cosmos DB towards all of Azure (` + "`AzureCloud`" + `), in which
anybody can rent an address, or towards public addresses that are written down, and change without notice.

` + "`AzureCosmosDB`, or `AzureCosmosDB.<region>`" + `, stands for the service's addresses, and Microsoft keeps them. A private endpoint needs
no public address at all.

Addresses count where the rule has a port that Cosmos DB alone listens on: 10250 to 10256 and 10350. On 443 they may be anybody's.
Where all of Azure is needed for another service of the subnet, leave the rule: this is a note.`,
	References: []string{
		"https://learn.microsoft.com/azure/virtual-network/service-tags-overview",
		"https://learn.microsoft.com/azure/cosmos-db/nosql/sdk-connection-modes",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		for _, g := range around(p).Groups {
			if g.Through != nil && !g.Resource.Existing {
				checkDestinations(p, g)
			}
		}
	},
}

// checkDestinations reports, or asks about, the first rule of the group's list, and each child.
func checkDestinations(p *rule.Pass, g cosmos.Tied) {
	path, list := cosmos.RuleList(g.Resource)
	if list.Kind != value.Array && !list.IsUnset() || list.Open || len(list.Cases()) > 0 {
		ask(p, g.Resource, cosmos.Question{Path: path, Value: list})
		return
	}
	said, open := map[any]bool{}, map[any]cosmos.SecurityRule{}
	all := look(p).SecurityRules(g.Resource, list)
	for _, r := range all {
		found, is := r.ServiceAddresses()
		switch {
		case is == value.True && !said[r.Resource]:
			said[r.Resource] = true
			judgeTied(p, g.Tie, is, spelledOut(r, found), cosmos.Question{})
		case is == value.Undecided:
			open[r.Resource] = r
		}
	}
	for _, r := range all {
		if undecided, is := open[r.Resource]; is && !said[r.Resource] {
			said[r.Resource] = true
			ask(p, r.Resource, destinationQuestion(undecided))
		}
	}
	if len(said) == 0 && len(all) > 0 && g.Is == value.True {
		p.Held(g.Resource)
	}
}

func spelledOut(r cosmos.SecurityRule, found []cosmos.Prefix) rule.Finding {
	return rule.Finding{
		Resource: r.Resource, Path: found[0].Path, Value: &found[0].Value, Site: found[0].Value.Span,
		Message: "Network security rule '" + rule.Title(r.Name) + "' lets traffic out to " + listed(prefixesOf(found)) + ". It opens ports of Cosmos DB" +
			" to more than Cosmos DB, or to addresses that change. Name the service tag '" + cosmos.ServiceTag + "' or '" +
			cosmos.ServiceTag + ".<region>' as the destination, unless another service needs the rule.",
	}
}
