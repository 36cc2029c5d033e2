package terraform

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// deployFiles evaluates the root module "." of files given by name.
func deployFiles(t testing.TB, files map[string]string, opt Options) *model.Deployment {
	t.Helper()
	tree := treeOf(t, files)
	return Deploy(tree, ".", opt)
}

func treeOf(t testing.TB, files map[string]string) *source.Tree {
	t.Helper()
	tree, err := source.OpenTree(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	for name, text := range files {
		tree.Overlay(name, []byte(text))
	}
	return tree
}

// outputOf is the JSON of an output.
func outputOf(d *model.Deployment, name string) string {
	for _, o := range d.Outputs {
		if o.Name == name {
			return string(value.AppendJSON(nil, o.Value))
		}
	}
	return "no such output"
}

// expressions are evaluated with var.u unset, and var.l, var.m unset collections.
var expressions = []struct{ expr, want string }{
	// operators
	{`1 + 2 * 3`, `7`},
	{`var.u + 1`, `{"$unknown":"add(var.u, 1)"}`},
	{`7 % 3`, `1`},
	{`var.u && false`, `false`},
	{`false && var.u`, `false`},
	{`var.u || true`, `true`},
	{`var.u || false`, `{"$unknown":"or(var.u, false())"}`},
	{`!var.u`, `{"$unknown":"not(var.u)"}`},
	{`"a" == "a"`, `true`},
	{`1 == "1"`, `false`},
	{`null == null`, `true`},
	{`other_x.y.id != null`, `true`},
	{`other_x.y.id == ""`, `false`},
	{`var.u == null`, `{"$unknown":"equals(var.u, null())"}`},
	// conditionals
	{`true ? 1 : nope.nope`, `1`},
	{`var.u ? 1 : 1`, `1`},
	{`var.u ? 1 : 2`, `{"$oneOf":[1,2]}`},
	{`var.env == "prod" ? false : true`, `{"$oneOf":[false,true]}`},
	{`(var.u ? 1 : 2) + 1`, `{"$oneOf":[2,3]}`},
	{`var.u ? null : null`, `null`},
	// templates
	{`"a${1}b${true}"`, `"a1btrue"`},
	{`"a${var.u}b"`, `{"$template":["a",{"$unknown":"var.u"},"b"]}`},
	{`"${var.u}"`, `{"$unknown":"var.u"}`},
	{`"${[1]}"`, `[1]`},
	{`"%{ if true }x%{ else }y%{ endif }"`, `"x"`},
	{`"%{ for x in ["a", "b"] }${x},%{ endfor }"`, `"a,b,"`},
	{"<<-EOT\n    a\n      b\n    EOT\n", `"a\n  b\n"`},
	// collections
	{`["a", var.u][0]`, `"a"`},
	{`{ a = 1, "b" = var.u }`, `{"a":1,"b":{"$unknown":"var.u"}}`},
	{`{ (var.u) = 1, b = 2 }`, `{"b":2,"$open":true}`},
	{`{ a = 1 }.a`, `1`},
	{`[{ a = 1 }, { a = var.u }][*].a`, `[1,{"$unknown":"var.u"}]`},
	{`null[*]`, `[]`},
	{`"x"[*]`, `["x"]`},
	{`[for x in ["a", "b"] : upper(x)]`, `["A","B"]`},
	{`[for i, x in ["a", "b"] : i]`, `[0,1]`},
	{`[for x in ["a", "b"] : x if x != "a"]`, `["b"]`},
	{`[for x in ["a", "b"] : x if var.u]`, `[{"$more":true}]`},
	{`[for x in ["a", var.u] : x]`, `["a",{"$unknown":"var.u"}]`},
	{`{ for k, v in { b = 1, a = 2 } : v => k }`, `{"2":"a","1":"b"}`},
	{`{ for x in ["a", "b", "a"] : x => 1... }`, `{"a":[1,1],"b":[1]}`},
	{`[for k, v in toset(["b", "a"]) : k]`, `["a","b"]`},
	{`var.m.a.b`, `{"$unknown":"var.m.a.b"}`},
	{`{ x = 1 }[var.u]`, `1`},
	// lists
	{`concat(["0.0.0.0"], var.l)`, `["0.0.0.0",{"$more":true}]`},
	{`concat(["a"], ["b"])`, `["a","b"]`},
	{`flatten([["a"], var.l, [["b"]]])`, `["a",{"$unknown":"var.l"},"b",{"$more":true}]`},
	{`flatten([["a"], [["b", ["c"]]]])`, `["a","b","c"]`},
	{`setunion(toset(["a"]), var.l)`, `["a",{"$more":true}]`},
	{`toset(["b", "a", "b"])`, `["a","b"]`},
	{`setsubtract(["a", "b"], ["a"])`, `["b"]`},
	{`setintersection(["a", "b"], ["b", "c"])`, `["b"]`},
	{`distinct(["a", "a", var.u])`, `["a",{"$unknown":"var.u"}]`},
	{`compact(["a", "", null])`, `["a"]`},
	{`compact(["a", var.u])`, `["a",{"$more":true}]`},
	{`contains(["a", var.u], "a")`, `true`},
	{`contains(["a"], "b")`, `false`},
	{`contains(["a", var.u], "b")`, `{"$unknown":"contains(createArray('a', var.u), 'b')"}`},
	{`length(["a", var.u])`, `2`},
	{`length(var.l)`, `{"$unknown":"length(var.l)"}`},
	{`length("äb")`, `2`},
	{`length({ a = 1 })`, `1`},
	{`element(["a", "b"], 3)`, `"b"`},
	{`element(["a", "b"], var.u)`, `{"$oneOf":["a","b"]}`},
	{`one([])`, `null`},
	{`one(["a"])`, `"a"`},
	{`one(other_x.y[*].id)`, `{"$unknown":"other_x.y.id"}`},
	{`coalesce(null, "", "x")`, `"x"`},
	{`coalesce(var.u, "x")`, `{"$oneOf":[{"$unknown":"var.u"},"x"]}`},
	{`coalesce("", try(var.u.id, ""))`, `{"$unknown":"var.u.id"}`},
	{`coalesce(var.u ? "" : "x", null) == "x"`, `true`},
	{`coalescelist([], ["x"])`, `["x"]`},
	{`alltrue([true, var.u])`, `{"$unknown":"alltrue(createArray(true(), var.u))"}`},
	{`alltrue([false, var.u])`, `false`},
	{`anytrue([])`, `false`},
	{`index(["a", "b"], "b")`, `1`},
	{`sum([1, 2])`, `3`},
	{`slice(["a", "b", "c"], 0, 2)`, `["a","b"]`},
	{`sort(["b", "a"])`, `["a","b"]`},
	{`reverse(["b", "a"])`, `["a","b"]`},
	{`range(3)`, `[0,1,2]`},
	{`chunklist(["a", "b", "c"], 2)`, `[["a","b"],["c"]]`},
	{`setproduct(["a"], ["b", "c"])`, `[["a","b"],["a","c"]]`},
	{`matchkeys(["i", "j"], ["a", "b"], ["b"])`, `["j"]`},
	{`max(1, 3, 2)`, `3`},
	{`max([1, 3]...)`, `3`},
	// maps
	{`merge({ a = 1 }, { b = var.u })`, `{"a":1,"b":{"$unknown":"var.u"}}`},
	{`merge({ a = 1, b = 1 }, var.m, { b = 2 })`, `{"a":{"$oneOf":[1,{"$unknown":""}]},"b":2,"$open":true}`},
	{`merge({ p = { a = 1 } }, { p = { b = 2 } })`, `{"p":{"b":2}}`},
	{`merge(null, { a = 1 })`, `{"a":1}`},
	{`keys({ b = 1, a = 2 })`, `["a","b"]`},
	{`values({ b = 1, a = var.u })`, `[{"$unknown":"var.u"},1]`},
	{`lookup({ a = 1 }, "a", 2)`, `1`},
	{`lookup({ a = 1 }, "b", 2)`, `2`},
	{`lookup({ a = 1 }, var.u, 2)`, `{"$oneOf":[1,2]}`},
	{`lookup(var.m, "a", 2)`, `{"$unknown":"lookup(var.m, 'a', 2)"}`},
	{`zipmap(["a"], [var.u])`, `{"a":{"$unknown":"var.u"}}`},
	{`transpose({ a = ["x"] })`, `{"x":["a"]}`},
	{`tomap({ a = 1 })`, `{"a":1}`},
	// strings
	{`join(",", ["a", "b"])`, `"a,b"`},
	{`join(",", ["a", var.u])`, `{"$template":["a,",{"$unknown":"var.u"}]}`},
	{`split(",", join(",", concat(["0.0.0.0"], var.l)))`, `["0.0.0.0",{"$more":true}]`},
	{`split(",", "a,b")`, `["a","b"]`},
	{`split(",", var.u)`, `{"$unknown":"split(',', var.u)"}`},
	{`replace("a-b", "-", "_")`, `"a_b"`},
	{`replace("abc", "/[ab]/", "x")`, `"xxc"`},
	{`startswith("abc${var.u}", "ab")`, `true`},
	{`startswith("abc${var.u}", "abd")`, `false`},
	{`endswith(var.u, "x")`, `{"$unknown":"endswith(var.u, 'x')"}`},
	{`strcontains("a${var.u}", "a")`, `true`},
	{`lower("ABC")`, `"abc"`},
	{`lower("ABC${var.u}")`, `{"$template":["abc",{"$unknown":"lower(var.u)"}]}`},
	{`format("%s-%d", "a", 1)`, `"a-1"`},
	{`format("%s-%s", "a", var.u)`, `{"$template":["a-",{"$unknown":"var.u"}]}`},
	{`format("%03d", var.u)`, `{"$unknown":"format('%03d', var.u)"}`},
	{`format("%99999999d", 1)`, `{"$unknown":"format('%99999999d', 1)"}`},
	{`formatlist("%s!", ["a", "b"])`, `["a!","b!"]`},
	{`replace("a-b-${var.u}-", "-", "_")`, `{"$template":["a_b_",{"$unknown":"replace(var.u, '-', '_')"},"_"]}`},
	{`replace("a-b-${var.u}-", "b-", "_")`, `{"$unknown":"replace(format('a-b-{0}-', var.u), 'b-', '_')"}`},
	{`trimspace(" a ")`, `"a"`},
	{`trimspace(" a${var.u}b\n")`, `{"$template":["a",{"$unknown":"var.u"},"b"]}`},
	{`trimspace(" ${var.u}")`, `{"$unknown":"trimspace(format(' {0}', var.u))"}`},
	{`chomp("${var.u}b\n")`, `{"$template":[{"$unknown":"var.u"},"b"]}`},
	{`trimprefix("https://${var.u}", "http")`, `{"$template":["s://",{"$unknown":"var.u"}]}`},
	{`trimprefix("ht${var.u}", "http")`, `{"$unknown":"trimprefix(format('ht{0}', var.u), 'http')"}`},
	{`trimsuffix("${var.u}.net/", "/")`, `{"$template":[{"$unknown":"var.u"},".net"]}`},
	{`tostring(var.u)`, `{"$unknown":"var.u"}`},
	{`trimprefix("abc", "ab")`, `"c"`},
	{`substr("hello", 1, 2)`, `"el"`},
	{`title("hello")`, `"Hello"`},
	{`regex("[a-z]+", "12ab")`, `"ab"`},
	{`indent(2, "a\nb")`, `"a\n  b"`},
	{`chomp("a\n")`, `"a"`},
	{`tostring(1)`, `"1"`},
	{`tonumber("1")`, `1`},
	{`tobool("true")`, `true`},
	{`parseint("ff", 16)`, `255`},
	{`trimsuffix("abc", "bc")`, `"a"`},
	{`trim("xax", "x")`, `"a"`},
	{`strrev("abc")`, `"cba"`},
	{`regexall("[a-z]", "a1b")`, `["a","b"]`},
	{`ceil(1.2)`, `2`},
	{`floor(1.8)`, `1`},
	{`abs(-1)`, `1`},
	{`min(2, 1)`, `1`},
	{`pow(2, 3)`, `8`},
	{`log(8, 2)`, `3`},
	{`signum(-3)`, `-1`},
	{`tolist(toset(["b", "a"]))[0]`, `"a"`},
	{`timeadd("2020-01-01T00:00:00Z", "1h")`, `"2020-01-01T01:00:00Z"`},
	{`nonsensitive("a")`, `"a"`},
	{`ephemeralasnull("a")`, `"a"`},
	{`abspath("a")`, `{"$unknown":"abspath('a')"}`},
	{`pathexpand("~/a")`, `{"$unknown":"pathexpand('~/a')"}`},
	{`sha256("hello")`, `"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"`},
	{`base64sha256("hello")`, `"LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="`},
	{`length(sha512("hello"))`, `128`},
	{`length(base64sha512("hello"))`, `88`},
	{`filesha256("text.txt") == sha256("hello")`, `true`},
	{`filesha1("text.txt") == sha1("hello")`, `true`},
	{`filesha512("text.txt") == sha512("hello")`, `true`},
	{`filebase64sha256("text.txt") == base64sha256("hello")`, `true`},
	{`filebase64sha512("text.txt") == base64sha512("hello")`, `true`},
	{`filemd5("missing.txt")`, `{"$unknown":"filemd5('missing.txt')"}`},
	{`urldecode("a+b")`, `"a b"`},
	// errors
	{`try(var.u, "d")`, `{"$unknown":"var.u"}`},
	{`try({ a = 1 }.b, "d")`, `"d"`},
	{`try(var.m.b, "d")`, `{"$oneOf":[{"$unknown":"var.m.b"},"d"]}`},
	{`try(null.x, "d")`, `"d"`},
	{`try(other_x.y.whatever, "d")`, `{"$unknown":"other_x.y.whatever"}`},
	{`try(tonumber("x"), tobool("x"), 3)`, `3`},
	{`can({ a = 1 }.b)`, `false`},
	{`can({ a = 1 }.a)`, `true`},
	{`can(var.m.a)`, `{"$unknown":"can(var.m.a)"}`},
	{`convert("1", number)`, `1`},
	// encodings
	{`jsonencode({ a = 1, b = [true] })`, `"{\"a\":1,\"b\":[true]}"`},
	{`jsonencode({ a = 1, b = var.u })`, `{"$unknown":"jsonencode#1"}`},
	{`jsondecode(jsonencode({ a = 1, b = var.u }))`, `{"a":1,"b":{"$unknown":"var.u"}}`},
	{`jsondecode("{\"a\": [1, null]}")`, `{"a":[1,null]}`},
	{`jsondecode("{\"a\": ${var.u}, \"b\": \"x${var.u}\"}")`, `{"a":{"$unknown":"var.u"},"b":{"$template":["x",{"$unknown":"var.u"}]}}`},
	{`jsondecode(var.u)`, `{"$unknown":"jsondecode(var.u)"}`},
	{`yamldecode("a: [1, x]")`, `{"a":[1,"x"]}`},
	{`yamldecode(yamlencode({ a = 1 })).a`, `1`},
	{`base64encode("hello")`, `"aGVsbG8="`},
	{`base64decode("aGVsbG8=")`, `"hello"`},
	{`base64gunzip(base64gzip("hello"))`, `"hello"`},
	{`textdecodebase64(textencodebase64("hé", "UTF-16LE"), "UTF-16LE")`, `"hé"`},
	{`urlencode("a b")`, `"a+b"`},
	{`md5("hello")`, `"5d41402abc4b2a76b9719d911017c592"`},
	{`sha1(var.u)`, `{"$unknown":"sha1(var.u)"}`},
	{`uuidv5("dns", "www.example.com")`, `"2ed6657d-e927-568b-95e1-2665a8aea6a2"`},
	{`csvdecode("a,b\n1,2")`, `[{"a":"1","b":"2"}]`},
	// networks
	{`cidrsubnet("10.0.0.0/16", 8, 2)`, `"10.0.2.0/24"`},
	{`cidrsubnet(var.u, 8, 2)`, `{"$unknown":"cidrsubnet(var.u, 8, 2)"}`},
	{`cidrsubnets("10.1.0.0/16", 4, 4, 8)`, `["10.1.0.0/20","10.1.16.0/20","10.1.32.0/24"]`},
	{`cidrhost("10.0.0.0/24", 5)`, `"10.0.0.5"`},
	{`cidrhost("10.0.0.0/24", -1)`, `"10.0.0.255"`},
	{`cidrnetmask("10.0.0.0/12")`, `"255.240.0.0"`},
	{`cidrcontains("10.0.0.0/8", "10.1.1.1")`, `true`},
	// files
	{`file("text.txt")`, `"hello"`},
	{`file("${path.module}/text.txt")`, `"hello"`},
	{`file("missing.txt")`, `{"$unknown":"file('missing.txt')"}`},
	{`file("../../etc/passwd")`, `{"$unknown":"file('../../etc/passwd')"}`},
	{`filebase64("text.txt")`, `"aGVsbG8="`},
	{`fileexists("text.txt")`, `true`},
	{`filemd5("text.txt")`, `"5d41402abc4b2a76b9719d911017c592"`},
	{`fileset(".", "*.txt")`, `["text.txt"]`},
	{`templatefile("t.tftpl", { a = 1, b = var.u })`, `{"$template":["1-",{"$unknown":"var.u"}]}`},
	{`templatestring("x$${a}", { a = 2 })`, `"x2"`},
	{`basename("a/b.txt")`, `"b.txt"`},
	{`dirname("a/b.txt")`, `"a"`},
	// what depends on when and where it is run
	{`timestamp()`, `{"$unknown":""}`},
	{`terraform.workspace`, `{"$unknown":"terraform.workspace"}`},
	{`path.root`, `"."`},
	{`timecmp("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")`, `-1`},
	{`formatdate("YYYY", "2020-01-01T00:00:00Z")`, `"2020"`},
	// providers
	{`provider::azapi::resource_group_resource_id("s", "g", "Microsoft.X/a", ["n"])`, `"/subscriptions/s/resourceGroups/g/providers/Microsoft.X/a/n"`},
	{`provider::azapi::snake2camel({ a_b = 1 })`, `{"aB":1}`},
	{`provider::other::thing(1)`, `{"$unknown":"provider::other::thing(1)"}`},
	{`core::upper("a")`, `"A"`},
	{`sensitive("a")`, `{"$secret":""}`},
	{`issensitive(sensitive("a"))`, `true`},
	{`other_x.y.primary_key`, `{"$secret":"other_x.y.primary_key"}`},
	{`random_password.p.result`, `{"$secret":"random_password.p.result"}`},
	{`"k=${other_x.y.primary_key}"`, `{"$secret":"format('k={0}', other_x.y.primary_key)"}`},
	{`other_x.y.name`, `"n"`},
	{`other_x.y.identity[0].principal_id`, `{"$unknown":"other_x.y.identity[0].principal_id"}`},
	{`other_x.y.identity[0].type`, `"SystemAssigned"`},
	{`data.other_z.w.id`, `{"$unknown":"data.other_z.w.id"}`},
}

const prelude = `
variable "u" {}
variable "env" { type = string }
variable "l" { type = list(string) }
variable "m" { type = map(any) }
resource "other_x" "y" {
  name = "n"
  identity { type = "SystemAssigned" }
}
resource "random_password" "p" {}
data "other_z" "w" {}
`

func TestExpressions(t *testing.T) {
	for _, c := range expressions {
		t.Run(c.expr, func(t *testing.T) {
			d := deployFiles(t, map[string]string{
				"main.tf":  prelude + "output \"o\" {\n  value = " + c.expr + "\n}\n",
				"text.txt": "hello", "t.tftpl": "${a}-${b}",
			}, Options{})
			if got := outputOf(d, "o"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestFunctions checks that every function has a row among the expressions, except those that are only aliases.
func TestFunctions(t *testing.T) {
	source, err := os.ReadFile("eval_test.go")
	if err != nil {
		t.Fatal(err)
	}
	rows := string(source[strings.Index(string(source), "var expressions"):strings.Index(string(source), "const prelude")])
	var missing []string
	for _, table := range []map[string]bool{keysOf(builtins), keysOf(standard)} {
		for name := range table {
			if !strings.Contains(rows, name+"(") {
				missing = append(missing, name)
			}
		}
	}
	slices.Sort(missing)
	for _, name := range missing {
		if name != "list" && name != "map" { // of Terraform before 0.12
			t.Errorf("%s has no row", name)
		}
	}
}

func keysOf[T any](m map[string]T) map[string]bool {
	out := map[string]bool{}
	for k := range m {
		out[k] = true
	}
	return out
}
