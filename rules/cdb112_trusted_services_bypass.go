package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// TrustedServicesBypass is CDB112.
var TrustedServicesBypass = &rule.Rule{
	ID:       "CDB112",
	Name:     "trusted-services-bypass",
	Title:    "Azure services bypass the firewall",
	Category: rule.Network,
	Severity: diag.Warning,
	Score:    4.7,
	Controls: rule.Also(rule.Baseline("NS-1", "NS-4"), rule.CWE, "CWE-284", "CWE-441"),
	Doc: `` + "`" + `networkAclBypass: AzureServices` + "`" + ` lets Azure services reach the account past its firewall, also with public network
access off. Synapse Link and Fabric mirroring need it, together with ` + "`" + `networkAclBypassResourceIds` + "`" + `, which names the
workspace that is meant.

Set it to ` + "`" + `None` + "`" + ` when nothing needs it. Where it is needed, name the resources; the finding is a note then.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/analytical-store-private-endpoints",
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		eachAccount(p, func(a *cosmos.Account) {
			inForce := a.Exposure.Is(cosmos.Selected | cosmos.Private)
			bypass := cosmos.Effective(a.Resource, networkACLBypass).EqualsFold("AzureServices")
			switch {
			case value.And(inForce, bypass) == value.True:
				p.Report(bypassFinding(a))
			case value.And(inForce, bypass) == value.False:
				if inForce == value.True {
					p.Held(a.Resource)
				}
			case bypass == value.Undecided:
				ask(p, a.Resource, cosmos.Question{Path: networkACLBypass, Value: a.Resource.Body.GetPath(networkACLBypass)})
			default:
				ask(p, a.Resource, a.Exposure.Open)
			}
		})
	},
}

const (
	networkACLBypass  = "properties.networkAclBypass"
	bypassResourceIDs = "properties.networkAclBypassResourceIds"
)

func bypassFinding(a *cosmos.Account) rule.Finding {
	r := a.Resource
	f := rule.Finding{
		Resource: r,
		Path:     networkACLBypass,
		Message: title(r) + " lets Azure services past its firewall. '" + rule.Spell(r, networkACLBypass) + "' opens a way in that " +
			"neither the firewall nor the private endpoints control. Turn it off, or name the resources that need it in '" +
			rule.Spell(r, bypassResourceIDs) + "'.",
		Fix: setFix(r, networkACLBypass, value.OfString("None"), false),
	}
	if len(r.Body.GetPath(bypassResourceIDs).Elems()) > 0 {
		f.Severity, f.Fix = diag.Note, nil
		f.Message = title(r) + " lets named Azure resources past its firewall. Neither the firewall nor the private endpoints " +
			"control what '" + rule.Spell(r, bypassResourceIDs) + "' lists. Remove what does not need access any more."
	}
	return f
}
