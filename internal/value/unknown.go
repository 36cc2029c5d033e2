package value

import (
	"slices"
	"strings"
)

// Limits that keep hostile input from making values without bound. Beyond them less is known, nothing is wrong.
const (
	MaxCases = 64      // alternatives of one value
	MaxNodes = 1 << 18 // values in an array or object, at any depth
	MaxText  = 1 << 20 // bytes of a string put together of pieces
	MaxParts = 256     // pieces of a string with holes
	MaxSym   = 2048    // bytes of a canonical expression
	maxDeps  = 16      // parameters named as the reason of an unknown
)

// NewUnknown makes an unknown with the canonical expression sym ("" when it has no identity) that depends on the
// parameters deps. Two unknowns with the same non-empty sym are the same value.
func NewUnknown(sym string, deps ...string) Value {
	if len(sym) > MaxSym {
		sym = ""
	}
	v := Value{text: sym}
	if len(deps) > 0 {
		v.partial = &partial{deps: MergeDeps(deps)}
	}
	return v
}

// Named returns an unknown with another canonical expression.
func (v Value) Named(sym string) Value {
	if v.Kind == Unknown {
		v.text = sym
		if v.partial != nil && v.partial.spelled != nil {
			p := *v.partial
			p.spelled, v.partial = nil, &p
		}
	}
	return v
}

// OneOf makes a value that is one of cases. Equal cases are merged, nested ones flattened; a single case is itself.
// More than MaxCases make a plain unknown.
func OneOf(sym string, cases ...Value) Value {
	if len(cases) == 1 && len(cases[0].Cases()) == 0 {
		return cases[0]
	}
	flat := make([]Value, 0, len(cases))
	deps := make([]string, 0, 4)
	for _, c := range cases {
		deps = append(deps, c.Deps()...)
		if len(c.Cases()) > 0 {
			flat = append(flat, c.Cases()...)
			continue
		}
		flat = append(flat, c)
	}
	distinct := flat[:0]
	for i, c := range flat {
		if !slices.ContainsFunc(distinct, func(d Value) bool { return identical(c, d) }) {
			distinct = append(distinct, flat[i])
		}
	}
	u := NewUnknown(sym, deps...)
	switch {
	case len(distinct) == 1:
		return distinct[0]
	case len(distinct) == 0 || len(distinct) > MaxCases:
		return u
	}
	n := uint32(1)
	for _, c := range distinct {
		u.Secret = u.Secret || c.Secret
		n = min(n+c.nodes(), MaxNodes+1)
	}
	if n <= MaxNodes {
		u.size, u.partial = n, &partial{cases: distinct, deps: u.Deps()}
	}
	return u
}

// identical is equality for merging cases: also null with null, absent with absent, and unknowns by their Sym.
func identical(a, b Value) bool {
	if a.Kind != b.Kind || a.Secret != b.Secret || a.Open != b.Open {
		return false
	}
	if a.Open { // what cannot be seen of them may differ, but what is known is the same
		return string(AppendJSON(nil, a)) == string(AppendJSON(nil, b))
	}
	return a.IsUnset() || Equal(a, b) == True
}

// Template makes a string out of pieces: known strings and unknowns. It is a known string when all pieces are, and one of
// several when pieces are.
func Template(pieces ...Value) Value {
	if len(pieces) == 1 && pieces[0].Kind == String {
		return Value{Kind: String, text: pieces[0].text, Secret: pieces[0].Secret}
	}
	combos := 1
	for i := range pieces {
		combos = min(combos*max(len(pieces[i].Cases()), 1), MaxCases+1)
	}
	if combos == 1 {
		return join(pieces)
	}
	var spelled []Value
	var deps []string
	for _, p := range pieces {
		spelled, deps = append(spelled, p.Spelling()...), append(deps, p.Deps()...)
	}
	v := join(spelled).WithDeps(deps...)
	if combos > MaxCases {
		return v
	}
	cases := make([]Value, 0, combos)
	for n := range combos {
		chosen := make([]Value, len(pieces))
		for i := len(pieces) - 1; i >= 0; i-- {
			alternatives := pieces[i].Alternatives()
			chosen[i] = alternatives[n%len(alternatives)]
			n /= len(alternatives)
		}
		cases = append(cases, join(chosen))
	}
	u := OneOf(v.Sym(), cases...).WithDeps(v.Deps()...)
	if u.partial != nil && len(u.Cases()) > 0 {
		u.partial.spelled = v.Parts()
	}
	return u
}

