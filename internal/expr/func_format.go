package expr

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// evalFormat is .NET's composite formatting: {index[,width][:spec]}, {{ and }}. What is not known of an argument leaves
// a hole in the result.
func evalFormat(e *Evaluator, args []value.Value) (value.Value, error) {
	text, ok := args[0].Text()
	if !ok {
		return undecided()
	}
	pieces := []value.Value{value.OfString("")}
	for text != "" {
		at := strings.IndexAny(text, "{}")
		if at < 0 {
			at = len(text)
		}
		pieces = append(pieces, value.OfString(text[:at]))
		if text = text[at:]; text == "" {
			break
		}
		if strings.HasPrefix(text, "{{") || strings.HasPrefix(text, "}}") {
			pieces = append(pieces, value.OfString(text[:1]))
			text = text[2:]
			continue
		}
		item, rest, ok := strings.Cut(text, "}")
		if item == "" || !ok {
			return mistake("format has a single brace")
		}
		piece, err := e.formatItem(item[1:], args[1:])
		if err != nil {
			return piece, err
		}
		pieces, text = append(pieces, piece), rest
	}
	return e.template(pieces)
}

// formatItem writes one item without its braces.
func (e *Evaluator) formatItem(item string, args []value.Value) (value.Value, error) {
	head, spec, _ := strings.Cut(item, ":")
	number, aligned, hasWidth := strings.Cut(head, ",")
	index, err := strconv.Atoi(strings.TrimSpace(number))
	width := 0
	if hasWidth && err == nil {
		width, err = strconv.Atoi(strings.TrimSpace(aligned))
	}
	if err != nil || index < 0 || index >= len(args) || width > value.MaxText || width < -value.MaxText {
		return mistake("format cannot read {%s}", item)
	}
	arg := args[index]
	v, err := e.formatted(arg, spec)
	if err != nil || width != 0 && v.Kind != value.String {
		plain := value.OfString("{0" + item[len(number):] + "}")
		if v = UnknownCall("format", plain, arg); width == 0 && spec == "" && isWhollyUnknown(arg) {
			v = arg
		}
		v.NotNull = true
		return v, nil
	}
	if width != 0 {
		v = align(v, width)
	}
	return v, nil
}

// formatted writes a value without padding.
func (e *Evaluator) formatted(v value.Value, spec string) (value.Value, error) {
	switch {
	case v.Kind == value.Int && spec != "":
		n, _ := v.Int()
		text, ok := formatInt(n, spec)
		if !ok {
			return undecided()
		}
		s := value.OfString(text)
		s.Secret = v.Secret
		return s, nil
	case isText(v):
		return v, nil
	case spec == "" && hasCases(v) && !slices.ContainsFunc(v.Cases(), func(c value.Value) bool { return !isScalar(c) }):
		return textOf(v), nil
	case !v.Known() || v.Kind == value.Float && spec != "":
		return undecided()
	case isArray(v) || isObject(v):
		return e.jsonText(v, '\'')
	}
	return textOf(v), nil
}

// align pads on the left, or for a negative width on the right.
func align(v value.Value, width int) value.Value {
	text, _ := v.Text()
	pad := strings.Repeat(" ", max(0, max(width, -width)-units(text)))
	if width < 0 {
		text += pad
	} else {
		text = pad + text
	}
	s := value.OfString(text)
	s.Secret = v.Secret
	return s
}

