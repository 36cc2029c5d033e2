package bicep

import (
	"strconv"
)

// flags are what an expression may hold; they are inherited inwards.
type flags uint8

const (
	// allowComplex allows object and array literals: everywhere but in the hole of a string.
	allowComplex flags = 1 << iota
	// allowResources allows child resources in an object: at the top of a resource's body.
	allowResources
)

// value parses the expression behind "=" or a key.
func (p *parser) value() Expr { return p.settle(p.expr(allowComplex)) }

func (p *parser) expr(fl flags) Expr {
	p.enter()
	e := p.ternary(fl, 0)
	p.leave()
	return e
}

func (p *parser) bad() *Bad { return &Bad{p.here()} }

// ternary parses a condition with its branches, as the n-th of a chain of else branches.
func (p *parser) ternary(fl flags, n int) Expr {
	start := p.tok.start
	cond := p.binary(fl, 0)
	if p.tok.kind == tNewline && p.ahead(0) == '?' {
		p.next()
	}
	if p.tok.kind != tQuestion {
		return cond
	}
	p.link(n)
	p.next()
	p.misplacedNewline()
	then := p.expr(fl)
	if p.tok.kind == tNewline && p.ahead(0) == ':' && p.ahead(1) != ':' {
		p.next()
	}
	p.expect(tColon)
	p.misplacedNewline()
	otherwise := p.ternary(fl, n+1)
	return &Ternary{p.since(start), cond, then, otherwise}
}

// binary parses operators that bind tighter than limit.
func (p *parser) binary(fl flags, limit uint8) Expr {
	start := p.tok.start
	left := p.unary(fl)
	for n := 0; ; n++ {
		p.operatorLine()
		op := p.tok.kind
		if precedence[op] <= limit {
			return left
		}
		p.link(n)
		p.next()
		p.misplacedNewline()
		right := p.binary(fl, precedence[op])
		left = &Binary{p.since(start), kindText[op], left, right}
	}
}

// operatorLine steps over a newline before a binary operator. The compiler allows none; but no line can begin so,
// except with a minus, which may begin an item of an array.
func (p *parser) operatorLine() {
	if p.tok.kind != tNewline {
		return
	}
	first, second := p.ahead(0), p.ahead(1)
	operator := false
	switch first {
	case '+', '*', '/', '%', '<', '>':
		operator = true
	case '&', '|', '?':
		operator = second == first
	case '=', '!':
		operator = second == '=' || second == '~'
	}
	if operator {
		p.note(p.tok, "the compiler allows no line break before an operator")
		p.next()
	}
}

// unary parses at most one sign or negation: "!!x" is not in the language.
func (p *parser) unary(fl flags) Expr {
	t := p.tok
	if t.kind != tBang && t.kind != tMinus {
		return p.postfix(fl)
	}
	p.next()
	operand := p.postfix(fl)
	return &Unary{p.since(t.start), kindText[t.kind], operand}
}

// postfix parses a primary expression and the accesses and calls behind it.
func (p *parser) postfix(fl flags) Expr {
	start := p.tok.start
	e := p.primary(fl)
	for n := 0; ; n++ {
		switch p.tok.kind {
		case tLSquare:
			e = p.index(e, start, fl)
		case tDot:
			e = p.member(e, start, fl)
		case tDoubleColon:
			p.next()
			name := p.ident("the name of a child resource")
			e = &NestedAccess{p.since(start), e, name}
		case tBang:
			p.next()
			e = &NonNull{p.since(start), e}
		default:
			return e
		}
		p.link(n)
	}
}

func (p *parser) index(target Expr, start int32, fl flags) Expr {
	p.next()
	x := &Index{Target: target, Safe: p.accept(tQuestion), FromEnd: p.accept(tHat)}
	x.Index = p.expr(fl)
	p.expect(tRSquare)
	x.Range = p.since(start)
	return x
}

// member parses ".name", ".?name" or ".name(args)".
func (p *parser) member(target Expr, start int32, fl flags) Expr {
	p.next()
	safe := p.accept(tQuestion)
	name := p.ident("the name of a property or function")
	if p.tok.kind != tLParen {
		return &Access{p.since(start), target, name, safe}
	}
	if safe {
		p.wrong(name.Range, `a function cannot be called with ".?"`)
	}
	args := p.arguments(fl)
	return &Call{p.since(start), target, name, args}
}

func (p *parser) arguments(fl flags) []Expr {
	from := len(p.exprs)
	p.list(tRParen, true, func() { p.exprs = append(p.exprs, p.expr(fl)) })
	return cut(&p.exprs, from)
}

func (p *parser) primary(fl flags) Expr {
	t := p.tok
	switch t.kind {
	case tIdent:
		return p.refOrCall(fl)
	case tString:
		return p.str()
	case tInt:
		return p.integer()
	case tTrue, tFalse:
		p.next()
		return &Bool{Range{t.start, t.end}, t.kind == tTrue}
	case tNull:
		p.next()
		return &Null{Range{t.start, t.end}}
	case tLBrace, tLSquare:
		if fl&allowComplex == 0 {
			p.wrong(Range{t.start, t.end}, "an object or array cannot be written inside of a string")
		}
		if t.kind == tLBrace {
			return p.object(fl)
		}
		return p.arrayOrFor(fl)
	case tLParen:
		return p.parenOrLambda(fl)
	}
	p.expected("an expression")
	return p.bad()
}

