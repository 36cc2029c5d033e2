package value

import (
	"strconv"
	"strings"
)

// Truth is an answer that may not be known. The zero Truth is Undecided.
type Truth uint8

// The answers.
const (
	Undecided Truth = iota
	False
	True
)

func (t Truth) String() string { return [...]string{"undecided", "false", "true"}[t] }

// TruthOf returns True or False.
func TruthOf(b bool) Truth {
	if b {
		return True
	}
	return False
}

// Not inverts a known answer.
func (t Truth) Not() Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	}
	return Undecided
}

// And is False if any answer is, True if all are.
func And(ts ...Truth) Truth {
	all := True
	for _, t := range ts {
		switch t {
		case False:
			return False
		case Undecided:
			all = Undecided
		}
	}
	return all
}

// Or is True if any answer is, False if all are.
func Or(ts ...Truth) Truth {
	none := False
	for _, t := range ts {
		switch t {
		case True:
			return True
		case Undecided:
			none = Undecided
		}
	}
	return none
}

// Decide asks a question of each case of v, and answers only when all cases give the same answer.
func (v Value) Decide(question func(Value) Truth) Truth {
	cases := v.Alternatives()
	first := question(cases[0])
	for _, c := range cases[1:] {
		if question(c) != first {
			return Undecided
		}
	}
	return first
}

// IsTrue answers whether v is true. A value that is not a bool is Undecided.
func (v Value) IsTrue() Truth {
	return v.Decide(func(v Value) Truth {
		b, ok := v.Bool()
		if !ok {
			return Undecided
		}
		return TruthOf(b)
	})
}

// EqualsFold answers whether v is the string s, ignoring case as Azure does for names, types and enumerations.
// A value that is known not to be a string is False.
func (v Value) EqualsFold(s string) Truth {
	return v.Decide(func(v Value) Truth {
		if v.Kind == Unknown {
			return SameFold(v, OfString(s))
		}
		text, ok := v.Text()
		return TruthOf(ok && strings.EqualFold(text, s))
	})
}

// Equal answers whether a and b are deeply equal, as the language's equals does: numbers and strings are of different
// types, strings compare with case, names of members without. Unknowns are equal when they have the same Sym.
func Equal(a, b Value) Truth { return compare(a, b, false) }

// SameFold is Equal with strings compared without case, as for names and ids of resources.
func SameFold(a, b Value) Truth { return compare(a, b, true) }

func compare(a, b Value, fold bool) Truth {
	if a.Kind == Unknown || b.Kind == Unknown {
		return compareUnknown(a, b, fold)
	}
	if a.Kind != b.Kind {
		x, okX := a.Float()
		y, okY := b.Float()
		return TruthOf(okX && okY && x == y || a.IsUnset() && b.IsUnset())
	}
	switch a.Kind {
	case String:
		return TruthOf(a.text == b.text || fold && strings.EqualFold(a.text, b.text))
	case Array:
		return compareArrays(a, b, fold)
	case Object:
		return compareObjects(a, b, fold)
	case Float:
		x, _ := a.Float()
		y, _ := b.Float()
		return TruthOf(x == y)
	}
	return TruthOf(a.num == b.num)
}

func compareUnknown(a, b Value, fold bool) Truth {
	if a.Kind == b.Kind && a.text != "" && (a.text == b.text || fold && strings.EqualFold(a.text, b.text)) {
		return True
	}
	if len(a.Cases()) > 0 || len(b.Cases()) > 0 {
		return compareCases(a, b, fold)
	}
	if a.Parts() != nil || b.Parts() != nil {
		return compareParts(a, b, fold)
	}
	return Undecided
}

// compareCases can only show that two values differ: that they may be equal proves nothing.
func compareCases(a, b Value, fold bool) Truth {
	for _, x := range a.Alternatives() {
		for _, y := range b.Alternatives() {
			if len(x.Cases()) > 0 || len(y.Cases()) > 0 || compare(x, y, fold) != False {
				return Undecided
			}
		}
	}
	return False
}

