package terraform

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// A set is an Array, without repetitions, whose way begins with the step fromSet: value.Value has no kind of its own for it.
// The step has no place and so is never shown.
const fromSet value.OriginKind = 200

// asSet makes a set of an array: strings sorted, as Terraform orders them.
func asSet(elems []value.Value, open bool) value.Value {
	distinct := distinctElements(elems)
	slices.SortStableFunc(distinct, func(a, b value.Value) int {
		x, okX := a.Text()
		y, okY := b.Text()
		if okX && okY {
			return strings.Compare(x, y)
		}
		return 0
	})
	v := value.OfArray(distinct...)
	v.Open = open
	return v.Via(value.Origin{Kind: fromSet})
}

func isSet(v value.Value) bool {
	for o := v.From; o != nil; o = o.Prev {
		if o.Kind == fromSet {
			return true
		}
	}
	return false
}

// distinctElements drops known repetitions. Unknown elements stay, unless they are known to be equal.
func distinctElements(elems []value.Value) []value.Value {
	out := make([]value.Value, 0, len(elems))
	seen := map[string]bool{}
	for _, e := range elems {
		key := value.Canon(e)
		if text, ok := e.Text(); ok {
			key = "'" + text // Canon ends at a limit
		}
		if key != "" && seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, e)
	}
	return out
}

// fromCty converts what a function of cty returned. Marks are gone by then.
func fromCty(v cty.Value) value.Value {
	v, _ = v.UnmarkDeep()
	return fromCtyValue(v)
}

func fromCtyValue(v cty.Value) value.Value {
	switch {
	case v == cty.NilVal || !v.IsKnown():
		u := value.NewUnknown("")
		u.NotNull = v != cty.NilVal && v.Type() != cty.DynamicPseudoType && v.Range().DefinitelyNotNull()
		return u
	case v.IsNull():
		return value.NullValue
	}
	t := v.Type()
	switch {
	case t == cty.String:
		return value.OfString(v.AsString())
	case t == cty.Bool:
		return value.OfBool(v.True())
	case t == cty.Number:
		return fromNumber(v.AsBigFloat())
	case t.IsObjectType() || t.IsMapType():
		return fromCtyObject(v)
	case t.IsTupleType() || t.IsListType() || t.IsSetType():
		elems := make([]value.Value, 0, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			elems = append(elems, fromCtyValue(e))
		}
		if t.IsSetType() {
			return asSet(elems, false)
		}
		return value.OfArray(elems...)
	}
	return value.NewUnknown("")
}

func fromCtyObject(v cty.Value) value.Value {
	var fields []value.Field
	for it := v.ElementIterator(); it.Next(); {
		k, e := it.Element()
		fields = append(fields, value.Field{Name: k.AsString(), Value: fromCtyValue(e)})
	}
	return value.OfObject(fields...)
}

func fromNumber(f *big.Float) value.Value {
	if n, acc := f.Int64(); acc == big.Exact {
		return value.OfInt(n)
	}
	x, _ := f.Float64()
	if math.IsInf(x, 0) {
		return value.NewUnknown("")
	}
	return value.OfFloat(x)
}

// toCty converts a value to call a function of cty with it. Lists become tuples and maps objects; cty converts them to
// what the function asks for. What is unknown becomes cty's DynamicVal.
func toCty(v value.Value) cty.Value {
	switch v.Kind {
	case value.Absent, value.Null:
		return cty.NullVal(cty.DynamicPseudoType)
	case value.Bool:
		b, _ := v.Bool()
		return cty.BoolVal(b)
	case value.Int:
		n, _ := v.Int()
		return cty.NumberIntVal(n)
	case value.Float:
		f, _ := v.Float()
		if f != f || f > 1e308 || f < -1e308 {
			return cty.DynamicVal
		}
		return cty.NumberFloatVal(f)
	case value.String:
		s, _ := v.Text()
		return cty.StringVal(s)
	case value.Array:
		return toCtyArray(v)
	case value.Object:
		return toCtyObject(v)
	}
	return cty.DynamicVal
}

func toCtyArray(v value.Value) cty.Value {
	if v.Open {
		return cty.DynamicVal
	}
	elems := make([]cty.Value, len(v.Elems()))
	for i, e := range v.Elems() {
		elems[i] = toCty(e)
	}
	if !isSet(v) || len(elems) == 0 || !sameTypes(elems) {
		return cty.TupleVal(elems)
	}
	return cty.SetVal(elems)
}

