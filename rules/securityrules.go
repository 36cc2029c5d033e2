package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// inboundOf are the rules that let in the internet with any of the lists that the group may have, those that certainly do first. One
// that does so with some lists only is undecided, and so is one on port 443 alone where it is not known whether the group holds something
// of Cosmos DB.
func inboundOf(p *rule.Pass, group *model.Resource, list value.Value, holds value.Truth) (sure []cosmos.Inbound) {
	cases := list.Alternatives()
	var maybe []cosmos.Inbound
	always := true
	for i, c := range cases {
		found := false
		for _, in := range look(p).OpenInbound(group, c, exceptWhere(holds)) {
			if in.Ports == cosmos.HTTPS {
				in.Open = value.And(in.Open, holds)
			}
			found = found || in.Open == value.True
			if in.Open == value.True && i == 0 {
				sure = append(sure, in)
			} else {
				maybe = append(maybe, in)
			}
		}
		always = always && found
	}
	for i := range sure {
		if !always && sure[i].Rule.Resource == group {
			sure[i].Open = value.Undecided
		}
	}
	return append(sure, maybe...)
}

// alsoOpen are the places of other rules in the list of the same group that let in the internet, four at most.
func alsoOpen(found []cosmos.Inbound, group *model.Resource) (out []diag.Related) {
	for _, in := range found {
		if in.Rule.Resource == group && in.Open == value.True && len(in.By) > 0 && len(out) < 4 {
			out = append(out, related("rule '"+rule.Title(in.Rule.Name)+"' as well, on "+in.Ports.String(), in.By[0].Value.Span)...)
		}
	}
	return out
}

// guarded says what stands behind a group that is looked at for that reason: a subnet, or a program with a network card of its own.
func guarded(t cosmos.Tie, subnets []*cosmos.TiedSubnet) string {
	for _, x := range subnets {
		if x.Is == value.True && x.Through != nil {
			return "Its group guards subnet '" + rule.Title(x.Name) + "': " + lower(tieSentence(x.Tie))
		}
	}
	if t.Through == nil {
		return ""
	}
	return "Its group guards '" + rule.Title(t.Through.Name) + "', which uses " + lower(title(t.Cosmos)) + ". "
}

// inboundQuestion asks for the first of the rule's properties that leaves open whether it lets in the internet, or whether that matters;
// holds is what would tell.
func inboundQuestion(in cosmos.Inbound, holds value.Value) cosmos.Question {
	r := in.Rule
	for _, name := range []string{"access", "direction", "sourceAddressPrefix", "sourceAddressPrefixes", "protocol",
		"destinationPortRange", "destinationPortRanges", "priority"} {
		if v := r.Properties.Get(name); !v.Known() {
			return cosmos.Question{Path: r.PathOf(name), Value: v}
		}
	}
	if in.Ports == cosmos.HTTPS {
		return cosmos.Question{Path: r.PathOf("destinationPortRange"), Value: allOf(holds, r.Resource.Body),
			Reason: "Whether a private endpoint for Cosmos DB, whose port 443 rule '" + rule.Title(r.Name) + "' opens, stands behind the group" +
				" cannot be told before deployment."}
	}
	return cosmos.Question{Path: r.PathOf("access"), Value: r.Resource.Body,
		Reason: "Whether another rule of the group denies what rule '" + rule.Title(r.Name) + "' admits is not known before deployment."}
}

// exceptWhere are the ports that are no concern of a group unless something for Cosmos DB may stand behind it.
func exceptWhere(holds value.Truth) cosmos.Ports {
	if holds == value.False {
		return cosmos.HTTPS
	}
	return 0
}

// spelledOut points at the first destination that a service tag stands for.
func spelledOut(o cosmos.Outbound, found []cosmos.Spelled) rule.Finding {
	var addresses []value.Value
	tag, own := found[0].Tag, true
	for _, f := range found {
		addresses = append(addresses, f.Text)
		own = own && f.Tag != ""
		if f.Tag != tag {
			tag = cosmos.ServiceTag
		}
	}
	what := "Network security rule"
	if o.Firewall {
		what = "Firewall rule"
	}
	advice := "It opens ports of Cosmos DB to more than Cosmos DB, or to addresses that change. Name the service tag '" + cosmos.ServiceTag +
		"' or '" + cosmos.ServiceTag + ".<region>' as the destination, unless another service needs the rule."
	if own {
		advice = "That is Cosmos DB, whose addresses Microsoft changes. Name the service tag '" + tag + "', which follows them, as the destination."
	}
	at := found[0].Prefix
	return rule.Finding{
		Resource: o.Resource, Path: at.Path, Value: &at.Value, Site: at.Value.Span,
		Message: what + " '" + rule.Title(o.Name) + "' lets traffic out to " + listed(addresses) + ". " + advice,
	}
}
