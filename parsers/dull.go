package parsers

import (
	"bytes"

	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

var (
	// cosmosWords are what a template that has to do with Cosmos DB has in it: a type of one of its providers, the name of an
	// account's key, what other services call it, one of its hosts, a link to another template, or a setting of the tenant,
	// which holds for accounts anywhere.
	cosmosWords = wordsOf("documentdb", "masterkey", "dbforpostgresql", "cosmosdb", "documents.azure.", "cosmos.azure.", "templatelink", "aadiam", "conditionalaccess")
	// bicepWords are the same in Bicep, where modules come from elsewhere.
	bicepWords = wordsOf("documentdb", "document-db", "documents.azure.", "masterkey", "dbforpostgresql", "cosmos", "aadiam", "conditionalaccess", "br/", "br:", "ts:", "ts/")
	linkWord   = wordsOf("templatelink")
)

// leavesOut reports whether templates are left out that have nothing to do with Cosmos DB.
func (o *Options) leavesOut() bool { return !o.All && !o.Everywhere }

// dull reports that a template cannot have anything to do with Cosmos DB. Most templates of a tree are like that, and are
// only checked for syntax.
func dull(b []byte) bool {
	return !cosmosWords.in(b) && !bytes.Contains(b, []byte(`\u00`)) // an escaped letter may be part of the name
}

// dullBicep says the same of a Bicep file. One that calls a file which is not dull is not dull either; see enliven.
func dullBicep(b []byte) bool { return !bicepWords.in(b) }

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
