package bicep

import (
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// maxIdentifier is the compiler's limit on the length of a name.
const maxIdentifier = 255

// lexer makes tokens on demand. Its only state is a position, so that it can be sent back to an earlier one.
//
// Blanks and comments go between tokens unseen. The inside of a string is not a token: after tString, and after the
// brace that ends a hole, the parser calls text (see string.go).
type lexer struct {
	src string
	pos int

	comments   []Range
	directives []Directive
	// noted is the end of the last thing that was kept or reported, so that nothing is twice after going back.
	noted int

	report func(severity diag.Severity, start, end int, message string)
}

// begin steps over a byte order mark and the directives of the first line.
func (l *lexer) begin() {
	if strings.HasPrefix(l.src, "\ufeff") {
		l.pos = len("\ufeff")
	}
	l.pos = l.lineStart(l.pos)
}

// next returns the next token. At the end of the source it returns tEOF again and again.
func (l *lexer) next() token {
	src, i := l.src, l.pos
	for i < len(src) {
		c := src[i]
		if isBlank(c) {
			i++
			continue
		}
		if isIdentStart(c) {
			return l.word(i)
		}
		if k := punctuation[c]; k != tNone {
			return l.take(k, i, 1)
		}
		switch c {
		case '\n', '\r':
			return l.newline(i)
		case '\'':
			if strings.HasPrefix(src[i:], "'''") {
				return l.take(tString, i, 3)
			}
			return l.take(tString, i, 1)
		case '/':
			if end := l.comment(i); end > i {
				i = end
				continue
			}
			return l.take(tSlash, i, 1)
		case '$':
			return l.dollars(i)
		}
		if isDigit(c) {
			return l.number(i)
		}
		return l.operator(i)
	}
	return l.take(tEOF, i, 0)
}

// take makes a token of n bytes at i.
func (l *lexer) take(k kind, i, n int) token {
	l.pos = i + n
	return token{kind: k, start: int32(i), end: int32(i + n)}
}

func (l *lexer) word(start int) token {
	src, i := l.src, start+1
	for i < len(src) && identPart[src[i]] {
		i++
	}
	k := tIdent
	switch src[start:i] {
	case "true":
		k = tTrue
	case "false":
		k = tFalse
	case "null":
		k = tNull
	}
	if i-start > maxIdentifier && start >= l.noted {
		l.noted = i
		l.report(diag.Error, start, i, "the name is longer than "+strconv.Itoa(maxIdentifier)+" characters")
	}
	return l.take(k, start, i-start)
}

func (l *lexer) number(start int) token {
	i := start + 1
	for i < len(l.src) && isDigit(l.src[i]) {
		i++
	}
	return l.take(tInt, start, i-start)
}

// operator makes the tokens whose first character begins several.
func (l *lexer) operator(i int) token {
	switch c, next := l.src[i], l.at(i+1); c {
	case '.':
		if next == '.' && l.at(i+2) == '.' {
			return l.take(tEllipsis, i, 3)
		}
		return l.take(tDot, i, 1)
	case '?':
		return l.either(i, next == '?', tCoalesce, tQuestion)
	case ':':
		return l.either(i, next == ':', tDoubleColon, tColon)
	case '<':
		return l.either(i, next == '=', tLe, tLt)
	case '>':
		return l.either(i, next == '=', tGe, tGt)
	case '|':
		return l.either(i, next == '|', tOr, tPipe)
	case '&':
		return l.either(i, next == '&', tAnd, tInvalid)
	case '!':
		if next == '~' {
			return l.take(tNeFold, i, 2)
		}
		return l.either(i, next == '=', tNe, tBang)
	case '=':
		switch next {
		case '~':
			return l.take(tEqFold, i, 2)
		case '>':
			return l.take(tArrow, i, 2)
		}
		return l.either(i, next == '=', tEq, tAssign)
	}
	return l.invalid(i)
}

func (l *lexer) either(i int, two bool, double, single kind) token {
	if two {
		return l.take(double, i, 2)
	}
	return l.take(single, i, 1)
}

// invalid makes a token of one whole character, which may be several bytes.
func (l *lexer) invalid(i int) token {
	n := 1
	for i+n < len(l.src) && l.src[i]&0xC0 == 0xC0 && l.src[i+n]&0xC0 == 0x80 {
		n++
	}
	return l.take(tInvalid, i, n)
}

// dollars makes the opening of an interpolated multi-line string: dollars, then three quotes.
func (l *lexer) dollars(start int) token {
	i := start
	for l.at(i) == '$' {
		i++
	}
	if strings.HasPrefix(l.src[i:], "'''") {
		return l.take(tString, start, i+3-start)
	}
	return l.take(tInvalid, start, i-start)
}

// at returns the byte at i, or 0 past the end.
func (l *lexer) at(i int) byte {
	if i < len(l.src) {
		return l.src[i]
	}
	return 0
}

// newline makes one token of all the line ends up to the next token, which begins at l.pos afterwards.
func (l *lexer) newline(start int) token {
	i, runs := start, 0
	for i < len(l.src) && isLineEnd(l.src[i]) {
		for i < len(l.src) && isLineEnd(l.src[i]) {
			i++
		}
		runs++
		i = l.trivia(l.lineStart(i))
	}
	l.pos = i
	return token{kind: tNewline, split: runs > 1, start: int32(start), end: int32(i)}
}

// trivia returns the offset after blanks and comments.
func (l *lexer) trivia(i int) int {
	for i < len(l.src) {
		if isBlank(l.src[i]) {
			i++
			continue
		}
		end := l.comment(i)
		if end == i {
			break
		}
		i = end
	}
	return i
}

// comment returns the offset after the comment at i, or i if none begins there.
func (l *lexer) comment(i int) int {
	if l.at(i) != '/' || l.at(i+1) != '/' && l.at(i+1) != '*' {
		return i
	}
	end, ended := len(l.src), true
	rest := l.src[i+2:]
	if l.src[i+1] == '/' {
		if n := strings.IndexAny(rest, "\r\n"); n >= 0 {
			end = i + 2 + n
		}
	} else if n := strings.Index(rest, "*/"); n >= 0 {
		end = i + 2 + n + 2
	} else {
		ended = false
	}
	if i < l.noted {
		return end
	}
	l.noted = end
	l.comments = append(l.comments, Range{int32(i), int32(end)})
	if !ended {
		l.report(diag.Error, i, i+2, `the comment is not ended: expected "*/"`)
	}
	return end
}

// lineStart returns the offset after the directive that stands first in the line at i, or i.
func (l *lexer) lineStart(i int) int {
	start := i
	for isBlank(l.at(start)) {
		start++
	}
	if l.at(start) != '#' {
		return i
	}
	for k, word := range directiveWords {
		if strings.HasPrefix(l.src[start+1:], word) {
			return l.directive(DirectiveKind(k), start, start+1+len(word))
		}
	}
	return i
}

// directive reads the codes from i on. They end at anything that is neither a blank nor part of a code.
func (l *lexer) directive(k DirectiveKind, start, i int) int {
	end, codes := i, []Ident(nil)
	for {
		for isBlank(l.at(i)) {
			i++
		}
		from := i
		for identPart[l.at(i)] || l.at(i) == '-' {
			i++
		}
		if from == i {
			break
		}
		end = i
		codes = append(codes, Ident{Range{int32(from), int32(i)}, l.src[from:i]})
	}
	if start >= l.noted {
		l.noted = end
		l.directives = append(l.directives, Directive{Range{int32(start), int32(end)}, k, codes})
		if codes == nil {
			l.report(diag.Note, start, end, "the directive names no diagnostic code, so it has no effect")
		}
	}
	return end
}
