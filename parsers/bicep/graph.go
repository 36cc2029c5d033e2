package bicep

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
)

// graphType returns the full type and the version of a resource of Microsoft Graph. A child within another one may leave
// out both the types of its parents and the version.
func graphType(d *ResourceDecl, parent *template.Resource) (typ, version string, ok bool) {
	text := literal(d.Type)
	if parent == nil || !parent.Graph {
		return template.SplitGraphType(text)
	}
	typ, version, _ = strings.Cut(text, "@")
	if !strings.Contains(typ, "/") {
		typ = parent.Type + "/" + typ
	}
	if lit, isLiteral := parent.APIVersion.(expr.Literal); isLiteral && version == "" {
		version, _ = lit.Value.Text()
	}
	return typ, version, true
}

// graphMeta are the properties of a resource of Microsoft Graph that are not sent: its name is.
var graphMeta = map[string]bool{"parent": true, "scope": true, "dependson": true}

// graphResource lowers a resource of Microsoft Graph as the compiler does: a child within another one stands beside it,
// with its full name, and is deployed where its parent is.
func (lo *lowerer) graphResource(d *ResourceDecl, sym *resourceSymbol, parent *template.Resource, outer *scope, typ, version string) *template.Resource {
	r := &template.Resource{
		Symbol: sym.key, Type: typ, Existing: d.Existing, Graph: true, Header: lo.header(d.Name, d.Type),
		APIVersion: expr.String(version, source.Span{}),
	}
	lo.decls[d] = r
	b := lo.common(sym, outer, r)
	if parent != nil {
		r.Copy = parent.Copy
		r.Condition = both(parent.Condition, r.Condition, r.Header)
	}
	b.sc = b.sc.withChildren(sym)
	r.Name = nil
	r.Body = lo.resourceBody(b, graphMeta)
	lo.nested(r, sym, b)
	return r
}

// both is the condition that two conditions hold; nil always does.
func both(x, y expr.Expr, at source.Span) expr.Expr {
	switch {
	case x == nil:
		return y
	case y == nil:
		return x
	}
	return call(at, "and", x, y)
}
