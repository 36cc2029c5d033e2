package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// resource is a resource or data block in one module instance.
type resource struct {
	m    *module
	decl *block
	list expanded[*node]
}

// node is one instance of a resource.
type node struct {
	res       *resource
	scope     *scope
	address   string
	exists    model.Presence
	condition value.Value
	attrs     map[string]*value.Lazy
	whole     value.Lazy
}

// name is what references call it: "type.name", "data.type.name".
func (r *resource) name() string {
	name := r.decl.labels[0] + "." + r.decl.labels[1]
	if r.decl.typ != "resource" {
		return r.decl.typ + "." + name
	}
	return name
}

func (r *resource) typ() string { return r.decl.labels[0] }

// nodes returns the instances, made when first asked for; nil when their number depends on themselves.
func (r *resource) nodes() *expanded[*node] {
	return r.list.fill(r.m, r.decl, r.name(), "resources", func(it iteration, address string, s *scope) *node {
		return &node{res: r, scope: s, address: address, exists: it.exists, condition: it.condition, attrs: map[string]*value.Lazy{}}
	})
}

func (l *expanded[T]) value() value.Value {
	return l.valueOf(func(x T) value.Value {
		if n, ok := any(x).(*node); ok {
			return n.value()
		}
		return value.Value{}
	})
}

// isBlock reports whether the name is that of a nested block of the instance.
func (n *node) isBlock(name string) bool {
	return slices.ContainsFunc(n.res.decl.blocks, func(b *block) bool { return blockType(b) == name })
}

// attribute returns an argument, a list of nested blocks, or what only the provider knows.
func (n *node) attribute(name string) value.Value {
	c := n.attrs[name]
	if c == nil {
		c = &value.Lazy{}
		n.attrs[name] = c
	}
	return n.res.m.run.once(c, "'"+name+"' of this resource", n.res.decl.header, func() value.Value {
		a := n.res.decl.attr(name)
		switch {
		case n.isBlock(name):
			f, _ := field(n.scope.body(n.res.decl, func(typ string) bool { return typ == name }), name)
			return n.withComputed(f.Value, name)
		case a == nil || isMeta(name):
			return n.computed(n.address+"."+name, name)
		}
		v := n.scope.eval(a.expr)
		if secretAttribute(n.res.typ(), name) {
			v = deepSecret(v)
		}
		if v.IsUnset() { // the provider fills it in
			return n.computed(n.address+"."+name, name)
		}
		return v
	})
}

// withComputed adds to nested blocks what the provider fills in.
func (n *node) withComputed(blocks value.Value, name string) value.Value {
	elems := make([]value.Value, len(blocks.Elems()))
	for i, b := range blocks.Elems() {
		fields := slices.Clone(b.Fields())
		for _, inner := range computedInBlocks {
			if _, ok := field(b, inner); !ok && n.res.m.run.names[inner] {
				sym := n.address + "." + name + indexText(value.OfInt(int64(i))) + "." + inner
				fields = append(fields, value.Field{Name: inner, Value: n.computed(sym, "")})
			}
		}
		elems[i] = rebuilt(value.OfObject(fields...), b).AsOpen()
	}
	return rebuilt(value.OfArray(elems...), blocks)
}

// computedInBlocks are attributes of nested blocks that references often ask for, whatever the block.
var computedInBlocks = []string{"id", "principal_id", "tenant_id"}

// computed is an attribute that the provider fills in.
func (n *node) computed(sym, name string) value.Value {
	if v, ok := n.imported(name); ok {
		return v
	}
	lists := (name == "output" || name == "sensitive_output") && n.listsSecrets()
	if lists {
		if keys := n.listedKeys(name); keys != "" {
			sym = keys
		}
	}
	u := value.NewUnknown(sym)
	u.NotNull = true
	u.Secret = lists || secretAttribute(n.res.typ(), name)
	return u
}

// listsSecrets reports whether the instance is an action of azapi that lists keys: "listKeys", "listConnectionStrings".
func (n *node) listsSecrets() bool {
	if n.res.typ() != azapiAction || n.res.decl.attr("action") == nil {
		return false
	}
	action, _ := n.attribute("action").Text()
	action = strings.ToLower(action)
	return strings.HasPrefix(action, "list") || action == "readonlykeys"
}

