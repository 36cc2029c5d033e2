package value

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// TestJSON has every form, each of which is valid JSON.
func TestJSON(t *testing.T) {
	p := NewUnknown("parameters('p')")
	for _, tt := range []struct {
		name string
		v    Value
		want string
	}{
		{"unknown", p, `{"$unknown":"parameters('p')"}`},
		{"alternatives", OneOf("", OfInt(1), NullValue), `{"$oneOf":[1,null]}`},
		{"text with a hole", Template(OfString("a"), p), `{"$template":["a",{"$unknown":"parameters('p')"}]}`},
		{"absent", AbsentValue, `{"$absent":true}`},
		{"null", NullValue, `null`},
		{"bool", OfBool(true), `true`},
		{"int", OfInt(math.MinInt64), `-9223372036854775808`},
		{"float", OfFloat(1.25), `1.25`},
		{"no number", OfFloat(math.NaN()), `null`},
		{"infinity", OfFloat(math.Inf(1)), `null`},
		{"string", OfString("a\"\\\n<é"), `"a\"\\\n\u003cé"`},
		{"invalid UTF-8", OfString("a\xff"), `"a\ufffd"`},
		{"array", OfArray(OfInt(1), NullValue), `[1,null]`},
		{"open array", OfArray(OfInt(1)).AsOpen(), `[1,{"$more":true}]`},
		{"open array of nothing", OfArray().AsOpen(), `[{"$more":true}]`},
		{"object in source order, without null", OfObject(Field{Name: "b", Value: OfInt(1)},
			Field{Name: "n", Value: NullValue}, Field{Name: "x", Value: AbsentValue}, Field{Name: "a", Value: p}),
			`{"b":1,"a":{"$unknown":"parameters('p')"}}`},
		{"open object", OfObject(Field{Name: "a", Value: OfInt(1)}).AsOpen(), `{"a":1,"$open":true}`},
		{"open object of nothing", OfObject().AsOpen(), `{"$open":true}`},
	} {
		got, err := json.Marshal(tt.v)
		if err != nil || string(AppendJSON(nil, tt.v)) != tt.want {
			t.Errorf("%s: %s, %v, want %s", tt.name, AppendJSON(nil, tt.v), err, tt.want)
		}
		if !json.Valid(got) {
			t.Errorf("%s: %s is not JSON", tt.name, got)
		}
	}
}

// TestSecrets holds that the text of a secret is written in no form, however it is put into something else.
func TestSecrets(t *testing.T) {
	const key = "hunter2"
	secret := OfString(key).AsSecret()
	hole := NewUnknown("parameters('p')")
	object := OfObject(Field{Name: "a", Value: OfArray(OfString(key), OneOf("c", OfString(key), OfInt(1)))}).AsSecret()
	for _, tt := range []struct {
		name string
		v    Value
		want string
	}{
		{"text", secret, `{"$secret":""}`},
		{"call", NewUnknown("listKeys('x')").AsSecret(), `{"$secret":"listKeys('x')"}`},
		{"member of a call", NewUnknown("listKeys('x')").AsSecret().Get("keys").Index(0), `{"$secret":"listKeys('x').keys[0]"}`},
		{"put together with text", Template(OfString("a"), secret), `{"$secret":""}`},
		{"put together with a hole", Template(OfString("a="), secret, hole), `{"$secret":""}`},
		{"put together and again", Template(Template(secret, hole), OfString("b")), `{"$secret":""}`},
		{"put together with cases", Template(OneOf("", OfString("a"), OfString("b")), secret), `{"$secret":""}`},
		{"one of two", OneOf("c", secret, OfString("x")), `{"$secret":"c"}`},
		{"in an array", OfArray(secret), `[{"$secret":""}]`},
		{"in a secret object", object, `{"a":[{"$secret":""},{"$secret":"c"}]}`},
		{"member of a secret object", object.Get("a").Index(0), `{"$secret":""}`},
	} {
		if got := string(AppendJSON(nil, tt.v)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if strings.Contains(Canon(tt.v)+tt.v.Sym(), key) {
			t.Errorf("%s: the expression tells it: %s", tt.name, Canon(tt.v))
		}
		for _, p := range tt.v.Pieces() {
			if text, _ := p.Text(); strings.Contains(text, key) && !p.Secret {
				t.Errorf("%s: a piece of it is not marked as secret", tt.name)
			}
		}
	}
}
