package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// FlowLogType is a log of the traffic of a virtual network, a subnet, a network card or a network security group. For groups none
// can be made since June 2025: https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview.
const FlowLogType = "Microsoft.Network/networkWatchers/flowLogs"

// Properties of a flow log.
const (
	FlowLogEnabled  = "properties.enabled"
	TrafficAnalysis = "properties.flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.enabled"

	flowLogTarget = "properties.targetResourceId"
)

// FlowLogs are those of a virtual network.
type FlowLogs struct {
	// Logs are those of the network, of its subnets, and of the groups of its subnets that are looked at; those that are on come first.
	Logs []*model.Resource
	// Has answers whether the traffic of those subnets is logged; Enabled and Analysed whether by a log that is on, and by one that
	// traffic analytics looks at.
	Has, Enabled, Analysed value.Truth
	// Open stands for what would have to be known.
	Open value.Value
}

// FlowLogsOf finds the flow logs of a network of the deployment.
func (s *Surroundings) FlowLogsOf(n *TiedNetwork) FlowLogs {
	f := FlowLogs{Has: value.False, Enabled: value.False, Analysed: value.False}
	var deps []string
	var rest []*model.Resource
	for _, log := range s.view.Deployment.OfType(FlowLogType) {
		of := s.logs(log, n)
		switch {
		case of != value.True || log.Existing:
		case isOnOf(log, FlowLogEnabled) == value.True:
			f.Logs = append(f.Logs, log)
		default:
			rest = append(rest, log)
		}
		if of = value.And(of, present(log, n.Resource)); of == value.Undecided {
			deps = append(deps, append(log.Body.GetPath(flowLogTarget).Deps(), log.Condition.Deps()...)...)
		}
		enabled := value.And(of, given(log.Body.GetPath(flowLogTarget)), isOnOf(log, FlowLogEnabled))
		f.Has = value.Or(f.Has, of)
		f.Enabled = value.Or(f.Enabled, enabled)
		f.Analysed = value.Or(f.Analysed, value.And(enabled, isOnOf(log, TrafficAnalysis)))
	}
	f.Logs = append(f.Logs, rest...)
	if f.Has == value.False && s.mayBeLogged(n.Resource) {
		f.Has = value.Undecided
	}
	f.Open = value.NewUnknown("", deps...)
	return f
}

// isOnOf is Undecided where the log does not say whether it is enabled: the default is not documented.
func isOnOf(log *model.Resource, path string) value.Truth {
	return log.Body.GetPath(path).Decide(func(v value.Value) value.Truth {
		if log.Existing || path == FlowLogEnabled && v.IsUnset() {
			return value.Undecided
		}
		return IsOn(v)
	})
}

// logs answers whether a flow log has the traffic of a network: it is that of the network, or of a subnet that is looked at or its
// group.
func (s *Surroundings) logs(log *model.Resource, n *TiedNetwork) value.Truth {
	target := log.Body.GetPath(flowLogTarget)
	of := n.Resource.Refers(target)
	for _, x := range s.Subnets {
		if x.Network == n.Resource {
			of = value.Or(of, x.Refers(target), sameID(target, x.Properties.GetPath(groupOf)))
		}
	}
	return of
}

// mayBeLogged tells that a module which cannot be looked into is told of the network and may log its traffic.
func (s *Surroundings) mayBeLogged(network *model.Resource) bool {
	if s.view.Deployment.Incomplete {
		return true
	}
	return slices.ContainsFunc(s.view.Deployment.Opaque, func(o model.Opaque) bool {
		source := strings.ToLower(o.Source)
		logs := slices.ContainsFunc([]string{"watcher", "flow", "log", "monitor", "network"}, func(w string) bool { return strings.Contains(source, w) })
		return !leavesAlone(source, "watcher") && (logs || !makesSomethingElse(source)) && carries(o.Arguments, network)
	})
}
