package bicep

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// editor changes the text of one resource's body. It looks at the syntax: only what is written as a literal in its place
// is changed, what a name or a function decides is the author's.
type editor struct {
	file *source.File
	body *Object
	// value is what the body evaluates to, which may have more members than are written: those of a spread.
	value value.Value
}

// edit finds the body of a resource in its file; nil when it is not written there as one object.
func edit(r *model.Resource) *editor {
	at := r.Body.Span
	if at.File == nil || at.File.External {
		return nil
	}
	f, _ := Parse(at.File)
	for _, st := range f.Statements {
		if int(st.Where().Start) > at.Start || at.End > int(st.Where().End) {
			continue
		}
		for _, x := range values(st) {
			if o := objectAt(x, at); o != nil {
				return &editor{at.File, o, r.Body}
			}
		}
	}
	return nil
}

// objectAt finds the object literal at a place.
func objectAt(x Expr, at source.Span) *Object {
	if x == nil || int(x.Where().Start) > at.Start || at.End > int(x.Where().End) {
		return nil
	}
	if o, ok := x.(*Object); ok && int(o.Start) == at.Start && int(o.End) == at.End {
		return o
	}
	var found *Object
	operands(x, func(x Expr) {
		if found == nil {
			found = objectAt(x, at)
		}
	})
	return found
}

func (e *editor) span(r Range) source.Span {
	return source.Span{File: e.file, Start: int(r.Start), End: int(r.End)}
}

// walk follows names as far as members and elements are written. It returns the innermost object or array, and how many
// names lead to it; the value of the last name when all are written.
func (e *editor) walk(names []string) (in Expr, used int, last Expr) {
	in = e.body
	for i, name := range names {
		next, ok := child(in, name)
		if !ok {
			return nil, i, nil
		}
		switch {
		case next == nil:
			return in, i, nil
		case i == len(names)-1:
			return in, i, next
		}
		in = next
	}
	return nil, 0, nil
}

// child is the written value of a member or element: nil when there is none. It is not ok where that cannot be told.
func child(in Expr, name string) (x Expr, ok bool) {
	switch in := in.(type) {
	case *Object:
		return memberValue(in, name)
	case *Array:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(in.Items) && !hasSpread(in.Items) {
			return in.Items[i], true
		}
	}
	return nil, false
}

// memberValue is the value of a member: one that a later spread may replace does not count as written.
func memberValue(o *Object, name string) (Expr, bool) {
	var found Expr
	for _, item := range o.Items {
		switch item := item.(type) {
		case *Spread:
			if found != nil {
				return nil, false
			}
		case *Property:
			if !known(item.Key) {
				return nil, false
			}
			if strings.EqualFold(item.Key.Name, name) {
				found = item.Value
			}
		}
	}
	return found, !o.Partial
}

// known reports whether a key is written out: it has no holes.
func known(k Key) bool {
	s, ok := k.String.(*String)
	if !ok {
		return true
	}
	_, ok = s.Literal()
	return ok
}

func hasSpread(items []Expr) bool {
	for _, x := range items {
		if _, ok := x.(*Spread); ok {
			return true
		}
	}
	return false
}

// set gives the member at a path a value.
func (e *editor) set(path string, v value.Value) []source.Edit {
	names := strings.Split(path, ".")
	in, used, last := e.walk(names)
	switch {
	case in == nil:
		return nil
	case last != nil && isLiteral(last):
		return []source.Edit{{Span: e.span(last.Where()), New: Dialect.Literal(v)}}
	case last != nil:
		return nil
	}
	o, ok := in.(*Object)
	if !ok || used < len(names)-1 && !follow(e.value, names[:used+1]).IsUnset() {
		return nil // a spread brings an object, which must not be lost
	}
	return e.insert(o, names[used:], v)
}

func follow(v value.Value, names []string) value.Value {
	for _, name := range names {
		if i, err := strconv.Atoi(name); err == nil && v.Kind == value.Array {
			v = v.Index(i)
			continue
		}
		v = v.Get(name)
	}
	return v
}

// isLiteral reports whether a value may be replaced: it is no name, function or choice.
func isLiteral(x Expr) bool {
	switch x := x.(type) {
	case *Null, *Bool, *Int, *Array, *Object:
		return true
	case *String:
		_, ok := x.Literal()
		return ok
	case *Unary:
		_, ok := x.Operand.(*Int)
		return ok
	}
	return false
}

