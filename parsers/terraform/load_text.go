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
	fewPieces = 8
	// maxWork bounds how often hclsyntax moves a part of one template to put literals together that no outline can be made of:
	// $ and % make tokens as well, also within quotes. 8,000 pieces in a row are too many.
	maxWork = 1 << 26
)

// lexer is one of hclsyntax.
type lexer func([]byte, string, hcl.Pos) (hclsyntax.Tokens, hcl.Diagnostics)

// outlineOf also returns the offset of a literal that is in too many pieces, -1 when there is none. Only a source of which
// texts holds has text of several lines in it.
func outlineOf(src []byte, lex lexer, texts func([]byte) bool) (outline, int) {
	o := outline{src: src, long: map[int]longText{}}
	signs := bytes.Count(src, []byte("$")) + bytes.Count(src, []byte("%"))
	if lines := bytes.Count(src, []byte("\n")); 2*signs < 1000 && (lines+2*signs < 200 || !texts(src)) {
		return o, -1
	}
	tokens, _ := lex(src, "", hcl.Pos{Line: 1, Column: 1})
	for _, t := range templatesIn(tokens) {
		joined, parts := 0, t.parts
		for _, l := range t.literals {
			pieces := l.n
			if l.n > fewPieces && tokens[l.at].Type == hclsyntax.TokenStringLit {
				pieces -= o.shorten(tokens[l.at:l.at+l.n], t.taken())
			}
			joined, parts = joined+pieces-1, parts+pieces
		}
		if joined*parts > maxWork {
			return o, tokens[t.literals[0].at].Range.Start.Byte
		}
	}
	return o, -1
}

func hasHeredoc(src []byte) bool { return bytes.Contains(src, []byte("<<")) }

func isText([]byte) bool { return true }

// template is a heredoc, a text in quotes or a whole source, as its tokens have it.
type template struct {
	flush, newLine bool
	indent         int          // the least that stands before a line
	literals       []literalRun // each a run of tokens
	parts          int          // that are no literals
}

type literalRun struct{ at, n int }

// taken is how many characters are taken off each line.
func (t *template) taken() int {
	if !t.flush || t.indent == math.MaxInt {
		return 0
	}
	return t.indent
}

// templatesIn finds all templates; within an interpolation there may be others.
func templatesIn(tokens hclsyntax.Tokens) []*template {
	all := []*template{{indent: math.MaxInt}}
	open := []*template{all[0]}
	for i, t := range tokens {
		top := open[len(open)-1]
		switch t.Type {
		case hclsyntax.TokenCHeredoc, hclsyntax.TokenCQuote, hclsyntax.TokenTemplateSeqEnd:
			open = open[:max(len(open)-1, 1)]
			continue
		}
		top.take(tokens, i)
		switch t.Type {
		case hclsyntax.TokenOHeredoc, hclsyntax.TokenOQuote, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			inner := &template{flush: bytes.HasPrefix(t.Bytes, []byte("<<-")), newLine: true, indent: math.MaxInt}
			all, open = append(all, inner), append(open, inner)
		}
	}
	return all
}

// take notes a token that stands in the template itself.
func (t *template) take(tokens hclsyntax.Tokens, i int) {
	token := tokens[i]
	if t.newLine && !isBlankLine(token) {
		t.indent = min(t.indent, blanksBefore(token))
	}
	isText := token.Type == hclsyntax.TokenStringLit || token.Type == hclsyntax.TokenQuotedLit
	t.newLine = isText && endsLine(token)
	switch {
	case !isText:
		t.parts++
	case i > 0 && tokens[i-1].Type == token.Type:
		t.literals[len(t.literals)-1].n++
	default:
		t.literals = append(t.literals, literalRun{i, 1})
	}
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
	o, at := outlineOf(src, hclsyntax.LexConfig, hasHeredoc)
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
	o, at := outlineOf(src, hclsyntax.LexTemplate, isText)
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
	o, at := outlineOf(src, hclsyntax.LexExpression, hasHeredoc)
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
