package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// attribute is `name = expression`, in native syntax or JSON.
type attribute struct {
	name string
	expr hclsyntax.Expression
	site source.Span
}

// block is a block of either syntax. In JSON a nested block cannot be told from an attribute: it is one there.
type block struct {
	typ    string
	labels []string
	attrs  []*attribute // in source order
	blocks []*block
	header source.Span // type and labels
	site   source.Span // the whole block
}

// attr returns the attribute with that name, nil when there is none.
func (b *block) attr(name string) *attribute {
	for _, a := range b.attrs {
		if a.name == name {
			return a
		}
	}
	return nil
}

// expr returns the expression of an attribute, nil when there is none.
func (b *block) expr(name string) hclsyntax.Expression {
	if a := b.attr(name); a != nil {
		return a.expr
	}
	return nil
}

// nested returns the nested blocks of a type; one written in JSON is made of its attribute.
func (b *block) nested(typ string) []*block {
	var out []*block
	for _, n := range b.blocks {
		if n.typ == typ {
			out = append(out, n)
		}
	}
	if a := b.attr(typ); a != nil && len(out) == 0 {
		out = objectBlocks(a, a.expr)
	}
	return out
}

// objectBlocks reads an object, or a list of objects, as blocks.
func objectBlocks(a *attribute, e hclsyntax.Expression) []*block {
	switch e := e.(type) {
	case *hclsyntax.TupleConsExpr:
		var out []*block
		for _, x := range e.Exprs {
			out = append(out, objectBlocks(a, x)...)
		}
		return out
	case *hclsyntax.ObjectConsExpr:
		n := &block{typ: a.name, header: a.site, site: a.site}
		for _, item := range e.Items {
			if name, ok := literalText(item.KeyExpr); ok {
				n.attrs = append(n.attrs, &attribute{name: name, expr: item.ValueExpr, site: span(a.site.File, hcl.RangeBetween(item.KeyExpr.Range(), item.ValueExpr.Range()))})
			}
		}
		return []*block{n}
	}
	return nil
}

// literalText returns the text of an expression that is nothing but text or a bare word.
func literalText(e hclsyntax.Expression) (string, bool) {
	if word := hcl.ExprAsKeyword(e); word != "" {
		return word, true
	}
	switch e := e.(type) {
	case *hclsyntax.ObjectConsKeyExpr:
		if !e.ForceNonLiteral {
			return literalText(e.Wrapped)
		}
	case *hclsyntax.TemplateExpr:
		if len(e.Parts) == 0 {
			return "", true
		}
		if e.IsStringLiteral() {
			return literalText(e.Parts[0])
		}
	case *hclsyntax.LiteralValueExpr:
		text, ok := fromCty(e.Val).Text()
		return text, ok
	}
	return "", false
}

// span is the place of a range. What hclsyntax recovered of a broken file may have a range that ends nowhere.
func span(f *source.File, r hcl.Range) source.Span {
	if f == nil {
		return source.Span{}
	}
	start := min(max(r.Start.Byte, 0), len(f.Data))
	return source.Span{File: f, Start: start, End: min(max(r.End.Byte, start), len(f.Data))}
}

// lowerBody turns hclsyntax's body, whose attributes are a map, into ours.
func lowerBody(f *source.File, body *hclsyntax.Body, b *block) {
	for name, a := range body.Attributes {
		b.attrs = append(b.attrs, &attribute{name: name, expr: a.Expr, site: span(f, a.SrcRange)})
	}
	slices.SortFunc(b.attrs, func(x, y *attribute) int { return x.site.Start - y.site.Start })
	for _, n := range body.Blocks {
		c := &block{typ: n.Type, labels: n.Labels, header: span(f, n.DefRange()), site: span(f, n.Range())}
		lowerBody(f, n.Body, c)
		b.blocks = append(b.blocks, c)
	}
}

// isMeta tells the arguments that belong to Terraform, not to the provider.
func isMeta(name string) bool {
	switch name {
	case "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection", "dynamic", "//":
		return true
	}
	return strings.HasPrefix(name, "//")
}

// tupleItems are the elements of a list that is written out.
func tupleItems(e hclsyntax.Expression) []hclsyntax.Expression {
	if t, ok := e.(*hclsyntax.TupleConsExpr); ok {
		return t.Exprs
	}
	return nil
}

// firstName is the first name of a reference, also of one in quotes: "tags" in [tags["x"]].
func firstName(e hclsyntax.Expression) string {
	if text, ok := literalText(e); ok {
		e = reparse(&hclsyntax.LiteralValueExpr{Val: cty.StringVal(text), SrcRange: e.Range()})
	}
	t, diags := hcl.AbsTraversalForExpr(e)
	if diags.HasErrors() {
		return ""
	}
	return t.RootName()
}
