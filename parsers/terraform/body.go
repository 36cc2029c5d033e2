package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// builder makes the body of one resource.
type builder struct {
	m      *mapper
	in     *Instance
	schema *schema
	config value.Value // of the instance, with references resolved
	major  int
	tree   *tree
	// json decodes an argument of the instance that is JSON text.
	json func(name string) value.Value
	// extra are further resources that the instance stands for.
	extra []extra
}

// extra is a resource that is part of another one's block in Terraform.
type extra struct {
	schema *schema
	name   value.Value // its own, without its parent's
	header source.Span
	tree   *tree
	// ignored says that what is written is not what is deployed: the resource is managed elsewhere.
	ignored bool
}

// arguments converts what the tables describe of a config, or of one block of it, into t.
func (b *builder) arguments(t *tree, args []arg, config value.Value, at source.Span) {
	if config.Open {
		t.open, t.deps = true, config.Deps()
	}
	for i := range args {
		b.argument(t, &args[i], config, at)
	}
	for i := range args {
		b.omitted(t, &args[i], config)
	}
}

// argument converts one that is set. The first of several spellings wins; blocks with one path make one list.
func (b *builder) argument(t *tree, a *arg, config value.Value, at source.Span) {
	f, ok := config.Lookup(a.name)
	if !ok || a.said || f.Value.IsUnset() {
		return
	}
	v := f.Value
	if a.json {
		v = b.json(a.name)
	}
	v = eachCase(v, func(v value.Value) value.Value { return b.convert(a, v) })
	if v.IsUnset() {
		return
	}
	site := f.Site
	if site.IsZero() {
		site = v.Span
	}
	if a.args != nil && a.path == "" {
		t.merge(v, site)
		return
	}
	if a.many {
		if before, ok := t.get(a.path); ok {
			v = chained(before, v)
		}
	} else if before, ok := t.get(a.path); ok && (before.Kind != value.Unknown || before.Sym() != "" || v.Kind == value.Unknown) {
		return // a plan has both spellings: one that is computed from the other says nothing
	}
	t.put(a.path, v, site, at)
}

// omitted puts what the provider sends for an argument that is not set.
func (b *builder) omitted(t *tree, a *arg, config value.Value) {
	if _, ok := t.get(a.path); ok || a.said || a.path == "" || config.Open {
		return
	}
	if slices.Contains(b.in.Ignored, a.name) {
		t.put(a.path, value.NewUnknown(b.in.Address+"."+a.name), source.Span{}, source.Span{})
		return
	}
	v := a.omitted(b.major)
	f, ok := config.Lookup(a.name) // null, or what counts as that, if it is there
	if v.Kind == value.Absent {
		written := b.in.encoded != nil || f.Value.Kind == value.String // a plan has every argument that is null
		if ok && a.args == nil && written && !f.Site.IsZero() && isBlank(f.Value) {
			t.put(a.path, like(f.Value, value.NullValue), f.Site, b.in.Header)
		}
		return
	}
	t.put(a.path, like(f.Value, v), f.Site, source.Span{})
}

// convert is the value of one case of an argument.
func (b *builder) convert(a *arg, v value.Value) value.Value {
	if n, ok := v.Int(); isBlank(v) || ok && n == 0 && a.zero {
		return a.omitted(b.major)
	}
	switch {
	case a.args != nil && a.many:
		return b.blocks(a, v)
	case a.args != nil:
		return b.block(a, v)
	case a.form.in != nil:
		return a.form.in(v)
	}
	return v
}

// blocks converts a list of blocks: also one that is written as an attribute, as JSON syntax has to.
func (b *builder) blocks(a *arg, v value.Value) value.Value {
	switch v.Kind {
	case value.Unknown:
		return like(v, value.NewUnknown(v.Sym(), v.Deps()...))
	case value.Object:
		v = like(v, value.OfArray(v))
	}
	var elems []value.Value
	for _, e := range v.Elems() {
		elems = append(elems, eachCase(e, func(e value.Value) value.Value { return b.members(a, e) }))
	}
	list := value.OfArray(elems...)
	if v.Open {
		list = list.AsOpen().WithDeps(v.Deps()...)
	}
	return like(v, list)
}

// block converts a block that there is at most one of. An open list of none is a block that may be there.
func (b *builder) block(a *arg, v value.Value) value.Value {
	if v.Kind == value.Array {
		switch {
		case len(v.Elems()) > 0:
			return eachCase(v.Elems()[0], func(e value.Value) value.Value { return b.members(a, e) })
		case !v.Open:
			return a.omitted(b.major)
		}
		return like(v, value.NewUnknown("", v.Deps()...))
	}
	return b.members(a, v)
}

func (b *builder) members(a *arg, v value.Value) value.Value {
	if v.Kind != value.Object {
		return like(v, value.NewUnknown(v.Sym(), v.Deps()...))
	}
	t := &tree{}
	b.arguments(t, a.args, v, v.Span)
	return like(v, t.object())
}