// imported is the id that an import block says the resource has.
func (n *node) imported(name string) (value.Value, bool) {
	if name != "id" || n.res.decl.typ != "resource" || n.res.m.caller != nil {
		return value.Value{}, false
	}
	for _, b := range n.res.m.dir.imports {
		to, ok := reparseOrNil(b.expr("to")).(*hclsyntax.ScopeTraversalExpr)
		if ok && b.attr("id") != nil && addressOf(to.Traversal) == n.address && b.expr("for_each") == nil {
			v := n.res.m.scope.eval(b.expr("id"))
			return v, v.Kind == value.String
		}
	}
	return value.Value{}, false
}

func reparseOrNil(e hclsyntax.Expression) hclsyntax.Expression {
	if e == nil {
		return nil
	}
	return reparse(e)
}

// addressOf writes a traversal as an address.
func addressOf(t hcl.Traversal) string {
	var b strings.Builder
	for i, step := range t {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			b.WriteString(step.Name)
		case hcl.TraverseAttr:
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(step.Name)
		case hcl.TraverseIndex:
			b.WriteString(indexText(fromCty(step.Key)))
		}
	}
	return b.String()
}

// value is the whole instance: what is configured, and whatever else any reference asks a resource for.
func (n *node) value() value.Value {
	return n.res.m.run.once(&n.whole, "this resource", n.res.decl.header, func() value.Value {
		var fields []value.Field
		there := map[string]bool{}
		for _, a := range n.res.decl.attrs {
			if !isMeta(a.name) {
				there[a.name] = true
				fields = append(fields, value.Field{Name: a.name, Value: n.attribute(a.name), Site: a.site})
			}
		}
		for _, typ := range blockTypes(n.res.decl.blocks) {
			if !isMeta(typ) {
				there[typ] = true
				fields = append(fields, value.Field{Name: typ, Value: n.attribute(typ)})
			}
		}
		for _, name := range sortedKeys(n.res.m.run.names) {
			if !there[name] {
				fields = append(fields, value.Field{Name: name, Value: n.computed(n.address+"."+name, name)})
			}
		}
		return value.OfObject(fields...).AsOpen()
	})
}

// body evaluates the arguments of a block, and those nested blocks, whose name is wanted; nil is all.
func (s *scope) body(b *block, want func(typ string) bool) value.Value {
	if want == nil {
		want = all
	}
	fields := make([]value.Field, 0, len(b.attrs)+len(b.blocks))
	for _, a := range b.attrs {
		switch {
		case a.name == "dynamic":
			fields = append(fields, s.jsonDynamic(a, want)...)
		case !isMeta(a.name) && want(a.name):
			fields = append(fields, value.Field{Name: a.name, Value: s.eval(a.expr), Site: a.site})
		}
	}
	for _, typ := range blockTypes(b.blocks) {
		if isMeta(typ) || !want(typ) {
			continue
		}
		blocks := blockList{}
		for _, n := range b.blocks {
			if blockType(n) == typ {
				s.addBlocks(&blocks, n)
			}
		}
		fields = append(fields, value.Field{Name: typ, Value: blocks.value(), Site: blocks.site})
	}
	return value.OfObject(fields...).At(b.site)
}

// blockList collects the nested blocks of one type.
type blockList struct {
	elems []value.Value
	open  bool
	deps  []string
	site  source.Span
	// unseen is what a block is like of which it is not known whether it is there, or how often; nil for none.
	unseen *value.Value
}

func (l *blockList) value() value.Value {
	v := value.OfArray(l.elems...).At(l.site)
	switch {
	case l.open && l.unseen != nil:
		return v.WithUnseen(*l.unseen).WithDeps(l.deps...)
	case l.open:
		return v.AsOpen().WithDeps(l.deps...)
	}
	return v
}

func all(string) bool { return true }

