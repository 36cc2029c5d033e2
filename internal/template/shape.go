package template

import "github.com/cosmoslint/cosmoslint/internal/value"

// Shape is a type, as far as it says what is secure within its values. Nil says that nothing is.
type Shape struct {
	Secure bool
	// Unknown says that the type cannot be seen, or is one of several.
	Unknown bool
	// Member is the type of a member of an object, Item that of an element of an array. Either may be nil.
	Member func(name string) *Shape
	Item   func(i int) *Shape
}

// At is the shape of a member.
func (s *Shape) At(name string) *Shape {
	switch {
	case s == nil || s.Unknown:
		return s
	case s.Member == nil:
		return nil
	}
	return s.Member(name)
}

// Of is the shape of an element.
func (s *Shape) Of(i int) *Shape {
	switch {
	case s == nil || s.Unknown:
		return s
	case s.Item == nil:
		return nil
	}
	return s.Item(i)
}

// logged is what the history of deployments keeps of v, an argument: all but what is secure. A module can keep a member of
// the objects in an array out of it, which as a whole cannot be secure
// (https://github.com/Azure/bicep-registry-modules/issues/2070).
func (s *Shape) logged(v value.Value) value.Value {
	switch cases := v.Cases(); {
	case s == nil:
		return v
	case s.Secure:
		return value.OfString("")
	case s.Unknown:
		return value.OneOf("", v, value.OfString(""))
	case len(cases) > 0:
		kept := make([]value.Value, len(cases))
		for i, c := range cases {
			kept[i] = s.logged(c)
		}
		return value.OneOf(v.Sym(), kept...).WithDeps(v.Deps()...)
	case v.Kind == value.Array:
		kept := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			kept[i] = s.Of(i).logged(e)
		}
		return value.OfArray(kept...)
	case v.Kind == value.Object:
		kept := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			kept[i] = value.Field{Name: f.Name, Value: s.At(f.Name).logged(f.Value)}
		}
		return value.OfObject(kept...)
	}
	return v
}

// logged is what the history of deployments keeps of an argument.
func (p *Parameter) logged(v value.Value) value.Value {
	if p.Shape == nil || v.Kind == value.String {
		return v
	}
	return p.Shape().logged(v)
}
