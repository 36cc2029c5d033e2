package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// builtin is a function that knows what to do with arguments of which only part is known. It is called for each
// combination of their alternatives.
type builtin func(c *callContext, args []value.Value) value.Value

// callContext is the call that a builtin works for.
type callContext struct {
	*scope
	name string
	expr *hclsyntax.FunctionCallExpr
}

// unknown is the result when too little is known of the arguments.
func (c *callContext) unknown(args []value.Value) value.Value {
	u := unknownCall(c.name, args...)
	u.NotNull = true
	return u
}

// call evaluates a function call.
func (s *scope) call(e *hclsyntax.FunctionCallExpr) value.Value {
	name := strings.TrimPrefix(e.Name, "core::")
	c := &callContext{scope: s, name: name, expr: e}
	switch name {
	case "try":
		return c.try()
	case "can":
		return c.can()
	case "convert":
		return c.convertTo()
	}
	args, ok := c.arguments()
	if !ok {
		return value.NewUnknown("")
	}
	v := s.spread(args, func(args []value.Value) value.Value { return unchanged(c.apply(args), args) })
	if v.Span.IsZero() {
		v.Span = s.span(e.Range())
	}
	return v
}

// unchanged gives a text that a function has left as it was, as trimspace mostly does and sort does with each of a list, the
// place where it is written.
func unchanged(v value.Value, args []value.Value) value.Value {
	if len(args) == 0 || !v.Span.IsZero() || v.Kind != args[0].Kind {
		return v
	}
	switch v.Kind {
	case value.String:
		before, _ := args[0].Text()
		if after, _ := v.Text(); after == before {
			v.Span, v.From = args[0].Span, args[0].From
		}
	case value.Array:
		return unchangedElements(v, args[0])
	}
	return v
}

func unchangedElements(list, before value.Value) value.Value {
	written := map[string]value.Value{}
	for _, e := range before.Elems() {
		if text, ok := e.Text(); ok {
			written[text] = inherit(e, before)
		}
	}
	elems := slices.Clone(list.Elems())
	for i, e := range elems {
		text, ok := e.Text()
		if from, same := written[text]; ok && same && e.Span.IsZero() {
			elems[i].Span, elems[i].From = from.Span, from.From
		}
	}
	return rebuilt(value.OfArray(elems...), list)
}

// arguments evaluates the arguments. It reports false when their number is not known.
func (c *callContext) arguments() ([]value.Value, bool) {
	args := make([]value.Value, len(c.expr.Args))
	for i, a := range c.expr.Args {
		args[i] = c.eval(a)
	}
	if !c.expr.ExpandFinal || len(args) == 0 {
		return args, true
	}
	last := args[len(args)-1]
	if last.Kind != value.Array {
		return nil, false
	}
	args = append(args[:len(args)-1], last.Elems()...)
	if last.Open { // more arguments may follow
		switch c.name {
		case "concat", "setunion", "merge", "coalesce", "coalescelist", "max", "min":
			return append(args, value.NewUnknown("", last.Deps()...)), true
		}
		return nil, false
	}
	return args, true
}

func (c *callContext) apply(args []value.Value) value.Value {
	if f, ok := builtins[c.name]; ok {
		return f(c, args)
	}
	if f, ok := standard[c.name]; ok {
		return c.standard(f, args)
	}
	if strings.HasPrefix(c.name, "provider::") {
		return c.provided(args)
	}
	if nondeterministic[c.name] {
		u := value.NewUnknown("")
		u.NotNull = true
		return u
	}
	return value.NewUnknown("") // a function of a later version
}

// nondeterministic functions give something else each time.
var nondeterministic = map[string]bool{
	"timestamp": true, "plantimestamp": true, "uuid": true, "bcrypt": true, "rsadecrypt": true,
}

// listed makes a list of a tuple with elements of one type where a list is wanted. Convert would compare each with each.
func listed(v cty.Value, want cty.Type) cty.Value {
	if !v.Type().IsTupleType() || !want.IsListType() || v.LengthInt() == 0 {
		return v
	}
	elems := v.AsValueSlice()
	if elems[0].Type() == cty.DynamicPseudoType || !sameTypes(elems) {
		return v
	}
	return cty.ListVal(elems)
}