// addBlocks adds a block, or the blocks that a dynamic one makes. Blocks that may not be there are not added: the list is
// open then.
func (s *scope) addBlocks(l *blockList, b *block) {
	if l.site.IsZero() {
		l.site = b.header
	}
	if b.typ != "dynamic" {
		l.elems = append(l.elems, s.body(b, all).At(b.header))
		return
	}
	content := b.nested("content")
	each := b.expr("for_each")
	if len(content) != 1 || each == nil {
		l.open = true
		return
	}
	iterator := blockType(b)
	if e := b.expr("iterator"); e != nil {
		if word, ok := literalText(reparse(e)); ok {
			iterator = word
		}
	}
	s.iterateBlocks(l, s.eval(each), iterator, func(inner *scope) value.Value {
		return inner.body(content[0], all).At(b.header)
	})
}

// iterateBlocks makes a block for each element of a collection. Where that is one of several collections, there are as many
// blocks for certain as the shortest has elements.
func (s *scope) iterateBlocks(l *blockList, over value.Value, iterator string, body func(*scope) value.Value) {
	var lists [][]pair
	sure, most := maxRepeats+1, 0
	other := pair{value.NewUnknown(""), value.NewUnknown("")} // what a block may be made of that is not sure to be there
	for _, c := range over.Alternatives() {
		list, ok := pairs(c)
		if !ok || c.Open || len(list) > maxRepeats {
			l.open, list = true, list[:min(len(list), maxRepeats)]
		}
		if like, ok := c.Unseen(); ok {
			other.value = like
		} else if len(list) > most {
			other = list[most]
		}
		lists = append(lists, list)
		sure, most = min(sure, len(list)), max(most, len(list))
	}
	l.open = l.open || sure < most
	if l.open {
		l.deps = append(l.deps, over.Deps()...)
	}
	blockOf := func(p pair) value.Value {
		return body(s.with(map[string]value.Value{iterator: value.OfObject(
			value.Field{Name: "key", Value: p.key}, value.Field{Name: "value", Value: p.value})}))
	}
	if l.open && l.unseen == nil && !s.spent(4) {
		v := s.tentative(func() value.Value { return blockOf(other) })
		l.unseen = &v
	}
	for _, p := range common(lists, sure) {
		if s.spent(4) {
			l.open = true
			return
		}
		l.elems = append(l.elems, blockOf(p))
	}
}

// common makes n elements of which each list has one: what is in all lists first, then one of those that are left.
func common(lists [][]pair, n int) []pair {
	if len(lists) == 1 {
		return lists[0]
	}
	var out []pair
	for _, p := range slices.Clone(lists[0]) {
		if len(out) < n && !slices.ContainsFunc(lists, func(l []pair) bool { return !slices.ContainsFunc(l, p.same) }) {
			out = append(out, p)
			for i, l := range lists {
				at := slices.IndexFunc(l, p.same)
				lists[i] = slices.Delete(slices.Clone(l), at, at+1)
			}
		}
	}
	for i := 0; len(out) < n; i++ {
		var ks, vs []value.Value
		for _, l := range lists {
			ks, vs = append(ks, l[i].key), append(vs, l[i].value)
		}
		out = append(out, pair{oneOf("", ks...), oneOf("", vs...)})
	}
	return out
}

func (p pair) same(q pair) bool {
	return value.Equal(p.key, q.key) == value.True && value.Equal(p.value, q.value) == value.True
}

// jsonDynamic expands the dynamic blocks of a body in JSON: {"dynamic": {"type": {"for_each": …, "content": {…}}}}.
func (s *scope) jsonDynamic(a *attribute, want func(string) bool) []value.Field {
	var fields []value.Field
	for _, byType := range objectBlocks(a, a.expr) {
		for _, t := range byType.attrs {
			if !want(t.name) {
				continue
			}
			l := blockList{}
			for _, d := range objectBlocks(t, t.expr) {
				s.addBlocks(&l, &block{typ: "dynamic", labels: []string{t.name}, attrs: d.attrs, header: keyOf(t.site), site: t.site})
			}
			fields = append(fields, value.Field{Name: t.name, Value: l.value(), Site: t.site})
		}
	}
	return fields
}
