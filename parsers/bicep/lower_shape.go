package bicep

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/template"
)

// hiddenType is a type that cannot be seen, or one of several.
var hiddenType = &template.Shape{Unknown: true}

// shape is what a type says of what is secure in its values; depth counts the names in a row.
func (lo *lowerer) shape(t Type, depth int) *template.Shape {
	if depth > maxTypeDepth {
		return nil
	}
	switch t := t.(type) {
	case *TypeRef:
		return lo.namedShape(t.Name, depth+1)
	case *ParenType:
		return lo.shape(t.Inner, depth+1)
	case *NullableType:
		return lo.shape(t.Inner, depth+1)
	case *NonNullType:
		return lo.shape(t.Inner, depth+1)
	case *UnionType:
		return hiddenType
	case *ArrayType:
		var item lazily[*template.Shape]
		return &template.Shape{Item: func(int) *template.Shape {
			return item.get(func() *template.Shape { return lo.shape(t.Item, 0) })
		}}
	case *TupleType:
		return &template.Shape{Item: func(i int) *template.Shape {
			if i >= len(t.Items) {
				return nil
			}
			return lo.decoratedShape(t.Items[i].Type, t.Items[i].Decorators, 0)
		}}
	case *ObjectType:
		return &template.Shape{Member: lo.memberShapes(t)}
	case *TypeMember:
		return lo.memberShape(t, depth+1)
	case *TypeRest:
		return lo.shape(t.Target, depth+1).At(restName)
	case *TypeItems:
		return lo.shape(t.Target, depth+1).Of(0)
	case *TypeIndex:
		if n, ok := t.Index.(*Int); ok {
			return lo.shape(t.Target, depth+1).Of(int(n.Value))
		}
	}
	return nil
}

// decoratedShape is the shape of a type that is declared with decorators.
func (lo *lowerer) decoratedShape(t Type, decorators []Decorator, depth int) *template.Shape {
	if hasDecorator(decorators, "secure") {
		return &template.Shape{Secure: true}
	}
	return lo.shape(t, depth)
}

// namedShape is the shape of a type of the user; those of the language have none.
func (lo *lowerer) namedShape(name string, depth int) *template.Shape {
	s := lo.symbols[name]
	switch {
	case s == nil:
		return nil
	case s.from != nil && s.name != "":
		return s.from.exportedShape(s.name, depth)
	}
	switch d := s.decl.(type) {
	case *TypeDecl:
		return lo.decoratedShape(d.Type, d.Decorators, depth)
	case *ImportDecl:
		return hiddenType
	}
	return nil
}

// exportedShape is that of a type of an imported file.
func (lo *lowerer) exportedShape(name string, depth int) *template.Shape {
	if lo.library == nil {
		return lo.namedShape(name, depth)
	}
	for _, d := range lo.library.Definitions() {
		if d.Name == name && d.Shape != nil {
			return d.Shape()
		}
	}
	return hiddenType
}

// restName is the name under which the type of further members is found: no type has a member called so.
const restName = "*"

// memberShapes finds the types of members by name, each once.
func (lo *lowerer) memberShapes(t *ObjectType) func(string) *template.Shape {
	types := make(map[string]*TypeProperty, len(t.Properties))
	for i, p := range t.Properties {
		if p.Rest {
			p.Key.Name = restName
		}
		types[strings.ToLower(p.Key.Name)] = &t.Properties[i]
	}
	seen := map[*TypeProperty]*template.Shape{}
	return func(name string) *template.Shape {
		p := types[strings.ToLower(name)]
		if p == nil {
			p = types[restName]
		}
		if _, ok := seen[p]; !ok && p != nil {
			seen[p] = lo.decoratedShape(p.Type, p.Decorators, 0)
		}
		return seen[p]
	}
}

// memberShape is namespace.type, or the type of a property.
func (lo *lowerer) memberShape(t *TypeMember, depth int) *template.Shape {
	if ref, ok := t.Target.(*TypeRef); ok {
		if s := lo.symbols[ref.Name]; s != nil && s.from != nil && s.name == "" {
			return s.from.exportedShape(t.Name.Name, depth)
		}
	}
	return lo.shape(t.Target, depth).At(t.Name.Name)
}
