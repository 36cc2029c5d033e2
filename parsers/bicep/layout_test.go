package bicep

import (
	"strings"
	"testing"
)

// layoutCases are the rules about newlines and separators: "" where the compiler accepts them, "note" where it does
// not but the meaning is plain (the tree is then as without the fault), "error" where the tree has a gap.
var layoutCases = []struct{ text, verdict string }{
	// Objects and arrays: newlines, or one comma, or both kinds mixed.
	{"[1, 2\n3]", ""},
	{"[\n1\n\n2 // c\n\n]", ""},
	{"[ 1, 2, ]", ""},
	{"{a: 1, b: 2,}", ""},
	{"{\n  a: 1\n  // c\n\n  b: 2, c: 3\n}", ""},
	{"{a: 1\n}", ""},
	{"[1,\n2]", "note"},
	{"{\n a: 1,\n b: 2\n}", "note"},
	{"[1\n,2]", "note"},
	{"[1 2]", "note"},
	{"{ a: 1 b: 2 }", "note"},
	{"[,]", "error"},
	{"[1,,2]", "error"},
	{"{, a: 1}", "error"},

	// A block comment holds no newline, whatever its length.
	{"[1 /*\n*/ 2]", "note"},
	{"[1 /*\n*/\n2]", ""},
	{"[1 /*\n*/, 2]", ""},
	{"/*\n\n*/ 1", ""},

	// Arguments.
	{"f(1,\n2\n)", ""},
	{"f(\n1, 2)", ""},
	{"f(\n)", ""},
	{"f(1, // one\n\n// two\n2)", ""},
	{"f(1\n,2)", "note"},
	{"f(1\n2)", "note"},
	{"f(1 2)", "note"},
	{"f(1, 2,)", "note"},
	{"f(1,\n)", "note"},
	{"f(,)", "error"},

	// Parentheses and parameters of lambdas.
	{"(\n1\n)", ""},
	{"(\na\n,\nb\n) => 1", ""},

	// Ternary: a newline before ? and :, none behind them.
	{"x ? 1 : 2", ""},
	{"x\n ? 1\n : 2", ""},
	{"x ? 1\n : y\n // c\n ? 2\n : 3", ""},
	{"{ a: x\n ? 1\n : 2\n b: 1 }", ""},
	{"x ?\n1 : 2", "note"},
	{"x ? 1 :\n2", "note"},

	// Lambda bodies may be on the next line, unless it begins with the keyword of a declaration.
	{"x =>\n 1", ""},
	{"(x) =>\n\n // c\n 1", ""},
	{"f(x =>\n type)", "error"},

	// Binary operators: no newline on either side.
	{"a &&\nb", "note"},
	{"(a &&\nb)", "note"},
	{"a\n&& b", "note"},
	{"(a\n|| b)", "note"},
	{"a\n?? b", "note"},
	{"[a\n== b]", "note"},
	{"[a\n-b]", ""}, // two items
	{"[a\n!b]", ""}, // two items
	{"(a\n- b)", "error"},

	// Loops.
	{"[\nfor x in l: x\n]", ""},
	{"[for x in l:\nx]", "note"},
	{"[for\nx in l: x]", "error"},
	{"[for x in l\n: x]", "error"},
	{"[for (x,\ni) in l: x]", "error"},

	// Accesses: no newline before or inside.
	{"a\n.b", "error"},
	{"a.\nb", "error"},
	{"a[\n0]", "error"},

	{"\n1", "note"},
	{"{ a:\n 1 }", "error"},
	{"{ a\n: 1 }", "error"},
	{"!\na", "error"},
}

