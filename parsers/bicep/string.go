package bicep

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// quoting is the way a string is written: between single quotes, or (multi) between three of them, with any number of
// dollars before the first. As many dollars and a brace open a hole; in a string of one line it is always one.
type quoting struct {
	multi   bool
	dollars int
}

func quotingOf(opening string) quoting {
	return quoting{multi: len(opening) > 1, dollars: max(0, len(opening)-3)}
}

// ending says what stopped a piece of text.
type ending uint8

const (
	endQuote ending = iota
	endHole
	endMissing // the line or the file ended first
)

// piece is the text of a string up to a hole or the end, as it is in the source.
type piece struct {
	start, end int
	escaped    bool // the value differs from the source
	bad        bool // an escape has no meaning
	by         ending
}

// text scans from l.pos, inside a string, to behind the closing quotes or the brace that opens a hole.
// Problems are reported unless quiet.
func (l *lexer) text(q quoting, first, quiet bool) piece {
	if q.multi {
		return l.multiText(q.dollars, first)
	}
	p := piece{start: l.pos, by: endMissing}
	src, i := l.src, l.pos
scan:
	for i < len(src) {
		switch c := src[i]; {
		case c == '\'':
			p.by = endQuote
			break scan
		case c == '$' && l.at(i+1) == '{':
			p.by = endHole
			break scan
		case c == '\\':
			_, n, ok := unescape(src[i:])
			if !ok {
				p.bad = true
				if !quiet {
					l.report(diag.Error, i, i+n, `unknown escape: expected \n, \r, \t, \\, \', \$ or \u{hexadecimal digits}`)
				}
			}
			p.escaped = true
			i += n
		case isLineEnd(c):
			break scan
		default:
			i++
		}
	}
	p.end = i
	l.pos = i + [...]int{endQuote: 1, endHole: 2, endMissing: 0}[p.by]
	return p
}

// multiText is text for strings between three quotes, which know no escape.
func (l *lexer) multiText(dollars int, first bool) piece {
	src, i := l.src, l.pos
	if first {
		// The line end right after the opening quotes does not belong to the value.
		i += len("\r") * btoi(l.at(i) == '\r')
		i += len("\n") * btoi(l.at(i) == '\n')
	}
	p := piece{start: i, by: endMissing}
	for i < len(src) {
		n := strings.IndexAny(src[i:], "'$")
		if n < 0 {
			break
		}
		i += n
		run := i
		for i < len(src) && src[i] == src[run] {
			i++
		}
		switch {
		case src[run] == '\'' && i-run >= 3:
			p.end, p.by, l.pos = i-3, endQuote, i
			return p
		case src[run] == '$' && dollars > 0 && i-run >= dollars && l.at(i) == '{':
			p.end, p.by, l.pos = i-dollars, endHole, i+1
			return p
		}
	}
	p.end, l.pos = len(src), len(src)
	return p
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// unescape decodes the escape that s begins with and returns its length in the source.
func unescape(s string) (r rune, n int, ok bool) {
	if len(s) < 2 || isLineEnd(s[1]) {
		return 0, 1, false
	}
	switch s[1] {
	case 'n':
		return '\n', 2, true
	case 'r':
		return '\r', 2, true
	case 't':
		return '\t', 2, true
	case '\\', '\'', '$':
		return rune(s[1]), 2, true
	case 'u':
		return unescapeCodePoint(s)
	}
	_, size := utf8.DecodeRuneInString(s[1:])
	return 0, 1 + size, false
}

// unescapeCodePoint decodes \u{hex}. A surrogate on its own becomes the replacement character.
func unescapeCodePoint(s string) (r rune, n int, ok bool) {
	const open = len(`\u{`)
	if len(s) <= open || s[open-1] != '{' {
		return 0, 2, false
	}
	i := open
	for i < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[i]) >= 0 {
		i++
	}
	v, err := strconv.ParseUint(s[open:i], 16, 32)
	if err != nil || v > utf8.MaxRune || i == len(s) || s[i] != '}' {
		return 0, i, false
	}
	return rune(v), i + 1, true
}

// decode returns the value of a piece with escapes.
func decode(raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	for raw != "" {
		n := strings.IndexByte(raw, '\\')
		if n < 0 {
			b.WriteString(raw)
			break
		}
		b.WriteString(raw[:n])
		r, size, ok := unescape(raw[n:])
		if ok {
			b.WriteRune(r)
		}
		raw = raw[n+size:]
	}
	return b.String()
}

// TextSpan returns where the bytes [from, to) of a piece's Text stand in the source.
func (f *File) TextSpan(part *Part, from, to int) source.Span {
	start := int(part.Start)
	raw := string(f.Source.Data[part.Start:part.End])
	if len(raw) != len(part.Text) {
		from, to = rawOffset(raw, from), rawOffset(raw, to)
	}
	return source.Span{File: f.Source, Start: start + from, End: start + to}
}

// rawOffset returns the offset in raw, which has escapes, of the given offset in its value.
func rawOffset(raw string, offset int) int {
	i := 0
	for offset > 0 && i < len(raw) {
		if raw[i] != '\\' {
			i, offset = i+1, offset-1
			continue
		}
		r, n, _ := unescape(raw[i:])
		i, offset = i+n, offset-len(string(r))
	}
	return i
}
