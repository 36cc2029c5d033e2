package expr

import (
	"math"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// An open array is a set of elements that are surely there: nothing is known of their places, nor of how many there are.
// A closed array is known in number and order, even if its elements are unknown.

var arrayFunctions = []function{
	{name: "array", min: 1, max: 1, needs: parts, notNull: true, eval: evalArray},
	{name: "concat", min: 1, max: -1, needs: parts, notNull: true, eval: evalConcat},
	{name: "contains", min: 2, max: 2, needs: parts, notNull: true, eval: evalContains},
	{name: "createArray", max: -1, needs: anything, notNull: true, eval: evalCreateArray},
	{name: "distinct", min: 1, max: 1, needs: shape, notNull: true, eval: evalDistinct},
	{name: "empty", min: 1, max: 1, needs: parts, notNull: true, eval: evalEmpty},
	{name: "flatten", min: 1, max: 1, needs: shape, notNull: true, eval: evalFlatten},
	{name: "intersection", min: 2, max: -1, needs: shape, notNull: true, eval: evalIntersection},
	{name: "length", min: 1, max: 1, needs: parts, notNull: true, eval: evalLength},
	{name: "max", min: 1, max: -1, needs: whole, notNull: true, eval: extreme(func(a, b int64) bool { return a > b })},
	{name: "min", min: 1, max: -1, needs: whole, notNull: true, eval: extreme(func(a, b int64) bool { return a < b })},
	{name: "range", min: 2, max: 2, needs: whole, notNull: true, eval: evalRange},
}

// arrayOf makes an array; open, it waits for the parameters deps.
func arrayOf(elems []value.Value, open bool, deps ...string) value.Value {
	v := value.OfArray(elems...)
	v.Open = open && v.Kind == value.Array
	return v.WithDeps(deps...)
}

func isArray(v value.Value) bool { return v.Kind == value.Array }

func evalCreateArray(_ *Evaluator, args []value.Value) (value.Value, error) {
	return value.OfArray(args...), nil
}

// evalArray wraps what is not an array yet. What becomes of null is not documented.
func evalArray(_ *Evaluator, args []value.Value) (value.Value, error) {
	switch {
	case isArray(args[0]):
		return args[0], nil
	case args[0].Kind == value.Unknown && !isText(args[0]) || args[0].IsUnset():
		return undecided()
	}
	return value.OfArray(args[0]), nil
}

// evalConcat joins arrays or text. One argument that is known to be an array or text tells which it is.
func evalConcat(e *Evaluator, args []value.Value) (value.Value, error) {
	arrays, texts := anyCase(args, isArray), anyCase(args, isScalar)
	switch {
	case arrays && !texts:
		return e.concatArrays(args)
	case texts && !arrays:
		return e.concatText(args)
	}
	return undecided()
}

// anyCase reports whether a case of one of vs is of a kind.
func anyCase(vs []value.Value, is func(value.Value) bool) bool {
	return slices.ContainsFunc(vs, func(v value.Value) bool { return slices.ContainsFunc(v.Alternatives(), is) })
}

func hasCases(v value.Value) bool { return len(v.Cases()) > 0 }

// concatArrays keeps the elements on both sides of an unknown array.
func (e *Evaluator) concatArrays(arrays []value.Value) (value.Value, error) {
	var elems []value.Value
	var deps []string
	open := false
	for _, a := range arrays {
		if len(a.Cases()) > 0 {
			a = e.common(a)
		}
		if !isArray(a) && a.Kind != value.Unknown || !e.Budget.Spend(len(a.Elems())) {
			return mistake("concat of an array and a %v", a.Kind)
		}
		elems = append(elems, a.Elems()...)
		if a.Open || a.Kind == value.Unknown {
			open, deps = true, append(deps, a.Deps()...)
		}
	}
	return arrayOf(elems, open, deps...), nil
}

// common is what is left of an array that is one of several: an open array of the elements that are in each.
func (e *Evaluator) common(v value.Value) value.Value {
	cases := v.Cases()
	elems := cases[0].Elems()
	for _, c := range cases {
		if !isArray(c) || !e.Budget.Spend(len(elems)*len(c.Elems())) {
			return value.NewUnknown("", v.Deps()...)
		}
		var both []value.Value
		for _, x := range elems {
			if member(c, x) == value.True {
				both = append(both, x)
			}
		}
		elems = both
	}
	return arrayOf(elems, true, v.Deps()...)
}

// evalFlatten joins the arrays in an array, one level deep. It is what Bicep makes of spreads: an array that is one of
// several makes the result one of several.
func evalFlatten(e *Evaluator, args []value.Value) (value.Value, error) {
	list := args[0]
	if !isArray(list) {
		return mistake("flatten needs an array")
	}
	v, err := e.eachChoice(list.Elems(), e.concatArrays)
	if err != nil || !list.Open {
		return v, err
	}
	if isArray(v) {
		return v.AsOpen().WithDeps(list.Deps()...), nil
	}
	return undecided()
}

// eachChoice makes a value from each combination of the cases of vs: one of these is the result. Where that would be too
// many, build has to deal with the cases itself.
func (e *Evaluator) eachChoice(vs []value.Value, build func([]value.Value) (value.Value, error)) (value.Value, error) {
	combos := 1
	var deps []string
	for _, v := range vs {
		if n := len(v.Cases()); n > 0 && combos <= value.MaxCases {
			combos *= n
			deps = append(deps, v.Deps()...)
		}
	}
	if combos == 1 || combos > value.MaxCases || !e.Budget.Spend(combos*len(vs)) {
		return build(vs)
	}
	results := make([]value.Value, 0, combos)
	for i := range combos {
		v, err := build(choice(vs, i))
		if err != nil {
			v = value.NewUnknown("", deps...)
		}
		results = append(results, v)
	}
	if v := value.OneOf("", results...).WithDeps(deps...); v.Kind != value.Unknown || len(v.Cases()) > 0 {
		return v, nil
	}
	return build(vs)
}

// choice is the i-th combination of the cases of vs.
func choice(vs []value.Value, i int) []value.Value {
	chosen := make([]value.Value, len(vs))
	for n := len(vs) - 1; n >= 0; n-- {
		cases := vs[n].Alternatives()
		chosen[n] = cases[i%len(cases)]
		i /= len(cases)
	}
	return chosen
}

// member answers whether x is an element of list.
func member(list, x value.Value) value.Truth {
	found := value.False
	if list.Open {
		found = value.Undecided
	}
	for _, y := range list.Elems() {
		if found = value.Or(found, value.Equal(x, y)); found == value.True {
			break
		}
	}
	return found
}

// answer makes a bool of a Truth.
func answer(t value.Truth) (value.Value, error) {
	if t == value.Undecided {
		return undecided()
	}
	return value.OfBool(t == value.True), nil
}

// evalContains looks for an element, the name of a member (ignoring case), or a piece of text (with case).
func evalContains(e *Evaluator, args []value.Value) (value.Value, error) {
	in, x := args[0], args[1]
	switch {
	case in.Kind == value.Array:
		if !e.Budget.Spend(len(in.Elems())) {
			return undecided()
		}
		return answer(member(in, x))
	case in.Kind == value.Object:
		return answer(hasMember(in, x))
	case isText(in):
		return answer(containsText(in, x))
	case in.Kind == value.Unknown:
		return undecided()
	}
	return mistake("contains cannot look into a %v", in.Kind)
}

// evalEmpty says of an open array with one element already that it is not empty.
func evalEmpty(_ *Evaluator, args []value.Value) (value.Value, error) {
	v := args[0]
	switch v.Kind {
	case value.Null:
		return value.OfBool(true), nil
	case value.String:
		text, _ := v.Text()
		return value.OfBool(text == ""), nil
	case value.Array:
		return answer(noneOf(len(v.Elems()), v.Open))
	case value.Object:
		certain, maybe := countMembers(v)
		return answer(noneOf(certain, v.Open || maybe > 0))
	case value.Unknown:
		if knownText(v) != "" || strings.HasPrefix(v.Sym(), "uniqueString(") {
			return value.OfBool(false), nil
		}
		return undecided()
	}
	return mistake("empty of a %v", v.Kind)
}

func noneOf(certain int, more bool) value.Truth {
	switch {
	case certain > 0:
		return value.False
	case more:
		return value.Undecided
	}
	return value.True
}

func evalLength(_ *Evaluator, args []value.Value) (value.Value, error) {
	v := args[0]
	switch v.Kind {
	case value.String:
		text, _ := v.Text()
		return value.OfInt(int64(units(text))), nil
	case value.Array:
		if !v.Open {
			return value.OfInt(int64(len(v.Elems()))), nil
		}
	case value.Object:
		if certain, maybe := countMembers(v); !v.Open && maybe == 0 {
			return value.OfInt(int64(certain)), nil
		}
	}
	return undecided()
}

// evalRange makes integers from a start, a number of them.
func evalRange(e *Evaluator, args []value.Value) (value.Value, error) {
	start, okS := args[0].Int()
	count, okC := args[1].Int()
	if count > MaxItems && e.Budget.TooLong.IsZero() {
		e.Budget.TooLong = args[1].Span
	}
	switch {
	case !okS || !okC || count < 0 || count > MaxItems:
		return mistake("range needs a start and a count of 0 to %d", MaxItems)
	case start > math.MaxInt32-count || start < math.MinInt32 || !e.Budget.Spend(int(count)):
		return mistake("range goes beyond 2147483647")
	}
	elems := make([]value.Value, count)
	for i := range elems {
		elems[i] = value.OfInt(start + int64(i))
	}
	return value.OfArray(elems...), nil
}

// extreme is min, max: of the arguments, or of the elements of one array.
func extreme(better func(a, b int64) bool) func(*Evaluator, []value.Value) (value.Value, error) {
	return func(_ *Evaluator, args []value.Value) (value.Value, error) {
		if len(args) == 1 && isArray(args[0]) {
			args = args[0].Elems()
		}
		if len(args) == 0 {
			return mistake("min and max of nothing")
		}
		best := args[0]
		for _, a := range args {
			n, ok := a.Int()
			if !ok {
				return mistake("min and max compare integers")
			}
			if m, _ := best.Int(); better(n, m) {
				best = a
			}
		}
		return best, nil
	}
}
