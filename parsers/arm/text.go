package arm

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/expr"
)

// unescape decodes the inside of a JSON string. The offsets tell where each byte of the result stands in raw, with one
// more for its end.
func unescape(raw []byte) (string, []int) {
	var b strings.Builder
	offsets := make([]int, 0, len(raw)+1)
	write := func(s string, at int) {
		b.WriteString(s)
		for range len(s) {
			offsets = append(offsets, at)
		}
	}
	for i := 0; i < len(raw); {
		if raw[i] != '\\' || i+1 >= len(raw) {
			write(string(raw[i:i+1]), i)
			i++
			continue
		}
		s, n := escape(raw[i:])
		write(s, i)
		i += n
	}
	return b.String(), append(offsets, len(raw))
}

var simpleEscapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", 'f': "\f", '"': `"`, '\\': `\`, '/': "/"}

// escape decodes the escape sequence that raw begins with, and returns its length.
func escape(raw []byte) (string, int) {
	if raw[1] != 'u' {
		return simpleEscapes[raw[1]], 2
	}
	first, ok := hex4(raw[2:])
	if !ok {
		return "\uFFFD", 2
	}
	if utf16.IsSurrogate(first) && len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' {
		if second, ok := hex4(raw[8:]); ok {
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				return string(r), 12
			}
		}
	}
	return string(first), 6
}

func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[:4]), 16, 32)
	return rune(n), err == nil
}

// place maps the bytes of a string's text to the file.
func (n node) place() expr.Text {
	raw := n.doc.file.Data[n.start+1 : n.end-1]
	t := expr.Text{File: n.doc.file, Offset: func(i int) int { return n.start + 1 + i }}
	if strings.IndexByte(string(raw), '\\') >= 0 {
		_, offsets := unescape(raw)
		t.Offset = func(i int) int { return n.start + 1 + offsets[min(i, len(offsets)-1)] }
	}
	return t
}

// explain finds the first mistake in what is not valid JSON: its offset, and what is wrong.
func explain(s string, start int) (int, string) {
	c := checker{s: s, i: start}
	c.space()
	if c.i >= len(s) {
		return len(s), "The file is empty."
	}
	if c.value(); c.message == "" {
		if c.space(); c.i < len(s) {
			c.fail(c.i, "Expected the end of the file.")
		}
	}
	if c.message == "" {
		c.fail(start, "This is not valid JSON.")
	}
	return c.at, c.message
}

// checker reads JSON strictly until the first mistake. Nesting was measured before.
type checker struct {
	s       string
	i, at   int
	message string
}

func (c *checker) fail(at int, format string, args ...any) {
	if c.message == "" {
		c.at, c.message = min(at, len(c.s)), fmt.Sprintf(format, args...)
	}
	c.i = len(c.s)
}

func (c *checker) space() {
	for c.i < len(c.s) && strings.IndexByte(" \t\r\n", c.s[c.i]) >= 0 {
		c.i++
	}
}

func (c *checker) peek() byte {
	c.space()
	if c.i >= len(c.s) {
		return 0
	}
	return c.s[c.i]
}

func (c *checker) value() {
	switch ch := c.peek(); {
	case ch == 0 && c.i >= len(c.s):
		c.fail(c.i, "The file ends where a value is expected.")
	case ch == '{':
		c.list('}', func() {
			if c.peek() != '"' {
				c.fail(c.i, "Expected a key in double quotes.")
				return
			}
			if c.str(); c.message == "" && c.peek() != ':' {
				c.fail(c.i, "Expected a colon after the key.")
				return
			}
			c.i++
			c.value()
		})
	case ch == '[':
		c.list(']', c.value)
	case ch == '"':
		c.str()
	case ch == '-' || ch >= '0' && ch <= '9':
		c.number()
	default:
		c.word()
	}
}

func (c *checker) list(closing byte, item func()) {
	open := c.i
	c.i++
	for n := 0; c.peek() != closing; n++ {
		if n > 0 {
			if c.peek() != ',' {
				break
			}
			c.i++
		}
		if item(); c.message != "" {
			return
		}
	}
	switch ch := c.peek(); {
	case ch == closing:
		c.i++
	case ch == 0 && c.i >= len(c.s):
		c.fail(open, "This is not closed before the end of the file.")
	default:
		c.fail(c.i, "Expected a comma or %q.", closing)
	}
}

func (c *checker) str() {
	open := c.i
	for c.i++; c.i < len(c.s) && c.s[c.i] != '"'; c.i++ {
		if c.s[c.i] != '\\' {
			continue
		}
		c.i++
		if c.i >= len(c.s) {
			break
		}
		if c.s[c.i] == 'u' {
			if _, ok := hex4([]byte(c.s[c.i+1 : min(c.i+5, len(c.s))])); !ok {
				c.fail(c.i-1, `Expected four hexadecimal digits after \u.`)
				return
			}
		} else if simpleEscapes[c.s[c.i]] == "" {
			c.fail(c.i-1, "Unknown escape sequence.")
			return
		}
	}
	if c.i >= len(c.s) {
		c.fail(open, "This string is not closed.")
		return
	}
	c.i++
}

func (c *checker) number() {
	start := c.i
	for c.i < len(c.s) && strings.IndexByte("+-.eE0123456789", c.s[c.i]) >= 0 {
		c.i++
	}
	text := c.s[start:c.i]
	if _, err := strconv.ParseFloat(text, 64); err != nil && !strings.Contains(err.Error(), "range") || badNumber(text) {
		c.fail(start, "This is not a number.")
	}
}

func badNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s == "" || s[0] < '0' || s[0] > '9' || len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' || strings.HasSuffix(s, ".")
}

func (c *checker) word() {
	for _, w := range []string{"true", "false", "null"} {
		if strings.HasPrefix(c.s[c.i:], w) {
			c.i += len(w)
			return
		}
	}
	c.fail(c.i, "Expected a value.")
}
