package bicep

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
)

// resources lowers the resources and modules of the file.
func (lo *lowerer) resources() []*template.Resource {
	list := []*template.Resource{}
	for _, st := range lo.file.Statements {
		sym := lo.symbols[st.Header().Name.Name]
		if sym == nil || sym.resource == nil || sym.decl != st {
			continue
		}
		switch d := st.(type) {
		case *ResourceDecl:
			if r := lo.declaration(d, sym.resource, nil, nil); r != nil {
				list = append(list, r)
			}
		case *ModuleDecl:
			list = append(list, lo.module(d, sym.resource))
		}
	}
	lo.hideExisting()
	return list
}

// hideExisting marks the resources that the compiled template leaves out.
func (lo *lowerer) hideExisting() {
	hidden, known := false, false
	for d, r := range lo.decls {
		if !d.Existing {
			continue
		}
		if !known {
			hidden, known = !lo.listsExisting(), true
		}
		r.Unlisted = hidden
	}
}

// body is the object of a resource or module with the scope in which its loop's variables are bound.
type body struct {
	object *Object
	sc     *scope
	props  map[string]*Property
}

// common lowers what resources and modules have in common: loop, condition, name.
func (lo *lowerer) common(sym *resourceSymbol, outer *scope, out *template.Resource) body {
	b := body{object: sym.object, sc: outer, props: map[string]*Property{}}
	if sym.loop != nil {
		inner, count := lo.bindLoop(sym.loop, sym.key, outer)
		b.sc = inner
		out.Copy = &template.Copy{Name: sym.key, Count: count, Site: lo.span(sym.loop.List)}
	}
	if sym.cond != nil {
		out.Condition = lo.expr(sym.cond, b.sc)
	}
	if b.object == nil {
		return b
	}
	for _, item := range b.object.Items {
		if p, ok := item.(*Property); ok {
			b.props[strings.ToLower(p.Key.Name)] = p
		}
	}
	if p := b.props["name"]; p != nil {
		out.Name = lo.expr(p.Value, b.sc)
	}
	return b
}

// header is what to underline when a property is absent: from the symbolic name to the type or path.
func (lo *lowerer) header(name Ident, typ Expr) source.Span { return lo.span(name.to(typ)) }

// declaration lowers a resource and the children within it. It answers nil for resources of other providers than Azure.
func (lo *lowerer) declaration(d *ResourceDecl, sym *resourceSymbol, parent *template.Resource, outer *scope) *template.Resource {
	if r := lo.decls[d]; r != nil {
		return r
	}
	if typ, version, ok := graphType(d, parent); ok {
		return lo.graphResource(d, sym, parent, outer, typ, version)
	}
	typ, version, versioned := strings.Cut(literal(d.Type), "@")
	if parent == nil && (strings.Count(typ, "/") < 1 && versioned || versioned && !isDate(version)) {
		return nil
	}
	r := &template.Resource{
		Symbol: sym.key, Type: typ, Existing: d.Existing, Header: lo.header(d.Name, d.Type), Parent: parent,
		Nested: parent != nil, Inherits: parent != nil,
	}
	lo.decls[d] = r
	switch {
	case versioned:
		at := lo.span(d.Type)
		at.Start, at.End = at.Start+1+len(typ)+1, at.End-1
		r.APIVersion = expr.String(version, at)
	case parent != nil:
		r.APIVersion = parent.APIVersion
	}
	b := lo.common(sym, outer, r)
	b.sc = b.sc.withChildren(sym)
	lo.place(r, b)
	if parent == nil {
		lo.parentOf(r, b)
	} else if strings.Contains(typ, ".") {
		r.Type = typ[strings.LastIndexByte(typ, '/')+1:]
	}
	respell(r)
	if strings.EqualFold(typ, "Microsoft.Resources/deployments") && !d.Existing {
		r.Module = lo.rawDeployment(r, b)
	}
	r.Body = lo.resourceBody(b, meta)
	lo.nested(r, sym, b)
	return r
}

// isDate reports whether an API version is one of Azure's: "2024-05-15", "2024-05-15-preview". Extensions have others.
func isDate(version string) bool {
	return len(version) >= 10 && version[4] == '-' && strings.Trim(version[:4], "0123456789") == ""
}

