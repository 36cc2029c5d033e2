package value

import (
	"strconv"
	"strings"
	"unicode/utf8"
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

// SameFold is Equal with strings compared without case, as for names and ids of resources. The expressions of unknowns
// compare with case: what they come to may depend on it.
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
	if a.Kind == b.Kind && a.text != "" && a.text == b.text {
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
	x, y := nonEmptyPieces(a), nonEmptyPieces(b)
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

func nonEmptyPieces(v Value) []Value {
	if v.Kind == String && v.text == "" {
		return nil
	}
	return v.Pieces()
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
		case !okS && !okT && p.text != "" && p.text == q.text:
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

// conflict reports that x and y cannot be equal: known text against other known text, or against nothing at all. Letters
// beyond ASCII may be equal without case though their bytes differ.
func conflict(x, y []Value, fold, back bool) bool {
	if len(x) == 0 || len(y) == 0 {
		return hasText(x) || hasText(y)
	}
	s, okS := end(x, back).Text()
	t, okT := end(y, back).Text()
	if !okS || !okT || fold && !(isASCII(s) && isASCII(t)) {
		return false
	}
	return commonLen(s, t, fold, back) < min(len(s), len(t))
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

func hasText(x []Value) bool {
	for _, p := range x {
		if t, ok := p.Text(); ok && t != "" {
			return true
		}
	}
	return false
}

// compareArrays knows of an open array which elements it has, not where they stand.
func compareArrays(a, b Value, fold bool) Truth {
	switch {
	case a.Open && b.Open:
		return Undecided
	case a.Open:
		return compareOpen(a, b, fold)
	case b.Open:
		return compareOpen(b, a, fold)
	case len(a.elems) != len(b.elems):
		return False
	}
	all := True
	for i := range a.elems {
		if all = And(all, compare(a.elems[i], b.elems[i], fold)); all == False {
			return False
		}
	}
	return all
}

// compareOpen can only show that a closed array differs: it is too short for an open one, or has not one of its elements.
func compareOpen(open, closed Value, fold bool) Truth {
	if len(closed.elems) < len(open.elems) {
		return False
	}
	for _, x := range open.elems {
		found := False
		for _, y := range closed.elems {
			if found = Or(found, compare(x, y, fold)); found != False {
				break
			}
		}
		if found == False {
			return False
		}
	}
	return Undecided
}

// compareObjects compares members by name; one that is absent, or may be, is like one that is not there.
func compareObjects(a, b Value, fold bool) Truth {
	all := True
	if a.Open || b.Open {
		all = Undecided
	}
	x, y := a.byName(), b.byName()
	for name, v := range x {
		other, both := y[name]
		if all = And(all, compareMember(v, other, both, b.Open, fold)); all == False {
			return False
		}
	}
	for name, v := range y {
		if _, both := x[name]; !both {
			all = And(all, compareMember(v, Value{}, false, a.Open, fold))
		}
	}
	return all
}

// compareMember compares a member with that of another object, which may not be there, or not be seen.
func compareMember(v, other Value, both, open, fold bool) Truth {
	switch {
	case both:
		return compare(v, other, fold)
	case open:
		return Undecided
	case v.Kind == Absent:
		return True
	}
	for _, c := range v.Cases() {
		if c.Kind == Absent {
			return Undecided
		}
	}
	return False
}

// byName returns the members by their names in lower case; the last of the same name counts.
func (v Value) byName() map[string]Value {
	m := make(map[string]Value, len(v.fields))
	for _, f := range v.fields {
		m[strings.ToLower(f.Name)] = f.Value
	}
	return m
}

func itoa(n int) string { return strconv.Itoa(n) }
