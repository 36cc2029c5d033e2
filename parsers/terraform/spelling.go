package terraform

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Spelling is how one major version of azurerm says what a resource of an ARM type is: the tables read backwards. It is
// what writes configuration, as the tests of the rules do.
type Spelling struct {
	// Type is "azurerm_cosmosdb_account".
	Type string
	// Names are the arguments that hold the names of the resource, those of its parents first. Parent is the argument that
	// takes the id of the parent instead, Scope the one with the id of what an extension is attached to; "" for neither.
	Names         []string
	Parent, Scope string

	dialect *dialect
}

// SpellingOf returns the spelling of an ARM type; false when azurerm has no type for it.
func SpellingOf(armType string, major int) (Spelling, bool) {
	var found *schema
	for _, tables := range [][]schema{cosmosTables, clusterTables, networkTables, perimeterTables, frontTables, guardTables, serviceTables, programTables} {
		for i := range tables {
			if found == nil && strings.EqualFold(tables[i].arm, armType) {
				found = &tables[i]
			}
		}
	}
	if found == nil {
		return Spelling{}, false
	}
	s := Spelling{Type: found.name, Names: found.at.own(), Parent: found.at.parent, Scope: found.at.scope}
	s.dialect = &dialect{schema: found, in: &Instance{Type: found.name, Provider: Provider{Name: "azurerm", Major: major}, Config: value.OfObject()}}
	return s, true
}

// Argument returns the argument for a property by its path in ARM's spelling: "virtual_network_rule[0].id", the blocks
// that it is in with their index; false when there is none.
func (s Spelling) Argument(path string) (string, bool) {
	steps, rest := s.dialect.steps(path)
	if len(steps) == 0 || rest != "" {
		return "", false
	}
	return s.dialect.Spell("", path), true
}

// Value returns the value of the argument for a value of the property: false for "Disabled".
func (s Spelling) Value(path string, v value.Value) value.Value {
	steps, rest := s.dialect.steps(path)
	if len(steps) == 0 || rest != "" {
		return v
	}
	return spoken(steps[len(steps)-1].arg, v)
}
