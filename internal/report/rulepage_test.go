package report

import (
	"bytes"
	"path/filepath"
	"testing"
)

var testExamples = []Example{
	{Bad: true, Title: "No firewall", Language: "json", Code: "{\n  \"publicNetworkAccess\": \"Enabled\"\n}\n"},
	{Language: "markdown", Code: "```\nfenced\n```"},
}

func TestRulePage(t *testing.T) {
	g := openGolden(t, filepath.Join("testdata", "rule.txtar"))
	g.check(t, "want.md", RulePage(testRules[0], testExamples))
	var b bytes.Buffer
	if err := Explain(&b, testRules[0], testExamples, Options{Width: 60}); err != nil {
		t.Fatal(err)
	}
	g.check(t, "want.text", b.String())
	b.Reset()
	if err := Explain(&b, testRules[2], nil, Options{}); err != nil {
		t.Fatal(err)
	}
	g.check(t, "want.off", b.String())
	g.save(t)
}

func TestPlainText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"paragraph", "one\ntwo\n\nthree", "one two\n\nthree"},
		{"list after a paragraph", "one:\n- a\n  b\n- c\n\nend", "one:\n\n  - a b\n  - c\n\nend"},
		{"numbers", "1. a\n2. b", "  - a\n  - b"},
		{"heading", "## One\ntext", "One\n\ntext"},
		{"code", "a\n\n```json\n{\n\n  \"x\": 1\n}\n```\nb", "a\n\n    {\n\n      \"x\": 1\n    }\n\nb"},
		{"marks", "**bold** `code` [text](https://x)", "bold 'code' text (https://x)"},
		{"empty", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := plainText(test.in, 0); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
