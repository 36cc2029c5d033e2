package arm

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// resourceWith is the one resource of a template with the given properties, and what stands around them.
func resourceWith(t *testing.T, properties string) (r *model.Resource, before, after string) {
	t.Helper()
	before = `{"parameters": {"p": {"type": "object", "defaultValue": {}}, "u": {"type": "bool"}}, "variables": {"v": {"a": 1}},
		"resources": [{"type": "Microsoft.X/things", "apiVersion": "2020-01-01", "name": "a", "properties": `
	after = `}]}`
	parsed, problems := Parse(source.NewFile("main.json", []byte(before+properties+after)), nil)
	if parsed == nil {
		t.Fatal(problems)
	}
	d := template.Expand(parsed, template.Input{})
	if len(d.Resources) != 1 {
		t.Fatal(d.Diagnostics)
	}
	return d.Resources[0], before, after
}

func applied(text string, edits []source.Edit) string {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b source.Edit) int { return cmp.Compare(b.Span.Start, a.Span.Start) })
	for _, e := range edits {
		text = text[:e.Span.Start] + e.New + text[e.Span.End:]
	}
	return text
}

// checkEdits compares the properties after edits; want is "" where there must be none.
func checkEdits(t *testing.T, properties, want string, edit func(*model.Resource) []source.Edit) {
	t.Helper()
	r, before, after := resourceWith(t, properties)
	edits := edit(r)
	if want == "" {
		if edits != nil {
			t.Errorf("%s: got %v, want no edit", properties, edits)
		}
		return
	}
	got := applied(before+properties+after, edits)
	if got != before+want+after || !valid(got) {
		t.Errorf("%s\n got %s\nwant %s", properties, got[min(len(before), len(got)):], want+after)
	}
}

// valid reports whether a text is JSON, but for its comments.
func valid(text string) bool {
	return json.Valid(regexp.MustCompile(`//[^\n]*|/\*.*?\*/`).ReplaceAll([]byte(text), nil))
}

func TestSet(t *testing.T) {
	for _, row := range []struct{ in, path, want string }{
		{`{"a": 1}`, "properties.a", `{"a": true}`},
		{`{"A": {"x": 1}}`, "properties.a", `{"A": true}`},
		{`{"a": null}`, "properties.a", `{"a": true}`},
		{`{}`, "properties.a", `{ "a": true }`},
		{`{ }`, "properties.a", `{ "a": true }`},
		{`{"b": 1}`, "properties.a", `{"b": 1, "a": true}`},
		{"{\n  \"b\": 1\n}", "properties.a", "{\n  \"b\": 1,\n  \"a\": true\n}"},
		{"{\r\n\t\"b\": {\"c\": 1}\r\n}", "properties.a", "{\r\n\t\"b\": {\"c\": 1},\r\n\t\"a\": true\r\n}"},
		{`{"b": {}}`, "properties.b.a", `{"b": { "a": true }}`},
		{`{}`, "properties.b.a", `{ "b": { "a": true } }`},
		{`{"copy": [{"name": "l", "count": 2, "input": 1}]}`, "properties.a", `{ "a": true,"copy": [{"name": "l", "count": 2, "input": 1}]}`},
		{"{\n  \"copy\": [{\"name\": \"l\", \"count\": 2, \"input\": 1}]\n}", "properties.a",
			"{\n  \"a\": true,\n  \"copy\": [{\"name\": \"l\", \"count\": 2, \"input\": 1}]\n}"},
		{`{"copy": [{"name": "l", "count": 2, "input": 1}], "b": 1}`, "properties.a",
			`{"copy": [{"name": "l", "count": 2, "input": 1}], "b": 1, "a": true}`},
		{`{"a": "[parameters('p')]"}`, "properties.a", ``},
		{`{"a": "[[text]"}`, "properties.a", `{"a": true}`},
		{`{"b": "[variables('v')]"}`, "properties.b.c", ``},
		{"{\r\n  \"b\": 1\r\n}", "properties.a", "{\r\n  \"b\": 1,\r\n  \"a\": true\r\n}"},
		// A comment stays on its line.
		{"{\n  \"b\": 1 // why\n}", "properties.a", "{\n  \"b\": 1, // why\n  \"a\": true\n}"},
		{"{\n  \"b\": 1 /* why */ }", "properties.a", "{\n  \"b\": 1,\n  \"a\": true /* why */ }"},
		{"{ \"b\": 1 // why\n}", "properties.a", "{ \"b\": 1, \"a\": true // why\n}"},
		{`{"b": "[variables('v')]"}`, "properties.b.a", ``},
		{`"[variables('v')]"`, "properties.a", ``},
		{`{"a": "[if(parameters('u'), 1, 2)]"}`, "properties.a", ``},
	} {
		checkEdits(t, row.in, row.want, func(r *model.Resource) []source.Edit {
			return Dialect.Set(r, row.path, value.OfBool(true))
		})
	}
}

