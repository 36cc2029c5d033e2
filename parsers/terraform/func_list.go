package terraform

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// sequence says how much of an argument that should be a list can be seen. It reports false for what is no list.
func sequence(v value.Value) (elems []value.Value, open, ok bool) {
	switch v.Kind {
	case value.Array:
		return v.Elems(), v.Open, true
	case value.Unknown:
		return nil, true, true
	}
	return nil, false, false
}

// gathered makes a list of what was seen; open when more may be in it.
func gathered(elems []value.Value, open bool, args []value.Value) value.Value {
	v := value.OfArray(elems...)
	if open && v.Kind == value.Array {
		v = v.AsOpen().WithDeps(depsOf(args)...)
	}
	for _, a := range args {
		v.Secret = v.Secret || a.Secret
		if v.Open && holdsSecret(a) {
			v = v.HidingSecret()
		}
	}
	return v
}

func depsOf(args []value.Value) []string {
	var deps []string
	for _, a := range args {
		deps = append(deps, a.Deps()...)
	}
	return deps
}

// fnConcat keeps the elements of lists that can be seen. Behind a list that may have more, places are not known.
func fnConcat(c *callContext, args []value.Value) value.Value {
	var out []value.Value
	open := false
	for _, a := range args {
		elems, more, ok := sequence(a)
		if !ok {
			return c.fail()
		}
		for _, e := range elems {
			out = append(out, inherit(e, a))
		}
		open = open || more
	}
	return gathered(out, open, args)
}

func fnFlatten(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 || args[0].Kind != value.Array && args[0].Kind != value.Unknown {
		return c.fail()
	}
	if args[0].Kind == value.Unknown {
		return c.unknown(args)
	}
	f := flattened{open: args[0].Open}
	f.add(args[0], 0)
	return gathered(f.elems, f.open, args)
}

type flattened struct {
	elems []value.Value
	open  bool
}

func (f *flattened) add(v value.Value, depth int) {
	for _, e := range v.Elems() {
		switch {
		case e.Kind == value.Array && depth < maxDepth:
			f.open = f.open || e.Open
			f.add(inherit(e, v), depth+1)
		case e.Kind == value.Unknown && e.Parts() == nil && len(e.Cases()) == 0 && !e.NotNull:
			f.open = true // a list, or an element
			f.elems = append(f.elems, e)
		case len(e.Cases()) > 0 && !slices.ContainsFunc(e.Cases(), func(c value.Value) bool { return c.Kind != value.Array }):
			f.open = true
			f.addCommon(e.Cases())
		default:
			f.elems = append(f.elems, inherit(e, v))
		}
	}
}

// addCommon adds the elements that are in all cases.
func (f *flattened) addCommon(cases []value.Value) {
	for _, e := range cases[0].Elems() {
		if !slices.ContainsFunc(cases[1:], func(c value.Value) bool { return !holds(c, e) }) {
			f.elems = append(f.elems, e)
		}
	}
}

func holds(list, e value.Value) bool {
	return slices.ContainsFunc(list.Elems(), func(x value.Value) bool { return value.Equal(x, e) == value.True })
}

func fnSetUnion(c *callContext, args []value.Value) value.Value {
	v := fnConcat(c, args)
	if v.Kind != value.Array {
		return v
	}
	return withSet(v)
}

// withSet is the set of the elements of an array.
func withSet(v value.Value) value.Value {
	set := asSet(v.Elems(), v.Open).WithDeps(v.Deps()...)
	set.Span, set.Secret = v.Span, v.Secret
	set.From = prefixed(dropSet(v.From), set.From)
	return set
}

func fnSetIntersection(c *callContext, args []value.Value) value.Value {
	return c.combine(args, true)
}

func fnSetSubtract(c *callContext, args []value.Value) value.Value {
	return c.combine(args, false)
}

