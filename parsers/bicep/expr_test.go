package bicep

import "testing"

// exprCases are expressions with their tree, or what is wrong with them.
var exprCases = []struct{ text, tree, problem string }{
	// Literals.
	{"0", "0", ""},
	{"18446744073709551615", "18446744073709551615", ""},
	{"18446744073709551616", "bad", "error: the number is too large"},
	{"true", "true", ""},
	{"null", "null", ""},
	{"0x1", "0", `error: expected the end of the line, found "x1"`},
	{"1.5", "bad", `error: expected the name of a property or function, found "5"`},
	{`"a"`, "bad", "error: strings are written in single quotes"},
	{"a & b", "a", `error: expected "&&", found "&"`},
	{"\u00a0a", "bad", `error: unexpected character "\u00a0"`},

	// Names: only three words are reserved.
	{"type", "type", ""},
	{"for", "for", ""},
	{"resource", "resource", ""},
	{"environment().name", "(. (call environment) name)", ""},
	{"a.null", "bad", `error: expected the name of a property or function, found "null"`},

	// Precedence, loosest first. All binary operators associate to the left.
	{"a ?? b ? 1 : 2", "(? (?? a b) 1 2)", ""},
	{"a ?? b ?? c", "(?? (?? a b) c)", ""},
	{"a ?? b || c", "(?? a (|| b c))", ""},
	{"a || b && c", "(|| a (&& b c))", ""},
	{"a && b == c", "(&& a (== b c))", ""},
	{"a == b < c", "(== a (< b c))", ""},
	{"a < b + c", "(< a (+ b c))", ""},
	{"a + b * c", "(+ a (* b c))", ""},
	{"1 - 2 - 3", "(- (- 1 2) 3)", ""},
	{"7 / 2 % 3", "(% (/ 7 2) 3)", ""},
	{"a =~ b !~ c != d", "(!= (!~ (=~ a b) c) d)", ""},
	{"a >= b <= c > d", "(> (<= (>= a b) c) d)", ""},
	{"a ? b : c ? d : e", "(? a b (? c d e))", ""},
	{"a ? b ? 1 : 2 : 3", "(? a (? b 1 2) 3)", ""},
	{"(a)", "(paren a)", ""},
	{"()", "bad", "error: parentheses must hold exactly one expression"},
	{"(a, b)", "bad", "error: parentheses must hold exactly one expression"},
	{"(a,)", "bad", "error: parentheses must hold exactly one expression"},

	// One sign at most.
	{"-7 / 2", "(/ (unary - 7) 2)", ""},
	{"-7 % 2", "(% (unary - 7) 2)", ""},
	{"!a.b", "(unary ! (. a b))", ""},
	{"!(!t)", "(unary ! (paren (unary ! t)))", ""},
	{"1 - -1", "(- 1 (unary - 1))", ""},
	{"!!t", "bad", `error: expected an expression, found "!"`},
	{"--1", "bad", `error: expected an expression, found "-"`},
	{"!-x", "bad", `error: expected an expression, found "-"`},
	{"+1", "bad", `error: expected an expression, found "+"`},

	// Postfix.
	{"a.b.c", "(. (. a b) c)", ""},
	{"a.?b.c[0]", "([] (. (.? a b) c) 0)", ""},
	{"(a.?b).c", "(. (paren (.? a b)) c)", ""},
	{"a.?b!.c", "(. (nonnull (.? a b)) c)", ""},
	{"a . ? b", "(.? a b)", ""},
	{"a[0]", "([] a 0)", ""},
	{"a[?0]", "([?] a 0)", ""},
	{"a[^1]", "([^] a 1)", ""},
	{"a[?^1]", "([?^] a 1)", ""},
	{"a[^?1]", "bad", `error: expected an expression, found "?"`},
	{"a[]", "bad", `error: expected an expression, found "]"`},
	{"a['k${i}']", `([] a ($ "k" i))`, ""},
	{"a::b::c.id", "(. (:: (:: a b) c) id)", ""},
	{"a!!", "(nonnull (nonnull a))", ""},
	{"a!=b", "(!= a b)", ""},
	{"res.listKeys('2023').k", `(. (call res listKeys "2023") k)`, ""},
	{"sys.concat()", "(call sys concat)", ""},
	{"a.?f()", "(call a f)", `error: a function cannot be called with ".?"`},
	{"f(1)(2)", "(call f 1)", `error: expected the end of the line, found "("`},

	// Lambdas.
	{"map(l, i => i.x)", "(call map l (=> (i) (. i x)))", ""},
	{"sort(l, (a, b) => a < b)", "(call sort l (=> (a b) (< a b)))", ""},
	{"f(() => 1)", "(call f (=> () 1))", ""},
	{"f((a,) => 1)", "(call f (=> (a) 1))", ""},
	{"map(l, i => {a: [i]})", "(call map l (=> (i) (object a:(array i))))", ""},
	{"map(l, a => map(a, b => a + b))", "(call map l (=> (a) (call map a (=> (b) (+ a b)))))", ""},
	{"f((a.b) => 1)", "(call f (=> () 1))", "error: expected the name of a parameter"},

	// Objects and arrays.
	{"{}", "(object)", ""},
	{"{ }", "(object)", ""},
	{"{\n}", "(object)", ""},
	{"[]", "(array)", ""},
	{"{ for: 1, if: 2, resource: 'x', type: 3 }", `(object for:1 if:2 resource:"x" type:3)`, ""},
	{"{ 'a b': 1, 'in${t}erp': 2, '''m''': 3 }", `(object "a b":1 ($ "in" t "erp"):2 "m":3)`, ""},
	{"{ a: 1\n ...b\n c: 2 }", "(object a:1 (... b) c:2)", ""},
	{"[...a, 1]", "(array (... a) 1)", ""},
	{"{ true: 1 }", "(partial)", `error: expected the name of a property, found "true"`},
	{"{ 1: 1 }", "(partial)", `error: expected the name of a property, found "1"`},
	{"{ a }", "(partial)", `error: expected ":", found "}"`},
	{"{ a: }", "(partial a:bad)", `error: expected an expression, found "}"`},
	{"{ @d() a: 1 }", "(partial)", `error: expected the name of a property, found "@"`},
	{"[1,,2]", "bad", `error: expected an expression, found ","`},

	// Loops.
	{"[for x in l: x.y]", "(for x l (. x y))", ""},
	{"[for (x, i) in l: i]", "(for x,i l i)", ""},
	{"[for for in for: for]", "(for for for for)", ""},
	{"[for x in [for y in l: y]: x]", "(for x (for y l y) x)", ""},
	{"{ p: [for x in l: { a: x }] }", "(object p:(for x l (object a:x)))", ""},
	{"[for]", "bad", `error: expected the name of the loop variable, found "]"`},
	{"[for (x) in l: x]", "bad", `error: expected ",", found ")"`},
	{"[for x of l: x]", "bad", `error: expected "in", found "of"`},
}

func TestParseExpr(t *testing.T) {
	for _, c := range exprCases {
		tree, problem := parseValue(t, c.text)
		if tree != c.tree || problem != c.problem {
			t.Errorf("%s\n got %s  %s\nwant %s  %s", c.text, tree, problem, c.tree, c.problem)
		}
	}
}
