package cosmos

import (
	"strconv"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Admitted is a subnet of the deployment that a virtual network rule of an account lets in.
type Admitted struct {
	*Subnet
	// ID is what the rule calls it.
	ID value.Value
}

// Admitted returns the subnets of the deployment that the account's virtual network rules let in, also those
// that are only referred to. The question asks for the list, or for a rule whose subnet is not in the deployment.
func (v *View) Admitted(a *Account) ([]Admitted, Question) {
	list := a.Resource.Body.GetPath(networkRules)
	var open Question
	if list.Kind != value.Array && !list.IsUnset() || list.Open {
		open = Question{Path: networkRules, Value: list}
	}
	var out []Admitted
	for i, rule := range list.Elems() {
		id := rule.Get("id")
		if s, found := v.FindSubnet(id); found == value.True {
			out = append(out, Admitted{s, id})
			continue
		}
		open = Question{Path: networkRules + "." + strconv.Itoa(i) + ".id", Value: id, Reason: "The subnet is not in this deployment, or its id is not known."}
	}
	return out, open
}

// RulesInForce answers whether the account's virtual network rules decide who gets in.
func (e Exposure) RulesInForce() value.Truth {
	return e.Decide(func(c Case) value.Truth { return value.And(c.Enabled, c.Filter, c.Rules) })
}
