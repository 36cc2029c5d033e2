package expr

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var logicFunctions = []function{
	{name: "true", eval: constant(value.OfBool(true))},
	{name: "false", eval: constant(value.OfBool(false))},
	{name: "null", eval: constant(value.NullValue)},
	{name: "if", min: 3, max: 3, form: evalIf},
	{name: "and", min: 1, max: -1, notNull: true, form: junction("and", value.False)},
	{name: "or", min: 1, max: -1, notNull: true, form: junction("or", value.True)},
	{name: "coalesce", min: 1, max: -1, form: evalCoalesce},
	{name: "not", min: 1, max: 1, notNull: true, eval: evalNot},
	{name: "bool", min: 1, max: 1, notNull: true, eval: evalBool},
	{name: "equals", min: 2, max: 2, needs: anything, notNull: true, eval: evalEquals},
	{name: "fail", min: 1, max: 1, needs: anything, eval: evalFail},
}

func constant(v value.Value) func(*Evaluator, []value.Value) (value.Value, error) {
	return func(*Evaluator, []value.Value) (value.Value, error) { return v, nil }
}

// evalIf evaluates only the branch that is taken, so that a mistake in the other does not surface.
func evalIf(e *Evaluator, c *Call) value.Value {
	cond := e.Eval(c.Args[0])
	switch cond.IsTrue() {
	case value.True:
		return e.Eval(c.Args[1])
	case value.False:
		return e.Eval(c.Args[2])
	}
	yes, no := e.Eval(c.Args[1]), e.Eval(c.Args[2])
	return value.OneOf(value.CanonCall("if", cond, yes, no), yes, no).WithDeps(cond.Deps()...)
}

// junction is and, or: decided by the first argument that is known to decide it, also after an unknown one.
func junction(name string, deciding value.Truth) func(*Evaluator, *Call) value.Value {
	return func(e *Evaluator, c *Call) value.Value {
		var open []value.Value
		for _, a := range c.Args {
			v := e.Eval(a)
			switch v.IsTrue() {
			case deciding:
				return value.OfBool(deciding == value.True)
			case value.Undecided:
				open = append(open, v)
			}
		}
		switch {
		case len(open) == 0:
			return value.OfBool(deciding != value.True)
		case len(open) == 1 && open[0].Kind == value.Unknown:
			return open[0]
		}
		return UnknownCall(name, open...)
	}
}

// evalCoalesce returns the first argument that is not null; one that may be null leaves the rest as alternatives.
func evalCoalesce(e *Evaluator, c *Call) value.Value {
	var cases []value.Value
	var seen []value.Value
	var deps []string
	for i, a := range c.Args {
		v := e.Eval(a)
		seen = append(seen, v)
		deps = append(deps, v.Deps()...)
		mayBeNull := false
		for _, alt := range v.Alternatives() {
			mayBeNull = mayBeNull || alt.IsUnset() || Nullable(alt)
			if !alt.IsUnset() || i == len(c.Args)-1 {
				cases = append(cases, alt)
			}
		}
		if !mayBeNull {
			break
		}
	}
	return oneOf("coalesce", seen, cases).WithDeps(deps...)
}

// oneOf is the result of a call that is one of cases. Its expression is put together only where there is more than one.
func oneOf(function string, args, cases []value.Value) value.Value {
	if len(cases) == 1 && len(cases[0].Cases()) == 0 {
		return cases[0]
	}
	return value.OneOf(value.CanonCall(function, args...), cases...)
}

// Nullable reports whether an unknown may turn out to be null: not when it is a string with holes, when its scope said so by
// marking it, or when it is part of what a list function (listKeys) returns, which is all there.
func Nullable(v value.Value) bool {
	listed := v.Secret && len(v.Sym()) > 4 && strings.EqualFold(v.Sym()[:4], "list")
	return v.Kind == value.Unknown && v.Parts() == nil && !v.NotNull && !listed
}

func evalNot(_ *Evaluator, args []value.Value) (value.Value, error) {
	b, ok := args[0].Bool()
	if !ok {
		return mistake("not needs a bool")
	}
	return value.OfBool(!b), nil
}

func evalBool(_ *Evaluator, args []value.Value) (value.Value, error) {
	if _, ok := args[0].Bool(); ok {
		return args[0], nil
	}
	if n, ok := args[0].Int(); ok {
		return value.OfBool(n != 0), nil
	}
	text, _ := args[0].Text()
	switch strings.ToLower(text) {
	case "true", "1":
		return value.OfBool(true), nil
	case "false", "0":
		return value.OfBool(false), nil
	}
	return mistake("bool cannot convert this value")
}

// evalEquals answers also for values that are known in part: x equals x, and an object with a member more equals no other.
func evalEquals(_ *Evaluator, args []value.Value) (value.Value, error) {
	a, b := args[0], args[1]
	var results []value.Value
	for _, x := range a.Alternatives() {
		for _, y := range b.Alternatives() {
			results = append(results, equal(x, y))
		}
	}
	if value.Equal(a, b) == value.True {
		return value.OfBool(true), nil
	}
	return value.OneOf(value.CanonCall("equals", a, b), results...).WithDeps(append(a.Deps(), b.Deps()...)...), nil
}

func equal(x, y value.Value) value.Value {
	switch value.Equal(x, y) {
	case value.True:
		return value.OfBool(true)
	case value.False:
		return value.OfBool(false)
	}
	return UnknownCall("equals", x, y)
}

// evalFail is reached in a branch that cannot be deployed.
func evalFail(*Evaluator, []value.Value) (value.Value, error) { return mistake("fail was called") }
