package parsers

import (
	"bytes"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	w := wordsOf("documentdb", "br:", "cosmos")
	for text, want := range map[string]bool{
		"":                               false,
		"br":                             false,
		"br:":                            true,
		"BR:":                            true,
		"'br:mcr.microsoft.com/x'":       true,
		"Microsoft.DocumentDB/databases": true,
		"DOCUMENTD":                      false,
		"documentdB":                     true,
		"documentd\x02":                  false,
		"cosmo cosmo":                    false,
		"cosmocosmoS":                    true,
		"b\x12:":                         false,
	} {
		if got := w.in([]byte(text)); got != want {
			t.Errorf("in(%q) = %v", text, got)
		}
	}
}

// FuzzWords compares with looking for one word after the other.
func FuzzWords(f *testing.F) {
	f.Add([]byte("xxDocumentDb"), "documentdb", "br:")
	f.Add([]byte("aaab"), "aab", "aaab")
	f.Fuzz(func(t *testing.T, text []byte, a, b string) {
		for _, word := range []string{a, b} {
			if len(word) < 2 || len(word) > 255 || !plain(word) || strings.ToLower(word) != word {
				t.Skip()
			}
		}
		if !plain(string(text)) {
			t.Skip()
		}
		lower := bytes.ToLower(text)
		want := bytes.Contains(lower, []byte(a)) || bytes.Contains(lower, []byte(b))
		if got := wordsOf(a, b).in(text); got != want {
			t.Errorf("words %q, %q in %q: %v", a, b, text, got)
		}
	})
}

// plain reports whether s is ASCII.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