// statementLayoutCases are the same for whole files.
var statementLayoutCases = []struct{ text, verdict string }{
	{"", ""},
	{"\ufeffvar a = 1", ""},
	{"\n\n  // c\n", ""},
	{"var a = 1", ""},
	{"var a = 1\r\nvar b = 2\r\n", ""},
	{"var a = 1\rvar b = 2", ""},
	{"  var a = 1 // c\n\n\tvar b = 2 /* d */\n", ""},
	{"var a = 1 var b = 2", "error"},
	{"var a = 1;", "error"},

	{"@secure()\nparam a string", ""},
	{"@secure()\n\n// c\n@description('x')\nparam a string", ""},
	{"@secure() param a string", "note"},
	{"@secure()", "error"},
	{"@secure()\n1", "error"},
	{"@\nparam a string", "error"},

	{"resource a 'b@c' = if (d) {}", ""},
	{"resource a 'b@c' =\n\n if (d) {}", ""},
	{"resource a 'b@c' = if (\nd\n) {}", ""},
	{"module a 'b' =\nif (c) {}", ""},
	{"resource a 'b@c' =\n {}", "note"},
	{"resource a 'b@c' = if (d)\n{}", "note"},
	{"resource a 'b@c'\n= {}", "error"},
	{"resource a 'b@c' = [\nfor x in l: {}\n]", ""},
	{"resource a 'b@c' = [for x in l: if (x) {}]", ""},
	{"resource a 'b@c' = [for x in l: x]", "error"},
	{"resource a 'b@c' = [{}]", "error"},

	{"func f(\na string,\nb int\n) string => a", ""},
	{"func f() string =>\n 'a'", ""},
	{"func f()\nstring => 'a'", "error"},

	{"type a = 'x' | 'y'", ""},
	{"type a = | 'x'", ""},
	{"type a = 'x'\n  | 'y'", ""},
	{"type a =\n  | 'x'\n  | 'y'", ""},
	{"type a = {\n  b: 'x'\n  | 'y'\n}", ""},
	{"type a = (\n| 'x'\n| 'y')[]", ""},
	{"type a = 'x' |\n 'y'", "note"},
	{"type a = 'x'\n// c\n| 'y'", "note"},
	{"type a = (\nstring\n)", "note"},
	{"type a = 'x' |\nparam b string", "error"},

	{"import {a, b} from 'c'", ""},
	{"import {\n a\n b as d\n} from 'c'", ""},
	{"import {\n a,\n b\n} from 'c'", "note"},
	{"import {}\nfrom 'c'", "error"},

	{"param a string =\nparam b string", "error"},
	{"param a string =\n@secure()\nparam b string", "error"},
	{"var a = f(b,\nvar c = 1", "error"},
}

func TestParseLayout(t *testing.T) {
	for _, c := range layoutCases {
		checkVerdict(t, "var x = "+c.text, c.verdict)
	}
	for _, c := range statementLayoutCases {
		checkVerdict(t, c.text, c.verdict)
	}
}

func checkVerdict(t *testing.T, text, verdict string) {
	t.Helper()
	f, diags := parse(text)
	got := summary(diags)
	severity, _, _ := strings.Cut(got, ":")
	if severity != verdict || f.Incomplete != (verdict == "error") {
		t.Errorf("%q: got %q, incomplete %v, want %q", text, got, f.Incomplete, verdict)
	}
}

// What is accepted with a note has the same tree as when it is written as it should be.
func TestParseLenient(t *testing.T) {
	for _, c := range []struct{ text, same string }{
		{"[1,\n2]", "[1, 2]"},
		{"[1\n,\n2]", "[1, 2]"},
		{"[1 2]", "[1, 2]"},
		{"{ a: 1 b: 2 }", "{ a: 1, b: 2 }"},
		{"f(1\n2, 3,)", "f(1, 2, 3)"},
		{"a &&\nb ||\nc", "a && b || c"},
		{"a\n&& b\n|| c", "a && b || c"},
		{"a\n+ b\n* c", "a + b * c"},
		{"x ?\n1 :\n2", "x ? 1 : 2"},
	} {
		got, _ := parseValue(t, c.text)
		want, problem := parseValue(t, c.same)
		if got != want || problem != "" {
			t.Errorf("%q: got %s, want %s %s", c.text, got, want, problem)
		}
	}
}
