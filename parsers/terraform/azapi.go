package terraform

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// azapiType takes "Microsoft.X/a@2024-01-01" apart. The type is "" when it is not known.
func azapiType(in *Instance) (typ, version string, site source.Span) {
	v := in.Config.Get("type")
	text, _ := v.Text()
	i := strings.LastIndexByte(text, '@')
	if i < 0 {
		return strings.Trim(text, "/"), "", source.Span{}
	}
	typ, version = text[:i], text[i+1:]
	if at := strings.LastIndex(v.Span.Text(), "@"+version); at >= 0 && version != "" && v.From == nil {
		site = v.Span.File.At(v.Span.Start+at+1, len(version))
	}
	return typ, version, site
}

// addAzAPI maps an instance of the azapi provider: ARM's own shape, with nothing added where it is silent.
func (m *mapper) addAzAPI(in *Instance) {
	if in.Type != "azapi_resource" && in.Type != "azapi_data_plane_resource" {
		return // updates are folded into what they update; actions deploy nothing
	}
	typ, version, site := azapiType(in)
	switch {
	case typ == "":
		return
	case strings.EqualFold(typ, deploymentType):
		m.addTemplate(in)
		return
	}
	r := m.resource(in, m.locationOf(in))
	r.APIVersion, r.VersionSite = version, site
	r.Dialect = &dialect{in: in, azapi: true}
	if in.Data {
		r.Existing, r.Body = true, value.NewUnknown(in.Address)
		return
	}
	r.Body = m.azapiBody(in)
}

// azapiBody is the body that an instance sends. The arguments for location, tags and identity stand beside it; a
// sensitive_body is merged over it.
func (m *mapper) azapiBody(in *Instance) value.Value {
	t := &tree{}
	body := m.bodyObject(in, "body")
	if !body.IsUnset() {
		t.absorb(body)
	}
	for _, name := range []string{"location", "tags"} {
		if f, ok := in.Config.Lookup(name); ok && !f.Value.IsUnset() {
			t.put(name, m.resolve(f.Value), f.Site, in.Header)
		}
	}
	if _, ok := t.get("location"); !ok && in.Provider.Config.Kind == value.Object {
		if v := in.Provider.Config.Get("default_location"); !v.IsUnset() {
			t.put("location", v, source.Span{}, source.Span{})
		}
	}
	config := m.resolve(in.Config)
	b := &builder{m: m, in: in, config: config, tree: t}
	b.argument(t, &identity, config, in.Header)
	out := t.object()
	if f, ok := config.Lookup("sensitive_body"); ok && !f.Value.IsUnset() {
		out = overlaid(out, m.bodyObject(in, "sensitive_body"), nil)
	}
	return like(body, out)
}

// bodyObject is a body as an object: azapi 1 takes it as JSON text, which is how it is written with jsonencode.
func (m *mapper) bodyObject(in *Instance, name string) value.Value {
	return eachCase(in.Config.Get(name), func(v value.Value) value.Value {
		if v.Kind == value.Object || v.IsUnset() {
			return m.resolve(v)
		}
		text, known := v.Text()
		if at := strings.Index(v.Span.Text(), text); known && at >= 0 {
			if parsed, ok := jsonWithin(text, v.Span, at); ok {
				return like(v, parsed)
			}
		}
		if in.encoded != nil {
			if o, ok := in.JSON(v); ok {
				return m.resolve(o)
			}
		}
		parsed, ok := jsonText([]byte(text), v.Span)
		if !ok {
			return like(v, value.NewUnknown("", v.Deps()...))
		}
		return like(v, parsed)
	})
}

// locateAzAPI works out the name and the id of an instance by its type, name and parent.
func (m *mapper) locateAzAPI(in *Instance) location {
	typ, _, _ := azapiType(in)
	loc := location{typ: typ, scope: value.AbsentValue, parent: m.argument(in, "parent_id")}
	if id := m.argument(in, "resource_id"); !id.IsUnset() {
		return m.locateByID(in, loc, id)
	}
	name := m.argument(in, "name")
	if name.IsUnset() || name.Kind == value.Unknown && name.Sym() == "" && name.Parts() == nil {
		name = known(in.Address + ".name")
	}
	parent := loc.parent
	if parent.IsUnset() {
		parent = value.Template(value.OfString("/subscriptions/"), subscription(in), value.OfString("/resourceGroups/"),
			known(in.Address+".resource_group_name"))
	}
	above, ok := model.ParseID(parent)
	last := typ[strings.LastIndexByte(typ, '/')+1:]
	switch depth := strings.Count(typ, "/"); {
	case depth > 1 && ok:
		loc.name = joined(append(append([]value.Value{}, above.Names...), name))
		loc.id = value.Template(parent, value.OfString("/"+last+"/"), name)
	case depth > 1:
		loc.name = value.Template(nameOfUnknown(parent), value.OfString("/"), name)
		loc.id = known(in.Address + ".id")
	default:
		loc.name = name
		if ok {
			loc.scope = parent
		}
		if text, isText := parent.Text(); isText && text == "/" {
			parent = value.OfString("")
		}
		if strings.EqualFold(typ, groupType) {
			loc.id = value.Template(parent, value.OfString("/resourceGroups/"), name)
			return loc
		}
		loc.id = resourceID(parent, typ, []value.Value{name})
	}
	return loc
}