// combine keeps the elements of the first set that are in all others, or in none.
func (c *callContext) combine(args []value.Value, in bool) value.Value {
	for _, a := range args {
		if a.Kind == value.Unknown || a.Open || !a.Known() {
			return c.unknown(args)
		}
		if a.Kind != value.Array {
			return c.fail()
		}
	}
	if len(args) == 0 {
		return c.fail()
	}
	var out []value.Value
	for _, e := range args[0].Elems() {
		keep := true
		for _, other := range args[1:] {
			c.spent(len(other.Elems()) / 8)
			keep = keep && holds(other, e) == in
		}
		if keep {
			out = append(out, e)
		}
	}
	return asSet(out, false)
}

func fnToSet(c *callContext, args []value.Value) value.Value {
	return c.ofSequence(args, func(v value.Value) value.Value { return withSet(v) })
}

func fnToList(c *callContext, args []value.Value) value.Value {
	return c.ofSequence(args, func(v value.Value) value.Value { return withoutSet(v, v) })
}

func fnList(_ *callContext, args []value.Value) value.Value { return value.OfArray(args...) }

func fnDistinct(c *callContext, args []value.Value) value.Value {
	return c.ofSequence(args, func(v value.Value) value.Value {
		return rebuilt(value.OfArray(distinctElements(v.Elems())...), v)
	})
}

// ofSequence applies f to the only argument if that is a list of which something is known. Null stays null.
func (c *callContext) ofSequence(args []value.Value, f func(value.Value) value.Value) value.Value {
	switch {
	case len(args) != 1:
		return c.fail()
	case args[0].Kind == value.Unknown:
		u := unknownCall(c.name, args...)
		u.NotNull = args[0].NotNull
		return u
	case args[0].IsUnset():
		return args[0]
	case args[0].Kind != value.Array:
		return c.fail()
	}
	return f(args[0])
}

// fnCompact drops what is empty or null; what may be makes the list open.
func fnCompact(c *callContext, args []value.Value) value.Value {
	return c.ofSequence(args, func(v value.Value) value.Value {
		var out []value.Value
		open := v.Open
		for _, e := range v.Elems() {
			text, isText := e.Text()
			switch {
			case e.IsUnset() || isText && text == "":
			case e.Kind == value.Unknown && equal(e, value.OfString("")) != value.False,
				e.Kind == value.Unknown && mayBeNull(e):
				open = true
			default:
				out = append(out, inherit(e, v))
			}
		}
		return gathered(out, open, args)
	})
}

func fnContains(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	elems, open, ok := sequence(args[0])
	if !ok {
		return c.fail()
	}
	found := value.False
	c.spent(len(elems) / 8)
	for _, e := range elems {
		found = value.Or(found, equal(e, args[1]))
	}
	if open {
		found = value.Or(found, value.Undecided)
	}
	return ofTruth(found, c.name, args)
}

func fnLength(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	v := args[0]
	switch {
	case v.Kind == value.Unknown || v.Open:
		return c.unknown(args)
	case v.Kind == value.String:
		return c.standard(strlen, args)
	case v.Kind == value.Array && isSet(v) && !v.Known() && len(v.Elems()) > 1:
		return c.unknown(args)
	case v.Kind == value.Array:
		return value.OfInt(int64(len(v.Elems())))
	case v.Kind == value.Object:
		list, _ := pairs(v)
		return value.OfInt(int64(len(list)))
	}
	return c.fail()
}

func fnElementAt(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	elems, open, ok := sequence(args[0])
	n, isNumber := toNumber(args[1])
	i, known := n.Int()
	switch {
	case !ok || !isNumber:
		return c.fail()
	case open:
		return c.unknown(args)
	case !known:
		return c.anyMember(args[0], args[1])
	case len(elems) == 0:
		return c.fail()
	}
	i %= int64(len(elems))
	if i < 0 {
		i += int64(len(elems))
	}
	return inherit(elems[i], args[0])
}

// fnOne is null for an empty list, the element of a list of one.
func fnOne(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	elems, open, ok := sequence(args[0])
	switch {
	case !ok || len(elems) > 1 && !isSet(args[0]):
		return c.fail()
	case open && len(elems) == 1:
		return inherit(elems[0], args[0]) // a second one would be an error
	case open:
		return unknownCall(c.name, args...)
	case len(elems) == 0:
		return value.NullValue
	}
	return inherit(elems[0], args[0])
}

