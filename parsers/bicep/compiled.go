package bicep

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Compiled returns the template that a file was compiled to, if there is one beside it; nil otherwise. Modules that are
// not on disk are taken from there.
type Compiled func() *template.Template

// compiledModule returns the compiled template of a module, by its symbolic name or, where there are none, by the name of
// its loop or of its deployment.
func (lo *lowerer) compiledModule(sym *resourceSymbol, name expr.Expr) *template.Template {
	if lo.compiled == nil {
		return nil
	}
	t := lo.compiled()
	if t == nil || t.Resources == nil {
		return nil
	}
	for _, r := range t.Resources() {
		if r.Module != nil && stands(r, sym, name) {
			return r.Module.Load()
		}
	}
	return nil
}

// stands reports whether a compiled deployment is that of a module.
func stands(r *template.Resource, sym *resourceSymbol, name expr.Expr) bool {
	switch {
	case r.Symbol != "":
		return strings.EqualFold(r.Symbol, sym.key)
	case r.Copy != nil || sym.loop != nil:
		return r.Copy != nil && sym.loop != nil && strings.EqualFold(r.Copy.Name, sym.key)
	}
	return written(r.Name, 0) == written(name, 0)
}

// written is an expression in one spelling, however it was written. Objects and arrays do not occur in names.
func written(x expr.Expr, depth int) string {
	if depth > maxTypeDepth {
		return ""
	}
	switch x := x.(type) {
	case expr.Literal:
		return value.Canon(x.Value)
	case *expr.Lazy:
		return written(x.Expr(), depth+1)
	case *expr.Index:
		return written(x.Base, depth+1) + "[" + written(x.Key, depth+1) + "]"
	case *expr.Call:
		args := make([]string, len(x.Args))
		for i, a := range x.Args {
			args[i] = written(a, depth+1)
		}
		return strings.ToLower(x.Name) + "(" + strings.Join(args, ",") + ")"
	}
	return ""
}