// formatInt writes an integer by one of .NET's standard formats (invariant culture), or by a custom one of zeros alone.
func formatInt(n int64, spec string) (string, bool) {
	if strings.Trim(spec, "0") == "" {
		return padDigits(n, len(spec)), len(spec) <= 100
	}
	kind := spec[0]
	digits, err := strconv.Atoi(spec[1:])
	precise := spec[1:] != ""
	if precise && (err != nil || digits < 0 || digits > 100) {
		return "", false
	}
	switch kind {
	case 'D', 'd':
		return padDigits(n, digits), true
	case 'X':
		return fmt.Sprintf("%0*X", max(1, digits), uint64(n)), true
	case 'x':
		return fmt.Sprintf("%0*x", max(1, digits), uint64(n)), true
	case 'G', 'g':
		return strconv.FormatInt(n, 10), !precise || digits == 0
	case 'F', 'f', 'N', 'n':
		if !precise {
			digits = 2
		}
		text := padDigits(n, 0)
		if kind|0x20 == 'n' {
			text = thousands(text)
		}
		if digits > 0 {
			text += "." + strings.Repeat("0", digits)
		}
		return text, true
	}
	return "", false
}

func padDigits(n int64, digits int) string {
	text := strconv.FormatUint(magnitude(n), 10)
	text = strings.Repeat("0", max(0, digits-len(text))) + text
	if n < 0 {
		return "-" + text
	}
	return text
}

func magnitude(n int64) uint64 {
	if n == math.MinInt64 {
		return 1 << 63
	}
	return uint64(max(n, -n))
}

func thousands(text string) string {
	sign, digits := "", text
	if strings.HasPrefix(text, "-") {
		sign, digits = "-", text[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// jsonText writes a known value as compact JSON between quotes of one kind: format uses single ones (tested), string
// double ones.
func (e *Evaluator) jsonText(v value.Value, quote byte) (value.Value, error) {
	w := jsonWriter{quote: quote}
	if w.write(v); len(w.text) > value.MaxText || !e.Budget.Spend(len(w.text)/32) {
		return mistake("text is longer than %d bytes", value.MaxText)
	}
	s := value.OfString(string(w.text))
	s.Secret = Tainted(v)
	return s, nil
}

// jsonWriter writes as Newtonsoft.Json does.
type jsonWriter struct {
	text  []byte
	quote byte
}

func (w *jsonWriter) write(v value.Value) {
	if len(w.text) > value.MaxText {
		return
	}
	switch v.Kind {
	case value.Bool:
		w.text = strconv.AppendBool(w.text, v.Is(true))
	case value.Int:
		w.text = append(w.text, plainText(v)...)
	case value.Float:
		w.float(v)
	case value.String:
		text, _ := v.Text()
		w.str(text)
	case value.Array:
		w.array(v)
	case value.Object:
		w.object(v)
	default:
		w.text = append(w.text, "null"...)
	}
}

// float adds ".0" to a whole number.
func (w *jsonWriter) float(v value.Value) {
	text := plainText(v)
	if !strings.ContainsAny(text, ".E") {
		text += ".0"
	}
	w.text = append(w.text, text...)
}

func (w *jsonWriter) array(v value.Value) {
	w.text = append(w.text, '[')
	for i, x := range v.Elems() {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		w.write(x)
	}
	w.text = append(w.text, ']')
}

func (w *jsonWriter) object(v value.Value) {
	w.text = append(w.text, '{')
	for i, f := range fieldsOf(v) {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		w.str(f.Name)
		w.text = append(w.text, ':')
		w.write(f.Value)
	}
	w.text = append(w.text, '}')
}

// escapes are the characters that Newtonsoft.Json does not write as they are, with the letter after the backslash; u
// means four digits.
var escapes = map[rune]byte{
	'\\': '\\', '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r', '\u0085': 'u', '\u2028': 'u', '\u2029': 'u',
}

func (w *jsonWriter) str(s string) {
	w.text = append(w.text, w.quote)
	for _, r := range s {
		letter, special := escapes[r]
		switch {
		case r == rune(w.quote):
			w.text = append(w.text, '\\', w.quote)
		case r < ' ' && !special, letter == 'u':
			w.text = fmt.Appendf(w.text, `\u%04x`, r)
		case special:
			w.text = append(w.text, '\\', letter)
		default:
			w.text = utf8.AppendRune(w.text, r)
		}
	}
	w.text = append(w.text, w.quote)
}
