package bicep

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

func indexOf(t *testing.T, text, part string) int {
	t.Helper()
	i := strings.Index(text, part)
	if i < 0 {
		t.Fatalf("%q has no %q", text, part)
	}
	return i
}

type declCase struct{ text, tree, problem string }

// declCases are files with one statement.
var declCases = []declCase{
	{"targetScope = 'subscription'", `(TargetScopeDecl "subscription")`, ""},
	{"metadata a = { b: 1 }", "(MetadataDecl a (object b:1))", ""},
	{"param type string", "(ParamDecl type string -)", ""},
	{"param a string = 'b'", `(ParamDecl a string "b")`, ""},
	{"param a resource 'b@c'", `(ParamDecl a (resource "b@c") -)`, ""},
	{"param a resource<'b@c'>", `(ParamDecl a (resource<> "b@c") -)`, ""},
	{"param a resource", "(broken ParamDecl a badtype -)", "error: expected a resource type as a string, found the end of the file"},
	{"var for = 1", "(VarDecl for - 1)", ""},
	{"var a string[] = []", "(VarDecl a ([] string) (array))", ""},
	{"type a = 'b'", `(TypeDecl a "b")`, ""},
	{"func f() bool => true", "(FuncDecl f () bool true)", ""},
	{"func f(a string, b int?) object => {\n a: b }", "(FuncDecl f (a:string b:(? int)) object (object a:b))", ""},
	{"output a string = b", "(OutputDecl a string b)", ""},
	{"output a resource = b", "(OutputDecl a (resource) b)", ""},
	{"output a resource 'b@c' = d", `(OutputDecl a (resource "b@c") d)`, ""},
	{"assert a = b == c", "(AssertDecl a (== b c))", ""},
	{"test a 'b' = { params: {} }", `(TestDecl a "b" (object params:(object)))`, ""},

	{"resource a 'b@c' = {}", `(ResourceDecl a "b@c" (object))`, ""},
	{"resource a 'b@c' existing = {}", `(ResourceDecl a "b@c" existing (object))`, ""},
	{"resource a 'b@c' = if (d) {}", `(ResourceDecl a "b@c" (if d (object)))`, ""},
	{"resource a 'b@c' = [for x in y: {}]", `(ResourceDecl a "b@c" (for x y (object)))`, ""},
	{"resource a 'b@c' = [for (x, i) in y: if (x) {}]", `(ResourceDecl a "b@c" (for x,i y (if x (object))))`, ""},
	{"resource a 'b@c' = d", `(broken ResourceDecl a "b@c" bad)`, `error: expected "{", "if" or "[for", found "d"`},
	{"resource a b = {}", "(broken ResourceDecl a bad bad)", `error: expected the type of the resource as a string, found "b"`},
	{"module a 'b' = {}", `(ModuleDecl a "b" (object))`, ""},
	{"module a 'b' = [for x in y: {}]", `(ModuleDecl a "b" (for x y (object)))`, ""},

	// In the body of a resource "resource" is a property or a child, after what follows it; elsewhere a property.
	{"resource a 'b@c' = { resource: 'x', if: 1 }", `(ResourceDecl a "b@c" (object resource:"x" if:1))`, ""},
	{"resource a 'b@c' = {\n resource d 'e' = {}\n}", `(ResourceDecl a "b@c" (object (ResourceDecl d "e" (object))))`, ""},
	{"resource a 'b@c' = {\n @x()\n resource /* c */ d 'e' = {\n resource f 'g' = if (h) {}\n}\n i: 1\n}",
		`(ResourceDecl a "b@c" (object @(call x) (ResourceDecl d "e" (object (ResourceDecl f "g" (if h (object))))) i:1))`, ""},
	{"resource a 'b@c' = if (d) {\n resource e 'f' = {}\n}", `(ResourceDecl a "b@c" (if d (object (ResourceDecl e "f" (object)))))`, ""},
	{"resource a 'b@c' = { p: { resource d 'e' = {} } }", `(ResourceDecl a "b@c" (object p:(partial)))`, `error: expected ":", found "d"`},
	{"module a 'b' = { resource d 'e' = {} }", `(ModuleDecl a "b" (partial))`, `error: expected ":", found "d"`},
	{"resource a 'b@c' = {\n @x()\n d: 1\n}", `(ResourceDecl a "b@c" (partial @(call x) (broken ResourceDecl bad bad)))`, `error: expected "resource", found "d"`},

	{"import { a, b as c, 'odd-name' as d } from 'e'", `(ImportDecl a b as c "odd-name" as d "e")`, ""},
	{"import { as as as } from 'e'", `(ImportDecl as as as "e")`, ""},
	{"import { 'a' } from 'e'", `(ImportDecl "a" "e")`, `error: a symbol in quotes needs a name: expected "as" and a name`},
	{"import { 'a${b}' as c } from 'e'", `(ImportDecl ($ "a" b) as c "e")`, "error: the name of an exported symbol must be a string without holes"},
	{"import * as a from 'e'", `(ImportDecl a "e")`, ""},
	{"import a from 'e'", "(broken ImportDecl bad)", `error: expected "{" or "*", found "a"`},
	{"import 'a@1' with { b: 1 } as c", `(ExtensionDecl c "a@1" (object b:1))`, ""},
	{"extension a", "(ExtensionDecl a -)", ""},
	{"extension a as b", "(ExtensionDecl b a -)", ""},
	{"extension a with {} as b", "(ExtensionDecl b a (object))", ""},
	{"extension 'br:x/y:1' with {\n c: 1\n}", `(ExtensionDecl "br:x/y:1" (object c:1))`, ""},
	{"provider 'a@1'", "(broken BadDecl)", `error: expected a declaration such as param, var, resource, module or output, found "provider"`},

	{"@secure()\nparam a string", "@(call secure) (ParamDecl a string -)", ""},
	{"@sys.description('x')\n@allowed(['b'])\nparam a string", `@(call sys description "x") @(call allowed (array "b")) (ParamDecl a string -)`, ""},
	{"@a.b\n@c\nvar d = 1", "@(. a b) @c (VarDecl d - 1)", ""},

	{"using 'a'", "(broken BadDecl)", `error: expected a declaration such as param, var, resource, module or output, found "using"`},
	{"param a string {}", "(broken ParamDecl a string -)", `error: expected the end of the line, found "{"`},
	{"var", "(broken VarDecl - bad)", "error: expected the name of the variable, found the end of the file"},
	{"var 1 = 2", "(broken VarDecl - bad)", `error: expected the name of the variable, found "1"`},
}

