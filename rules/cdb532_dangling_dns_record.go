package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// DanglingDNSRecord is CDB532.
var DanglingDNSRecord = &rule.Rule{
	ID:       "CDB532",
	Name:     "dangling-dns-record",
	Title:    "DNS record points to an Azure name that this deployment does not create",
	Category: rule.Perimeter,
	Severity: diag.Warning,
	Score:    5.3,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-7"), rule.MCSB, "NS-10"), rule.CWE, "CWE-350"),
	Doc: `A CNAME record names a host of Cosmos DB or of another Azure service, and no resource of the deployment has that name. Such names
are free for anybody once the resource is gone, or before it is made: who takes one answers for your domain.

Create the resource in the same deployment and compute the record from it, compute it from a property of an existing resource
(` + "`web.properties.defaultHostName`" + `: a deployment fails where there is none, which it does not for ` + "`web.name`" + `), or use an alias record
(` + "`targetResource`" + `), which disappears together with what it points to. Remove records that are no longer needed. Names of other services
are looked at in deployments that use Cosmos DB.`,
	References: []string{
		"https://learn.microsoft.com/azure/security/fundamentals/subdomain-takeover",
		"https://learn.microsoft.com/azure/dns/dns-alias",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		v := look(p)
		for _, r := range around(p).Records() {
			switch v.Dangles(r) {
			case value.True:
				p.Report(rule.Finding{Resource: r.Resource, Path: r.Path, Message: danglingMessage(r)})
			case value.Undecided:
				p.Undetermined(r.Resource, r.Path, v.TargetInput(r), "Whether something in this deployment has the name that CNAME record '"+
					rule.Title(r.Resource.Name)+"' points to cannot be told.")
			default:
				p.Held(r.Resource)
			}
		}
	},
}

func danglingMessage(r cosmos.Record) string {
	return "CNAME record '" + rule.Title(r.Resource.Name) + "' points to '" + rule.Title(r.Target) + "', which nothing in this" +
		" deployment creates. A name that is not in use can be taken by anybody, who then answers for your domain. Create the" +
		" resource here, take the host name from a property of an existing one, or remove the record."
}
