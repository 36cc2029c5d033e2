package terraform

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// place is where the resources of a type are: how their names and ids are put together.
type place struct {
	// names are the arguments that hold the names of the resource, those of its parents first. The default is "name".
	names []string
	// parent is the argument that holds the id of the parent; names then has the resource's own only. Of the parent's names
	// the first keep are taken, all when keep is 0.
	parent string
	keep   int
	// parentSince is the first major in which parent takes the place of the parents' names; 0 is all.
	parentSince int
	// scope is the argument that holds the id of the resource that an extension is attached to.
	scope string
	// whole is the argument that holds the id of the resource which the instance is only a part of.
	whole string
	// fixed is a name that no argument has; unset is the name when its argument is omitted.
	fixed, unset string
	level        deployLevel
	// graph says that the tenant has it, not Azure Resource Manager: its id says nothing, and parent is an argument with one.
	graph bool
}

// deployLevel is what a resource is deployed to.
type deployLevel uint8

const (
	groupLevel deployLevel = iota
	subscriptionLevel
	tenantLevel
)

// own are the arguments that hold the resource's own names.
func (p *place) own() []string {
	if len(p.names) > 0 {
		return p.names
	}
	return []string{"name"}
}

// location is where an instance stands: what its id is made of.
type location struct {
	typ    string
	name   value.Value
	scope  value.Value // of an extension; Absent otherwise
	id     value.Value
	parent value.Value // id of the parent, if an argument holds it
}

// locate works out the name and the id of an instance.
func (m *mapper) locate(in *Instance, s *schema) location {
	if in.Data && s.arm == roleDefinitionType && m.argument(in, "role_definition_id").IsUnset() {
		return location{typ: s.arm, name: m.argument(in, "name"), scope: value.AbsentValue, id: roleID(in, m.argument(in, "name"))}
	}
	loc := location{typ: s.arm, scope: value.AbsentValue}
	if s.at.whole != "" {
		return m.locateByID(in, loc, m.argument(in, s.at.whole))
	}
	if in.Data && s.arm == subscriptionType {
		loc.name = subscriptionOf(in)
		loc.id = value.Template(value.OfString("/subscriptions/"), loc.name)
		return loc
	}
	names := m.names(in, &s.at)
	base := m.base(in, &s.at)
	switch {
	case s.at.scope != "" && !m.argument(in, s.at.scope).IsUnset():
		loc.scope = m.argument(in, s.at.scope)
		base = loc.scope
	case s.at.parent != "" && (len(names) < strings.Count(s.arm, "/") || !m.argument(in, s.at.parent).IsUnset()):
		loc.parent = m.argument(in, s.at.parent)
		parsed, ok := model.ParseID(loc.parent)
		if !ok {
			loc.name = value.Template(nameOfUnknown(loc.parent), value.OfString("/"), names[len(names)-1])
			loc.id = value.NewUnknown(in.Address + ".id")
			loc.id.NotNull = true
			return loc
		}
		above := parsed.Names
		if s.at.keep > 0 && s.at.keep < len(above) {
			above = above[:s.at.keep]
		}
		names = append(append([]value.Value{}, above...), names[len(names)-1])
		base = parsed.Scope
	}
	loc.name = joined(names)
	if s.at.scope == "" && strings.EqualFold(s.arm, groupType) {
		loc.id = value.Template(value.OfString("/subscriptions/"), subscription(in), value.OfString("/resourceGroups/"), loc.name)
		return loc
	}
	loc.id = resourceID(base, s.arm, names)
	if text, ok := in.ImportID.Text(); ok && strings.HasPrefix(text, "/") {
		loc.id = in.ImportID
	}
	return loc
}

const (
	groupType        = "Microsoft.Resources/resourceGroups"
	subscriptionType = "Microsoft.Resources/subscriptions"
)

// subscriptionOf is the subscription that a data source tells of: the one it asks for, or that of its provider.
func subscriptionOf(in *Instance) value.Value {
	if id := in.Config.Get("subscription_id"); !id.IsUnset() && id.Sym() != in.Address+".subscription_id" {
		return id
	}
	return subscription(in)
}

