package expr

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// function is one function of the language. Exactly one of eval and form is set.
type function struct {
	name     string // as Azure spells it
	min, max int    // number of arguments; max < 0 is any number
	needs    need
	notNull  bool // the result is never null, also where it is unknown
	// joins says that text with cases becomes text with cases: the expression of the result is that of its pieces, however
	// many calls put them together.
	joins bool
	// eval computes the result from arguments that satisfy needs. An error makes the result unknown: a mistake that
	// would fail the deployment, or undecided.
	eval func(e *Evaluator, args []value.Value) (value.Value, error)
	// form evaluates its arguments itself: conditions evaluate one branch, lambdas bind variables.
	form func(e *Evaluator, c *Call) value.Value
}

// need says how much of the arguments a function must know. Where it is not known, the call is an unknown with the
// canonical expression of the call; where an argument has several cases, the result has as many.
type need uint8

const (
	// whole arguments are known at every depth.
	whole need = iota
	// parts: arguments may be unknown in whole or in part, but come one case at a time while the combinations are few.
	parts
	// shape: each argument is known to be an array, object or scalar, but elements and members in it may be unknown,
	// and arrays and objects may be open.
	shape
	// anything goes: the function looks itself.
	anything
)

var functions = map[string]*function{}

func register(list []function) {
	for i := range list {
		functions[strings.ToLower(list[i].name)] = &list[i]
	}
}

func init() {
	for _, list := range [][]function{
		arrayFunctions, cidrFunctions, compareFunctions, dateFunctions, encodeFunctions, hashFunctions, lambdaFunctions,
		logicFunctions, numberFunctions, objectFunctions, placeFunctions, stringFunctions, uriFunctions,
	} {
		register(list)
	}
}

// Functions returns the names of all functions that evaluate without a scope, in no particular order.
func Functions() []string {
	names := make([]string, 0, len(functions))
	for _, f := range functions {
		names = append(names, f.name)
	}
	return names
}

// call evaluates a call: the scope's functions first, then the language's own. Any other name, perhaps a function of the
// future, is unknown.
func (e *Evaluator) call(c *Call) value.Value {
	if e.Scope != nil {
		if v, ok := e.Scope.Call(e, c); ok {
			return v
		}
	}
	f := functions[strings.ToLower(c.Name)]
	if f == nil {
		return UnknownCall(c.Name, e.Args(c)...)
	}
	if len(c.Args) < f.min || f.max >= 0 && len(c.Args) > f.max {
		return value.Value{}
	}
	if f.form != nil {
		return f.mark(f.form(e, c))
	}
	return e.apply(f, e.Args(c))
}

// mark notes on an unknown result that it is not null.
func (f *function) mark(v value.Value) value.Value {
	v.NotNull = v.NotNull || f.notNull && v.Kind == value.Unknown
	return v
}

func (f *function) unknown(args []value.Value) value.Value {
	return f.mark(UnknownCall(f.name, args...))
}

// Args evaluates the arguments of a call.
func (e *Evaluator) Args(c *Call) []value.Value {
	args := make([]value.Value, len(c.Args))
	for i, a := range c.Args {
		args[i] = e.located(a)
	}
	return args
}

// UnknownCall is the unknown that stands for the result of a call.
func UnknownCall(name string, args ...value.Value) value.Value {
	var deps []string
	secret := false
	for _, a := range args {
		deps = append(deps, a.Deps()...)
		secret = secret || Tainted(a)
	}
	v := value.NewUnknown(value.CanonCall(name, args...), deps...)
	if v.Secret = secret; secret && v.Sym() == "" {
		v = v.WithSources(args...)
	}
	return v
}

// Tainted reports whether a secret is in v, at any depth.
func Tainted(v value.Value) bool {
	if v.Secret {
		return true
	}
	for _, e := range v.Elems() {
		if Tainted(e) {
			return true
		}
	}
	for _, f := range v.Fields() {
		if Tainted(f.Value) {
			return true
		}
	}
	return hidesSecret(v)
}

