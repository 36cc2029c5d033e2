package arm

import (
	"math"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// lower makes the expression that a JSON value of a template stands for. Objects, arrays and expression strings are
// looked into only when they are evaluated.
func (n node) lower() expr.Expr {
	switch n.kind() {
	case '{', '[':
		return &expr.Lazy{At: n.span(), Make: n.composite}
	case '"':
		if n.doc.file.Data[n.start+1] == '[' && n.end-n.start > 3 {
			return &expr.Lazy{At: n.span(), Make: n.parse}
		}
		return expr.String(n.text(), n.span())
	}
	return n.scalar()
}

// literal makes the expression of a JSON value in which strings are not expressions: a parameter file's.
func (n node) literal() expr.Expr {
	switch n.kind() {
	case '{':
		o := &expr.Object{At: n.span()}
		for _, m := range n.members() {
			o.Members = append(o.Members, expr.Member{Key: expr.String(m.name, m.key), Value: m.value.literal(), Site: m.site()})
		}
		return o
	case '[':
		a := &expr.Array{At: n.span()}
		for _, e := range n.elements() {
			a.Items = append(a.Items, e.literal())
		}
		return a
	case '"':
		return expr.String(n.text(), n.span())
	}
	return n.scalar()
}

func (n node) scalar() expr.Expr {
	v := value.Value{}
	switch n.kind() {
	case 't', 'f':
		v = value.OfBool(n.kind() == 't')
	case 'n':
		v = value.NullValue
	case 0:
	default:
		v = number(n.doc.clean[n.start:n.end])
	}
	return expr.Literal{Value: v.At(n.span())}
}

// number keeps integers integers.
func number(text string) value.Value {
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return value.OfInt(i)
	}
	f, _ := strconv.ParseFloat(text, 64)
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return value.OfInt(int64(f))
	}
	return value.OfFloat(f)
}

// parse parses an expression string.
func (n node) parse() expr.Expr { return n.parseText(n.text(), n.span()) }

func (n node) parseText(text string, whole source.Span) expr.Expr {
	x, err := expr.ParseString(text, n.place(), whole)
	if err != nil {
		n.doc.problem("expression-syntax", err.Span, "This expression cannot be parsed: "+err.Message+".")
	}
	return x
}

func (n node) composite() expr.Expr {
	if n.kind() == '[' {
		a := &expr.Array{At: n.span()}
		for _, e := range n.elements() {
			a.Items = append(a.Items, e.lower())
		}
		return a
	}
	return lowerMembers(n.members(), n.span())
}

func lowerMembers(members []member, at source.Span) *expr.Object {
	o := &expr.Object{At: at, Members: make([]expr.Member, 0, len(members))}
	for _, m := range members {
		if strings.EqualFold(m.name, "copy") && m.value.kind() == '[' {
			o.Members = append(o.Members, loops(m.value)...)
			continue
		}
		o.Members = append(o.Members, expr.Member{Key: m.lowerKey(), Value: m.value.lower(), Site: m.site()})
	}
	return o
}

// lowerKey makes the expression of a key: "[parameters('id')]": {} has a computed one.
func (m member) lowerKey() expr.Expr {
	if !strings.HasPrefix(m.name, "[") || !strings.HasSuffix(m.name, "]") {
		return expr.String(m.name, m.key)
	}
	n := node{m.value.doc, m.key.Start, m.key.End}
	return n.parseText(m.name, m.key)
}

func (m member) site() source.Span { return m.key.To(m.value.span()) }

// loops are the members that a property copy makes: [{name, count, input}].
func loops(list node) []expr.Member {
	var out []expr.Member
	for _, c := range list.elements() {
		name := c.get("name")
		if name.kind() != '"' {
			continue
		}
		out = append(out, expr.Member{
			Key:   expr.String(name.text(), name.span()),
			Value: loop(c, name.text()),
			Site:  c.span(),
		})
	}
	return out
}

// loop makes an array of a {count, input} object.
func loop(c node, name string) *expr.Loop {
	return &expr.Loop{Name: name, Count: c.get("count").lower(), Input: c.get("input").lower(), At: c.span()}
}
