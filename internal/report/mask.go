package report

import (
	"bytes"
	"regexp"
	"strings"
)

// accountKey is the form of a Cosmos DB account key: 64 bytes in base64, that is 86 characters and "==", also as JSON
// and URLs write them. Keys of storage accounts look the same.
var accountKey = regexp.MustCompile(`(?:[A-Za-z0-9+/]|\\/|%2[BbFf]){86}(?:==|%3[Dd]%3[Dd])`)

// Mask replaces everything that looks like an account key by asterisks of the same length, so that columns stay right.
func Mask(s string) string {
	if !mayHoldKey(len(s), strings.Contains(s, "=="), strings.Contains(s, "%3")) {
		return s
	}
	return accountKey.ReplaceAllStringFunc(s, func(k string) string { return strings.Repeat("*", len(k)) })
}

// maskBytes is Mask in place.
func maskBytes(b []byte) {
	if !mayHoldKey(len(b), bytes.Contains(b, []byte("==")), bytes.Contains(b, []byte("%3"))) {
		return
	}
	for _, at := range accountKey.FindAllIndex(b, -1) {
		for i := at[0]; i < at[1]; i++ {
			b[i] = '*'
		}
	}
}

// mayHoldKey spares nearly all text the expression.
func mayHoldKey(size int, padded, encoded bool) bool { return size >= 88 && (padded || encoded) }
