package expr

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var encodeFunctions = []function{
	{name: "base64", min: 1, max: 1, needs: whole, notNull: true, eval: ofText(encodeBase64)},
	{name: "base64ToJson", min: 1, max: 1, needs: whole, eval: evalBase64ToJSON},
	{name: "base64ToString", min: 1, max: 1, needs: whole, notNull: true, eval: ofText(decodeBase64)},
	{name: "dataUri", min: 1, max: 1, needs: whole, notNull: true, eval: ofText(dataURI)},
	{name: "dataUriToString", min: 1, max: 1, needs: whole, notNull: true, eval: ofText(decodeDataURI)},
	{name: "json", min: 1, max: 1, needs: whole, eval: evalJSON},
	{name: "uriComponent", min: 1, max: 1, needs: whole, notNull: true, eval: ofText(escapeURI)},
	{name: "uriComponentToString", min: 1, max: 1, needs: whole, notNull: true, eval: ofText(unescapeURI)},
}

// ofText is a function from text to text, which may fail.
func ofText(convert func(string) (string, bool)) func(*Evaluator, []value.Value) (value.Value, error) {
	return func(e *Evaluator, args []value.Value) (value.Value, error) {
		text, ok := args[0].Text()
		if !ok || !e.Budget.Spend(len(text)/32) {
			return mistake("a %v is not a string", args[0].Kind)
		}
		if text, ok = convert(text); !ok || len(text) > value.MaxText {
			return mistake("the text cannot be converted")
		}
		return value.OfString(text), nil
	}
}

func encodeBase64(s string) (string, bool) { return base64.StdEncoding.EncodeToString([]byte(s)), true }

// decodeBase64 fails for bytes that are not text.
func decodeBase64(s string) (string, bool) {
	b, err := base64.StdEncoding.DecodeString(s)
	return string(b), err == nil && utf8.Valid(b)
}

func dataURI(s string) (string, bool) {
	text, ok := encodeBase64(s)
	return "data:text/plain;charset=utf-8;base64," + text, ok
}

// decodeDataURI reads text in UTF-8; other character sets are left out.
func decodeDataURI(s string) (string, bool) {
	head, data, ok := strings.Cut(s, ",")
	head = strings.ToLower(head)
	if !ok || !strings.HasPrefix(head, "data:") {
		return "", false
	}
	if _, charset, found := strings.Cut(head, "charset="); found {
		name, _, _ := strings.Cut(charset, ";")
		ok = name == "utf-8" || name == "utf8" || name == "us-ascii"
	}
	if strings.HasSuffix(head, ";base64") {
		text, valid := decodeBase64(data)
		return text, ok && valid
	}
	text, _ := unescapeURI(data)
	return text, ok
}

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"

// escapeURI is .NET's Uri.EscapeDataString.
func escapeURI(s string) (string, bool) {
	const digits = "0123456789ABCDEF"
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(unreserved, s[i]) >= 0 {
			b = append(b, s[i])
			continue
		}
		b = append(b, '%', digits[s[i]>>4], digits[s[i]&15])
	}
	return string(b), true
}

// unescapeURI is .NET's Uri.UnescapeDataString: what is not an escape of valid UTF-8 stays as it is.
func unescapeURI(s string) (string, bool) {
	var b []byte
	for i := 0; i < len(s); {
		run := escapedBytes(s[i:])
		if len(run) == 0 {
			b = append(b, s[i])
			i++
			continue
		}
		for n := 0; n < len(run); {
			r, size := utf8.DecodeRune(run[n:])
			if r == utf8.RuneError && size == 1 {
				b = append(b, s[i+3*n:i+3*n+3]...)
			} else {
				b = append(b, run[n:n+size]...)
			}
			n += size
		}
		i += 3 * len(run)
	}
	return string(b), true
}

// escapedBytes decodes the escapes that s begins with.
func escapedBytes(s string) []byte {
	var run []byte
	for len(s) >= 3 && s[0] == '%' {
		b, err := hex.DecodeString(s[1:3])
		if err != nil {
			break
		}
		run, s = append(run, b...), s[3:]
	}
	return run
}

func evalBase64ToJSON(e *Evaluator, args []value.Value) (value.Value, error) {
	encoded, _ := args[0].Text()
	text, ok := decodeBase64(encoded)
	if !ok {
		return mistake("this is not JSON in base64")
	}
	return e.parseJSON(text, args[0])
}

func evalJSON(e *Evaluator, args []value.Value) (value.Value, error) {
	text, ok := args[0].Text()
	if !ok {
		return mistake("json needs a string")
	}
	return e.parseJSON(text, args[0])
}

// parseJSON gives all values the place of the text they come from, and its secrecy.
func (e *Evaluator) parseJSON(text string, from value.Value) (value.Value, error) {
	if !e.Budget.Spend(len(text) / 8) {
		return undecided()
	}
	r := jsonReader{text: text, at: from.Span, secret: from.Secret}
	v := r.value(0)
	if r.peek(); r.failed || r.pos < len(r.text) {
		return mistake("this is not JSON")
	}
	return v, nil
}
