package terraform

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// fnMerge keeps the fields that can be seen. A field of an earlier map stays only where no later one may replace it.
func fnMerge(c *callContext, args []value.Value) value.Value {
	m := merging{index: map[string]int{}}
	for _, a := range args {
		switch a.Kind {
		case value.Null, value.Absent:
		case value.Object:
			m.add(a)
		case value.Unknown:
			m.blur()
			m.deps = append(m.deps, a.Deps()...)
			m.secret = m.secret || a.Secret
			m.hide(unknownCall(someMember, a), a.Secret)
		default:
			return c.fail()
		}
	}
	v := value.OfObject(m.fields...)
	if m.open && v.Kind == value.Object {
		v = v.AsOpen()
		if m.unseen != nil {
			v = v.WithUnseen(*m.unseen)
		}
		v = v.WithDeps(m.deps...)
	}
	v.Secret = v.Secret || m.secret
	return v
}

// merging is what is known while maps are merged one after the other.
type merging struct {
	fields []value.Field
	index  map[string]int
	open   bool
	deps   []string
	secret bool
	unseen *value.Value // what a field that cannot be seen may be like, rather a secret
	// blurred is how many of the fields are known to be possibly replaced.
	blurred int
}

// someMember names a member of something that is not known: it is not known which.
const someMember = "member"

func (m *merging) hide(v value.Value, ok bool) {
	if ok && (m.unseen == nil || holdsSecret(v)) {
		m.unseen = &v
	}
}

func (m *merging) add(v value.Value) {
	m.hide(v.Unseen())
	if v.Open {
		m.blur()
		m.deps = append(m.deps, v.Deps()...)
	}
	m.secret = m.secret || v.Secret
	for _, f := range v.Fields() {
		f.Value = inherit(f.Value, v)
		if i, ok := m.index[f.Name]; ok {
			if i < m.blurred && !v.Open { // known again
				m.fields = append(slices.Delete(m.fields, i, i+1), f)
				m.blurred--
				m.reindex()
				continue
			}
			m.fields[i] = f
			continue
		}
		m.index[f.Name] = len(m.fields)
		m.fields = append(m.fields, f)
	}
}

func (m *merging) reindex() {
	for i, f := range m.fields {
		m.index[f.Name] = i
	}
}

// blur says that anything may be replaced by what cannot be seen.
func (m *merging) blur() {
	m.open = true
	for ; m.blurred < len(m.fields); m.blurred++ {
		f := &m.fields[m.blurred]
		f.Value = keep(value.OneOf("", f.Value, value.NewUnknown("")), f.Value)
	}
}

func fnKeys(c *callContext, args []value.Value) value.Value {
	return c.ofObject(args, func(list []pair) []value.Value {
		out := make([]value.Value, len(list))
		for i, p := range list {
			out[i] = p.key
		}
		return out
	})
}

func fnValues(c *callContext, args []value.Value) value.Value {
	list := c.ofObject(args, func(list []pair) []value.Value {
		out := make([]value.Value, len(list))
		for i, p := range list {
			out[i] = p.value
		}
		return out
	})
	if list.Kind == value.Array {
		list = rebuilt(list, args[0])
	}
	return list
}

func (c *callContext) ofObject(args []value.Value, f func([]pair) []value.Value) value.Value {
	switch {
	case len(args) != 1:
		return c.fail()
	case args[0].Kind == value.Unknown:
		return c.unknown(args)
	case args[0].Kind != value.Object:
		return c.fail()
	}
	list, _ := pairs(args[0])
	return gathered(f(list), args[0].Open, args)
}

func fnLookup(c *callContext, args []value.Value) value.Value {
	if len(args) < 2 || len(args) > 3 {
		return c.fail()
	}
	m, fallback := args[0], value.Value{}
	if len(args) == 3 {
		fallback = args[2]
	}
	name, known := toText(args[1])
	if m.Kind == value.Object && known {
		if f, ok := field(m, name); ok {
			return inherit(f.Value, m)
		}
		if !m.Open && len(args) == 3 {
			return fallback
		}
	}
	if m.Kind != value.Object && m.Kind != value.Unknown {
		return c.fail()
	}
	if m.Kind == value.Object && !known && !m.Open && len(m.Fields()) <= maxSpread {
		cases := []value.Value{}
		for _, f := range m.Fields() {
			cases = append(cases, inherit(f.Value, m))
		}
		if len(args) == 3 {
			cases = append(cases, fallback)
		}
		if len(cases) > 0 {
			return oneOf(value.CanonCall(c.name, args...), cases...).WithDeps(depsOf(args[1:2])...)
		}
	}
	if m.Kind == value.Object && !m.Open && known {
		return c.fail()
	}
	return unknownCall(c.name, args...)
}

func fnZipMap(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	ks, vs := args[0], args[1]
	if ks.Kind != value.Array || ks.Open || vs.Kind == value.Unknown || vs.Open {
		return c.unknown(args)
	}
	if vs.Kind != value.Array || len(ks.Elems()) != len(vs.Elems()) {
		return c.fail()
	}
	var fields []value.Field
	open := false
	for i, k := range ks.Elems() {
		name, ok := toText(k)
		if !ok {
			open = true
			continue
		}
		fields = append(fields, value.Field{Name: name, Value: vs.Elems()[i]})
	}
	v := value.OfObject(fields...)
	if open {
		v = v.AsOpen().WithDeps(ks.Deps()...)
	}
	return v
}

func fnTranspose(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 || args[0].Kind != value.Object || !args[0].Known() {
		return c.unknown(args)
	}
	lists := map[string][]value.Value{}
	list, _ := pairs(args[0])
	for _, p := range list {
		for _, e := range p.value.Elems() {
			if name, ok := toText(e); ok {
				lists[name] = append(lists[name], p.key)
			}
		}
	}
	var fields []value.Field
	for _, name := range sortedKeys(lists) {
		fields = append(fields, value.Field{Name: name, Value: value.OfArray(lists[name]...)})
	}
	return value.OfObject(fields...)
}

// fnToMap leaves an object as it is; elements of different types would be converted to one.
func fnToMap(c *callContext, args []value.Value) value.Value {
	switch {
	case len(args) != 1:
		return c.fail()
	case args[0].Kind == value.Array:
		return c.fail()
	}
	return args[0]
}

// fnMapOf is map() of Terraform before 0.12: names and values take turns.
func fnMapOf(c *callContext, args []value.Value) value.Value {
	if len(args)%2 != 0 {
		return c.fail()
	}
	var fields []value.Field
	for pair := range slices.Chunk(args, 2) {
		name, ok := toText(pair[0])
		if !ok {
			return c.unknown(args)
		}
		fields = append(fields, value.Field{Name: name, Value: pair[1]})
	}
	return value.OfObject(fields...)
}
