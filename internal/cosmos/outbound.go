package cosmos

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	ruleGroupType = PolicyType + "/ruleCollectionGroups"
	firewallRules = FirewallType + "/networkRuleCollections"
	ipGroupType   = "Microsoft.Network/ipGroups"

	ruleCollections    = "properties.ruleCollections"
	networkCollections = "properties.networkRuleCollections"
	destinationGroups  = "destinationIpGroups"
)

// Outbound is a rule about traffic that goes out: of a network security group, or a network rule of an Azure Firewall. One of which
// nothing is known stands for a list of rules that cannot be seen whole.
type Outbound struct {
	// Resource is where the rule is written: what the rule is of, or a child of that.
	Resource *model.Resource
	Name     value.Value
	// Firewall says that it is a rule of an Azure Firewall.
	Firewall bool

	allows      value.Truth
	to          []Destination
	whole       bool // there are no other destinations than those in to
	sure, maybe Ports
	decides     []Prefix // the properties that do, in the order in which to ask for them
	open        Question // asks for what no property of the rule tells: what IP groups hold, whose rule it is
}

// Destination is an address, a range or a service tag that a rule has as a destination, and where the rule has it: the rule may name
// an IP group that holds it.
type Destination struct {
	Prefix
	Text value.Value
}

// OutboundOf are the rules about outbound traffic of a network security group, a firewall, a policy of firewalls, or one of LooseRules.
func (v *View) OutboundOf(r *model.Resource) []Outbound {
	switch {
	case r.Is(GroupType):
		return v.outboundOfGroup(r)
	case r.Is(FirewallType):
		return v.outboundOfFirewall(r)
	case r.Is(ruleGroupType):
		return v.outboundOfCollections(r)
	case r.Is(firewallRules):
		return v.networkRules(r, "properties", r.Body.Get("properties"))
	}
	return v.ofChildren(r, ruleGroupType, v.outboundOfCollections)
}

// LooseRules are the collections of network rules that a deployment adds to policies and firewalls of other deployments.
func (v *View) LooseRules() (out []*model.Resource) {
	for _, typ := range []string{ruleGroupType, firewallRules} {
		parent := typ[:strings.LastIndexByte(typ, '/')]
		for _, r := range v.Deployment.OfType(typ) {
			known := func(p *model.Resource) bool { return childOf(r, p) != value.False }
			if !slices.ContainsFunc(v.Deployment.OfType(parent), known) {
				out = append(out, r)
			}
		}
	}
	return out
}

// hiddenRules stands for the rules of a list that is not seen whole; there are none where it is.
func hiddenRules(r *model.Resource, path string, list value.Value) []Outbound {
	if (list.Kind == value.Array || list.IsUnset()) && !list.Open {
		return nil
	}
	return []Outbound{{Resource: r, allows: value.Undecided, maybe: everything, decides: []Prefix{{path, list}}}}
}

func (v *View) outboundOfGroup(group *model.Resource) []Outbound {
	path, list := RuleList(group)
	out := hiddenRules(group, path, list)
	for _, r := range v.SecurityRules(group, list) {
		o := Outbound{Resource: r.Resource, Name: r.Name, allows: r.Is("Outbound", "Allow")}
		for _, name := range []string{"access", "direction", "protocol", "destinationPortRange", "destinationPortRanges",
			"destinationAddressPrefix", "destinationAddressPrefixes"} {
			o.decides = append(o.decides, Prefix{r.PathOf(name), r.Properties.Get(name)})
		}
		var to []Prefix
		to, o.whole = r.Destinations()
		for _, d := range to {
			o.to = append(o.to, Destination{d, d.Value})
		}
		o.sure, o.maybe = portsOf(r)
		if r.Resource != group && childOf(r.Resource, group) == value.Undecided {
			o = o.perhapsOf(group)
		}
		out = append(out, o)
	}
	return out
}

// outboundOfFirewall are the rules in a firewall's own list of collections, and those of collections that are resources of their own, as
// they are in Terraform.
func (v *View) outboundOfFirewall(r *model.Resource) []Outbound {
	list := r.Body.GetPath(networkCollections)
	out := hiddenRules(r, networkCollections, list)
	for i, c := range list.Elems() {
		out = append(out, v.networkRules(r, networkCollections+"."+strconv.Itoa(i)+".properties", c.Get("properties"))...)
	}
	return append(out, v.ofChildren(r, firewallRules, func(c *model.Resource) []Outbound {
		return v.networkRules(c, "properties", c.Body.Get("properties"))
	})...)
}

// outboundOfCollections are the rules in a group of collections of a policy.
func (v *View) outboundOfCollections(g *model.Resource) []Outbound {
	list := g.Body.GetPath(ruleCollections)
	out := hiddenRules(g, ruleCollections, list)
	for i, c := range list.Elems() {
		out = append(out, v.networkRules(g, ruleCollections+"."+strconv.Itoa(i), c)...)
	}
	return out
}

// ofChildren are the rules in the children of r. In those that may be somebody else's nothing is certain.
func (v *View) ofChildren(r *model.Resource, typ string, rules func(*model.Resource) []Outbound) (out []Outbound) {
	sure, maybe := children(v.Deployment, r, typ)
	for _, c := range sure {
		out = append(out, rules(c)...)
	}
	for _, c := range maybe {
		for _, o := range rules(c) {
			out = append(out, o.perhapsOf(r))
		}
	}
	return out
}

