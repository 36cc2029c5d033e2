package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// field returns the member with exactly that name.
func field(v value.Value, name string) (value.Field, bool) {
	fields := v.Fields()
	for i := len(fields) - 1; i >= 0; i-- {
		if fields[i].Name == name {
			return fields[i], true
		}
	}
	return value.Field{}, false
}

// steps follows attributes and indexes from a value.
func (s *scope) steps(v value.Value, t hcl.Traversal) value.Value {
	for _, step := range t {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			v = s.member(v, step.Name)
		case hcl.TraverseIndex:
			v = s.indexed(v, fromCty(step.Key))
		default:
			return s.fail()
		}
	}
	return v
}

// member is v.name.
func (s *scope) member(v value.Value, name string) value.Value {
	return s.spread([]value.Value{v}, func(args []value.Value) value.Value { return s.memberOf(args[0], name) })
}

func (s *scope) memberOf(v value.Value, name string) value.Value {
	switch v.Kind {
	case value.Object:
		s.spent(len(v.Fields()) / 16)
		f, ok := field(v, name)
		switch {
		case ok:
			return inherit(f.Value, v)
		case v.Open:
			return s.unseen(v)
		}
	case value.Unknown:
		s.mayFail++
		return v.Get(name)
	}
	return s.fail()
}

// inherit gives a member the way that the whole took, when it has none of its own.
func inherit(member, whole value.Value) value.Value {
	if member.From == nil {
		member.From = dropSet(whole.From)
	}
	return member
}

// indexed is v[key].
func (s *scope) indexed(v, key value.Value) value.Value {
	return s.spread([]value.Value{v, key}, func(args []value.Value) value.Value { return s.indexOf(args[0], args[1]) })
}

func (s *scope) indexOf(v, key value.Value) value.Value {
	if key.Kind == value.Unknown {
		return s.anyMember(v, key)
	}
	switch v.Kind {
	case value.Array:
		return s.element(v, key)
	case value.Object:
		if name, ok := toText(key); ok {
			return s.memberOf(v, name)
		}
	case value.Unknown:
		s.mayFail++
		if n, ok := key.Int(); ok {
			return v.Index(int(n))
		}
		if name, ok := key.Text(); ok {
			return v.Get(name)
		}
	}
	return s.fail()
}

func (s *scope) element(v, key value.Value) value.Value {
	n, _ := toNumber(key)
	i, ok := n.Int()
	switch {
	case !ok || i < 0 || isSet(v):
		return s.fail()
	case int(i) < len(v.Elems()):
		return inherit(v.Elems()[i], v)
	case v.Open:
		return s.unseen(v)
	}
	return s.fail()
}

// unseen is a member of an open collection that cannot be seen.
func (s *scope) unseen(v value.Value) value.Value {
	s.mayFail++
	if like, ok := v.Unseen(); ok && !strings.HasPrefix(like.Sym(), someMember+"(") {
		return inherit(like, v)
	}
	u := value.NewUnknown("", v.Deps()...)
	u.Secret = v.Secret || hidesSecret(v)
	return u
}

// anyMember is the member that a key which is not known asks for: one of those that there are.
func (s *scope) anyMember(v, key value.Value) value.Value {
	s.mayFail++
	u := unknownCall("index", v, key)
	like, known := v.Unseen()
	if (v.Kind != value.Array && v.Kind != value.Object) || v.Open && !known {
		return u
	}
	members := slices.Clone(v.Elems())
	for _, f := range v.Fields() {
		members = append(members, inherit(f.Value, v))
	}
	if known {
		members = append(members, inherit(like, v))
	}
	switch {
	case len(members) == 0:
		return s.fail()
	case len(members) > maxSpread:
		return u
	}
	return oneOf(u.Sym(), members...).WithDeps(key.Deps()...)
}

func (s *scope) anonymous(e *hclsyntax.AnonSymbolExpr) value.Value {
	for ; s != nil; s = s.outer {
		if s.item == e {
			return s.it
		}
	}
	return value.Value{}
}

// splat is v[*].each: null has no elements, what is no list is one.
func (s *scope) splat(e *hclsyntax.SplatExpr) value.Value {
	return s.spread([]value.Value{s.eval(e.Source)}, func(args []value.Value) value.Value {
		v := args[0]
		switch v.Kind {
		case value.Null, value.Absent:
			return value.OfArray()
		case value.Unknown:
			return unknownCall("splat", v, value.OfString(s.span(e.Each.Range()).Text()))
		case value.Bool, value.Int, value.Float, value.String, value.Object:
			return value.OfArray(s.each(e, v))
		}
		elems := make([]value.Value, len(v.Elems()))
		for i, x := range v.Elems() {
			elems[i] = s.each(e, inherit(x, v))
		}
		list := withoutSet(value.OfArray(elems...), v)
		if like, ok := v.Unseen(); ok {
			list = list.WithUnseen(s.each(e, like))
		}
		return list
	})
}

func (s *scope) each(e *hclsyntax.SplatExpr, item value.Value) value.Value {
	inner := &scope{run: s.run, m: s.m, outer: s, texts: s.texts, item: e.Item, it: item}
	return inner.eval(e.Each)
}

// pair is a key and a value that a collection is iterated by.
type pair struct{ key, value value.Value }

