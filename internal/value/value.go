// Package value has the one type for what is known of a value before deployment.
//
// Absent, null and unknown are three different things, and the zero Value is unknown. No accessor turns an unknown into a
// value: each says whether it knows, so that the natural way to write a check is the safe one.
package value

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Kind tells what is known of a value.
type Kind uint8

// The zero Kind is Unknown.
const (
	Unknown Kind = iota
	Absent       // not there: a member that a closed object does not have
	Null
	Bool
	Int
	Float
	String
	Array
	Object
)

var kindNames = [...]string{"unknown", "absent", "null", "bool", "int", "float", "string", "array", "object"}

func (k Kind) String() string { return kindNames[k] }

// Value is what is known of a value, where it was written, and how it got to where it is used. Values are immutable:
// every change makes a new one, and slices taken from a Value must not be written to.
type Value struct {
	Kind Kind
	// Open says of an array or object that it may hold more members than can be seen.
	Open bool
	// Secret says that the value is, or contains text of, a key or password. It is never printed.
	Secret bool
	// NotNull says of an unknown that it cannot turn out to be null.
	NotNull bool

	size    uint32  // Array, Object: how many values it holds at any depth
	num     uint64  // Bool, Int, Float
	text    string  // String: the text. Unknown: the canonical expression (see Sym)
	elems   []Value // Array
	fields  []Field // Object
	partial *partial
	// Span is where the value itself was written; zero when it was computed or comes from outside.
	Span source.Span
	// From is how the value got here, the latest step first.
	From *Origin
}

// partial is what is known of an unknown value.
type partial struct {
	cases   []Value  // it is one of these
	parts   []Value  // it is a string made of these pieces: known strings and unknowns
	deps    []string // the parameters that would have to be known
	memo    any      // see Memo
	sources []Value  // see Sources
	// spelled are the pieces of a string that is one of several because a piece is: its expression is made of them.
	spelled []Value
	// unseen is what the members of an open array or object that cannot be seen are like; see Unseen
	unseen *Value
}

// Field is a member of an object. Names are compared without case, as Azure does.
type Field struct {
	Name  string
	Value Value
	// Site covers the whole member as written, name and value; zero when it was computed.
	Site source.Span
}

// Origin is one step of the way that a value took.
type Origin struct {
	Kind OriginKind
	Name string      // of the parameter, variable, …
	In   string      // Argument and Default: the module, as its caller names it
	Span source.Span // of the step: the default, the argument, the variable's declaration
	// Call is the header of the call of the module whose parameter default this is; zero in a root template.
	Call source.Span
	Prev *Origin
}

// OriginKind says by what kind of step a value came.
type OriginKind uint8

// The kinds of steps.
const (
	FromDefault  OriginKind = iota + 1 // a parameter's own default
	FromVariable                       // a variable, local
	FromArgument                       // an argument that a caller passes to a module
	FromFile                           // an assignment in a parameter file
	FromOutput                         // an output of a module
	FromPlatform                       // a default of the service or provider
)

// Of returns the JSON-like Go value (nil, bool, int, int64, float64, string) as a Value; it panics for other types.
func Of(x any) Value {
	switch x := x.(type) {
	case nil:
		return Value{Kind: Null}
	case bool:
		return OfBool(x)
	case int:
		return OfInt(int64(x))
	case int64:
		return OfInt(x)
	case float64:
		return OfFloat(x)
	case string:
		return OfString(x)
	}
	panic("value.Of: not a scalar")
}

// OfBool makes a known bool.
func OfBool(b bool) Value {
	v := Value{Kind: Bool}
	if b {
		v.num = 1
	}
	return v
}

// OfInt makes a known integer.
func OfInt(n int64) Value { return Value{Kind: Int, num: uint64(n)} }

// OfFloat makes a known number that is not an integer of the language.
func OfFloat(f float64) Value { return Value{Kind: Float, num: math.Float64bits(f)} }

// OfString makes a known string.
func OfString(s string) Value { return Value{Kind: String, text: s} }

