package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

// jsonLabels are how many labels stand between a block's type and its body.
var jsonLabels = map[string]int{
	"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "provider": 1,
	"terraform": 0, "locals": 0, "moved": 0, "removed": 0, "import": 0, "check": 1, "action": 2,
}

// parseJSON reads the JSON form of the language into the same blocks and syntax tree as the native form. Strings are
// templates, members called "//" are comments.
func parseJSON(f *source.File) (*block, bool) {
	v, ok := arm.ParseValue(f)
	root := &block{}
	if !ok || v.Kind != value.Object {
		return root, false
	}
	for _, field := range v.Fields() {
		n, known := jsonLabels[field.Name]
		if known {
			jsonBlocks(root, field.Name, nil, field, n)
		}
	}
	return root, true
}

// jsonBlocks makes blocks of a member: n more levels of names are labels, then comes the body or a list of bodies.
func jsonBlocks(root *block, typ string, labels []string, field value.Field, n int) {
	for _, body := range elementsOrSelf(field.Value) {
		if body.Kind != value.Object {
			continue
		}
		if n > 0 {
			for _, f := range body.Fields() {
				if !strings.HasPrefix(f.Name, "//") {
					jsonBlocks(root, typ, append(labels[:len(labels):len(labels)], f.Name), f, n-1)
				}
			}
			continue
		}
		b := &block{typ: typ, labels: labels, header: keyOf(field.Site), site: field.Site}
		jsonBody(b, body)
		root.blocks = append(root.blocks, b)
	}
}

func elementsOrSelf(v value.Value) []value.Value {
	if v.Kind == value.Array {
		return v.Elems()
	}
	return []value.Value{v}
}

// keyOf narrows the site of a member to its first line.
func keyOf(s source.Span) source.Span {
	if i := strings.IndexAny(s.Text(), "\r\n"); i >= 0 {
		s.End = s.Start + i
	}
	return s
}

func jsonBody(b *block, v value.Value) {
	for _, f := range v.Fields() {
		if strings.HasPrefix(f.Name, "//") {
			continue
		}
		b.attrs = append(b.attrs, &attribute{name: f.Name, expr: jsonExpr(f.Value), site: f.Site})
	}
}

// jsonExpr is the syntax tree that stands for a JSON value.
func jsonExpr(v value.Value) hclsyntax.Expression {
	rng := rangeOf(v.Span)
	switch v.Kind {
	case value.String:
		text, _ := v.Text()
		return jsonTemplate(text, v.Span)
	case value.Array:
		e := &hclsyntax.TupleConsExpr{SrcRange: rng, OpenRange: rng}
		for _, x := range v.Elems() {
			e.Exprs = append(e.Exprs, jsonExpr(x))
		}
		return e
	case value.Object:
		e := &hclsyntax.ObjectConsExpr{SrcRange: rng, OpenRange: rng}
		for _, f := range v.Fields() {
			if strings.HasPrefix(f.Name, "//") {
				continue
			}
			at := rangeOf(f.Site)
			e.Items = append(e.Items, hclsyntax.ObjectConsItem{
				KeyExpr:   &hclsyntax.LiteralValueExpr{Val: cty.StringVal(f.Name), SrcRange: at},
				ValueExpr: jsonExpr(f.Value),
			})
		}
		return e
	}
	return &hclsyntax.LiteralValueExpr{Val: toCty(v), SrcRange: rng}
}

func rangeOf(s source.Span) hcl.Range {
	if s.File == nil {
		return hcl.Range{}
	}
	return hcl.Range{Filename: s.File.Path, Start: hcl.Pos{Line: 1, Column: 1, Byte: s.Start}, End: hcl.Pos{Line: 1, Column: 1, Byte: s.End}}
}

// jsonTemplate parses the template in a string. Offsets are right unless the string has escapes in it.
func jsonTemplate(text string, at source.Span) hclsyntax.Expression {
	literal := &hclsyntax.LiteralValueExpr{Val: cty.StringVal(text), SrcRange: rangeOf(at)}
	if !strings.Contains(text, "${") && !strings.Contains(text, "%{") {
		return literal
	}
	start := rangeOf(at).Start
	start.Byte++
	e, ok := parseTemplate(text, rangeOf(at).Filename, start)
	if !ok {
		return &hclsyntax.ExprSyntaxError{Placeholder: cty.DynamicVal, SrcRange: rangeOf(at)}
	}
	return e
}

// reparse turns a JSON string that stands for an expression, as in depends_on or type, into that expression.
func reparse(e hclsyntax.Expression) hclsyntax.Expression {
	lit, ok := e.(*hclsyntax.LiteralValueExpr)
	if !ok || lit.Val.IsNull() || lit.Val.Type() != cty.String {
		return e
	}
	text := lit.Val.AsString()
	start := lit.SrcRange.Start
	start.Byte++
	parsed, ok := parseExpression(text, lit.SrcRange.Filename, start)
	if !ok {
		return e
	}
	return parsed
}
