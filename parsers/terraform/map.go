package terraform

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// mapper turns the instances of one root into resources.
type mapper struct {
	d         *model.Deployment
	instances []*Instance
	byID      map[string]*Instance // by the canonical expression of the id: address + ".id"
	places    map[*Instance]*location
	// generic are the schemas of types that no table has.
	generic   map[string]*schema
	templates Templates
	// deployed are the files that hold ARM templates which were looked into.
	deployed []*source.File
	// byName are the resources by type and name; see nameKey.
	byName map[string][]*model.Resource
	// compared counts comparisons of ids, of which there are maxCompared at most.
	compared int
	// children are resources of Microsoft Graph with the ids of their parents.
	children []kin
}

// maxCompared bounds how often an id that is not known is compared with those of resources.
const maxCompared = 1 << 18

// mapAll turns all instances of one root into ARM-shaped resources, and resolves what is passed to opaque modules.
func mapAll(instances []*Instance, d *model.Deployment) { mapWith(instances, d, nil) }

// mapWith is mapAll with a reader of the ARM templates that Terraform deploys; nil leaves them opaque.
func mapWith(instances []*Instance, d *model.Deployment, templates Templates) *mapper {
	m := &mapper{
		d: d, instances: instances, byID: make(map[string]*Instance, len(instances)),
		places: make(map[*Instance]*location, len(instances)), generic: map[string]*schema{}, templates: templates,
	}
	inferMajor(instances)
	for _, in := range instances {
		m.byID[in.Address+".id"] = in
	}
	m.addAll()
	m.adopt()
	m.adoptGraph()
	m.fold()
	for i := range d.Opaque {
		d.Opaque[i].Arguments = m.resolve(d.Opaque[i].Arguments)
	}
	return m
}

// maxValues bounds the values in the bodies of all resources of types that a table knows.
const maxValues = 100_000

// addAll makes the resources of all instances, up to the limit on values. What seems to be missing may be behind it.
func (m *mapper) addAll() {
	values := 0
	for _, in := range m.instances {
		before := len(m.d.Resources)
		m.add(in)
		if schemas[in.Type] == nil && !strings.HasPrefix(in.Type, "azapi_") {
			continue
		}
		for _, r := range m.d.Resources[before:] {
			values += r.Body.Size()
		}
		if values > maxValues {
			m.d.Resources, m.d.Incomplete = m.d.Resources[:before], true
			m.d.Diagnostics = append(m.d.Diagnostics, diag.Problem("limit", diag.Error, m.d.EntryPoint.At(0, 0), fmt.Sprintf(
				"The resources of this configuration hold more than %d values; what comes behind these was not looked at.", maxValues)))
			return
		}
	}
}

// add makes the resources that an instance stands for.
func (m *mapper) add(in *Instance) {
	switch {
	case in.named:
	case strings.HasPrefix(in.Type, "azapi_"):
		m.addAzAPI(in)
	case isTemplateDeployment(in.Type):
		m.addTemplate(in)
	case associations[in.Type].typ != "": // folded into what they associate
	case parts[in.Type] != part{}:
	case in.Type == graphResource, in.Type == graphAction:
		m.addMSGraph(in)
	case strings.HasPrefix(in.Type, "azurerm_"), isGraph(in.Type):
		m.addTable(in, m.schemaOf(in.Type))
	case passedThrough(in.Type):
		m.addPlain(in)
	}
}

// schemaOf returns the table of an azurerm type. One that no table has is known not to be any that has: it gets a type of
// its own, so that nobody takes it for one.
func (m *mapper) schemaOf(typ string) *schema {
	if s := schemas[typ]; s != nil {
		return s
	}
	if s := m.generic[typ]; s != nil {
		return s
	}
	s := &schema{name: typ, arm: strings.Replace(typ, "_", "/", 1)}
	m.generic[typ] = s
	return s
}

