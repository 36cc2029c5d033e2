package terraform

import (
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
			in.Config = p.linked(in.Config, r.Get("expressions"), modules, in.Address, 0)
			return
		}
	}
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
func (p *plan) linked(config, exprs value.Value, modules []string, from string, depth int) value.Value {
	if depth > maxJSONDepth || config.Known() {
		return config
	}
	fields := make([]value.Field, len(config.Fields()))
	for i, f := range config.Fields() {
		fields[i] = value.Field{Name: f.Name, Site: f.Site, Value: p.linkedValue(f.Value, exprs.Get(f.Name), modules, from, depth+1)}
	}
	return shaped(config, value.OfObject(fields...))
}

func (p *plan) linkedValue(v, expr value.Value, modules []string, from string, depth int) value.Value {
	switch {
	case v.Kind == value.Unknown && v.Sym() == "":
		if sym := p.target(expr.Get("references"), modules, from, 0); sym != "" {
			w := v.Named(sym)
			return w
		}
	case v.Kind == value.Object:
		if expr.Kind == value.Array {
			expr = expr.Index(0)
		}
		return p.linked(v, expr, modules, from, depth)
	case v.Kind == value.Array && !v.Known() && depth < maxJSONDepth:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			x := expr
			if expr.Kind == value.Array {
				x = expr.Index(min(i, max(len(expr.Elems())-1, 0)))
			}
			if e.Kind == value.Unknown && len(v.Elems()) > 1 {
				elems[i] = e // which of several references it is cannot be told
				continue
			}
			elems[i] = p.linkedValue(e, x, modules, from, depth+1)
		}
		return shaped(v, value.OfArray(elems...))
	}
	return v
}

// target is the address and attribute that references mean: the first one that leads to a resource of the plan. References
// come with the most specific first: "a.b[0].id", "a.b[0]", "a.b".
func (p *plan) target(refs value.Value, modules []string, from string, hops int) string {
	if hops > maxHops {
		return ""
	}
	for _, r := range refs.Elems() {
		ref, _ := r.Text()
		parts := splitAddress(ref)
		switch {
		case parts[0] == "var" && len(parts) > 1 && len(modules) > 0:
			up := modules[:len(modules)-1]
			call := p.configuration(up).Get("module_calls").Get(modules[len(modules)-1])
			return p.target(call.Get("expressions").Get(base(parts[1])).Get("references"), up, from, hops+1)
		case parts[0] == "module" && len(parts) > 2:
			down := append(append([]string{}, modules...), base(parts[1]))
			out := p.configuration(down).Get("outputs").Get(base(parts[2]))
			return p.target(out.GetPath("expression.references"), down, from, hops+1)
		case parts[0] == "var", parts[0] == "local", parts[0] == "each", parts[0] == "count", parts[0] == "path", parts[0] == "module":
			continue
		default:
			return p.resource(parts, modules, from)
		}
	}
	return ""
}

func base(part string) string {
	name, _, _ := strings.Cut(part, "[")
	return name
}

// resource finds the instance that a reference within a module means, and the attribute. Of several it is the one with the
// key of the instance that refers to it, or with the key that is written.
func (p *plan) resource(parts, modules []string, from string) string {
	n := 2
	if parts[0] == "data" {
		n = 3
	}
	if len(parts) <= n {
		return ""
	}
	want := ""
	for _, m := range modules {
		want += "module." + m + "."
	}
	for i := range n {
		if i > 0 {
			want += "."
		}
		want += base(parts[i])
	}
	attr := strings.Join(parts[n:], ".")
	var found []string
	for _, a := range p.addresses {
		if withoutKeys(a) == want {
			found = append(found, a)
		}
	}
	key := keyAtEnd(parts[n-1])
	if key == "" {
		key = keyAtEnd(from)
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
