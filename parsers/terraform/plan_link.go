package terraform

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// maxHops bounds how many variables and outputs lead from an argument to the resource that it refers to.
const maxHops = 32

// link gives the arguments of an instance that are not known until apply the identity of what the configuration says they
// refer to: the id of an account that is not made yet.
func (p *plan) link(in *Instance) {
	var modules []string // names of the module calls, without keys
	parts := strings.Split(withoutKeys(in.Address), ".")
	for len(parts) > 2 && parts[0] == "module" {
		modules, parts = append(modules, parts[1]), parts[2:]
	}
	decl := strings.Join(parts, ".")
	m := p.configuration(modules)
	for _, r := range m.Get("resources").Elems() {
		if address, _ := r.Get("address").Text(); address == decl {
			in.Config = withWritten(p.withoutComputed(in, r.Get("expressions")), r.Get("expressions"))
			in.Config = p.linked(in.Config, r.Get("expressions"), reference{modules: modules, from: in.Address, typ: in.Type}, 0)
			return
		}
	}
}

// withoutComputed leaves out what is not known because nobody has configured it: the service decides, as it does for
// configuration that is not planned. A block that is not in the plan's configuration may be a dynamic one, which is not kept
// there; only the configuration itself can tell.
func (p *plan) withoutComputed(in *Instance, exprs value.Value) value.Value {
	if exprs.Kind != value.Object {
		return in.Config
	}
	b := p.block(in.Address, in.Data)
	var fields []value.Field
	for _, f := range in.Config.Fields() {
		_, configured := exprs.Lookup(f.Name)
		if f.Value.Kind == value.Unknown && !configured && computedOnly(b, in.Type, f.Name) {
			continue
		}
		fields = append(fields, f)
	}
	return shaped(in.Config, value.OfObject(fields...))
}

// withWritten adds what is only written, by arguments that end in "_wo": a plan has null in their place, and only their
// expressions tell (https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only).
func withWritten(config, exprs value.Value) value.Value {
	t := &tree{}
	t.absorb(config)
	for _, e := range exprs.Fields() {
		if !strings.HasSuffix(e.Name, "_wo") || !config.Get(e.Name).IsUnset() {
			continue
		}
		f, _ := config.Lookup(e.Name)
		v := e.Value.Get("constant_value")
		if v.IsUnset() && !e.Value.Get("references").IsUnset() {
			v = value.Value{}
		}
		t.put(e.Name, v, f.Site, f.Site)
	}
	return like(config, t.object())
}

// computedOnly tells that an argument which a plan's configuration does not have is not configured. b is nil where the
// configuration is not at hand.
func computedOnly(b *block, typ, name string) bool {
	if b != nil {
		isName := func(n *block) bool { return blockType(n) == name }
		return b.attr(name) == nil && b.attr("dynamic") == nil && !slices.ContainsFunc(b.blocks, isName)
	}
	s := schemas[typ]
	return s != nil && slices.ContainsFunc(s.args, func(a arg) bool { return a.name == name && a.args == nil })
}

// configuration is the module that a path of calls leads to, as the plan has it.
func (p *plan) configuration(modules []string) value.Value {
	m := p.root.GetPath("configuration.root_module")
	for _, name := range modules {
		m = m.Get("module_calls").Get(name).Get("module")
	}
	return m
}

// linked walks a config and the expressions of its arguments.
func (p *plan) linked(config, exprs value.Value, at reference, depth int) value.Value {
	if depth > maxJSONDepth {
		return config
	}
	fields := make([]value.Field, len(config.Fields()))
	for i, f := range config.Fields() {
		at.argument = f.Name
		fields[i] = value.Field{Name: f.Name, Site: f.Site, Value: p.linkedValue(f.Value, exprs.Get(f.Name), at, depth+1)}
	}
	return shaped(config, value.OfObject(fields...))
}

// reference is where references stand: what they mean depends on it.
type reference struct {
	modules  []string // names of the module calls, without keys
	from     string   // the address of the instance
	typ      string   // of the instance
	argument string
}

func (p *plan) linkedValue(v, expr value.Value, at reference, depth int) value.Value {
	refs := expr.Get("references")
	switch {
	case v.Kind == value.Unknown && v.Sym() == "":
		if sym := p.target(refs, at); sym != "" {
			return named(v, sym)
		}
	case v.Kind == value.String && v.Secret && refs.Kind == value.Array:
		return p.withheld(v, refs, at)
	case v.Kind == value.Object && refs.Kind == value.Array:
		return p.linkedMap(v, refs, at)
	case v.Kind == value.Object:
		if expr.Kind == value.Array {
			expr = expr.Index(0)
		}
		return p.linked(v, expr, at, depth)
	case v.Kind == value.Array && depth < maxJSONDepth:
		return p.linkedList(v, expr, at, depth)
	}
	return v
}

