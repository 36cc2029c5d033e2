package value

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// everyKind has a value of each kind; the tables of this package ask each of them the same question.
var everyKind = []struct {
	name string
	v    Value
}{
	{"unknown", Value{}},
	{"named unknown", NewUnknown("parameters('p')")},
	{"absent", AbsentValue},
	{"null", NullValue},
	{"true", OfBool(true)},
	{"false", OfBool(false)},
	{"int", OfInt(1)},
	{"float", OfFloat(1.5)},
	{"string", OfString("a")},
	{"text of a bool", OfString("true")},
	{"array", OfArray(OfInt(1))},
	{"object", OfObject(Field{Name: "a", Value: OfInt(1)})},
	{"open object", OfObject(Field{Name: "a", Value: OfInt(1)}).AsOpen()},
	{"one of two", OneOf("", OfBool(true), OfBool(false))},
	{"text with a hole", Template(OfString("a"), NewUnknown("p"))},
}

// TestAccessors holds that an accessor says yes only to what is known: for an unknown, both Is(true) and Is(false) are
// false.
func TestAccessors(t *testing.T) {
	yes := map[string]string{
		"absent": "unset known", "null": "unset known", "true": "true bool known", "false": "false bool known",
		"int": "int float known", "float": "float known", "string": "text known", "text of a bool": "text known",
		"array": "known", "object": "known",
	}
	for _, tt := range everyKind {
		_, isBool := tt.v.Bool()
		_, isInt := tt.v.Int()
		_, isFloat := tt.v.Float()
		_, isText := tt.v.Text()
		got := ""
		for _, q := range []struct {
			name string
			yes  bool
		}{
			{"unset", tt.v.IsUnset()}, {"true", tt.v.Is(true)}, {"false", tt.v.Is(false)}, {"bool", isBool},
			{"int", isInt}, {"float", isFloat}, {"text", isText}, {"known", tt.v.Known()},
		} {
			if q.yes && got != "" {
				got += " "
			}
			if q.yes {
				got += q.name
			}
		}
		if got != yes[tt.name] {
			t.Errorf("%s is %q, want %q", tt.name, got, yes[tt.name])
		}
	}
}

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		x    any
		want Kind
	}{{nil, Null}, {true, Bool}, {1, Int}, {int64(1), Int}, {1.0, Float}, {"", String}} {
		if got := Of(tt.x).Kind; got != tt.want {
			t.Errorf("Of(%v) is %v, want %v", tt.x, got, tt.want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Of took something that is no scalar")
		}
	}()
	Of([]string{})
}

// TestGet tells absent, null and unknown apart: absent is only what a closed object does not have.
func TestGet(t *testing.T) {
	object := OfObject(
		Field{Name: "name", Value: OfString("first")},
		Field{Name: "NAME", Value: OfString("last")},
		Field{Name: "none", Value: NullValue},
		Field{Name: "inner", Value: OfObject(Field{Name: "x", Value: OfInt(7)})},
	)
	p := NewUnknown("parameters('p')", "p")
	for _, tt := range []struct {
		name string
		v    Value
		path string
		want Value
	}{
		{"last of the same name, without case", object, "Name", OfString("last")},
		{"null", object, "none", NullValue},
		{"member of null", object, "none.x", AbsentValue},
		{"member of absent", object, "other.x", AbsentValue},
		{"path", object, "Inner.X", OfInt(7)},
		{"closed", object, "other", AbsentValue},
		{"open", object.AsOpen(), "other", Value{}},
		{"open, seen", object.AsOpen(), "none", NullValue},
		{"unknown", p, "a.b", NewUnknown("parameters('p').a.b")},
		{"unknown, no identifier", p, "it's", NewUnknown("parameters('p')['it''s']")},
		{"unknown without identity", Value{}, "a", Value{}},
		{"scalar", OfString("x"), "a", Value{}},
		{"cases", OneOf("c", object, OfObject()), "name", OneOf("c.name", OfString("last"), AbsentValue)},
		{"cases that agree", OneOf("c", object, object.AsOpen()), "name", OfString("last")},
	} {
		got := tt.v.GetPath(tt.path)
		if g, w := string(AppendJSON(nil, got)), string(AppendJSON(nil, tt.want)); g != w {
			t.Errorf("%s: %s, want %s", tt.name, g, w)
		}
	}
	if deps := p.Get("a").Deps(); len(deps) != 1 || deps[0] != "p" {
		t.Errorf("a member waits for %v, want [p]", deps)
	}
}

