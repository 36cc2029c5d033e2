package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// NSGOpenInbound is CDB502.
var NSGOpenInbound = &rule.Rule{
	ID:       "CDB502",
	Name:     "nsg-open-inbound",
	Title:    "Network security group lets in the internet",
	Category: rule.Perimeter,
	Severity: diag.Error,
	Score:    7.5,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-1"), rule.MCSB, "NS-1"), rule.Policy,
		"9daedab3-fb2d-461e-b861-71790eead4f6"), rule.CWE, "CWE-284"),
	Doc: `A rule of the network security group admits any address of the internet (` + "`*`, `Internet`, `0.0.0.0/0`, `::/0`" + ` or ranges
that come to more than 16 million public addresses) on every port, on one of remote shells and desktops (22, 3389) or on one
that Cosmos DB and its siblings listen on: 10250 to 10256, 10350, 27017, 5432, 6432, 9042, and 443 where a private endpoint
or a managed instance stands behind the group. Elsewhere 443 may be a web server's.

A group on a subnet is looked at, and one on the network card of a program that uses the account where the subnet has none. A rule
counts for nothing where an earlier one, with a smaller priority, denies the same traffic. Name the networks that need the port
as the source, or remove the rule; for administration use Azure Bastion.`,
	References: []string{
		"https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules",
		"https://learn.microsoft.com/azure/cosmos-db/nosql/sdk-connection-modes",
		"https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		s := around(p)
		for _, g := range s.Groups {
			checkInbound(p, g, s.SubnetsOf(g.Resource))
		}
	},
}

// checkInbound reports each resource once: the group for its own list, and each rule that is a child of it.
func checkInbound(p *rule.Pass, g cosmos.Tied, subnets []*cosmos.TiedSubnet) {
	path, list := cosmos.RuleList(g.Resource)
	holds, open := around(p).HoldsCosmos(subnets)
	said := map[*model.Resource]bool{}
	found := inboundOf(p, g.Resource, list, holds)
	for i, in := range found {
		if r := in.Rule.Resource; !said[r] {
			said[r] = true
			f := openInbound(in, guarded(g.Tie, subnets))
			f.Related = alsoOpen(found[i+1:], r)
			judgeTied(p, g.Tie, in.Open, f, inboundQuestion(in, open))
		}
	}
	switch {
	case said[g.Resource]:
	case list.Kind != value.Array && !list.IsUnset(), list.Open:
		ask(p, g.Resource, cosmos.Question{Path: path, Value: list})
	case len(said) == 0 && g.Is == value.True:
		p.Held(g.Resource)
	}
}

// openInbound points at the source that lets in the internet.
func openInbound(in cosmos.Inbound, behind string) rule.Finding {
	r := in.Rule
	f := rule.Finding{Resource: r.Resource, Path: r.Path}
	from := ""
	if len(in.By) > 0 {
		f.Path, f.Value, f.Site = in.By[0].Path, &in.By[0].Value, in.By[0].Value.Span
		from = " from '" + rule.Title(in.By[0].Value) + "'"
	}
	f.Message = "Network security rule '" + rule.Title(r.Name) + "' lets in the internet on " + in.Ports.String() + ". It admits traffic" +
		from + ". " + behind + "Name the networks that need it as the source, or remove the rule."
	return f
}
