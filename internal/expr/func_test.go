package expr

import (
	"regexp"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// row is an expression and what is known of its value: value.AppendJSON's form, with unknowns as $unknown.
type row struct{ in, want string }

// testScope knows parameters: secret and secretObject hold a key, and all others are unknown.
type testScope struct{}

func (testScope) Call(e *Evaluator, c *Call) (value.Value, bool) {
	if c.Name != "parameters" {
		return value.Value{}, false
	}
	name, _ := e.Eval(c.Args[0]).Text()
	secret := value.OfString("k-e-y").AsSecret()
	switch name {
	case "secret":
		return secret, true
	case "secretObject":
		return value.OfObject(value.Field{Name: "key", Value: secret}), true
	case "secretJSON":
		return value.OfString(`{"a":["b"]}`).AsSecret(), true
	}
	return value.NewUnknown("parameters('"+name+"')", name), true
}

func parseTest(t testing.TB, s string) Expr {
	f := source.NewFile("test", []byte(s))
	text := Text{File: f, Offset: func(i int) int { return i - 1 }}
	x, err := ParseString("["+s+"]", text, f.At(0, len(s)))
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return x
}

func evalTest(t testing.TB, s string) value.Value { return New(testScope{}).Eval(parseTest(t, s)) }

var shortParameter = regexp.MustCompile(`@([a-z])\b`)

// long writes @u out as parameters('u').
func long(s string) string { return shortParameter.ReplaceAllString(s, "parameters('$1')") }

// run checks rows, in which @u is an unknown parameter u.
func run(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		got := string(value.AppendJSON(nil, evalTest(t, long(r.in))))
		if want := long(r.want); got != want {
			t.Errorf("%s\n got %s\nwant %s", r.in, got, want)
		}
	}
}
