package terraform

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// textPieces are put together to texts; those after the first textOnly are more than text.
var textPieces = []string{"a\n", "  b\n", "    c $d\n", "\t\n", "\n", "   \n", "x", "$", "%", "$${e}", "%%{f}", "\r\n", `\n "q"`, "é\n", "      ",
	"${v}", "${v}\n", "  ${~ v ~}\n", "%{ if true }", "%{ endif }", "${<<-IN\n    deep\n  in\n  IN\n}\n"}

const textOnly = 15

// TestLongText compares what is parsed of an outline with what hclsyntax makes of the whole text, heredocs and templates of
// every kind put together at random.
func TestLongText(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	outlined := 0
	for range 100 {
		var b strings.Builder
		plain := rnd.IntN(2) == 0
		for range rnd.IntN(1000) {
			n := len(textPieces)
			if plain || rnd.IntN(50) > 0 {
				n = textOnly
			}
			b.WriteString(textPieces[rnd.IntN(n)])
		}
		text := b.String()
		want, diags := hclsyntax.ParseTemplate([]byte(text), "", hcl.InitialPos)
		got, ok := parseTemplate(text, "", hcl.InitialPos)
		if ok != !diags.HasErrors() {
			t.Fatalf("%q is parsed: %t, want %t", text, ok, !diags.HasErrors())
		}
		if ok {
			sameText(t, text, got, want)
		}
		for _, heredoc := range []string{"v = <<EOT\n%s\nEOT\n", "v = <<-EOT\n%s\n    EOT\n"} {
			src := []byte(fmt.Sprintf(heredoc, text))
			if o, _ := outlineOf(src, hclsyntax.LexConfig, hasHeredoc); len(o.long) > 0 {
				outlined++
			}
			want, wantDiags := hclsyntax.ParseConfig(src, "", hcl.InitialPos)
			got, gotDiags, at := parseConfig(src, "")
			if at >= 0 || gotDiags.HasErrors() != wantDiags.HasErrors() {
				t.Fatalf("%q: refused at %d, %v; want %v", src, at, gotDiags, wantDiags)
			}
			if !wantDiags.HasErrors() {
				sameText(t, string(src), got.Attributes["v"].Expr, want.Body.(*hclsyntax.Body).Attributes["v"].Expr)
			}
		}
	}
	if outlined < 20 {
		t.Errorf("only %d texts were long enough", outlined)
	}
}

func sameText(t *testing.T, src string, got, want hclsyntax.Expression) {
	t.Helper()
	ctx := &hcl.EvalContext{Variables: map[string]cty.Value{"v": cty.StringVal("V")}}
	g, _ := got.Value(ctx)
	w, _ := want.Value(ctx)
	if !g.RawEquals(w) {
		t.Fatalf("%q\n got %#v\nwant %#v", src, g, w)
	}
}

// TestLongTextIsLinear reads heredocs and templates with which hclsyntax would be busy for hours, and refuses what cannot be
// read otherwise.
func TestLongTextIsLinear(t *testing.T) {
	const n = 60_000
	lines := strings.Repeat("        line\n", n)
	for name, src := range map[string]string{
		"heredoc":       "v = <<EOT\n" + lines + "EOT\n",
		"flush heredoc": "v = <<-EOT\n" + lines + "EOT\n",
		"dollars":       "v = <<EOT\nfirst\n" + strings.Repeat("$A $B\n", n) + "last\nEOT\n",
		"blank lines":   "v = <<-EOT\n" + strings.Repeat("\n", n) + "EOT\n",
		"expressions":   "v = <<EOT\n" + strings.Repeat("${1}"+strings.Repeat("line\n", n/1000), 1000) + "EOT\n",
	} {
		body, diags, at := parseConfig([]byte(src), "")
		if at >= 0 || diags.HasErrors() {
			t.Fatalf("%s: refused at %d, %v", name, at, diags)
		}
		v, _ := body.Attributes["v"].Expr.Value(nil)
		if got := strings.Count(v.AsString(), "\n"); got < n {
			t.Errorf("%s: %d lines, want %d", name, got, n)
		}
	}
	for name, src := range map[string]string{
		"dollars within quotes": "v = \"" + strings.Repeat("$A", n) + "\"\n",
		"dollars in one line":   "v = <<EOT\n" + strings.Repeat("$A", n) + "\nEOT\n",
		"too many expressions":  "v = <<EOT\n" + strings.Repeat("${1}\n\n", n) + "EOT\n",
	} {
		if _, _, at := parseConfig([]byte(src), ""); at < 0 {
			t.Errorf("%s is not refused", name)
		}
	}
	if e, ok := parseTemplate(lines+"${v}", "", hcl.InitialPos); !ok || len(e.(*hclsyntax.TemplateExpr).Parts) != 2 {
		t.Error("the template is not read")
	}
}
