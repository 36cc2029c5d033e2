package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ManyHosts is how many rules that differ in single addresses alone are many.
const ManyHosts = 5

// PerHost are rules of a group that say the same of several single addresses of virtual networks.
type PerHost struct {
	Rules []SecurityRule
	// Addresses are where each of them has its address.
	Addresses []Prefix
	// Many answers whether they are ManyHosts or more; with rules that are not known they may be.
	Many value.Truth
}

// PerHostRules finds the largest set of rules of a group that differ only in a single private address, at one end of the traffic.
func (v *View) PerHostRules(group *model.Resource, list value.Value) PerHost {
	sets := map[string]*PerHost{}
	var best *PerHost
	unknown := 0
	for _, r := range v.SecurityRules(group, list) {
		known := r.Properties.Known() && r.There == value.True
		for _, end := range []string{"source", "destination"} {
			key, address, ok := r.without(end)
			if !ok || r.There != value.True {
				continue
			}
			known = true
			set := sets[key]
			if set == nil {
				set = &PerHost{}
				sets[key] = set
			}
			set.Rules, set.Addresses = append(set.Rules, r), append(set.Addresses, address)
			if best == nil || len(set.Rules) > len(best.Rules) {
				best = set
			}
		}
		if !known {
			unknown++
		}
	}
	if best == nil {
		best = &PerHost{}
	}
	out := *best
	out.Many = value.TruthOf(len(out.Rules) >= ManyHosts)
	if out.Many == value.False && len(out.Rules) > 0 && len(out.Rules)+unknown >= ManyHosts {
		out.Many = value.Undecided
	}
	return out
}

// without is what a rule says but for its name, priority and the address at one end, and that address, if it is a single private one.
func (r SecurityRule) without(end string) (key string, address Prefix, ok bool) {
	one, many := end+"AddressPrefix", end+"AddressPrefixes"
	list, complete := r.either(one, many)
	if !complete || len(list) != 1 {
		return "", Prefix{}, false
	}
	text, isText := list[0].Value.Text()
	rng, isRange := ParseRange(text)
	if !isText || !isRange || rng.Count() != 1 || !rng.IsPrivate() {
		return "", Prefix{}, false
	}
	var b strings.Builder
	b.WriteString(end)
	for _, name := range []string{"direction", "access", "protocol", "sourcePortRange", "sourcePortRanges", "destinationPortRange",
		"destinationPortRanges", "sourceAddressPrefix", "sourceAddressPrefixes", "destinationAddressPrefix", "destinationAddressPrefixes",
		"sourceApplicationSecurityGroups", "destinationApplicationSecurityGroups"} {
		v := r.Properties.Get(name)
		if name == one || name == many || v.IsUnset() {
			continue
		}
		same := value.Canon(v)
		if same == "" {
			return "", Prefix{}, false
		}
		b.WriteString("\n" + name + " " + same)
	}
	return strings.ToLower(b.String()), list[0], true
}