func named(v value.Value, sym string) value.Value {
	w := v.Named(sym)
	typ, attr := splitTarget(sym)
	w.Secret = w.Secret || secretAttribute(typ, attr)
	return w
}

// splitTarget takes the type and the attribute out of "module.m.type.name[0].attribute".
func splitTarget(sym string) (typ, attr string) {
	parts := splitAddress(sym)
	for len(parts) > 2 && parts[0] == "module" {
		parts = parts[2:]
	}
	if len(parts) > 0 && parts[0] == "data" {
		parts = parts[1:]
	}
	if len(parts) < 3 {
		return "", ""
	}
	return parts[0], parts[2]
}

// withheld is a secret that a plan has in plain text though the configuration only refers to it: for the configuration it
// is not known, but that it comes from there.
func (p *plan) withheld(v, refs value.Value, at reference) value.Value {
	sym := p.target(refs, at)
	if sym == "" {
		var d value.Value
		if sym, d = p.variable(refs, at); value.Equal(d, v) == value.True {
			return d.Via(value.Origin{Kind: value.FromDefault, Name: lastName(sym), In: strings.TrimSuffix(strings.TrimSuffix(sym, "var."+lastName(sym)), "."), Span: d.Span}).AsSecret()
		}
	}
	w := value.NewUnknown(sym)
	w.NotNull, w.Secret, w.Span = true, true, v.Span
	return w
}

// variable is the variable that references mean, as it is called in the module that stands at the beginning of the way, and
// its default.
func (p *plan) variable(refs value.Value, at reference) (sym string, def value.Value) {
	for _, r := range refs.Elems() {
		text, _ := r.Text()
		parts := splitAddress(text)
		if parts[0] != "var" || len(parts) < 2 {
			continue
		}
		if len(at.modules) > 0 {
			up := at
			up.modules = at.modules[:len(at.modules)-1]
			if sym, def := p.variable(p.argument(at.modules, base(parts[1])), up); sym != "" {
				return sym, def
			}
		}
		def = p.configuration(at.modules).Get("variables").Get(base(parts[1])).Get("default")
		return strings.Join(append(calls(at.modules), text), "."), def
	}
	return "", value.AbsentValue
}

// calls are the parts of the address of a module.
func calls(modules []string) []string {
	var out []string
	for _, m := range modules {
		out = append(out, "module", m)
	}
	return out
}

// linkedMap links what is not known in a map, if there is only one thing that it can be: the references are those of the
// whole. What is secret comes from a secret.
func (p *plan) linkedMap(v, refs value.Value, at reference) value.Value {
	var open, secret []string
	for _, sym := range p.targets(refs, at) {
		if typ, attr := splitTarget(sym); secretAttribute(typ, attr) {
			secret = append(secret, sym)
		} else {
			open = append(open, sym)
		}
	}
	fields := make([]value.Field, len(v.Fields()))
	for i, f := range v.Fields() {
		fields[i] = f
		if f.Value.Kind != value.Unknown || f.Value.Sym() != "" {
			continue
		}
		switch {
		case len(open) == 0 && len(secret) == 1:
			fields[i].Value = named(f.Value, secret[0])
		case len(open) == 1 && len(secret) == 0:
			fields[i].Value = named(f.Value, open[0])
		}
	}
	return shaped(v, value.OfObject(fields...))
}

func (p *plan) linkedList(v, expr value.Value, at reference, depth int) value.Value {
	elems := make([]value.Value, len(v.Elems()))
	var targets []string
	if refs := expr.Get("references"); len(v.Elems()) > 1 && refs.Kind == value.Array {
		if targets = p.targets(refs, at); len(targets) != len(v.Elems()) {
			targets = nil // which of several references it is cannot be told
		}
	}
	for i, e := range v.Elems() {
		x := expr
		if expr.Kind == value.Array {
			x = expr.Index(min(i, max(len(expr.Elems())-1, 0)))
		}
		switch {
		case e.Kind == value.Unknown && len(v.Elems()) == 1:
			elems[i] = p.linkedValue(e, x, at, depth+1)
		case e.Kind == value.Unknown && targets != nil && e.Sym() == "" && !composed(at, targets[i]):
			elems[i] = named(e, targets[i])
		case e.Kind == value.Unknown:
			elems[i] = e
		default:
			elems[i] = p.linkedValue(e, x, at, depth+1)
		}
	}
	return shaped(v, value.OfArray(elems...))
}

