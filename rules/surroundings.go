package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// tieSentence says why a subnet is looked at: "Private endpoint 'pe1' of account 'db1' stands in it. ". It is empty where
// everything is.
func tieSentence(t cosmos.Tie) string {
	switch r := t.Through; {
	case r == nil:
		return ""
	case r.Is(cosmos.PrivateEndpointType):
		return "Private endpoint '" + rule.Title(r.Name) + "'" + ofCosmos(t) + " stands in it. "
	case r == t.Cosmos && r.Is(cosmos.AccountType):
		return title(r) + " lets it in. "
	case r == t.Cosmos, strings.HasPrefix(strings.ToLower(r.Type), strings.ToLower(cosmos.CassandraType)):
		return "Cluster '" + rule.Title(model.SplitName(r.Name)[0]) + "' stands in it. "
	}
	return "'" + rule.Title(t.Through.Name) + "' stands in it, which uses " + lower(title(t.Cosmos)) + ". "
}

// networkSentence is tieSentence for a virtual network.
func networkSentence(t cosmos.Tie) string {
	if t.Through != nil && t.Through == t.Cosmos && t.Cosmos.Is(cosmos.AccountType) {
		return title(t.Through) + " lets in a subnet of it. "
	}
	return tieSentence(t)
}

func ofCosmos(t cosmos.Tie) string {
	if t.Cosmos == nil {
		return ""
	}
	return " of " + lower(title(t.Cosmos))
}

// lower is a sentence's beginning within a sentence.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// relatedTo is the place that ties something to Cosmos DB.
func relatedTo(t cosmos.Tie) []diag.Related {
	if t.Through == nil {
		return nil
	}
	what := "what uses the account"
	switch {
	case t.Through.Is(cosmos.PrivateEndpointType):
		what = "the private endpoint"
	case t.Through == t.Cosmos && t.Cosmos.Is(cosmos.AccountType):
		what = "let in here"
	case strings.HasPrefix(strings.ToLower(t.Through.Type), strings.ToLower(cosmos.CassandraType)):
		what = "the cluster"
	}
	return related(what, t.Site)
}

// judgeTied reports a finding about something around Cosmos DB where it is bad and tied for certain, and counts it as
// undetermined where it may be. Where it is good, the rule has held. open is what leaves open whether it is bad.
func judgeTied(p *rule.Pass, t cosmos.Tie, bad value.Truth, f rule.Finding, open cosmos.Question) {
	switch {
	case bad == value.False && t.Is == value.True:
		p.Held(f.Resource)
	case bad == value.False:
	case bad == value.Undecided:
		ask(p, f.Resource, open)
	case t.Is == value.Undecided:
		p.Undetermined(f.Resource, "", t.Open, "Whether something that reaches Cosmos DB is behind '"+rule.Title(f.Resource.Name)+
			"' cannot be told before deployment.")
	default:
		f.Related = append(f.Related, relatedTo(t)...)
		p.Report(f)
	}
}

// forEndpoints adds what a group needs to apply to private endpoints.
func forEndpoints(x *cosmos.TiedSubnet) string {
	if x.Through == nil || !x.Through.Is(cosmos.PrivateEndpointType) || x.NSGApplies() == value.True {
		return ""
	}
	return ", and set '" + rule.Spell(x.Resource, x.PathOf("privateEndpointNetworkPolicies")) + "' so that it applies to private endpoints"
}

// entryOf is the name of a subnet that is an entry of its network's list.
func entryOf(s *cosmos.Subnet) value.Value {
	if s.Path == "properties" {
		return value.Value{}
	}
	return s.Name
}
