package bicep

// declaredType parses the type of a parameter, variable, output, or of a function's parameter or result. One that was
// cut short by a failure becomes BadType.
func (p *parser) declaredType(output bool) Type {
	var t Type
	if p.isWord("resource") && p.lex.at(p.lex.trivia(p.lex.pos)) != '<' {
		t = p.resourceType(output)
	} else {
		t = p.typeExpr()
	}
	if p.failed {
		return &BadType{t.Where()}
	}
	return t
}

// resourceType parses "resource 'type@version'". An output may leave the string out.
func (p *parser) resourceType(output bool) Type {
	t := &ResourceType{}
	start := p.tok.start
	p.next()
	switch {
	case p.tok.kind == tString:
		t.Name = p.str()
	case !output:
		p.expected("a resource type as a string")
	}
	t.Range = p.since(start)
	return t
}

// typeExpr parses a type, which may be a union. A newline may stand before each of its bars.
func (p *parser) typeExpr() Type {
	p.enter()
	defer p.leave()
	start, from := p.tok.start, len(p.types)
	union := p.bar()
	if union {
		start = p.last - int32(len("|"))
	}
	first := p.nullable()
	if !union && !p.barAhead() {
		return first
	}
	p.types = append(p.types, first)
	for p.bar() {
		p.misplacedNewline()
		p.types = append(p.types, p.nullable())
	}
	members := cut(&p.types, from)
	return &UnionType{p.since(start), members}
}

func (p *parser) barAhead() bool {
	return p.tok.kind == tPipe || p.tok.kind == tNewline && p.ahead(0) == '|' && p.ahead(1) != '|'
}

// bar steps over a bar of a union, and the newline before it.
func (p *parser) bar() bool {
	if !p.barAhead() {
		return false
	}
	if p.tok.kind == tNewline {
		if p.tok.split {
			p.note(p.tok, "the compiler allows no empty line or comment between the members of a union")
		}
		p.next()
	}
	p.next()
	return true
}

// nullable parses a type with any number of "?" and "!" behind it.
func (p *parser) nullable() Type {
	start := p.tok.start
	t := p.unaryType()
	for n := 0; ; n++ {
		switch p.tok.kind {
		case tQuestion:
			p.next()
			t = &NullableType{p.since(start), t}
		case tBang:
			p.next()
			t = &NonNullType{p.since(start), t}
		default:
			return t
		}
		p.link(n)
	}
}

func (p *parser) unaryType() Type {
	t := p.tok
	if t.kind != tMinus && t.kind != tBang {
		return p.postfixType()
	}
	p.next()
	operand := p.postfixType()
	return &UnaryType{p.since(t.start), kindText[t.kind], operand}
}

func (p *parser) postfixType() Type {
	start := p.tok.start
	t := p.primaryType()
	for n := 0; ; n++ {
		switch p.tok.kind {
		case tLSquare:
			t = p.bracketType(t, start)
		case tDot:
			t = p.memberType(t, start)
		default:
			return t
		}
		p.link(n)
	}
}

// bracketType parses "[]", "[*]" or "[index]" behind a type.
func (p *parser) bracketType(target Type, start int32) Type {
	p.next()
	switch {
	case p.accept(tRSquare):
		return &ArrayType{p.since(start), target}
	case p.accept(tStar):
		p.expect(tRSquare)
		return &TypeItems{p.since(start), target}
	}
	index := p.expr(0)
	p.expect(tRSquare)
	return &TypeIndex{p.since(start), target, index}
}

// memberType parses ".*", ".name" or ".name<args>" behind a type.
func (p *parser) memberType(target Type, start int32) Type {
	p.next()
	if p.accept(tStar) {
		return &TypeRest{p.since(start), target}
	}
	name := p.ident("the name of a type or property")
	if p.tok.kind == tLt {
		args := p.typeArguments()
		return &TypeCall{p.since(start), target, name, args}
	}
	return &TypeMember{p.since(start), target, name}
}

func (p *parser) typeArguments() []Type {
	from := len(p.types)
	p.list(tGt, true, func() { p.types = append(p.types, p.typeExpr()) })
	return cut(&p.types, from)
}

func (p *parser) primaryType() Type {
	t := p.tok
	switch t.kind {
	case tIdent:
		name := p.ident("a type")
		if p.tok.kind == tLt {
			args := p.typeArguments()
			return &TypeCall{p.since(t.start), nil, name, args}
		}
		return &TypeRef{name}
	case tString, tInt, tTrue, tFalse, tNull:
		literal := p.primary(0)
		return &TypeLiteral{literal.Where(), literal}
	case tLBrace:
		return p.objectType()
	case tLSquare:
		return p.tupleType()
	case tLParen:
		return p.parenType()
	}
	p.expected("a type")
	return &BadType{p.here()}
}

func (p *parser) parenType() Type {
	start := p.tok.start
	p.next()
	if !p.barAhead() {
		p.misplacedNewline()
	}
	inner := p.typeExpr()
	p.misplacedNewline()
	p.expect(tRParen)
	return &ParenType{p.since(start), inner}
}

func (p *parser) objectType() Type {
	start, from := p.tok.start, len(p.members)
	p.list(tRBrace, false, func() { p.members = append(p.members, p.typeProperty()) })
	properties := cut(&p.members, from)
	return &ObjectType{p.since(start), properties}
}

func (p *parser) typeProperty() TypeProperty {
	start := p.tok.start
	m := TypeProperty{Decorators: p.decorators()}
	if t := p.tok; p.accept(tStar) {
		m.Rest, m.Key = true, Key{Range: Range{t.start, t.end}}
	} else {
		m.Key = p.key(`the name of a property or "*"`)
	}
	p.expect(tColon)
	m.Type = p.typeExpr()
	m.Range = p.since(start)
	return m
}

func (p *parser) tupleType() Type {
	start, from := p.tok.start, len(p.tuple)
	p.list(tRSquare, false, func() {
		start := p.tok.start
		marks := p.decorators()
		item := p.typeExpr()
		p.tuple = append(p.tuple, TupleItem{p.since(start), marks, item})
	})
	items := cut(&p.tuple, from)
	return &TupleType{p.since(start), items}
}