// fnCoalesce is the first argument that is neither null nor empty.
func fnCoalesce(c *callContext, args []value.Value) value.Value {
	return c.first(args, func(v value.Value) value.Truth {
		text, isText := v.Text()
		switch {
		case v.IsUnset() || isText && text == "":
			return value.False
		case v.Kind == value.Unknown && (mayBeNull(v) || equal(v, value.OfString("")) != value.False):
			return value.Undecided
		}
		return value.True
	})
}

func fnCoalesceList(c *callContext, args []value.Value) value.Value {
	return c.first(args, func(v value.Value) value.Truth {
		switch {
		case v.IsUnset() || v.Kind == value.Array && !v.Open && len(v.Elems()) == 0:
			return value.False
		case v.Kind == value.Array && len(v.Elems()) > 0:
			return value.True
		}
		return value.Undecided
	})
}

// first returns the first argument that is good, or one of those that may be it. What is returned is good.
func (c *callContext) first(args []value.Value, good func(value.Value) value.Truth) value.Value {
	var cases []value.Value
	for _, a := range args {
		if kept, ok := onlyGood(a, good); ok {
			cases = append(cases, kept)
		}
		if good(a) == value.True {
			break
		}
	}
	switch len(cases) {
	case 0:
		return c.fail()
	case 1:
		return cases[0]
	}
	v := oneOf(value.CanonCall(c.name, cases...), cases...)
	v.NotNull = v.NotNull || v.Kind == value.Unknown
	return v
}

// onlyGood leaves out the alternatives that are not good. It reports false when none is left.
func onlyGood(v value.Value, good func(value.Value) value.Truth) (value.Value, bool) {
	var kept []value.Value
	for _, a := range v.Alternatives() {
		if good(a) != value.False {
			a.NotNull = a.NotNull || a.Kind == value.Unknown
			kept = append(kept, a)
		}
	}
	if len(kept) == 0 {
		return value.Value{}, false
	}
	return oneOf(v.Sym(), kept...).WithDeps(v.Deps()...), true
}

func fnAllTrue(c *callContext, args []value.Value) value.Value {
	return c.quantified(args, value.And, true)
}

func fnAnyTrue(c *callContext, args []value.Value) value.Value {
	return c.quantified(args, value.Or, false)
}

func (c *callContext) quantified(args []value.Value, op func(...value.Truth) value.Truth, empty bool) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	elems, open, ok := sequence(args[0])
	if !ok {
		return c.fail()
	}
	all := value.TruthOf(empty)
	for _, e := range elems {
		b, ok := toBool(e)
		if !ok {
			return c.fail()
		}
		if b.IsUnset() {
			b = value.OfBool(false)
		}
		all = op(all, b.IsTrue())
	}
	if open {
		all = op(all, value.Undecided)
	}
	return ofTruth(all, c.name, args)
}

func fnIndexIn(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 || args[0].Kind != value.Array {
		return c.unknown(args)
	}
	for i, e := range args[0].Elems() {
		switch equal(e, args[1]) {
		case value.True:
			return value.OfInt(int64(i))
		case value.Undecided:
			return c.unknown(args)
		}
	}
	if args[0].Open {
		return c.unknown(args)
	}
	return c.fail()
}

func fnSum(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 || args[0].Kind != value.Array || !args[0].Known() {
		return c.unknown(args)
	}
	total := value.OfInt(0)
	for _, e := range args[0].Elems() {
		total = c.arithmetic(opAdd, total, e)
	}
	return total
}

func fnMatchKeys(c *callContext, args []value.Value) value.Value {
	if len(args) != 3 {
		return c.fail()
	}
	for _, a := range args {
		if a.Kind != value.Array || !a.Known() {
			return c.unknown(args)
		}
	}
	vs, ks, search := args[0].Elems(), args[1].Elems(), args[2]
	if len(vs) != len(ks) {
		return c.fail()
	}
	if c.tooMuch(args[1:]) {
		return c.unknown(args)
	}
	var out []value.Value
	for i, k := range ks {
		if holds(search, k) {
			out = append(out, vs[i])
		}
	}
	return value.OfArray(out...)
}
