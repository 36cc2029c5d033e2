package bicep

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// alone is a project of one file.
type alone struct{}

func (alone) Module(*source.File, string, Compiled) *template.Template { return nil }
func (alone) Bicep(*source.File, string) *File                         { return nil }
func (alone) Experimental(*source.File, string) bool                   { return false }
func (alone) Load(source.Span, string, string, []value.Value) (value.Value, bool) {
	return value.Value{}, false
}

func expandText(text string) *model.Deployment {
	f, problems := parse(text)
	return template.Expand(Lower(f, problems, alone{}, nil), template.Input{})
}

// edited applies edits to a text.
func edited(text string, edits []source.Edit) string {
	slices.SortFunc(edits, func(a, b source.Edit) int { return cmp.Compare(b.Span.Start, a.Span.Start) })
	for _, e := range edits {
		text = text[:e.Span.Start] + e.New + text[e.Span.End:]
	}
	return text
}

const head = "resource a 'Microsoft.X/things@2024-01-01' = "

func set(path string, v value.Value) func(*model.Resource) []source.Edit {
	return func(r *model.Resource) []source.Edit { return Dialect.Set(r, path, v) }
}

func appendTo(path string, v value.Value) func(*model.Resource) []source.Edit {
	return func(r *model.Resource) []source.Edit { return Dialect.Append(r, path, v) }
}

func remove(paths ...string) func(*model.Resource) []source.Edit {
	return func(r *model.Resource) []source.Edit { return Dialect.Remove(r, paths...) }
}

var off = value.OfBool(false)