// withChildren binds the names of the resources in a body: they can be used anywhere in it.
func (s *scope) withChildren(sym *resourceSymbol) *scope {
	if sym.object == nil {
		return s
	}
	for _, item := range sym.object.Items {
		if d, ok := item.(*ResourceDecl); ok {
			s = &scope{name: d.Name.Name, resource: sym.child(d.Name.Name), next: s}
		}
	}
	return s
}

// nested lowers the children within a body.
func (lo *lowerer) nested(r *template.Resource, sym *resourceSymbol, b body) {
	if b.object == nil {
		return
	}
	var children []*template.Resource
	for _, item := range b.object.Items {
		if d, ok := item.(*ResourceDecl); ok {
			if c := lo.declaration(d, sym.child(d.Name.Name), r, b.sc); c != nil {
				children = append(children, c)
			}
		}
	}
	if children != nil {
		r.Children = func() []*template.Resource { return children }
	}
}

// meta are the properties that say what a resource is, not how it is configured.
var meta = map[string]bool{"name": true, "parent": true, "scope": true, "dependson": true}

// resourceBody is what is sent to the service: all but the properties in without.
func (lo *lowerer) resourceBody(b body, without map[string]bool) *expr.Object {
	open := expr.Member{Key: unknown, Value: unknown}
	if b.object == nil { // it could not be parsed
		return &expr.Object{Members: []expr.Member{open}}
	}
	o := &expr.Object{At: lo.span(b.object)}
	for _, item := range b.object.Items {
		if p, ok := item.(*Property); ok && !without[strings.ToLower(p.Key.Name)] {
			o.Members = append(o.Members, lo.member(p, b.sc))
		}
	}
	if b.object.Partial {
		o.Members = append(o.Members, open)
	}
	return o
}

// parentOf follows parent: to the declaration, in this file, that the resource is a child of.
func (lo *lowerer) parentOf(r *template.Resource, b body) {
	p := b.props["parent"]
	if p == nil {
		return
	}
	ref := lo.resource(p.Value, b.sc)
	if ref.resourceSymbol == nil {
		return
	}
	decl := lo.declarationOf(ref.resourceSymbol)
	if decl == nil || isWithin(decl, r) {
		return
	}
	r.Parent, r.ParentIndex = decl, ref.index
	r.Type = r.Type[strings.LastIndexByte(r.Type, '/')+1:]
}

// isWithin reports whether a declaration is another one or has it among its parents.
func isWithin(decl, other *template.Resource) bool {
	for ; decl != nil; decl = decl.Parent {
		if decl == other {
			return true
		}
	}
	return false
}

// declarationOf returns the lowered declaration of a symbol, lowering those that it is nested in first.
func (lo *lowerer) declarationOf(sym *resourceSymbol) *template.Resource {
	d, ok := sym.decl.(*ResourceDecl)
	if !ok {
		return nil
	}
	if sym.parent != nil && lo.declarationOf(sym.parent) == nil {
		return nil
	}
	return lo.declaration(d, sym, nil, nil)
}

// place lowers scope: another resource for an extension resource, else a resource group, subscription, …
func (lo *lowerer) place(r *template.Resource, b body) {
	p := b.props["scope"]
	if p == nil {
		return
	}
	at := lo.span(p.Value)
	if ref := lo.resource(p.Value, b.sc); ref.resourceSymbol != nil {
		if isResourceGroup(ref) {
			r.Group = call(at, "declaredName", ref.name())
			return
		}
		r.Scope = &expr.Index{Base: call(at, "resourceInfo", ref.name()), Key: expr.String("id", at), At: at}
		return
	}
	c, ok := p.Value.(*Call)
	if !ok {
		r.Scope = &expr.Index{Base: lo.expr(p.Value, b.sc), Key: expr.String("id", at), At: at}
		return
	}
	args := lo.args(c.Args, b.sc)
	switch name := c.Name.Name; {
	case name == "resourceGroup" && len(args) == 1:
		r.Group = args[0]
	case name == "resourceGroup" && len(args) == 2:
		r.SubscriptionID, r.Group = args[0], args[1]
	case name == "subscription" && len(args) == 1:
		r.SubscriptionID = args[0]
	case name == "managementGroup" && len(args) == 1:
		r.Scope = call(at, "tenantResourceId", expr.String("Microsoft.Management/managementGroups", at), args[0])
	case name == "tenant":
		r.Scope = expr.String("/", at)
	case name == "resourceGroup":
	default: // subscription(), managementGroup()
		r.Scope = &expr.Index{Base: lo.expr(p.Value, b.sc), Key: expr.String("id", at), At: at}
	}
}