// chained puts two lists together; what is no list makes the result open.
func chained(x, y value.Value) value.Value {
	var elems []value.Value
	open := false
	for _, l := range []value.Value{x, y} {
		elems = append(elems, l.Elems()...)
		open = open || l.Open || l.Kind == value.Unknown
	}
	list := value.OfArray(elems...)
	if open {
		list = list.AsOpen().WithDeps(append(x.Deps(), y.Deps()...)...)
		if hidesSecret(y) {
			list = list.HidingSecret()
		}
	}
	return like(x, list)
}

// tree is an object that is put together path by path.
type tree struct {
	branches []*branch
	open     bool
	deps     []string
	span     source.Span
}

type branch struct {
	name string
	site source.Span
	v    value.Value
	sub  *tree // instead of v
}

func (t *tree) find(name string) *branch {
	for _, b := range t.branches {
		if strings.EqualFold(b.name, name) {
			return b
		}
	}
	return nil
}

// put gives the member at a path a value that was written at site. Members on the way are at the place of the whole, or
// where it is zero, at the first thing in them.
func (t *tree) put(path string, v value.Value, site, at source.Span) {
	name, rest, deeper := strings.Cut(path, ".")
	b := t.find(name)
	if b == nil {
		b = &branch{name: name, site: at, v: value.OfObject()}
		t.branches = append(t.branches, b)
	}
	if !deeper {
		b.v, b.site, b.sub = v, site, nil
		return
	}
	if b.sub == nil {
		b.sub = &tree{}
		b.sub.absorb(b.v)
	}
	if b.site.IsZero() {
		b.site = site
	}
	b.sub.put(rest, v, site, at)
}

// absorb makes the members of an object branches.
func (t *tree) absorb(v value.Value) {
	t.span = v.Span
	if v.Open || v.Kind == value.Unknown {
		t.open, t.deps = true, v.Deps()
	}
	for _, f := range v.Fields() {
		t.branches = append(t.branches, &branch{name: f.Name, v: f.Value, site: f.Site})
	}
}

// merge puts the members of an object at the paths of an enclosing one.
func (t *tree) merge(v value.Value, site source.Span) {
	if v.Kind != value.Object {
		t.open, t.deps = true, v.Deps()
		return
	}
	for _, f := range v.Fields() {
		s := f.Site
		if s.IsZero() {
			s = site
		}
		mergeField(t, f, s)
	}
	t.open = t.open || v.Open
}

func mergeField(t *tree, f value.Field, site source.Span) {
	b := t.find(f.Name)
	switch {
	case b == nil:
		t.branches = append(t.branches, &branch{name: f.Name, v: f.Value, site: site})
	case f.Value.Kind == value.Object && (b.sub != nil || b.v.Kind == value.Object):
		if b.sub == nil {
			b.sub = &tree{}
			b.sub.absorb(b.v)
		}
		for _, inner := range f.Value.Fields() {
			mergeField(b.sub, inner, inner.Site)
		}
	default:
		b.v, b.sub, b.site = f.Value, nil, site
	}
}

// get returns what was put at a path.
func (t *tree) get(path string) (value.Value, bool) {
	name, rest, deeper := strings.Cut(path, ".")
	b := t.find(name)
	switch {
	case b == nil:
		return value.AbsentValue, false
	case !deeper && b.sub != nil:
		return b.sub.object(), true
	case !deeper:
		return b.v, true
	case b.sub != nil:
		return b.sub.get(rest)
	}
	v := b.v.GetPath(rest)
	return v, v.Kind != value.Absent
}

// drop takes a member away.
func (t *tree) drop(path string) {
	name, rest, deeper := strings.Cut(path, ".")
	for i, b := range t.branches {
		if !strings.EqualFold(b.name, name) {
			continue
		}
		if !deeper {
			t.branches = append(t.branches[:i:i], t.branches[i+1:]...)
		} else if b.sub != nil {
			b.sub.drop(rest)
		}
		return
	}
}

// object is the value that the tree describes.
func (t *tree) object() value.Value {
	fields := make([]value.Field, 0, len(t.branches))
	for _, b := range t.branches {
		v := b.v
		if b.sub != nil {
			v = b.sub.object()
		}
		fields = append(fields, value.Field{Name: b.name, Value: v, Site: b.site})
	}
	o := value.OfObject(fields...).At(t.span)
	if t.open {
		o = o.AsOpen().WithDeps(t.deps...)
	}
	return o
}

// follow walks a path of member names and indexes.
func follow(v value.Value, path string) value.Value {
	for _, name := range strings.Split(path, ".") {
		if i, err := strconv.Atoi(name); err == nil && v.Kind == value.Array {
			v = v.Index(i)
			continue
		}
		v = v.Get(name)
	}
	return v
}
