package parsers

import (
	"bytes"

	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

// dull reports that a template cannot have anything to do with Cosmos DB: neither a type of one of its providers, nor the
// name of an account's key, nor what other services call it, nor a link to another template stands in it. Most templates
// of a tree are like that, and are only checked for syntax.
func dull(b []byte) bool {
	return !containsFold(b, "documentdb") && !containsFold(b, "masterkey") && !containsFold(b, "dbforpostgresql") &&
		!containsFold(b, "cosmosdb") && !containsFold(b, "templatelink") &&
		!bytes.Contains(b, []byte(`\u00`)) // an escaped letter may be part of the name
}

// dullBicep says the same of a Bicep file. One that calls a file which is not dull is not dull either; see enliven.
func dullBicep(b []byte) bool {
	for _, word := range []string{"documentdb", "document-db", "masterkey", "dbforpostgresql", "cosmos", "br/", "br:", "ts:", "ts/"} {
		if containsFold(b, word) {
			return false
		}
	}
	return true
}

// enliven finds the Bicep files that call others which are not dull.
func (f *finder) enliven() {
	byPath := make(map[string]*candidate, len(f.files))
	callers := map[string][]*candidate{}
	var queue []*candidate
	for _, c := range f.files {
		byPath[c.path] = c
		for _, callee := range c.calls {
			callers[callee] = append(callers[callee], c)
		}
		if c.kind == arm.Template && !c.dull {
			queue = append(queue, c)
		}
	}
	for path, list := range callers { // a file that is called but not among the paths may be anything
		if byPath[path] == nil {
			queue = append(queue, list...)
		}
	}
	for len(queue) > 0 {
		c := queue[0]
		queue = queue[1:]
		if c.dull && isBicep(c.path) {
			c.dull, c.problems = false, nil
		}
		for _, caller := range callers[c.path] {
			if caller.dull && isBicep(caller.path) {
				caller.dull, caller.problems = false, nil
				queue = append(queue, caller)
			}
		}
	}
}

// containsFold reports whether word, in lower-case letters, is in b in any case. It skips ahead by the last byte of the
// window, as Boyer, Moore and Horspool do.
func containsFold(b []byte, word string) bool {
	var skip [256]uint8
	n := len(word)
	for i := range skip {
		skip[i] = uint8(n)
	}
	for i := 0; i < n-1; i++ {
		skip[word[i]] = uint8(n - 1 - i)
		if word[i] >= 'a' && word[i] <= 'z' {
			skip[word[i]-('a'-'A')] = uint8(n - 1 - i)
		}
	}
	for i := n - 1; i < len(b); i += int(skip[b[i]]) {
		j := 0
		for j < n && fold(b[i-j]) == word[n-1-j] {
			j++
		}
		if j == n {
			return true
		}
	}
	return false
}

func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