func (p *parser) integer() Expr {
	t := p.tok
	p.next()
	r := Range{t.start, t.end}
	v, err := strconv.ParseUint(p.text(t), 10, 64)
	if err != nil {
		p.wrong(r, "the number is too large")
		return &Bad{r}
	}
	return &Int{r, v}
}

func (p *parser) refOrCall(fl flags) Expr {
	name := p.ident("a name")
	switch p.tok.kind {
	case tLParen:
		args := p.arguments(fl)
		return &Call{p.since(name.Start), nil, name, args}
	case tArrow:
		return p.lambda(name.Start, []Ident{name})
	}
	return &Ref{name}
}

func (p *parser) parenOrLambda(fl flags) Expr {
	start, from := p.tok.start, len(p.exprs)
	comma := p.parenthesized(func() { p.exprs = append(p.exprs, p.expr(fl)) })
	items := p.exprs[from:]
	p.exprs = p.exprs[:from] // nothing is pushed before the last use of items
	if p.tok.kind == tArrow {
		return p.lambda(start, p.lambdaParams(items))
	}
	r := p.since(start)
	if len(items) != 1 || comma {
		p.wrong(r, "parentheses must hold exactly one expression")
		return &Bad{r}
	}
	return &Paren{r, items[0]}
}

// lambdaParams reads what was parsed as expressions as the parameters of a lambda.
func (p *parser) lambdaParams(items []Expr) []Ident {
	params := make([]Ident, 0, len(items))
	for _, e := range items {
		if name, ok := e.(*Ref); ok {
			params = append(params, name.Ident)
		} else {
			p.wrong(e.Where(), "expected the name of a parameter")
		}
	}
	return params
}

func (p *parser) lambda(start int32, params []Ident) Expr {
	body := p.lambdaBody()
	return &Lambda{p.since(start), params, body}
}

// lambdaBody parses "=>" and what follows, which may be on the next line.
func (p *parser) lambdaBody() Expr {
	p.expect(tArrow)
	if p.tok.kind == tNewline && !endsLambda(p.wordAt(p.lex.pos)) {
		p.next()
	}
	return p.expr(allowComplex)
}

func (p *parser) arrayOrFor(fl flags) Expr {
	start := p.tok.start
	if p.forAhead() {
		return p.forLoop(fl, false)
	}
	from := len(p.exprs)
	p.list(tRSquare, false, func() { p.exprs = append(p.exprs, p.element()) })
	items := cut(&p.exprs, from)
	return &Array{p.since(start), items}
}

// forAhead reports whether the word behind the current bracket, perhaps on another line, is "for".
func (p *parser) forAhead() bool {
	back := p.lex.pos
	t := p.lex.next()
	if t.kind == tNewline {
		t = p.lex.next()
	}
	p.lex.pos = back
	return t.kind == tIdent && p.text(t) == "for"
}

func (p *parser) element() Expr {
	if p.tok.kind == tEllipsis {
		return p.spread()
	}
	return p.expr(allowComplex)
}

func (p *parser) spread() *Spread {
	start := p.tok.start
	p.next()
	value := p.expr(allowComplex)
	return &Spread{p.since(start), value}
}

// str parses a string with its holes.
func (p *parser) str() Expr {
	start, from := p.tok.start, len(p.parts)
	q := quotingOf(p.text(p.tok))
	bad, first := false, true
	for {
		t := p.lex.text(q, first, false)
		first, bad = false, bad || t.bad
		p.textPart(t)
		if t.by == endHole && p.holePart(q, int32(t.end)) {
			continue
		}
		if t.by == endMissing {
			bad = true
			p.wrong(Range{start, int32(t.end)}, "the string has no closing quote")
		}
		break
	}
	if !p.failed {
		p.last = int32(p.lex.pos)
		p.shift()
	}
	r := p.since(start)
	if bad {
		p.parts = p.parts[:from]
		return &Bad{r}
	}
	return newString(r, &p.parts, from)
}

// newString allocates the most frequent string, one without holes, together with its only part.
func newString(r Range, parts *[]Part, from int) *String {
	if len(*parts) != from+1 {
		return &String{r, cut(parts, from)}
	}
	s := &struct {
		String
		one [1]Part
	}{}
	s.Range, s.one[0] = r, (*parts)[from]
	s.Parts = s.one[:]
	*parts = (*parts)[:from]
	return &s.String
}

func (p *parser) textPart(t piece) {
	if t.start == t.end {
		return
	}
	text := p.lex.src[t.start:t.end]
	if t.escaped {
		text = decode(text)
	}
	p.parts = append(p.parts, Part{Range: Range{int32(t.start), int32(t.end)}, Text: text})
}

// holePart parses the expression in a hole that begins at start and reports whether the hole ends as it should. The
// lexer is then behind the closing brace, in the text.
func (p *parser) holePart(q quoting, start int32) bool {
	outside := p.open
	p.holes = append(p.holes, hole{q, outside})
	p.open++
	p.shift()
	e := p.expr(0)
	if p.tok.kind != tRBrace {
		p.expected(`"}" at the end of the hole`)
		p.parts = append(p.parts, Part{Range: p.since(start), Hole: e})
		return false
	}
	p.holes = p.holes[:len(p.holes)-1]
	p.open = outside
	p.parts = append(p.parts, Part{Range: Range{start, p.tok.end}, Hole: e})
	return true
}
