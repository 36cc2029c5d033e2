package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// FlowLogsMissing is CDB503.
var FlowLogsMissing = &rule.Rule{
	ID:       "CDB503",
	Name:     "flow-logs-missing",
	Title:    "Nothing logs the traffic of the virtual network",
	Category: rule.Perimeter,
	Severity: diag.Note,
	Score:    3.0,
	Controls: rule.Also(rule.Also(rule.Baseline("NS-1"), rule.Policy, "4c3c6c5f-0d47-4402-99b8-aa543dd8bcee",
		"27960feb-a23c-4577-8d36-ef8b5f35e0be", "2f080164-9f4d-497e-9db6-416dc9f7b48a", "c251913d-7d24-4958-af87-478ed3b9ba41"),
		rule.CWE, "CWE-778"),
	Doc: `Flow logs tell who talked to whom, traffic analytics makes sense of them. Without, nobody can tell afterwards who reached
the private endpoint of an account, and nobody sees a network security group that lets through too much.

Add a flow log of the virtual network, with traffic analytics. Logs of network security groups count as well, but no new ones can be made
since June 2025, and they end in September 2027.

A policy, or another deployment, may add flow logs: this is a note.`,
	References: []string{
		"https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview",
		"https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview",
		"https://learn.microsoft.com/azure/network-watcher/traffic-analytics",
	},
	Since: "0.1.0",
	Check: func(p *rule.Pass) {
		s := around(p)
		for _, n := range s.Networks {
			if n.Resource != nil && !n.Peer && !n.Resource.Existing {
				checkFlowLogs(p, n, s.FlowLogsOf(n))
			}
		}
	},
}

func checkFlowLogs(p *rule.Pass, n *cosmos.TiedNetwork, logs cosmos.FlowLogs) {
	name := rule.Title(n.Resource.Name)
	question := cosmos.Question{Value: logs.Open, Reason: "Whether a flow log has the traffic of virtual network '" + name + "' is not known before deployment."}
	if len(logs.Logs) == 0 || logs.Has != value.True {
		judgeTied(p, n.Tie, logs.Has.Not(), rule.Finding{
			Resource: n.Resource,
			Message: "Virtual network '" + name + "' has no flow log. " + networkSentence(n.Tie) + "Who talked to whom cannot be told afterwards." +
				" Add a flow log of the virtual network, with traffic analytics, unless a policy or another deployment does.",
		}, question)
		return
	}
	log := logs.Logs[0]
	f := rule.Finding{Resource: log, Path: cosmos.FlowLogEnabled, Message: "Flow log '" + rule.Title(lastName(log)) +
		"' is off. Who talked to whom in virtual network '" + name + "' cannot be told afterwards. " + networkSentence(n.Tie) + "Turn it on."}
	if logs.Enabled == value.True {
		f.Path = cosmos.TrafficAnalysis
		f.Message = "Flow log '" + rule.Title(lastName(log)) + "' has no traffic analytics. The log of virtual network '" + name +
			"' is kept, but nobody looks at it. " + networkSentence(n.Tie) + "Set '" + rule.Spell(log, f.Path) + "' and a workspace."
	}
	question = cosmos.Question{Path: f.Path, Value: log.Body.GetPath(f.Path)}
	if question.Value.IsUnset() {
		question.Reason = "What a flow log without '" + rule.Spell(log, f.Path) + "' does is not documented."
	}
	if logs.Analysed == value.True {
		f.Resource = n.Resource // what is good holds for the network
	}
	judgeTied(p, n.Tie, value.And(logs.Enabled, logs.Analysed).Not(), f, question)
}

// lastName is a child's own name.
func lastName(r *model.Resource) value.Value {
	names := model.SplitName(r.Name)
	return names[len(names)-1]
}
