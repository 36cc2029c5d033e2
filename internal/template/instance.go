package template

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// instance is a template evaluated with one set of arguments. It is the scope of the template's expressions.
type instance struct {
	run    *run
	t      *Template
	caller *instance // nil for the root
	call   *entity   // the deployment resource that makes it; nil for the root
	// eval evaluates the template's expressions: in this scope, or in the caller's for an outer-scoped nested template.
	eval *expr.Evaluator
	// argEval evaluates what the caller passes.
	argEval *expr.Evaluator

	args      map[string]*Argument // by lower-case name, as the rest
	params    map[string]*paramCell
	vars      map[string]*varCell
	functions map[string]*Function

	path  string // of module calls, as people name them
	calls []source.Span
	depth int

	level      Level
	sub, group value.Value // subscription id and name of the resource group

	decls    []*Resource
	symbols  map[string]*Resource
	entities map[*Resource]*entityList
	index    *nameIndex // see names
	outputs  map[*Output]*value.Lazy
}

type paramCell struct {
	value.Lazy
	p *Parameter
}

type varCell struct {
	value.Lazy
	v *Variable
}

func (r *run) newInstance(t *Template, caller *instance, call *entity) *instance {
	in := &instance{run: r, t: t, caller: caller, call: call, level: t.Level,
		entities: map[*Resource]*entityList{}, outputs: map[*Output]*value.Lazy{}}
	if _, seen := r.reported[t]; !seen && t.Diagnostics != nil {
		r.reported[t] = len(r.reported)
	}
	in.eval = &expr.Evaluator{Scope: in, Budget: r.budget}
	if caller == nil {
		in.sub, in.group = known("subscription().subscriptionId"), known("resourceGroup().name")
		in.argEval = &expr.Evaluator{Scope: r.in.ArgumentScope, Budget: r.budget}
		in.setArguments(r.in.Arguments)
		if !r.in.Call.IsZero() {
			in.calls = []source.Span{r.in.Call}
		}
	} else {
		in.nest(caller, call)
	}
	in.params = make(map[string]*paramCell, len(t.Parameters))
	params := make([]paramCell, len(t.Parameters))
	for i, p := range t.Parameters {
		params[i].p = p
		in.params[strings.ToLower(p.Name)] = &params[i]
	}
	in.vars = make(map[string]*varCell, len(t.Variables))
	vars := make([]varCell, len(t.Variables))
	for i, v := range t.Variables {
		vars[i].v = v
		in.vars[strings.ToLower(v.Name)] = &vars[i]
	}
	in.functions = make(map[string]*Function, len(t.Functions))
	for _, f := range t.Functions {
		in.functions[strings.ToLower(f.Name)] = f
	}
	return in
}

// known is an unknown string that is not null.
func known(sym string) value.Value {
	v := value.NewUnknown(sym)
	v.NotNull = true
	return v
}

// nest makes in the instance of a module call.
func (in *instance) nest(caller *instance, call *entity) {
	m := call.decl.Module
	in.depth = caller.depth + 1
	in.path, in.calls = call.path, append(append([]source.Span(nil), caller.calls...), m.Header)
	in.argEval = call.eval
	in.sub, in.group = caller.sub, caller.group
	if call.decl.SubscriptionID != nil {
		in.sub = call.eval.Eval(call.decl.SubscriptionID)
	}
	if call.decl.Group != nil {
		in.group = call.eval.Eval(call.decl.Group)
	}
	in.setArguments(m.Arguments)
	if m.Outer {
		in.eval = call.eval
	}
}

func (in *instance) setArguments(args []Argument) {
	in.args = make(map[string]*Argument, len(args))
	for i := range args {
		in.args[strings.ToLower(args[i].Name)] = &args[i]
	}
}

// parameter returns the value of a parameter: what the caller or the parameter file gives, else the default, else null
// for a nullable one, else one of the allowed values, else an unknown. Null selects the default.
func (in *instance) parameter(name string) value.Value {
	c := in.params[strings.ToLower(name)]
	if c == nil {
		return value.NewUnknown(in.qualify("parameters('" + name + "')"))
	}
	return in.run.once(&c.Lazy, "parameter '"+c.p.Name+"'", c.p.Site, func() value.Value {
		v := in.given(c.p)
		if c.p.Secure() {
			v = v.AsSecretOf(in.qualify("parameters('" + c.p.Name + "')"))
		}
		return v
	})
}

