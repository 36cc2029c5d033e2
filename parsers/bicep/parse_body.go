package bicep

// object parses "{ … }".
func (p *parser) object(fl flags) Expr {
	start, from := p.tok.start, len(p.items)
	o := &Object{}
	// The braces of this object are the open one and the holes around it: where an item fails, parsing goes on there.
	open, holes := p.open+1, len(p.holes)
	p.list(tRBrace, false, func() {
		item := p.item(fl)
		if item != nil {
			p.items = append(p.items, item)
		}
		if p.failed {
			o.Partial = true
			p.recoverItem(open, holes)
		}
	})
	o.Items = cut(&p.items, from)
	o.Partial = o.Partial || p.failed
	o.Range = p.since(start)
	return o
}

// item parses an entry of an object. It returns nil if there is nothing of it.
func (p *parser) item(fl flags) Item {
	start := p.tok.start
	switch p.tok.kind {
	case tEllipsis:
		s := p.spread()
		s.Value = p.settle(s.Value)
		return s
	case tAt:
		if fl&allowResources != 0 {
			return p.child()
		}
	case tIdent:
		if fl&allowResources != 0 && p.isWord("resource") && p.identAhead() {
			return p.child()
		}
	}
	key := p.key("the name of a property")
	p.expect(tColon)
	if p.failed {
		return nil
	}
	value := p.value()
	return &Property{p.since(start), key, value}
}

// identAhead reports whether an identifier follows the current token.
func (p *parser) identAhead() bool {
	return isIdentStart(p.lex.at(p.lex.trivia(p.lex.pos)))
}

// key parses an identifier or a string as the name of something.
func (p *parser) key(what string) Key {
	if p.tok.kind != tString {
		name := p.ident(what)
		return Key{name.Range, name.Name, nil}
	}
	s := p.str()
	k := Key{Range: s.Where(), String: s}
	if s, ok := s.(*String); ok {
		k.Name, _ = s.Literal()
	}
	return k
}

// child parses a resource inside of a resource.
func (p *parser) child() Item {
	p.enter()
	defer p.leave()
	start := p.tok.start
	h := Decl{Decorators: p.decorators(), Keyword: p.here()}
	if p.isWord("resource") {
		h.Keyword.End = p.tok.end
	}
	p.expectWord("resource")
	d := p.resource(h)
	d.Broken = p.failed
	d.Range = p.since(start)
	return d
}

// body parses what a resource or module is set to: an object, perhaps under "if" or "for".
func (p *parser) body(fl flags) Expr {
	if p.tok.kind == tNewline && p.wordAt(p.lex.pos) == "if" {
		p.next()
	}
	p.misplacedNewline()
	switch {
	case p.tok.kind == tLSquare:
		p.enter()
		defer p.leave()
		return p.forLoop(fl, true)
	case p.tok.kind == tLBrace, p.isWord("if"):
		return p.plainBody(fl)
	}
	p.expected(`"{", "if" or "[for"`)
	return p.bad()
}

// plainBody parses an object, perhaps under "if".
func (p *parser) plainBody(fl flags) Expr {
	p.enter()
	defer p.leave()
	switch {
	case p.tok.kind == tLBrace:
		return p.object(fl)
	case p.isWord("if"):
		return p.conditional(fl)
	}
	p.expected(`"{" or "if"`)
	return p.bad()
}

func (p *parser) conditional(fl flags) Expr {
	start := p.tok.start
	p.next()
	if p.tok.kind != tLParen {
		p.expected(`"("`)
	}
	p.next()
	p.newlines()
	cond := p.settle(p.expr(allowComplex))
	p.newlines()
	p.expect(tRParen)
	p.misplacedNewline()
	body := p.braces(fl)
	return &If{p.since(start), cond, body}
}

// braces parses an object where nothing else can be.
func (p *parser) braces(fl flags) Expr {
	if p.tok.kind == tLBrace {
		return p.object(fl)
	}
	p.expected(`"{"`)
	return p.bad()
}

// forLoop parses "[for item in list: body]". The body of a resource's or module's is an object, perhaps under "if".
func (p *parser) forLoop(fl flags, resource bool) Expr {
	start := p.tok.start
	p.next()
	p.newlines()
	p.expectWord("for")
	x := &For{}
	p.loopNames(x)
	p.expectWord("in")
	x.List = p.settle(p.expr(allowComplex))
	p.expect(tColon)
	p.misplacedNewline()
	if resource {
		x.Body = p.plainBody(fl)
	} else {
		x.Body = p.settle(p.expr(fl | allowComplex))
	}
	p.newlines()
	p.expect(tRSquare)
	x.Range = p.since(start)
	return x
}

func (p *parser) loopNames(x *For) {
	if !p.accept(tLParen) {
		x.Item = p.ident("the name of the loop variable")
		return
	}
	x.Item = p.ident("the name of the loop variable")
	p.expect(tComma)
	x.Index = p.ident("the name of the loop index")
	p.expect(tRParen)
}
