package bicep

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// recoverCases are files with errors, the trees of their statements, and the number of errors.
var recoverCases = []struct {
	name, text string
	want       []string
	errors     int
}{
	{"the next line", "wrong\nvar a = 1", []string{"(broken BadDecl)", "(VarDecl a - 1)"}, 1},
	{"brackets are skipped", "var a = [1 +]\nvar b = ( {\n\n [ }\nvar c = 1\n",
		[]string{"(broken VarDecl a - bad)", "(broken VarDecl b - bad)", "(VarDecl c - 1)"}, 2},
	{"the rest of brackets", "var a = f(b +, {\n c: d\n}, 'x${'}'}y')\nvar e = 1",
		[]string{"(broken VarDecl a - bad)", "(VarDecl e - 1)"}, 1},
	{"a value that is cut short is no value", "param a array = [1 2 3 4 +]\nvar b = 1 + f(2 3 *)",
		[]string{"(broken ParamDecl a array bad)", "(broken VarDecl b - bad)"}, 2},
	{"an item of an object", "resource a 'b@c' = {\n d: +\n e: {\n  f: [1 +\n  ]\n  g: 2\n }\n 1: 2\n h: 3 }\nvar i = 1",
		[]string{`(ResourceDecl a "b@c" (partial d:bad e:(partial f:bad g:2) h:3))`, "(VarDecl i - 1)"}, 3},
	{"items on one line", "var a = { b: + }\nvar c = 1", []string{"(VarDecl a - (partial b:bad))", "(VarDecl c - 1)"}, 1},
	{"a string without end", "resource a 'b@c' = {\n d: 'x\n e: 'y${f(\n g: 'z${'\n h: 1\n}\nvar i = 1",
		[]string{`(ResourceDecl a "b@c" (partial d:bad e:bad g:bad h:1))`, "(VarDecl i - 1)"}, 4},
	{"a forgotten brace", "resource a 'b@c' = {\n d: {\n e: 1\n}\n\n@secure()\nparam f string\nvar g = 1",
		[]string{"(broken BadDecl a)", "(ParamDecl f string -)", "(VarDecl g - 1)"}, 1},
	{"a forgotten brace before a resource", "resource a 'b@c' = {\n d: {\n}\nresource e 'f@g' = {\n h: 1\n}\noutput i string = j",
		[]string{"(broken BadDecl a)", `(ResourceDecl e "f@g" (object h:1))`, "(OutputDecl i string j)"}, 1},
	{"a forgotten bracket", "var a = [\n 1\nvar b = 2", []string{"(broken BadDecl a)", "(VarDecl b - 2)"}, 1},
	{"a forgotten parenthesis", "var a = f(1,\nvar b = 2", []string{"(broken BadDecl a)", "(VarDecl b - 2)"}, 1},
	{"a forgotten brace at the end", "resource a 'b@c' = {\n d: {\n  e: 1\n}\n",
		[]string{`(broken ResourceDecl a "b@c" (partial d:(object e:1)))`}, 1},
	{"nothing where a value should be", "var a =\nvar b = 1", []string{"(broken VarDecl a - bad)", "(VarDecl b - 1)"}, 1},
	{"a type", "type a = {\n b: string |\n c: int\n}\nvar d = 1", []string{"(broken TypeDecl a badtype)", "(VarDecl d - 1)"}, 1},
	{"a decorator", "@allowed([1 +])\nparam a int\nvar b = 1",
		[]string{"@bad (broken BadDecl)", "(ParamDecl a int -)", "(VarDecl b - 1)"}, 1},
	{"a comment without end", "var a = 1 /* b\nvar c = 1", []string{"(VarDecl a - 1)"}, 1},
	{"another encoding", "\xff\xfev\x00", nil, 1},
	{"a long name and a comment that are looked at twice", "var a = [" + strings.Repeat("b", 256) + "]\nresource c 'd' = {\nresource /*",
		[]string{"(VarDecl a - (array " + strings.Repeat("b", 256) + "))", `(broken ResourceDecl c "d" (partial))`}, 3},
	{"a name that is too long", "var " + strings.Repeat("a", 256) + " = 1",
		[]string{"(VarDecl " + strings.Repeat("a", 256) + " - 1)"}, 1},
}