// compareParts takes away what two strings have in common at both ends. They differ when known text differs there.
func compareParts(a, b Value, fold bool) Truth {
	if !a.maybeString() || !b.maybeString() {
		return False
	}
	x, y := a.Pieces(), b.Pieces()
	x, y = trimCommon(x, y, fold, false)
	x, y = trimCommon(x, y, fold, true)
	if len(x) == 0 && len(y) == 0 {
		return True
	}
	if conflict(x, y, fold, false) || conflict(x, y, fold, true) {
		return False
	}
	return Undecided
}

func (v Value) maybeString() bool { return v.Kind == String || v.Kind == Unknown }

// trimCommon drops equal pieces, or equal text, from the front (or the back) of both.
func trimCommon(x, y []Value, fold, back bool) ([]Value, []Value) {
	for len(x) > 0 && len(y) > 0 {
		p, q := end(x, back), end(y, back)
		s, okS := p.Text()
		t, okT := q.Text()
		switch {
		case okS && okT:
			n := commonLen(s, t, fold, back)
			if n == 0 {
				return x, y
			}
			x, y = dropText(x, n, back), dropText(y, n, back)
			if n < len(s) && n < len(t) {
				return x, y
			}
		case !okS && !okT && p.text != "" && (p.text == q.text || fold && strings.EqualFold(p.text, q.text)):
			x, y = dropText(x, -1, back), dropText(y, -1, back)
		default:
			return x, y
		}
	}
	return x, y
}

func end(x []Value, back bool) Value {
	if back {
		return x[len(x)-1]
	}
	return x[0]
}

// dropText removes n bytes of the first (or last) piece, or with n < 0 the whole piece.
func dropText(x []Value, n int, back bool) []Value {
	p := end(x, back)
	rest := x[1:]
	if back {
		rest = x[:len(x)-1]
	}
	if n < 0 || n == len(p.text) {
		return rest
	}
	if back {
		return append(append([]Value{}, rest...), OfString(p.text[:len(p.text)-n]))
	}
	return append([]Value{OfString(p.text[n:])}, rest...)
}

func commonLen(s, t string, fold, back bool) int {
	n := 0
	for n < len(s) && n < len(t) {
		c, d := s[n], t[n]
		if back {
			c, d = s[len(s)-1-n], t[len(t)-1-n]
		}
		if c != d && !(fold && lower(c) == lower(d)) {
			break
		}
		n++
	}
	return n
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// conflict reports that x and y cannot be equal: known text against other known text, or against nothing at all.
func conflict(x, y []Value, fold, back bool) bool {
	if len(x) == 0 || len(y) == 0 {
		return hasText(x) || hasText(y)
	}
	s, okS := end(x, back).Text()
	t, okT := end(y, back).Text()
	return okS && okT && commonLen(s, t, fold, back) < min(len(s), len(t))
}

func hasText(x []Value) bool {
	for _, p := range x {
		if t, ok := p.Text(); ok && t != "" {
			return true
		}
	}
	return false
}

func compareArrays(a, b Value, fold bool) Truth {
	if len(a.elems) > len(b.elems) && !b.Open || len(b.elems) > len(a.elems) && !a.Open {
		return False // more is seen of one than the other has
	}
	all := True
	if a.Open || b.Open {
		all = Undecided
	}
	for i := range min(len(a.elems), len(b.elems)) {
		all = And(all, compare(a.elems[i], b.elems[i], fold))
		if all == False {
			return False
		}
	}
	return all
}

func compareObjects(a, b Value, fold bool) Truth {
	if !a.Open && !b.Open && len(a.fields) != len(b.fields) {
		return False
	}
	all := True
	if a.Open || b.Open {
		all = Undecided
	}
	for _, f := range a.fields {
		all = And(all, compare(f.Value, b.Get(f.Name), fold))
		if all == False {
			return False
		}
	}
	return all
}

func itoa(n int) string { return strconv.Itoa(n) }
