package expr

import (
	"regexp"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// row is an expression and what is known of its value: value.AppendJSON's form, with unknowns as $unknown.
type row struct{ in, want string }

// testScope knows parameters: secret and secretObject hold a key, secretUnknown is one, and all others are unknown.
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
	case "secretUnknown":
		return value.NewUnknown("parameters('secretUnknown')", name).AsSecret(), true
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

// Rows about how functions work together.
func TestLanguage(t *testing.T) {
	run(t, []row{
		{"if(equals('y', 'x'), 'Tls12', null())", `null`},
		{"if(equals(@u, 'x'), 'Tls12', null())", `{"$oneOf":["Tls12",null]}`},
		{"equals(toLower('A'), toLower('a'))", `true`},
		{"equals('A', 'a')", `false`},
		{"equals(createArray(1, createObject('a', null())), createArray(1, createObject('A', null())))", `true`},
		{"equals(uniqueString(@u), uniqueString(@u))", `true`},
		{"equals(uniqueString(@u), uniqueString(@v))", `{"$unknown":"equals(uniqueString(@u), uniqueString(@v))"}`},
		{"sub(sub(1, 2), 3)", `-4`},
		{"and(false(), equals(null().x, 1))", `false`},
		{"and(true(), null())", `{"$unknown":"and(null())"}`},
		{"if(true(), 1, reference('nope').x)", `1`},
		{"if(@u, 1, reference('nope').x)", `{"$oneOf":[1,{"$unknown":"reference('nope').x"}]}`},
		{"coalesce(null(), '')", `""`},
		{"coalesce(null(), if(@u, 'a', null()))", `{"$oneOf":["a",null]}`},
		{"coalesce(toLower(@u), 'd')", `{"$unknown":"toLower(@u)"}`},
		{"coalesce(@u, 'd')", `{"$oneOf":[{"$unknown":"@u"},"d"]}`},
		{"not(empty(@u))", `{"$unknown":"not(empty(@u))"}`},
		{"concat(createArray('b'), @u)[0]", `{"$unknown":""}`},
		{"createArray('b', @u)[0]", `"b"`},
		{"map(range(0, 2), lambda('i', createObject('ipAddressOrRange', format('10.0.0.{0}', lambdaVariables('i')))))",
			`[{"ipAddressOrRange":"10.0.0.0"},{"ipAddressOrRange":"10.0.0.1"}]`},
		{"empty(map(@u, lambda('i', 1)))", `{"$unknown":""}`},
		{"FORMAT('{0}', TOLOWER('A'))", `"a"`},
		{"tomorrow(1)", `{"$unknown":"tomorrow(1)"}`},
		{"toLower('a', 'b')", `{"$unknown":""}`},
	})
}

// What is said of a value must lead back to the parameters it waits for.
func TestDependencies(t *testing.T) {
	for in, want := range map[string]string{
		"concat('a', @u)":                 "u",
		"concat(@u, @v, 'a')":             "u v",
		"toLower(concat('a', @u))":        "u",
		"concat(if(@u, 'a', 'b'), 'c')":   "u",
		"union(createObject('a', 1), @u)": "u",
		"shallowMerge(createArray(createObject('a', 1), if(@u, createObject('b', 1), createObject())))": "u",
		"filter(createArray('a'), lambda('i', equals(lambdaVariables('i'), @u)))":                       "u",
		"map(@u, lambda('i', 1))":                                                     "u",
		"items(union(@u, createObject('a', 1)))":                                      "u",
		"flatten(createArray(createArray(1), if(@u, createArray(2), createArray())))": "u",
		"empty(@u)": "u",
		"coalesce(tryGet(if(@u, createObject('a', 1), createObject()), 'a'), 2)": "u",
	} {
		if got := strings.Join(evalTest(t, long(in)).Deps(), " "); got != want {
			t.Errorf("%s waits for %q, not %q", in, got, want)
		}
	}
}

func TestRegistered(t *testing.T) {
	for _, f := range functions {
		if (f.eval == nil) == (f.form == nil) || f.max >= 0 && f.max < f.min {
			t.Errorf("%s is not well defined", f.name)
		}
	}
}

// TestSecretText checks that the expression of a text with holes never spells what is secret in it, and that of one whose
// secrets are all unknown is kept, since it tells what they are.
func TestSecretText(t *testing.T) {
	for in, want := range map[string]string{
		"concat('x', parameters('a'))":                                        "format('x{0}', parameters('a'))",
		"base64(concat('x', parameters('secretUnknown')))":                    "base64(format('x{0}', parameters('secretUnknown')))",
		"concat('x', parameters('secret'), parameters('a'))":                  "",
		"toUpper(concat(parameters('secret'), parameters('a')))":              "",
		"concat('x', toUpper(concat(parameters('secret'), parameters('a'))))": "",
	} {
		e := &Evaluator{Scope: testScope{}, Budget: &Budget{}}
		got := e.Eval(parseTest(t, in))
		if got.Sym() != want {
			t.Errorf("%s: expression %q, want %q", in, got.Sym(), want)
		}
	}
}