func TestParseRecovers(t *testing.T) {
	for _, c := range recoverCases {
		f, diags := parse(c.text)
		got := all(f.Statements)
		errors := 0
		for _, d := range diags {
			if d.Severity == diag.Error {
				errors++
			}
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") || errors != c.errors || !f.Incomplete {
			t.Errorf("%s: %d errors, want %d, %v\n got %s\nwant %s", c.name, errors, c.errors, messages(diags),
				strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

func messages(diags []diag.Diagnostic) []string {
	var out []string
	for _, d := range diags {
		out = append(out, fmt.Sprintf("%d: %s", d.Span.Begin().Line, d.Message))
	}
	return out
}

// deep are inputs that would exhaust the stack of a naive parser or of a walk over its tree.
var deep = []struct{ name, open, middle, close, want string }{
	{"parentheses", "var a = " + strings.Repeat("(", 20_000), "1", strings.Repeat(")", 20_000), "nesting is deeper"},
	{"open parentheses", "var a = " + strings.Repeat("(", 20_000), "", "", "nesting is deeper"},
	{"arrays", "var a = " + strings.Repeat("[\n", 20_000), "", strings.Repeat("\n]", 20_000), "nesting is deeper"},
	{"objects", "var a = " + strings.Repeat("{a:", 20_000), "1", strings.Repeat("}", 20_000), "nesting is deeper"},
	{"calls", "var a = " + strings.Repeat("f(", 20_000), "1", strings.Repeat(")", 20_000), "nesting is deeper"},
	{"indexes", "var a = " + strings.Repeat("a[", 20_000), "1", strings.Repeat("]", 20_000), "nesting is deeper"},
	{"holes", "var a = " + strings.Repeat("'${", 20_000), "1", strings.Repeat("}'", 20_000), "nesting is deeper"},
	{"lambdas", "var a = " + strings.Repeat("x => ", 20_000), "1", "", "nesting is deeper"},
	{"loops", "var a = " + strings.Repeat("[for x in y:", 20_000), "1", strings.Repeat("]", 20_000), "nesting is deeper"},
	{"branches", "var a = " + strings.Repeat("b ? ", 20_000), "1", strings.Repeat(" : 2", 20_000), "nesting is deeper"},
	{"types", "type a = " + strings.Repeat("{a:", 20_000), "int", strings.Repeat("}", 20_000), "nesting is deeper"},
	{"tuples", "type a = " + strings.Repeat("[", 20_000), "int", strings.Repeat("]", 20_000), "nesting is deeper"},
	{"generics", "type a = " + strings.Repeat("b<", 20_000), "int", strings.Repeat(">", 20_000), "nesting is deeper"},
	{"children", strings.Repeat("resource a 'b@c' = {\n", 20_000), "", strings.Repeat("}\n", 20_000), "nesting is deeper"},
	{"brackets", "var a = " + strings.Repeat("[{(", 300_000), "", "", "expected the name"},
	{"sums", "var a = b", strings.Repeat(" + b", 100_000), "", "chains of operators"},
	{"accesses", "var a = b", strings.Repeat(".b", 100_000), "", "chains of operators"},
	{"assertions", "var a = b", strings.Repeat("!", 100_000), "", "chains of operators"},
	{"else branches", "var a = b", strings.Repeat(" ? b : b", 100_000), "", "chains of operators"},
	{"array types", "type a = b", strings.Repeat("[]", 100_000), "", "chains of operators"},
	{"nullable types", "type a = b", strings.Repeat("? ", 100_000), "", "chains of operators"},
	{"decorators", "@a", strings.Repeat(".a", 100_000), "\nvar b = 1", "chains of operators"},
	{"long but flat", "var a = [", strings.Repeat("b + b + b.b, ", 20_000), "]", ""},
	{"many statements", "", strings.Repeat("var a = b + b + b + b + b + b + b + b + b + b + b + b + b + b + b + b + b + b\n", 11_000), "", ""},
	{"errors", "", strings.Repeat("resource a 'b@c' = {\nd: [\n", 50_000), "", "found"},
	{"garbage", "", strings.Repeat("{ ' ${ ( \n", 100_000), "", "expected a declaration"},
}

func TestParseLimits(t *testing.T) {
	for _, c := range deep {
		start := time.Now()
		_, diags := parse(c.open + c.middle + c.close)
		if got := summary(diags); !strings.Contains(got, c.want) || (c.want == "") != (got == "") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s: %v", c.name, d)
		}
		if len(diags) > maxDiagnostics+1 {
			t.Errorf("%s: %d diagnostics", c.name, len(diags))
		}
	}
}

func BenchmarkParseErrors(b *testing.B) {
	for _, c := range deep {
		b.Run(strings.ReplaceAll(c.name, " ", "-"), func(b *testing.B) {
			text := c.open + c.middle + c.close
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				parse(text)
			}
		})
	}
}