// addTable maps an instance by its table.
func (m *mapper) addTable(in *Instance, s *schema) {
	loc := m.locationOf(in)
	r := m.resource(in, loc)
	r.APIVersion = s.apiVersion(in.Provider.Major)
	r.Dialect = &dialect{schema: s, in: in}
	if s.at.graph {
		m.tie(r, loc.parent)
		r.Existing = in.Data || m.isAdopted(in)
	}
	if in.Data {
		r.Existing = true
		r.Body = value.NewUnknown(in.Address)
		return
	}
	if s.args == nil && s.shape == nil {
		r.Body = m.resolve(in.Config)
		return
	}
	b := &builder{m: m, in: in, schema: s, config: m.resolve(in.Config), major: in.Provider.Major, tree: &tree{span: in.Header},
		json: func(name string) value.Value { return m.bodyObject(in, name) }}
	if b.config.Kind != value.Object {
		r.Body = value.NewUnknown(in.Address, b.config.Deps()...)
		return
	}
	b.arguments(b.tree, s.args, b.config, in.Header)
	if s.shape != nil {
		s.shape(b)
	}
	r.Body = b.tree.object()
	for _, x := range b.extra {
		m.addExtra(in, r, x)
	}
}

// addExtra adds a child that is a block of its parent in Terraform.
func (m *mapper) addExtra(in *Instance, parent *model.Resource, x extra) {
	r := m.resource(in, &location{
		typ: x.schema.arm, name: joined([]value.Value{parent.Name, x.name}), scope: value.AbsentValue,
		id: value.Template(parent.ID, value.OfString(x.schema.arm[strings.LastIndexByte(x.schema.arm, '/'):]+"/"), x.name),
	})
	r.APIVersion = x.schema.apiVersion(in.Provider.Major)
	r.Dialect = &dialect{schema: x.schema, in: in}
	r.Parent, r.Existing = parent, x.ignored
	if !x.header.IsZero() {
		r.Header = x.header
	}
	r.Body = x.tree.object()
}

// addPlain passes an instance of another provider on as it is, under Terraform's name for its type.
func (m *mapper) addPlain(in *Instance) {
	name := in.Config.Get("name")
	if name.IsUnset() {
		name = in.Config.Get("metadata").Index(0).Get("name") // of Kubernetes
	}
	if name.IsUnset() || name.Kind == value.Unknown && name.Sym() == "" {
		name = known(in.Address)
	}
	r := m.resource(in, &location{typ: in.Type, name: name, scope: value.AbsentValue, id: known(in.Address + ".id")})
	r.Existing = in.Data
	r.Dialect = &dialect{in: in}
	r.Body = m.resolve(in.Config)
}

// resource makes what all resources have, and adds it.
func (m *mapper) resource(in *Instance, loc *location) *model.Resource {
	r := &model.Resource{
		Type: loc.typ, Name: loc.name, Scope: loc.scope, ID: loc.id,
		Exists: in.Exists, Condition: in.Condition, Existing: in.Data, Header: in.Header, Path: in.Address,
		Declaration: in.Declaration, Calls: in.Calls,
	}
	m.d.Resources = append(m.d.Resources, r)
	return r
}

// locationOf works out where an instance stands, once. What depends on itself has an unknown name.
func (m *mapper) locationOf(in *Instance) *location {
	if loc := m.places[in]; loc != nil {
		return loc
	}
	m.places[in] = &location{typ: "", name: known(in.Address + ".name"), scope: value.AbsentValue, id: known(in.Address + ".id")}
	var loc location
	switch {
	case strings.HasPrefix(in.Type, "azapi_"):
		loc = m.locateAzAPI(in)
	case strings.HasPrefix(in.Type, "azurerm_"):
		loc = m.locate(in, m.schemaOf(in.Type))
	case schemas[in.Type] != nil:
		loc = m.locateGraph(in, schemas[in.Type])
	default:
		return m.places[in]
	}
	m.places[in] = &loc
	return &loc
}

// argument is the value of an argument with references to other instances resolved.
func (m *mapper) argument(in *Instance, name string) value.Value {
	return m.resolve(in.Config.Get(name))
}

// resolve replaces the ids of instances by ids as Azure writes them, and names their attributes by these.
func (m *mapper) resolve(v value.Value) value.Value {
	return rewrite(v, func(u value.Value) value.Value {
		in := m.byID[u.Sym()]
		if in == nil {
			if id, ok := m.graphAttribute(u); ok {
				return id
			}
			if id, ok := m.subscriptionID(u); ok {
				return id
			}
			if v := m.subnetOf(u); v.Sym() != u.Sym() {
				return v
			}
			return m.attributeOf(u)
		}
		if armAttributes[in.Type]["id"] != "" {
			return m.attributeOf(u)
		}
		loc := m.locationOf(in)
		if loc.id.Kind == value.Unknown && loc.id.Sym() == u.Sym() {
			return u
		}
		return like(u, loc.id)
	})
}

