// Package expr has the expression language of Azure deployments: its syntax tree, the parser of "[…]" strings, and the
// evaluator with all functions. Bicep's operators are calls of this language, so that both languages share one meaning.
package expr

import (
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Expr is an expression: one of Literal, *Call, *Index, *Object, *Array, *Loop, *Lazy.
type Expr interface {
	// Span is where the expression was written.
	Span() source.Span
	isExpr()
}

// Literal is a known scalar.
type Literal struct {
	Value value.Value // its Span is the literal's
}

// Call is a call of a function, of the language or user-defined ("ns.name").
type Call struct {
	Name string
	Args []Expr
	At   source.Span
}

// Index is a member or element of Base: base.name, base['name'], base[0].
type Index struct {
	Base, Key Expr
	At        source.Span
}

// Object makes an object. Keys are expressions, since ARM allows "[parameters('id')]": {} .
type Object struct {
	Members []Member
	At      source.Span
}

// Member is a member of an Object.
type Member struct {
	Key   Expr
	Value Expr
	Site  source.Span // key and value
}

// Array makes an array.
type Array struct {
	Items []Expr
	At    source.Span
}

// Loop makes an array of Count values: Input evaluated with copyIndex('Name') = 0, 1, …
type Loop struct {
	Name  string
	Count Expr
	Input Expr
	At    source.Span
}

// Lazy is an expression that is made when it is first needed. It is not safe for concurrent use.
type Lazy struct {
	Make func() Expr
	At   source.Span
	made Expr
}

// Expr returns the expression, making it first if need be.
func (l *Lazy) Expr() Expr {
	if l.made == nil {
		l.made, l.Make = l.Make(), nil
	}
	return l.made
}

func (l Literal) Span() source.Span { return l.Value.Span }
func (c *Call) Span() source.Span   { return c.At }
func (i *Index) Span() source.Span  { return i.At }
func (o *Object) Span() source.Span { return o.At }
func (a *Array) Span() source.Span  { return a.At }
func (l *Loop) Span() source.Span   { return l.At }
func (l *Lazy) Span() source.Span   { return l.At }

func (Literal) isExpr() {}
func (*Call) isExpr()   {}
func (*Index) isExpr()  {}
func (*Object) isExpr() {}
func (*Array) isExpr()  {}
func (*Loop) isExpr()   {}
func (*Lazy) isExpr()   {}

// String is a literal string written at span.
func String(s string, at source.Span) Literal { return Literal{value.OfString(s).At(at)} }
