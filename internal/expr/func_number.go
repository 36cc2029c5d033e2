package expr

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var numberFunctions = []function{
	{name: "add", min: 2, max: 2, notNull: true, eval: integers(add)},
	{name: "div", min: 2, max: 2, notNull: true, eval: integers(div)},
	{name: "float", min: 1, max: 1, notNull: true, eval: evalFloat},
	{name: "int", min: 1, max: 1, notNull: true, eval: evalInt},
	{name: "mod", min: 2, max: 2, notNull: true, eval: integers(mod)},
	{name: "mul", min: 2, max: 2, notNull: true, eval: integers(mul)},
	{name: "sub", min: 2, max: 2, notNull: true, eval: integers(sub)},
}

// integers is a function of two integers of 64 bits. What does not fit into an integer fails.
func integers(op func(a, b int64) (int64, bool)) func(*Evaluator, []value.Value) (value.Value, error) {
	return func(_ *Evaluator, args []value.Value) (value.Value, error) {
		a, okA := args[0].Int()
		b, okB := args[1].Int()
		if !okA || !okB {
			return mistake("a %v and a %v are not integers", args[0].Kind, args[1].Kind)
		}
		n, ok := op(a, b)
		if !ok {
			return mistake("%d and %d have no result", a, b)
		}
		return value.OfInt(n), nil
	}
}

func add(a, b int64) (int64, bool) {
	sum := a + b
	return sum, (sum > a) == (b > 0)
}

func sub(a, b int64) (int64, bool) {
	diff := a - b
	return diff, (diff < a) == (b > 0)
}

func mul(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	negative := (a < 0) != (b < 0)
	if high != 0 || low > math.MaxInt64 && !(negative && low == 1<<63) {
		return 0, false
	}
	return a * b, true
}

// div rounds towards zero.
func div(a, b int64) (int64, bool) {
	if b == 0 || a == math.MinInt64 && b == -1 {
		return 0, false
	}
	return a / b, true
}

// mod has the sign of a.
func mod(a, b int64) (int64, bool) {
	if b == 0 {
		return 0, false
	}
	return a % b, true
}

// evalInt reads a string as .NET does: white space around it and a sign are allowed.
func evalInt(_ *Evaluator, args []value.Value) (value.Value, error) {
	if args[0].Kind == value.Int {
		return args[0], nil
	}
	text, _ := args[0].Text()
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return mistake("int cannot convert this value")
	}
	return value.OfInt(n), nil
}

func evalFloat(_ *Evaluator, args []value.Value) (value.Value, error) {
	f, ok := args[0].Float()
	if text, isText := args[0].Text(); isText {
		var err error
		f, err = strconv.ParseFloat(strings.TrimSpace(text), 64)
		ok = err == nil && !strings.ContainsAny(text, "xXpP_nN")
	}
	if !ok {
		return mistake("float cannot convert this value")
	}
	return value.OfFloat(f), nil
}
