package bicep

import "testing"

// stringCases are strings with their tree, or what is wrong with them.
var stringCases = []struct{ text, tree, problem string }{
	{`''`, `""`, ""},
	{`'a'`, `"a"`, ""},
	{`'\n\r\t\\\'\$'`, `"\n\r\t\\'$"`, ""},
	{`'\u{41}\u{1F600}\u{0}'`, `"A\U0001f600\x00"`, ""},
	{`'\${a}$ \u{1F600}'`, `"${a}$ \U0001f600"`, ""},
	{`'$'`, `"$"`, ""},
	{`'$a$$'`, `"$a$$"`, ""},
	{`'$${a}'`, `($ "$" a)`, ""},
	{`'${a}'`, `($ a)`, ""},
	{`'a${b}c${d}e'`, `($ "a" b "c" d "e")`, ""},
	{`'${'in ${'deep'} er'}'`, `($ ($ "in " "deep" " er"))`, ""},
	{`'${f('}')}'`, `($ (call f "}"))`, ""},
	{`'${map(l, x => { a: '}' })}'`, `($ (call map l (=> (x) (object a:"}"))))`, ""},
	{`'${a ? 'b' : 'c'}'`, `($ (? a "b" "c"))`, ""},
	{`'${/* c */a}'`, `($ a)`, ""},
	{`'// no comment'`, `"// no comment"`, ""},
	{`'é☃'`, `"\u00e9\u2603"`, ""},

	{`'\x'`, "bad", `error: unknown escape: expected \n, \r, \t, \\, \', \$ or \u{hexadecimal digits}`},
	{`'\u41'`, "bad", `error: unknown escape: expected \n, \r, \t, \\, \', \$ or \u{hexadecimal digits}`},
	{`'\u{}'`, "bad", `error: unknown escape: expected \n, \r, \t, \\, \', \$ or \u{hexadecimal digits}`},
	{`'\u{110000}'`, "bad", `error: unknown escape: expected \n, \r, \t, \\, \', \$ or \u{hexadecimal digits}`},
	{`'\`, "bad", "error: the string has no closing quote"},
	{`'a`, "bad", "error: the string has no closing quote"},
	{"'a\nb'", "bad", "error: the string has no closing quote"},
	{"'${a\n}'", "bad", `error: expected "}" at the end of the hole, found the end of the line inside of a string`},
	{"'${f(\na)}'", "bad", "error: expected an expression, found the end of the line inside of a string"},
	{"'${a b}'", "bad", `error: expected "}" at the end of the hole, found "b"`},
	{"'${}'", "bad", `error: expected an expression, found "}"`},
	{"'${true}-${{}}'", `($ true "-" (object))`, "error: an object or array cannot be written inside of a string"},
	{"'${f([])}'", "($ (call f (array)))", "error: an object or array cannot be written inside of a string"},

	{"''''''", `""`, ""},
	{"'''a'''", `"a"`, ""},
	{"'''it''''", `"it'"`, ""},
	{"''''it'''''", `"'it''"`, ""},
	{"'''\nx\n  ${y}\\n'''", `"x\n  ${y}\\n"`, ""},
	{"'''\r\nx\r\n'''", `"x\r\n"`, ""},
	{"'''\n\nx'''", `"\nx"`, ""},
	{"'''a''b'''", `"a''b"`, ""},
	{"'''a", "bad", "error: the string has no closing quote"},

	{"$'''a${b}c'''", `($ "a" b "c")`, ""},
	{"$'''\n${b}\n\\${c}'''", `($ b "\n\\" c)`, ""},
	{"$'''\n\n${b}'''", `($ "\n" b)`, ""},
	{"$'''$${b}'''", `($ "$" b)`, ""},
	{"$$'''${y} $${1}'''", `($ "${y} " 1)`, ""},
	{"$$'''$$${y}'''", `($ "$" y)`, ""},
	{"$'''${'''x'''}${$'''${y}'''}'''", `($ "x" ($ y))`, ""},
	{"$'''${a\n}'''", "bad", `error: expected "}" at the end of the hole, found the end of the line inside of a string`},
	{"$'a'", "bad", `error: unexpected character "$"`},
}

func TestParseString(t *testing.T) {
	for _, c := range stringCases {
		tree, problem := parseValue(t, c.text)
		if tree != c.tree || problem != c.problem {
			t.Errorf("%s\n got %s  %s\nwant %s  %s", c.text, tree, problem, c.tree, c.problem)
		}
	}
}

// Pieces of a string are found in the source, through escapes and behind holes.
func TestTextSpan(t *testing.T) {
	for _, c := range []struct {
		text string
		part int
		find string // in the part's text
		want string // in the source
	}{
		{`'abc'`, 0, "b", "b"},
		{`'\u{1F600}b\'c'`, 0, "b'", `b\'`},
		{`'\u{1F600}b'`, 0, "\U0001F600", `\u{1F600}`},
		{`'x${y}\tz'`, 2, "z", "z"},
		{"'''\n a\\tb'''", 0, `\t`, `\t`},
		{"$$'''\nab${$${x}cd'''", 2, "d", "d"},
	} {
		f, diags := parse("var x = " + c.text)
		if len(diags) > 0 {
			t.Fatalf("%s: %s", c.text, diags[0].Message)
		}
		part := f.Statements[0].(*VarDecl).Value.(*String).Parts[c.part]
		from := indexOf(t, part.Text, c.find)
		if got := f.TextSpan(&part, from, from+len(c.find)).Text(); got != c.want {
			t.Errorf("%s: %q is at %q, want %q", c.text, c.find, got, c.want)
		}
	}
}
