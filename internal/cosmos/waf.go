package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Types of the policies of web application firewalls.
const (
	gatewayWAFType   = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies"
	frontDoorWAFType = "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies"

	profileType  = "Microsoft.Cdn/profiles"
	securityType = profileType + "/securityPolicies"
	gatewayWAF   = "properties.webApplicationFirewallConfiguration"
	listeners    = "properties.httpListeners"
	frontends    = "properties.frontendEndpoints"
	wafLink      = "properties.webApplicationFirewallPolicyLink"
	wafPolicy    = "properties.parameters.wafPolicy.id"
	wafMode      = "properties.policySettings.mode"
)

// WAF is what is known of the web application firewall of an application gateway or a Front Door, in one place that decides
// about it: the entry itself, or a policy that it uses.
type WAF struct {
	Resource *model.Resource
	Path     string
	// Missing answers whether there is none, Off whether it is turned off, Detects whether it only watches.
	Missing, Off, Detects value.Truth
	// Open asks for what leaves one of these open.
	Open Question
}

// Weak answers whether attacks get through.
func (w WAF) Weak() value.Truth { return value.Or(w.Missing, w.Off, w.Detects) }

// WAFs returns the places that decide about the firewall of an entry; none for what is not a Front Door.
func (v *View) WAFs(entry *model.Resource) []WAF {
	switch {
	case entry.Is(profileType):
		return v.profileWAFs(entry)
	case entry.Is("Microsoft.Network/frontDoors"):
		return v.frontDoorWAFs(entry)
	}
	return []WAF{v.gatewayWAF(entry)}
}

// gatewayWAF looks for a policy first, then for the configuration that policies have replaced. Policies of single listeners
// leave open what holds for the others.
func (v *View) gatewayWAF(gateway *model.Resource) WAF {
	policy := gateway.Body.GetPath(policyID)
	config := gateway.Body.GetPath(gatewayWAF)
	has := policy.Decide(given)
	if has == value.True {
		return v.policyWAF(gateway, policyID, policy, gatewayWAFType)
	}
	w := WAF{Resource: gateway, Path: policyID, Off: value.False, Detects: value.False, Open: Question{Path: policyID, Value: policy}}
	ofListener := anyOf(gateway.Body.GetPath(listeners), func(l value.Value) value.Truth { return l.GetPath(policyID).Decide(given) })
	configured := config.Decide(func(c value.Value) value.Truth {
		if c.Kind == value.Unknown {
			return value.Undecided
		}
		return value.TruthOf(c.Kind == value.Object)
	})
	switch {
	case has == value.Undecided:
		w.Missing = value.Undecided
	case configured == value.True:
		return configWAF(gateway, config)
	case configured == value.Undecided:
		w.Missing, w.Open = value.Undecided, Question{Path: gatewayWAF, Value: config}
	case ofListener != value.False:
		w.Missing = value.Undecided
		w.Open = Question{Path: listeners, Value: gateway.Body.GetPath(listeners), Reason: "Which requests the policies of single listeners guard cannot be told."}
	default:
		w.Missing = value.True
	}
	return w
}

// configWAF reads the configuration within a gateway, in which both members are required.
func configWAF(gateway *model.Resource, config value.Value) WAF {
	on, mode := config.Get("enabled").IsTrue(), config.Get("firewallMode").EqualsFold("Detection")
	w := WAF{Resource: gateway, Path: gatewayWAF + ".firewallMode", Missing: value.False, Off: on.Not(), Detects: value.And(on, mode)}
	if on != value.True {
		w.Path = gatewayWAF + ".enabled"
	}
	w.Open = Question{Path: w.Path, Value: gateway.Body.GetPath(w.Path)}
	return w
}

