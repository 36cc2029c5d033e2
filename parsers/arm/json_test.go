package arm

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// readable are files that are read without a complaint, and the JSON that they mean.
var readable = []struct{ name, in, want string }{
	{"empty object", `{}`, `{}`},
	{"scalars", `[null, true, false, 0, -1.5e3, "a"]`, `[null,true,false,0,-1.5e3,"a"]`},
	{"white space", " \r\n\t{ \"a\" : [ 1 , 2 ] }\n", `{"a":[1,2]}`},
	{"byte order mark", "\xef\xbb\xbf{\"a\": 1}", `{"a":1}`},
	{"line comments", "// first\n{ // second\n\"a\": 1 // third\n}\n// last", `{"a":1}`},
	{"comment of CR LF", "{ // c\r\n\"a\": 1}", `{"a":1}`},
	{"block comments", `/* a */{/**/"a"/* b */:/* c */1/* d */}`, `{"a":1}`},
	{"block comment over lines", "{ /* a\n\"b\": 2,\n*/ \"a\": 1}", `{"a":1}`},
	{"no comment in a string", `{"a": "http://b /* c */"}`, `{"a":"http://b /* c */"}`},
	{"trailing commas", `{"a": [1, 2, ], "b": {"c": 1,},}`, `{"a":[1,2],"b":{"c":1}}`},
	{"trailing comma before a comment", "[1, // x\n]", `[1]`},
	{"line end in a string", "{\"a\": \"b\r\n  c\"}", `{"a":"b\r\n  c"}`},
	{"tab in a string", "{\"a\": \"b\tc\"}", `{"a":"b\tc"}`},
	{"escapes", `{"a": "\" \\ \/ \b \f \n \r \t \u00e9 \ud83d\ude00"}`, `{"a":"\" \\ / \b \f \n \r \t é 😀"}`},
	{"half a surrogate", `{"a": "\ud83d"}`, `{"a":"�"}`},
	{"escaped key", `{"\u0061b": 1}`, `{"ab":1}`},
}