// subnetOf resolves the id of a subnet in a virtual network's own list: `azurerm_virtual_network.v.subnet[0].id`.
func (m *mapper) subnetOf(u value.Value) value.Value {
	head, index, ok := strings.Cut(strings.TrimSuffix(u.Sym(), "].id"), ".subnet[")
	in := m.byID[head+".id"]
	i, err := strconv.Atoi(index)
	if !ok || err != nil || in == nil || in.Type != "azurerm_virtual_network" {
		return u
	}
	name := in.Config.Get("subnet").Index(i).Get("name")
	if name.IsUnset() || name.Kind == value.Unknown && name.Sym() == "" && name.Parts() == nil {
		return u
	}
	return like(u, value.Template(m.locationOf(in).id, value.OfString("/subnets/"), name))
}

// rewrite replaces the unknowns within a value, at any depth.
func rewrite(v value.Value, f func(value.Value) value.Value) value.Value {
	switch {
	case v.Kind == value.Array:
		return rewriteArray(v, f)
	case v.Kind == value.Object:
		return rewriteObject(v, f)
	case v.Kind != value.Unknown:
		return v
	case len(v.Cases()) > 0:
		cases := make([]value.Value, len(v.Cases()))
		for i, c := range v.Cases() {
			cases[i] = rewrite(c, f)
		}
		return like(v, value.OneOf(v.Sym(), cases...).WithDeps(v.Deps()...))
	case v.Parts() != nil:
		parts := make([]value.Value, len(v.Parts()))
		for i, p := range v.Parts() {
			parts[i] = rewrite(p, f)
		}
		return like(v, value.Template(parts...))
	case v.Sym() == "":
		return v
	}
	return f(v)
}

func rewriteArray(v value.Value, f func(value.Value) value.Value) value.Value {
	if v.Known() {
		return v
	}
	elems := make([]value.Value, len(v.Elems()))
	for i, e := range v.Elems() {
		elems[i] = rewrite(e, f)
	}
	return shaped(v, value.OfArray(elems...))
}

func rewriteObject(v value.Value, f func(value.Value) value.Value) value.Value {
	if v.Known() {
		return v
	}
	fields := make([]value.Field, len(v.Fields()))
	for i, x := range v.Fields() {
		fields[i] = value.Field{Name: x.Name, Value: rewrite(x.Value, f), Site: x.Site}
	}
	return shaped(v, value.OfObject(fields...))
}

// shaped gives w, made of the members of v, what v has as a whole.
func shaped(v, w value.Value) value.Value {
	if v.Open {
		w = w.AsOpen().WithDeps(v.Deps()...)
	}
	return like(v, w)
}

// adopt ties children to the parents that the deployment has.
func (m *mapper) adopt() {
	m.byName = map[string][]*model.Resource{}
	for _, r := range m.d.Resources {
		if key := nameKey(r.Type, r.Name); key != "" {
			m.byName[key] = append(m.byName[key], r)
		}
	}
	for _, r := range m.d.Resources {
		if r.Parent != nil || strings.Count(r.Type, "/") < 2 || !r.Scope.IsUnset() {
			continue
		}
		names := model.SplitName(r.Name)
		key := nameKey(r.Type[:strings.LastIndexByte(r.Type, '/')], joined(names[:len(names)-1]))
		for _, p := range m.byName[key] {
			if !elsewhere(r, p) {
				r.Parent = p
				if !p.Existing {
					break
				}
			}
		}
	}
}

// nameKey is the same for resources of one type and name; "" when the name has no identity.
func nameKey(typ string, name value.Value) string {
	canon := value.Canon(name)
	if canon == "" {
		return ""
	}
	return strings.ToLower(typ + " " + canon)
}

// elsewhere tells that a child is known to be in another scope than a resource of its parent's name.
func elsewhere(child, parent *model.Resource) bool {
	x, okX := model.ParseID(child.ID)
	y, okY := model.ParseID(parent.ID)
	return okX && okY && value.SameFold(x.Scope, y.Scope) == value.False
}
