package expr

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// placed makes a string one that stands in a file, after a quote.
func placed(s string) (Text, source.Span) {
	f := source.NewFile("main.json", []byte(`"`+s+`"`))
	return Text{File: f, Offset: func(i int) int { return i + 1 }}, f.At(0, len(f.Data))
}

// parsed are strings and what they are parsed to: literal text in quotes, else the expression in its plainest form.
var parsed = []struct{ in, want string }{
	// What is an expression at all.
	{``, `''`},
	{`x`, `'x'`},
	{`[`, `'['`},
	{`]`, `']'`},
	{`[x`, `'[x'`},
	{`[x] y`, `'[x] y'`},
	{` [f()]`, `' [f()]'`},
	{`[[x]`, `'[x]'`},
	{`[[x`, `'[[x'`},
	{`[[[x]]]`, `'[[x]]]'`},
	{`[f()]`, `f()`},

	// Literals.
	{`['']`, `''`},
	{`['it''s']`, `'it''s'`},
	{`['''']`, `''''`},
	{`['[x]']`, `'[x]'`},
	{`[0]`, `0`},
	{`[-1]`, `-1`},
	{`[+1]`, `1`},
	{`[007]`, `7`},
	{`[9223372036854775807]`, `9223372036854775807`},
	{`[-9223372036854775808]`, `-9223372036854775808`},

	// Calls.
	{`[f(1)]`, `f(1)`},
	{`[f(1,2)]`, `f(1, 2)`},
	{"[ f ( 1 ,\t'a' )\n]", `f(1, 'a')`},
	{`[f(g(h()))]`, `f(g(h()))`},
	{`[ns.f(1)]`, `ns.f(1)`},
	{`[ ns . f ( ) ]`, `ns.f()`},
	{`[_f$1(1)]`, `_f$1(1)`},
	{`[été()]`, `été()`},

	// Members and elements.
	{`[f().a]`, `f()['a']`},
	{`[f().a.b1]`, `f()['a']['b1']`},
	{`[f()['a b']]`, `f()['a b']`},
	{`[f()[0]]`, `f()[0]`},
	{`[f()[g(1)].a]`, `f()[g(1)]['a']`},
	{`[ f ( ) . a [ 0 ] ]`, `f()['a'][0]`},
	{`['abc'[0]]`, `'abc'[0]`},
}

// refused are expressions with a mistake: what is said of it, and the text that is pointed at.
var refused = []struct{ in, message, at string }{
	{`[]`, "expected an expression", `]`},
	{`[ ]`, "expected an expression", `]`},
	{`[a]`, "expected ( after", `]`},
	{`[f(]`, "expected an expression", `]`},
	{`[f(1]`, "expected , or )", `]`},
	{`[f(1,)]`, "expected a function", `)`},
	{`[f(,1)]`, "expected a function", `,`},
	{`[f(1 2)]`, "expected , or )", `2`},
	{`[f())]`, "after the expression", `)`},
	{`[f() g()]`, "after the expression", `g`},
	{`['a]`, "not closed", `'`},
	{`['a''b]`, "not closed", `'`},
	{`[1 + 1]`, "after the expression", `+`},
	{`[1.5]`, "after the expression", `.`},
	{`[-]`, "not an integer", `-`},
	{`[9223372036854775808]`, "not an integer", `9`},
	{`[-9223372036854775809]`, "not an integer", `-`},
	{`[f().]`, "expected a name", `]`},
	{`[f().1]`, "", ``}, // a name may begin with a digit
	{`[f()[0]`, "expected ]", `]`},
	{`[f()[]]`, "expected a function", `]`},
	{`[ns.]`, "expected the name of a function", `]`},
	{`[ns.(1)]`, "expected the name of a function", `(`},
	{`[#]`, "expected a function", `#`},
	{`[` + strings.Repeat("f(", MaxNesting+2) + strings.Repeat(")", MaxNesting+2) + `]`, "nests deeper", `f`},
	{`[f()` + strings.Repeat(".a", MaxNesting+2) + `]`, "in a row", `.`},
	{`[f()` + strings.Repeat("[g()", MaxNesting+2) + strings.Repeat("]", MaxNesting+2) + `]`, "nests deeper", `g`},
}