// insert adds a member, and the objects that lead to it, at the end of an object.
func (e *editor) insert(o *Object, names []string, v value.Value) []source.Edit {
	return e.add(o.Range, lastItem(o), func(indent, newline string) string {
		text := Dialect.Literal(v)
		for i := len(names) - 1; i > 0; i-- {
			if newline == "" {
				text = "{ " + keyText(names[i]) + ": " + text + " }"
				continue
			}
			outer := indent + strings.Repeat(unit, i-1)
			text = "{" + newline + outer + unit + keyText(names[i]) + ": " + text + newline + outer + "}"
		}
		return keyText(names[0]) + ": " + text
	})
}

// lastItem is the place of the last property or, where there is none, of the last child.
func lastItem(o *Object) *Range {
	var last *Range
	for _, item := range o.Items {
		if _, isChild := item.(*ResourceDecl); isChild && last != nil {
			continue
		}
		r := item.Where()
		last = &r
	}
	return last
}

// unit is the indentation that the formatter of Bicep uses.
const unit = "  "

// add inserts an item at the end of a list in braces or brackets, whose last item may be nil. The item is written by
// text: with what to begin its further lines, or on one line where newline is empty. An insertion of lines stands at the
// end of the line before: some editors misplace those at the start of a line.
func (e *editor) add(list Range, last *Range, text func(indent, newline string) string) []source.Edit {
	anchor := list.Start + 1
	if last != nil {
		anchor = last.End
	}
	end, alone := e.restOfLine(anchor)
	newline := e.file.LineEnd()
	switch {
	case alone && last != nil && e.startsLine(last.Start):
		indent := e.indentation(last.Start)
		return []source.Edit{{Span: e.file.At(end, 0), New: newline + indent + text(indent, newline)}}
	case last != nil:
		return []source.Edit{{Span: e.file.At(int(anchor), 0), New: ", " + text("", "")}}
	case alone && end < int(list.End):
		indent := e.indentation(list.Start) + unit
		return []source.Edit{{Span: e.file.At(end, 0), New: newline + indent + text(indent, newline)}}
	case len(bytes.TrimSpace(e.file.Data[anchor:list.End-1])) > 0:
		return nil // a comment
	}
	data := e.file.Data
	return []source.Edit{{Span: e.span(list), New: string(data[list.Start]) + " " + text("", "") + " " + string(data[list.End-1])}}
}

// restOfLine returns where the line of an offset ends, and whether nothing but a comment follows the offset on it.
func (e *editor) restOfLine(offset int32) (end int, alone bool) {
	rest := e.file.Data[offset:]
	if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	text := strings.TrimLeft(string(rest), " \t")
	alone = text == "" || strings.HasPrefix(text, "//") ||
		strings.HasPrefix(text, "/*") && strings.Index(text, "*/") == len(strings.TrimRight(text, " \t"))-2
	return int(offset) + len(rest), alone
}

// startsLine reports whether there is nothing but space before an offset on its line.
func (e *editor) startsLine(offset int32) bool {
	line := e.file.Data[e.lineStart(offset):offset]
	return len(bytes.TrimLeft(line, " \t")) == 0
}

func (e *editor) lineStart(offset int32) int {
	return bytes.LastIndexAny(e.file.Data[:offset], "\r\n") + 1
}

// indentation is the space that the line of an offset begins with.
func (e *editor) indentation(offset int32) string {
	line := e.file.Data[e.lineStart(offset):]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// append adds an element to the list at a path.
func (e *editor) append(path string, v value.Value) []source.Edit {
	names := strings.Split(path, ".")
	_, _, x := e.walk(names)
	if x == nil && follow(e.value, names).IsUnset() {
		return e.set(path, value.OfArray(v))
	}
	if _, isNull := x.(*Null); isNull {
		return e.set(path, value.OfArray(v))
	}
	list, ok := x.(*Array)
	if !ok {
		return nil
	}
	var last *Range
	if n := len(list.Items); n > 0 {
		r := list.Items[n-1].Where()
		last = &r
	}
	return e.add(list.Range, last, func(string, string) string { return Dialect.Literal(v) })
}
