package bicep

// paramsDeclaration parses a statement of a .bicepparam file. It returns nil, without a step, if none begins here.
func (p *parser) paramsDeclaration(h *Decl) Stmt {
	switch p.text(p.tok) {
	case "using":
		return p.using(h)
	case "extends":
		p.next()
		return &ExtendsDecl{*h, p.stringOnly("the path of the base file as a string")}
	case "param":
		p.named(h, "the name of the parameter")
		return &ParamAssign{*h, p.assigned()}
	case "var":
		return p.variable(h)
	case "type":
		return p.typeDecl(h)
	case "import":
		return p.importDecl(h)
	case "extension":
		p.next()
		return p.extension(h)
	case "extensionConfig":
		p.named(h, "the alias of the extension")
		return &ExtensionConfigDecl{*h, p.with()}
	}
	return nil
}

// using parses "using 'path' [with { … }]" or "using none".
func (p *parser) using(h *Decl) Stmt {
	p.next()
	d := &UsingDecl{Decl: *h}
	if p.isWord("none") {
		d.Path = &Ref{p.ident("none")}
	} else {
		d.Path = p.stringOnly(`the path of the template as a string, or "none"`)
		p.plain(d.Path, "the path of the template")
	}
	if p.isWord("with") {
		d.Config = p.with()
	}
	return d
}
