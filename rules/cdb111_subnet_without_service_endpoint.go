package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// SubnetWithoutServiceEndpoint is CDB111.
var SubnetWithoutServiceEndpoint = &rule.Rule{
	ID:       "CDB111",
	Name:     "subnet-without-service-endpoint",
	Title:    "Subnet of a virtual network rule has no service endpoint for Cosmos DB",
	Category: rule.Network,
	Severity: diag.Error,
	Score:    6.5,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-3"), rule.Policy, "e0a2b1a3-f7f9-4569-807f-2a9edebdf4d9"), rule.CWE, "CWE-284"),
	Doc: `An account lets a subnet in by its identity, and only the service endpoint ` + "`" + `Microsoft.AzureCosmosDB` + "`" + ` makes the subnet's
traffic carry it. Without the endpoint the deployment fails or the rule lets nobody in.

Add the service endpoint to the subnet.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/how-to-configure-vnet-service-endpoint",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		seen := map[string]bool{}
		eachAccount(p, func(a *cosmos.Account) {
			if a.Exposure.RulesInForce() == value.False {
				return
			}
			admitted, open := look(p).Admitted(a)
			for _, s := range admitted {
				checkSubnet(p, a, s, seen, &open)
			}
			ask(p, a.Resource, open)
		})
	},
}

// checkSubnet reports once a subnet, and counts once a resource; what is not known of the account is left in open.
func checkSubnet(p *rule.Pass, a *cosmos.Account, s cosmos.Admitted, seen map[string]bool, open *cosmos.Question) {
	switch has := s.HasServiceEndpoint(); {
	case s.Resource.Existing:
		*open = cosmos.Question{Path: virtualNetworkRules, Value: s.ID, Reason: "Whether subnet '" + rule.Title(s.Name) +
			"' has the service endpoint for Cosmos DB cannot be told: it is only referred to here."}
	case has == value.True:
		p.Held(s.Resource)
	case seen[s.Resource.Path+s.Path]:
	case a.Exposure.RulesInForce() == value.Undecided:
		*open = filterQuestion(a.Exposure)
	case has == value.False:
		seen[s.Resource.Path+s.Path] = true
		p.Report(withoutEndpoint(a, s))
	case !seen[s.Resource.Path]:
		seen[s.Resource.Path] = true
		ask(p, s.Resource, cosmos.Question{Path: s.PathOf(serviceEndpoints), Value: s.Properties.Get(serviceEndpoints)})
	}
}

// withoutEndpoint points at the list of service endpoints or, where there is none, at the subnet.
func withoutEndpoint(a *cosmos.Account, s cosmos.Admitted) rule.Finding {
	r, path := s.Resource, s.PathOf(serviceEndpoints)
	f := rule.Finding{
		Resource: r, Path: path, Entry: entryOf(s.Subnet),
		Message: "Subnet '" + rule.Title(s.Name) + "' has no service endpoint for Cosmos DB. " + title(a.Resource) + " lets it in by a " +
			"virtual network rule, which does not work without. Add '" + cosmos.ServiceEndpoint + "' to '" + rule.Spell(r, path) + "'.",
		Related: related("let in here", s.ID.Span),
		Fix:     appendFix(r, path, value.OfObject(value.Field{Name: "service", Value: value.OfString(cosmos.ServiceEndpoint)})),
	}
	if s.Properties.Get(serviceEndpoints).IsUnset() && s.Path != "properties" {
		f.Path = strings.TrimSuffix(s.Path, ".properties")
	}
	return f
}
