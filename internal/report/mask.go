package report

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// accountKey has the form of an account key: 64 bytes in base64, that is 86 characters and "==", also as JSON and URLs write them. Keys
// of storage accounts look the same.
var accountKey = regexp.MustCompile(
	`(?:[A-Za-z0-9+/]|\\/|%2[BbFf]|\\u002[BbFf]){86}(?:==|%3[Dd]%3[Dd]|\\u003[Dd]\\u003[Dd])`)

// masks are what else never is shown, wherever it stands: a form, the group in it to hide, and signs of which one is in all text
// of the form, which spare nearly all text the expression.
var masks = []struct {
	form  *regexp.Regexp
	group int
	signs []string
}{
	// The password in a connection string of the MongoDB or PostgreSQL protocol.
	{regexp.MustCompile(
		`(?:mongodb(?:\+srv)?|postgres(?:ql)?)://[^:@/\s"'<>{}$]+:([^@/\s"'<>{}$]+)@`), 1, []string{"mongodb", "postgres"}},
	// The signature of a token, also after an & as JSON may write it.
	{regexp.MustCompile(`(?i)(?:\b|\\u0026)sig(?:=|%3d)([A-Za-z0-9+/%=_-]{24,})`), 1, []string{"sig=", "sig%3"}},
}

// Mask replaces everything that looks like an account key, or a password in a connection string, by asterisks of the same
// length, so that columns stay right.
func Mask(s string) string {
	b := []byte(s)
	maskBytes(b)
	return string(b)
}

// maskBytes is Mask in place.
func maskBytes(b []byte) {
	hideKeys(b)
	for _, m := range masks {
		if slices.ContainsFunc(m.signs, func(sign string) bool { return bytes.Contains(b, []byte(sign)) }) {
			hide(b, m.form, m.group)
		}
	}
}

// longestKey and longestEnding are how long a key and what it ends with may be, with all characters escaped.
const (
	longestKey    = 86 * len(`\u002b`)
	longestEnding = 2 * len(`\u003d`)
)

// hideKeys looks for keys only where one may end: the expression is slow.
func hideKeys(b []byte) {
	start, end := 0, 0
	for i := range b {
		if !endsKey(b[i:]) {
			continue
		}
		if i-longestKey > end {
			hide(b[start:end], accountKey, 0)
			start = i - longestKey
		}
		end = min(i+longestEnding, len(b))
	}
	hide(b[start:end], accountKey, 0)
}

func endsKey(b []byte) bool {
	switch b[0] {
	case '=':
		return bytes.HasPrefix(b, []byte("=="))
	case '%':
		return bytes.HasPrefix(b, []byte("%3"))
	case '\\':
		return bytes.HasPrefix(b, []byte(`\u003`))
	}
	return false
}

func hide(b []byte, form *regexp.Regexp, group int) {
	for _, at := range form.FindAllSubmatchIndex(b, -1) {
		blank(b[at[2*group]:at[2*group+1]])
	}
}

func blank(b []byte) {
	for i := range b {
		b[i] = '*'
	}
}

// concealed are the places that are never shown, by path: in order, none within another.
type concealed map[string][]source.Span

func concealedIn(res *diag.Result) concealed {
	h := concealed{}
	for _, s := range slices.SortedFunc(slices.Values(res.Secrets), source.Compare) {
		if s.File == nil {
			continue
		}
		list := h[s.File.Path]
		if n := len(list); n == 0 || list[n-1].End < s.End {
			h[s.File.Path] = append(list, s)
		}
	}
	return h
}

// mask blanks the places in text, which begins at an offset of a file. Quotes around a place are left.
func (h concealed) mask(path string, text []byte, offset int) {
	list := h[path]
	first, _ := slices.BinarySearchFunc(list, offset, func(s source.Span, offset int) int { return cmp.Compare(s.End, offset) })
	for _, s := range list[first:] {
		if s.Start >= offset+len(text) {
			break
		}
		from, to := max(s.Start-offset, 0), min(s.End-offset, len(text))
		for from < to && isQuote(text[from]) {
			from++
		}
		for from < to && isQuote(text[to-1]) {
			to--
		}
		if from < to {
			blank(text[from:to])
		}
	}
}

func isQuote(c byte) bool { return c == '"' || c == '\'' }
