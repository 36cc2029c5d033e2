package cosmos

import (
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// traffic is what a security rule is about, taken apart once: rules are compared with each other.
type traffic struct {
	is          value.Truth // whether it is about this traffic at all
	sure, maybe Ports
	priority    float64
	ranked      bool // the priority is known
	to          []destination
	whole       bool // there are no other destinations than those in to
	from        sources
}

// destination is an address range or a service tag.
type destination struct {
	value   value.Value
	text    string // "" of an unknown
	all     bool
	rng     Range
	isRange bool
}

func (r SecurityRule) traffic(is value.Truth) traffic {
	t := traffic{is: is}
	t.sure, t.maybe = portsOf(r)
	t.priority, t.ranked = priorityOf(r.Properties.Get("priority"))
	var list []Prefix
	list, t.whole = r.Destinations()
	for _, p := range list {
		for _, v := range p.Value.Alternatives() {
			d := destination{value: v}
			d.text, _ = v.Text()
			d.all = d.text == "*" || strings.EqualFold(d.text, "VirtualNetwork")
			d.rng, d.isRange = ParseRange(d.text)
			t.to = append(t.to, d)
		}
		t.whole = t.whole && len(p.Value.Cases()) == 0
	}
	return t
}

// priorityOf reads a priority, which may be a number in quotes.
func priorityOf(v value.Value) (float64, bool) {
	if text, ok := v.Text(); ok {
		n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 16)
		return float64(n), err == nil
	}
	return v.Float()
}

// first tells that no rule is looked at before this one: priorities begin at 100, and no two rules of a direction share one
// (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules).
func (t *traffic) first() bool { return t.ranked && t.priority <= 100 }

// earlier answers whether a rule is looked at before another one: its priority is a smaller number.
func (t *traffic) earlier(o *traffic) value.Truth {
	if o.first() {
		return value.False
	}
	if !t.ranked || !o.ranked {
		return value.Undecided
	}
	return value.TruthOf(t.priority < o.priority)
}

// reaches answers whether the destinations of a rule hold all those of another one. Traffic that comes into a group is for its
// own network. Rules for application security groups have no destinations here.
func (t *traffic) reaches(o *traffic) value.Truth {
	if !t.whole || !o.whole || len(t.to) == 0 || len(o.to) == 0 {
		if t.whole && len(t.to) == 1 && t.to[0].all {
			return value.True
		}
		return value.Undecided
	}
	all := value.True
	for i := range o.to {
		in := value.False
		for j := range t.to {
			in = value.Or(in, t.to[j].holds(&o.to[i]))
		}
		all = value.And(all, in)
	}
	return all
}

func (d *destination) holds(o *destination) value.Truth {
	switch {
	case d.all, d.text != "" && strings.EqualFold(d.text, o.text):
		return value.True
	case d.text == "" || o.text == "":
		return value.SameFold(d.value, o.value)
	case d.isRange && o.isRange:
		return value.TruthOf(o.rng.Within(d.rng))
	}
	return value.False
}
