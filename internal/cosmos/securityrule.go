package cosmos

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	securityRuleType = GroupType + "/securityRules"
	securityRules    = "properties.securityRules"
)

// SecurityRule is a rule of a network security group: an entry of its list, or a child of its own.
type SecurityRule struct {
	// Resource is the group or the child.
	Resource *model.Resource
	// Path is where the rule's properties are in Resource.
	Path       string
	Name       value.Value
	Properties value.Value
	// There answers whether it is the group's and deployed whenever the group is.
	There value.Truth
}

// PathOf is the path within Resource of a property of the rule.
func (r SecurityRule) PathOf(property string) string { return r.Path + "." + property }

// SecurityRules are the rules of a group with the given list of its own, which may be one of several.
func (v *View) SecurityRules(group *model.Resource, list value.Value) []SecurityRule {
	var out []SecurityRule
	for i, e := range list.Elems() {
		path := securityRules + "." + strconv.Itoa(i) + ".properties"
		out = append(out, SecurityRule{group, path, e.Get("name"), e.Get("properties"), value.True})
	}
	sure, maybe := children(v.Deployment, group, securityRuleType)
	for _, r := range append(sure, maybe...) {
		there := value.And(childOf(r, group), present(r, group))
		names := model.SplitName(r.Name)
		out = append(out, SecurityRule{r, "properties", names[len(names)-1], r.Body.Get("properties"), there})
	}
	return out
}

// groups are the network security groups of the deployment, and those of others to which it adds rules.
func (v *View) groups() []*model.Resource {
	if v.allGroups != nil {
		return v.allGroups
	}
	v.allGroups = slices.Clone(v.Deployment.OfType(GroupType))
	known := map[string]bool{"": true}
	key := func(name value.Value) string { return strings.ToLower(value.Canon(name)) }
	for _, g := range v.allGroups {
		known[key(g.Name)] = true
	}
	for _, r := range v.Deployment.OfType(securityRuleType) {
		names := model.SplitName(r.Name)
		id, ok := model.ParseID(r.ID)
		if r.Parent != nil || !ok || known[key(names[0])] {
			continue
		}
		known[key(names[0])] = true
		v.allGroups = append(v.allGroups, &model.Resource{
			Type: GroupType, Name: names[0], ID: value.Template(id.Scope, value.OfString("/providers/"+GroupType+"/"), names[0]),
			Existing: true, Body: value.NewUnknown(""), Path: r.Path, Header: r.Header, Dialect: r.Dialect,
		})
	}
	return v.allGroups
}

// RuleList is the group's own list of rules, and its path.
func RuleList(group *model.Resource) (string, value.Value) {
	return securityRules, group.Body.GetPath(securityRules)
}

// AllRules tells that no other rules can be in force than those that are seen: there is no deny that somebody else makes.
func (v *View) AllRules(group *model.Resource, list value.Value) bool {
	return !group.Existing && (list.Kind == value.Array && !list.Open || list.IsUnset()) && absence(v.Deployment, group) == value.False
}

// Is answers whether the rule has the direction, Inbound or Outbound, and the access, Allow or Deny.
func (r SecurityRule) Is(direction, access string) value.Truth {
	return value.And(r.Properties.Get("direction").EqualsFold(direction), r.Properties.Get("access").EqualsFold(access))
}

// either are the values of a property of one text and of its plural, which is a list. Of the two one is used; complete says
// that both are seen whole.
func (r SecurityRule) either(one, many string) (out []Prefix, complete bool) {
	complete = true
	if v := r.Properties.Get(one); v.Kind == value.String || v.Kind == value.Int || v.Kind == value.Unknown {
		if text, ok := v.Text(); !ok || text != "" {
			out = append(out, Prefix{r.PathOf(one), v})
		}
	} else if !v.IsUnset() {
		complete = false
	}
	list := r.Properties.Get(many)
	if list.Kind != value.Array && !list.IsUnset() || list.Open {
		complete = false
	}
	for i, v := range list.Elems() {
		out = append(out, Prefix{r.PathOf(many) + "." + strconv.Itoa(i), v})
	}
	return out, complete
}

// Prefix is what a rule has as a source, a destination or a range of ports, and where.
type Prefix struct {
	Path  string
	Value value.Value
}

// Sources and Destinations are the addresses and service tags of a rule, and whether they are seen whole.
func (r SecurityRule) Sources() ([]Prefix, bool) {
	return r.either("sourceAddressPrefix", "sourceAddressPrefixes")
}

// Destinations is as Sources.
func (r SecurityRule) Destinations() ([]Prefix, bool) {
	return r.either("destinationAddressPrefix", "destinationAddressPrefixes")
}

// Ports are the ranges of destination ports of a rule.
func (r SecurityRule) Ports() ([]Prefix, bool) {
	return r.either("destinationPortRange", "destinationPortRanges")
}

// FromAnywhere answers whether the rule is about traffic from the whole internet, and by which of its sources. Ranges that
// are the internet together count as one that is.
func (r SecurityRule) FromAnywhere() (value.Truth, []Prefix) {
	list, complete := r.Sources()
	answer := value.TruthOf(false)
	if !complete {
		answer = value.Undecided
	}
	var by, wide []Prefix
	var ranges []Range
	for _, s := range list {
		is := s.Value.Decide(isAnywhere)
		answer = value.Or(answer, is)
		if is == value.True {
			by = append(by, s)
		}
		text, _ := s.Value.Text()
		if rng, ok := ParseRange(text); ok && rng.reach() > 0 {
			wide, ranges = append(wide, s), append(ranges, rng)
		}
	}
	if answer != value.True && coverage(ranges) > MaxCoverage {
		return value.True, wide
	}
	return answer, by
}

// isAnywhere holds for the words that mean every address, or those of the internet, and for ranges that are as good as that.
func isAnywhere(v value.Value) value.Truth {
	text, ok := v.Text()
	if !ok {
		return value.Undecided
	}
	if p, is6 := parseV6(text); is6 {
		return value.TruthOf(p.Bits() <= 8 && p.Overlaps(global6))
	}
	rng, ok := ParseRange(text)
	return value.TruthOf(isInternet(text) || ok && rng.reach() > MaxCoverage)
}
