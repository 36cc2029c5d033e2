package terraform

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// operators are names for canonical expressions.
var operators = map[*hclsyntax.Operation]string{
	hclsyntax.OpLogicalOr: "or", hclsyntax.OpLogicalAnd: "and", hclsyntax.OpLogicalNot: "not",
	hclsyntax.OpEqual: "equals", hclsyntax.OpNotEqual: "differs",
	hclsyntax.OpGreaterThan: "greater", hclsyntax.OpGreaterThanOrEqual: "greaterOrEquals",
	hclsyntax.OpLessThan: "less", hclsyntax.OpLessThanOrEqual: "lessOrEquals",
	hclsyntax.OpAdd: "add", hclsyntax.OpSubtract: "sub", hclsyntax.OpMultiply: "mul",
	hclsyntax.OpDivide: "div", hclsyntax.OpModulo: "mod", hclsyntax.OpNegate: "negate",
}

func (s *scope) binary(e *hclsyntax.BinaryOpExpr) value.Value {
	switch e.Op {
	case hclsyntax.OpLogicalAnd, hclsyntax.OpLogicalOr:
		return s.logical(e)
	}
	args := []value.Value{s.eval(e.LHS), s.eval(e.RHS)}
	return s.spread(args, func(args []value.Value) value.Value {
		switch e.Op {
		case hclsyntax.OpEqual:
			return ofTruth(equal(args[0], args[1]), "equals", args)
		case hclsyntax.OpNotEqual:
			return ofTruth(equal(args[0], args[1]).Not(), "differs", args)
		}
		return s.arithmetic(e.Op, args...)
	})
}

// logical decides && and || as soon as one side does. The right side of a decided operation may not be valid.
func (s *scope) logical(e *hclsyntax.BinaryOpExpr) value.Value {
	decisive := value.TruthOf(e.Op == hclsyntax.OpLogicalOr)
	a := s.eval(e.LHS)
	x := s.truth(a)
	if x == decisive {
		return value.OfBool(x == value.True)
	}
	before := s.failed
	b := s.eval(e.RHS)
	if s.failed > before && x == value.Undecided {
		s.failed = before
		return unknownCall(operators[e.Op], a, b)
	}
	y := s.truth(b)
	if e.Op == hclsyntax.OpLogicalOr {
		return ofTruth(value.Or(x, y), "or", []value.Value{a, b})
	}
	return ofTruth(value.And(x, y), "and", []value.Value{a, b})
}

func ofTruth(t value.Truth, name string, args []value.Value) value.Value {
	switch t {
	case value.True:
		return value.OfBool(true)
	case value.False:
		return value.OfBool(false)
	}
	u := unknownCall(name, args...)
	u.NotNull, u.Secret = true, false
	return u
}

// equal compares as Terraform does. The id of a resource is never empty.
func equal(a, b value.Value) value.Truth {
	if b.Kind == value.Unknown {
		a, b = b, a
	}
	if a.Kind == value.Unknown {
		text, isText := b.Text()
		switch {
		case b.IsUnset() && !mayBeNull(a):
			return value.False
		case isText && text == "" && isResourceID(a):
			return value.False
		case b.Kind == value.Array && b.Open || b.Kind == value.Object && b.Open:
			return value.Undecided
		}
		return value.Equal(a, b)
	}
	if a.Kind != b.Kind && a.IsUnset() != b.IsUnset() {
		return value.False
	}
	return value.Equal(a, b)
}

func (s *scope) arithmetic(op *hclsyntax.Operation, args ...value.Value) value.Value {
	in := make([]cty.Value, len(args))
	for i, a := range args {
		if a.IsUnset() {
			return s.fail()
		}
		n, ok := toNumber(a)
		if !ok {
			return s.fail()
		}
		if n.Kind == value.Unknown {
			u := unknownCall(operators[op], args...)
			u.NotNull = true
			return u
		}
		in[i] = toCty(n)
	}
	out, err := op.Impl.Call(in)
	if err != nil {
		return s.fail()
	}
	return markedBy(fromCty(out), args)
}

func (s *scope) unary(e *hclsyntax.UnaryOpExpr) value.Value {
	return s.spread([]value.Value{s.eval(e.Val)}, func(args []value.Value) value.Value {
		if e.Op == hclsyntax.OpLogicalNot {
			return ofTruth(s.truth(args[0]).Not(), "not", args)
		}
		return s.arithmetic(e.Op, args[0])
	})
}

// markedBy makes v secret when one of the values that it was computed from is.
func markedBy(v value.Value, args []value.Value) value.Value {
	for _, a := range args {
		if holdsSecret(a) {
			return deepSecret(v)
		}
	}
	return v
}