func TestParseString(t *testing.T) {
	for _, row := range parsed {
		text, whole := placed(row.in)
		x, err := ParseString(row.in, text, whole)
		if err != nil {
			t.Errorf("%s: %v", row.in, err)
			continue
		}
		if got := plain(x); got != row.want {
			t.Errorf("%s: got %s, want %s", row.in, got, row.want)
		}
	}
}

func TestParseStringRefuses(t *testing.T) {
	for _, row := range refused {
		text, whole := placed(row.in)
		x, err := ParseString(row.in, text, whole)
		switch {
		case row.message == "":
			if err != nil {
				t.Errorf("%s: %v", row.in, err)
			}
		case err == nil:
			t.Errorf("%s: parsed to %s, want an error with %q", row.in, plain(x), row.message)
		case !strings.Contains(err.Message, row.message) || err.Span.Text() != row.at:
			t.Errorf("%s: got %q at %q, want %q at %q", row.in, err.Message, err.Span.Text(), row.message, row.at)
		case x == nil || x.Span() != whole:
			t.Errorf("%s: what stands for it is not where it was written", row.in)
		}
	}
}

// TestSpans points at each part of an expression.
func TestSpans(t *testing.T) {
	const in = `[f( 'a', g(1) ).b[0]]`
	text, whole := placed(in)
	x, err := ParseString(in, text, whole)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	walk(x, func(x Expr) { got = append(got, x.Span().Text()) })
	want := []string{`f( 'a', g(1) ).b[0]`, `f( 'a', g(1) ).b`, `f( 'a', g(1) )`, `'a'`, `g(1)`, `1`, `b`, `0`}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// walk visits x and all in it, each before its parts.
func walk(x Expr, visit func(Expr)) {
	visit(x)
	switch x := x.(type) {
	case *Call:
		for _, a := range x.Args {
			walk(a, visit)
		}
	case *Index:
		walk(x.Base, visit)
		walk(x.Key, visit)
	}
}

// plain writes an expression so that it parses to the same again.
func plain(x Expr) string {
	switch x := x.(type) {
	case Literal:
		if text, ok := x.Value.Text(); ok {
			return "'" + strings.ReplaceAll(text, "'", "''") + "'"
		}
		n, _ := x.Value.Int()
		return fmt.Sprint(n)
	case *Call:
		args := make([]string, len(x.Args))
		for i, a := range x.Args {
			args[i] = plain(a)
		}
		return x.Name + "(" + strings.Join(args, ", ") + ")"
	case *Index:
		return plain(x.Base) + "[" + plain(x.Key) + "]"
	}
	return fmt.Sprintf("<%T>", x)
}

// FuzzExpression parses any string. All parts are written within their wholes, and what was parsed, written plainly,
// parses to the same.
func FuzzExpression(f *testing.F) {
	for _, row := range parsed {
		f.Add(row.in)
	}
	for _, row := range refused {
		f.Add(row.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text, whole := placed(in)
		x, err := ParseString(in, text, whole)
		if err != nil {
			if !whole.Contains(err.Span) {
				t.Errorf("the mistake in %q is outside of it", in)
			}
			return
		}
		checkSpans(t, x, whole)
		if _, isText := x.(Literal); isText {
			return // also what is no expression
		}
		again := "[" + plain(x) + "]"
		text, whole = placed(again)
		y, err := ParseString(again, text, whole)
		if err != nil || plain(y) != plain(x) {
			t.Errorf("%q is %s, which is %s (%v)", in, plain(x), plain(y), err)
		}
	})
}

func checkSpans(t *testing.T, x Expr, within source.Span) {
	at := x.Span()
	if !within.Contains(at) {
		t.Errorf("%s at %d-%d is outside of %d-%d", plain(x), at.Start, at.End, within.Start, within.End)
	}
	switch x := x.(type) {
	case *Call:
		for _, a := range x.Args {
			checkSpans(t, a, at)
		}
	case *Index:
		checkSpans(t, x.Base, at)
		checkSpans(t, x.Key, at)
	}
}