// standard calls a function of cty's library with arguments that are all known.
func (c *callContext) standard(f function.Function, args []value.Value) value.Value {
	in := make([]cty.Value, len(args))
	for i, a := range args {
		if deeper(a, maxDepth) || !a.Known() {
			return c.unknown(args)
		}
		p := parameter(f, i)
		if p == nil {
			return c.fail()
		}
		v, err := convert.Convert(listed(toCty(a), p.Type), p.Type)
		if err != nil {
			return c.fail()
		}
		in[i] = v
	}
	if c.tooMuch(args) {
		return c.unknown(args)
	}
	out, err := f.Call(in)
	if err != nil {
		return c.fail()
	}
	return markedBy(fromCty(out), args)
}

func parameter(f function.Function, i int) *function.Parameter {
	params := f.Params()
	if i < len(params) {
		return &params[i]
	}
	return f.VarParam()
}

// Limits on what a function of the library may be asked for: the product of the lengths of its arguments, and the width
// of a number in a format.
const (
	maxProduct = 1 << 20
	maxWidth   = 3 // digits
)

// tooMuch reports that the work or the result of a function could be out of proportion to its arguments.
func (c *callContext) tooMuch(args []value.Value) bool {
	product := 1
	for _, a := range args {
		text, _ := a.Text()
		c.spent(1 + len(a.Elems()) + len(a.Fields()) + len(text)/16)
		if len(text) > value.MaxText {
			return true
		}
		if n := len(a.Elems()); n > 0 {
			product *= n
		}
		if product > maxProduct {
			return true
		}
	}
	switch c.name {
	case "format", "formatlist", "indent":
		return longNumber(args)
	case "replace", "join":
		return growth(args)
	}
	return false
}

func longNumber(args []value.Value) bool {
	if len(args) == 0 {
		return false
	}
	if n, ok := args[0].Int(); ok {
		return n > 1000
	}
	text, _ := args[0].Text()
	digits := 0
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			digits = 0
		} else if digits++; digits > maxWidth && strings.Contains(text, "%") {
			return true
		}
	}
	return false
}

func growth(args []value.Value) bool {
	total, longest := 0, 0
	for _, a := range args {
		n := len(a.Elems())
		text, _ := a.Text()
		for _, e := range a.Elems() {
			t, _ := e.Text()
			n += len(t)
		}
		n += len(text)
		total, longest = total+n, max(longest, n)
	}
	return total-longest > 0 && longest*(total-longest) > 64*value.MaxText
}

// try returns the first argument that Terraform would accept. What may or may not be accepted is one of several.
func (c *callContext) try() value.Value {
	var cases []value.Value
	for _, a := range c.expr.Args {
		failed, mayFail := c.failed, c.mayFail
		v := c.eval(a)
		ok, sure := c.failed == failed, c.mayFail == mayFail
		c.failed, c.mayFail = failed, mayFail
		if !ok {
			continue
		}
		cases = append(cases, v)
		if sure {
			break
		}
	}
	if len(cases) == 0 {
		return c.fail()
	}
	if len(cases) == 1 {
		return cases[0]
	}
	return oneOf(value.CanonCall("try", cases...), cases...)
}

func (c *callContext) can() value.Value {
	if len(c.expr.Args) != 1 {
		return c.fail()
	}
	failed, mayFail := c.failed, c.mayFail
	v := c.eval(c.expr.Args[0])
	ok, sure := c.failed == failed, c.mayFail == mayFail
	c.failed, c.mayFail = failed, mayFail
	switch {
	case !ok:
		return value.OfBool(false)
	case sure:
		return value.OfBool(true)
	}
	return ofTruth(value.Undecided, "can", []value.Value{v})
}

// at is the place of the call.
func (c *callContext) at() source.Span { return c.span(c.expr.Range()) }
