package value

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestOneOf merges equal cases and flattens nested ones; a single case is itself.
func TestOneOf(t *testing.T) {
	p := NewUnknown("p")
	many := make([]Value, MaxCases+1)
	for i := range many {
		many[i] = OfInt(int64(i))
	}
	for _, tt := range []struct {
		name string
		v    Value
		want string
	}{
		{"none", OneOf("c"), `{"$unknown":"c"}`},
		{"single", OneOf("c", OfInt(1)), `1`},
		{"equal", OneOf("c", OfInt(1), OfInt(1)), `1`},
		{"numbers of two kinds stay apart", OneOf("c", OfInt(1), OfFloat(1)), `{"$oneOf":[1,1]}`},
		{"two", OneOf("c", OfInt(1), OfInt(2)), `{"$oneOf":[1,2]}`},
		{"nested", OneOf("c", OneOf("d", OfInt(1), OfInt(2)), OfInt(2), OfInt(3)), `{"$oneOf":[1,2,3]}`},
		{"null and absent", OneOf("c", NullValue, AbsentValue, NullValue), `{"$oneOf":[null,{"$absent":true}]}`},
		{"the same unknown", OneOf("c", p, p), `{"$unknown":"p"}`},
		{"unknowns without identity", OneOf("c", Value{}, Value{}), `{"$oneOf":[{"$unknown":""},{"$unknown":""}]}`},
		{"letter case", OneOf("c", OfString("a"), OfString("A")), `{"$oneOf":["a","A"]}`},
		{"secret or not", OneOf("c", OfString("a").AsSecret(), OfString("a")), `{"$secret":"c"}`},
		{"open or not", OneOf("c", OfObject(), OfObject().AsOpen()), `{"$oneOf":[{},{"$open":true}]}`},
		{"as many as there may be", OneOf("c", many[:MaxCases]...), ""},
		{"too many", OneOf("c", many...), `{"$unknown":"c"}`},
	} {
		if got := string(AppendJSON(nil, tt.v)); tt.want != "" && got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if n := len(OneOf("c", many[:MaxCases]...).Cases()); n != MaxCases {
		t.Errorf("%d cases are kept, want %d", n, MaxCases)
	}
}

// TestTemplate puts strings together: known where all pieces are, with holes elsewhere, one of several where pieces are.
func TestTemplate(t *testing.T) {
	p, q := NewUnknown("p", "p"), NewUnknown("q", "q")
	or := OneOf("c", OfString("a"), OfString("b"))
	for _, tt := range []struct {
		name string
		v    Value
		want string
	}{
		{"nothing", Template(), `""`},
		{"known", Template(OfString("a"), OfString("b")), `"ab"`},
		{"a hole alone", Template(OfString(""), p, OfString("")), `{"$unknown":"p"}`},
		{"a hole", Template(OfString("a"), OfString("b"), p), `{"$template":["ab",{"$unknown":"p"}]}`},
		{"nested", Template(Template(OfString("a"), p), OfString("b"), Template(q, OfString("c"))),
			`{"$template":["a",{"$unknown":"p"},"b",{"$unknown":"q"},"c"]}`},
		{"a case", Template(OfString("x"), or), `{"$oneOf":["xa","xb"]}`},
		{"cases times cases", Template(or, OfString("-"), or), `{"$oneOf":["a-a","a-b","b-a","b-b"]}`},
		{"a case with a hole", Template(or, p), `{"$oneOf":[{"$template":["a",{"$unknown":"p"}]},{"$template":["b",{"$unknown":"p"}]}]}`},
	} {
		if got := string(AppendJSON(nil, tt.v)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := Template(p, OfString("/"), or, q).Deps(); !slices.Equal(got, []string{"p", "q"}) {
		t.Errorf("it waits for %v, want [p q]", got)
	}
}

// TestTemplateSym is the expression that a string with holes would be written as.
func TestTemplateSym(t *testing.T) {
	for _, tt := range []struct {
		v    Value
		want string
	}{
		{Template(OfString("db-"), NewUnknown("parameters('p')")), "format('db-{0}', parameters('p'))"},
		{Template(OfString("{it's}"), NewUnknown("p")), "format('{{it''s}}{0}', p)"},
		{Template(NewUnknown("p"), NewUnknown("q")), "format('{0}{1}', p, q)"},
		{Template(OfString("a"), Value{}), ""},
		{Template(OfString(strings.Repeat("a", MaxSym)), NewUnknown("p")), ""},
		{Template(OfString("key").AsSecret(), NewUnknown("p")), ""},
	} {
		if got := tt.v.Sym(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// TestTemplateEnds holds that text doubled again and again ends: known text at MaxText, holes at MaxParts, cases at
// MaxCases.
func TestTemplateEnds(t *testing.T) {
	for _, tt := range []struct {
		name string
		v    Value
	}{
		{"text", OfString("xxxxxxxx")},
		{"hole", Template(OfString("x"), NewUnknown("p"))},
		{"hole without identity", Template(OfString("x"), Value{})},
		{"cases", OneOf("c", OfString("a"), OfString("b"))},
		{"secret", Template(OfString("x"), NewUnknown("p").AsSecret())},
	} {
		v := tt.v
		for range 64 {
			v = Template(v, OfString("-"), v)
		}
		if v.Kind != Unknown || len(v.Parts()) > MaxParts || len(v.Cases()) > MaxCases || v.Secret != tt.v.Secret {
			t.Errorf("%s: %v with %d parts and %d cases, secret %v", tt.name, v.Kind, len(v.Parts()), len(v.Cases()), v.Secret)
		}
	}
}

func TestDeps(t *testing.T) {
	p := NewUnknown("p", "b", "a", "b")
	if got := p.Deps(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("sorted and once each: %v", got)
	}
	for _, tt := range []struct {
		name string
		v    Value
		want []string
	}{
		{"known", OfInt(1).WithDeps("c"), nil},
		{"unknown", p.WithDeps("c"), []string{"a", "b", "c"}},
		{"array", OfArray(p, NewUnknown("q", "q")), []string{"a", "b", "q"}},
		{"object", OfObject(Field{Name: "x", Value: p}), []string{"a", "b"}},
		{"open object", OfObject(Field{Name: "x", Value: p}).AsOpen().WithDeps("c"), []string{"a", "b", "c"}},
		{"choice", OneOf("", p, NewUnknown("q", "q")), []string{"a", "b", "q"}},
	} {
		if got := tt.v.Deps(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	var names []string
	for i := range 2 * maxDeps {
		names = append(names, fmt.Sprintf("p%02d", i))
	}
	got := MergeDeps(names)
	if len(got) != maxDeps {
		t.Errorf("%d names are kept, want %d", len(got), maxDeps)
	}
	if _ = append(got, "x"); names[maxDeps] == "x" {
		t.Error("a name was written into somebody else's list")
	}
}

// TestNamed gives another identity to unknowns only.
func TestNamed(t *testing.T) {
	if got := NewUnknown("p").Named("q").Sym(); got != "q" {
		t.Errorf("Sym is %q, want q", got)
	}
	if got := OfString("p").Named("q"); got.Sym() != "" || Equal(got, OfString("p")) != True {
		t.Errorf("a known value became %v", got)
	}
	if got := NewUnknown(strings.Repeat("x", MaxSym+1)).Sym(); got != "" {
		t.Errorf("an expression of %d bytes is kept", len(got))
	}
}

// TestTemplateCopiesOnce joins many short texts: what that takes grows with them, not with their square.
func TestTemplateCopiesOnce(t *testing.T) {
	pieces := []Value{NewUnknown("p")}
	for range 20_000 {
		pieces = append(pieces, OfString("a mail address, "))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	v := Template(pieces...)
	runtime.ReadMemStats(&after)
	if n := len(v.Parts()); n != 2 {
		t.Errorf("%d parts, want the hole and one text", n)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
		t.Errorf("joining 320 kB took %d kB", took>>10)
	}
}

// TestTemplateOfCases: the expression is that of all pieces, in however many steps they were put together.
func TestTemplateOfCases(t *testing.T) {
	env := OneOf("parameters('env')", OfString("dev"), OfString("prod"))
	name := Template(OfString("app-"), env)
	steps := Template(OfString("t/"), name, OfString("/{u}"))
	if want := "format('t/app-{0}/{{u}}', parameters('env'))"; steps.Sym() != want || len(steps.Cases()) != 2 {
		t.Errorf("got %s with %d cases, want %s", steps.Sym(), len(steps.Cases()), want)
	}
	if got := Template(OfString("x"), name.Named("variables('n')")).Sym(); got != "format('x{0}', variables('n'))" {
		t.Errorf("renamed: got %s", got)
	}
}