// OfArray makes an array of which all elements are in elems. Beyond MaxNodes it is unknown.
func OfArray(elems ...Value) Value {
	n := uint32(1)
	for i := range elems {
		n = min(n+elems[i].nodes(), MaxNodes+1)
	}
	if n > MaxNodes {
		return Value{}
	}
	return Value{Kind: Array, elems: elems, size: n}
}

// OfObject makes a closed object. A later field with the same name wins. Beyond MaxNodes it is unknown.
func OfObject(fields ...Field) Value {
	n := uint32(1)
	for i := range fields {
		n = min(n+fields[i].Value.nodes(), MaxNodes+1)
	}
	if n > MaxNodes {
		return Value{}
	}
	return Value{Kind: Object, fields: fields, size: n}
}

// nodes counts the values in v at any depth. A value shared by many places counts at each, so that no walk over a
// value of permitted size takes long, however it was built.
// Size returns how many values v holds at any depth, itself included.
func (v Value) Size() int { return int(v.nodes()) }

func (v *Value) nodes() uint32 { return max(v.size, 1) }

// NullValue is a known null.
var NullValue = Value{Kind: Null}

// AbsentValue is a member that is not there.
var AbsentValue = Value{Kind: Absent}

// At returns v as written at span.
func (v Value) At(span source.Span) Value { v.Span = span; return v }

// Via returns v with one more step on its way.
func (v Value) Via(o Origin) Value { o.Prev = v.From; v.From = &o; return v }

// AsOpen returns v marked as possibly having more members.
func (v Value) AsOpen() Value { v.Open = true; return v }

// AsSecret returns v marked as secret, with everything in it.
func (v Value) AsSecret() Value {
	v.Secret = true
	v.elems = secrets(v.elems)
	v.fields = slices.Clone(v.fields)
	for i := range v.fields {
		v.fields[i].Value = v.fields[i].Value.AsSecret()
	}
	if cases := v.Cases(); cases != nil {
		p := *v.partial
		p.cases = secrets(cases)
		v.partial = &p
	}
	return v
}

// AsSecretOf is AsSecret of what a declaration, named by a canonical expression, makes secret: an unknown without identity that
// was no secret before has that of the declaration then, which tells it from other secrets.
func (v Value) AsSecretOf(sym string) Value { return v.declared(sym).AsSecret() }

func (v Value) declared(sym string) Value {
	switch {
	case v.Secret:
	case v.Kind == Unknown && v.text == "" && v.Parts() == nil && len(v.Cases()) == 0:
		return v.Named(sym)
	case v.Kind == Array:
		v.elems = slices.Clone(v.elems)
		for i, e := range v.elems {
			v.elems[i] = e.declared(sym + "[" + strconv.Itoa(i) + "]")
		}
	case v.Kind == Object:
		v.fields = slices.Clone(v.fields)
		for i, f := range v.fields {
			v.fields[i].Value = f.Value.declared(sym + "." + f.Name)
		}
	}
	return v
}

func secrets(list []Value) []Value {
	list = slices.Clone(list)
	for i := range list {
		list[i] = list[i].AsSecret()
	}
	return list
}

// IsUnset reports whether v is known to be absent or null, which Azure treats alike in a resource's properties.
func (v Value) IsUnset() bool {
	if v.Kind != Unknown {
		return v.Kind == Absent || v.Kind == Null
	}
	for _, c := range v.Cases() {
		if c.Kind != Absent && c.Kind != Null {
			return false
		}
	}
	return len(v.Cases()) > 0
}

// Is reports whether v is known to be the bool b. Both Is(true) and Is(false) are false for an unknown.
func (v Value) Is(b bool) bool { return v.Kind == Bool && (v.num == 1) == b }

// Text returns the string that v is known to be.
func (v Value) Text() (string, bool) { return v.textIf(String), v.Kind == String }

func (v Value) textIf(k Kind) string {
	if v.Kind == k {
		return v.text
	}
	return ""
}

