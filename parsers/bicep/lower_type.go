package bicep

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// typeInfo is what a type means for evaluation.
type typeInfo struct {
	name     string // as ARM has it: "string", "int", "bool", "object", "array"; "" when it is not known
	secure   bool
	nullable bool
	allowed  []expr.Expr // of a literal type, or a union of them
	notEmpty bool
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
		return s.from.namedType(s.name, depth+1)
	case s != nil:
		if d, ok := s.decl.(*TypeDecl); ok && depth < maxTypeDepth {
			info := lo.typeAt(d.Type, depth+1)
			info.secure = info.secure || hasDecorator(d.Decorators, "secure")
			return info
		}
		return typeInfo{}
	}
	switch name {
	case "string", "int", "bool", "object", "array":
		return typeInfo{name: name}
	}
	return typeInfo{}
}

// memberType is namespace.type, or the type of a property.
func (lo *lowerer) memberType(t *TypeMember, depth int) typeInfo {
	ref, ok := t.Target.(*TypeRef)
	if !ok {
		return typeInfo{}
	}
	if s := lo.symbols[ref.Name]; s != nil && s.from != nil && s.name == "" {
		return s.from.namedType(t.Name.Name, depth+1)
	}
	if ref.Name == "sys" {
		return lo.namedType(t.Name.Name, maxTypeDepth)
	}
	return typeInfo{}
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
	slices.SortStableFunc(out.allowed, func(a, b expr.Expr) int { return strings.Compare(literalName(a), literalName(b)) })
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
	p := &template.Parameter{Name: d.Name.Name, Type: info.name, Nullable: info.nullable, Site: lo.span(d.Name)}
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

// paramValue lowers the assignments of a parameter file. Its own variables and parameters are in scope.
func paramName(st Stmt) (string, Expr, bool) {
	a, ok := st.(*ParamAssign)
	if !ok || a.Broken {
		return "", nil, false
	}
	return a.Name.Name, a.Value, true
}

// Using returns what a parameter file says it is for: the reference after using; "" for none.
func Using(f *File) string {
	for _, st := range f.Statements {
		if u, ok := st.(*UsingDecl); ok {
			return literal(u.Path)
		}
	}
	return ""
}

// LowerParameters makes the arguments that a parameter file gives, and the template that is the scope of their
// expressions: the file's variables, and its own parameters as variables of the same name.
func LowerParameters(f *File, files Files) ([]template.Argument, *template.Template) {
	t := &template.Template{File: f.Source, Dialect: Dialect}
	lo := &lowerer{file: f, files: files, t: t, imported: map[string]*lowerer{}}
	lo.declare()
	lo.variablesAndFunctions()
	base := lo.extended()
	var args []template.Argument
	for _, st := range f.Statements {
		name, x, ok := paramName(st)
		if !ok {
			continue
		}
		v := lo.lazy(x, func() expr.Expr { return lo.value(x, name, nil) })
		t.Parameters = append(t.Parameters, &template.Parameter{Name: name, Default: v, Nullable: true, Site: lo.span(st)})
		args = append(args, template.Argument{Name: name, Value: v, Site: lo.span(st)})
	}
	for _, b := range base {
		if !given(args, b.Name) {
			args = append(args, b)
		}
	}
	return args, t
}

func given(args []template.Argument, name string) bool {
	for _, a := range args {
		if strings.EqualFold(a.Name, name) {
			return true
		}
	}
	return false
}

const maxExtends = 10

// extended returns the assignments of the file that this one extends.
func (lo *lowerer) extended() []template.Argument {
	for _, st := range lo.file.Statements {
		e, ok := st.(*ExtendsDecl)
		if !ok || len(lo.prefix) > maxExtends {
			continue
		}
		f := lo.files.Bicep(lo.file.Source, literal(e.Path))
		if f == nil {
			return nil
		}
		base := &lowerer{file: f, files: lo.files, t: lo.t, imported: lo.imported, prefix: lo.prefix + "_"}
		base.declare()
		base.variablesAndFunctions()
		args := base.extended()
		for _, st := range f.Statements {
			if name, x, ok := paramName(st); ok && !given(args, name) {
				args = append(args, template.Argument{
					Name: name, Site: base.span(st), Value: base.lazy(x, func() expr.Expr { return base.value(x, name, nil) }),
				})
			}
		}
		return args
	}
	return nil
}
