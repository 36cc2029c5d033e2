package bicep

import (
	"math"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

func itoa(n int) string { return strconv.Itoa(n) }

func call(at source.Span, name string, args ...expr.Expr) *expr.Call {
	return &expr.Call{Name: name, Args: args, At: at}
}

// value lowers an expression where a loop may stand: loops are named after what they give a value to.
func (lo *lowerer) value(x Expr, name string, sc *scope) expr.Expr {
	loop, ok := x.(*For)
	if !ok {
		return lo.expr(x, sc)
	}
	inner, count := lo.bindLoop(loop, name, sc)
	return &expr.Loop{Name: name, Count: count, Input: lo.value(loop.Body, name, inner), At: lo.span(loop)}
}

// bindLoop binds the variables of a loop: the item is the list at copyIndex(name).
func (lo *lowerer) bindLoop(loop *For, name string, sc *scope) (*scope, expr.Expr) {
	at := lo.span(loop.List)
	list := lo.expr(loop.List, sc)
	index := call(at, "copyIndex", expr.String(name, at))
	inner := sc
	if loop.Item.Name != "" {
		inner = inner.with(loop.Item.Name, &expr.Index{Base: list, Key: index, At: at})
	}
	if loop.Index.Name != "" {
		inner = inner.with(loop.Index.Name, index)
	}
	return inner, call(at, "length", list)
}

// expr lowers an expression.
func (lo *lowerer) expr(x Expr, sc *scope) expr.Expr {
	if x == nil {
		return unknown
	}
	at := lo.span(x)
	switch x := x.(type) {
	case *Null:
		return expr.Literal{Value: value.NullValue.At(at)}
	case *Bool:
		return expr.Literal{Value: value.OfBool(x.Value).At(at)}
	case *Int:
		return integer(x.Value, false, at)
	case *String:
		return lo.text(x, sc)
	case *Array:
		return lo.array(x, sc)
	case *Object:
		return lo.object(x, sc)
	case *Ref:
		return lo.name(x, sc)
	case *Call:
		return lo.call(x, sc)
	case *Access, *Index, *NestedAccess:
		lowered, _ := lo.chain(x, sc)
		return lowered
	case *NonNull:
		return lo.expr(x.Operand, sc)
	case *Paren:
		return lo.expr(x.Inner, sc)
	case *Unary:
		return lo.unary(x, sc)
	case *Binary:
		return lo.binary(x, sc)
	case *Ternary:
		return call(at, "if", lo.expr(x.Cond, sc), lo.expr(x.Then, sc), lo.expr(x.Else, sc))
	case *Lambda:
		return lo.lambda(x, sc)
	case *For:
		return lo.value(x, "", sc)
	}
	return unknown
}

func integer(n uint64, negative bool, at source.Span) expr.Expr {
	switch {
	case n <= math.MaxInt64 && negative:
		return expr.Literal{Value: value.OfInt(-int64(n)).At(at)}
	case n <= math.MaxInt64:
		return expr.Literal{Value: value.OfInt(int64(n)).At(at)}
	case negative && n == 1<<63:
		return expr.Literal{Value: value.OfInt(math.MinInt64).At(at)}
	}
	return expr.Literal{Value: value.Value{Span: at}}
}

var braces = strings.NewReplacer("{", "{{", "}", "}}")

// text lowers a string: one with holes is a call of format.
func (lo *lowerer) text(x *String, sc *scope) expr.Expr {
	at := lo.span(x)
	if s, ok := x.Literal(); ok {
		return expr.String(s, at)
	}
	var format strings.Builder
	args := []expr.Expr{nil}
	for _, p := range x.Parts {
		if p.Hole == nil {
			format.WriteString(braces.Replace(p.Text))
			continue
		}
		format.WriteString("{" + itoa(len(args)-1) + "}")
		args = append(args, lo.expr(p.Hole, sc))
	}
	args[0] = expr.String(format.String(), at)
	return call(at, "format", args...)
}

// array lowers an array. With spreads it is flatten([[a], spread, [b]]).
func (lo *lowerer) array(x *Array, sc *scope) expr.Expr {
	at := lo.span(x)
	var groups []expr.Expr
	current := &expr.Array{At: at}
	for _, item := range x.Items {
		spread, ok := item.(*Spread)
		if !ok {
			current.Items = append(current.Items, lo.expr(item, sc))
			continue
		}
		if len(current.Items) > 0 {
			groups = append(groups, current)
		}
		groups = append(groups, lo.expr(spread.Value, sc))
		current = &expr.Array{At: at}
	}
	if groups == nil {
		return current
	}
	if len(current.Items) > 0 {
		groups = append(groups, current)
	}
	return call(at, "flatten", &expr.Array{Items: groups, At: at})
}

// object lowers an object. With spreads it is shallowMerge([{a}, spread, {b}]).
func (lo *lowerer) object(x *Object, sc *scope) expr.Expr {
	at := lo.span(x)
	var groups []expr.Expr
	current := &expr.Object{At: at}
	for _, item := range x.Items {
		switch item := item.(type) {
		case *Property:
			current.Members = append(current.Members, lo.member(item, sc))
		case *Spread:
			if len(current.Members) > 0 {
				groups = append(groups, current)
			}
			groups = append(groups, lo.expr(item.Value, sc))
			current = &expr.Object{At: at}
		}
	}
	if x.Partial { // a key that is not known: more may be there
		current.Members = append(current.Members, expr.Member{Key: unknown, Value: unknown})
	}
	if groups == nil {
		return current
	}
	if len(current.Members) > 0 {
		groups = append(groups, current)
	}
	return call(at, "shallowMerge", &expr.Array{Items: groups, At: at})
}

func (lo *lowerer) member(p *Property, sc *scope) expr.Member {
	return expr.Member{Key: lo.key(p.Key, sc), Value: lo.value(p.Value, p.Key.Name, sc), Site: lo.span(p)}
}

func (lo *lowerer) key(k Key, sc *scope) expr.Expr {
	if s, ok := k.String.(*String); ok {
		return lo.text(s, sc)
	}
	return expr.String(k.Name, lo.span(k))
}

func (lo *lowerer) unary(x *Unary, sc *scope) expr.Expr {
	at := lo.span(x)
	if x.Op == "!" {
		return call(at, "not", lo.expr(x.Operand, sc))
	}
	if n, ok := x.Operand.(*Int); ok {
		return integer(n.Value, true, at)
	}
	return call(at, "sub", expr.Literal{Value: value.OfInt(0).At(at)}, lo.expr(x.Operand, sc))
}

// operators are the ARM functions that Bicep's binary operators stand for.
var operators = map[string]string{
	"+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod", "&&": "and", "||": "or", "??": "coalesce",
	"==": "equals", "<": "less", "<=": "lessOrEquals", ">": "greater", ">=": "greaterOrEquals",
}

func (lo *lowerer) binary(x *Binary, sc *scope) expr.Expr {
	at := lo.span(x)
	left, right := lo.expr(x.Left, sc), lo.expr(x.Right, sc)
	switch x.Op {
	case "!=":
		return call(at, "not", call(at, "equals", left, right))
	case "=~", "!~":
		same := call(at, "equals", call(at, "toLower", left), call(at, "toLower", right))
		if x.Op == "=~" {
			return same
		}
		return call(at, "not", same)
	}
	return call(at, operators[x.Op], left, right)
}

func (lo *lowerer) lambda(x *Lambda, sc *scope) expr.Expr {
	at := lo.span(x)
	c := call(at, "lambda")
	for _, p := range x.Params {
		name := expr.String(p.Name, lo.span(p))
		c.Args = append(c.Args, name)
		sc = sc.with(p.Name, call(lo.span(p), "lambdaVariables", name))
	}
	c.Args = append(c.Args, lo.expr(x.Body, sc))
	return c
}

// name lowers a name by itself.
func (lo *lowerer) name(x *Ref, sc *scope) expr.Expr {
	at := lo.span(x)
	if bound := sc.find(x.Name); bound != nil {
		if bound.resource != nil {
			return lo.reference(resourceRef{bound.resource, nil, at}, true, sc)
		}
		return bound.x
	}
	s := lo.symbols[x.Name]
	switch {
	case s == nil && x.Name == "base" && lo.base != nil:
		return lo.baseObject(at)
	case s == nil:
		return unknown
	}
	if s.resource != nil {
		return lo.reference(resourceRef{s.resource, nil, at}, true, sc)
	}
	return lo.symbolValue(s, x.Name, at)
}

func (lo *lowerer) symbolValue(s *symbol, name string, at source.Span) expr.Expr {
	switch s.decl.(type) {
	case *ParamDecl:
		return call(at, "parameters", expr.String(name, at))
	case *VarDecl, *ParamAssign:
		return call(at, "variables", expr.String(lo.prefix+name, at))
	case *ImportDecl:
		if s.from != nil && s.name != "" {
			return s.from.exported(s.name, at)
		}
	}
	return unknown
}