// Bool returns the bool that v is known to be.
func (v Value) Bool() (b, ok bool) { return v.Kind == Bool && v.num == 1, v.Kind == Bool }

// Int returns the integer that v is known to be.
func (v Value) Int() (int64, bool) {
	if v.Kind != Int {
		return 0, false
	}
	return int64(v.num), true
}

// Float returns the number that v is known to be, integer or not.
func (v Value) Float() (float64, bool) {
	switch v.Kind {
	case Int:
		return float64(int64(v.num)), true
	case Float:
		return math.Float64frombits(v.num), true
	}
	return 0, false
}

// Elems returns the elements of an array that can be seen; v.Open tells whether there may be more.
func (v Value) Elems() []Value { return v.elems }

// Fields returns the members of an object that can be seen, in source order; v.Open tells whether there may be more.
func (v Value) Fields() []Field { return v.fields }

// Lookup returns the last field with that name, ignoring case.
func (v Value) Lookup(name string) (Field, bool) {
	for i := len(v.fields) - 1; i >= 0; i-- {
		if strings.EqualFold(v.fields[i].Name, name) {
			return v.fields[i], true
		}
	}
	return Field{}, false
}

// Get returns the member with that name: Absent only where the object is closed, and unknown where it cannot be told.
// The member of each of several cases is one of the cases of the result.
func (v Value) Get(name string) Value {
	switch v.Kind {
	case Object:
		if f, ok := v.Lookup(name); ok {
			return f.Value
		}
		if !v.Open {
			return AbsentValue
		}
	case Absent, Null:
		return AbsentValue
	case Unknown:
		if cases := v.Cases(); len(cases) > 0 {
			got := make([]Value, len(cases))
			for i, c := range cases {
				got[i] = c.Get(name)
			}
			return OneOf(v.memberSym(name), got...).WithDeps(v.Deps()...)
		}
	}
	return v.member(name)
}

// member is an unknown that stands for a member of v.
func (v Value) member(name string) Value {
	u := NewUnknown(v.memberSym(name), v.Deps()...)
	unseen, _ := v.Unseen()
	u.Secret, u.From, u.Span = v.Secret || unseen.Secret, v.From, v.Span
	if u.Secret && u.text == "" {
		u = u.WithSources(v)
	}
	return u
}

func (v Value) memberSym(name string) string {
	sym := v.Sym()
	switch {
	case sym == "":
		return ""
	case isIdentifier(name):
		return sym + "." + name
	}
	return sym + "['" + strings.ReplaceAll(name, "'", "''") + "']"
}

func isIdentifier(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if !(c >= 'a' && c <= 'z' || s[i] == '_' || i > 0 && s[i] >= '0' && s[i] <= '9') {
			return false
		}
	}
	return s != ""
}

// GetPath follows a dotted path of member names.
func (v Value) GetPath(path string) Value {
	for path != "" {
		name, rest, _ := strings.Cut(path, ".")
		v, path = v.Get(name), rest
	}
	return v
}

// Index returns the i-th element of an array.
func (v Value) Index(i int) Value {
	switch {
	case v.Kind == Array && i >= 0 && i < len(v.elems):
		return v.elems[i]
	case v.Kind == Array && !v.Open:
		return AbsentValue
	}
	sym := v.Sym()
	if sym != "" {
		sym += "[" + strconv.Itoa(i) + "]"
	}
	u := NewUnknown(sym, v.Deps()...)
	if u.Secret = v.Secret; u.Secret && sym == "" {
		u = u.WithSources(v)
	}
	return u
}

// Known reports whether nothing in v is unknown, at any depth.
func (v Value) Known() bool {
	switch v.Kind {
	case Unknown:
		return false
	case Array:
		for _, e := range v.elems {
			if !e.Known() {
				return false
			}
		}
	case Object:
		for _, f := range v.fields {
			if !f.Value.Known() {
				return false
			}
		}
	}
	return !v.Open
}
