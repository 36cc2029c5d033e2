package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// constraint is the declared type of a variable.
type constraint struct {
	typ      cty.Type
	defaults *typeexpr.Defaults
}

// typeOf reads a type expression; a missing or broken one is any.
func typeOf(e hclsyntax.Expression) constraint {
	if e == nil {
		return constraint{typ: cty.DynamicPseudoType}
	}
	e = reparse(e)
	switch hcl.ExprAsKeyword(e) { // bare words of old
	case "list":
		return constraint{typ: cty.List(cty.DynamicPseudoType)}
	case "map":
		return constraint{typ: cty.Map(cty.DynamicPseudoType)}
	}
	typ, defaults, diags := typeexpr.TypeConstraintWithDefaults(e)
	if diags.HasErrors() {
		return constraint{typ: cty.DynamicPseudoType}
	}
	return constraint{typ, defaults}
}

// apply converts v to the type and fills in the defaults of optional attributes. It reports false when v cannot be
// converted; v is then unknown.
func (c constraint) apply(v value.Value) (value.Value, bool) {
	return conform(v, c.typ, c.defaults, 0)
}

func conform(v value.Value, t cty.Type, d *typeexpr.Defaults, depth int) (value.Value, bool) {
	if depth > maxDepth || t == cty.DynamicPseudoType || v.IsUnset() {
		return v, true
	}
	if cases := v.Cases(); len(cases) > 0 {
		return conformCases(v, t, d, depth)
	}
	if v.Kind == value.Unknown {
		return v, true
	}
	switch {
	case t == cty.String:
		text, ok := toText(v)
		if !ok {
			return value.Value{}, false
		}
		if v.Kind == value.String {
			return v, true
		}
		return keep(value.OfString(text), v), true
	case t == cty.Bool:
		return toBool(v)
	case t == cty.Number:
		return toNumber(v)
	case t.IsListType() || t.IsSetType():
		return conformElements(v, t, d, depth)
	case t.IsTupleType():
		return v, v.Kind == value.Array
	case t.IsMapType():
		return conformMap(v, t, d, depth)
	case t.IsObjectType():
		return conformObject(v, t, d, depth)
	}
	return v, true
}

func conformCases(v value.Value, t cty.Type, d *typeexpr.Defaults, depth int) (value.Value, bool) {
	var out []value.Value
	for _, c := range v.Cases() {
		if x, ok := conform(c, t, d, depth+1); ok {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return value.Value{}, false
	}
	if len(out) == 1 {
		return out[0], true
	}
	return keep(value.OneOf(v.Sym(), out...).WithDeps(v.Deps()...), v), true
}

func childDefaults(d *typeexpr.Defaults, name string) *typeexpr.Defaults {
	if d == nil {
		return nil
	}
	return d.Children[name]
}

func conformElements(v value.Value, t cty.Type, d *typeexpr.Defaults, depth int) (value.Value, bool) {
	if v.Kind != value.Array {
		return value.Value{}, false
	}
	elems := make([]value.Value, len(v.Elems()))
	for i, e := range v.Elems() {
		x, ok := conform(e, t.ElementType(), childDefaults(d, ""), depth+1)
		if !ok {
			return value.Value{}, false
		}
		elems[i] = x
	}
	if !t.IsSetType() {
		return withoutSet(value.OfArray(elems...), v), true
	}
	if isSet(v) {
		return rebuilt(value.OfArray(elems...), v), true
	}
	set := asSet(elems, v.Open).WithDeps(v.Deps()...)
	set.Span, set.Secret = v.Span, v.Secret
	set.From = prefixed(v.From, set.From)
	return set, true
}

// prefixed puts the step of set at the beginning of the way, so that the way of the list before stays.
func prefixed(way, set *value.Origin) *value.Origin {
	if way == nil {
		return set
	}
	step := *way
	step.Prev = prefixed(way.Prev, set)
	return &step
}

// withoutSet is rebuilt for a list made of a set: the way of the value stays, but the list is no set any more.
func withoutSet(v, old value.Value) value.Value {
	old.From = dropSet(old.From)
	return rebuilt(v, old)
}

func dropSet(way *value.Origin) *value.Origin {
	if way == nil {
		return nil
	}
	if way.Kind == fromSet {
		return dropSet(way.Prev)
	}
	step := *way
	step.Prev = dropSet(way.Prev)
	return &step
}

func conformMap(v value.Value, t cty.Type, d *typeexpr.Defaults, depth int) (value.Value, bool) {
	if v.Kind != value.Object {
		return value.Value{}, false
	}
	fields := make([]value.Field, len(v.Fields()))
	for i, f := range v.Fields() {
		x, ok := conform(f.Value, t.ElementType(), childDefaults(d, ""), depth+1)
		if !ok {
			return value.Value{}, false
		}
		fields[i] = value.Field{Name: f.Name, Value: x, Site: f.Site}
	}
	return rebuilt(value.OfObject(fields...), v), true
}

// conformObject keeps the attributes of the type alone: what the type does not have is dropped, what is missing or null
// takes its default, or is null.
func conformObject(v value.Value, t cty.Type, d *typeexpr.Defaults, depth int) (value.Value, bool) {
	if v.Kind != value.Object {
		return value.Value{}, false
	}
	var fields []value.Field
	missing := map[string]bool{}
	for name := range t.AttributeTypes() {
		missing[name] = true
	}
	for _, f := range v.Fields() {
		if !t.HasAttribute(f.Name) {
			continue
		}
		delete(missing, f.Name)
		x := f.Value
		if fallback, ok := defaultOf(d, f.Name); ok && x.IsUnset() {
			x = fallback
		}
		x, ok := conform(x, t.AttributeType(f.Name), childDefaults(d, f.Name), depth+1)
		if !ok {
			return value.Value{}, false
		}
		fields = append(fields, value.Field{Name: f.Name, Value: x, Site: f.Site})
	}
	if v.Open {
		return rebuilt(value.OfObject(fields...), v), true
	}
	for _, name := range sortedKeys(missing) {
		x, ok := defaultOf(d, name)
		if !ok {
			if !t.AttributeOptional(name) {
				return value.Value{}, false
			}
			x = value.NullValue
		}
		x, _ = conform(x, t.AttributeType(name), childDefaults(d, name), depth+1)
		fields = append(fields, value.Field{Name: name, Value: x})
	}
	return rebuilt(value.OfObject(fields...), v), true
}

func defaultOf(d *typeexpr.Defaults, name string) (value.Value, bool) {
	if d == nil {
		return value.Value{}, false
	}
	v, ok := d.DefaultValues[name]
	return fromCty(v), ok
}