// join makes a string of pieces without looking at their cases.
func join(pieces []Value) Value {
	var j joiner
	var deps []string
	secret, size := false, 0
	for _, p := range pieces {
		secret = secret || p.Secret
		deps = append(deps, p.Deps()...)
		for _, q := range p.Pieces() {
			j.add(q, p.Secret)
			size += len(q.text)
		}
		if size > MaxText || len(j.parts) > MaxParts {
			u := NewUnknown("", deps...)
			u.Secret = slices.ContainsFunc(pieces, func(p Value) bool { return p.Secret })
			return u
		}
	}
	j.flush()
	var v Value
	switch parts := j.parts; {
	case !slices.ContainsFunc(parts, func(p Value) bool { return p.Kind != String }):
		v = OfString(allText(parts))
	case len(parts) == 1:
		v = parts[0]
	default:
		v = NewUnknown("", deps...)
		v.partial, v.size = &partial{parts: parts, deps: v.Deps()}, uint32(len(parts))
		v.text = v.canonTemplate()
	}
	v.Secret = secret
	return v
}

// joiner puts texts that follow each other into one part, but keeps text that is secret apart from text that is not. Each
// text is copied once, however many there are.
type joiner struct {
	parts  []Value
	texts  []string
	secret bool
}

func (j *joiner) add(p Value, secret bool) {
	text, known := p.Text()
	if !known {
		j.flush()
		j.parts = append(j.parts, p)
		return
	}
	if text == "" {
		return
	}
	if secret = secret && p.Secret; secret != j.secret {
		j.flush()
	}
	j.texts, j.secret = append(j.texts, text), secret
}

func (j *joiner) flush() {
	if len(j.texts) == 0 {
		return
	}
	s := OfString(strings.Join(j.texts, ""))
	s.Secret = j.secret
	j.parts, j.texts = append(j.parts, s), j.texts[:0]
}

func allText(parts []Value) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.text)
	}
	return b.String()
}

// Cases returns the values of which v is one, when that is known; nil for known values.
func (v Value) Cases() []Value {
	if v.Kind != Unknown || v.partial == nil {
		return nil
	}
	return v.partial.cases
}

// Alternatives returns the cases of v, or v alone.
func (v Value) Alternatives() []Value {
	if c := v.Cases(); len(c) > 0 {
		return c
	}
	return []Value{v}
}

// Memo returns what compute makes of v, computed once for a value with cases or holes. Those who use it on one value must
// all compute the same. It is not safe for concurrent use.
func (v Value) Memo(compute func() any) any {
	switch {
	case v.partial == nil:
		return compute()
	case v.partial.memo == nil:
		v.partial.memo = compute()
	}
	return v.partial.memo
}

// Parts returns the pieces of a string with holes; nil for all other values.
func (v Value) Parts() []Value {
	if v.Kind != Unknown || v.partial == nil {
		return nil
	}
	return v.partial.parts
}

// Pieces returns the pieces of a string, known or with holes; an unknown is one hole.
func (v Value) Pieces() []Value {
	if p := v.Parts(); p != nil {
		return p
	}
	return []Value{v}
}

// Sym returns the canonical expression of an unknown value; "" when v is known or cannot be compared.
func (v Value) Sym() string { return v.textIf(Unknown) }

