package expr

import (
	"fmt"
	"math"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// MaxNesting is how deep calls may nest in one expression string. The deepest of 578 registry templates nests 32.
const MaxNesting = 200

// Text is the text of a string value and where it stands in its file: Offset gives the place of each byte of it.
type Text struct {
	File   *source.File
	Offset func(i int) int
}

func (t Text) span(start, end int) source.Span {
	return source.Span{File: t.File, Start: t.Offset(start), End: t.Offset(end)}
}

// SyntaxError is a mistake in an expression string.
type SyntaxError struct {
	Message string
	Span    source.Span
}

func (e *SyntaxError) Error() string { return e.Message }

// ParseString parses a JSON string value of a template. A string that begins with "[" and ends with "]" is an
// expression, unless it begins with "[[": then the first bracket is only there to say so. Whole is the span of the value.
func ParseString(s string, text Text, whole source.Span) (Expr, *SyntaxError) {
	switch {
	case !strings.HasPrefix(s, "[") || !strings.HasSuffix(s, "]") || len(s) < 2:
		return String(s, whole), nil
	case strings.HasPrefix(s, "[["):
		return String(s[1:], whole), nil
	}
	p := &exprParser{s: s, text: text, pos: 1, end: len(s) - 1}
	x := p.expression(0)
	p.space()
	if p.err == nil && p.pos < p.end {
		p.fail(p.pos, "unexpected %q after the expression", p.s[p.pos:p.pos+1])
	}
	if p.err != nil {
		return Literal{value.Value{Span: whole}}, p.err
	}
	return x, nil
}

// exprParser reads: expr := INT | STRING | call access*; call := name {'.' name} '(' [expr {',' expr}] ')';
// access := '.' name | '[' expr ']'. There are no operators.
type exprParser struct {
	s    string
	text Text
	pos  int
	end  int
	err  *SyntaxError
}

func (p *exprParser) fail(at int, format string, args ...any) Expr {
	if p.err == nil {
		at = min(at, p.end)
		p.err = &SyntaxError{fmt.Sprintf(format, args...), p.text.span(at, at+1)}
	}
	p.pos = p.end
	return Literal{}
}

func (p *exprParser) space() {
	for p.pos < p.end && strings.IndexByte(" \t\r\n", p.s[p.pos]) >= 0 {
		p.pos++
	}
}

func (p *exprParser) peek() byte {
	p.space()
	if p.pos >= p.end {
		return 0
	}
	return p.s[p.pos]
}

func (p *exprParser) expression(depth int) Expr {
	if depth > MaxNesting {
		return p.fail(p.pos, "expression nests deeper than %d levels", MaxNesting)
	}
	c := p.peek()
	switch {
	case c == 0:
		return p.fail(p.pos, "expected an expression")
	case c == '\'':
		return p.access(p.str(), depth)
	case c == '-' || c == '+' || isDigit(c):
		return p.number()
	case isLetter(c):
		return p.access(p.callOf(depth), depth)
	}
	return p.fail(p.pos, "expected a function, a string in single quotes or a number, not %q", p.s[p.pos:p.pos+1])
}

func (p *exprParser) str() Expr {
	start := p.pos
	var b strings.Builder
	for i := p.pos + 1; i < p.end; i++ {
		if p.s[i] != '\'' {
			continue
		}
		b.WriteString(p.s[p.pos+1 : i])
		if i+1 < p.end && p.s[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			p.pos = i
			continue
		}
		p.pos = i + 1
		return String(b.String(), p.text.span(start, p.pos))
	}
	return p.fail(start, "string is not closed")
}

func (p *exprParser) number() Expr {
	start := p.pos
	p.pos++
	for p.pos < p.end && isDigit(p.s[p.pos]) {
		p.pos++
	}
	digits := strings.TrimPrefix(p.s[start:p.pos], "+")
	n, ok := parseInt(digits)
	if !ok {
		return p.fail(start, "%q is not an integer of 64 bits", digits)
	}
	return Literal{value.OfInt(n).At(p.text.span(start, p.pos))}
}

func parseInt(s string) (int64, bool) {
	digits, neg := strings.CutPrefix(s, "-")
	var n uint64
	for i := 0; i < len(digits); i++ {
		if n > math.MaxInt64/10+1 {
			return 0, false
		}
		n = n*10 + uint64(digits[i]-'0')
	}
	switch {
	case digits == "" || n > math.MaxInt64 && !(neg && n == 1<<63):
		return 0, false
	case neg:
		return -int64(n), true
	}
	return int64(n), true
}

func (p *exprParser) name() string {
	start := p.pos
	for p.pos < p.end && (isLetter(p.s[p.pos]) || isDigit(p.s[p.pos])) {
		p.pos++
	}
	return p.s[start:p.pos]
}

func (p *exprParser) callOf(depth int) Expr {
	start := p.pos
	name := p.name()
	for p.peek() == '.' { // the compiler of Bicep makes names of three parts
		p.pos++
		if p.space(); p.pos >= p.end || !isLetter(p.s[p.pos]) {
			return p.fail(p.pos, "expected the name of a function after %q", name+".")
		}
		name += "." + p.name()
	}
	if p.peek() != '(' {
		return p.fail(p.pos, "expected ( after %q", name)
	}
	p.pos++
	var args []Expr
	for p.peek() != ')' {
		if len(args) > 0 {
			if p.peek() != ',' {
				return p.fail(p.pos, "expected , or ) in the arguments of %q", name)
			}
			p.pos++
		}
		args = append(args, p.expression(depth+1))
		if p.err != nil {
			return Literal{}
		}
	}
	p.pos++
	return &Call{Name: name, Args: args, At: p.text.span(start, p.pos)}
}

func (p *exprParser) access(x Expr, depth int) Expr {
	start := 0
	for n := 0; p.err == nil; n++ {
		if n > MaxNesting {
			return p.fail(p.pos, "more than %d members are accessed in a row", MaxNesting)
		}
		switch p.peek() {
		case '.':
			p.pos++
			p.space()
			start = p.pos
			name := p.name()
			if name == "" {
				return p.fail(p.pos, "expected a name after .")
			}
			x = &Index{Base: x, Key: String(name, p.text.span(start, p.pos)), At: x.Span().To(p.text.span(start, p.pos))}
		case '[':
			p.pos++
			key := p.expression(depth + 1)
			if p.err == nil && p.peek() != ']' {
				return p.fail(p.pos, "expected ]")
			}
			p.pos++
			x = &Index{Base: x, Key: key, At: x.Span().To(p.text.span(p.pos-1, p.pos))}
		default:
			return x
		}
	}
	return x
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '$' || c >= 0x80
}
