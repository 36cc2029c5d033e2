package expr

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// mergeCases merges objects, the last one winning; deep merges members that are objects on both sides, too.
//
// An object that is one of several makes the result one of several. Where that would be more than value.MaxCases, each
// operand is blended first: every member then has the values that it may have, and only what the members of one operand
// have to do with each other is lost.
func (e *Evaluator) mergeCases(objects []value.Value, deep bool) (value.Value, error) {
	operands := make([]value.Value, len(objects))
	for i, o := range objects {
		var err error
		if operands[i], err = mergeable(o); err != nil {
			return o, err
		}
	}
	return e.eachChoice(operands, func(chosen []value.Value) (value.Value, error) {
		m := newMembers(8)
		for _, o := range chosen {
			if len(o.Cases()) > 0 {
				o = e.blend(o)
			}
			if !e.Budget.Spend(1 + len(o.Fields())) {
				return undecided()
			}
			m.merge(e, o, deep)
		}
		return m.object(), nil
	})
}

// mergeable leaves of an operand the cases that can be merged: the deployment fails in the others. A null adds nothing
// (inferred).
func mergeable(v value.Value) (value.Value, error) {
	if isObject(v) || isWhollyUnknown(v) && !isText(v) {
		return v, nil
	}
	var cases []value.Value
	for _, c := range v.Alternatives() {
		switch {
		case c.IsUnset():
			cases = append(cases, value.OfObject())
		case isObject(c) || c.Kind == value.Unknown && !isText(c):
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		return mistake("a %v cannot be merged into an object", v.Kind)
	}
	return value.OneOf(v.Sym(), cases...).WithDeps(v.Deps()...), nil
}

// merge adds the members of o, an object or an unknown. Whatever o may have makes the members before it uncertain.
func (m *members) merge(e *Evaluator, o value.Value, deep bool) {
	theirs := newMembers(len(o.Fields()))
	for _, f := range o.Fields() {
		theirs.set(f)
	}
	hidden := o.Open || o.Kind == value.Unknown
	for i, f := range m.fields {
		if _, ok := theirs.get(f.Name); hidden && !ok {
			m.fields[i].Value = value.OneOf("", f.Value, o.Get(f.Name))
		}
	}
	for _, f := range theirs.fields {
		m.put(e, f, deep)
	}
	m.hide(o.Unseen())
	m.hide(anyMember(o, value.NewUnknown("copyIndex()")), o.Kind == value.Unknown && o.Secret)
	if hidden {
		m.open, m.deps = true, append(m.deps, o.Deps()...)
	}
}

// put adds a member. In the cases in which it is absent, what was there before stays; after an operand that is not known
// that may be anything.
func (m *members) put(e *Evaluator, f value.Field, deep bool) {
	old, had := m.get(f.Name)
	if !had && !m.open {
		m.set(f)
		return
	}
	if !had {
		old.Value = value.NewUnknown("", m.deps...)
	}
	if !had && present(f.Value) != value.True {
		old.Value = value.OneOf("", old.Value, value.AbsentValue)
	}
	if f.Site.IsZero() {
		f.Site = old.Site
	}
	if deep {
		f.Value = e.mergeMember(old.Value, f.Value)
	} else {
		f.Value = override(old.Value, f.Value)
	}
	m.set(f)
}

// override is next, or old where next is absent.
func override(old, next value.Value) value.Value {
	if present(next) == value.True {
		return next
	}
	cases := make([]value.Value, 0, 4)
	for _, c := range next.Alternatives() {
		if c.Kind == value.Absent {
			c = old
		}
		cases = append(cases, c)
	}
	return value.OneOf("", cases...).WithDeps(slices.Concat(old.Deps(), next.Deps())...)
}

// mergeMember is override in depth: objects on both sides are merged. What null does to an earlier value is not
// documented: either may be left.
func (e *Evaluator) mergeMember(old, next value.Value) value.Value {
	v, err := e.eachChoice([]value.Value{old, next}, func(pair []value.Value) (value.Value, error) {
		a, b := pair[0], pair[1]
		switch {
		case b.Kind == value.Absent:
			return a, nil
		case isObject(a) && b.Kind == value.Null:
			return value.OneOf("", a, b), nil
		case isObject(b) && (isObject(a) || isWhollyUnknown(a)):
			return e.mergeCases(pair, true)
		case isObject(a) && isWhollyUnknown(b):
			// Merged if it is an object, else it replaces what was there.
			merged, err := e.mergeCases(pair, true)
			return value.OneOf("", merged, b), err
		case b.Kind == value.Null && !a.IsUnset():
			return value.OneOf("", a, b), nil
		}
		return b, nil
	})
	if err != nil {
		return value.NewUnknown("", slices.Concat(old.Deps(), next.Deps())...)
	}
	return v
}

func isWhollyUnknown(v value.Value) bool {
	return v.Kind == value.Unknown && v.Parts() == nil && len(v.Cases()) == 0
}

// blend makes one object of an object that is one of several: each member is one of its values in the cases, among them
// Absent where a case does not have it.
func (e *Evaluator) blend(v value.Value) value.Value {
	cases := v.Cases()
	all := newMembers(8)
	each := make([]*members, len(cases))
	for i, c := range cases {
		each[i] = newMembers(len(c.Fields()))
		all.open = all.open || c.Open || c.Kind == value.Unknown
		for _, f := range c.Fields() {
			each[i].set(f)
			if _, ok := all.get(f.Name); !ok {
				all.set(f)
			}
		}
	}
	if all.open {
		all.deps = v.Deps()
	}
	e.Budget.Spend(len(all.fields) * len(cases))
	for i, f := range all.fields {
		values := make([]value.Value, len(cases))
		for n, c := range cases {
			got, ok := each[n].get(f.Name)
			if values[n] = got.Value; !ok {
				values[n] = c.Get(f.Name)
			}
		}
		all.fields[i].Value = value.OneOf("", values...).WithDeps(v.Deps()...)
	}
	return all.object()
}
