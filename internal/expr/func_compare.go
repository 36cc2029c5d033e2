package expr

import (
	"cmp"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var compareFunctions = []function{
	order("greater", func(c int) bool { return c > 0 }),
	order("greaterOrEquals", func(c int) bool { return c >= 0 }),
	order("less", func(c int) bool { return c < 0 }),
	order("lessOrEquals", func(c int) bool { return c <= 0 }),
}

// order is a comparison of two integers or two strings that holds for some of the outcomes -1, 0 and 1. The length of
// what is not known to its end is at least that of what can be seen, which is often enough.
func order(name string, holds func(c int) bool) function {
	f := function{name: name, min: 2, max: 2, notNull: true}
	plain := f
	plain.eval = func(_ *Evaluator, args []value.Value) (value.Value, error) {
		n, err := compare(args[0], args[1])
		return value.OfBool(holds(n)), err
	}
	f.form = func(e *Evaluator, c *Call) value.Value {
		args := e.Args(c)
		v := e.apply(&plain, args)
		if v.Kind != value.Unknown || len(v.Cases()) > 0 {
			return v
		}
		x, okX := e.bounds(c.Args[0], args[0])
		y, okY := e.bounds(c.Args[1], args[1])
		least, most := cmp.Compare(x.low, y.high), cmp.Compare(x.high, y.low)
		if okX && okY && holds(least) == holds(most) {
			return value.OfBool(holds(least))
		}
		return v
	}
	return f
}

// interval is what is known of an integer.
type interval struct{ low, high int64 }

// bounds returns what is known of the value v of x: all if it is known, something if x is a call of length.
func (e *Evaluator) bounds(x Expr, v value.Value) (interval, bool) {
	if n, ok := v.Int(); ok {
		return interval{n, n}, true
	}
	c, ok := x.(*Call)
	if !ok || len(c.Args) != 1 || !strings.EqualFold(c.Name, "length") {
		return interval{}, false
	}
	of := e.Eval(c.Args[0])
	low, high := len(of.Elems()), math.MaxInt32
	if isObject(of) {
		certain, maybe := countMembers(of)
		if low = certain; !of.Open {
			high = certain + maybe
		}
	}
	for _, p := range of.Parts() {
		text, _ := p.Text()
		low += units(text)
	}
	return interval{int64(low), int64(high)}, true
}

func compare(a, b value.Value) (int, error) {
	x, okX := a.Text()
	y, okY := b.Text()
	if okX && okY {
		return collate(x, y), nil
	}
	m, okM := a.Int()
	n, okN := b.Int()
	if okM && okN {
		return cmp.Compare(m, n), nil
	}
	_, err := mistake("a %v cannot be compared with a %v", a.Kind, b.Kind)
	return 0, err
}

// asciiOrder is how the root collation of Unicode, which .NET uses through ICU, orders ASCII text; the letters of one
// case come last.
const asciiOrder = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz"

// weight is the place of a character in culture order, without regard to case: control characters, then asciiOrder, then
// everything else by code point (inferred: accents are letters of their own here).
func weight(r rune) rune {
	if r >= utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	return rune(strings.IndexRune(asciiOrder, unicode.ToLower(r)))
}

// collate compares text as a culture does: punctuation before digits before letters, and lower case before upper case of
// the same letter where there is no other difference.
func collate(a, b string) int {
	byCase := 0
	x, y := a, b
	for x != "" && y != "" {
		p, n := utf8.DecodeRuneInString(x)
		q, m := utf8.DecodeRuneInString(y)
		if c := cmp.Compare(weight(p), weight(q)); c != 0 {
			return c
		}
		if byCase == 0 {
			byCase = cmp.Compare(upper(p), upper(q))
		}
		x, y = x[n:], y[m:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), byCase, strings.Compare(a, b))
}

func upper(r rune) int {
	if unicode.IsUpper(r) {
		return 1
	}
	return 0
}
