package bicep

import (
	"bytes"
	"math"
	"path"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

const syntaxCode = "bicep-syntax"

// Limits that keep the height of a tree, and so the stack of whoever walks it, in bounds. Real files nest to 32 levels.
const (
	// maxNesting is how many expressions, types and bodies may be inside each other.
	maxNesting = 200
	// freeLinks is the length of a chain (a + b + …, a.b.c…, a ? b : c ? d : …) from which on its links are counted,
	// maxLinks how many are allowed in a statement.
	freeLinks = 16
	maxLinks  = 10_000
)

// maxDiagnostics is how many problems of one file are listed.
const maxDiagnostics = 100

// Parse parses a .bicep file, or a .bicepparam file if its name ends so. It never fails: what could not be parsed is
// told in the diagnostics and marked in the tree. A note is about something that the compiler does not accept but that
// can only mean one thing; the tree has it. A file that the compiler accepts gives no diagnostic.
func Parse(f *source.File) (*File, []diag.Diagnostic) {
	p := &parser{file: f, out: &File{Source: f, Parameters: isParameterFile(f.Path)}}
	if why := unreadable(f.Data); why != "" {
		p.report(diag.Error, 0, 0, why)
		return p.out, p.diags
	}
	p.lex = lexer{src: string(f.Data), report: p.report}
	p.lex.begin()
	p.shift()
	p.statements()
	p.out.Comments, p.out.Directives = p.lex.comments, p.lex.directives
	return p.out, p.diagnostics()
}

// unreadable says why nothing of a file can be parsed.
func unreadable(data []byte) string {
	switch {
	case len(data) > math.MaxInt32:
		return "the file is larger than 2 GiB"
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "the file is in UTF-16: only UTF-8 is read"
	}
	return ""
}

func isParameterFile(name string) bool { return strings.EqualFold(path.Ext(name), ".bicepparam") }

// parser is a recursive descent over tokens that are made on demand.
//
// The first failure in a statement (see recover.go) replaces the current token by tNone, at which all productions end;
// so none of them has to look for failures, and the tree around the place survives.
type parser struct {
	file *source.File
	out  *File
	lex  lexer

	tok  token // the current token
	last int32 // the end of the token before it
	open int   // brackets open before the current token
	// holes are the holes of strings around the current token.
	holes []hole

	depth int // expressions, types and bodies around the current token
	links int // see maxLinks

	failed  bool
	failure token // the token at which it failed
	// suspect is the offset of a line that looks like a declaration but is inside brackets: where a closing one was
	// forgotten, if the statement fails. Zero is none.
	suspect int
	rewound int // bytes parsed again after going back to a suspect
	seen    int // diagnostics before this offset are known already

	diags []diag.Diagnostic

	// Stacks from which the slices of the tree are cut to size.
	exprs   []Expr
	items   []Item
	parts   []Part
	types   []Type
	members []TypeProperty
	tuple   []TupleItem
	marks   []Decorator
}

// hole is a "${" that has not been closed.
type hole struct {
	quoting
	open int // brackets open outside
}

// cut takes what was pushed onto a stack since it had the given length.
func cut[T any](stack *[]T, from int) []T {
	tail := (*stack)[from:]
	*stack = (*stack)[:from]
	if len(tail) == 0 {
		return nil
	}
	out := make([]T, len(tail))
	copy(out, tail)
	clear(tail)
	return out
}

// next steps over the current token.
func (p *parser) next() {
	if p.failed {
		return
	}
	p.open += int(nesting[p.tok.kind])
	p.last = p.tok.end
	p.shift()
}

// shift makes the token at the lexer's position the current one.
func (p *parser) shift() {
	p.tok = p.lex.next()
	if p.tok.kind != tNewline || p.open == 0 {
		return
	}
	switch {
	case len(p.holes) > 0:
		p.tok.kind = tHoleEnd
	case p.suspect == 0 && p.declarationAhead():
		p.suspect = p.lex.pos
	}
}

// text returns the source of a token.
func (p *parser) text(t token) string { return p.lex.src[t.start:t.end] }

// since returns the range from start to the end of the token before the current one.
func (p *parser) since(start int32) Range { return Range{start, max(start, p.last)} }

// here returns the empty range at the current token.
func (p *parser) here() Range { return Range{p.tok.start, p.tok.start} }

// accept steps over a token of the given kind if it is the current one.
func (p *parser) accept(k kind) bool {
	if p.tok.kind != k {
		return false
	}
	p.next()
	return true
}

// expect steps over a token of the given kind; anything else is a failure.
func (p *parser) expect(k kind) {
	if !p.accept(k) {
		p.expected(`"` + kindText[k] + `"`)
	}
}

// newlines steps over newlines where they are allowed.
func (p *parser) newlines() { p.accept(tNewline) }

// isWord reports whether the current token is the given contextual keyword.
func (p *parser) isWord(word string) bool { return p.tok.kind == tIdent && p.text(p.tok) == word }

func (p *parser) acceptWord(word string) bool {
	if !p.isWord(word) {
		return false
	}
	p.next()
	return true
}

func (p *parser) expectWord(word string) {
	if !p.acceptWord(word) {
		p.expected(`"` + word + `"`)
	}
}

// ident steps over an identifier, which the message calls what.
func (p *parser) ident(what string) Ident {
	t := p.tok
	if t.kind != tIdent {
		p.expected(what)
		return Ident{Range: p.here()}
	}
	p.next()
	return Ident{Range{t.start, t.end}, p.text(t)}
}

// ahead returns the byte at which the token after the current one begins, if the current one is a newline.
func (p *parser) ahead(i int) byte { return p.lex.at(p.lex.pos + i) }

// wordAt returns the identifier at an offset.
func (p *parser) wordAt(i int) string {
	end := i
	for identPart[p.lex.at(end)] {
		end++
	}
	return p.lex.src[i:end]
}

// declarationAhead reports whether the token after the current newline stands in the first column and begins
// something that looks like a declaration, so that it hardly belongs to what is being parsed.
func (p *parser) declarationAhead() bool {
	i := p.lex.pos
	if i > 0 && !isLineEnd(p.lex.at(i-1)) {
		return false
	}
	word := p.wordAt(i)
	i += len(word)
	if word == "" || !isDeclarationWord(word) || !isBlank(p.lex.at(i)) {
		return false
	}
	for isBlank(p.lex.at(i)) {
		i++
	}
	switch c := p.lex.at(i); c {
	case '\'':
		return true
	case '{', '*':
		return word == "import"
	case '=':
		return word == "targetScope"
	default:
		return isIdentStart(c)
	}
}

// misplacedNewline steps over a newline where the compiler allows none but the line must go on.
func (p *parser) misplacedNewline() {
	if p.tok.kind == tNewline && p.ahead(0) != '@' && !p.declarationAhead() {
		p.note(p.tok, "the compiler allows no line break here")
		p.next()
	}
}

// list steps over the items of a list of any kind and its closing bracket. The opening one is the current token.
// Between items is a newline or a comma, or only a comma (then with newlines around) if commas is set.
func (p *parser) list(closing kind, commas bool, item func()) {
	p.next()
	more := p.itemLine(closing)
	for more && p.tok.kind != closing && p.tok.kind != tEOF && !p.failed {
		item()
		more = p.tok.kind == closing || p.separator(closing, commas)
	}
	p.expect(closing)
}

// itemLine steps over a newline in a list, unless the next line shows that the list was never closed.
func (p *parser) itemLine(closing kind) bool {
	child := closing == tRBrace && p.wordAt(p.lex.pos) == "resource"
	if p.tok.kind == tNewline && !child && p.declarationAhead() {
		return false
	}
	p.newlines()
	return true
}

// separator steps over what is between two items and reports whether the list goes on.
func (p *parser) separator(closing kind, commas bool) bool {
	first := p.tok
	newline := first.kind == tNewline
	if !p.itemLine(closing) {
		return false
	}
	comma := p.tok
	switch {
	case p.accept(tComma):
		p.afterComma(comma, closing, newline, commas)
	case !newline && commas, commas && p.tok.kind != closing && p.tok.kind != tEOF:
		p.note(first, `missing ","`)
	case !newline:
		p.note(first, "missing comma or line break")
	}
	return true
}

// afterComma steps over a newline behind a comma.
func (p *parser) afterComma(comma token, closing kind, newlineBefore, commas bool) {
	newline := p.accept(tNewline)
	switch {
	case newlineBefore:
		p.note(comma, "the compiler allows no line break before a comma")
	case newline && !commas:
		p.note(comma, "the compiler allows either a comma or a line break here, not both")
	case commas && p.tok.kind == closing:
		p.note(comma, "the compiler allows no comma after the last argument")
	}
}

// parenthesized steps over a list in parentheses that may be the parameters of a lambda or function: newlines are
// allowed everywhere, and a comma behind the last item, which is reported.
func (p *parser) parenthesized(item func()) (comma bool) {
	p.expect(tLParen)
	p.newlines()
	for p.tok.kind != tRParen && !p.failed {
		item()
		p.newlines()
		if comma = p.accept(tComma); !comma {
			break
		}
		p.newlines()
	}
	p.expect(tRParen)
	return comma
}

// enter counts one more level of nesting. Leave must follow whether or not it failed.
func (p *parser) enter() {
	if p.depth++; p.depth > maxNesting {
		p.fail("the nesting is deeper than " + strconv.Itoa(maxNesting) + " levels")
	}
}

func (p *parser) leave() { p.depth-- }

// link counts the n-th link of a chain.
func (p *parser) link(n int) {
	if n < freeLinks {
		return
	}
	if p.links++; p.links > maxLinks {
		p.fail("the chains of operators of the statement are longer than " + strconv.Itoa(maxLinks))
	}
}
