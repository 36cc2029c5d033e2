package expr

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestCreateObject(t *testing.T) {
	run(t, []row{
		{"createObject()", `{}`},
		{"createObject('a', 1, 'b', @u)", `{"a":1,"b":{"$unknown":"@u"}}`},
		{"createObject('a', 1, 'A', 2)", `{"a":2}`},
		{"createObject('a', 1, @u, 2)", `{"a":1,"$open":true}`},
		{"createObject('a')", `{"$unknown":"createObject('a')"}`},
		{"length(createObject('a', null()))", `1`},
	})
	v := evalTest(t, "createObject('a', createObject('b', 'c'))")
	a, _ := v.Lookup("a")
	b, _ := a.Value.Lookup("b")
	for _, c := range []struct{ got, want string }{
		{v.Span.Text(), "createObject('a', createObject('b', 'c'))"},
		{a.Site.Text(), "'a', createObject('b', 'c')"},
		{a.Value.Span.Text(), "createObject('b', 'c')"},
		{b.Site.Text(), "'b', 'c'"},
		{b.Value.Span.Text(), "'c'"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

func TestItems(t *testing.T) {
	run(t, []row{
		{"objectKeys(createObject('ghiKey', 1, 'defKey', 2, 'abcKey', 3, '123Key', 4, '456Key', 5))",
			`["123Key","456Key","abcKey","defKey","ghiKey"]`},
		{`objectKeys(json('{"b":1,"A":2,"a":3,"1":0}'))`, `["1","a","A","b"]`},
		{`length(json('{"b":1,"B":2,"b":3}'))`, `2`},
		{"items(createObject('foo', 'abc', 'bar', @u))",
			`[{"key":"bar","value":{"$unknown":"@u"}},{"key":"foo","value":"abc"}]`},
		{"items(union(@u, createObject('a', 1)))", `[{"key":"a","value":1},{"$more":true}]`},
		{"items(createObject())", `[]`},
		{"items(@u)", `{"$unknown":"items(@u)"}`},
		{"items(createArray())", `{"$unknown":"items(createArray())"}`},
		{"objectKeys(union(@u, createObject('a', 1)))", `["a",{"$more":true}]`},
		{"objectKeys(if(@u, createObject('a', 1), createObject()))", `{"$oneOf":[["a"],[]]}`},
	})
}

func TestUnion(t *testing.T) {
	run(t, []row{
		{"union(createObject('p', createObject('a', 1, 'l', createArray(1))), createObject('P', createObject('b', 2, 'l', createArray(2))))",
			`{"p":{"a":1,"l":[2],"b":2}}`},
		{"union(createObject('a', 1), createObject('a', 2), createObject('b', 3))", `{"a":2,"b":3}`},
		{"union(createObject('a', 1), @u)", `{"a":{"$oneOf":[1,{"$unknown":"@u.a"}]},"$open":true}`},
		{"union(@u, createObject('a', 1))", `{"a":1,"$open":true}`},
		{"union(@u, createObject('p', createObject('a', 1)))", `{"p":{"a":1,"$open":true},"$open":true}`},
		{"union(createObject('p', createObject('a', 1)), createObject('p', @u))",
			`{"p":{"$oneOf":[{"a":{"$oneOf":[1,{"$unknown":"@u.a"}]},"$open":true},{"$unknown":"@u"}]}}`},
		{"union(createObject('p', createObject('a', 1)), createObject('p', @u)).p.a", `{"$oneOf":[1,{"$unknown":"@u.a"}]}`},
		{"union(createObject('a', 1), if(@u, createObject('a', 2), createObject()))", `{"$oneOf":[{"a":2},{"a":1}]}`},
		{"union(createObject('a', 1), createObject('a', null()))", `{"a":{"$oneOf":[1,null]}}`},
		{"union(createObject('a', 1), null())", `{"a":1}`},
		{"union(createObject('a', 1), 'text')", `{"$unknown":"union(createObject('a', 1), 'text')"}`},
	})
}

func TestShallowMerge(t *testing.T) {
	run(t, []row{
		{"shallowMerge(createArray(createObject('p', createObject('a', 1)), createObject('p', createObject('b', 2))))", `{"p":{"b":2}}`},
		{"shallowMerge(createArray(createObject('a', 1), createObject('A', null())))", `{}`},
		{"shallowMerge(createArray(createObject('a', 1), createObject('b', 2)))", `{"a":1,"b":2}`},
		{"shallowMerge(createArray())", `{}`},
		{"shallowMerge(createArray(@u, createObject('a', true())))", `{"a":true,"$open":true}`},
		{"shallowMerge(createArray(createObject('a', true()), @u, createObject('b', 1)))",
			`{"a":{"$oneOf":[true,{"$unknown":"@u.a"}]},"b":1,"$open":true}`},
		{"shallowMerge(createArray(createObject('a', true()), if(@u, createObject('a', false()), createObject()))).a", `{"$oneOf":[false,true]}`},
		{"shallowMerge(createArray(if(@u, createObject('a', false()), createObject()), createObject('a', true()))).a", `true`},
		{"shallowMerge(concat(createArray(createObject('a', 1)), @u))", `{"a":{"$oneOf":[1,{"$unknown":""}]},"$open":true}`},
		{"shallowMerge(createArray(createObject('a', 1), createArray()))", `{"$unknown":"shallowMerge(createArray(createObject('a', 1), createArray()))"}`},
		{"shallowMerge(@u)", `{"$unknown":"shallowMerge(@u)"}`},
	})
	v := evalTest(t, long("shallowMerge(createArray(createObject('disableLocalAuth', true()), if(@u, createObject('tls', null()), createObject())))"))
	if !v.Get("disableLocalAuth").Is(true) {
		t.Error("the member that both cases have is not known")
	}
	unset := v.Get("tls").Decide(func(v value.Value) value.Truth { return value.TruthOf(v.IsUnset()) })
	if unset != value.True {
		t.Error("a member that is null or absent is not unset")
	}
}

// spreads is shallowMerge of {fixed: true} and n objects that depend on a parameter each.
func spreads(n int) string {
	var b strings.Builder
	b.WriteString("shallowMerge(createArray(createObject('fixed', true())")
	for i := range n {
		fmt.Fprintf(&b, ", if(parameters('p%d'), createObject('m%d', %d, 'x%d', 'x'), createObject())", i, i, i, i)
	}
	return b.String() + ", createObject('last', 1)))"
}

// The account module of the Azure Verified Modules spreads eight conditional objects: 256 combinations.
func TestManySpreads(t *testing.T) {
	six, eight := evalTest(t, spreads(6)), evalTest(t, spreads(8))
	if n := len(six.Cases()); n != 64 {
		t.Errorf("six spreads make %d cases", n)
	}
	if eight.Kind != value.Object || eight.Open {
		t.Fatalf("eight spreads make %s", value.AppendJSON(nil, eight))
	}
	for _, v := range []value.Value{six, eight} {
		if !v.Get("fixed").Is(true) || v.Get("last").Kind != value.Int || v.Get("other").Kind != value.Absent {
			t.Error("what no spread touches is not known")
		}
		if got := string(value.AppendJSON(nil, v.Get("m5"))); got != `{"$oneOf":[5,{"$absent":true}]}` && got != `{"$oneOf":[{"$absent":true},5]}` {
			t.Errorf("a member of a spread is %s", got)
		}
	}
	if deps := strings.Join(eight.Get("m5").Deps(), " "); deps != "p5" {
		t.Errorf("a member of a spread waits for %s", deps)
	}
	eights := "(" + spreads(8) + ")"
	run(t, []row{
		{"contains" + strings.TrimSuffix(eights, ")") + ", 'fixed')", `true`},
		{"contains" + strings.TrimSuffix(eights, ")") + ", 'other')", `false`},
		{"coalesce(tryGet" + strings.TrimSuffix(eights, ")") + ", 'm1'), 'd')", `{"$oneOf":[1,"d"]}`},
		{"empty" + eights, `false`},
		{"objectKeys" + eights, `["fixed","last",{"$more":true}]`},
		{"mapValues" + strings.TrimSuffix(eights, ")") + ", lambda('v', 2)).m3", `2`},
		{"shallowMerge(createArray(createObject('m1', 'old'), " + spreads(8) + ")).m1", `{"$oneOf":[1,"old"]}`},
		{"shallowMerge(createArray(" + spreads(8) + ", createObject('m1', 'new'))).m1", `"new"`},
		{"union(createObject('m1', 'old'), " + spreads(8) + ").m1", `{"$oneOf":[1,"old"]}`},
	})
}
