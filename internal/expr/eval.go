package expr

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Limits of one evaluation. Real templates stay far below: the deepest expression of 2,349 registry modules nests 32
// levels, the largest template has 3.3 MB, and the most that one takes of some 500 real deployments is 40,000 steps.
const (
	MaxDepth = 1500      // nesting of expressions, variables, parameters and lambdas
	MaxSteps = 2_000_000 // nodes evaluated and elements handled for one entry point
	MaxItems = 10_000    // elements of one range or loop
)

// Scope gives meaning to the functions that depend on where an expression stands: parameters, variables, reference,
// resourceId, user-defined functions and so on.
type Scope interface {
	// Call evaluates c, and reports whether the scope knows the function. Arguments are not evaluated yet.
	Call(e *Evaluator, c *Call) (value.Value, bool)
}

// Budget bounds the work of all evaluators of one entry point.
type Budget struct {
	steps int
	depth int
	// Exceeded is set when the limit was reached: from then on everything is unknown.
	Exceeded bool
	// TooDeep is set when expressions nest deeper than MaxDepth.
	TooDeep source.Span
	// TooLong is set to a loop or range that would make more than MaxItems values.
	TooLong source.Span
}

// Spend takes n steps and reports whether they were there.
func (b *Budget) Spend(n int) bool {
	b.steps += n
	if b.steps > MaxSteps {
		b.Exceeded = true
	}
	return !b.Exceeded
}

// Evaluator evaluates expressions of one scope. The zero value is not usable; see New and In.
type Evaluator struct {
	Scope  Scope
	Budget *Budget
	locals *local
}

// local is a lambda variable or a loop's index.
type local struct {
	name  string // folded
	kind  localKind
	value value.Value
	next  *local
}

type localKind uint8

const (
	lambdaVariable localKind = iota
	resourceLoop             // of a resource: copyIndex() without a name means it
	valueLoop                // of a property, variable or output
)

// New makes an evaluator with a budget of its own.
func New(scope Scope) *Evaluator { return &Evaluator{Scope: scope, Budget: &Budget{}} }

// In returns an evaluator for another scope that shares the budget of e. Lambda variables and loops of e are not visible
// in it.
func (e *Evaluator) In(scope Scope) *Evaluator {
	return &Evaluator{Scope: scope, Budget: e.Budget}
}

// WithLoop returns an evaluator for one resource of a loop: copyIndex(name) and copyIndex() are index.
func (e *Evaluator) WithLoop(name string, index value.Value) *Evaluator {
	return e.with(resourceLoop, name, index)
}

func (e *Evaluator) withVariable(name string, v value.Value) *Evaluator {
	return e.with(lambdaVariable, name, v)
}

func (e *Evaluator) with(kind localKind, name string, v value.Value) *Evaluator {
	c := *e
	c.locals = &local{name: strings.ToLower(name), kind: kind, value: v, next: e.locals}
	return &c
}

// LoopIndex returns the index of the loop with that name. No name means the resource's loop, also within the loop of one
// of its properties; where there is none, the innermost loop.
func (e *Evaluator) LoopIndex(name string) (value.Value, bool) {
	name = strings.ToLower(name)
	var innermost *local
	for l := e.locals; l != nil; l = l.next {
		switch {
		case l.kind == lambdaVariable:
		case name != "" && l.name == name, name == "" && l.kind == resourceLoop:
			return l.value, true
		case name == "" && innermost == nil:
			innermost = l
		}
	}
	if innermost == nil {
		return value.Value{}, false
	}
	return innermost.value, true
}

func (e *Evaluator) variable(name string) (value.Value, bool) {
	name = strings.ToLower(name)
	for l := e.locals; l != nil; l = l.next {
		if l.kind == lambdaVariable && l.name == name {
			return l.value, true
		}
	}
	return value.Value{}, false
}

// Eval returns what is known of x. A mistake in x that would fail the deployment makes it unknown.
func (e *Evaluator) Eval(x Expr) value.Value {
	if e.Budget.depth >= MaxDepth {
		if e.Budget.TooDeep.IsZero() && x != nil {
			e.Budget.TooDeep = x.Span()
		}
		return value.Value{}
	}
	if !e.Budget.Spend(1) {
		return value.Value{}
	}
	e.Budget.depth++
	v := e.eval(x)
	e.Budget.depth--
	return v
}

func (e *Evaluator) eval(x Expr) value.Value {
	switch x := x.(type) {
	case Literal:
		return x.Value
	case *Call:
		return e.call(x)
	case *Index:
		return e.index(x)
	case *Object:
		return e.object(x)
	case *Array:
		elems := make([]value.Value, len(x.Items))
		for i, item := range x.Items {
			elems[i] = e.located(item)
		}
		return value.OfArray(elems...).At(x.At)
	case *Loop:
		return e.loop(x)
	case *Lazy:
		return e.Eval(x.Expr())
	}
	return value.Value{}
}

// located evaluates an element and gives it the place where it stands, if it has none: a computed value.
func (e *Evaluator) located(x Expr) value.Value {
	v := e.Eval(x)
	if v.Span.IsZero() {
		v.Span = x.Span()
	}
	return v
}

