package arm

import (
	"iter"
	"strings"
	"sync"

	"github.com/cosmoslint/cosmoslint/internal/template"
)

// definitions are the types of a template by their lower-case name, as $ref has it.
type definitions func() map[string]node

func definitionsOf(n node) definitions {
	return sync.OnceValue(func() map[string]node { return byName(n) })
}

func byName(n node) map[string]node {
	members := n.members()
	out := make(map[string]node, len(members))
	for _, m := range members {
		out[strings.ToLower(m.name)] = m.value
	}
	return out
}

// maxRefs bounds how many definitions refer to each other in a row.
const maxRefs = 20

// declarations are a declaration and the definitions that it refers to, one after the other.
func (d definitions) declarations(decl node) iter.Seq[section] {
	return func(yield func(section) bool) {
		for range maxRefs {
			s := sectionOf(decl)
			name, refers := strings.CutPrefix(s.get("$ref").text(), "#/definitions/")
			if !yield(s) || !refers {
				return
			}
			if decl = d()[strings.ToLower(strings.NewReplacer("~1", "/", "~0", "~").Replace(name))]; !decl.exists() {
				return
			}
		}
	}
}

// shape is what a type says of what is secure in its values. Which of several types of an object is meant is not asked.
func (d definitions) shape(decl node) *template.Shape {
	if decl.kind() != '{' {
		return nil
	}
	out := &template.Shape{}
	for s := range d.declarations(decl) {
		out.Secure = out.Secure || strings.HasPrefix(strings.ToLower(s.get("type").text()), "secure")
		out.Unknown = out.Unknown || s.get("discriminator").exists()
		if properties, rest := s.get("properties"), s.get("additionalproperties"); properties.exists() || rest.exists() {
			out.Member = d.members(properties, rest)
		}
		if first, rest := s.get("prefixitems"), s.get("items"); first.exists() || rest.exists() {
			out.Item = d.items(first, rest)
		}
	}
	return out
}

// members finds the types of members by name, each once.
func (d definitions) members(properties, rest node) func(string) *template.Shape {
	types := sync.OnceValue(func() map[string]node { return byName(properties) })
	seen := map[string]*template.Shape{}
	others := sync.OnceValue(func() *template.Shape { return d.shape(rest) })
	return func(name string) *template.Shape {
		name = strings.ToLower(name)
		decl, ok := types()[name]
		if !ok {
			return others()
		}
		if _, ok := seen[name]; !ok {
			seen[name] = d.shape(decl)
		}
		return seen[name]
	}
}

// items finds the types of elements by their place.
func (d definitions) items(first, rest node) func(int) *template.Shape {
	types := sync.OnceValue(first.elements)
	others := sync.OnceValue(func() *template.Shape { return d.shape(rest) })
	return func(i int) *template.Shape {
		if i < len(types()) {
			return d.shape(types()[i])
		}
		return others()
	}
}