// policyWAF is the policy with that id, which an entry uses. One that the deployment does not make may be anything.
func (v *View) policyWAF(entry *model.Resource, path string, id value.Value, typ string) WAF {
	policy, found := v.Deployment.Find(id, typ)
	if found != value.True || policy.Existing {
		return WAF{Resource: entry, Path: path, Missing: value.False, Open: Question{Path: path, Value: id,
			Reason: "The policy of the web application firewall is not in this deployment, or not known."}}
	}
	return stateOf(policy, entry)
}

// stateOf reads a policy. It is enabled unless it says otherwise (the API's documentation of enabledState for Front Door,
// https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.AppGwWAF.Enabled for gateways). Of the mode of one that has none
// sources say both: prevention (https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.AppGwWAF.PreventionMode) and
// detection (https://learn.microsoft.com/azure/web-application-firewall/ag/create-waf-policy-ag).
func stateOf(policy, entry *model.Resource) WAF {
	state := "properties.policySettings.state"
	if policy.Is(frontDoorWAFType) {
		state = "properties.policySettings.enabledState"
	}
	w := WAF{Resource: policy, Path: wafMode, Missing: value.False, Off: policy.Body.GetPath(state).EqualsFold("Disabled")}
	mode := policy.Body.GetPath(wafMode)
	w.Open = Question{Path: wafMode, Value: mode}
	switch {
	case mode.IsUnset():
		w.Open.Reason = "Sources conflict on what a policy without a mode does."
	case w.Off == value.Undecided:
		w.Open = Question{Path: state, Value: policy.Body.GetPath(state)}
		fallthrough
	default:
		w.Detects = mode.EqualsFold("Detection")
	}
	if w.Off == value.True {
		w.Path = state
	}
	if present(policy, entry) == value.Undecided {
		w.Off, w.Detects = value.And(w.Off, value.Undecided), value.And(w.Detects, value.Undecided)
	}
	return w
}

// frontDoorWAFs looks at each host of a Front Door (classic).
func (v *View) frontDoorWAFs(door *model.Resource) []WAF {
	list := door.Body.GetPath(frontends)
	if list.Kind != value.Array || list.Open {
		return []WAF{{Resource: door, Path: frontends, Open: Question{Path: frontends, Value: list}}}
	}
	var out []WAF
	for i, e := range list.Elems() {
		path := frontends + "." + itoa(i) + "." + wafLink + ".id"
		id := e.GetPath(wafLink + ".id")
		switch id.Decide(given) {
		case value.True:
			out = append(out, v.policyWAF(door, path, id, frontDoorWAFType))
		case value.False:
			out = append(out, WAF{Resource: door, Path: path, Missing: value.True, Off: value.False, Detects: value.False})
		default:
			out = append(out, WAF{Resource: door, Path: path, Open: Question{Path: path, Value: id}})
		}
	}
	return out
}

// profileWAFs looks at the security policies of a Front Door profile; other profiles of the type are content delivery
// networks.
func (v *View) profileWAFs(profile *model.Resource) []WAF {
	sku := profile.Body.GetPath("sku.name")
	isFrontDoor := sku.Decide(func(name value.Value) value.Truth {
		text, ok := name.Text()
		if !ok {
			return value.Undecided
		}
		return value.TruthOf(strings.HasSuffix(strings.ToLower(text), "_azurefrontdoor"))
	})
	if isFrontDoor == value.False {
		return nil
	}
	sure, maybe := children(v.Deployment, profile, securityType)
	var out []WAF
	for _, r := range sure {
		id := r.Body.GetPath(wafPolicy)
		out = append(out, v.policyWAF(r, wafPolicy, id, frontDoorWAFType))
	}
	if len(out) > 0 {
		return out
	}
	missing := absence(v.Deployment, profile).Not()
	if len(maybe) > 0 {
		missing = value.Undecided
	}
	return []WAF{{Resource: profile, Path: "", Missing: value.And(missing, isFrontDoor), Off: value.False, Detects: value.False,
		Open: Question{Value: sku, Reason: "Whether a security policy guards the profile cannot be told before deployment."}}}
}
