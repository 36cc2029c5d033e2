package terraform

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// association is a Terraform type that is no resource of its own in ARM but a property of another one.
type association struct {
	target string // the argument that holds the id of the resource
	typ    string // of that resource
	value  string // the argument that holds the value
	path   string // of the property, an object with an id
}

// associations: internal/services/network/subnet_*_association_resource.go, the same in all majors.
var associations = map[string]association{
	"azurerm_subnet_network_security_group_association":    {"subnet_id", subnetType, "network_security_group_id", "properties.networkSecurityGroup"},
	"azurerm_subnet_route_table_association":               {"subnet_id", subnetType, "route_table_id", "properties.routeTable"},
	"azurerm_subnet_nat_gateway_association":               {"subnet_id", subnetType, "nat_gateway_id", "properties.natGateway"},
	"azurerm_network_interface_security_group_association": {"network_interface_id", cardType, "network_security_group_id", "properties.networkSecurityGroup"},
}

// fold gives resources the properties that instances of their own set: associations, and updates by azapi.
func (m *mapper) fold() {
	for _, in := range m.instances {
		if in.named {
			continue
		}
		if a, ok := associations[in.Type]; ok && !in.Data {
			m.associate(in, a)
		}
		if part, ok := parts[in.Type]; ok && !in.Data {
			m.addPart(in, part)
		}
		if isUpdate(in) {
			m.update(in)
		}
	}
}

// associate sets the property of the resource that an association names. Where that cannot be told, the property of those
// that it may be is not known.
func (m *mapper) associate(in *Instance, a association) {
	target := m.argument(in, a.target)
	f, _ := in.Config.Lookup(a.value)
	id := m.argument(in, a.value)
	sure, maybe := m.named(target, a.typ)
	for _, r := range sure {
		m.set(r, a.path, may(in, follow(r.Body, a.path), wrap("id", id, f.Site)), f.Site)
	}
	if len(sure) > 0 || a.typ == subnetType && m.associateInline(in, a, target, wrap("id", id, f.Site), f.Site) {
		return
	}
	for _, r := range maybe {
		before := follow(r.Body, a.path)
		if len(before.Cases()) > 0 {
			continue // it may be this or that already
		}
		unknown := value.OneOf("", before, wrap("id", id, f.Site)).WithDeps(target.Deps()...)
		m.set(r, a.path, unknown, source.Span{})
	}
}

// associateInline sets the property of a subnet in a virtual network's own list, and reports whether there is such.
func (m *mapper) associateInline(in *Instance, a association, target, v value.Value, site source.Span) bool {
	const list = "properties.subnets"
	id, ok := model.ParseID(target)
	if !ok || len(id.Names) != 2 {
		return false
	}
	found := false
	for _, r := range m.byName[nameKey(networkType, id.Names[0])] {
		subnets := follow(r.Body, list)
		if value.SameFold(value.Template(r.ID, value.OfString("/subnets/"), id.Names[1]), target) != value.True {
			continue
		}
		elems := slices.Clone(subnets.Elems())
		for i, e := range elems {
			if value.SameFold(e.Get("name"), id.Names[1]) == value.True {
				t := &tree{}
				t.absorb(e)
				t.put(a.path, may(in, follow(e, a.path), v), site, e.Span)
				elems[i], found = like(e, t.object()), true
			}
		}
		if found {
			m.set(r, list, shaped(subnets, value.OfArray(elems...)), subnets.Span)
		}
	}
	return found
}

// named returns the resources of a type that an id is, or may be, of.
func (m *mapper) named(id value.Value, typ string) (sure, maybe []*model.Resource) {
	if parsed, ok := model.ParseID(id); ok {
		for _, r := range m.byName[nameKey(typ, joined(parsed.Names))] {
			if r.Refers(id) == value.True {
				sure = append(sure, r)
			}
		}
	}
	if len(sure) > 0 {
		return sure, nil
	}
	for _, r := range m.d.Resources {
		if !r.Is(typ) {
			continue
		}
		if m.compared++; m.compared > maxCompared {
			m.d.Incomplete = true
			return sure, maybe
		}
		switch r.Refers(id) {
		case value.True:
			sure = append(sure, r)
		case value.Undecided:
			maybe = append(maybe, r)
		}
	}
	return sure, maybe
}

// may is after where the instance is there for certain, and otherwise one of both.
func may(in *Instance, before, after value.Value) value.Value {
	if in.Exists == model.Yes {
		return after
	}
	return value.OneOf("", before, after).WithDeps(in.Condition.Deps()...)
}

// set gives a property of a resource a value.
func (m *mapper) set(r *model.Resource, path string, v value.Value, site source.Span) {
	t := &tree{}
	t.absorb(r.Body)
	t.put(path, v, site, r.Header)
	r.Body = like(r.Body, t.object())
}
