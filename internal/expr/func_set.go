package expr

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// unionArrays joins arrays and leaves each element once, where it first stood.
func (e *Evaluator) unionArrays(arrays []value.Value) (value.Value, error) {
	v, err := e.concatArrays(arrays)
	if err != nil || !isArray(v) {
		return v, err
	}
	return e.distinct(v)
}

func evalDistinct(e *Evaluator, args []value.Value) (value.Value, error) {
	if !isArray(args[0]) {
		return mistake("distinct needs an array")
	}
	return e.distinct(args[0])
}

// distinct leaves each element once. An element that may equal another makes the result open: it is in there, but where
// and how many there are is not known.
func (e *Evaluator) distinct(list value.Value) (value.Value, error) {
	s := newSet(e)
	elems := make([]value.Value, 0, len(list.Elems()))
	open := list.Open
	for _, x := range list.Elems() {
		switch s.has(x) {
		case value.True:
			continue
		case value.Undecided:
			open = true
		}
		s.add(x)
		elems = append(elems, x)
	}
	if e.Budget.Exceeded {
		return undecided()
	}
	return arrayOf(elems, open, openDeps(list)...), nil
}

// evalIntersection leaves what is in all arrays, or in all objects with the same value.
func evalIntersection(e *Evaluator, args []value.Value) (value.Value, error) {
	for _, a := range args {
		if a.Kind != args[0].Kind {
			return mistake("intersection of a %v and a %v", args[0].Kind, a.Kind)
		}
	}
	switch {
	case isArray(args[0]):
		return e.intersectArrays(args)
	case isObject(args[0]):
		return e.intersectObjects(args)
	}
	return mistake("intersection of a %v", args[0].Kind)
}

func (e *Evaluator) intersectArrays(arrays []value.Value) (value.Value, error) {
	open := arrays[0].Open
	sets := make([]*set, len(arrays))
	for i, a := range arrays {
		sets[i] = newSet(e)
		sets[i].open = a.Open
		for _, x := range a.Elems() {
			sets[i].add(x)
		}
	}
	var elems, deps []value.Value
	for _, x := range arrays[0].Elems() {
		in := value.True
		for _, s := range sets[1:] {
			in = value.And(in, s.has(x))
		}
		switch in {
		case value.True:
			elems = append(elems, x)
		case value.Undecided:
			open, deps = true, arrays
		}
	}
	if e.Budget.Exceeded {
		return undecided()
	}
	return e.distinct(arrayOf(elems, open, value.OfArray(deps...).Deps()...))
}

func (e *Evaluator) intersectObjects(objects []value.Value) (value.Value, error) {
	m := newMembers(4)
	m.open = objects[0].Open
	rest := make([]*members, len(objects)-1)
	for i, o := range objects[1:] {
		rest[i] = newMembers(len(o.Fields()))
		for _, f := range o.Fields() {
			rest[i].set(f)
		}
	}
	for _, f := range fieldsOf(objects[0]) {
		in := present(f.Value)
		for i, r := range rest {
			got, ok := r.get(f.Name)
			switch {
			case ok:
				in = value.And(in, present(got.Value), value.Equal(f.Value, got.Value))
			case objects[i+1].Open:
				in = value.And(in, value.Undecided)
			default:
				in = value.False
			}
		}
		switch in {
		case value.True:
			m.set(f)
		case value.Undecided:
			m.set(value.Field{Name: f.Name, Value: value.OneOf("", f.Value, value.AbsentValue), Site: f.Site})
		}
	}
	if !e.Budget.Spend(len(rest) * len(objects[0].Fields())) {
		return undecided()
	}
	if m.open {
		m.deps = objects[0].Deps()
	}
	return m.object(), nil
}

// set holds values. Known ones are found by their text, so that a long array does not take the square of its length.
type set struct {
	e     *Evaluator
	keys  map[string]bool
	vague []value.Value // elements that are not known
	known []value.Value // elements that are
	open  bool          // may hold more
}

func newSet(e *Evaluator) *set { return &set{e: e, keys: map[string]bool{}} }

func (s *set) add(v value.Value) {
	if !v.Known() {
		s.vague = append(s.vague, v)
		return
	}
	key := appendKey(nil, v)
	s.e.Budget.Spend(1 + len(key)/32)
	s.keys[string(key)] = true
	s.known = append(s.known, v)
}

// has answers whether an element of the set equals v.
func (s *set) has(v value.Value) value.Truth {
	found := value.False
	if s.open {
		found = value.Undecided
	}
	others := s.vague
	if v.Known() {
		key := appendKey(nil, v)
		if s.keys[string(key)] {
			return value.True
		}
	} else {
		others = slices.Concat(s.known, s.vague)
	}
	if !s.e.Budget.Spend(1 + len(others)) {
		return value.Undecided
	}
	for _, x := range others {
		if found = value.Or(found, value.Equal(v, x)); found == value.True {
			break
		}
	}
	return found
}

// appendKey writes a known value so that equal values are written alike.
func appendKey(b []byte, v value.Value) []byte {
	switch v.Kind {
	case value.Bool:
		return strconv.AppendBool(b, v.Is(true))
	case value.Int:
		n, _ := v.Int()
		return strconv.AppendInt(b, n, 10)
	case value.Float:
		f, _ := v.Float()
		if n := int64(f); f == float64(n) {
			return strconv.AppendInt(b, n, 10)
		}
		return strconv.AppendFloat(b, f, 'g', -1, 64)
	case value.String:
		text, _ := v.Text()
		return strconv.AppendQuote(b, text)
	case value.Array:
		b = append(b, '[')
		for _, x := range v.Elems() {
			b = append(appendKey(b, x), ',')
		}
		return append(b, ']')
	case value.Object:
		fields := newMembers(len(v.Fields()))
		for _, f := range v.Fields() {
			fields.set(f)
		}
		slices.SortFunc(fields.fields, func(x, y value.Field) int { return strings.Compare(fold(x.Name), fold(y.Name)) })
		b = append(b, '{')
		for _, f := range fields.fields {
			b = append(strconv.AppendQuote(b, fold(f.Name)), ':')
			b = append(appendKey(b, f.Value), ',')
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}