// paramsCases are parameter files with one statement.
var paramsCases = []declCase{
	{"using 'a.bicep'", `(UsingDecl "a.bicep" -)`, ""},
	{"using none", "(UsingDecl none -)", ""},
	{"using 'a' with { b: 1 }", `(UsingDecl "a" (object b:1))`, ""},
	{"using 'a${b}'", `(UsingDecl ($ "a" b) -)`, "error: the path of the template must be a string without holes"},
	{"using a", "(broken UsingDecl bad -)", `error: expected the path of the template as a string, or "none", found "a"`},
	{"extends 'a.bicepparam'", `(ExtendsDecl "a.bicepparam")`, ""},
	{"param a = b.c", "(ParamAssign a (. b c))", ""},
	{"@x()\nparam a = null", "@(call x) (ParamAssign a null)", ""},
	{"param a string = 'b'", "(broken ParamAssign a bad)", `error: expected "=", found "string"`},
	{"var a = 1", "(VarDecl a - 1)", ""},
	{"type a = string", "(TypeDecl a string)", ""},
	{"import { a } from 'b'", `(ImportDecl a "b")`, ""},
	{"extension a", "(ExtensionDecl a -)", ""},
	{"extensionConfig a with { b: 1 }", "(ExtensionConfigDecl a (object b:1))", ""},
	{"output a string = 'b'", "(broken BadDecl)", `error: expected a declaration: using, extends, param, var, type, import or extension, found "output"`},
}

func TestParseDecl(t *testing.T) {
	for _, c := range declCases {
		checkDecl(t, "main.bicep", c)
	}
	for _, c := range paramsCases {
		checkDecl(t, "main.bicepparam", c)
	}
}

func checkDecl(t *testing.T, name string, c declCase) {
	t.Helper()
	f, diags := Parse(source.NewFile(name, []byte(c.text)))
	if len(f.Statements) != 1 {
		t.Errorf("%q: %d statements", c.text, len(f.Statements))
		return
	}
	if got := dump(f.Statements[0]); got != c.tree || summary(diags) != c.problem {
		t.Errorf("%q\n got %s  %s\nwant %s  %s", c.text, got, summary(diags), c.tree, c.problem)
	}
}

