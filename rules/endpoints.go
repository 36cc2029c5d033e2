package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// eachEndpoint calls check for every private endpoint of the deployment that leads to Cosmos DB. One that may do so in a
// deployment with Cosmos DB in it counts as undetermined.
func eachEndpoint(p *rule.Pass, check func(*cosmos.View, *cosmos.Endpoint)) {
	v := look(p)
	for _, e := range v.Endpoints {
		if e.Resource.Existing {
			continue
		}
		switch e.Cosmos() {
		case value.True:
			check(v, e)
		case value.Undecided:
			if usesCosmos(v) {
				path, target := endpointTarget(e)
				p.Undetermined(e.Resource, path, target, "The resource that the private endpoint connects to is not known before deployment.")
			}
		}
	}
}

func usesCosmos(v *cosmos.View) bool {
	for _, typ := range []string{cosmos.AccountType, cosmos.MongoClusterType, cosmos.PostgreSQLType} {
		if len(v.Deployment.OfType(typ)) > 0 {
			return true
		}
	}
	return false
}

// endpointTarget is the property that would have to be known to tell where an endpoint leads.
func endpointTarget(e *cosmos.Endpoint) (string, value.Value) {
	if path, list := e.Hidden(); path != "" {
		return path, list
	}
	for _, c := range e.Connections {
		if c.Sure && c.Cosmos() == value.Undecided {
			return c.Path + ".properties.privateLinkServiceId", c.Target
		}
	}
	path := strings.TrimSuffix(e.Connections[0].Path, ".0")
	return path, e.Resource.Body.GetPath(path)
}

// targetOf returns the type of what a connection leads to, and its API if it is an account of the deployment.
func targetOf(v *cosmos.View, c cosmos.Connection) (typ string, api cosmos.API) {
	for _, a := range v.Accounts {
		if a.Resource.Refers(c.Target) == value.True {
			return cosmos.AccountType, a.API
		}
	}
	return c.TargetType(), cosmos.UnknownAPI
}

// nameOfTarget names what a connection leads to for a message.
func nameOfTarget(c cosmos.Connection) string {
	if id, ok := model.ParseID(c.Target); ok && len(id.Names) > 0 {
		return "'" + rule.Title(id.Names[len(id.Names)-1]) + "'"
	}
	return "the account"
}

// replaceElement is a fix that puts a word in the place of the i-th element of a list; it takes the element away where the
// word is there already.
func replaceElement(r *model.Resource, path string, i int, list value.Value, by string) *diag.Fix {
	at := path + "." + strconv.Itoa(i)
	title := "Replace " + r.Dialect.Literal(list.Elems()[i]) + " by " + r.Dialect.Literal(value.OfString(by))
	edits := r.Dialect.Set(r, at, value.OfString(by))
	if slices.ContainsFunc(list.Elems(), func(e value.Value) bool { return e.EqualsFold(by) == value.True }) {
		title, edits = "Remove "+r.Dialect.Literal(list.Elems()[i]), r.Dialect.Remove(r, at)
	}
	if len(edits) == 0 {
		return nil
	}
	return &diag.Fix{Title: title, Edits: edits}
}

// rightGroups returns the groups of an endpoint that its target has, and whether all of its group ids are known. A group
// that the target does not have is CDB122's to report.
func rightGroups(v *cosmos.View, e *cosmos.Endpoint) (groups []cosmos.Group, known bool) {
	known = true
	for _, c := range e.Connections {
		typ, api := targetOf(v, c)
		if typ != "" && c.GroupIDs(typ, api) == value.False {
			continue
		}
		groups = append(groups, c.Known()...)
		known = known && c.Sure && c.Groups.Known()
	}
	return groups, known
}

// renameZone changes the zone's name wherever the deployment spells it, if only this endpoint uses the zone. An ARM template
// has to spell it in the id; elsewhere the id may be that of the zone's symbol.
func renameZone(v *cosmos.View, r *model.Resource, id value.Value, name, want string) *diag.Fix {
	if name == "" || want == "" || v.ZoneUses(id) > 1 {
		return nil
	}
	ids, names := v.ZoneSpans(id)
	edits := replaced(ids, name, want)
	if len(edits) == 0 && r.Dialect.Name() == "ARM" {
		return nil
	}
	edits = append(edits, replaced(names, name, want)...)
	slices.SortFunc(edits, func(a, b source.Edit) int { return source.Compare(a.Span, b.Span) })
	if edits = slices.Compact(edits); len(edits) == 0 {
		return nil
	}
	return &diag.Fix{Title: "Rename the zone to '" + want + "'", Edits: edits}
}

