package expr

import "testing"

const (
	dogs = "createArray(createObject('n', 'Evie', 'a', 5), createObject('n', 'Indy', 'a', 2))"
	v    = "lambdaVariables('v')"
)

func TestMapAndFilter(t *testing.T) {
	run(t, []row{
		{"map(range(0, 3), lambda('v', format('Hi {0}!', " + v + ")))", `["Hi 0!","Hi 1!","Hi 2!"]`},
		{"map(createArray('a', 'b'), lambda('v', 'i', concat(" + v + ", lambdaVariables('I'))))", `["a0","b1"]`},
		{"map(createArray(1, 2), lambda('v', map(createArray(10), lambda('w', add(" + v + ", lambdaVariables('w'))))))", `[[11],[12]]`},
		{"map(createArray(1), lambda('v', map(createArray(2), lambda('v', " + v + "))))", `[[2]]`},
		{"map(createArray(), lambda('v', " + v + "))", `[]`},
		{"map(@u, lambda('v', " + v + "))", `[{"$more":true}]`},
		{"map(concat(createArray('a'), @u), lambda('v', concat('x', " + v + ")))", `["xa",{"$more":true}]`},
		{"map(if(@u, createArray(1), createArray(1, 2)), lambda('v', " + v + "))", `{"$oneOf":[[1],[1,2]]}`},
		{"map('text', lambda('v', 1))", `{"$unknown":""}`},
		{"map(createArray(1), 'text')", `{"$unknown":""}`},
		{"map(createArray(1), lambda('a', 'b', 'c', 1))", `[{"$unknown":""}]`},
		{"lambdaVariables('nobody')", `{"$unknown":"lambdaVariables('nobody')"}`},
		{"filter(range(0, 4), lambda('v', equals(mod(" + v + ", 2), 0)))", `[0,2]`},
		{"filter(createArray('a', 'b'), lambda('v', 'i', equals(lambdaVariables('i'), 1)))", `["b"]`},
		{"filter(createArray('a', @u), lambda('v', equals(" + v + ", 'a')))", `["a",{"$more":true}]`},
		{"filter(@u, lambda('v', true()))", `[{"$more":true}]`},
		{"empty(filter(createArray(@u), lambda('v', equals(" + v + ", 'a'))))", `{"$unknown":""}`},
		{"mapValues(createObject('a', 123), lambda('v', mul(" + v + ", 2)))", `{"a":246}`},
		{"mapValues(union(@u, createObject('a', 1)), lambda('v', add(" + v + ", 1)))", `{"a":2,"$open":true}`},
		{"mapValues(@u, lambda('v', 1))", `{"$open":true}`},
		{"mapValues(1, lambda('v', 1))", `{"$unknown":""}`},
	})
}

func TestReduceAndSort(t *testing.T) {
	less := "lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b')))"
	run(t, []row{
		{"reduce(range(1, 5), 1, lambda('c', 'v', mul(lambdaVariables('c'), " + v + ")))", `120`},
		{"reduce(createArray('a', 'b'), '', lambda('c', 'v', 'i', concat(lambdaVariables('c'), " + v + ", lambdaVariables('i'))))", `"a0b1"`},
		{"reduce(createArray(), 0, lambda('c', 'v', 1))", `0`},
		{"reduce(createArray(createObject('a', 1), createObject('b', 2)), createObject(), lambda('c', 'v', union(lambdaVariables('c'), " + v + ")))", `{"a":1,"b":2}`},
		{"reduce(createArray('a', @u), '', lambda('c', 'v', concat(lambdaVariables('c'), " + v + ")))", `{"$template":["a",{"$unknown":"@u"}]}`},
		{"reduce(@u, 0, lambda('c', 'v', 1))", `{"$unknown":""}`},
		{"sort(createArray(8, 3, 10, -13, 5), " + less + ")", `[-13,3,5,8,10]`},
		{"sort(createArray('c', 'd', 'a'), " + less + ")", `["a","c","d"]`},
		{"sort(createArray('b', 'a', 'B', 'A'), " + less + ")", `["a","A","b","B"]`},
		{"sort(createArray(2, @u, 1), " + less + ")", `[2,{"$unknown":"@u"},1,{"$more":true}]`},
		{"sort(@u, " + less + ")", `[{"$more":true}]`},
	})
}

func TestToObjectAndGroupBy(t *testing.T) {
	name, age := "lambda('v', "+v+".n)", "lambda('v', "+v+".a)"
	run(t, []row{
		{"toObject(" + dogs + ", " + name + ")", `{"Evie":{"n":"Evie","a":5},"Indy":{"n":"Indy","a":2}}`},
		{"toObject(" + dogs + ", " + name + ", " + age + ")", `{"Evie":5,"Indy":2}`},
		{"toObject(createArray('a', @u), lambda('v', " + v + "), lambda('v', 1))", `{"a":1,"$open":true}`},
		{"toObject(createArray('a', @u), lambda('v', " + v + "))", `{"a":{"$oneOf":["a",{"$unknown":"@u"}]},"$open":true}`},
		{"toObject(@u, " + name + ")", `{"$open":true}`},
		{"toObject(createArray(1), lambda('v', " + v + "))", `{"$unknown":""}`},
		{"groupBy(" + dogs + ", lambda('v', 'k'), " + age + ")", `{"k":[5,2]}`},
		{"groupBy(createArray('b', 'a', 'b'), lambda('v', " + v + "))", `{"b":["b","b"],"a":["a"]}`},
		{"groupBy(createArray('a', @u), lambda('v', " + v + "))", `{"a":["a",{"$more":true}],"$open":true}`},
		{"groupBy(@u, " + name + ")", `{"$open":true}`},
	})
}

// A short expression must not make a value that fills the memory.
func TestLambdaIsBounded(t *testing.T) {
	for _, s := range []string{
		"map(range(0, 10000), lambda('v', range(0, 10000)))",
		"map(range(0, 10000), lambda('v', createArray(range(0, 9000), range(0, 9000), range(0, 9000))))",
		"reduce(range(0, 10000), createArray(1), lambda('c', 'v', concat(lambdaVariables('c'), lambdaVariables('c'))))",
		"reduce(range(0, 10000), 'x', lambda('c', 'v', concat(lambdaVariables('c'), lambdaVariables('c'))))",
		"sort(range(0, 10000), lambda('a', 'b', less(lambdaVariables('b'), lambdaVariables('a'))))",
	} {
		e := New(nil)
		e.Eval(parseTest(t, s))
		if e.Budget.Exceeded {
			t.Errorf("%s takes more than %d steps", s, MaxSteps)
		}
	}
}
