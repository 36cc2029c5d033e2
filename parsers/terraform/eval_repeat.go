package terraform

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// repeatMode tells how a block is repeated: what a reference to it gives.
type repeatMode uint8

const (
	single  repeatMode = iota // an object, or null
	counted                   // a list
	keyed                     // an object of objects
)

// iteration is one instance of a block.
type iteration struct {
	key       value.Value // an Int, a String, or an unknown that stands for any
	names     map[string]value.Value
	exists    model.Presence
	condition value.Value
}

// repetition is what count, for_each and enabled make of a block.
type repetition struct {
	mode  repeatMode
	items []iteration
	open  bool     // the last item stands for any number of instances
	by    []string // the root variables whose defaults make it that there is none
}

// repeat evaluates the meta-arguments of a resource or module call.
func (m *module) repeat(b *block) repetition {
	for _, l := range b.nested("lifecycle") {
		if e := l.expr("enabled"); e != nil { // OpenTofu
			return m.enabled(e)
		}
	}
	if e := b.expr("count"); e != nil {
		return m.count(b, e)
	}
	if e := b.expr("for_each"); e != nil {
		return m.forEach(b, e)
	}
	return repetition{items: []iteration{{}}}
}

func (m *module) enabled(e hclsyntax.Expression) repetition {
	v, by := m.run.touched.During(func() value.Value { return m.scope.eval(e) })
	switch m.scope.truth(v) {
	case value.True:
		return repetition{items: []iteration{{}}}
	case value.False:
		return repetition{by: by}
	}
	return repetition{items: []iteration{{exists: model.Maybe, condition: v}}}
}

// count makes n instances; where n is one of a few numbers, those up to the least for certain.
func (m *module) count(b *block, e hclsyntax.Expression) repetition {
	v, by := m.run.touched.During(func() value.Value { return m.scope.eval(e) })
	low, high, ok := countRange(v)
	r := repetition{mode: counted}
	if ok && high > maxRepeats {
		m.tooMany(b, "count")
		v, ok = value.NewUnknown(""), false
	}
	if !ok {
		index := value.NewUnknown("count.index", v.Deps()...)
		index.NotNull = true
		r.open, r.items = true, []iteration{countIteration(index)}
		r.items[0].exists, r.items[0].condition = model.Maybe, v
		return r
	}
	for i := range high {
		it := countIteration(value.OfInt(i))
		if i >= low {
			it.exists, it.condition = model.Maybe, v
		}
		r.items = append(r.items, it)
	}
	if high == 0 {
		r.by = by
	}
	return r
}

func (m *module) tooMany(b *block, what string) {
	m.run.problem("limit", diag.Warning, b.header, fmt.Sprintf(
		"%s makes more than %d instances; one of them was looked at.", what, maxRepeats))
}

func countIteration(index value.Value) iteration {
	return iteration{key: index, names: map[string]value.Value{"count": value.OfObject(value.Field{Name: "index", Value: index})}}
}

// countRange returns the least and the greatest number that v may be.
func countRange(v value.Value) (low, high int64, ok bool) {
	for i, c := range v.Alternatives() {
		if b, isBool := c.Bool(); isBool { // an error of Terraform's whose meaning is plain
			c = value.OfInt(map[bool]int64{true: 1}[b])
		}
		number, _ := toNumber(c)
		n, isInt := number.Int()
		if !isInt || n < 0 {
			return 0, 0, false
		}
		if i == 0 {
			low, high = n, n
		}
		low, high = min(low, n), max(high, n)
	}
	return low, high, true
}

// forEach makes an instance for each key that is in the collection, or in one of its alternatives.
func (m *module) forEach(b *block, e hclsyntax.Expression) repetition {
	v, by := m.run.touched.During(func() value.Value { return m.scope.eval(e) })
	cases := v.Alternatives()
	k := keyedItems{seen: map[string]int{}, cases: len(cases), condition: v}
	for _, c := range cases {
		list, ok := pairs(c)
		k.open = k.open || !ok || c.Open
		if like, ok := c.Unseen(); ok {
			k.like = append(k.like, like)
		}
		if len(list) > maxRepeats {
			m.tooMany(b, "for_each")
			k.open, list = true, nil
		}
		for _, p := range list {
			k.add(c, p)
		}
	}
	r := repetition{mode: keyed, open: k.open, items: k.items()}
	if len(r.items) == 0 {
		r.by = by
	}
	return r
}

// keyedItems collects the instances of for_each.
type keyedItems struct {
	seen      map[string]int // index by key
	keys      []string
	values    [][]value.Value
	cases     int
	open      bool
	like      []value.Value // what cannot be seen is like one of these, if it is known
	condition value.Value
}

