package value

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCanon(t *testing.T) {
	p := NewUnknown("parameters('p')")
	for _, tt := range []struct {
		name string
		v    Value
		want string
	}{
		{"unknown", p, "parameters('p')"},
		{"unknown without identity", Value{}, ""},
		{"absent", AbsentValue, "null()"},
		{"null", NullValue, "null()"},
		{"bool", OfBool(true), "true()"},
		{"int", OfInt(-7), "-7"},
		{"float", OfFloat(0.5), "json('0.5')"},
		{"string", OfString("it's"), "'it''s'"},
		{"array", OfArray(OfInt(1), p), "createArray(1, parameters('p'))"},
		{"object", OfObject(Field{Name: "a b", Value: OfBool(false)}), "createObject('a b', false())"},
		{"open array", OfArray(OfInt(1)).AsOpen(), ""},
		{"open object", OfObject().AsOpen(), ""},
		{"unknown inside", OfArray(Value{}), ""},
		{"too long", OfString(strings.Repeat("a", 2*MaxSym)), "'" + strings.Repeat("a", 2*MaxSym) + "'"},
		{"too long inside", OfArray(OfString(strings.Repeat("a", MaxSym)), OfInt(1)), ""},
		{"secret text", OfString("hunter2").AsSecret(), ""},
		{"secret text inside", OfArray(OfString("hunter2").AsSecret()), ""},
		{"secret call", NewUnknown("listKeys('a')").AsSecret(), "listKeys('a')"},
	} {
		if got := Canon(tt.v); got != tt.want {
			t.Errorf("%s: %.60q, want %.60q", tt.name, got, tt.want)
		}
	}
	if got := CanonCall("f", OfInt(1), OfString("a")); got != "f(1, 'a')" {
		t.Errorf("call: %q", got)
	}
	if got := CanonCall("f", Value{}); got != "" {
		t.Errorf("call with something unknown: %q", got)
	}
}

// TestReadable shortens, and never through the middle of a letter.
func TestReadable(t *testing.T) {
	const group = "format('/subscriptions/{0}/resourceGroups/{1}', subscription().subscriptionId, resourceGroup().name)"
	for _, tt := range []struct {
		sym   string
		limit int
		want  string
	}{
		{"parameters('p')", 60, "parameters('p')"},
		{"parameters('p')", 10, "parameters…"},
		{"f(" + group + ")", 60, "f(resourceGroup().id)"},
		{"ééé", 3, "é…"},
		{"", 3, ""},
	} {
		got := Readable(tt.sym, tt.limit)
		if got != tt.want || !utf8.ValidString(got) {
			t.Errorf("%q in %d bytes: %q, want %q", tt.sym, tt.limit, got, tt.want)
		}
	}
}

func TestOutline(t *testing.T) {
	for sym, want := range map[string]string{
		"parameters('name')":                      "parameters('name')",
		"take(format('{0}{1}', a, b), 24)":        "take(…)",
		"reference('an id that is long').name":    "reference(…).name",
		"(a long expression that is no call":      "(a long expression…",
		"a.long.reference.that.is.no.call.at.all": "a.long.reference.t…",
		"f(x).a.long.way.to.go.on.and.on":         "f(x).a.long.way.to…",
		")(":                                      ")(",
		"first(f('a ) in text', x))[g(0)].id":     "first(…)[g(0)].id",
		"format('it''s (', a, b, c).d":            "format(…).d",
	} {
		if got := Outline(sym, 18); got != want {
			t.Errorf("Outline(%q) = %q, want %q", sym, got, want)
		}
	}
}
