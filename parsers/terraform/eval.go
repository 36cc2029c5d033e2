package terraform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// scope is what the names in an expression mean.
type scope struct {
	*run
	m     *module // nil where only literals are allowed
	outer *scope
	names map[string]value.Value // each, count, iterators, variables of for
	item  *hclsyntax.AnonSymbolExpr
	it    value.Value // what item stands for
	texts map[string]*source.File
}

func (s *scope) with(names map[string]value.Value) *scope {
	return &scope{run: s.run, m: s.m, outer: s, names: names, texts: s.texts}
}

func (s *scope) lookup(name string) (value.Value, bool) {
	for ; s != nil; s = s.outer {
		if v, ok := s.names[name]; ok {
			return v, true
		}
	}
	return value.Value{}, false
}

// span is the place of a range in the module's files.
func (s *scope) span(r hcl.Range) source.Span {
	if s.texts == nil {
		return source.Span{}
	}
	return span(s.texts[r.Filename], r)
}

// eval evaluates an expression. What it computed bears the place of the expression, what it only refers to its own.
func (s *scope) eval(e hclsyntax.Expression) value.Value {
	if e == nil || s.spent(1) {
		return value.Value{}
	}
	if s.depth >= maxDepth {
		s.problem("limit", diag.Error, s.span(e.Range()), fmt.Sprintf("Values depend on each other more than %d levels deep.", maxDepth))
		return value.Value{}
	}
	s.depth++
	defer func() { s.depth-- }()
	v := s.evalNode(e)
	if v.Span.IsZero() {
		v.Span = s.span(e.Range())
	}
	return v
}

func (s *scope) evalNode(e hclsyntax.Expression) value.Value {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return fromCty(e.Val)
	case *hclsyntax.ParenthesesExpr:
		return s.eval(e.Expression)
	case *hclsyntax.TemplateExpr:
		return s.template(e.Parts)
	case *hclsyntax.TemplateWrapExpr:
		return s.eval(e.Wrapped)
	case *hclsyntax.TemplateJoinExpr:
		return s.templateJoin(e)
	case *hclsyntax.ScopeTraversalExpr:
		return s.traverse(e.Traversal)
	case *hclsyntax.RelativeTraversalExpr:
		return s.steps(s.eval(e.Source), e.Traversal)
	case *hclsyntax.FunctionCallExpr:
		return s.call(e)
	case *hclsyntax.ConditionalExpr:
		return s.conditional(e)
	case *hclsyntax.BinaryOpExpr:
		return s.binary(e)
	case *hclsyntax.UnaryOpExpr:
		return s.unary(e)
	case *hclsyntax.IndexExpr:
		return s.indexed(s.eval(e.Collection), s.eval(e.Key))
	case *hclsyntax.SplatExpr:
		return s.splat(e)
	case *hclsyntax.AnonSymbolExpr:
		return s.anonymous(e)
	case *hclsyntax.ForExpr:
		return s.forExpr(e)
	case *hclsyntax.TupleConsExpr:
		return s.tuple(e)
	case *hclsyntax.ObjectConsExpr:
		return s.object(e)
	case *hclsyntax.ObjectConsKeyExpr:
		return s.eval(keyExpr(e))
	}
	return s.fail() // ExprSyntaxError
}

// keyExpr is the expression of an object's key: a bare word stands for itself.
func keyExpr(e *hclsyntax.ObjectConsKeyExpr) hclsyntax.Expression {
	if !e.ForceNonLiteral {
		if word := hcl.ExprAsKeyword(e.Wrapped); word != "" {
			return &hclsyntax.LiteralValueExpr{Val: cty.StringVal(word), SrcRange: e.Wrapped.Range()}
		}
	}
	return e.Wrapped
}

func (s *scope) tuple(e *hclsyntax.TupleConsExpr) value.Value {
	elems := make([]value.Value, len(e.Exprs))
	for i, x := range e.Exprs {
		elems[i] = s.eval(x)
	}
	return s.written(value.OfArray(elems...), e.SrcRange)
}

// written is a list or an object as it stands in the source. One that is too large is unknown, which is told.
func (s *scope) written(v value.Value, rng hcl.Range) value.Value {
	at := s.span(rng)
	if v.Kind == value.Unknown {
		s.run.problem("limit", diag.Error, source.Span{File: at.File, Start: at.Start, End: at.Start}, fmt.Sprintf(
			"This makes more than %d values; none of them was looked at.", value.MaxNodes))
	}
	return v.At(at)
}

func (s *scope) object(e *hclsyntax.ObjectConsExpr) value.Value {
	fields := make([]value.Field, 0, len(e.Items))
	open := false
	var deps []string
	for _, item := range e.Items {
		key := s.eval(item.KeyExpr)
		name, ok := toText(key)
		if !ok {
			if key.Kind != value.Unknown {
				return s.fail()
			}
			open, deps = true, append(deps, key.Deps()...)
			continue
		}
		at := s.span(hcl.RangeBetween(item.KeyExpr.Range(), item.ValueExpr.Range()))
		fields = append(fields, value.Field{Name: name, Value: s.eval(item.ValueExpr), Site: at})
	}
	v := s.written(value.OfObject(fields...), e.SrcRange)
	if open && v.Kind == value.Object {
		v = v.AsOpen().WithDeps(deps...)
	}
	return v
}

