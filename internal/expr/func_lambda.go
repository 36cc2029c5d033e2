package expr

import (
	"slices"
	"sort"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Functions that take a lambda treat an array that is not known like an open one in which nothing can be seen.

var lambdaFunctions = []function{
	{name: "filter", min: 2, max: 2, notNull: true, form: overArray(1, evalFilter)},
	{name: "groupBy", min: 2, max: 3, notNull: true, form: overArray(1, evalGroupBy)},
	{name: "lambda", min: 1, max: -1, form: evalLambda},
	{name: "lambdaVariables", min: 1, max: 1, form: evalLambdaVariables},
	{name: "map", min: 2, max: 2, notNull: true, form: overArray(1, evalMap)},
	{name: "mapValues", min: 2, max: 2, notNull: true, form: evalMapValues},
	{name: "reduce", min: 3, max: 3, form: overArray(2, evalReduce)},
	{name: "sort", min: 2, max: 2, notNull: true, form: overArray(1, evalSort)},
	{name: "toObject", min: 2, max: 3, notNull: true, form: overArray(1, evalToObject)},
}

// lambda is a function without a name: lambda('x', body).
type lambda struct {
	names []string
	body  Expr
}

// evalLambda is reached only where a lambda stands in a place that takes none.
func evalLambda(_ *Evaluator, c *Call) value.Value { return UnknownCall("lambda") }

func evalLambdaVariables(e *Evaluator, c *Call) value.Value {
	name := e.Eval(c.Args[0])
	if text, ok := name.Text(); ok {
		if v, ok := e.variable(text); ok {
			return v
		}
	}
	return UnknownCall("lambdaVariables", name)
}

func (e *Evaluator) lambdaOf(x Expr) (lambda, bool) {
	for lazy, ok := x.(*Lazy); ok; lazy, ok = x.(*Lazy) {
		x = lazy.Expr()
	}
	c, ok := x.(*Call)
	if !ok || !strings.EqualFold(c.Name, "lambda") || len(c.Args) == 0 {
		return lambda{}, false
	}
	last := len(c.Args) - 1
	f := lambda{body: c.Args[last]}
	for _, a := range c.Args[:last] {
		name, ok := e.Eval(a).Text()
		if !ok {
			return lambda{}, false
		}
		f.names = append(f.names, name)
	}
	return f, true
}

// run calls f. It need not take all arguments: the index of an element is optional.
func (e *Evaluator) run(f lambda, args ...value.Value) value.Value {
	if len(f.names) > len(args) {
		return value.Value{}
	}
	for i, name := range f.names {
		e = e.withVariable(name, args[i])
	}
	return e.located(f.body)
}

// arrayCall is a call of a function of an array and lambdas, for one case of the array.
type arrayCall struct {
	list    value.Value // an array
	initial value.Value // of reduce
	lambdas []lambda
	taken   int // values kept so far, at any depth
}

// index is the place of the i-th element that can be seen.
func (c *arrayCall) index(i int) value.Value {
	if c.list.Open {
		return value.NewUnknown("", c.list.Deps()...)
	}
	return value.OfInt(int64(i))
}

// keep counts what goes into the result, and reports whether it still fits into one value.
func (c *arrayCall) keep(v value.Value) bool {
	c.taken += weigh(v, value.MaxNodes-c.taken)
	return c.taken < value.MaxNodes
}

// weigh counts the values in v at any depth, up to limit.
func weigh(v value.Value, limit int) int {
	n := 1
	for _, x := range v.Elems() {
		if n >= limit {
			return n
		}
		n += weigh(x, limit-n)
	}
	for _, f := range v.Fields() {
		if n >= limit {
			return n
		}
		n += weigh(f.Value, limit-n)
	}
	return n
}

// overArray calls eval for each case of the array, with the arguments from first on as lambdas.
func overArray(first int, eval func(*Evaluator, *arrayCall) (value.Value, error)) func(*Evaluator, *Call) value.Value {
	return func(e *Evaluator, c *Call) value.Value {
		list := e.located(c.Args[0])
		call := arrayCall{}
		if first > 1 {
			call.initial = e.located(c.Args[1])
		}
		for _, x := range c.Args[first:] {
			f, ok := e.lambdaOf(x)
			if !ok {
				return value.NewUnknown("", list.Deps()...)
			}
			call.lambdas = append(call.lambdas, f)
		}
		var results []value.Value
		for _, one := range list.Alternatives() {
			this := call
			this.list = one
			if isWhollyUnknown(one) && !isText(one) {
				this.list = value.OfArray().WithUnseen(anyMember(one, value.NewUnknown("copyIndex()"))).WithDeps(list.Deps()...)
			}
			v, err := value.Value{}, errUndecided
			if isArray(this.list) {
				v, err = eval(e, &this)
			}
			if err != nil {
				v = value.NewUnknown("", list.Deps()...)
				v.Secret = Tainted(this.list) || Tainted(this.initial)
			}
			results = append(results, v)
		}
		return value.OneOf("", results...).WithDeps(list.Deps()...)
	}
}

func evalMap(e *Evaluator, c *arrayCall) (value.Value, error) {
	elems := make([]value.Value, 0, len(c.list.Elems()))
	for i, x := range c.list.Elems() {
		v := e.run(c.lambdas[0], x, c.index(i))
		if elems = append(elems, v); !c.keep(v) {
			return undecided()
		}
	}
	v := arrayOf(elems, c.list.Open, openDeps(c.list)...)
	if unseen, ok := c.list.Unseen(); ok {
		v = v.WithUnseen(e.run(c.lambdas[0], unseen, c.index(0)))
	}
	return v, nil
}

// evalFilter leaves out an element that may or may not pass: the result is then open.
func evalFilter(e *Evaluator, c *arrayCall) (value.Value, error) {
	var elems []value.Value
	open, deps, secret := c.list.Open, openDeps(c.list), false
	for i, x := range c.list.Elems() {
		pass := e.run(c.lambdas[0], x, c.index(i))
		switch pass.IsTrue() {
		case value.True:
			elems = append(elems, x)
		case value.Undecided:
			open, deps = true, append(deps[:len(deps):len(deps)], pass.Deps()...)
			secret = secret || Tainted(x)
		}
	}
	v := arrayOf(elems, open, deps...)
	if unseen, ok := c.list.Unseen(); ok {
		v = v.WithUnseen(unseen)
	} else if secret {
		v = v.HidingSecret()
	}
	return v, nil
}

func evalReduce(e *Evaluator, c *arrayCall) (value.Value, error) {
	if c.list.Open {
		unseen, _ := c.list.Unseen()
		v := value.NewUnknown("", openDeps(c.list)...)
		v.Secret = Tainted(e.run(c.lambdas[0], c.initial, unseen, c.index(0)))
		return v, nil
	}
	v := c.initial
	for i, x := range c.list.Elems() {
		v = e.run(c.lambdas[0], v, x, c.index(i))
	}
	return v, nil
}

// evalSort keeps the order of elements of which neither comes before the other (inferred). Where the order cannot be
// told the elements are still those.
func evalSort(e *Evaluator, c *arrayCall) (value.Value, error) {
	elems := slices.Clone(c.list.Elems())
	open := c.list.Open
	var deps []string
	sort.SliceStable(elems, func(i, j int) bool {
		if open {
			return false
		}
		before := e.run(c.lambdas[0], elems[i], elems[j])
		if before.IsTrue() == value.Undecided {
			open, deps = true, before.Deps()
		}
		return before.IsTrue() == value.True
	})
	if !open {
		return value.OfArray(elems...), nil
	}
	v := arrayOf(c.list.Elems(), true, slices.Concat(deps, openDeps(c.list))...)
	if unseen, ok := c.list.Unseen(); ok {
		v = v.WithUnseen(unseen)
	}
	return v, nil
}

// evalToObject makes a member of each element; the last of the same name wins (inferred). A name that is not known makes
// the object open, and may be that of any member before.
func evalToObject(e *Evaluator, c *arrayCall) (value.Value, error) {
	m := newMembers(len(c.list.Elems()))
	m.open, m.deps = c.list.Open, openDeps(c.list)
	for _, x := range c.list.Elems() {
		key, v := e.run(c.lambdas[0], x), x
		if len(c.lambdas) > 1 {
			v = e.run(c.lambdas[1], x)
		}
		name, ok := key.Text()
		switch {
		case ok && c.keep(v):
			m.set(value.Field{Name: name, Value: v, Site: v.Span})
		case ok || key.Kind != value.Unknown || !e.Budget.Spend(len(m.fields)):
			return undecided()
		default:
			m.open, m.deps = true, slices.Concat(m.deps, key.Deps())
			m.hide(v, true)
			m.doubt(v, key.Deps())
		}
	}
	if c.list.Open {
		if unseen, ok := c.list.Unseen(); ok {
			m.hide(e.run(c.lambdas[len(c.lambdas)-1], unseen), len(c.lambdas) > 1)
		}
		m.doubt(value.NewUnknown("", m.deps...), nil)
	}
	return m.object(), nil
}

// doubt lets each member be v instead.
func (m *members) doubt(v value.Value, deps []string) {
	for i, f := range m.fields {
		m.fields[i].Value = value.OneOf("", f.Value, v).WithDeps(deps...)
	}
}

// evalGroupBy makes an array of the elements with the same name. A name that is not known may belong to any of them.
func evalGroupBy(e *Evaluator, c *arrayCall) (value.Value, error) {
	groups := map[string][]value.Value{}
	m := newMembers(4)
	m.open, m.deps = c.list.Open, openDeps(c.list)
	for _, x := range c.list.Elems() {
		key, v := e.run(c.lambdas[0], x), x
		if len(c.lambdas) > 1 {
			v = e.run(c.lambdas[1], x)
		}
		name, ok := key.Text()
		switch {
		case ok && c.keep(v):
			if _, had := m.get(name); !had {
				m.set(value.Field{Name: name})
			}
			groups[fold(name)] = append(groups[fold(name)], v)
		case ok || key.Kind != value.Unknown:
			return undecided()
		default:
			m.open, m.deps = true, slices.Concat(m.deps, key.Deps())
		}
	}
	for i, f := range m.fields {
		m.fields[i].Value = arrayOf(groups[fold(f.Name)], m.open, m.deps...)
	}
	return m.object(), nil
}

func evalMapValues(e *Evaluator, c *Call) value.Value {
	v := e.located(c.Args[0])
	f, ok := e.lambdaOf(c.Args[1])
	var results []value.Value
	for _, one := range v.Alternatives() {
		switch {
		case ok && isObject(one):
			results = append(results, e.mapMembers(one, f))
		case ok && isWhollyUnknown(one) && !isText(one):
			results = append(results, objectOf(nil, true, v.Deps()...))
		default:
			results = append(results, value.NewUnknown("", v.Deps()...))
		}
	}
	return value.OneOf("", results...).WithDeps(v.Deps()...)
}

func (e *Evaluator) mapMembers(v value.Value, f lambda) value.Value {
	call := arrayCall{list: v}
	fields := fieldsOf(v)
	for i, field := range fields {
		var results []value.Value
		for _, one := range field.Value.Alternatives() {
			if one.Kind != value.Absent {
				one = e.run(f, one)
			}
			results = append(results, one)
		}
		fields[i].Value = value.OneOf("", results...).WithDeps(field.Value.Deps()...)
		if !call.keep(fields[i].Value) {
			return value.NewUnknown("", v.Deps()...)
		}
	}
	return objectOf(fields, v.Open, openDeps(v)...)
}