// pairs returns what for, for_each and dynamic iterate over, in Terraform's order. It reports false for what is no known
// collection.
func pairs(v value.Value) ([]pair, bool) {
	switch v.Kind {
	case value.Array:
		out := make([]pair, len(v.Elems()))
		set := isSet(v)
		for i, e := range v.Elems() {
			e = inherit(e, v)
			out[i] = pair{value.OfInt(int64(i)), e}
			if set {
				out[i].key = e
			}
		}
		return out, true
	case value.Object:
		latest := map[string]value.Value{}
		for _, f := range v.Fields() {
			latest[f.Name] = f.Value
		}
		out := make([]pair, 0, len(latest))
		for _, name := range sortedKeys(latest) {
			out = append(out, pair{value.OfString(name), inherit(latest[name], v)})
		}
		return out, true
	}
	return nil, false
}

func (s *scope) forExpr(e *hclsyntax.ForExpr) value.Value {
	return s.spread([]value.Value{s.eval(e.CollExpr)}, func(args []value.Value) value.Value {
		list, ok := pairs(args[0])
		switch {
		case args[0].Kind == value.Unknown:
			return s.forUnknown(e, args[0])
		case !ok:
			return s.fail()
		case len(list) > maxItems:
			return value.NewUnknown("", args[0].Deps()...)
		}
		f := forLoop{scope: s, e: e, open: args[0].Open, deps: args[0].Deps(), groups: map[string]int{}}
		for _, p := range list {
			if f.spent(1) {
				f.open = true
				break
			}
			f.iterate(p)
		}
		if like, ok := args[0].Unseen(); ok {
			f.hide(s.with(map[string]value.Value{e.KeyVar: value.NewUnknown(""), e.ValVar: like}))
		}
		return f.result().At(s.span(e.SrcRange))
	})
}

// forUnknown names what is made of something that is not known, with the secrets that each iteration puts into it.
func (s *scope) forUnknown(e *hclsyntax.ForExpr, list value.Value) value.Value {
	text := value.OfString(s.span(e.SrcRange).Text())
	var made value.Value
	if !holdsSecret(list) {
		inner := s.with(map[string]value.Value{e.KeyVar: value.NewUnknown(""), e.ValVar: value.NewUnknown("")})
		made = s.tentative(func() value.Value { return inner.eval(e.ValExpr) })
	}
	if secrets := secretsIn(nil, made); len(secrets) > 0 {
		return unknownCall("for", list, text, value.NewUnknown(strings.Join(secrets, ", ")).AsSecret())
	}
	return unknownCall("for", list, text)
}

// tentative evaluates what Terraform may not evaluate at all: that it fails is no mistake.
func (s *scope) tentative(eval func() value.Value) value.Value {
	failed, mayFail := s.failed, s.mayFail
	v := eval()
	s.failed, s.mayFail = failed, mayFail
	return v
}

// forLoop collects what the iterations of a for expression make.
type forLoop struct {
	*scope
	e      *hclsyntax.ForExpr
	elems  []value.Value
	fields []value.Field
	groups map[string]int  // index of a field by name
	lists  [][]value.Value // the values of each field, when they are grouped
	open   bool
	deps   []string
	unseen *value.Value // what may be in the result that cannot be seen is like this
	secret bool         // or is a secret
}

// hide notes what an iteration makes that there may be.
func (f *forLoop) hide(s *scope) {
	v := s.tentative(func() value.Value { return s.eval(f.e.ValExpr) })
	f.open = true
	if f.e.CondExpr == nil {
		f.unseen = &v
	}
	f.secret = f.secret || f.e.CondExpr != nil && holdsSecret(v)
}

func (f *forLoop) iterate(p pair) {
	names := map[string]value.Value{f.e.ValVar: p.value}
	if f.e.KeyVar != "" {
		names[f.e.KeyVar] = p.key
	}
	s := f.scope.with(names)
	if f.e.CondExpr != nil {
		cond := s.eval(f.e.CondExpr)
		switch s.truth(cond) {
		case value.False:
			return
		case value.Undecided:
			f.deps = append(f.deps, cond.Deps()...)
			f.hide(s)
			return
		}
	}
	if f.e.KeyExpr == nil {
		f.elems = append(f.elems, s.eval(f.e.ValExpr))
		return
	}
	key := s.eval(f.e.KeyExpr)
	name, ok := toText(key)
	if !ok {
		if key.Kind != value.Unknown {
			s.fail()
		}
		f.open, f.deps = true, append(f.deps, key.Deps()...)
		return
	}
	f.add(name, s.eval(f.e.ValExpr))
}

func (f *forLoop) add(name string, v value.Value) {
	i, there := f.groups[name]
	if !there {
		f.groups[name] = len(f.fields)
		f.lists = append(f.lists, []value.Value{v})
		f.fields = append(f.fields, value.Field{Name: name, Value: v, Site: v.Span})
		return
	}
	if f.e.Group {
		f.lists[i] = append(f.lists[i], v)
		return
	}
	f.fail()
}

func (f *forLoop) result() value.Value {
	v := value.OfArray(f.elems...)
	if f.e.KeyExpr != nil {
		for i := range f.fields {
			if f.e.Group {
				f.fields[i].Value = value.OfArray(f.lists[i]...)
			}
		}
		v = value.OfObject(f.fields...)
	}
	switch {
	case v.Kind == value.Unknown:
	case f.unseen != nil:
		v = v.WithUnseen(*f.unseen)
	case f.secret:
		v = v.HidingSecret()
	default:
		v.Open = f.open
	}
	return v.WithDeps(f.deps...)
}

// indexText writes an instance key as Terraform's addresses do.
func indexText(key value.Value) string {
	if n, ok := key.Int(); ok {
		return "[" + strconv.FormatInt(n, 10) + "]"
	}
	if text, ok := key.Text(); ok {
		return `["` + strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), `"`, `\"`) + `"]`
	}
	return "[*]"
}