func (s *scope) template(parts []hclsyntax.Expression) value.Value {
	pieces := make([]value.Value, 0, len(parts))
	for _, p := range parts {
		pieces = append(pieces, s.asText(s.eval(p)))
	}
	v := value.Template(pieces...)
	v.NotNull = true
	v.Span, v.From = source.Span{}, nil
	return v
}

// asText converts each alternative of v to a string.
func (s *scope) asText(v value.Value) value.Value {
	if cases := v.Cases(); len(cases) > 0 {
		return s.spread([]value.Value{v}, func(args []value.Value) value.Value { return s.asText(args[0]) })
	}
	if v.Kind == value.Unknown {
		return v
	}
	text, ok := toText(v)
	if !ok {
		return s.fail()
	}
	if v.Kind == value.String {
		return v
	}
	return keep(value.OfString(text), v)
}

// templateJoin puts the pieces together that a %{for} directive makes.
func (s *scope) templateJoin(e *hclsyntax.TemplateJoinExpr) value.Value {
	v := s.eval(e.Tuple)
	if v.Kind != value.Array || v.Open {
		u := value.NewUnknown("", v.Deps()...)
		u.Secret, u.NotNull = holdsSecret(v), true
		return u
	}
	pieces := make([]value.Value, len(v.Elems()))
	for i, p := range v.Elems() {
		pieces[i] = s.asText(p)
	}
	return value.Template(pieces...)
}

// conditional evaluates the branch that is taken, or both when that is not known. A branch that Terraform would refuse is
// not the one that is taken.
func (s *scope) conditional(e *hclsyntax.ConditionalExpr) value.Value {
	cond := s.eval(e.Condition)
	switch s.truth(cond) {
	case value.True:
		return s.eval(e.TrueResult)
	case value.False:
		return s.eval(e.FalseResult)
	}
	before := s.failed
	a := s.eval(e.TrueResult)
	failedA := s.failed > before
	s.failed = before
	b := s.eval(e.FalseResult)
	failedB := s.failed > before
	s.failed = before
	switch {
	case failedA && failedB:
		return s.fail()
	case failedA:
		return b
	case failedB:
		return a
	}
	return oneOf(value.CanonCall("if", cond, a, b), a, b).WithDeps(cond.Deps()...)
}

// oneOf is value.OneOf that knows when none of the cases is null.
func oneOf(sym string, cases ...value.Value) value.Value {
	v := value.OneOf(sym, cases...)
	if v.Kind != value.Unknown || v.NotNull {
		return v
	}
	v.NotNull = !slices.ContainsFunc(cases, mayBeNull)
	return v
}

func mayBeNull(v value.Value) bool {
	return v.IsUnset() || v.Kind == value.Unknown && !v.NotNull && v.Parts() == nil
}

// truth is what a condition is known to be.
func (s *scope) truth(v value.Value) value.Truth {
	return v.Decide(func(v value.Value) value.Truth {
		b, ok := toBool(v)
		if !ok || b.IsUnset() {
			s.failed++
			return value.Undecided
		}
		return b.IsTrue()
	})
}

// spread applies f to each combination of the alternatives of args. A combination that Terraform would refuse is not the
// one that is there, unless all are refused.
func (s *scope) spread(args []value.Value, f func([]value.Value) value.Value) value.Value {
	combos := 1
	for i := range args {
		combos = min(combos*max(len(args[i].Cases()), 1), maxSpread+1)
	}
	if combos == 1 {
		return f(args)
	}
	if combos > maxSpread {
		plain := slices.Clone(args)
		for i, a := range plain {
			if len(a.Cases()) > 0 {
				plain[i] = withoutCases(a)
			}
		}
		return f(plain)
	}
	before := s.failed
	var results []value.Value
	for n := range combos {
		chosen := slices.Clone(args)
		for i := len(args) - 1; i >= 0; i-- {
			alternatives := args[i].Alternatives()
			c := alternatives[n%len(alternatives)]
			if c.From == nil {
				c.From = args[i].From
			}
			chosen[i] = c
			n /= len(alternatives)
		}
		v := f(chosen)
		if s.failed == before {
			results = append(results, v)
		}
		s.failed = before
	}
	if len(results) == 0 {
		return s.fail()
	}
	if len(results) < combos {
		s.mayFail++
	}
	var deps []string
	for _, a := range args {
		deps = append(deps, a.Deps()...)
	}
	return oneOf("", results...).WithDeps(deps...)
}

func withoutCases(v value.Value) value.Value {
	u := value.NewUnknown(v.Sym(), v.Deps()...)
	u.NotNull = v.NotNull
	return keep(u, v)
}

// unknownCall is the unknown result of an operation: equal operations on equal values have equal results.
func unknownCall(name string, args ...value.Value) value.Value {
	var deps []string
	secret := false
	for _, a := range args {
		deps = append(deps, a.Deps()...)
		secret = secret || holdsSecret(a)
	}
	u := value.NewUnknown(value.CanonCall(name, args...), deps...)
	if u.Secret = secret; secret && u.Sym() == "" {
		u = u.WithSources(args...)
	}
	return u
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, strings.Compare)
	return keys
}
