package bicep

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// resourceRef is a mention of a resource or module: db, loop[i], parent::child.
type resourceRef struct {
	*resourceSymbol
	index expr.Expr // of one in a loop
	at    source.Span
}

// resource finds what a mention means; its symbol is nil when x is no mention of a resource.
func (lo *lowerer) resource(x Expr, sc *scope) resourceRef {
	switch x := x.(type) {
	case *Ref:
		if bound := sc.find(x.Name); bound != nil {
			return resourceRef{bound.resource, nil, lo.span(x)}
		}
		if s := lo.symbols[x.Name]; s != nil && s.resource != nil {
			return resourceRef{s.resource, nil, lo.span(x)}
		}
	case *Paren:
		return lo.resource(x.Inner, sc)
	case *NonNull:
		return lo.resource(x.Operand, sc)
	case *Index:
		if r := lo.resource(x.Target, sc); r.resourceSymbol != nil && r.loop != nil && r.index == nil {
			return resourceRef{r.resourceSymbol, lo.expr(x.Index, sc), lo.span(x)}
		}
	case *NestedAccess:
		if r := lo.resource(x.Target, sc); r.resourceSymbol != nil {
			return resourceRef{r.child(x.Name.Name), r.index, lo.span(x)}
		}
	}
	return resourceRef{}
}

// key is the symbolic name, with the index in brackets: how deployments refer to one resource of a loop.
func (r resourceRef) name() expr.Expr {
	if r.index == nil {
		return expr.String(r.key, r.at)
	}
	return call(r.at, "format", expr.String(r.key+"[{0}]", r.at), r.index)
}

// reference is the resource at run time: its properties, or with full all of it.
func (lo *lowerer) reference(r resourceRef, full bool, _ *scope) expr.Expr {
	if r.loop != nil && r.index == nil {
		c := call(r.at, "references", expr.String(r.key, r.at))
		if full && !r.module {
			c.Args = append(c.Args, expr.String("full", r.at))
		}
		return c
	}
	c := call(r.at, "reference", r.name())
	if full && !r.module {
		c.Args = append(c.Args, expr.String("", r.at), expr.String("full", r.at))
	}
	return c
}

// chain lowers a member access. It reports whether the result is a tryGet that a following access joins: a safe access
// that finds nothing ends the whole rest of the chain.
func (lo *lowerer) chain(x Expr, sc *scope) (expr.Expr, bool) {
	switch x := x.(type) {
	case *NonNull:
		return lo.chain(x.Operand, sc)
	case *Access:
		return lo.access(x, sc)
	case *Index:
		if r := lo.resource(x, sc); r.resourceSymbol != nil {
			return lo.reference(r, true, sc), false
		}
		return lo.indexed(x, sc)
	case *NestedAccess:
		if r := lo.resource(x, sc); r.resourceSymbol != nil {
			return lo.reference(r, true, sc), false
		}
		return unknown, false
	}
	return lo.expr(x, sc), false
}

func (lo *lowerer) access(x *Access, sc *scope) (expr.Expr, bool) {
	at := lo.span(x)
	if r := lo.resource(x.Target, sc); r.resourceSymbol != nil {
		return lo.resourceMember(r, x, sc)
	}
	if v := lo.outputOf(x, sc); v != nil {
		return v, false
	}
	if ref, ok := x.Target.(*Ref); ok && sc.find(ref.Name) == nil {
		if s := lo.symbols[ref.Name]; s != nil && s.from != nil && s.name == "" {
			return s.from.exported(x.Name.Name, at), false
		}
	}
	return lo.step(x.Target, expr.String(x.Name.Name, lo.span(x.Name)), x.Safe, at, sc)
}

// step is one link of a chain.
func (lo *lowerer) step(target Expr, key expr.Expr, safe bool, at source.Span, sc *scope) (expr.Expr, bool) {
	base, joined := lo.chain(target, sc)
	switch {
	case safe:
		return call(at, "tryGet", base, key), true
	case joined:
		c := base.(*expr.Call)
		return call(at, "tryGet", append(append([]expr.Expr(nil), c.Args...), key)...), true
	}
	return &expr.Index{Base: base, Key: key, At: at}, false
}

func (lo *lowerer) indexed(x *Index, sc *scope) (expr.Expr, bool) {
	at := lo.span(x)
	key := lo.expr(x.Index, sc)
	if !x.FromEnd {
		return lo.step(x.Target, key, x.Safe, at, sc)
	}
	name := "indexFromEnd"
	if x.Safe {
		name = "tryIndexFromEnd"
	}
	base, _ := lo.chain(x.Target, sc)
	return call(at, name, base, key), false
}

