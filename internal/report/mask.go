package report

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// accountKey is the form of a Cosmos DB account key: 64 bytes in base64, that is 86 characters and "==", also as JSON
// and URLs write them. Keys of storage accounts look the same.
var accountKey = regexp.MustCompile(
	`(?:[A-Za-z0-9+/]|\\/|%2[BbFf]|\\u002[BbFf]){86}(?:==|%3[Dd]%3[Dd]|\\u003[Dd]\\u003[Dd])`)

// password is the password in a connection string of the MongoDB protocol, signature that of a token.
var (
	password  = regexp.MustCompile(`mongodb(?:\+srv)?://[^:@/\s"'<>{}$]+:([^@/\s"'<>{}$]+)@`)
	signature = regexp.MustCompile(`(?i)\bsig(?:=|%3d)([A-Za-z0-9+/%=_-]{24,})`)
)

// Mask replaces everything that looks like an account key, or a password in a connection string, by asterisks of the same
// length, so that columns stay right.
func Mask(s string) string {
	if !mayHoldKey(len(s), strings.Contains(s, "=="), strings.Contains(s, "%3"), strings.Contains(s, "u003"),
		strings.Contains(s, "mongodb"), strings.Contains(s, "sig=")) {
		return s
	}
	b := []byte(s)
	maskBytes(b)
	return string(b)
}

// maskBytes is Mask in place.
func maskBytes(b []byte) {
	if mayHoldKey(len(b), bytes.Contains(b, []byte("==")), bytes.Contains(b, []byte("%3")), bytes.Contains(b, []byte("u003"))) {
		hide(b, accountKey, 0)
	}
	if bytes.Contains(b, []byte("mongodb")) {
		hide(b, password, 1)
	}
	if bytes.Contains(b, []byte("sig=")) || bytes.Contains(b, []byte("sig%3")) {
		hide(b, signature, 1)
	}
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

// mayHoldKey spares nearly all text the expression.
func mayHoldKey(size int, signs ...bool) bool { return size >= 24 && slices.Contains(signs, true) }

// concealed are the places that are never shown, by path: what a diagnostic calls a secret is in the context of others too.
type concealed map[string][]source.Span

func concealedIn(res *diag.Result) concealed {
	h := concealed{}
	for _, list := range [][]diag.Diagnostic{res.Findings, res.Undetermined} {
		for i := range list {
			for _, s := range list[i].Secrets {
				if s.File != nil {
					h[s.File.Path] = append(h[s.File.Path], s)
				}
			}
		}
	}
	return h
}

// mask blanks the places in text, which begins at an offset of a file. Quotes around a place are left.
func (h concealed) mask(path string, text []byte, offset int) {
	for _, s := range h[path] {
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
