package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Workloads are the types of resources that run a program, have settings, and can have a managed identity. A slot of a web app has one of its
// own (https://learn.microsoft.com/azure/app-service/overview-managed-identity).
var Workloads = []string{
	"Microsoft.Web/sites", "Microsoft.Web/sites/slots", "Microsoft.App/containerApps", "Microsoft.App/jobs",
	"Microsoft.ContainerInstance/containerGroups",
	"Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachineScaleSets",
}

// settingsBelow are the children of a workload that hold settings.
var settingsBelow = []string{"/config", "/extensions", "/runCommands"}

// accountHosts are the domains of endpoints that take Microsoft Entra ID, after the name of the account.
var accountHosts = []string{".documents.azure.", ".table.cosmos.azure."}

// NoIdentity answers whether a workload has no managed identity.
func NoIdentity(r *model.Resource) value.Truth {
	return r.Body.Get("identity").Decide(func(identity value.Value) value.Truth {
		switch {
		case identity.IsUnset():
			return value.True
		case identity.Kind != value.Object || identity.Get("type").IsUnset():
			return value.Undecided
		}
		return identity.Get("type").EqualsFold("None")
	})
}

// Uses tells whether the settings of a workload, its own or those in a child, have the endpoint of the account or
// something that is computed from the account.
func Uses(d *model.Deployment, r, account *model.Resource) bool {
	if tellsEndpoint(r.Body.Get("properties"), account) {
		return true
	}
	tells := func(c *model.Resource) bool {
		return childOf(c, r) == value.True && present(c, r) == value.True && tellsEndpoint(c.Body.Get("properties"), account)
	}
	return slices.ContainsFunc(settingsBelow, func(suffix string) bool { return slices.ContainsFunc(d.OfType(r.Type+suffix), tells) })
}

func tellsEndpoint(v value.Value, account *model.Resource) bool {
	in := func(v value.Value) bool { return tellsEndpoint(v, account) }
	if cases := v.Cases(); len(cases) > 0 {
		return !slices.ContainsFunc(cases, func(c value.Value) bool { return !in(c) })
	}
	return slices.ContainsFunc(v.Elems(), in) ||
		slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return in(f.Value) }) ||
		isEndpoint(v, account)
}

func isEndpoint(v value.Value, account *model.Resource) bool {
	name := text(account.Name)
	if v.Kind != value.String && v.Kind != value.Unknown || strings.Contains(name, "{}") {
		return false
	}
	id := value.Canon(account.ID)
	if id != "" && strings.Contains(v.Sym(), "reference("+id) {
		return true
	}
	all := text(v)
	return slices.ContainsFunc(accountHosts, func(host string) bool { return strings.Contains(all, "//"+name+host) })
}
