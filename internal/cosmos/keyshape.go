package cosmos

import (
	"bytes"
	"strings"
)

// keyLength is how many characters of a key stand before its padding: 64 bytes in base64
// (https://learn.microsoft.com/purview/sit-defn-azure-cosmos-db-account-access-key).
const keyLength = 86

// keyPlace is something of the shape of a key: where it stands, and what it is without padding and escapes.
type keyPlace struct {
	start, end int
	key        string
}

// paddings are how "==" is written: as it is, in a URL, and in JSON that escapes more than it has to.
var paddings = []string{"==", "%3D%3D", "%3d%3d", `\u003d\u003d`, `\u003D\u003D`}

// keysIn finds everything of the shape of a key.
func keysIn(text []byte) []keyPlace {
	var found []keyPlace
	for _, padding := range paddings {
		for from := 0; ; {
			i := bytes.Index(text[from:], []byte(padding))
			if i < 0 {
				break
			}
			end := from + i
			from = end + len(padding)
			start, key := keyBefore(text, end)
			if len(key) == keyLength && !continues(text, from) {
				found = append(found, keyPlace{start, from, key})
			}
		}
	}
	return found
}

// continues reports whether the padding that ends at an offset is not the end.
func continues(text []byte, end int) bool {
	return end < len(text) && (text[end] == '=' || isBase64(text[end]))
}

// keyBefore walks back over the characters of base64 that end at an offset, at most one more than a key has.
func keyBefore(text []byte, end int) (start int, key string) {
	var reversed []byte
	for start = end; len(reversed) <= keyLength; {
		c, size := characterBefore(text, start)
		if size == 0 {
			break
		}
		reversed, start = append(reversed, c), start-size
	}
	for i, j := 0, len(reversed)-1; i < j; i, j = i+1, j-1 {
		reversed[i], reversed[j] = reversed[j], reversed[i]
	}
	return start, string(reversed)
}

// escapes of characters of base64.
var escapes = []struct {
	text string
	c    byte
}{{`\/`, '/'}, {"%2f", '/'}, {"%2b", '+'}, {`\u002b`, '+'}, {`\u002f`, '/'}}

// characterBefore is the character of base64 that ends at an offset, and how many bytes it is written with; 0 for none.
func characterBefore(text []byte, end int) (c byte, size int) {
	for _, e := range escapes {
		if start := end - len(e.text); start >= 0 && strings.EqualFold(string(text[start:end]), e.text) {
			return e.c, len(e.text)
		}
	}
	if end > 0 && isBase64(text[end-1]) && !endsEscape(text[:end]) {
		return text[end-1], 1
	}
	return 0, 0
}

// endsEscape reports whether the last character of text is the end of an escape of another one: \n, \u0022, %3D.
func endsEscape(text []byte) bool {
	at := func(back int) byte {
		if back > len(text) {
			return 0
		}
		return text[len(text)-back]
	}
	switch c := at(1); {
	case c == 'n' || c == 'r' || c == 't':
		return at(2) == '\\'
	case !isHex(c) || !isHex(at(2)):
		return false
	case at(3) == '%':
		return true
	}
	return isHex(at(3)) && isHex(at(4)) && at(5) == 'u' && at(6) == '\\'
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f' }

func isBase64(c byte) bool {
	return c == '+' || c == '/' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
