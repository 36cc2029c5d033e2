package terraform

import (
	"path"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// module is one instance of a module: a directory evaluated with one set of arguments.
type module struct {
	run    *run
	dir    *directory
	caller *module // nil for the root
	call   *block  // the call that makes it; nil for the root
	args   *scope  // what the arguments are evaluated in

	path   string // Terraform's address: `module.db["a"]`; "" for the root
	static string // the same without keys: "module.db"
	key    string // as modules.json has it: "db.inner"
	calls  []source.Span
	depth  int

	exists    model.Presence
	condition value.Value

	scope     *scope
	variables map[string]*value.Lazy
	locals    map[string]*value.Lazy
	outputs   map[string]*value.Lazy
	resources map[string]*resource
	order     []*resource
	children  map[string]*moduleCall
}

func (r *run) newModule(dir *directory, caller *module, call *block) *module {
	m := &module{
		run: r, dir: dir, caller: caller, call: call, variables: map[string]*value.Lazy{}, locals: map[string]*value.Lazy{},
		outputs: map[string]*value.Lazy{}, resources: map[string]*resource{}, children: map[string]*moduleCall{},
	}
	m.scope = &scope{run: r, m: m, texts: dir.texts}
	for _, b := range dir.resources {
		res := &resource{m: m, decl: b}
		m.resources[res.name()] = res
		m.order = append(m.order, res)
		r.passwords = r.passwords || takesPasswords(b)
		r.lists = r.lists || b.labels[0] == azapiAction && b.attr("action") != nil
	}
	for _, b := range dir.calls {
		m.children[b.labels[0]] = &moduleCall{m: m, decl: b}
	}
	return m
}

// qualify makes a name that is unknown in a module differ from the same name elsewhere.
func (m *module) qualify(sym string) string {
	if m.path == "" {
		return sym
	}
	return m.path + "." + sym
}

func (m *module) variable(name string) value.Value {
	decl := m.dir.variables[name]
	if decl == nil {
		return m.elsewhere("var." + name)
	}
	c := m.variables[name]
	if c == nil {
		c = &value.Lazy{}
		m.variables[name] = c
	}
	return m.run.once(c, "variable '"+name+"'", decl.header, func() value.Value {
		v := m.given(name, decl)
		if isTrue(decl.expr("sensitive")) {
			v = deepSecret(v)
		}
		return v
	})
}

// elsewhere is what a name means that is declared in a file which is not here, if anywhere: the same wherever it is used.
func (m *module) elsewhere(name string) value.Value {
	m.run.mayFail++
	return value.NewUnknown(m.qualify(name))
}

// isTrue reports whether an argument of the language itself is literally true.
func isTrue(e hclsyntax.Expression) bool {
	lit, ok := e.(*hclsyntax.LiteralValueExpr)
	return ok && fromCty(lit.Val).Is(true)
}

func isFalse(e hclsyntax.Expression) bool {
	lit, ok := e.(*hclsyntax.LiteralValueExpr)
	return ok && fromCty(lit.Val).Is(false)
}

// given is the value of a variable: what the caller, a file or a flag gives, else the default, else an unknown. Null is a
// value, unless the variable is not nullable.
func (m *module) given(name string, decl *block) value.Value {
	v, origin, ok := m.argument(name, decl)
	if !ok {
		return m.fallback(name, decl)
	}
	converted, fits := typeOf(decl.expr("type")).apply(v)
	if !fits {
		m.run.problem("terraform-value", diag.Warning, origin.Span, "The value does not have the type that variable '"+name+"' is declared with.")
		return m.open(name, decl)
	}
	if !isFalse(decl.expr("nullable")) {
		return converted.Via(origin)
	}
	return m.withoutNull(name, decl, converted, origin)
}

// withoutNull replaces null, where it is or may be the argument, by the default.
func (m *module) withoutNull(name string, decl *block, v value.Value, origin value.Origin) value.Value {
	if v.IsUnset() {
		return m.fallback(name, decl)
	}
	var cases []value.Value
	null := false
	for _, c := range v.Alternatives() {
		if c.IsUnset() {
			null = true
			continue
		}
		cases = append(cases, c.Via(origin))
	}
	if !null {
		return v.Via(origin)
	}
	return oneOf(v.Sym(), append(cases, m.fallback(name, decl))...).WithDeps(v.Deps()...)
}

// argument is what is given to a variable from outside, if anything is.
func (m *module) argument(name string, decl *block) (value.Value, value.Origin, bool) {
	if m.caller != nil {
		a := m.call.attr(name)
		if a == nil {
			return value.Value{}, value.Origin{}, false
		}
		return m.args.eval(a.expr), value.Origin{Kind: value.FromArgument, Name: name, In: m.path, Span: a.site}, true
	}
	if v, ok := m.run.override(name); ok {
		return v, value.Origin{Kind: value.FromFile, Name: name}, true
	}
	given, ok := m.run.given[name]
	if !ok {
		return value.Value{}, value.Origin{}, false
	}
	origin := value.Origin{Kind: value.FromFile, Name: name, Span: given.site}
	literals := &scope{run: m.run, texts: map[string]*source.File{}}
	if given.isText {
		return literals.flag(given.text, decl), origin, true
	}
	if f := given.site.File; f != nil {
		literals.texts[f.Path] = f
	}
	return literals.eval(given.expr), origin, true
}

// flag reads what a flag gives: text for a variable of type string or of none, else an expression.
func (s *scope) flag(text string, decl *block) value.Value {
	e := decl.expr("type")
	if e == nil || hcl.ExprAsKeyword(reparse(e)) == "string" {
		return value.OfString(text)
	}
	parsed, ok := parseExpression(text, "", hcl.InitialPos)
	if !ok {
		return value.OfString(text)
	}
	return s.eval(parsed)
}

// fallback is the value of a variable that nobody gives. A default that breaks the variable's own validation cannot be
// deployed: the variable is then waiting for a value.
func (m *module) fallback(name string, decl *block) value.Value {
	a := decl.attr("default")
	if a == nil {
		return m.open(name, decl)
	}
	literals := &scope{run: m.run, texts: m.dir.texts}
	v, fits := typeOf(decl.expr("type")).apply(literals.eval(a.expr))
	if !fits {
		m.run.problem("terraform-value", diag.Warning, a.site, "The default does not have the type of the variable.")
		return m.open(name, decl)
	}
	if m.invalid(name, decl, v) {
		return m.open(name, decl)
	}
	origin := value.Origin{Kind: value.FromDefault, Name: name, In: m.path, Span: a.site}
	if m.caller == nil {
		m.run.touched.Add(name)
	} else {
		origin.Call = m.call.header
	}
	return v.Via(origin)
}

// open is the value of a variable that has to be given but is not.
func (m *module) open(name string, decl *block) value.Value {
	sym := m.qualify("var." + name)
	var deps []string
	if m.caller == nil {
		deps = []string{name}
	}
	if allowed := m.allowed(name, decl); len(allowed) > 0 {
		return oneOf(sym, allowed...).WithDeps(deps...)
	}
	v := value.NewUnknown(sym, deps...)
	v.NotNull = isFalse(decl.expr("nullable"))
	return v
}

// allowed are the values that a validation of the form contains([…], var.x) permits; none when there is no such.
func (m *module) allowed(name string, decl *block) []value.Value {
	for _, b := range decl.nested("validation") {
		call, ok := b.expr("condition").(*hclsyntax.FunctionCallExpr)
		if !ok || call.Name != "contains" || len(call.Args) != 2 {
			continue
		}
		list, isTuple := call.Args[0].(*hclsyntax.TupleConsExpr)
		ref, isRef := call.Args[1].(*hclsyntax.ScopeTraversalExpr)
		if !isTuple || !isRef || len(ref.Traversal) != 2 || ref.Traversal.RootName() != "var" {
			continue
		}
		if a, ok := ref.Traversal[1].(hcl.TraverseAttr); !ok || a.Name != name {
			continue
		}
		literals := &scope{run: m.run, texts: m.dir.texts}
		if v := literals.eval(list); v.Known() {
			return v.Elems()
		}
	}
	return nil
}

// invalid reports whether a value breaks a validation for certain, as far as that asks for nothing but the variable itself.
func (m *module) invalid(name string, decl *block, v value.Value) bool {
	itself := &scope{run: m.run, texts: m.dir.texts, names: map[string]value.Value{
		"var": value.OfObject(value.Field{Name: name, Value: v})}}
	failed, mayFail := m.run.failed, m.run.mayFail
	defer func() { m.run.failed, m.run.mayFail = failed, mayFail }()
	for _, b := range decl.nested("validation") {
		if e := b.expr("condition"); e != nil && asksOnlyFor(e, name) && itself.truth(itself.eval(e)) == value.False {
			return true
		}
	}
	return false
}

func asksOnlyFor(e hclsyntax.Expression, name string) bool {
	for _, t := range hclsyntax.Variables(e) {
		if got, ok := attrName(t, 1); !ok || got != name || t.RootName() != "var" {
			return false
		}
	}
	return true
}

func (m *module) local(name string) value.Value {
	a := m.dir.locals[name]
	if a == nil {
		return m.elsewhere("local." + name)
	}
	c := m.locals[name]
	if c == nil {
		c = &value.Lazy{}
		m.locals[name] = c
	}
	return m.run.once(c, "local '"+name+"'", a.site, func() value.Value {
		return m.scope.eval(a.expr).Via(value.Origin{Kind: value.FromVariable, Name: name, In: m.path, Span: a.site})
	})
}

func (m *module) output(name string) (value.Value, bool) {
	for _, b := range m.dir.outputs {
		if b.labels[0] == name {
			return m.outputValue(b), true
		}
	}
	return value.Value{}, false
}

func (m *module) outputValue(b *block) value.Value {
	name := b.labels[0]
	c := m.outputs[name]
	if c == nil {
		c = &value.Lazy{}
		m.outputs[name] = c
	}
	return m.run.once(c, "output '"+name+"'", b.header, func() value.Value {
		a := b.attr("value")
		if a == nil {
			return value.Value{}
		}
		v := m.scope.eval(a.expr)
		if isTrue(b.expr("sensitive")) {
			v = deepSecret(v)
		}
		return v.Via(value.Origin{Kind: value.FromOutput, Name: name, In: m.path, Span: a.site})
	})
}

// pathValue is path.module and its kin, relative to the root module: where Terraform runs.
func (m *module) pathValue(name string) value.Value {
	switch name {
	case "root", "cwd":
		return value.OfString(".")
	case "module":
		return value.OfString(relative(m.run.rootDir, m.dir.path))
	}
	return m.run.fail()
}

// relative is the way from one directory to another, both relative to the scan root.
func relative(from, to string) string {
	up := ""
	for from != "." && to != from && !within(to, from) {
		from, up = path.Dir(from), up+"../"
	}
	rest := to
	if from != "." {
		rest = to[min(len(to), len(from)):]
	}
	return path.Clean("./" + up + "./" + trimSlash(rest))
}

func within(dir, parent string) bool {
	return len(dir) > len(parent) && dir[:len(parent)] == parent && dir[len(parent)] == '/'
}

func trimSlash(s string) string {
	for len(s) > 0 && s[0] == '/' {
		s = s[1:]
	}
	return s
}