// locateByID takes the name, and the scope of what is in nothing of its own type, from the id that is given.
func (m *mapper) locateByID(in *Instance, loc location, id value.Value) location {
	loc.id = id
	parsed, ok := model.ParseID(id)
	if !ok {
		loc.name = nameOfUnknown(id)
		return loc
	}
	loc.name = joined(parsed.Names)
	if len(parsed.Names) == 1 {
		loc.scope = parsed.Scope
	}
	if loc.typ == "" {
		loc.typ = parsed.Type
	}
	return loc
}

// isUpdate reports whether an instance changes a resource that something else makes.
func isUpdate(in *Instance) bool {
	if in.Data {
		return false
	}
	switch in.Type {
	case "azapi_update_resource":
		return true
	case azapiAction:
		method, _ := in.Config.Get("method").Text()
		return in.Config.Get("action").IsUnset() && (strings.EqualFold(method, "PATCH") || strings.EqualFold(method, "PUT"))
	}
	return false
}

// update merges an azapi_update_resource into its target. A target that is not in the deployment becomes a resource of
// which only this is known.
func (m *mapper) update(in *Instance) {
	loc := m.locationOf(in)
	typ, version, site := azapiType(in)
	body := m.bodyObject(in, "body")
	sure, _ := m.named(loc.id, typ)
	found := false
	for _, r := range sure {
		if r.Existing {
			continue
		}
		found = true
		r.Body = overlaid(r.Body, body, func(before, after value.Value) value.Value { return may(in, before, after) })
		r.APIVersion = max(r.APIVersion, version) // it is read and sent once more, under the update's own
		if d, ok := r.Dialect.(*dialect); ok {
			d.updates = append(d.updates, in)
		}
	}
	if found || typ == "" {
		return
	}
	r := m.resource(in, loc)
	r.Existing = saysNothing(body)
	r.Type = typ
	r.APIVersion, r.VersionSite = version, site
	r.Dialect = &dialect{in: in, azapi: true}
	t := &tree{open: true}
	t.absorb(body)
	if f, ok := in.Config.Lookup("body"); ok && body.Kind != value.Object {
		t.put("properties", value.NewUnknown("", f.Value.Deps()...), f.Site, f.Site)
	}
	r.Body = opened(t.object())
}

// saysNothing tells an update that leaves a resource which is not in the deployment as it is for all that can be judged: it
// sets tags, or with which identity the service itself works.
func saysNothing(body value.Value) bool {
	for _, f := range body.Get("properties").Fields() {
		if !strings.EqualFold(f.Name, "defaultIdentity") {
			return false
		}
	}
	return body.Kind == value.Object && !body.Open && !body.Get("properties").Open
}

// opened marks an object and the objects in it as possibly having more members.
func opened(v value.Value) value.Value {
	if v.Kind != value.Object {
		return v
	}
	fields := make([]value.Field, len(v.Fields()))
	for i, f := range v.Fields() {
		fields[i] = value.Field{Name: f.Name, Value: opened(f.Value), Site: f.Site}
	}
	return like(v, value.OfObject(fields...).AsOpen())
}

// overlaid puts one object over another, member by member; lists and scalars are replaced. Null says nothing. choose, if
// set, decides about a member that is replaced.
func overlaid(base, over value.Value, choose func(before, after value.Value) value.Value) value.Value {
	if over.IsUnset() {
		return base
	}
	if base.Kind != value.Object || over.Kind != value.Object {
		if choose != nil {
			return choose(base, over)
		}
		return over
	}
	t := &tree{}
	t.absorb(base)
	for _, f := range over.Fields() {
		if f.Value.IsUnset() {
			continue
		}
		before, ok := t.get(f.Name)
		v := f.Value
		switch {
		case ok && before.Kind == value.Object && v.Kind == value.Object:
			b := t.find(f.Name)
			b.v, b.sub = overlaid(before, v, choose), nil
			continue
		case choose != nil:
			v = choose(before, v)
		}
		t.put(f.Name, v, f.Site, f.Site)
	}
	t.open = t.open || over.Open
	return like(base, t.object())
}