func sameTypes(elems []cty.Value) bool {
	for _, e := range elems {
		if !e.Type().Equals(elems[0].Type()) {
			return false
		}
	}
	return true
}

// deeper reports whether v nests deeper than n levels.
func deeper(v value.Value, n int) bool {
	if n < 0 {
		return true
	}
	for _, e := range v.Elems() {
		if deeper(e, n-1) {
			return true
		}
	}
	for _, f := range v.Fields() {
		if deeper(f.Value, n-1) {
			return true
		}
	}
	return false
}

func toCtyObject(v value.Value) cty.Value {
	if v.Open {
		return cty.DynamicVal
	}
	fields := make(map[string]cty.Value, len(v.Fields()))
	for _, f := range v.Fields() {
		fields[f.Name] = toCty(f.Value)
	}
	return cty.ObjectVal(fields)
}

// toText converts a scalar to a string as Terraform does. It reports false for lists, objects and null.
func toText(v value.Value) (string, bool) {
	switch v.Kind {
	case value.String:
		return v.Text()
	case value.Bool:
		return strconv.FormatBool(v.Is(true)), true
	case value.Int:
		n, _ := v.Int()
		return strconv.FormatInt(n, 10), true
	case value.Float:
		f, _ := v.Float()
		return strconv.FormatFloat(f, 'f', -1, 64), true
	}
	return "", false
}

// toBool converts as Terraform does: only "true" and "false" in lower case stand for bools.
func toBool(v value.Value) (value.Value, bool) {
	switch text, _ := v.Text(); {
	case v.Kind == value.Bool || v.Kind == value.Unknown || v.IsUnset():
		return v, true
	case text == "true" || text == "false":
		return keep(value.OfBool(text == "true"), v), true
	}
	return value.Value{}, false
}

// toNumber converts strings that are decimal numbers.
func toNumber(v value.Value) (value.Value, bool) {
	switch v.Kind {
	case value.Int, value.Float, value.Unknown, value.Null, value.Absent:
		return v, true
	case value.String:
		text, _ := v.Text()
		f, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil || len(text) > 400 || strings.ContainsAny(text, "xXpP_ ") {
			return value.Value{}, false
		}
		return keep(fromNumber(f), v), true
	}
	return value.Value{}, false
}

// keep gives v the place, way and secrecy of the value that it was converted from.
func keep(v, from value.Value) value.Value {
	v.Span, v.From, v.Secret = from.Span, from.From, v.Secret || from.Secret
	return v
}

// deepSecret marks a value and everything in it.
func deepSecret(v value.Value) value.Value {
	switch v.Kind {
	case value.Array:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = deepSecret(e)
		}
		return rebuilt(value.OfArray(elems...), v).AsSecret()
	case value.Object:
		fields := slices.Clone(v.Fields())
		for i := range fields {
			fields[i].Value = deepSecret(fields[i].Value)
		}
		return rebuilt(value.OfObject(fields...), v).AsSecret()
	}
	if cases := v.Cases(); len(cases) > 0 {
		marked := make([]value.Value, len(cases))
		for i, c := range cases {
			marked[i] = deepSecret(c)
		}
		return keep(value.OneOf(v.Sym(), marked...).WithDeps(v.Deps()...), v).AsSecret()
	}
	return v.AsSecret()
}

// rebuilt gives an array or object that was made of old's members what else is known of old.
func rebuilt(v, old value.Value) value.Value {
	if unseen, ok := old.Unseen(); ok {
		v = v.WithUnseen(unseen)
	}
	v.Open = old.Open
	return keep(v, old).WithDeps(old.Deps()...)
}

// holdsSecret reports whether v or anything in it is secret.
func holdsSecret(v value.Value) bool {
	if v.Secret {
		return true
	}
	for _, e := range v.Elems() {
		if holdsSecret(e) {
			return true
		}
	}
	for _, f := range v.Fields() {
		if holdsSecret(f.Value) {
			return true
		}
	}
	return hidesSecret(v)
}

// hidesSecret reports whether a secret is among what cannot be seen of an open collection.
func hidesSecret(v value.Value) bool {
	unseen, ok := v.Unseen()
	return ok && holdsSecret(unseen)
}
