package value

import "testing"

var truths = []Truth{Undecided, False, True}

// TestTruth is the whole of three-valued logic: Kleene's, in which an answer that is not known may be either.
func TestTruth(t *testing.T) {
	const u, f, y = Undecided, False, True
	and := [3][3]Truth{ // by the numbers of u, f, y
		{u, f, u},
		{f, f, f},
		{u, f, y},
	}
	or := [3][3]Truth{
		{u, u, y},
		{u, f, y},
		{y, y, y},
	}
	not := [3]Truth{u, y, f}
	for _, a := range truths {
		if got := a.Not(); got != not[a] {
			t.Errorf("not %v is %v, want %v", a, got, not[a])
		}
		for _, b := range truths {
			if got := And(a, b); got != and[a][b] {
				t.Errorf("%v and %v is %v, want %v", a, b, got, and[a][b])
			}
			if got := Or(a, b); got != or[a][b] {
				t.Errorf("%v or %v is %v, want %v", a, b, got, or[a][b])
			}
		}
	}
	if And() != True || Or() != False {
		t.Error("and of nothing is true, or of nothing is false")
	}
	if And(u, y, f) != False || Or(u, f, y) != True {
		t.Error("a later answer decides")
	}
	if u.String() != "undecided" || f.String() != "false" || y.String() != "true" || TruthOf(true) != y || TruthOf(false) != f {
		t.Error("names of answers")
	}
}