// resourceMember is id, name, type and apiVersion, which are declared, and everything else, which is there at run time.
func (lo *lowerer) resourceMember(r resourceRef, x *Access, sc *scope) (expr.Expr, bool) {
	at := lo.span(x)
	name := x.Name.Name
	if x.Safe {
		return lo.safeMember(r, x, sc), true
	}
	switch name {
	case "name":
		return call(at, "declaredName", r.name()), false
	case "id", "type", "apiVersion":
		return &expr.Index{Base: call(at, "resourceInfo", r.name()), Key: expr.String(name, at), At: at}, false
	case "properties":
		return lo.reference(r, false, sc), false
	case "outputs":
		return &expr.Index{Base: lo.reference(r, false, sc), Key: expr.String(name, at), At: at}, false
	}
	return &expr.Index{Base: lo.reference(r, true, sc), Key: expr.String(name, at), At: at}, false
}

// safeMember is null where the condition of the resource is false.
func (lo *lowerer) safeMember(r resourceRef, x *Access, sc *scope) expr.Expr {
	at := lo.span(x)
	base := lo.reference(r, true, sc)
	key := expr.String(x.Name.Name, lo.span(x.Name))
	if x.Name.Name == "properties" && r.cond == nil {
		return call(at, "tryGet", lo.reference(r, true, sc), key)
	}
	if r.cond != nil {
		base = call(at, "if", lo.expr(r.cond, lo.loopScope(r, sc)), base, expr.Literal{Value: value.NullValue.At(at)})
	}
	return call(at, "tryGet", base, key)
}

// loopScope binds the loop variables of a resource that is referred to by index.
func (lo *lowerer) loopScope(r resourceRef, _ *scope) *scope {
	if r.loop == nil || r.index == nil {
		return nil
	}
	var inner *scope
	list := lo.expr(r.loop.List, nil)
	if r.loop.Item.Name != "" {
		inner = inner.with(r.loop.Item.Name, &expr.Index{Base: list, Key: r.index, At: r.at})
	}
	if r.loop.Index.Name != "" {
		inner = inner.with(r.loop.Index.Name, r.index)
	}
	return inner
}

// outputOf recognises module.outputs.name, also reached safely; nil for everything else.
func (lo *lowerer) outputOf(x *Access, sc *scope) expr.Expr {
	outputs, ok := unwrap(x.Target).(*Access)
	if !ok || outputs.Name.Name != "outputs" {
		return nil
	}
	r := lo.resource(outputs.Target, sc)
	if r.resourceSymbol == nil || !r.module {
		return nil
	}
	at := lo.span(x)
	name, val := expr.String(x.Name.Name, lo.span(x.Name)), expr.String("value", at)
	base := lo.reference(r, false, sc)
	key := expr.String("outputs", at)
	if outputs.Safe && r.cond != nil {
		base = call(at, "if", lo.expr(r.cond, lo.loopScope(r, sc)), base, expr.Literal{Value: value.NullValue.At(at)})
	}
	switch {
	case outputs.Safe && x.Safe:
		return call(at, "tryGet", call(at, "tryGet", call(at, "tryGet", base, key), name), val)
	case outputs.Safe:
		return call(at, "tryGet", base, key, name, val)
	case x.Safe:
		return call(at, "tryGet", call(at, "tryGet", &expr.Index{Base: base, Key: key, At: at}, name), val)
	}
	return &expr.Index{Base: &expr.Index{Base: &expr.Index{Base: base, Key: key, At: at}, Key: name, At: at}, Key: val, At: at}
}

func unwrap(x Expr) Expr {
	for {
		n, ok := x.(*NonNull)
		if !ok {
			return x
		}
		x = n.Operand
	}
}

// call lowers a function call: of the language, of the file, of an import, or on a resource.
func (lo *lowerer) call(x *Call, sc *scope) expr.Expr {
	at := lo.span(x)
	if x.Target != nil {
		return lo.methodCall(x, sc)
	}
	name := x.Name.Name
	if s := lo.symbols[name]; s != nil {
		if f := lo.userFunction(s, name); f != "" {
			return call(at, f, lo.args(x.Args, sc)...)
		}
	}
	return lo.builtin(x, sc)
}