// Deps returns the names of the parameters that v waits for, sorted.
func (v Value) Deps() []string {
	switch {
	case v.partial != nil:
		return v.partial.deps
	case v.Kind == Array:
		var deps []string
		for _, e := range v.elems {
			deps = append(deps, e.Deps()...)
		}
		return MergeDeps(deps)
	case v.Kind == Object:
		var deps []string
		for _, f := range v.fields {
			deps = append(deps, f.Value.Deps()...)
		}
		return MergeDeps(deps)
	}
	return nil
}

// WithDeps returns v, if it is unknown or open, waiting for the parameters deps as well.
func (v Value) WithDeps(deps ...string) Value {
	if len(deps) == 0 || v.Kind != Unknown && !v.Open {
		return v
	}
	p := partial{}
	if v.partial != nil {
		p = *v.partial
	}
	p.deps = MergeDeps(append(slices.Clone(deps), v.Deps()...))
	v.partial = &p
	return v
}

// Unseen returns what those members of an open array or object are like that cannot be seen, if that is known: what a loop
// makes in each of its iterations, whose number is not known.
func (v Value) Unseen() (like Value, ok bool) {
	if !v.Open || v.partial == nil || v.partial.unseen == nil {
		return Value{}, false
	}
	return *v.partial.unseen, true
}

// WithUnseen returns an array or object opened for members that are like another value.
func (v Value) WithUnseen(like Value) Value {
	p := partial{deps: MergeDeps(append(slices.Clone(v.Deps()), like.Deps()...)), unseen: &like}
	v.Open, v.partial = true, &p
	return v
}

// Sources returns what an unknown without identity was computed from, as far as that is kept.
func (v Value) Sources() []Value {
	if v.Kind != Unknown || v.text != "" || v.partial == nil {
		return nil
	}
	return v.partial.sources
}

// WithSources returns an unknown without identity that was computed from other values.
func (v Value) WithSources(sources ...Value) Value {
	v.partial = &partial{deps: v.Deps(), sources: slices.Clone(sources)}
	return v
}

// HidingSecret returns an array or object opened for members of which one may be a secret.
func (v Value) HidingSecret() Value {
	if _, ok := v.Unseen(); ok {
		return v
	}
	return v.WithUnseen(Value{Secret: true})
}

// MergeDeps sorts names and drops repetitions; it keeps at most 16.
func MergeDeps(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	names = slices.Clone(names)
	slices.Sort(names)
	names = slices.Compact(names)
	return slices.Clip(names[:min(len(names), maxDeps)])
}

var formatText = strings.NewReplacer("'", "''", "{", "{{", "}", "}}")

// Spelling returns the pieces that the expression of v is made of: those of a string with holes, and of one that is one of
// several because a piece of it is.
func (v Value) Spelling() []Value {
	if v.Secret || v.partial == nil || v.partial.spelled == nil {
		return v.Pieces()
	}
	return v.partial.spelled
}

// SpelledAs returns v, one of several, with the pieces of w if it has the same expression.
func (v Value) SpelledAs(w Value) Value {
	if len(v.Cases()) == 0 || w.partial == nil || v.Sym() != w.Sym() {
		return v
	}
	p := *v.partial
	p.spelled, v.partial = w.partial.spelled, &p
	return v
}

// canonTemplate writes a string with holes as the call of format that would make it.
func (v Value) canonTemplate() string {
	var format, args strings.Builder
	n := 0
	for _, p := range v.Parts() {
		if text, ok := p.Text(); ok && !p.Secret {
			format.WriteString(formatText.Replace(text))
			continue
		}
		if p.Sym() == "" {
			return ""
		}
		format.WriteString("{" + itoa(n) + "}")
		args.WriteString(", " + p.Sym())
		n++
	}
	if format.Len()+args.Len() > MaxSym {
		return ""
	}
	return "format('" + format.String() + "'" + args.String() + ")"
}
