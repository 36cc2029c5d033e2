package bicep

// statements parses the whole file.
func (p *parser) statements() {
	for {
		p.newlines()
		if p.tok.kind == tEOF {
			return
		}
		p.out.Statements = append(p.out.Statements, p.statement())
	}
}

// statement parses one statement with its decorators, up to the end of its line.
func (p *parser) statement() Stmt {
	start := p.tok.start
	p.links, p.suspect, p.open = 0, 0, 0
	h := Decl{Decorators: p.decorators()}
	s := p.declaration(&h)
	if p.tok.kind != tNewline && p.tok.kind != tEOF {
		p.expected("the end of the line")
	}
	end := p.last
	if p.failed {
		s = p.recoverStatement(s)
		end = max(end, p.last)
	}
	s.Header().Range = Range{start, max(start, end)}
	return s
}

// declaration parses a statement from its keyword on.
func (p *parser) declaration(h *Decl) Stmt {
	var s Stmt
	keyword := p.tok
	if keyword.kind == tIdent {
		h.Keyword = Range{keyword.start, keyword.end}
		if p.out.Parameters {
			s = p.paramsDeclaration(h)
		} else {
			s = p.templateDeclaration(h)
		}
	}
	if s != nil {
		return s
	}
	// The keyword has not been stepped over: it is the place of the failure.
	switch {
	case len(h.Decorators) > 0:
		p.expected("a declaration behind the decorator")
	case p.out.Parameters:
		p.expected("a declaration: using, extends, param, var, type, import or extension")
	default:
		p.expected("a declaration such as param, var, resource, module or output")
	}
	h.Keyword = Range{keyword.start, keyword.start}
	return &BadDecl{*h}
}

// templateDeclaration parses a statement of a .bicep file. It returns nil, without a step, if none begins here.
func (p *parser) templateDeclaration(h *Decl) Stmt {
	switch p.text(p.tok) {
	case "targetScope":
		p.next()
		return &TargetScopeDecl{*h, p.assigned()}
	case "metadata":
		p.named(h, "the name of the metadata")
		return &MetadataDecl{*h, p.assigned()}
	case "param":
		return p.param(h)
	case "var":
		return p.variable(h)
	case "type":
		return p.typeDecl(h)
	case "func":
		return p.function(h)
	case "output":
		p.named(h, "the name of the output")
		t := p.declaredType(true)
		return &OutputDecl{*h, t, p.assigned()}
	case "resource":
		p.next()
		return p.resource(*h)
	case "module":
		return p.module(h)
	case "test":
		return p.test(h)
	case "assert":
		p.named(h, "the name of the assertion")
		return &AssertDecl{*h, p.assigned()}
	case "import":
		return p.importDecl(h)
	case "extension":
		p.next()
		return p.extension(h)
	}
	return nil
}

// named steps over a keyword and the name behind it.
func (p *parser) named(h *Decl, what string) {
	p.next()
	h.Name = p.ident(what)
}

// assigned parses "= value".
func (p *parser) assigned() Expr {
	p.expect(tAssign)
	p.misplacedNewline()
	return p.value()
}

func (p *parser) param(h *Decl) Stmt {
	p.named(h, "the name of the parameter")
	d := &ParamDecl{Decl: *h}
	d.Type = p.declaredType(false)
	if p.tok.kind == tAssign {
		d.Default = p.assigned()
	}
	return d
}

func (p *parser) variable(h *Decl) Stmt {
	p.named(h, "the name of the variable")
	d := &VarDecl{Decl: *h}
	if k := p.tok.kind; k != tAssign && k != tNewline && k != tEOF && k != tNone {
		d.Type = p.declaredType(false)
	}
	d.Value = p.assigned()
	return d
}

func (p *parser) typeDecl(h *Decl) Stmt {
	p.named(h, "the name of the type")
	p.expect(tAssign)
	if !p.barAhead() {
		p.misplacedNewline()
	}
	return &TypeDecl{*h, p.declaredType(false)}
}

// function parses "func name(param type, …) type => expression".
func (p *parser) function(h *Decl) Stmt {
	p.named(h, "the name of the function")
	d := &FuncDecl{Decl: *h}
	p.parenthesized(func() {
		start := p.tok.start
		name := p.ident("the name of a parameter")
		t := p.declaredType(false)
		d.Params = append(d.Params, FuncParam{p.since(start), name, t})
	})
	d.Result = p.declaredType(false)
	d.Body = p.settle(p.lambdaBody())
	return d
}