func (in *instance) given(p *Parameter) value.Value {
	key := strings.ToLower(p.Name)
	if v, ok := in.run.in.Overrides[key]; ok && in.caller == nil {
		return v
	}
	arg := in.args[key]
	if arg == nil {
		return in.fallback(p)
	}
	if arg.Secret {
		v := known(in.qualify("parameters('" + p.Name + "')"))
		return v.AsSecret()
	}
	origin := value.Origin{Kind: value.FromArgument, Name: p.Name, In: in.path, Span: arg.Site}
	if in.caller == nil {
		origin.Kind = value.FromFile
	}
	v := in.argEval.Eval(arg.Value)
	return in.orDefault(p, v, origin)
}

// orDefault replaces null, where it is or may be the argument, by what the parameter has without an argument.
func (in *instance) orDefault(p *Parameter, v value.Value, origin value.Origin) value.Value {
	if v.IsUnset() {
		return in.fallback(p)
	}
	alternatives := v.Alternatives()
	cases := make([]value.Value, 0, len(alternatives)+1)
	mayBeNull := false
	for _, c := range alternatives {
		mayBeNull = mayBeNull || c.IsUnset() || expr.Nullable(c)
		if !c.IsUnset() {
			cases = append(cases, c.Via(origin))
		}
	}
	if mayBeNull && (p.Default != nil || p.Nullable && len(cases) < len(alternatives)) {
		cases = append(cases, in.fallback(p))
	}
	if len(cases) == 1 {
		return cases[0]
	}
	u := value.OneOf(v.Sym(), cases...).SpelledAs(v)
	u.From = &origin
	return u.WithDeps(v.Deps()...)
}

// fallback is the value of a parameter that nobody gives. A default that breaks the parameter's own validation cannot be
// deployed: the parameter is then waiting for a value.
func (in *instance) fallback(p *Parameter) value.Value {
	if p.Default != nil {
		v := in.eval.In(in).Eval(p.Default)
		if in.permits(p, v) {
			if in.caller == nil {
				in.run.touched.Add(p.Name)
			}
			if v.Kind == value.Unknown && v.Sym() == "" && v.Parts() == nil && len(v.Cases()) == 0 {
				v = v.Named(in.qualify("parameters('" + p.Name + "')")) // newGuid(): the same wherever it is used
			}
			origin := value.Origin{Kind: value.FromDefault, Name: p.Name, In: in.path, Span: p.DefaultSite}
			if in.call != nil {
				origin.Call = in.call.decl.Module.Header
			}
			return v.Via(origin)
		}
	} else if p.Nullable {
		return value.NullValue.Via(value.Origin{Kind: value.FromDefault, Name: p.Name, In: in.path})
	}
	return in.open(p)
}

func (in *instance) permits(p *Parameter, v value.Value) bool {
	if p.NotEmpty {
		text, isText := v.Text()
		if isText && text == "" || v.Kind == value.Array && !v.Open && len(v.Elems()) == 0 {
			return false
		}
	}
	if p.Allowed == nil || p.Type == "array" {
		return true
	}
	for _, a := range in.eval.In(in).Eval(p.Allowed).Elems() {
		if value.Equal(a, v) != value.False {
			return true
		}
	}
	return false
}

// open is the value of a parameter that has to be given but is not.
func (in *instance) open(p *Parameter) value.Value {
	sym := in.qualify("parameters('" + p.Name + "')")
	var deps []string
	if in.caller == nil {
		deps = []string{p.Name}
	}
	if p.Allowed != nil && p.Type != "array" {
		if cases := in.eval.In(in).Eval(p.Allowed).Elems(); len(cases) > 0 {
			return value.OneOf(sym, cases...).WithDeps(deps...)
		}
	}
	v := value.NewUnknown(sym, deps...)
	v.NotNull = !p.Nullable
	return v
}

// qualify makes a name that is unknown in a module differ from the same name elsewhere.
func (in *instance) qualify(sym string) string {
	if in.caller == nil {
		return sym
	}
	return "module('" + in.path + "')." + sym
}

func (in *instance) variable(name string) value.Value {
	c := in.vars[strings.ToLower(name)]
	if c == nil {
		return value.NewUnknown(in.qualify("variables('" + name + "')"))
	}
	return in.run.once(&c.Lazy, "variable '"+c.v.Name+"'", c.v.Site, func() value.Value {
		v := in.eval.In(in).Eval(c.v.Value)
		return v.Via(value.Origin{Kind: value.FromVariable, Name: c.v.Name, In: in.path, Span: c.v.Site})
	})
}