// userFunction returns the full name of the function that a symbol is; "" when it is something else.
func (lo *lowerer) userFunction(s *symbol, name string) string {
	switch {
	case s.from != nil && s.name != "":
		return s.from.exportedFunction(s.name)
	default:
		if _, ok := s.decl.(*FuncDecl); ok {
			return lo.functionName(name)
		}
	}
	return ""
}

func (lo *lowerer) args(list []Expr, sc *scope) []expr.Expr {
	out := make([]expr.Expr, len(list))
	for i, a := range list {
		out[i] = lo.expr(a, sc)
	}
	return out
}

func (lo *lowerer) builtin(x *Call, sc *scope) expr.Expr {
	at := lo.span(x)
	name := x.Name.Name
	switch {
	case name == "any" && len(x.Args) == 1:
		return lo.expr(x.Args[0], sc)
	case name == "nameof" && len(x.Args) == 1:
		return expr.String(lastName(x.Args[0]), at)
	case strings.HasPrefix(name, "load"):
		return lo.load(x, sc)
	case name == "getSecret" && lo.file.Parameters:
		return call(at, "secretReference")
	}
	return call(at, name, lo.args(x.Args, sc)...)
}

func lastName(x Expr) string {
	switch x := x.(type) {
	case *Ref:
		return x.Name
	case *Access:
		return x.Name.Name
	case *NestedAccess:
		return x.Name.Name
	case *Index:
		if name := literal(x.Index); name != "" {
			return name
		}
		return lastName(x.Target)
	case *NonNull:
		return lastName(x.Operand)
	}
	return ""
}

// load reads a file when the template is read, as the compiler does.
func (lo *lowerer) load(x *Call, sc *scope) expr.Expr {
	at := lo.span(x)
	var values []value.Value
	for _, a := range x.Args {
		values = append(values, lo.atCompileTime(a, sc, 0))
	}
	if len(values) > 0 {
		if path, ok := values[0].Text(); ok {
			if v, ok := lo.files.Load(at, x.Name.Name, path, values[1:]); ok {
				return expr.Literal{Value: v.At(at)}
			}
		}
	}
	return expr.Literal{Value: value.NewUnknown(x.Name.Name + "()").At(at)}
}

// atCompileTime is an argument that has to be known when the file is compiled: a literal, a variable that is one, or a
// string made of them.
func (lo *lowerer) atCompileTime(x Expr, sc *scope, depth int) value.Value {
	if ref, ok := x.(*Ref); ok && sc.find(ref.Name) == nil && depth < maxTypeDepth {
		if s := lo.symbols[ref.Name]; s != nil {
			if d, ok := s.decl.(*VarDecl); ok {
				return s.constant.get(func() value.Value { return lo.atCompileTime(d.Value, nil, depth+1) })
			}
		}
		return value.Value{}
	}
	text, ok := x.(*String)
	if !ok {
		lit, _ := lo.expr(x, sc).(expr.Literal)
		return lit.Value
	}
	pieces := make([]value.Value, len(text.Parts))
	for i, p := range text.Parts {
		if pieces[i] = value.OfString(p.Text); p.Hole != nil {
			pieces[i] = lo.atCompileTime(p.Hole, sc, depth+1)
		}
	}
	return value.Template(pieces...)
}

// methodCall is sys.f(), az.f(), namespace.f(), resource.listKeys() and vault.getSecret().
func (lo *lowerer) methodCall(x *Call, sc *scope) expr.Expr {
	at := lo.span(x)
	if ref, ok := x.Target.(*Ref); ok && sc.find(ref.Name) == nil {
		s := lo.symbols[ref.Name]
		switch {
		case s == nil && (ref.Name == "sys" || ref.Name == "az"):
			return lo.builtin(x, sc)
		case s != nil && s.from != nil && s.name == "":
			if f := s.from.exportedFunction(x.Name.Name); f != "" {
				return call(at, f, lo.args(x.Args, sc)...)
			}
			return unknown
		}
	}
	r := lo.resource(x.Target, sc)
	if r.resourceSymbol == nil {
		return call(at, x.Name.Name, lo.args(x.Args, sc)...)
	}
	if x.Name.Name == "getSecret" {
		return call(at, "secretReference")
	}
	id := &expr.Index{Base: call(at, "resourceInfo", r.name()), Key: expr.String("id", at), At: at}
	return call(at, x.Name.Name, append([]expr.Expr{id}, lo.args(x.Args, sc)...)...)
}