// TestDecide answers for several cases only when all of them agree.
func TestDecide(t *testing.T) {
	for _, tt := range []struct {
		name string
		v    Value
		want Truth
	}{
		{"true", OfBool(true), True},
		{"false", OfBool(false), False},
		{"unknown", Value{}, Undecided},
		{"no bool", OfString("true"), Undecided},
		{"null", NullValue, Undecided},
		{"both", OneOf("", OfBool(true), OfBool(false)), Undecided},
		{"true or unknown", OneOf("", OfBool(true), NewUnknown("p")), Undecided},
		{"unknown or unknown", OneOf("", NewUnknown("p"), NewUnknown("q")), Undecided},
	} {
		if got := tt.v.IsTrue(); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestEqualsFold(t *testing.T) {
	for _, tt := range []struct {
		name string
		v    Value
		want Truth
	}{
		{"same", OfString("Disabled"), True},
		{"other case", OfString("disabled"), True},
		{"another", OfString("Enabled"), False},
		{"no string", OfBool(false), False},
		{"null", NullValue, False},
		{"unknown", NewUnknown("p"), Undecided},
		{"either case of it", OneOf("", OfString("DISABLED"), OfString("disabled")), True},
		{"neither", OneOf("", OfString("Enabled"), NullValue), False},
		{"perhaps", OneOf("", OfString("Disabled"), NullValue), Undecided},
		{"text that cannot be it", Template(OfString("x"), NewUnknown("p")), False},
		{"text that can be it", Template(OfString("dis"), NewUnknown("p")), Undecided},
		{"text that ends otherwise", Template(NewUnknown("p"), OfString("!")), False},
	} {
		if got := tt.v.EqualsFold("Disabled"); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestEqual compares values as the language's equals does; an unknown row stands beside every known one.
func TestEqual(t *testing.T) {
	p, q := NewUnknown("parameters('p')"), NewUnknown("parameters('q')")
	object := func(fields ...Field) Value { return OfObject(fields...) }
	a1 := Field{Name: "a", Value: OfInt(1)}
	for _, tt := range []struct {
		name       string
		a, b       Value
		equal, sam Truth // Equal, SameFold
	}{
		{"ints", OfInt(1), OfInt(1), True, True},
		{"int and float", OfInt(1), OfFloat(1), True, True},
		{"another number", OfInt(1), OfFloat(1.5), False, False},
		{"large ints", OfInt(1<<62 + 1), OfInt(1 << 62), False, False},
		{"int and text", OfInt(1), OfString("1"), False, False},
		{"bools", OfBool(true), OfBool(false), False, False},
		{"bool and int", OfBool(true), OfInt(1), False, False},
		{"text", OfString("Ab"), OfString("aB"), False, True},
		{"text beyond ASCII", OfString("É"), OfString("é"), False, True},
		{"null", NullValue, NullValue, True, True},
		{"null and absent", NullValue, AbsentValue, True, True},
		{"null and text", NullValue, OfString(""), False, False},
		{"the same unknown", p, p, True, True},
		{"unknowns that differ in case", NewUnknown("parameters('P')"), p, Undecided, Undecided},
		{"two unknowns", p, q, Undecided, Undecided},
		{"no identity", Value{}, Value{}, Undecided, Undecided},
		{"unknown and known", p, OfInt(1), Undecided, Undecided},
		{"unknown and null", p, NullValue, Undecided, Undecided},

		{"objects", object(a1), object(Field{Name: "A", Value: OfFloat(1)}), True, True},
		{"order of members", object(a1, Field{Name: "b", Value: p}), object(Field{Name: "b", Value: p}, a1), True, True},
		{"another name", object(Field{Name: "a", Value: NullValue}), object(Field{Name: "b", Value: NullValue}), False, False},
		{"as many, not the same", object(a1, Field{Name: "n", Value: NullValue}), object(a1, Field{Name: "z", Value: OfInt(2)}), False, False},
		{"a member more", object(a1), object(), False, False},
		{"a member that is absent", object(Field{Name: "a", Value: AbsentValue}), object(), True, True},
		{"a member that may be absent", object(Field{Name: "a", Value: OneOf("", OfInt(1), AbsentValue)}), object(), Undecided, Undecided},
		{"the last of the same name", object(Field{Name: "a", Value: OfInt(2)}, a1), object(a1), True, True},
		{"member unknown", object(Field{Name: "a", Value: p}), object(a1), Undecided, Undecided},
		{"open", object(a1).AsOpen(), object(a1), Undecided, Undecided},
		{"open, and differs", object(a1).AsOpen(), object(Field{Name: "a", Value: OfInt(2)}), False, False},
		{"open, and has more", object(a1).AsOpen(), object(), False, False},
		{"object and array", object(), OfArray(), False, False},

		{"cases without it", OneOf("", OfInt(1), OfInt(2)), OfInt(3), False, False},
		{"cases with it", OneOf("", OfInt(1), OfInt(2)), OfInt(2), Undecided, Undecided},
		{"the same cases", OneOf("", OfInt(1), OfInt(2)), OneOf("", OfInt(1), OfInt(2)), Undecided, Undecided},
		{"the same choice", OneOf("c", OfInt(1), OfInt(2)), OneOf("c", OfInt(1), OfInt(2)), True, True},
		{"disjoint cases", OneOf("c", OfInt(1), OfInt(2)), OneOf("d", OfInt(3), OfInt(4)), False, False},
	} {
		check := func(what string, got, want Truth) {
			if got != want {
				t.Errorf("%s, %s: %v, want %v", tt.name, what, got, want)
			}
		}
		check("Equal", Equal(tt.a, tt.b), tt.equal)
		check("Equal turned round", Equal(tt.b, tt.a), tt.equal)
		check("SameFold", SameFold(tt.a, tt.b), tt.sam)
		check("SameFold turned round", SameFold(tt.b, tt.a), tt.sam)
	}
}

// TestEqualHoles compares strings with holes by their pieces.
func TestEqualHoles(t *testing.T) {
	p, q := NewUnknown("p"), NewUnknown("q")
	text := func(pieces ...any) Value {
		values := make([]Value, len(pieces))
		for i, x := range pieces {
			if s, ok := x.(string); ok {
				x = OfString(s)
			}
			values[i] = x.(Value)
		}
		return Template(values...)
	}
	for _, tt := range []struct {
		name      string
		a, b      Value
		equal, cs Truth // Equal, SameFold
	}{
		{"the same", text("db-", p, "-x"), text("db-", p, "-x"), True, True},
		{"put together otherwise", text("d", "b-", p, "-x"), text("db-", text(p, "-x")), True, True},
		{"letter case", text("DB-", p), text("db-", p), False, True},
		{"two holes", text(p, "/", q), text(p, "/", q), True, True},
		{"holes the other way round", text(p, "/", q), text(q, "/", p), Undecided, Undecided},
		{"other hole", text("db-", p), text("db-", q), Undecided, Undecided},
		{"other beginning", text("a", p), text("b", p), False, False},
		{"other end", text(p, "a"), text(p, "b"), False, False},
		{"beginning that goes on", text("ab", p), text("a", q), Undecided, Undecided},
		{"hole at the other end", text("a", p), text(p, "a"), Undecided, Undecided},
		{"hole and its text", text("a", p), text("abc"), Undecided, Undecided},
		{"hole that may be empty", text("a", p), text("a"), Undecided, Undecided},
		{"too long", text("abc", p), text("ab"), False, False},
		{"nothing", text(p, "a"), text(""), False, False},
		{"longer by a known piece", text(p, "a"), text("b", p, "a"), False, False},
		{"more at the end", text("a", p), text("a", p, "b"), False, False},
		{"an unknown that may be it", text("a", p), q, Undecided, Undecided},
		{"its own hole and more", text("a", p), p, False, False},
		{"no string", text("a", p), OfInt(1), False, False},
		{"an array", text("a", p), OfArray(), False, False},
		{"letters beyond ASCII", text("É", p), text("é", p), False, Undecided},
		{"letters beyond ASCII and other holes", text("É", p), text("é", q), False, Undecided},
	} {
		if got := Equal(tt.a, tt.b); got != tt.equal {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.equal)
		}
		if got := Equal(tt.b, tt.a); got != tt.equal {
			t.Errorf("%s, turned round: %v, want %v", tt.name, got, tt.equal)
		}
		if got := SameFold(tt.a, tt.b); got != tt.cs {
			t.Errorf("%s, without case: %v, want %v", tt.name, got, tt.cs)
		}
	}
}