func TestIndex(t *testing.T) {
	list := OfArray(OfInt(1), OfInt(2))
	for _, tt := range []struct {
		name string
		v    Value
		i    int
		want string
	}{
		{"there", list, 1, `2`},
		{"beyond", list, 2, `{"$absent":true}`},
		{"before", list, -1, `{"$absent":true}`},
		{"beyond what is seen", list.AsOpen(), 2, `{"$unknown":""}`},
		{"unknown", NewUnknown("p"), 0, `{"$unknown":"p[0]"}`},
		{"secret", NewUnknown("listKeys(x)").AsSecret(), 0, `{"$secret":"listKeys(x)[0]"}`},
		{"no array", OfString("ab"), 0, `{"$unknown":""}`},
	} {
		if got := string(AppendJSON(nil, tt.v.Index(tt.i))); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestKnown looks into what a value holds, at any depth.
func TestKnown(t *testing.T) {
	for _, tt := range []struct {
		name string
		v    Value
		want bool
	}{
		{"deep", OfArray(OfObject(Field{Name: "a", Value: OfInt(1)})), true},
		{"deep unknown", OfArray(OfObject(Field{Name: "a", Value: Value{}})), false},
		{"open array", OfArray(OfInt(1)).AsOpen(), false},
		{"open and deep", OfArray(OfObject().AsOpen()), false},
	} {
		if got := tt.v.Known(); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestSize holds that a value of values of values ends: beyond MaxNodes it is unknown.
func TestSize(t *testing.T) {
	v := OfInt(1)
	for range 64 {
		v = OfArray(v, v)
	}
	if v.Kind == Array && v.nodes() > MaxNodes {
		t.Errorf("an array has %d nodes", v.nodes())
	}
	wide := make([]Field, MaxNodes)
	if got := OfObject(wide...).Kind; got != Unknown {
		t.Errorf("an object of %d fields is %v, want unknown", len(wide), got)
	}
	holes := make([]Value, MaxNodes/MaxParts+1)
	for i := range holes {
		pieces := make([]Value, MaxParts)
		for j := range pieces {
			pieces[j] = NewUnknown("p")
		}
		holes[i] = Template(pieces...)
	}
	if got := OfArray(holes...).Kind; got != Unknown {
		t.Errorf("an array of %d texts with %d holes each is %v, want unknown", len(holes), MaxParts, got)
	}
}

// TestImmutable holds that a change makes a new value and leaves the old one alone.
func TestImmutable(t *testing.T) {
	object := OfObject(Field{Name: "a", Value: OfArray(OfString("x"))})
	choice := OneOf("", OfString("x"), OfString("y"))
	f := source.NewFile("f", []byte("text"))
	_ = object.AsSecret()
	_ = choice.AsSecret()
	_ = object.At(f.At(0, 1)).Via(Origin{Kind: FromVariable}).AsOpen()
	_ = choice.WithDeps("p").Named("q")
	for _, tt := range []struct{ got, want string }{
		{string(AppendJSON(nil, object)), `{"a":["x"]}`},
		{string(AppendJSON(nil, choice)), `{"$oneOf":["x","y"]}`},
	} {
		if tt.got != tt.want {
			t.Errorf("it became %s, was %s", tt.got, tt.want)
		}
	}
	if !object.Span.IsZero() || object.From != nil || object.Open || len(choice.Deps()) != 0 || choice.Sym() != "" {
		t.Error("a change reached the value that it was made from")
	}
}

// TestVia keeps the steps of a way, the latest first.
func TestVia(t *testing.T) {
	v := OfInt(1).Via(Origin{Kind: FromDefault, Name: "p"}).Via(Origin{Kind: FromVariable, Name: "v"})
	if v.From.Name != "v" || v.From.Prev.Name != "p" || v.From.Prev.Prev != nil {
		t.Errorf("the way is %+v", v.From)
	}
}