func TestRemove(t *testing.T) {
	for _, row := range []struct {
		in    string
		paths []string
		want  string
	}{
		{`{"l": [1, 2, 3]}`, []string{"properties.l.0"}, `{"l": [2, 3]}`},
		{`{"l": [1, 2, 3]}`, []string{"properties.l.1"}, `{"l": [1, 3]}`},
		{`{"l": [1, 2, 3]}`, []string{"properties.l.2"}, `{"l": [1, 2]}`},
		{`{"l": [1, 2, 3]}`, []string{"properties.l.0", "properties.l.2"}, `{"l": [2]}`},
		{`{"l": [1, 2, 3]}`, []string{"properties.l.2", "properties.l.1"}, `{"l": [1]}`},
		{`{"l": [1, 2, 3]}`, []string{"properties.l.0", "properties.l.1", "properties.l.2"}, `{"l": []}`},
		{"{\"l\": [\n  {\"a\": 1},\n  {\"a\": 2}\n]}", []string{"properties.l.1"}, "{\"l\": [\n  {\"a\": 1}\n]}"},
		{`{"a": 1, "b": 2}`, []string{"properties.A"}, `{"b": 2}`},
		{`{"a": 1, "b": 2}`, []string{"properties.c"}, ``},
		{`{"l": [1]}`, []string{"properties.l.1"}, ``},
		// The value of an element was written within the expression, which is what would have to go.
		{`{"l": [{"a": 1}, "[createObject('a', 2)]"]}`, []string{"properties.l.1"}, ``},
		{`{"l": [{"a": 1}, "[if(parameters('u'), createObject('a', 2), createObject('a', 2))]", {"a": 3}]}`, []string{"properties.l.0"}, ``},
		{`{"l": ["[variables('v')]", {"a": 3}]}`, []string{"properties.l.1"}, ``},
		{`{"l": "[createArray(1, 2)]"}`, []string{"properties.l.0"}, ``},
	} {
		checkEdits(t, row.in, row.want, func(r *model.Resource) []source.Edit { return Dialect.Remove(r, row.paths...) })
	}
}

func TestAppend(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{`{"l": [1]}`, `{"l": [1, true]}`},
		{`{"l": []}`, `{"l": [ true ]}`},
		{`{}`, `{ "l": [true] }`},
		{"{\"l\": [\n  1,\n  2\n]}", "{\"l\": [\n  1,\n  2,\n  true\n]}"},
		{`{"l": "[createArray(1)]"}`, ``},
		{`{"l": ["[createObject('a', 2)]"]}`, ``},
		{`{"l": 1}`, ``},
	} {
		checkEdits(t, row.in, row.want, func(r *model.Resource) []source.Edit {
			return Dialect.Append(r, "properties.l", value.OfBool(true))
		})
	}
}

func TestRaise(t *testing.T) {
	r, before, after := resourceWith(t, `{}`)
	got := applied(before+`{}`+after, Dialect.Raise(r, "2024-01-01"))
	if want := `"apiVersion": "2024-01-01"`; !json.Valid([]byte(got)) || !contains(got, want) {
		t.Errorf("got %s, want %s in it", got, want)
	}
}

func contains(s, part string) bool { return containsFold([]byte(s), part) }
