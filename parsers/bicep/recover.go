package bicep

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// maxRewind limits what is parsed twice because of forgotten brackets, in multiples of the size of the file.
const maxRewind = 4

// fail reports the first failure of a statement, or of an item of an object, at the current token.
func (p *parser) fail(message string) {
	if p.failed {
		return
	}
	p.reportAt(diag.Error, p.tok, message)
	p.stop()
}

// stop makes the current token the place of the failure, and tNone the current token.
func (p *parser) stop() {
	p.failed, p.failure = true, p.tok
	p.last = p.tok.start
	p.tok = token{kind: tNone, start: p.tok.start, end: p.tok.start}
}

// expected fails with what should be at the current token instead of what is there.
func (p *parser) expected(what string) {
	if p.failed {
		return
	}
	if p.tok.kind == tInvalid {
		p.fail(invalidText(p.text(p.tok)))
		return
	}
	p.fail("expected " + what + ", found " + p.found())
}

func invalidText(text string) string {
	switch text {
	case `"`:
		return "strings are written in single quotes"
	case "&":
		return `expected "&&", found "&"`
	}
	return "unexpected character " + strconv.QuoteToASCII(text)
}

// found describes the current token.
func (p *parser) found() string {
	switch p.tok.kind {
	case tEOF:
		return "the end of the file"
	case tNewline:
		return "the end of the line"
	case tHoleEnd:
		return "the end of the line inside of a string"
	case tString:
		return "a string"
	}
	return `"` + clip(p.text(p.tok), 40) + `"`
}

// note reports something that the compiler rejects but that leaves no doubt.
func (p *parser) note(t token, message string) {
	if !p.failed {
		p.reportAt(diag.Note, t, message)
	}
}

// wrong reports an error that does not keep the parser from going on.
func (p *parser) wrong(r Range, message string) {
	if !p.failed {
		p.report(diag.Error, int(r.Start), int(r.End), message)
	}
}

func (p *parser) reportAt(severity diag.Severity, t token, message string) {
	end := t.end
	if t.kind == tNewline || t.kind == tHoleEnd {
		end = t.start
	}
	p.report(severity, int(t.start), int(end), message)
}

func (p *parser) report(severity diag.Severity, start, end int, message string) {
	if severity == diag.Error {
		p.out.Incomplete = true
	}
	if start < p.seen || len(p.diags) > maxDiagnostics {
		return
	}
	if len(p.diags) == maxDiagnostics {
		severity, message = diag.Note, "there are more problems in this file, which are not listed"
	}
	p.diags = append(p.diags, diag.Problem(syntaxCode, severity, p.file.At(start, end-start), message))
}

// diagnostics returns the problems in the order of the source.
func (p *parser) diagnostics() []diag.Diagnostic {
	slices.SortStableFunc(p.diags, func(a, b diag.Diagnostic) int { return source.Compare(a.Span, b.Span) })
	return p.diags
}

// settle replaces an expression that was cut short by a failure, and would have a wrong value, by Bad. An object
// shows by itself that it is Partial.
func (p *parser) settle(e Expr) Expr {
	if !p.failed {
		return e
	}
	if o, ok := e.(*Object); ok && o.Partial {
		return e
	}
	return &Bad{e.Where()}
}

// recoverStatement goes on after a failure with the next declaration. It returns the statement as far as it can be
// trusted.
func (p *parser) recoverStatement(s Stmt) Stmt {
	if p.suspect > 0 && p.rewound <= maxRewind*len(p.lex.src) {
		return p.rewind(s)
	}
	p.skip(0, 0, false)
	p.open, p.holes = 0, p.holes[:0]
	s.Header().Broken = true
	return s
}

// rewind goes back to where a declaration seems to begin inside the brackets of the statement. All that was parsed
// from there on is dropped, and with it the statement.
func (p *parser) rewind(s Stmt) Stmt {
	p.rewound += int(p.failure.start) - p.suspect
	p.seen = max(p.seen, int(p.failure.start)+1)
	p.failed, p.open, p.holes = false, 0, p.holes[:0]
	p.lex.pos = p.suspect
	p.shift()
	p.last = p.tok.start
	bad, h := &BadDecl{Decl{Broken: true}}, s.Header()
	if int(h.Name.End) <= p.suspect {
		bad.Keyword, bad.Name = h.Keyword, h.Name
	}
	for _, d := range h.Decorators {
		if int(d.End) <= p.suspect {
			bad.Decorators = append(bad.Decorators, d)
		}
	}
	return bad
}

// recoverItem goes on after a failure with the next item of the object around it. It reports false when the object
// cannot go on.
func (p *parser) recoverItem(open, holes int) bool {
	return p.suspect == 0 && p.skip(open, holes, true)
}

// skip steps from a failure to the end of its line outside of the given brackets and holes, or in an item to the
// brace that closes its object. If an item has no such end, skip stays failed and reports false.
func (p *parser) skip(open, holes int, item bool) bool {
	for p.tok = p.failure; ; p.skipToken() {
		end, lost := false, false
		switch p.tok.kind {
		case tEOF:
			end, lost = true, item
		case tNewline, tHoleEnd:
			p.tok.kind = tNewline
			p.dropHoles(holes)
			declaration := p.declarationAhead()
			end, lost = declaration || p.open <= open, item && (declaration || holes > 0)
		case tRBrace:
			end = item && p.open == open && len(p.holes) == holes
		}
		if lost {
			p.stop()
			return false
		}
		if end {
			p.failed = false
			return true
		}
	}
}

// dropHoles forgets the holes that the end of the line leaves open.
func (p *parser) dropHoles(keep int) {
	if len(p.holes) > keep {
		p.open = p.holes[keep].open
		p.holes = p.holes[:keep]
	}
}

// skipToken steps over a token, and over the text of strings.
func (p *parser) skipToken() {
	t := p.tok
	n := len(p.holes)
	switch {
	case t.kind == tString:
		p.skipText(quotingOf(p.text(t)), true)
	case t.kind == tRBrace && n > 0 && p.holes[n-1].open+1 == p.open:
		h := p.holes[n-1]
		p.holes, p.open = p.holes[:n-1], h.open
		p.skipText(h.quoting, false)
	default:
		p.open += int(nesting[t.kind])
	}
	p.last = max(p.last, t.end)
	p.tok = p.lex.next()
}

func (p *parser) skipText(q quoting, first bool) {
	if p.lex.text(q, first, true).by == endHole {
		p.holes = append(p.holes, hole{q, p.open})
		p.open++
	}
}

// clip cuts text to whole characters for a message.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n] + "…"
}