// MemberScope is a Scope whose functions can give a member of their result without computing all of it: one output of a
// module, one property of a resource.
type MemberScope interface {
	Scope
	// Member evaluates c followed by some of keys, and returns how many of them it used.
	Member(e *Evaluator, c *Call, keys []value.Value) (v value.Value, used int, ok bool)
}

func (e *Evaluator) index(x *Index) value.Value {
	if base, chain := rootOf(x); base != nil {
		if scope, ok := e.Scope.(MemberScope); ok {
			return e.member(scope, base, chain)
		}
	}
	base := e.Eval(x.Base)
	return Access(base, e.Eval(x.Key))
}

// rootOf returns the call that a chain of members starts with, and the chain from there.
func rootOf(x *Index) (*Call, []*Index) {
	chain := []*Index{x}
	for {
		switch base := x.Base.(type) {
		case *Call:
			slices.Reverse(chain)
			return base, chain
		case *Index:
			chain, x = append(chain, base), base
		default:
			return nil, nil
		}
	}
}

func (e *Evaluator) member(scope MemberScope, base *Call, chain []*Index) value.Value {
	keys := make([]value.Value, len(chain))
	for i, x := range chain {
		keys[i] = e.Eval(x.Key)
	}
	v, used, ok := scope.Member(e, base, keys)
	if !ok {
		v, used = e.Eval(base), 0
	}
	for _, k := range keys[used:] {
		v = Access(v, k)
	}
	return v
}

// Access is base[key]. Where the language would fail, for a member of null or one that is not there, it is unknown.
func Access(base, key value.Value) value.Value {
	if cases := key.Cases(); len(cases) > 0 {
		got := make([]value.Value, len(cases))
		for i, c := range cases {
			got[i] = Access(base, c)
		}
		return value.OneOf("", got...)
	}
	var got value.Value
	if name, ok := key.Text(); ok {
		got = base.Get(name)
	} else if i, ok := key.Int(); ok {
		got = elementOf(base, int(i))
	} else {
		return anyMember(base, key)
	}
	if got = deployable(got); got.Kind == value.Absent {
		return value.NewUnknown(indexSym(base, key))
	}
	if got.From == nil {
		got.From = base.From
	}
	return got
}

// anyMember is the member that a key which is not known asks for. Where it is one of several, it may be a secret.
func anyMember(base, key value.Value) value.Value {
	u := value.NewUnknown(indexSym(base, key), append(base.Deps(), key.Deps()...)...)
	if u.Secret = Tainted(base); u.Secret && base.Kind != value.Unknown {
		u = u.Named("").WithSources(base)
	}
	return u
}

// deployable drops the cases in which the deployment would fail because a member is not there.
func deployable(v value.Value) value.Value {
	cases := v.Cases()
	left := make([]value.Value, 0, len(cases))
	for _, c := range cases {
		if c.Kind != value.Absent {
			left = append(left, c)
		}
	}
	if len(left) == len(cases) || len(left) == 0 {
		return v
	}
	return value.OneOf(v.Sym(), left...)
}

// elementOf is the i-th element. Of an open array, which elements there are is known, but not where.
func elementOf(base value.Value, i int) value.Value {
	if cases := base.Cases(); len(cases) > 0 {
		got := make([]value.Value, len(cases))
		for n, c := range cases {
			got[n] = elementOf(c, i)
		}
		return value.OneOf("", got...)
	}
	if base.Kind == value.Array && base.Open {
		u := value.NewUnknown("", base.Deps()...)
		u.Secret = Tainted(base)
		return u.WithSources(base)
	}
	return base.Index(i)
}

func indexSym(base, key value.Value) string {
	b, k := value.Canon(base), value.Canon(key)
	if b == "" || k == "" {
		return ""
	}
	return b + "[" + k + "]"
}

// object evaluates members in order. A key that is not known makes the object open.
func (e *Evaluator) object(x *Object) value.Value {
	fields := make([]value.Field, 0, len(x.Members))
	open := false
	var unseen *value.Value // one of the members with a key that is not known, rather a secret
	for _, m := range x.Members {
		key := e.Eval(m.Key)
		name, ok := key.Text()
		if !ok {
			open = true
			if v := e.located(m.Value); unseen == nil || Tainted(v) {
				unseen = &v
			}
			continue
		}
		fields = append(fields, value.Field{Name: name, Value: e.located(m.Value), Site: m.Site})
	}
	v := value.OfObject(fields...).At(x.At)
	if open && v.Kind == value.Object {
		v = v.WithUnseen(*unseen)
	}
	return v
}

// loop evaluates Input once for each index. Of a loop whose count is not known nothing is certain, not even one element.
func (e *Evaluator) loop(x *Loop) value.Value {
	count := e.Eval(x.Count)
	n, ok := count.Int()
	if n > MaxItems && e.Budget.TooLong.IsZero() {
		e.Budget.TooLong = x.At
	}
	if !ok || n > MaxItems || n < 0 {
		index := value.NewUnknown("copyIndex('"+x.Name+"')", count.Deps()...)
		index.NotNull = true
		one := e.with(valueLoop, x.Name, index).located(x.Input)
		return value.OfArray().WithUnseen(one).WithDeps(count.Deps()...).At(x.At)
	}
	elems := make([]value.Value, n)
	for i := range elems {
		elems[i] = e.with(valueLoop, x.Name, value.OfInt(int64(i))).located(x.Input)
	}
	return value.OfArray(elems...).At(x.At)
}