func isResourceGroup(ref resourceRef) bool {
	d, ok := ref.decl.(*ResourceDecl)
	return ok && strings.HasPrefix(strings.ToLower(literal(d.Type)), "microsoft.resources/resourcegroups@")
}

// module lowers a module call to the deployment that it becomes.
func (lo *lowerer) module(d *ModuleDecl, sym *resourceSymbol) *template.Resource {
	header := lo.header(d.Name, d.Path)
	r := &template.Resource{Symbol: sym.key, Type: "Microsoft.Resources/deployments", Header: header}
	b := lo.common(sym, nil, r)
	lo.place(r, b)
	if r.Name == nil {
		r.Name = generatedName(sym, header)
	}
	ref := literal(d.Path)
	m := &template.Module{Source: ref, Header: header}
	var t *template.Template
	loaded := false
	m.Load = func() *template.Template {
		if !loaded && !cutShort(d, b) {
			loaded, t = true, lo.moduleOf(d, r.Name)
		}
		return t
	}
	if p := b.props["params"]; p != nil {
		m.Arguments = lo.arguments(p.Value, b.sc)
	}
	r.Module = m
	return r
}

// cutShort reports whether part of a module call could not be parsed: an argument may be missing, and a default must not
// be taken in its place.
func cutShort(d *ModuleDecl, b body) bool {
	params, _ := propertyValue(b.props["params"]).(*Object)
	return d.Broken || b.object == nil || b.object.Partial || params != nil && params.Partial
}

// moduleOf loads the template of a module, whose deployment has the given name.
func (lo *lowerer) moduleOf(d *ModuleDecl, name expr.Expr) *template.Template {
	return lo.files.Module(lo.file.Source, literal(d.Path), func() *template.Template {
		return lo.compiledModule(lo.symbols[d.Name.Name].resource, name)
	})
}

// generatedName is the name that the compiler gives to a module without one.
func generatedName(sym *resourceSymbol, at source.Span) expr.Expr {
	key := expr.String(sym.key, at)
	unique := call(at, "uniqueString", key,
		&expr.Index{Base: call(at, "deployment"), Key: expr.String("name", at), At: at})
	if sym.loop == nil {
		return call(at, "format", expr.String(sym.key+"-{0}", at), unique)
	}
	return call(at, "format", expr.String(sym.key+"-{0}-{1}", at), call(at, "copyIndex"), unique)
}

func (lo *lowerer) arguments(x Expr, sc *scope) []template.Argument {
	object, ok := x.(*Object)
	if !ok {
		return nil
	}
	var args []template.Argument
	for _, item := range object.Items {
		p, ok := item.(*Property)
		if !ok {
			continue
		}
		args = append(args, template.Argument{
			Name: p.Key.Name, Site: lo.span(p), Value: lo.lazy(p.Value, func() expr.Expr { return lo.value(p.Value, "value", sc) }),
		})
	}
	return args
}

// rawDeployment is a nested deployment written as a resource. Its template cannot be looked into, unless it has no
// resources: such deployments only count who uses a module.
func (lo *lowerer) rawDeployment(r *template.Resource, b body) *template.Module {
	m := &template.Module{Source: "inline template", Header: r.Header, Load: func() *template.Template { return nil }}
	props, _ := propertyValue(b.props["properties"]).(*Object)
	inline, _ := propertyValue(find(props, "template")).(*Object)
	if list, ok := propertyValue(find(inline, "resources")).(*Array); ok && len(list.Items) == 0 {
		empty := &template.Template{File: lo.file.Source, Dialect: Dialect}
		m.Load = func() *template.Template { return empty }
	}
	return m
}

func propertyValue(p *Property) Expr {
	if p == nil {
		return nil
	}
	return p.Value
}

func find(o *Object, name string) *Property {
	if o == nil {
		return nil
	}
	for _, item := range o.Items {
		if p, ok := item.(*Property); ok && strings.EqualFold(p.Key.Name, name) {
			return p
		}
	}
	return nil
}
