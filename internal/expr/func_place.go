package expr

import (
	"math"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Functions of places in arrays and text. Places in text are counted in UTF-16 code units, as .NET does.

var placeFunctions = []function{
	{name: "first", min: 1, max: 1, needs: parts, eval: evalFirst},
	{name: "indexFromEnd", min: 2, max: 2, needs: shape, eval: evalIndexFromEnd},
	{name: "indexOf", min: 2, max: 2, needs: parts, notNull: true, eval: evalIndexOf},
	{name: "last", min: 1, max: 1, needs: parts, eval: evalLast},
	{name: "lastIndexOf", min: 2, max: 2, needs: parts, notNull: true, eval: evalLastIndexOf},
	{name: "skip", min: 2, max: 2, needs: parts, notNull: true, eval: evalSkip},
	{name: "take", min: 2, max: 2, needs: parts, notNull: true, eval: evalTake},
	{name: "tryGet", min: 2, max: -1, needs: anything, eval: evalTryGet},
	{name: "tryIndexFromEnd", min: 2, max: 2, needs: parts, eval: evalTryIndexFromEnd},
}

// evalFirst is "" for an empty string and null for an empty array.
func evalFirst(_ *Evaluator, args []value.Value) (value.Value, error) {
	return end(args[0], func(pieces []value.Value) (value.Value, error) {
		text, _ := pieces[0].Text()
		return cutText(text, 0, min(1, units(text)))
	}, 0)
}

func evalLast(_ *Evaluator, args []value.Value) (value.Value, error) {
	return end(args[0], func(pieces []value.Value) (value.Value, error) {
		text, _ := pieces[len(pieces)-1].Text()
		n := units(text)
		return cutText(text, max(0, n-1), n)
	}, 1)
}

// end is the first element of an array, or the last with back = 1; ofText does the same for the pieces of a string.
func end(v value.Value, ofText func([]value.Value) (value.Value, error), back int) (value.Value, error) {
	switch {
	case isArray(v) && v.Open:
		return undecided()
	case isArray(v) && len(v.Elems()) == 0:
		return value.NullValue, nil
	case isArray(v):
		return v.Elems()[back*(len(v.Elems())-1)], nil
	case isText(v):
		pieces := v.Pieces()
		if pieces[back*(len(pieces)-1)].Kind != value.String {
			return undecided()
		}
		return ofText(pieces)
	}
	return mistake("the ends of a %v", v.Kind)
}

// evalTake takes no elements for a count of zero or less, and all for one that is too large.
func evalTake(_ *Evaluator, args []value.Value) (value.Value, error) {
	v := args[0]
	n, ok := args[1].Int()
	switch {
	case !ok:
		return undecided()
	case isArray(v) && v.Open && n > 0:
		return arrayOf(nil, true, v.Deps()...), nil
	case isArray(v):
		return value.OfArray(v.Elems()[:clamp(n, len(v.Elems()))]...), nil
	}
	text, ok := leadingText(v)
	if size := units(text); ok || isText(v) && n <= int64(size) {
		return cutText(text, 0, clamp(n, size))
	}
	return undecided()
}

// evalSkip drops nothing for a count of zero or less, and all for one that is too large.
func evalSkip(_ *Evaluator, args []value.Value) (value.Value, error) {
	v := args[0]
	n, ok := args[1].Int()
	switch {
	case !ok:
		return undecided()
	case isArray(v) && v.Open && n > 0:
		return arrayOf(nil, true, v.Deps()...), nil
	case isArray(v):
		return arrayOf(v.Elems()[clamp(n, len(v.Elems())):], v.Open, v.Deps()...), nil
	}
	text, ok := leadingText(v)
	if size := units(text); ok || isText(v) && n <= int64(size) {
		return dropText(v, clamp(n, size))
	}
	return undecided()
}

// clamp returns n within 0 … size.
func clamp(n int64, size int) int { return int(max(0, min(n, int64(size)))) }

// evalIndexOf compares text without case, elements with case and type.
func evalIndexOf(e *Evaluator, args []value.Value) (value.Value, error) {
	if isArray(args[0]) {
		return e.place(args[0], args[1], false)
	}
	text, find, err := twoTexts(args)
	if err != nil {
		return undecided()
	}
	text, find = fold(text), fold(find)
	return unitsBefore(text, strings.Index(text, find))
}

// evalLastIndexOf leaves the place of nothing open: .NET has changed it.
func evalLastIndexOf(e *Evaluator, args []value.Value) (value.Value, error) {
	if isArray(args[0]) {
		return e.place(args[0], args[1], true)
	}
	text, find, err := twoTexts(args)
	if err != nil || find == "" {
		return undecided()
	}
	text, find = fold(text), fold(find)
	return unitsBefore(text, strings.LastIndex(text, find))
}

func unitsBefore(text string, at int) (value.Value, error) {
	if at < 0 {
		return value.OfInt(-1), nil
	}
	return value.OfInt(int64(units(text[:at]))), nil
}

// place is the index of the first (or last) element that equals x. An element that may equal x leaves it open.
func (e *Evaluator) place(list, x value.Value, last bool) (value.Value, error) {
	elems := list.Elems()
	if list.Open || !e.Budget.Spend(len(elems)) {
		return undecided()
	}
	for i := range elems {
		if last {
			i = len(elems) - 1 - i
		}
		switch value.Equal(elems[i], x) {
		case value.True:
			return value.OfInt(int64(i)), nil
		case value.Undecided:
			return undecided()
		}
	}
	return value.OfInt(-1), nil
}

// evalIndexFromEnd counts from 1, the last element.
func evalIndexFromEnd(_ *Evaluator, args []value.Value) (value.Value, error) {
	list := args[0]
	n, ok := args[1].Int()
	switch {
	case list.Open:
		return undecided()
	case !ok || !isArray(list) || n < 1 || n > int64(len(list.Elems())):
		return mistake("no element is that far from the end")
	}
	return list.Elems()[len(list.Elems())-int(n)], nil
}

func evalTryIndexFromEnd(_ *Evaluator, args []value.Value) (value.Value, error) {
	return stepFromEnd(args[0], args[1])
}

func stepFromEnd(list, index value.Value) (value.Value, error) {
	n, ok := index.Int()
	switch {
	case list.IsUnset():
		return value.NullValue, nil
	case !isArray(list) || list.Open || !ok:
		return undecided()
	case n < 1 || n > int64(len(list.Elems())):
		return value.NullValue, nil
	}
	return list.Elems()[len(list.Elems())-int(n)], nil
}

// evalTryGet follows a chain of members and elements. It is null as soon as one is missing or a base is null.
func evalTryGet(_ *Evaluator, args []value.Value) (value.Value, error) {
	v := args[0]
	for i, key := range args[1:] {
		var got []value.Value
		for _, base := range v.Alternatives() {
			for _, k := range key.Alternatives() {
				next := tryStep(base, k)
				if next.Kind == value.Unknown && next.Sym() == "" && len(next.Cases()) == 0 && next.Parts() == nil {
					next = UnknownCall("tryGet", append([]value.Value{args[0]}, args[1:i+2]...)...)
				}
				got = append(got, next)
			}
		}
		v = oneOf("tryGet", args[:i+2], got).WithDeps(slices.Concat(v.Deps(), key.Deps())...)
	}
	return v, nil
}

// tryStep is one step; a value that has no members, such as a number, makes it unknown.
func tryStep(base, key value.Value) value.Value {
	var got value.Value
	name, isName := key.Text()
	index, isIndex := key.Int()
	switch {
	case base.IsUnset(), lacks(base, key):
		return value.NullValue
	case isName && (base.Kind == value.Object || base.Kind == value.Unknown && base.Parts() == nil):
		got = base.Get(name)
	case isIndex && isArray(base) && !base.Open && index >= 0 && index <= math.MaxInt32:
		got = base.Index(int(index))
	case isIndex && base.Kind == value.Unknown && base.Parts() == nil && index >= 0 && index <= math.MaxInt32:
		got = base.Index(int(index))
	case key.Get("fromEnd").Is(true):
		got, _ = stepFromEnd(base, key.Get("value"))
	case key.Get("fromEnd").Is(false):
		return tryStep(base, key.Get("value"))
	}
	if got.From == nil {
		got.From = base.From
	}
	return nullIfAbsent(got)
}

func nullIfAbsent(v value.Value) value.Value {
	if v.Kind == value.Absent {
		return value.NullValue
	}
	cases := v.Cases()
	for i, c := range cases {
		if c.Kind == value.Absent {
			left := append([]value.Value{value.NullValue}, cases[:i]...)
			return value.OneOf(v.Sym(), append(left, cases[i+1:]...)...).WithDeps(v.Deps()...)
		}
	}
	return v
}
