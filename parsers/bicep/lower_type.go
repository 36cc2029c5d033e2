package bicep

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// typeInfo is what a type means for evaluation.
type typeInfo struct {
	name     string // as ARM has it: "string", "int", "bool", "object", "array"; "" when it is not known
	secure   bool
	nullable bool
	allowed  []expr.Expr // of a literal type, or a union of them
}

const maxTypeDepth = 50

func (lo *lowerer) typeOf(t Type) typeInfo { return lo.typeAt(t, 0) }

func (lo *lowerer) typeAt(t Type, depth int) typeInfo {
	if t == nil || depth > maxTypeDepth {
		return typeInfo{}
	}
	switch t := t.(type) {
	case *TypeRef:
		return lo.namedType(t.Name, depth)
	case *ParenType:
		return lo.typeAt(t.Inner, depth+1)
	case *NullableType:
		info := lo.typeAt(t.Inner, depth+1)
		info.nullable = true
		return info
	case *NonNullType:
		info := lo.typeAt(t.Inner, depth+1)
		info.nullable = false
		return info
	case *ArrayType, *TupleType:
		return typeInfo{name: "array"}
	case *ObjectType:
		return typeInfo{name: "object"}
	case *TypeLiteral:
		return lo.literalType(t.Value)
	case *UnaryType:
		return lo.unaryType(t)
	case *UnionType:
		return lo.unionType(t, depth)
	case *TypeMember:
		return lo.memberType(t, depth)
	}
	return typeInfo{}
}

func (lo *lowerer) namedType(name string, depth int) typeInfo {
	switch s := lo.symbols[name]; {
	case s != nil && s.from != nil && s.name != "":
		return s.from.exportedType(s.name, depth+1)
	case s != nil:
		d, ok := s.decl.(*TypeDecl)
		if !ok || depth >= maxTypeDepth {
			return typeInfo{}
		}
		return s.typ.get(func() typeInfo {
			info := lo.typeAt(d.Type, depth+1)
			info.secure = info.secure || hasDecorator(d.Decorators, "secure")
			return info
		})
	}
	switch name {
	case "string", "int", "bool", "object", "array":
		return typeInfo{name: name}
	}
	return typeInfo{}
}

// memberType is namespace.type, or the type of a property.
func (lo *lowerer) memberType(t *TypeMember, depth int) typeInfo {
	if ref, ok := t.Target.(*TypeRef); ok {
		s := lo.symbols[ref.Name]
		switch {
		case s != nil && s.from != nil && s.name == "":
			return s.from.exportedType(t.Name.Name, depth+1)
		case s == nil && ref.Name == "sys":
			return lo.namedType(t.Name.Name, maxTypeDepth)
		}
	}
	home, object := lo.objectType(t.Target, depth+1)
	if object == nil {
		return typeInfo{}
	}
	for _, p := range object.Properties {
		if p.Key.Name == t.Name.Name {
			info := home.typeAt(p.Type, depth+1)
			info.secure = info.secure || hasDecorator(p.Decorators, "secure")
			return info
		}
	}
	return typeInfo{}
}

// objectType finds the object type that a type stands for, and the file that it is written in.
func (lo *lowerer) objectType(t Type, depth int) (*lowerer, *ObjectType) {
	if depth > maxTypeDepth {
		return nil, nil
	}
	switch t := t.(type) {
	case *ObjectType:
		return lo, t
	case *ParenType:
		return lo.objectType(t.Inner, depth+1)
	case *NullableType:
		return lo.objectType(t.Inner, depth+1)
	case *NonNullType:
		return lo.objectType(t.Inner, depth+1)
	case *TypeRef:
		return lo.declaredObject(lo.symbols[t.Name], depth+1)
	}
	return nil, nil
}

func (lo *lowerer) declaredObject(s *symbol, depth int) (*lowerer, *ObjectType) {
	switch {
	case s == nil:
		return nil, nil
	case s.from != nil && s.name != "":
		return s.from.declaredObject(s.from.own(s.name), depth+1)
	}
	if d, ok := s.decl.(*TypeDecl); ok {
		return lo.objectType(d.Type, depth+1)
	}
	return nil, nil
}