// composed are arguments that are often put together of an id and more: that a resource is referred to there does not say
// that the value is its id.
func composed(at reference, sym string) bool {
	switch at.argument {
	case "role_definition_id":
		typ, _ := splitTarget(sym)
		return !strings.Contains(typ, "role_definition")
	case "scope", "assignable_scopes":
		return strings.HasPrefix(at.typ, "azurerm_cosmosdb_")
	}
	return false
}

// target is the address and attribute that references mean: the first one that leads to a resource of the plan. References
// come with the most specific first: "a.b[0].id", "a.b[0]", "a.b".
func (p *plan) target(refs value.Value, at reference) string {
	all := p.targets(refs, at)
	if len(all) == 0 || composed(at, all[0]) {
		return ""
	}
	return all[0]
}

// targets are all that references mean, each once.
func (p *plan) targets(refs value.Value, at reference) []string {
	var out []string
	seen := map[string]bool{}
	p.eachTarget(refs, at, 0, func(sym string) {
		if !seen[sym] {
			seen[sym] = true
			out = append(out, sym)
		}
	})
	return out
}

func (p *plan) eachTarget(refs value.Value, at reference, hops int, visit func(string)) {
	if hops > maxHops {
		return
	}
	last := ""
	for _, r := range refs.Elems() {
		ref, _ := r.Text()
		if strings.HasPrefix(last, ref+".") || strings.HasPrefix(last, ref+"[") {
			continue // the less specific forms of the one before
		}
		last = ref
		parts := splitAddress(ref)
		in := at
		switch {
		case parts[0] == "var" && len(parts) > 1 && len(at.modules) > 0:
			in.modules = at.modules[:len(at.modules)-1]
			p.eachTarget(p.argument(at.modules, base(parts[1])), in, hops+1, visit)
		case parts[0] == "module" && len(parts) > 2:
			in.modules = append(append([]string{}, at.modules...), base(parts[1]))
			out := p.configuration(in.modules).Get("outputs").Get(base(parts[2]))
			p.eachTarget(out.GetPath("expression.references"), in, hops+1, visit)
		case parts[0] == "var", parts[0] == "local", parts[0] == "each", parts[0] == "count", parts[0] == "path", parts[0] == "module":
			continue
		default:
			if sym := p.resource(parts, at); sym != "" {
				visit(sym)
			}
		}
	}
}

// argument is what a module call gives to a variable: the references of its expression.
func (p *plan) argument(modules []string, name string) value.Value {
	call := p.configuration(modules[:len(modules)-1]).Get("module_calls").Get(modules[len(modules)-1])
	return call.Get("expressions").Get(name).Get("references")
}

func base(part string) string {
	name, _, _ := strings.Cut(part, "[")
	return name
}

// resource finds the instance that a reference within a module means, and the attribute. Of several it is the one with the
// key of the instance that refers to it, or with the key that is written. A reference to the whole in an argument for an id,
// as a splat is, means the id.
func (p *plan) resource(parts []string, at reference) string {
	n := 2
	if parts[0] == "data" {
		n = 3
	}
	if len(parts) < n {
		return ""
	}
	attr := strings.Join(parts[n:], ".")
	if attr == "" && (strings.HasSuffix(at.argument, "_id") || strings.HasSuffix(at.argument, "_ids") || at.argument == "scope") {
		attr = "id"
	}
	if attr == "" {
		return ""
	}
	want := calls(at.modules)
	for _, part := range parts[:n] {
		want = append(want, base(part))
	}
	found := p.byDeclaration[strings.Join(want, ".")]
	key := keyAtEnd(parts[n-1])
	if key == "" {
		key = keyAtEnd(at.from)
	}
	var same []string
	for _, a := range found {
		if keyAtEnd(a) == key {
			same = append(same, a)
		}
	}
	switch {
	case len(found) == 1:
		return found[0] + "." + attr
	case len(same) == 1:
		return same[0] + "." + attr
	}
	return ""
}

// keyAtEnd is the key of count or for_each that an address ends with: `["a"]`.
func keyAtEnd(address string) string {
	parts := splitAddress(address)
	last := parts[len(parts)-1]
	if i := strings.IndexByte(last, '['); i >= 0 {
		return last[i:]
	}
	return ""
}
