package terraform

import (
	"slices"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// TestSecure makes declarations sensitive, however they are written; what cannot be written safely is left alone.
func TestSecure(t *testing.T) {
	for in, want := range map[string]string{
		"variable \"p\" {}\n":                                              "variable \"p\" {\n  sensitive = true\n}\n",
		"variable \"p\" {\n}\n":                                            "variable \"p\" {\n  sensitive = true\n}\n",
		"variable \"p\" { type = string }\n":                               "variable \"p\" {\n  type      = string\n  sensitive = true\n}\n",
		"variable \"p\" {\n  type = string\n}\n":                           "variable \"p\" {\n  type = string\n  sensitive = true\n}\n",
		"variable \"p\" {\n  description = \"a\"\n}\n":                     "variable \"p\" {\n  description = \"a\"\n  sensitive   = true\n}\n",
		"variable \"p\" {\n  sensitive = false\n}\n":                       "variable \"p\" {\n  sensitive = true\n}\n",
		"variable \"p\" {\n  validation {\n    condition = true\n  }\n}\n": "variable \"p\" {\n  sensitive = true\n  validation {\n    condition = true\n  }\n}\n",
		"variable \"p\" {\n  description = <<EOT\na\nEOT\n}\n":             "variable \"p\" {\n  description = <<EOT\na\nEOT\n  sensitive = true\n}\n",
	} {
		f := source.NewFile("main.tf", []byte(in))
		d := &directory{names: map[string]bool{}}
		root := d.parse(f)
		edits := (&declaration{block: root.blocks[0]}).Secure(source.Span{}, source.Span{})
		if got := apply(in, edits); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	f := source.NewFile("main.tf.json", []byte(`{"variable": {"p": {}}}`))
	root, _ := parseJSON(f)
	if edits := (&declaration{block: root.blocks[0]}).Secure(source.Span{}, source.Span{}); edits != nil {
		t.Errorf("JSON: %v", edits)
	}
}

func apply(text string, edits []source.Edit) string {
	slices.SortFunc(edits, func(a, b source.Edit) int { return b.Span.Start - a.Span.Start })
	for _, e := range edits {
		text = text[:e.Span.Start] + e.New + text[e.Span.End:]
	}
	return text
}
