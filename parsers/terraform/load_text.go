package terraform

import (
	"bytes"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Long literal text of heredocs and templates never gets to hclsyntax. It reads each line as a token of its own and puts
// these together one by one, which takes the square of their number: five seconds for a heredoc of 16,000 lines. What is
// parsed is therefore an outline, of the same length, in which all lines of a text but its first and its last are one; the
// text is put into the syntax tree afterwards.
type outline struct {
	src   []byte
	start int              // offset of src in the file
	long  map[int]longText // by the offset in src at which the whole literal ends
}

// longText is what a literal has instead of filler.
type longText struct{ filler, text string }

const (
	// fewPieces is how many tokens a literal may consist of for it to be parsed as it is.
	fewPieces = 200
	// maxPieces bounds those of which no outline can be made: $ and % make tokens as well, also within quotes.
	maxPieces = 2000
)

// outlineOf also returns the offset of a literal that is in too many pieces, -1 when there is none.
func outlineOf(src []byte, lex func([]byte, string, hcl.Pos) (hclsyntax.Tokens, hcl.Diagnostics)) (outline, int) {
	o := outline{src: src, long: map[int]longText{}}
	if bytes.Count(src, []byte("\n"))+2*bytes.Count(src, []byte("$"))+2*bytes.Count(src, []byte("%")) < fewPieces {
		return o, -1
	}
	tokens, _ := lex(src, "", hcl.Pos{Line: 1, Column: 1})
	indents := indentsOf(tokens)
	for i := 0; i < len(tokens); {
		n := literals(tokens[i:])
		left := n
		if n > fewPieces && tokens[i].Type == hclsyntax.TokenStringLit {
			left -= o.shorten(tokens[i:i+n], indents[i])
		}
		if left > maxPieces {
			return o, tokens[i].Range.Start.Byte
		}
		i += max(n, 1)
	}
	return o, -1
}

// literals counts the tokens that begin with the first and are one literal.
func literals(tokens hclsyntax.Tokens) int {
	typ := tokens[0].Type
	if typ != hclsyntax.TokenStringLit && typ != hclsyntax.TokenQuotedLit {
		return 0
	}
	n := 1
	for n < len(tokens) && tokens[n].Type == typ {
		n++
	}
	return n
}

// shorten replaces the lines within a literal by filler, indented as the heredoc is, and returns how many tokens that saves.
func (o *outline) shorten(tokens hclsyntax.Tokens, indent int) int {
	first, last := 1, len(tokens)-2
	for first < last && !endsLine(tokens[first-1]) {
		first++
	}
	for last > first && !endsLine(tokens[last]) {
		last--
	}
	start, end := tokens[first].Range.Start.Byte, tokens[last].Range.End.Byte
	if last <= first || end-start < indent+2 {
		return 0
	}
	if len(o.long) == 0 {
		o.src = bytes.Clone(o.src)
	}
	var text strings.Builder
	for i, t := range tokens[first : last+1] {
		literal, _ := hclsyntax.ParseStringLiteralToken(t)
		if i == 0 || endsLine(tokens[first+i-1]) {
			literal = dedent(literal, indent)
		}
		text.WriteString(literal)
	}
	filler := strings.Repeat("x", end-start-indent-1) + "\n"
	copy(o.src[start:end], strings.Repeat(" ", indent)+filler)
	o.long[tokens[len(tokens)-1].Range.End.Byte] = longText{filler, text.String()}
	return last - first
}

func endsLine(t hclsyntax.Token) bool { return bytes.HasSuffix(t.Bytes, []byte("\n")) }

// indentsOf is, by the first token of a literal, how many characters `<<-` takes off its lines.
func indentsOf(tokens hclsyntax.Tokens) map[int]int {
	type heredoc struct {
		flush, newLine bool
		indent         int
		literals       []int
	}
	indents := map[int]int{}
	var open []*heredoc
	for i, t := range tokens {
		if n := len(open); n > 0 && t.Type != hclsyntax.TokenCHeredoc {
			top := open[n-1]
			if top.newLine && !isBlankLine(t) {
				top.indent = min(top.indent, blanksBefore(t))
			}
			if t.Type == hclsyntax.TokenStringLit && (i == 0 || tokens[i-1].Type != t.Type) {
				top.literals = append(top.literals, i)
			}
			top.newLine = t.Type == hclsyntax.TokenStringLit && endsLine(t)
		}
		switch t.Type {
		case hclsyntax.TokenOHeredoc:
			open = append(open, &heredoc{flush: bytes.HasPrefix(t.Bytes, []byte("<<-")), newLine: true, indent: math.MaxInt})
		case hclsyntax.TokenOQuote, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			open = append(open, &heredoc{})
		case hclsyntax.TokenCHeredoc, hclsyntax.TokenCQuote, hclsyntax.TokenTemplateSeqEnd:
			if len(open) == 0 {
				continue
			}
			closed := open[len(open)-1]
			open = open[:len(open)-1]
			for _, l := range closed.literals {
				if closed.flush && closed.indent < math.MaxInt {
					indents[l] = closed.indent
				}
			}
		}
	}
	return indents
}

func isBlankLine(t hclsyntax.Token) bool {
	return t.Type == hclsyntax.TokenStringLit && endsLine(t) && len(bytes.TrimLeftFunc(t.Bytes, unicode.IsSpace)) == 0
}

// blanksBefore counts the blank characters at the beginning of a literal; anything else at the beginning of a line has none.
func blanksBefore(t hclsyntax.Token) int {
	if t.Type != hclsyntax.TokenStringLit {
		return 0
	}
	return utf8.RuneCount(t.Bytes) - utf8.RuneCount(bytes.TrimLeftFunc(t.Bytes, unicode.IsSpace))
}

// dedent takes n blank characters off the beginning of a line; one that is blank altogether stays.
func dedent(line string, n int) string {
	if strings.HasSuffix(line, "\n") && strings.TrimLeftFunc(line, unicode.IsSpace) == "" {
		return line
	}
	for ; n > 0 && line != ""; n-- {
		_, size := utf8.DecodeRuneInString(line)
		line = line[size:]
	}
	return line
}

// restore puts the texts into the tree that was parsed of the outline.
func (o outline) restore(tree hclsyntax.Node) {
	if len(o.long) == 0 {
		return
	}
	_ = hclsyntax.VisitAll(tree, func(n hclsyntax.Node) hcl.Diagnostics {
		literal, ok := n.(*hclsyntax.LiteralValueExpr)
		if !ok || literal.Val.IsNull() || literal.Val.Type() != cty.String {
			return nil
		}
		if long, ok := o.long[literal.SrcRange.End.Byte-o.start]; ok {
			literal.Val = cty.StringVal(strings.Replace(literal.Val.AsString(), long.filler, long.text, 1))
		}
		return nil
	})
}

const tooComplex = "Expressions nest too deep here, or a text is in too many pieces; the file was not read."

// parseConfig parses a file of blocks and arguments, unless something in it is too complex to be parsed; it then returns
// where.
func parseConfig(src []byte, name string) (*hclsyntax.Body, hcl.Diagnostics, int) {
	if at := tooNested(src); at >= 0 {
		return nil, nil, at
	}
	o, at := outlineOf(src, hclsyntax.LexConfig)
	if at >= 0 {
		return nil, nil, at
	}
	parsed, diags := hclsyntax.ParseConfig(o.src, name, hcl.InitialPos)
	body, _ := parsed.Body.(*hclsyntax.Body)
	if body != nil {
		o.restore(body)
	}
	return body, diags, -1
}

// parseTemplate parses a template that stands at start. It reports false for one that is wrong, or too complex.
func parseTemplate(text, name string, start hcl.Pos) (hclsyntax.Expression, bool) {
	src := []byte(text)
	if tooNested(src) >= 0 {
		return nil, false
	}
	o, at := outlineOf(src, hclsyntax.LexTemplate)
	if at >= 0 {
		return nil, false
	}
	o.start = start.Byte
	e, diags := hclsyntax.ParseTemplate(o.src, name, start)
	if diags.HasErrors() {
		return nil, false
	}
	o.restore(e)
	return e, true
}

// parseExpression parses an expression that stands at start, as parseTemplate does.
func parseExpression(text, name string, start hcl.Pos) (hclsyntax.Expression, bool) {
	src := []byte(text)
	if tooNested(src) >= 0 {
		return nil, false
	}
	o, at := outlineOf(src, hclsyntax.LexExpression)
	if at >= 0 {
		return nil, false
	}
	o.start = start.Byte
	e, diags := hclsyntax.ParseExpression(o.src, name, start)
	if diags.HasErrors() {
		return nil, false
	}
	o.restore(e)
	return e, true
}
