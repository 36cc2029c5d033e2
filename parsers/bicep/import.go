package bicep

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
)

// importCompiled imports from a template: JSON, or a module of a registry.
func (lo *lowerer) importCompiled(ref string) *lowerer {
	t := lo.files.Module(lo.file.Source, ref, nil)
	if t == nil || t.Definitions == nil {
		return nil
	}
	lo.t.Functions = append(lo.t.Functions, t.Functions...)
	return &lowerer{file: lo.file, files: lo.files, t: lo.t, imported: lo.imported, library: t}
}

// exported is a variable of an imported file.
func (lo *lowerer) exported(name string, at source.Span) expr.Expr {
	if lo.library != nil {
		return lo.constant(name, at)
	}
	s := lo.own(name)
	if s == nil {
		return unknown
	}
	return lo.symbolValue(s, name, at)
}

// own is a symbol that the file declares: what it imports it cannot export.
func (lo *lowerer) own(name string) *symbol {
	if s := lo.symbols[name]; s != nil && s.from == nil {
		return s
	}
	return nil
}

// constant is a variable of a compiled template. Only those that can be computed from the file alone are exported.
func (lo *lowerer) constant(name string, at source.Span) expr.Expr {
	v := expr.New(template.ScopeOf(lo.library)).Eval(call(at, "variables", expr.String(name, at)))
	return expr.Literal{Value: v.At(at)}
}

// exportedFunction is the full name of a function of an imported file; "" when there is none.
func (lo *lowerer) exportedFunction(name string) string {
	if lo.library == nil {
		if s := lo.own(name); s != nil {
			return lo.userFunction(s, name)
		}
		return ""
	}
	for _, f := range lo.library.Functions {
		if _, member, ok := strings.Cut(f.Name, "."); ok && member == name {
			return f.Name
		}
	}
	return ""
}

// exportedType is a type of an imported file.
func (lo *lowerer) exportedType(name string, depth int) typeInfo {
	if lo.library == nil {
		if lo.own(name) == nil {
			return typeInfo{}
		}
		return lo.namedType(name, depth)
	}
	for _, d := range lo.library.Definitions() {
		if d.Name == name {
			return lo.definition(d)
		}
	}
	return typeInfo{}
}

func (lo *lowerer) definition(d *template.Parameter) typeInfo {
	info := typeInfo{name: strings.TrimPrefix(d.Type, "secure"), secure: d.Secure(), nullable: d.Nullable}
	if d.Allowed == nil {
		return info
	}
	for _, a := range expr.New(nil).Eval(d.Allowed).Elems() {
		info.allowed = append(info.allowed, expr.Literal{Value: a})
	}
	return info
}
