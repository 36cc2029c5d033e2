package bicep

import (
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Files is what a Bicep file may reach: modules, imports, and files that it loads. Paths are relative to the scan root.
type Files interface {
	// Module returns the template that a module refers to from the file at from, or nil. The reference is a path or begins
	// with "br:", "br/", "ts:" or "ts/". Where there is nothing at it, the compiled template takes its place.
	Module(from *source.File, ref string, compiled Compiled) *template.Template
	// Bicep returns the syntax tree of the Bicep file that an import refers to, or nil.
	Bicep(from *source.File, ref string) *File
	// Load returns the value that one of the load functions, called at a place, gives for a path, and reports whether it is
	// known.
	Load(at source.Span, function, ref string, args []value.Value) (value.Value, bool)
	// Experimental reports whether the configuration of the file at from turns an experimental feature on.
	Experimental(from *source.File, feature string) bool
}

// Lower makes the template that a Bicep file means. Bicep's operators are calls of the ARM language. What the file was
// compiled to may be nil.
func Lower(f *File, problems []diag.Diagnostic, files Files, compiled Compiled) *template.Template {
	t := &template.Template{
		File: f.Source, Dialect: Dialect, Symbolic: true, Incomplete: f.Incomplete,
		Diagnostics: func() []diag.Diagnostic { return problems },
	}
	lo := &lowerer{file: f, files: files, t: t, imported: map[string]*lowerer{}, compiled: compiled}
	lo.declare()
	lo.statements()
	var list []*template.Resource
	t.Resources = func() []*template.Resource {
		if list == nil {
			list = lo.resources()
		}
		return list
	}
	return t
}

// lowerer makes one template, or the part of one that a file contributes which it imports from.
type lowerer struct {
	file     *File
	files    Files
	t        *template.Template
	prefix   string // of names that come from an imported file
	symbols  map[string]*symbol
	imported map[string]*lowerer // by reference, shared by all files of the template
	decls    map[*ResourceDecl]*template.Resource
	compiled Compiled // may be nil
	// library is what the imported file was compiled to, where that is all there is of it: it has no declarations.
	library *template.Template
	// base are the arguments of the parameter file that this one extends.
	base []template.Argument
}

// symbol is what a name of the file means.
type symbol struct {
	decl     Stmt
	from     *lowerer // whose declaration it is, for an imported name
	name     string   // there
	resource *resourceSymbol

	typ      lazily[typeInfo]    // of a type
	constant lazily[value.Value] // of a variable whose value the compiler needs
}

// lazily is a result that is computed once; one that depends on itself is the zero value.
type lazily[T any] struct {
	started bool
	result  T
}

func (l *lazily[T]) get(compute func() T) T {
	if !l.started {
		l.started = true
		l.result = compute()
	}
	return l.result
}

// resourceSymbol is a resource or module as other declarations refer to it.
type resourceSymbol struct {
	key    string // symbolic name: "a", or "a::b" for a child within a
	decl   Stmt
	object *Object // the body
	loop   *For
	cond   Expr
	parent *resourceSymbol // that it is nested in
	module bool
}

func (lo *lowerer) span(n Node) source.Span { return lo.file.Span(n) }

// declare collects the names of the file.
func (lo *lowerer) declare() {
	lo.symbols = make(map[string]*symbol, len(lo.file.Statements))
	lo.decls = map[*ResourceDecl]*template.Resource{}
	for _, st := range lo.file.Statements {
		name := st.Header().Name.Name
		switch st := st.(type) {
		case *ImportDecl:
			lo.declareImport(st)
		case *ResourceDecl:
			lo.symbols[name] = &symbol{decl: st, resource: newResourceSymbol(st, name, st.Body, nil)}
		case *ModuleDecl:
			lo.symbols[name] = &symbol{decl: st, resource: newResourceSymbol(st, name, st.Body, nil)}
		case *ParamDecl, *VarDecl, *TypeDecl, *FuncDecl, *ParamAssign, *ExtensionDecl: // the rest has names of its own
			lo.symbols[name] = &symbol{decl: st}
		}
	}
}

func newResourceSymbol(decl Stmt, key string, body Expr, parent *resourceSymbol) *resourceSymbol {
	s := &resourceSymbol{key: key, decl: decl, parent: parent}
	_, s.module = decl.(*ModuleDecl)
	if loop, ok := body.(*For); ok {
		s.loop, body = loop, loop.Body
	}
	if cond, ok := body.(*If); ok {
		s.cond, body = cond.Cond, cond.Body
	}
	s.object, _ = body.(*Object)
	return s
}

// child returns the declaration nested in s with that name.
func (s *resourceSymbol) child(name string) *resourceSymbol {
	if s.object == nil {
		return nil
	}
	for _, item := range s.object.Items {
		if r, ok := item.(*ResourceDecl); ok && r.Name.Name == name {
			return newResourceSymbol(r, s.key+"::"+name, r.Body, s)
		}
	}
	return nil
}

// declareImport binds imported names. What cannot be found stays unknown: most imports are types.
func (lo *lowerer) declareImport(d *ImportDecl) {
	ref := literal(d.From)
	from := lo.importFrom(ref)
	if d.Name.Name != "" {
		lo.symbols[d.Name.Name] = &symbol{decl: d, from: from}
	}
	for _, s := range d.Symbols {
		name := s.Alias.Name
		if name == "" {
			name = s.Original.Name
		}
		lo.symbols[name] = &symbol{decl: d, from: from, name: s.Original.Name}
	}
}

// importFrom makes the variables and functions of an imported file part of the template, under names of their own.
func (lo *lowerer) importFrom(ref string) *lowerer {
	f := lo.files.Bicep(lo.file.Source, ref)
	if f == nil {
		return lo.importCompiled(ref)
	}
	if from := lo.imported[f.Source.Path]; from != nil {
		return from
	}
	from := &lowerer{file: f, files: lo.files, t: lo.t, imported: lo.imported, prefix: "_" + itoa(len(lo.imported)+1) + "."}
	lo.imported[f.Source.Path] = from
	from.declare()
	from.variablesAndFunctions()
	return from
}

// literal returns the text of a string without holes.
func literal(x Expr) string {
	if s, ok := x.(*String); ok {
		text, _ := s.Literal()
		return text
	}
	return ""
}

// statements lowers everything but resources.
func (lo *lowerer) statements() {
	lo.variablesAndFunctions()
	for _, st := range lo.file.Statements {
		switch st := st.(type) {
		case *TargetScopeDecl:
			lo.t.Level = levels[literal(st.Value)]
		case *ParamDecl:
			lo.t.Parameters = append(lo.t.Parameters, lo.parameter(st))
		case *OutputDecl:
			lo.t.Outputs = append(lo.t.Outputs, lo.output(st))
		}
	}
}

var levels = map[string]template.Level{
	"resourceGroup": template.ResourceGroup, "subscription": template.Subscription,
	"managementGroup": template.ManagementGroup, "tenant": template.Tenant,
}

func (lo *lowerer) variablesAndFunctions() {
	for _, st := range lo.file.Statements {
		switch st := st.(type) {
		case *VarDecl:
			name := st.Name.Name
			lo.variable(name, st, st.Value)
		case *FuncDecl:
			lo.t.Functions = append(lo.t.Functions, lo.function(st))
		}
	}
}

// variable adds a variable; one whose statement is cut short is not known.
func (lo *lowerer) variable(name string, st Stmt, x Expr) {
	v := &template.Variable{Name: lo.prefix + name, Site: lo.span(st.Header().Name.to(x)), Value: unknown}
	if _, ok := st.(*ParamAssign); ok {
		v.Site = source.Span{} // the assignment is an argument, which has a place of its own
	}
	if !st.Header().Broken {
		v.Value = lo.lazy(x, func() expr.Expr { return lo.value(x, name, nil) })
	}
	lo.t.Variables = append(lo.t.Variables, v)
}

// to covers an identifier and what follows it.
func (i Ident) to(n Node) Range {
	if n == nil {
		return i.Range
	}
	return Range{i.Start, n.Where().End}
}

// lazy puts off the lowering of x until it is evaluated.
func (lo *lowerer) lazy(x Expr, lower func() expr.Expr) expr.Expr {
	if x == nil {
		return unknown
	}
	return &expr.Lazy{At: lo.span(x), Make: lower}
}

var unknown = expr.Literal{}

func (lo *lowerer) function(d *FuncDecl) *template.Function {
	f := &template.Function{Name: lo.functionName(d.Name.Name)}
	sc := &scope{}
	for _, p := range d.Params {
		f.Params = append(f.Params, p.Name.Name)
		sc = sc.with(p.Name.Name, &expr.Call{Name: "parameters", Args: []expr.Expr{expr.String(p.Name.Name, lo.span(p.Name))}})
	}
	f.Body = lo.lazy(d.Body, func() expr.Expr { return lo.expr(d.Body, sc) })
	return f
}

func (lo *lowerer) functionName(name string) string { return "__bicep." + lo.prefix + name }

func (lo *lowerer) output(d *OutputDecl) *template.Output {
	o := &template.Output{Name: d.Name.Name, Site: lo.span(d)}
	info := lo.typeOf(d.Type)
	o.Type, o.TypeSite = info.name, lo.plainType(d.Type)
	if hasDecorator(d.Decorators, "secure") || info.secure {
		o.Type = secured(info.name)
	}
	if o.Value = unknown; !d.Broken {
		name := d.Name.Name
		o.Value = lo.lazy(d.Value, func() expr.Expr { return lo.value(d.Value, name, nil) })
	}
	return o
}

// scope is the names that a loop, a lambda or a function binds, and those of the children in a resource's body.
type scope struct {
	name     string
	x        expr.Expr
	resource *resourceSymbol
	next     *scope
}

func (s *scope) with(name string, x expr.Expr) *scope { return &scope{name: name, x: x, next: s} }

// find returns what a name is bound to; nil when it is not bound.
func (s *scope) find(name string) *scope {
	for ; s != nil; s = s.next {
		if s.name == name {
			return s
		}
	}
	return nil
}