func (lo *lowerer) literalType(x Expr) typeInfo {
	info := typeInfo{}
	switch x := x.(type) {
	case *String:
		info.name = "string"
		if _, ok := x.Literal(); !ok {
			return info
		}
	case *Int:
		info.name = "int"
	case *Bool:
		info.name = "bool"
	case *Null:
		return typeInfo{nullable: true}
	}
	info.allowed = []expr.Expr{lo.expr(x, nil)}
	return info
}

func (lo *lowerer) unaryType(t *UnaryType) typeInfo {
	lit, ok := t.Operand.(*TypeLiteral)
	if !ok {
		return typeInfo{}
	}
	info := lo.literalType(lit.Value)
	if n, ok := lit.Value.(*Int); ok && t.Op == "-" {
		info.allowed = []expr.Expr{integer(n.Value, true, lo.span(t))}
	}
	return info
}

// unionType has allowed values only when all its members have.
func (lo *lowerer) unionType(t *UnionType, depth int) typeInfo {
	out := typeInfo{}
	complete := true
	for _, m := range t.Members {
		info := lo.typeAt(m, depth+1)
		out.nullable = out.nullable || info.nullable
		out.secure = out.secure || info.secure
		if info.name == "" {
			complete = complete && info.nullable
			continue
		}
		out.name = info.name
		complete = complete && len(info.allowed) > 0
		out.allowed = append(out.allowed, info.allowed...)
	}
	if !complete {
		out.allowed = nil
	}
	byName := func(a, b expr.Expr) int { return strings.Compare(literalName(a), literalName(b)) }
	slices.SortStableFunc(out.allowed, byName)
	out.allowed = slices.CompactFunc(out.allowed, func(a, b expr.Expr) bool { return byName(a, b) == 0 })
	return out
}

// literalName is what the compiler sorts the members of a union by.
func literalName(x expr.Expr) string {
	lit, _ := x.(expr.Literal)
	if text, ok := lit.Value.Text(); ok {
		return quote(text)
	}
	return value.Canon(lit.Value)
}

// parameter lowers a parameter with what its type and decorators say.
func (lo *lowerer) parameter(d *ParamDecl) *template.Parameter {
	info := lo.typeOf(d.Type)
	p := &template.Parameter{Name: d.Name.Name, Type: info.name, Nullable: info.nullable, Site: lo.span(d.Name),
		TypeSite: lo.plainType(d.Type), Shape: func() *template.Shape { return lo.shape(d.Type, 0) }}
	if info.secure || hasDecorator(d.Decorators, "secure") {
		p.Type = secured(info.name)
	}
	if len(info.allowed) > 0 {
		p.Allowed = &expr.Array{Items: info.allowed, At: lo.span(d.Type)}
	}
	for _, dec := range d.Decorators {
		lo.decorate(p, dec)
	}
	if d.Default != nil {
		p.Default = lo.lazy(d.Default, func() expr.Expr { return lo.value(d.Default, d.Name.Name, nil) })
		p.DefaultSite = lo.span(d.Name.to(d.Default))
	}
	if d.Broken {
		p.Default, p.Nullable = nil, true
	}
	return p
}

// plainType is where a declaration says that its type is string or object.
func (lo *lowerer) plainType(t Type) source.Span {
	if ref, ok := t.(*TypeRef); ok && (ref.Name == "string" || ref.Name == "object") {
		return lo.span(t)
	}
	return source.Span{}
}

func (lo *lowerer) decorate(p *template.Parameter, dec Decorator) {
	name, args := decorator(dec)
	if len(args) != 1 {
		return
	}
	switch name {
	case "allowed":
		if list, ok := args[0].(*Array); ok {
			p.Allowed = lo.array(list, nil)
		}
	case "minLength":
		if n, ok := args[0].(*Int); ok && n.Value > 0 {
			p.NotEmpty = true
		}
	}
}

// secured is the name of the secure variant of a type.
func secured(name string) string {
	if name == "object" {
		return "secureobject"
	}
	return "securestring"
}

func hasDecorator(list []Decorator, want string) bool {
	for _, d := range list {
		if name, _ := decorator(d); name == want {
			return true
		}
	}
	return false
}

// decorator returns the name and the arguments of a decorator, without the namespace.
func decorator(d Decorator) (string, []Expr) {
	switch x := d.Expr.(type) {
	case *Call:
		return x.Name.Name, x.Args
	case *Ref:
		return x.Name, nil
	case *Access:
		return x.Name.Name, nil
	}
	return "", nil
}