// subscriptionID resolves the attribute of a data source that is the id of a subscription.
func (m *mapper) subscriptionID(u value.Value) (value.Value, bool) {
	address, ok := strings.CutSuffix(u.Sym(), ".subscription_id")
	in := m.byID[address+".id"]
	if !ok || in == nil || !in.Data || in.Type != "azurerm_client_config" && in.Type != "azurerm_subscription" {
		return u, false
	}
	return like(u, subscriptionOf(in)), true
}

// nameOfUnknown stands for the name of a resource that is known by an unknown id only.
func nameOfUnknown(id value.Value) value.Value {
	sym := id.Sym()
	if sym != "" {
		sym = "nameOf(" + sym + ")"
	}
	v := value.NewUnknown(sym, id.Deps()...)
	v.NotNull = true
	return v
}

// names are those that the arguments hold. A name that is computed has the resource's address as its identity.
func (m *mapper) names(in *Instance, p *place) []value.Value {
	if p.fixed != "" {
		return []value.Value{value.OfString(p.fixed)}
	}
	var out []value.Value
	for _, a := range p.own() {
		v := m.argument(in, a)
		if v.IsUnset() && len(out) == 0 && len(p.own()) > 1 {
			continue // the parent's id is given instead
		}
		if v.IsUnset() && p.unset != "" {
			v = value.OfString(p.unset)
		}
		if v.IsUnset() || v.Kind == value.Unknown && v.Sym() == "" && v.Parts() == nil && len(v.Cases()) == 0 {
			deps := v.Deps()
			v = like(v, value.NewUnknown(in.Address+"."+a, deps...))
			v.NotNull = true
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		out = append(out, value.NewUnknown(in.Address+".name"))
	}
	return out
}

// base is the id of the resource group, or of another level, that an instance is deployed to.
func (m *mapper) base(in *Instance, p *place) value.Value {
	switch p.level {
	case tenantLevel:
		return value.OfString("")
	case subscriptionLevel:
		return value.Template(value.OfString("/subscriptions/"), subscription(in))
	}
	group := m.argument(in, "resource_group_name")
	if group.IsUnset() {
		if id := m.argument(in, "resource_group_id"); !id.IsUnset() {
			return id
		}
		group = value.NewUnknown(in.Address+".resource_group_name", group.Deps()...)
		group.NotNull = true
	}
	return value.Template(value.OfString("/subscriptions/"), subscription(in), value.OfString("/resourceGroups/"), group)
}

// subscription is that of the provider's configuration, or one that is the same for all that have none.
func subscription(in *Instance) value.Value {
	if in.Provider.Config.Kind == value.Object {
		if v := in.Provider.Config.Get("subscription_id"); !isBlank(v) && (v.Kind == value.String || v.Sym() != "") {
			return v
		}
		if v := in.Provider.Config.Get("alias"); v.Kind == value.String {
			text, _ := v.Text()
			return known("subscription('" + text + "')")
		}
	}
	return known("subscription()")
}

func known(sym string) value.Value {
	v := value.NewUnknown(sym)
	v.NotNull = true
	return v
}

// joined puts names together.
func joined(names []value.Value) value.Value {
	switch len(names) {
	case 0:
		return value.Value{}
	case 1:
		return names[0]
	}
	pieces := make([]value.Value, 0, 2*len(names))
	for i, n := range names {
		if i > 0 {
			pieces = append(pieces, value.OfString("/"))
		}
		pieces = append(pieces, n)
	}
	v := value.Template(pieces...)
	v.Span = names[len(names)-1].Span
	return v
}

// resourceID puts an id together: types and names take turns after the provider.
func resourceID(scope value.Value, typ string, names []value.Value) value.Value {
	segments := strings.Split(typ, "/")
	pieces := []value.Value{scope, value.OfString("/providers/" + segments[0])}
	for i, s := range segments[1:] {
		pieces = append(pieces, value.OfString("/"+s+"/"))
		if i < len(names) {
			pieces = append(pieces, names[i])
		} else {
			pieces = append(pieces, value.Value{})
		}
	}
	return value.Template(pieces...)
}