// perhapsOf is a rule that may be of r or of something else.
func (o Outbound) perhapsOf(r *model.Resource) Outbound {
	o.allows = value.And(o.allows, value.Undecided)
	o.open = Question{Value: o.Resource.Name, Reason: "Whether the rule is one of '" + r.Path + "' is not known before deployment."}
	return o
}

// networkRules are the rules that allow something in a collection, whose properties are at a path of r.
func (v *View) networkRules(r *model.Resource, path string, c value.Value) []Outbound {
	action := Prefix{path + ".action.type", c.GetPath("action.type")}
	allows := value.And(isUnsetOr(c.Get("ruleCollectionType"), "FirewallPolicyFilterRuleCollection"), action.Value.EqualsFold("Allow"))
	if allows == value.False {
		return nil
	}
	path += ".rules"
	rules := c.Get("rules")
	out := hiddenRules(r, path, rules)
	for i, e := range rules.Elems() {
		o := v.networkRule(r, path+"."+strconv.Itoa(i), e)
		o.allows = value.And(o.allows, allows)
		o.decides = append([]Prefix{action}, o.decides...)
		out = append(out, o)
	}
	return out
}

func isUnsetOr(v value.Value, text string) value.Truth {
	return value.Or(value.TruthOf(v.IsUnset()), v.EqualsFold(text))
}

// networkRule reads a rule of a policy or, where the protocols have another name, of a firewall:
// https://learn.microsoft.com/azure/templates/microsoft.network/firewallpolicies/rulecollectiongroups#networkrule,
// https://learn.microsoft.com/azure/templates/microsoft.network/azurefirewalls#azurefirewallnetworkrule.
func (v *View) networkRule(r *model.Resource, path string, rule value.Value) Outbound {
	o := Outbound{Resource: r, Name: rule.Get("name"), Firewall: true, allows: isUnsetOr(rule.Get("ruleType"), "NetworkRule"), whole: true}
	protocols := "ipProtocols"
	if rule.Get(protocols).IsUnset() {
		protocols = "protocols"
	}
	for _, name := range []string{"ruleType", protocols, "destinationPorts", "destinationAddresses"} {
		o.decides = append(o.decides, Prefix{path + "." + name, rule.Get(name)})
	}
	read := func(name string) ([]Prefix, bool) { return elements(path+"."+name, rule.Get(name)) }
	o.sure, o.maybe = portsOfRanges(read("destinationPorts"))
	s, m := Ports(0), Ports(0)
	list, complete := read(protocols)
	if !complete {
		m = everything
	}
	for _, p := range list {
		sure, maybe := portsOfProtocols(p.Value)
		s, m = s|sure, m|maybe
	}
	o.sure, o.maybe = o.sure&s, o.maybe&m
	list, o.whole = read("destinationAddresses")
	for _, d := range list {
		o.to = append(o.to, Destination{d, d.Value})
	}
	list, complete = read(destinationGroups)
	if !complete {
		o.whole = false
		o.decides = append(o.decides, Prefix{path + "." + destinationGroups, rule.Get(destinationGroups)})
	}
	for _, id := range list {
		v.addGroup(&o, id)
	}
	return o
}

// addGroup adds the addresses in the IP group that a rule names.
func (v *View) addGroup(o *Outbound, id Prefix) {
	group, found := v.Deployment.Find(id.Value, ipGroupType)
	if found != value.True || group.Existing {
		o.whole = false
		o.open = Question{Path: id.Path, Value: id.Value, Reason: "What the IP group holds that the rule names is not in this deployment."}
		return
	}
	sure, maybe := children(v.Deployment, group, ipGroupType+"/ipAddresses") // single ones, as they may be in Terraform
	o.whole = o.whole && len(maybe) == 0
	for _, r := range append(append(sure, maybe...), group) {
		all := r.Body.GetPath("properties.ipAddresses")
		list, complete := elements("", all)
		o.whole = o.whole && complete
		if !all.Known() {
			o.open = Question{Path: id.Path, Value: all, Reason: "What the IP group '" + group.Path + "' holds is not known before deployment."}
		}
		for _, e := range list {
			o.to = append(o.to, Destination{id, e.Value})
		}
	}
}

// elements are those of a list with their paths, and whether they are all that it has.
func elements(path string, list value.Value) (out []Prefix, complete bool) {
	for i, e := range list.Elems() {
		out = append(out, Prefix{path + "." + strconv.Itoa(i), e})
	}
	return out, (list.Kind == value.Array || list.IsUnset()) && !list.Open
}

// Question asks for the first property that leaves open what the rule lets out, or for the one that can be read no further.
func (o Outbound) Question() Question {
	var last Prefix
	for _, p := range o.decides {
		if !p.Value.Known() {
			return Question{Path: p.Path, Value: p.Value}
		}
		if !p.Value.IsUnset() {
			last = p
		}
	}
	if o.open.Reason != "" {
		return o.open
	}
	return Question{Path: last.Path, Value: last.Value}
}
