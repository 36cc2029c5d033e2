package ruletest

// Language writes programs as the source of one language. A language that is added to Languages takes part in the test of
// every rule; no test of a rule has to change.
type Language interface {
	// Name is part of the names of the sub-tests.
	Name() string
	// Write puts a program into files. An error says why the language cannot express it: the run is skipped.
	Write(p *Program) (*Source, error)
	// Has reports whether it makes sense to write cases in the way of that name; see ways.
	Has(way string) bool
}

// Source is a program in a language.
type Source struct {
	Files map[string]string // content by path
	Entry string            // the path to lint
	// Places returns where a finding about a property of the i-th resource may point: the offsets in the entry file of
	// the member or element and of its value, or of what is underlined of the resource itself for "". It is nil, or
	// returns none, where that is not to be checked.
	Places func(resource int, path string) []int
	// Planned says that nothing can be fixed there, and that what is not known has no name.
	Planned bool
	// Beside says that files of values which lie beside the entry file are meant to be read.
	Beside bool
}

// Languages are those in which every rule is tested.
var Languages = []Language{arm{}, arm{symbolic: true}, bicep{}, azapi{}, azapi{encoded: true}, azurerm{5}, azurerm{4}, azurerm{3}, azurerm{2}, plan{}}
