package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// SubnetWithoutNSG is CDB501.
var SubnetWithoutNSG = &rule.Rule{
	ID:       "CDB501",
	Name:     "subnet-without-nsg",
	Title:    "Subnet has no network security group",
	Category: rule.Perimeter,
	Severity: diag.Warning,
	Score:    4.3,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("NS-1"), rule.MCSB, "NS-1"), rule.Policy,
		"e71308d3-144b-4262-b144-efdc3cc90517"), rule.CWE, "CWE-284"),
	Doc: `A subnet without a network security group takes and sends any traffic that can be routed to and from it. Here that
is a subnet in which a private endpoint for Cosmos DB stands, which the account's firewall lets in, in which a managed instance for
Apache Cassandra stands, or a program that uses the account.

Associate a network security group that admits the clients alone. Private endpoints are no exception: but for them the group applies
only when the subnet's ` + "`privateEndpointNetworkPolicies`" + ` say so as well ([CDB127](CDB127.md)). A group on a network card, not on
the subnet, guards that card alone.

Azure's own subnets for gateways, firewalls and route servers, which take no group, are left out, and so are those delegated to services
that do without.`,
	References: []string{
		"https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
		"https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy",
		"https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub",
		"https://learn.microsoft.com/azure/firewall/firewall-faq",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		s := around(p)
		for _, x := range s.Subnets {
			if !x.Resource.Existing && !x.Overridden(look(p)) {
				checkGroup(p, x)
			}
		}
	},
}

func checkGroup(p *rule.Pass, x *cosmos.TiedSubnet) {
	const group = "networkSecurityGroup"
	path := x.PathOf(group)
	f := rule.Finding{
		Resource: x.Resource,
		Path:     path,
		Entry:    entryOf(x.Subnet),
		Message: "Subnet '" + rule.Title(x.Name) + "' has no network security group. " + tieSentence(x.Tie) +
			"Everything that can be routed to it gets in. Associate a group that admits the clients alone" + forEndpoints(x) + ".",
	}
	if x.Properties.Get(group).IsUnset() && x.Path != "properties" {
		f.Path = strings.TrimSuffix(x.Path, ".properties")
	}
	needs := x.NeedsNoGroup().Not()
	if needs != value.False {
		judgeTied(p, x.Tie, value.And(needs, x.GroupIn(look(p)).Not()), f, groupQuestion(x, path))
	}
}

// groupQuestion asks for the group, or for what else the answer hangs on.
func groupQuestion(x *cosmos.TiedSubnet, path string) cosmos.Question {
	if x.HasNSG() != value.Undecided {
		return cosmos.Question{Path: path, Value: x.Name,
			Reason: "Whether subnet '" + rule.Title(x.Name) + "' gets a network security group cannot be told before deployment."}
	}
	return cosmos.Question{Path: path, Value: x.Properties.GetPath("networkSecurityGroup")}
}
