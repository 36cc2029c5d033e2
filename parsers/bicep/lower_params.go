package bicep

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
)

// Using returns what a parameter file says it is for: the reference after using and its place; "" for none.
func Using(f *File) (ref string, at source.Span) {
	for _, st := range f.Statements {
		if u, ok := st.(*UsingDecl); ok && u.Path != nil {
			return literal(u.Path), f.Span(u.Path)
		}
	}
	return "", source.Span{}
}

// LowerParameters makes the arguments that a parameter file gives, and the template that is the scope of their
// expressions: the file's variables and assignments.
func LowerParameters(f *File, files Files) ([]template.Argument, *template.Template) {
	t := &template.Template{File: f.Source, Dialect: Dialect}
	lo := &lowerer{file: f, files: files, t: t, imported: map[string]*lowerer{}}
	return lo.assignments(0), t
}

// maxExtends bounds how many parameter files extend each other.
const maxExtends = 10

// assignments are those of the file, which are variables to its expressions, and those of the file that it extends.
func (lo *lowerer) assignments(depth int) []template.Argument {
	lo.declare()
	lo.variablesAndFunctions()
	if lo.base = lo.extended(depth); lo.base == nil {
		lo.base = []template.Argument{}
	}
	var args []template.Argument
	for _, st := range lo.file.Statements {
		a, ok := st.(*ParamAssign)
		if !ok {
			continue
		}
		name := a.Name.Name
		lo.variable(name, a, a.Value)
		args = append(args, template.Argument{
			Name: name, Value: call(lo.span(a), "variables", expr.String(lo.prefix+name, lo.span(a.Name))), Site: lo.span(a),
		})
	}
	for _, b := range lo.base {
		if !given(args, b.Name) {
			args = append(args, b)
		}
	}
	return args
}

func given(args []template.Argument, name string) bool {
	for _, a := range args {
		if strings.EqualFold(a.Name, name) {
			return true
		}
	}
	return false
}

// extended are the assignments of the file that this one extends.
func (lo *lowerer) extended(depth int) []template.Argument {
	for _, st := range lo.file.Statements {
		e, ok := st.(*ExtendsDecl)
		if !ok || depth >= maxExtends {
			continue
		}
		f := lo.files.Bicep(lo.file.Source, literal(e.Path))
		if f == nil {
			return nil
		}
		base := &lowerer{file: f, files: lo.files, t: lo.t, imported: lo.imported, prefix: lo.prefix + "base."}
		return base.assignments(depth + 1)
	}
	return nil
}

// baseObject is what the name base means: the assignments of the file that this one extends.
func (lo *lowerer) baseObject(at source.Span) expr.Expr {
	o := &expr.Object{At: at}
	for _, b := range lo.base {
		o.Members = append(o.Members, expr.Member{Key: expr.String(b.Name, b.Site), Value: b.Value, Site: b.Site})
	}
	return o
}