// apply calls f once for each combination of the cases of its arguments.
func (e *Evaluator) apply(f *function, args []value.Value) value.Value {
	combos := 1
	var deps []string
	for _, a := range args {
		if n := len(a.Cases()); n > 0 && combos <= value.MaxCases {
			combos *= n
			deps = append(deps, a.Deps()...)
		}
	}
	switch {
	case !e.Budget.Spend(combos * len(args)):
		return value.Value{}
	case f.needs == anything || f.needs == parts && combos > value.MaxCases:
		return e.invoke(f, args)
	case combos > value.MaxCases, f.needs == whole && hopeless(args) && value.CanonCall(f.name, args...) != "":
		return f.unknown(args)
	case combos == 1:
		return e.applyOne(f, args)
	}
	if f.joins {
		if v := e.invoke(f, args); len(v.Cases()) > 0 {
			return v.WithDeps(deps...)
		}
	}
	results := make([]value.Value, 0, combos)
	e.combine(f, args, 0, make([]value.Value, len(args)), &results)
	return f.mark(value.OneOf(value.CanonCall(f.name, args...), results...).WithDeps(deps...))
}

// hopeless reports that no case of the arguments makes all of them known. One unknown then says as much as one for each
// case, and is known to be equal to others that are made of the same.
func hopeless(args []value.Value) bool {
	return slices.ContainsFunc(args, func(a value.Value) bool { return len(a.Cases()) == 0 && !a.Known() })
}

func (e *Evaluator) combine(f *function, args []value.Value, i int, chosen []value.Value, results *[]value.Value) {
	if i == len(args) {
		*results = append(*results, e.applyOne(f, chosen))
		return
	}
	for _, c := range args[i].Alternatives() {
		chosen[i] = c
		e.combine(f, args, i+1, chosen, results)
	}
}

func (e *Evaluator) applyOne(f *function, args []value.Value) value.Value {
	for _, a := range args {
		if f.needs == shape && a.Kind == value.Unknown || f.needs == whole && !a.Known() {
			return f.unknown(args)
		}
	}
	return e.invoke(f, args)
}

func (e *Evaluator) invoke(f *function, args []value.Value) value.Value {
	// A function may keep its arguments, and combine reuses its slice.
	v, err := f.eval(e, append([]value.Value(nil), args...))
	if err != nil {
		return f.unknown(args)
	}
	if v.Kind == value.Array || v.Kind == value.Object {
		if v.Open && slices.ContainsFunc(args, hidesSecret) {
			v = v.HidingSecret()
		}
	} else {
		v.Secret = v.Secret || slices.ContainsFunc(args, func(a value.Value) bool { return a.Secret })
		v = discreet(v, slices.ContainsFunc(args, holdsSecretText))
	}
	if !e.Budget.Spend(textLen(v) / textPerStep) {
		return value.Value{}
	}
	return f.mark(v)
}

// hidesSecret reports whether a secret is among what cannot be seen of an open array or object.
func hidesSecret(v value.Value) bool {
	unseen, ok := v.Unseen()
	return ok && Tainted(unseen)
}

// textPerStep is how many bytes of new text cost as much as a step: a value of few nodes can be large.
const textPerStep = 64

func textLen(v value.Value) int {
	text, _ := v.Text()
	n := len(text)
	for _, p := range v.Parts() {
		text, _ := p.Text()
		n += len(text)
	}
	return n
}

var errUndecided = errors.New("not decided by what is known of the arguments")

// undecided is the result of a call whose arguments are not known well enough.
func undecided() (value.Value, error) { return value.Value{}, errUndecided }

// mistake is an error of a call that would fail the deployment.
func mistake(format string, args ...any) (value.Value, error) {
	return value.Value{}, fmt.Errorf(format, args...)
}