// A case without a wanted text wants no edit.
var editCases = []struct {
	name, text string
	edit       func(*model.Resource) []source.Edit
	want       string
}{
	{"replace", "{\n  properties: {\n    p: true // why\n  }\n}", set("properties.p", off), "{\n  properties: {\n    p: false // why\n  }\n}"},
	{"replace in other letters", "{\n  Properties: {\n    P: true\n  }\n}", set("properties.p", off), "{\n  Properties: {\n    P: false\n  }\n}"},
	{"replace null", "{\n  p: null\n}", set("p", off), "{\n  p: false\n}"},
	{"replace a quoted key's", "{\n  'p': 'x'\n}", set("p", off), "{\n  'p': false\n}"},
	{"replace a negative number", "{\n  p: -1\n}", set("p", value.OfInt(1)), "{\n  p: 1\n}"},
	{"replace an element's member", "{\n  l: [\n    { p: 1 }\n    { p: 2 }\n  ]\n}", set("l.1.p", off), "{\n  l: [\n    { p: 1 }\n    { p: false }\n  ]\n}"},
	{"fill", "{ }", set("p", off), "{ p: false }"},
	{"a name decides", "{\n  p: b\n}\nparam b bool = true", set("p", off), ""},
	{"a choice decides", "{\n  p: 1 == 2 ? true : false\n}", set("p", off), ""},
	{"an interpolated string decides", "{\n  p: 'a${1}'\n}", set("p", off), ""},
	{"within a function", "{\n  o: union({ p: true }, {})\n}", set("o.p", off), ""},
	{"within a choice", "{\n  o: 1 == 1 ? { p: true } : {}\n}", set("o.p", off), ""},
	{"within a loop of a property", "{\n  l: [for i in [1]: { p: true }]\n}", set("l.0.p", off), ""},

	{"insert", "{\n  properties: {\n    p: true\n  }\n}", set("properties.q", off), "{\n  properties: {\n    p: true\n    q: false\n  }\n}"},
	{"insert after a comment", "{\n  p: true // why\n  // more\n}", set("q", off), "{\n  p: true // why\n  q: false\n  // more\n}"},
	{"insert after a block comment", "{\n  p: true /* why */  \n}", set("q", off), "{\n  p: true /* why */  \n  q: false\n}"},
	{"insert before an open comment", "{\n  p: true /* why\n */\n}", set("q", off), "{\n  p: true, q: false /* why\n */\n}"},
	{"insert in one line", "{ p: true }", set("q", off), "{ p: true, q: false }"},
	{"insert after a trailing comma", "{ p: true, }", set("q", off), "{ p: true, q: false, }"},
	{"insert where the brace follows", "{\n  p: true }", set("q", off), "{\n  p: true, q: false }"},
	{"insert with other line ends", "{\r\n  p: true\r\n}", set("q.r", off), "{\r\n  p: true\r\n  q: {\r\n    r: false\r\n  }\r\n}"},
	{"insert with tabs", "{\n\tp: true\n}", set("q", off), "{\n\tp: true\n\tq: false\n}"},
	{"insert levels", "{\n  name: 'n'\n}", set("properties.a.b", off), "{\n  name: 'n'\n  properties: {\n    a: {\n      b: false\n    }\n  }\n}"},
	{"insert levels in one line", "{ name: 'n' }", set("properties.a.b", off), "{ name: 'n', properties: { a: { b: false } } }"},
	{"insert into nothing", "{\n  o: {}\n}", set("o.q", off), "{\n  o: { q: false }\n}"},
	{"insert into space", "{\n  o: {\n  }\n}", set("o.q", off), "{\n  o: {\n    q: false\n  }\n}"},
	{"insert below a comment", "{\n  o: { // why\n  }\n}", set("o.q", off), "{\n  o: { // why\n    q: false\n  }\n}"},
	{"insert beside a comment", "{\n  o: { /* why */ }\n}", set("o.q", off), ""},
	{"insert after a spread", "{\n  o: {\n    ...v\n  }\n}\nvar v = { q: true }", set("o.q", off), "{\n  o: {\n    ...v\n    q: false\n  }\n}\nvar v = { q: true }"},
	{"written before a spread", "{\n  o: {\n    q: true\n    ...v\n  }\n}\nvar v = {}", set("o.q", off), ""},
	{"an object from a spread", "{\n  o: {\n    ...v\n  }\n}\nvar v = { q: { r: true } }", set("o.q.r", off), ""},
	{"an unknown key", "{\n  o: {\n    '${k}': 1\n  }\n}\nparam k string", set("o.q", off), ""},
	{"insert before children", "{\n  name: 'n'\n  resource b 'b' = {\n    name: 'b'\n  }\n}", set("q", off), "{\n  name: 'n'\n  q: false\n  resource b 'b' = {\n    name: 'b'\n  }\n}"},
	{"insert into a condition", "if (true) {\n  p: 1\n}", set("q", off), "if (true) {\n  p: 1\n  q: false\n}"},
	{"insert into a loop", "[for i in [1]: {\n  name: 'n${i}'\n}]", set("q", off), "[for i in [1]: {\n  name: 'n${i}'\n  q: false\n}]"},

	{"append", "{\n  l: [\n    'a' // why\n  ]\n}", appendTo("l", value.OfString("b")), "{\n  l: [\n    'a' // why\n    'b'\n  ]\n}"},
	{"append in one line", "{ l: ['a'] }", appendTo("l", value.OfString("it's")), "{ l: ['a', 'it\\'s'] }"},
	{"append to nothing", "{\n  l: []\n}", appendTo("l", value.OfString("b")), "{\n  l: [ 'b' ]\n}"},
	{"append to space", "{\n  l: [\n  ]\n}", appendTo("l", value.OfString("b")), "{\n  l: [\n    'b'\n  ]\n}"},
	{"append to what is absent", "{\n  name: 'n'\n}", appendTo("properties.l", value.OfString("b")), "{\n  name: 'n'\n  properties: {\n    l: [ 'b' ]\n  }\n}"},
	{"append to null", "{\n  l: null\n}", appendTo("l", value.OfString("b")), "{\n  l: [ 'b' ]\n}"},
	{"append to a name", "{\n  l: v\n}\nvar v = []", appendTo("l", value.OfString("b")), ""},
	{"append to a spread's", "{\n  o: {\n    ...v\n  }\n}\nvar v = { l: ['a'] }", appendTo("o.l", value.OfString("b")), ""},
	{"append an object", "{\n  l: []\n}", appendTo("l", value.OfObject(value.Field{Name: "a-b", Value: off})), "{\n  l: [ { 'a-b': false } ]\n}"},

	{"remove a line", "{\n  l: [\n    'a' // one\n    'b' // two\n    'c' // three\n  ]\n}", remove("l.1"), "{\n  l: [\n    'a' // one\n    'c' // three\n  ]\n}"},
	{"remove the last line", "{\n  l: [\n    'a' // one\n    'b' // two\n  ]\n}", remove("l.1"), "{\n  l: [\n    'a' // one\n  ]\n}"},
	{"remove lines", "{\r\n  l: [\r\n    'a'\r\n    'b'\r\n    'c'\r\n  ]\r\n}", remove("l.0", "l.1"), "{\r\n  l: [\r\n    'c'\r\n  ]\r\n}"},
	{"remove from one line", "{ l: ['a', 'b', 'c'] }", remove("l.0", "l.2"), "{ l: ['b'] }"},
	{"remove all", "{\n  l: [\n    'a'\n  ]\n}", remove("l.0"), "{\n  l: []\n}"},
	{"remove a member", "{\n  p: {\n    a: 1\n  }\n  q: 2\n}", remove("p"), "{\n  q: 2\n}"},
	{"remove from two lists", "{\n  l: ['a', 'b']\n  m: ['c', 'd']\n}", remove("l.1", "m.0"), "{\n  l: ['a']\n  m: ['d']\n}"},
	{"remove beside a spread", "{\n  l: [\n    'a'\n    ...v\n  ]\n}\nvar v = []", remove("l.0"), ""},
	{"remove from a name", "{\n  l: v\n}\nvar v = ['a']", remove("l.0"), ""},
	{"remove what is not there", "{\n  l: ['a']\n}", remove("l.3"), ""},
}

func TestEdit(t *testing.T) {
	for _, c := range editCases {
		t.Run(c.name, func(t *testing.T) {
			text := head + c.text
			d := expandText(text)
			i := slices.IndexFunc(d.Resources, func(r *model.Resource) bool { return r.Is("Microsoft.X/things") })
			if i < 0 {
				t.Fatal("no resource")
			}
			edits := c.edit(d.Resources[i])
			if c.want == "" {
				if edits != nil {
					t.Errorf("got\n%s", edited(text, edits))
				}
				return
			}
			got := edited(text, edits)
			if want := head + c.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if f, problems := parse(got); f.Incomplete {
				t.Error(problems)
			}
		})
	}
}

func TestRaise(t *testing.T) {
	d := expandText("resource a 'Microsoft.X/things@2024-01-01' = {\n  name: 'a'\n  resource b 'parts' = {\n    name: 'b'\n  }\n" +
		"  resource c 'parts@2024-02-02' = {\n    name: 'c'\n  }\n}\n")
	want := map[string]string{"a": "2024-01-01", "a::b": "", "a::c": "2024-02-02"}
	for _, r := range d.Resources {
		symbol := r.Path[strings.LastIndexByte(r.Path, '/')+1:]
		got := ""
		for _, e := range Dialect.Raise(r, "2025-01-01") {
			got += e.Span.Text()
		}
		if w, ok := want[symbol]; !ok || got != w {
			t.Errorf("%s: replaces %q, want %q", symbol, got, w)
		}
	}
}