// unreadable are files with a mistake, and where it is: the text there, and the problem.
var unreadable = []struct{ name, in, code, message, at string }{
	{"empty", ``, "json-syntax", "empty", ""},
	{"only a comment", `// x`, "json-syntax", "empty", ""},
	{"truncated object", `{"a": {"b": 1}`, "json-syntax", "not closed", `{`},
	{"truncated array", `{"a": [1, 2`, "json-syntax", "not closed", `[`},
	{"truncated string", `{"a": "bc`, "json-syntax", "not closed", `"`},
	{"truncated escape", `{"a": "\`, "json-syntax", "not closed", `"`},
	{"no value", `{"a": }`, "json-syntax", "Expected a value", `}`},
	{"no colon", `{"a" 1}`, "json-syntax", "colon", `1`},
	{"no comma", `{"a": 1 "b": 2}`, "json-syntax", "comma", `"`},
	{"two commas", `[1,,2]`, "json-syntax", "Expected a value", `,`},
	{"no quotes", `{a: 1}`, "json-syntax", "double quotes", `a`},
	{"single quotes", `{'a': 1}`, "json-syntax", "double quotes", `'`},
	{"more after the end", `{} {}`, "json-syntax", "end of the file", `{`},
	{"wrong bracket", `[1}`, "json-syntax", "comma", `}`},
	{"wrong escape", `{"a": "\x"}`, "json-syntax", "escape", `\`},
	{"wrong unicode escape", `{"a": "\u12g4"}`, "json-syntax", "hexadecimal", `\`},
	{"leading zero", `[01]`, "json-syntax", "not a number", `0`},
	{"no digits", `[-]`, "json-syntax", "not a number", `-`},
	{"ends with a point", `[1.]`, "json-syntax", "not a number", `1`},
	{"wrong word", `[nil]`, "json-syntax", "Expected a value", `n`},
	{"zero byte", "[\x00]", "json-syntax", "Expected a value", "\x00"},
	{"zero byte after a value", "[1 \x00]", "json-syntax", "comma", "\x00"},
	{"comment that is not closed", `{} /* x`, "json-syntax", "", ""},
	{"deep", strings.Repeat("[", MaxNesting+1) + strings.Repeat("]", MaxNesting+1), "json-depth", "deeper", "["},
	{"deep and not closed", strings.Repeat(`{"a":[`, MaxNesting), "json-depth", "deeper", "{"},
	{"UTF-16, little end first", "\xff\xfe{\x00}\x00", "json-encoding", "UTF-16", "\xff\xfe"},
	{"UTF-16, big end first", "\xfe\xff\x00{\x00}", "json-encoding", "UTF-16", "\xfe\xff"},
}

func TestRead(t *testing.T) {
	for _, row := range readable {
		t.Run(row.name, func(t *testing.T) {
			doc, root, ok := read(source.NewFile("a.json", []byte(row.in)))
			if !ok || len(doc.diags) > 0 {
				t.Fatalf("read %t, with problems %v", ok, doc.diags)
			}
			if got := compact(root); !sameJSON(t, got, row.want) {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for _, row := range unreadable {
		t.Run(row.name, func(t *testing.T) {
			doc, _, ok := read(source.NewFile("a.json", []byte(row.in)))
			if ok || len(doc.diags) != 1 {
				t.Fatalf("read %t, with problems %v", ok, doc.diags)
			}
			d := doc.diags[0]
			if d.Code != row.code || d.Severity != diag.Error || !strings.Contains(d.Message, row.message) {
				t.Errorf("got %s %s %q, want %s %q", d.Severity, d.Code, d.Message, row.code, row.message)
			}
			if row.message != "" && d.Span.Text() != row.at {
				t.Errorf("points at %q, want %q", d.Span.Text(), row.at)
			}
		})
	}
}

// TestMembers compares names without case. Of two with one name the last counts, and the first is reported.
func TestMembers(t *testing.T) {
	doc, root, ok := read(source.NewFile("a.json", []byte(`{"Aa": 1, "b": 2, "aA": 3, "É": 4}`)))
	if !ok {
		t.Fatal(doc.diags)
	}
	for name, want := range map[string]string{"aa": "3", "B": "2", "é": "4", "c": ""} {
		if got := compact(root.get(name)); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if len(doc.diags) == 0 || doc.diags[0].Code != "json-duplicate-key" || doc.diags[0].Span.Text() != `"Aa"` {
		t.Errorf("got %v", doc.diags)
	}
}

// TestRepeatedMember: a repeated name is an error only if the spellings differ. Everybody takes the last of equal ones.
func TestRepeatedMember(t *testing.T) {
	many := `"b1":0,"b2":0,"b3":0,"b4":0,"b5":0,"b6":0,"b7":0,"b8":0,"b9":0,"c1":0,"c2":0,"c3":0,"c4":0,"c5":0,"c6":0,"c7":0,`
	for text, want := range map[string]diag.Severity{
		`{"a": 1, "a": 2}`:             diag.Warning,
		`{"a": 1, "A": 2}`:             diag.Error,
		`{` + many + `"a": 1, "a": 2}`: diag.Warning,
		`{` + many + `"a": 1, "A": 2}`: diag.Error,
	} {
		doc, root, _ := read(source.NewFile("a.json", []byte(text)))
		if got := compact(root.get("a")); got != "2" || len(doc.diags) != 1 || doc.diags[0].Severity != want {
			t.Errorf("%s: a is %s, with %v", text, got, doc.diags)
		}
	}
}

// TestInvalidUTF8 is reported, but the rest of the file is read.
func TestInvalidUTF8(t *testing.T) {
	doc, root, ok := read(source.NewFile("a.json", []byte("{\"a\": \"b\xffc\", \"d\": 1}")))
	if !ok || len(doc.diags) != 1 || doc.diags[0].Code != "json-encoding" || doc.diags[0].Span.Start != 8 {
		t.Fatalf("read %t, with problems %v", ok, doc.diags)
	}
	if got := root.get("a").text(); got != "b\uFFFDc" {
		t.Errorf("got %q", got)
	}
}

// compact writes a node as JSON again.
func compact(n node) string {
	var parts []string
	switch n.kind() {
	case '{':
		for _, m := range n.members() {
			name, _ := json.Marshal(m.name)
			parts = append(parts, string(name)+":"+compact(m.value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case '[':
		for _, e := range n.elements() {
			parts = append(parts, compact(e))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case '"':
		text, _ := json.Marshal(n.text())
		return string(text)
	case 0:
		return ""
	}
	return n.span().Text()
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if err := json.Unmarshal([]byte(a), &x); err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	if err := json.Unmarshal([]byte(b), &y); err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	return fmt.Sprint(x) == fmt.Sprint(y)
}

// FuzzJSON reads any bytes. Every node is within the file and within the node that it is part of, after the one before;
// what can be read is JSON, and what cannot has a problem within the file.
func FuzzJSON(f *testing.F) {
	for _, row := range readable {
		f.Add([]byte(row.in))
	}
	for _, row := range unreadable {
		f.Add([]byte(row.in))
	}
	archives, _ := filepath.Glob("../../internal/template/testdata/*.txtar")
	for _, name := range archives {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			f.Add(file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("a.json", data)
		Recognise(file)
		doc, root, ok := read(file)
		if !ok && len(doc.diags) == 0 {
			t.Error("refused without a problem")
		}
		if ok {
			if !json.Valid([]byte(strings.ToValidUTF8(compact(root), ""))) {
				t.Errorf("read as %s", compact(root))
			}
			checkNode(t, root, file.At(0, len(data)))
		}
		for _, d := range doc.diags {
			if !file.At(0, len(data)).Contains(d.Span) {
				t.Errorf("problem outside of the file: %d-%d %s", d.Span.Start, d.Span.End, d.Message)
			}
		}
	})
}

func checkNode(t *testing.T, n node, within source.Span) {
	if n.start >= n.end || !within.Contains(n.span()) {
		t.Fatalf("%d-%d is outside of %d-%d", n.start, n.end, within.Start, within.End)
	}
	end := n.start + 1
	for _, e := range n.elements() {
		if e.start < end {
			t.Fatalf("element at %d begins before the end of the last", e.start)
		}
		checkNode(t, e, n.span())
		end = e.end
	}
	for _, m := range n.members() {
		if m.key.Start < end || m.value.start < m.key.End || !strings.HasPrefix(m.key.Text(), `"`) {
			t.Fatalf("member %q at %d begins before the end of the last", m.name, m.key.Start)
		}
		checkNode(t, m.value, n.span())
		end = m.value.end
	}
}
