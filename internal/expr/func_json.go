package expr

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// maxJSONDepth is where Newtonsoft.Json gives up, too.
const maxJSONDepth = 64

// jsonReader reads JSON as Newtonsoft.Json does: strings may have single quotes, names none, and comments and a comma at
// the end are passed over.
type jsonReader struct {
	text   string
	pos    int
	at     source.Span // of all values
	secret bool
	failed bool
}

func (r *jsonReader) fail() value.Value {
	r.failed, r.pos = true, len(r.text)
	return value.Value{}
}

// peek returns the next byte after white space and comments, 0 at the end.
func (r *jsonReader) peek() byte {
	for r.pos < len(r.text) {
		rest := r.text[r.pos:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			r.pos++
		case strings.HasPrefix(rest, "//"):
			line, _, _ := strings.Cut(rest, "\n")
			r.pos += len(line)
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				r.fail()
				return 0
			}
			r.pos += end + 4
		default:
			return rest[0]
		}
	}
	return 0
}

// next reports whether the next byte is c, and takes it.
func (r *jsonReader) next(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.pos++
	return true
}

func (r *jsonReader) value(depth int) value.Value {
	if depth > maxJSONDepth {
		return r.fail()
	}
	var v value.Value
	switch c := r.peek(); c {
	case '{':
		v = r.object(depth)
	case '[':
		v = r.array(depth)
	case '"', '\'':
		v = value.OfString(r.str())
	default:
		v = r.word()
	}
	v.Secret = r.secret && v.Kind != value.Array && v.Kind != value.Object
	return v.At(r.at)
}

func (r *jsonReader) object(depth int) value.Value {
	var fields []value.Field
	r.pos++
	for !r.failed && !r.next('}') {
		name := r.name()
		if !r.next(':') {
			return r.fail()
		}
		fields = append(fields, value.Field{Name: name, Value: r.value(depth + 1), Site: r.at})
		if !r.next(',') && r.peek() != '}' {
			return r.fail()
		}
	}
	return value.OfObject(fields...)
}

func (r *jsonReader) array(depth int) value.Value {
	var elems []value.Value
	r.pos++
	for !r.failed && !r.next(']') {
		elems = append(elems, r.value(depth+1))
		if !r.next(',') && r.peek() != ']' {
			return r.fail()
		}
	}
	return value.OfArray(elems...)
}

func (r *jsonReader) name() string {
	if c := r.peek(); c == '"' || c == '\'' {
		return r.str()
	}
	return r.bare(func(c byte) bool { return isLetter(c) || isDigit(c) })
}

// bare reads characters that need no quotes, at least one.
func (r *jsonReader) bare(is func(byte) bool) string {
	start := r.pos
	for r.pos < len(r.text) && is(r.text[r.pos]) {
		r.pos++
	}
	word := r.text[start:r.pos]
	if word == "" {
		r.fail()
	}
	return word
}

func (r *jsonReader) word() value.Value {
	word := r.bare(func(c byte) bool { return isLetter(c) || isDigit(c) || strings.IndexByte("+-.", c) >= 0 })
	switch word {
	case "true", "false":
		return value.OfBool(word == "true")
	case "null":
		return value.NullValue
	}
	if n, err := strconv.ParseInt(word, 10, 64); err == nil {
		return value.OfInt(n)
	}
	if f, err := strconv.ParseFloat(word, 64); err == nil && strings.ContainsAny(word, ".eE") && !strings.ContainsAny(word, "xX_") {
		return value.OfFloat(f)
	}
	return r.fail()
}

func (r *jsonReader) str() string {
	quote := r.text[r.pos]
	var b strings.Builder
	for r.pos++; r.pos < len(r.text); r.pos++ {
		switch c := r.text[r.pos]; c {
		case quote:
			r.pos++
			return b.String()
		case '\\':
			r.pos++
			r.escape(&b)
		default:
			b.WriteByte(c)
		}
	}
	r.fail()
	return ""
}

// escape reads what follows a backslash, and stops on its last byte.
func (r *jsonReader) escape(b *strings.Builder) {
	if r.pos >= len(r.text) {
		return
	}
	c := r.text[r.pos]
	if at := strings.IndexByte(`"'\/bfnrt`, c); at >= 0 {
		b.WriteByte("\"'\\/\b\f\n\r\t"[at])
		return
	}
	unit, ok := r.unit()
	if c != 'u' || !ok {
		r.fail()
		return
	}
	if utf16.IsSurrogate(unit) && strings.HasPrefix(r.text[r.pos+1:], `\u`) {
		r.pos += 2
		second, _ := r.unit()
		unit = utf16.DecodeRune(unit, second)
	}
	b.WriteRune(unit)
	if unit == utf8.RuneError {
		// Half a character: nothing in UTF-8 says that.
		r.fail()
	}
}

// unit reads the four digits after a u.
func (r *jsonReader) unit() (rune, bool) {
	if r.pos+5 > len(r.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(r.text[r.pos+1:r.pos+5], 16, 32)
	r.pos += 4
	return rune(n), err == nil
}