// typeCases are types with their tree.
var typeCases = []declCase{
	{"string", "string", ""},
	{"string[][]", "([] ([] string))", ""},
	{"string?", "(? string)", ""},
	{"(string?)[]", "([] (paren (? string)))", ""},
	{"string?[]", "(? string)", `error: expected the end of the line, found "["`},
	{"a!?", "(? (! a))", ""},
	{"'a' | 'b' | null", `(| "a" "b" null)`, ""},
	{"1 | -1 | true", "(| 1 (unary - 1) true)", ""},
	{"!true", "(unary ! true)", ""},
	{"('a' | 'b')[]", `([] (paren (| "a" "b")))`, ""},
	{"{ a: string, b: int?, *: bool }", "(object a:string b:(? int) *:bool)", ""},
	{"{\n  @secure()\n  @description('x')\n  a: string\n  'b-c': int\n}", `(object @(call secure) @(call description "x") a:string "b-c":int)`, ""},
	{"[string, int]", "(tuple string int)", ""},
	{"[\n  @x()\n  string\n  int?\n]", "(tuple @(call x) string (? int))", ""},
	{"a.b[0][*].*", "(.* ([*] ([i] (. a b) 0)))", ""},
	{"sys.string", "(. sys string)", ""},
	{"resourceInput<'a@b'>.properties", `(. (resourceInput<> "a@b") properties)`, ""},
	{"sys.resourceOutput<'a@b'>", `(resourceOutput<> sys "a@b")`, ""},
	{"resource<'a@b'>", `(resource<> "a@b")`, ""},
	{"{ resource: resource }", "(object resource:resource)", ""},
	{"a |", "badtype", "error: expected a type, found the end of the file"},
	{"{ a: }", "badtype", `error: expected a type, found "}"`},
	{"f()", "f", `error: expected the end of the line, found "("`},
}

func TestParseType(t *testing.T) {
	for _, c := range typeCases {
		f, diags := parse("type x = " + c.text)
		got := dump(f.Statements[0].(*TypeDecl).Type)
		if got != c.tree || summary(diags) != c.problem {
			t.Errorf("%q\n got %s  %s\nwant %s  %s", c.text, got, summary(diags), c.tree, c.problem)
		}
	}
}

// Comments and directives are kept beside the tree.
func TestParseTrivia(t *testing.T) {
	text := `#disable-next-line BCP037 no-unused-params // why
param a string /* one
two */
  #disable-diagnostics CDB101
var b = [ // list
  #restore-diagnostics CDB101
  1
]
#disable-next-line
`
	f, diags := parse(text)
	if got := summary(diags); got != "note: the directive names no diagnostic code, so it has no effect" || len(diags) != 1 {
		t.Errorf("diagnostics: %s", got)
	}
	var got []string
	for _, d := range f.Directives {
		got = append(got, f.Span(d).Text()+"="+names(d.Codes))
	}
	want := "#disable-next-line BCP037 no-unused-params=BCP037 no-unused-params;#disable-diagnostics CDB101=CDB101;" +
		"#restore-diagnostics CDB101=CDB101;#disable-next-line="
	if strings.Join(got, ";") != want {
		t.Errorf("directives:\n got %s\nwant %s", strings.Join(got, ";"), want)
	}
	got = nil
	for _, c := range f.Comments {
		got = append(got, f.Span(c).Text())
	}
	if strings.Join(got, ";") != "// why;/* one\ntwo */;// list" {
		t.Errorf("comments: %q", got)
	}
}

// A # that is no directive, or that does not begin its line, is no token.
func TestParseNoDirective(t *testing.T) {
	for _, text := range []string{
		"#pragma x\nvar a = 1",
		"var a = 1 #disable-next-line x",
		"/* c */ #disable-next-line x\nvar a = 1",
	} {
		f, diags := parse(text)
		if !strings.HasPrefix(summary(diags), "error: unexpected character") || len(f.Directives) > 0 {
			t.Errorf("%q: %s", text, summary(diags))
		}
	}
}

// The parts that messages point at have places of their own.
func TestParseSpans(t *testing.T) {
	text := "@secure() // c\nparam a string = 'x'\n\nresource b 'c@d' existing = { 'k': e.f }\n"
	f, _ := parse(text)
	param, res := f.Statements[0].(*ParamDecl), f.Statements[1].(*ResourceDecl)
	property := res.Body.(*Object).Items[0].(*Property)
	for _, c := range []struct {
		node Node
		want string
	}{
		{param, "@secure() // c\nparam a string = 'x'"},
		{param.Decorators[0], "@secure()"},
		{param.Keyword, "param"},
		{param.Name, "a"},
		{param.Type, "string"},
		{param.Default, "'x'"},
		{res, "resource b 'c@d' existing = { 'k': e.f }"},
		{Range{res.Name.Start, res.Type.Where().End}, "b 'c@d'"},
		{property, "'k': e.f"},
		{property.Key, "'k'"},
		{property.Value, "e.f"},
		{property.Value.(*Access).Name, "f"},
	} {
		if got := f.Span(c.node).Text(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