func (k *keyedItems) add(in value.Value, p pair) {
	key := p.key
	if in.Kind == value.Array { // a set; a list is an error of Terraform's whose meaning is plain
		key = p.value
	}
	name, ok := toText(key)
	if !ok {
		k.open = true
		return
	}
	i, there := k.seen[name]
	if !there {
		i = len(k.keys)
		k.seen[name] = i
		k.keys, k.values = append(k.keys, name), append(k.values, nil)
	}
	k.values[i] = append(k.values[i], p.value)
}

// because is a condition that is no collection: one that is not known, with the same identity and reasons.
func because(v value.Value) value.Value {
	if v.Kind == value.Unknown {
		return v
	}
	return unknownCall("keys", v)
}

func (k *keyedItems) items() []iteration {
	var out []iteration
	for i, name := range k.keys {
		key, v := value.OfString(name), oneOf("", k.values[i]...)
		it := eachIteration(key, v)
		if len(k.values[i]) < k.cases {
			it.exists, it.condition = model.Maybe, because(k.condition)
		}
		out = append(out, it)
	}
	if k.open {
		v := eachUnknown("each.value", k.condition)
		if len(k.like) > 0 {
			v = oneOf(v.Sym(), k.like...)
		}
		it := eachIteration(eachUnknown("each.key", k.condition), v)
		it.exists, it.condition = model.Maybe, because(k.condition)
		out = append(out, it)
	}
	return out
}

// eachUnknown is the key or value of an iteration over what is not known.
func eachUnknown(what string, over value.Value) value.Value {
	sym := ""
	if over.Sym() != "" {
		sym = what + "(" + over.Sym() + ")"
	}
	u := value.NewUnknown(sym, over.Deps()...)
	u.NotNull = what == "each.key"
	u.Secret = what == "each.value" && holdsSecret(over)
	return u
}

func eachIteration(key, v value.Value) iteration {
	return iteration{key: key, names: map[string]value.Value{"each": value.OfObject(
		value.Field{Name: "key", Value: key}, value.Field{Name: "value", Value: v})}}
}

// expanded are the instances of a block: resource nodes or child modules.
type expanded[T any] struct {
	repetition
	nodes      []T
	made, busy bool
}

// fill makes the instances of a block when they are first asked for, each with its address and its scope; it returns nil when their
// number depends on themselves. what they are is said then: "resources".
func (l *expanded[T]) fill(m *module, b *block, name, what string, node func(it iteration, address string, s *scope) T) *expanded[T] {
	switch {
	case l.busy:
		m.run.problem("cycle", diag.Error, b.header, "The number of these "+what+" depends on themselves.")
		return nil
	case l.made:
		m.run.touched.Add(l.by...)
		return l
	}
	l.busy = true
	l.repetition = m.repeat(b)
	for _, it := range l.items {
		address, s := m.qualify(name), m.scope
		if l.mode != single {
			address += indexText(it.key)
		}
		if it.names != nil {
			s = s.with(it.names)
		}
		l.nodes = append(l.nodes, node(it, address, s))
	}
	l.made, l.busy = true, false
	return l
}

// at returns the instance with a key. One that stands for any number of them has every key.
func (l *expanded[T]) at(key value.Value) ([]T, bool) {
	text, known := toText(key)
	for i, it := range l.items {
		own, ok := toText(it.key)
		if ok && known && own == text {
			return l.nodes[i : i+1], true
		}
	}
	if l.open && (known || len(l.items) == 1) {
		return l.nodes[len(l.nodes)-1:], true
	}
	return nil, false
}

// valueOf puts the values of all instances together as a reference to the whole block gives them.
func (l *expanded[T]) valueOf(each func(T) value.Value) value.Value {
	var all, sure []value.Field
	for i, n := range l.nodes {
		name, _ := toText(l.items[i].key)
		f := value.Field{Name: name, Value: each(n)}
		all = append(all, f)
		if l.items[i].exists == model.Yes {
			sure = append(sure, f)
		}
	}
	switch {
	case l.open && l.mode == keyed:
		return collect(l.mode, sure).WithUnseen(all[len(all)-1].Value)
	case l.open:
		return collect(l.mode, all).AsOpen()
	case len(sure) < len(all):
		return oneOf("", collect(l.mode, all), collect(l.mode, sure))
	}
	return collect(l.mode, all)
}

func collect(mode repeatMode, fields []value.Field) value.Value {
	if mode == keyed {
		return value.OfObject(fields...)
	}
	elems := make([]value.Value, len(fields))
	for i, f := range fields {
		elems[i] = f.Value
	}
	return value.OfArray(elems...)
}