// replaced are the edits that write a name in place of another, in each span that has it once.
func replaced(spans []source.Span, name, want string) []source.Edit {
	var edits []source.Edit
	for _, s := range spans {
		if text := s.Text(); strings.Count(text, name) == 1 {
			edits = append(edits, source.Edit{Span: s.File.At(s.Start+strings.Index(text, name), len(name)), New: want})
		}
	}
	return edits
}

// allOf is an unknown that waits for everything that the inputs wait for.
func allOf(inputs ...value.Value) value.Value {
	var deps []string
	for _, v := range inputs {
		deps = append(deps, v.Deps()...)
	}
	return value.NewUnknown("", deps...)
}

// linkInput stands for what would have to be known to tell whether a zone is linked to the endpoint's network.
func linkInput(v *cosmos.View, e *cosmos.Endpoint, zone *model.Resource) value.Value {
	inputs := []value.Value{e.Subnet, e.Resource.Condition}
	for _, l := range v.Links(zone) {
		inputs = append(inputs, l.Network, l.Resource.Condition)
	}
	return allOf(inputs...)
}

// groupInput stands for what would have to be known to tell whether a connection's target has its groups.
func groupInput(v *cosmos.View, c cosmos.Connection) value.Value {
	inputs := []value.Value{c.Groups}
	for _, a := range v.Accounts {
		if a.Resource.Refers(c.Target) == value.True {
			inputs = append(inputs, apiInput(a.Resource))
		}
	}
	return allOf(inputs...)
}

// apiInput stands for what would have to be known to tell the API of an account.
func apiInput(account *model.Resource) value.Value {
	return allOf(account.Body.Get("kind"), account.Body.GetPath("properties.capabilities"))
}

// askPolicies counts the check of a subnet that waits for its group, its network policies, or for the endpoint in it.
func askPolicies(p *rule.Pass, e *cosmos.Endpoint, s *cosmos.Subnet) {
	group, policies := s.PathOf("networkSecurityGroup"), s.PathOf("privateEndpointNetworkPolicies")
	input := s.Properties.Get("privateEndpointNetworkPolicies")
	switch {
	case s.HasNSG() == value.Undecided:
		p.Undetermined(s.Resource, group, s.Properties.Get("networkSecurityGroup"), rule.Unknown(s.Resource, group))
	case s.NSGApplies() != value.Undecided:
		p.Undetermined(s.Resource, policies, e.Resource.Condition,
			"Whether the private endpoint '"+rule.Title(e.Resource.Name)+"' is deployed is not known before deployment.")
	case input.IsUnset():
		p.Undetermined(s.Resource, policies, input, "Sources conflict on the default of '"+rule.Spell(s.Resource, policies)+
			"' in API version "+s.Resource.APIVersion+".")
	default:
		p.Undetermined(s.Resource, policies, input, rule.Unknown(s.Resource, policies))
	}
}

// zoneInput stands for what would have to be known to tell whether a zone fits an endpoint.
func zoneInput(e *cosmos.Endpoint, zone value.Value) value.Value {
	inputs := []value.Value{zone, e.Resource.Body.Get("location")}
	for _, c := range e.Connections {
		inputs = append(inputs, c.Groups)
	}
	return allOf(inputs...)
}

// firstZone returns the zone to speak about: the first one, or the list where none can be seen.
func firstZone(e *cosmos.Endpoint) (*cosmos.ZoneGroup, cosmos.ZoneConfig) {
	for _, zg := range e.ZoneGroups {
		if len(zg.Zones) > 0 {
			return zg, zg.Zones[0]
		}
	}
	const list = "properties.privateDnsZoneConfigs"
	return e.ZoneGroups[0], cosmos.ZoneConfig{Path: list, ID: e.ZoneGroups[0].Resource.Body.GetPath(list)}
}