// resource parses a resource from its name on.
func (p *parser) resource(h Decl) *ResourceDecl {
	h.Name = p.ident("the name of the resource")
	d := &ResourceDecl{Decl: h}
	d.Type = p.stringOnly("the type of the resource as a string")
	d.Existing = p.acceptWord("existing")
	p.expect(tAssign)
	d.Body = p.body(allowComplex | allowResources)
	return d
}

// stringOnly parses a string where nothing else can be.
func (p *parser) stringOnly(what string) Expr {
	if p.tok.kind == tString {
		return p.settle(p.str())
	}
	p.expected(what)
	return p.bad()
}

// plain reports a string with holes where the compiler's parser wants one without. Other places are looked at later.
func (p *parser) plain(e Expr, what string) {
	s, ok := e.(*String)
	if !ok {
		return
	}
	if _, literal := s.Literal(); !literal {
		p.wrong(s.Range, what+" must be a string without holes")
	}
}

func (p *parser) module(h *Decl) Stmt {
	p.named(h, "the name of the module")
	d := &ModuleDecl{Decl: *h}
	d.Path = p.stringOnly("the path of the module as a string")
	p.expect(tAssign)
	d.Body = p.body(allowComplex)
	return d
}

func (p *parser) test(h *Decl) Stmt {
	p.named(h, "the name of the test")
	d := &TestDecl{Decl: *h}
	d.Path = p.stringOnly("the path of the tested file as a string")
	p.expect(tAssign)
	p.misplacedNewline()
	d.Body = p.braces(allowComplex)
	return d
}

// importDecl parses "import {…} from", "import * as name from", and the old spelling of an extension.
func (p *parser) importDecl(h *Decl) Stmt {
	p.next()
	if p.tok.kind == tString && !p.out.Parameters {
		return p.extension(h)
	}
	d := &ImportDecl{Decl: *h}
	switch {
	case p.accept(tStar):
		p.expectWord("as")
		d.Name = p.ident("the name of the namespace")
	case p.tok.kind == tLBrace:
		p.list(tRBrace, false, func() { d.Symbols = append(d.Symbols, p.importedSymbol()) })
	default:
		p.expected(`"{" or "*"`)
	}
	p.expectWord("from")
	d.From = p.stringOnly("the path of the imported file as a string")
	return d
}

func (p *parser) importedSymbol() ImportedSymbol {
	s := ImportedSymbol{Original: p.key("the name of an exported symbol")}
	if p.acceptWord("as") {
		s.Alias = p.ident("the new name of the symbol")
	} else if s.Original.String != nil {
		p.wrong(s.Original.Range, `a symbol in quotes needs a name: expected "as" and a name`)
	}
	p.plain(s.Original.String, "the name of an exported symbol")
	s.Range = p.since(s.Original.Start)
	return s
}

// extension parses "extension name|'spec' [with { … }] [as alias]" behind its keyword.
func (p *parser) extension(h *Decl) Stmt {
	d := &ExtensionDecl{Decl: *h}
	if p.tok.kind == tIdent {
		d.Spec = &Ref{p.ident("the name of the extension")}
	} else {
		d.Spec = p.stringOnly("the name or path of the extension")
	}
	if p.isWord("with") {
		d.Config = p.with()
	}
	if p.acceptWord("as") {
		d.Name = p.ident("the alias of the extension")
	}
	return d
}

// with parses "with { … }".
func (p *parser) with() *Object {
	p.expectWord("with")
	o, ok := p.braces(allowComplex).(*Object)
	if !ok {
		return &Object{Range: p.here(), Partial: true}
	}
	return o
}

// decorators parses the decorators of what follows, each of which ends its line.
func (p *parser) decorators() []Decorator {
	if p.tok.kind != tAt {
		return nil
	}
	from := len(p.marks)
	for p.tok.kind == tAt {
		p.marks = append(p.marks, p.decorator())
		if p.tok.kind != tNewline && !p.failed {
			p.note(p.tok, "the compiler wants a line break behind a decorator")
		}
		p.newlines()
	}
	return cut(&p.marks, from)
}

func (p *parser) decorator() Decorator {
	start := p.tok.start
	p.next()
	first := p.tok.start
	e := p.decoratorStep(nil, first)
	for n := 0; p.tok.kind == tDot; n++ {
		p.link(n)
		p.next()
		e = p.decoratorStep(e, first)
	}
	return Decorator{p.since(start), p.settle(e)}
}

// decoratorStep parses one name of a decorator, with its arguments if there are any.
func (p *parser) decoratorStep(target Expr, start int32) Expr {
	name := p.ident("the name of a decorator")
	switch {
	case p.tok.kind == tLParen:
		args := p.arguments(allowComplex)
		return &Call{p.since(start), target, name, args}
	case target == nil:
		return &Ref{name}
	}
	return &Access{p.since(start), target, name, false}
}
