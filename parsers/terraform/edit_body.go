package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// setBody writes into the body of an azapi resource, where that is an object constructor.
func (d *dialect) setBody(r *model.Resource, path string, v value.Value) []source.Edit {
	object := r.Body
	names := strings.Split(path, ".")
	for i, name := range names {
		if object.Kind == value.Array {
			n, err := strconv.Atoi(name)
			if err != nil || n >= len(object.Elems()) {
				return nil
			}
			object = object.Index(n)
			if i == len(names)-1 && isLiteral(object.Span) {
				return []source.Edit{{Span: object.Span, New: literal(v)}}
			}
			continue
		}
		f, ok := object.Lookup(name)
		if !ok {
			return insertMember(object, names[i:], v)
		}
		if i == len(names)-1 {
			return replaceConstant(f, literal(v))
		}
		if !f.Site.Contains(f.Value.Span) {
			return nil
		}
		object = f.Value
	}
	return nil
}

// replaceConstant is replaceLiteral also of a list or an object in which there is nothing but literals.
func replaceConstant(f value.Field, text string) []source.Edit {
	if edits := replaceLiteral(f, text); edits != nil {
		return edits
	}
	if !f.Site.Contains(f.Value.Span) || !isConstant(f.Value) || strings.ContainsAny(f.Value.Span.Text(), "#") {
		return nil
	}
	return []source.Edit{{Span: f.Value.Span, New: text}}
}

// isConstant tells a value that is written as literals, in constructors of lists and objects.
func isConstant(v value.Value) bool {
	text := v.Span.Text()
	switch {
	case v.From != nil || v.Open:
		return false
	case v.Kind == value.Array && isTuple(v):
		return !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return !isConstant(e) })
	case v.Kind == value.Object && strings.HasPrefix(text, "{") && !strings.Contains(text, "//"):
		return !slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return !v.Span.Contains(f.Value.Span) || !isConstant(f.Value) })
	}
	return isLiteral(v.Span)
}

// insertMember adds a member, and the objects that lead to it, to an object constructor.
func insertMember(object value.Value, names []string, v value.Value) []source.Edit {
	if object.Kind != value.Object || !strings.HasPrefix(object.Span.Text(), "{") {
		return nil
	}
	text := literal(v)
	for i := len(names) - 1; i > 0; i-- {
		text = "{ " + names[i] + " = " + text + " }"
	}
	text = names[0] + " = " + text
	last := lastWithin(object, object.Span)
	if last.IsZero() {
		if strings.TrimSpace(strings.Trim(object.Span.Text(), "{}")) != "" {
			return nil
		}
		return []source.Edit{{Span: object.Span, New: "{ " + text + " }"}}
	}
	if strings.Contains(last.Text(), ":") && !strings.Contains(last.Text(), "=") {
		return nil // an object in JSON
	}
	return after(last, text, object.Span.Start)
}

// lastWithin is the place of the member that is written last in a place.
func lastWithin(object value.Value, in source.Span) source.Span {
	var last source.Span
	for _, f := range object.Fields() {
		if in.Contains(f.Site) && f.Site.End > last.End {
			last = f.Site
		}
	}
	return last
}

// removeFromBody takes elements of tuple constructors in the body of an azapi resource away.
func removeFromBody(body value.Value, paths []string) []source.Edit {
	gone := map[string][]int{}
	var order []string
	for _, p := range paths {
		cut := strings.LastIndexByte(p, '.')
		i, err := strconv.Atoi(p[cut+1:])
		if cut < 0 || err != nil || !isTuple(follow(body, p[:cut])) {
			return nil
		}
		if gone[p[:cut]] == nil {
			order = append(order, p[:cut])
		}
		gone[p[:cut]] = append(gone[p[:cut]], i)
	}
	var edits []source.Edit
	for _, p := range order {
		e := cutElements(follow(body, p), gone[p])
		if e == nil {
			return nil
		}
		edits = append(edits, e...)
	}
	return edits
}

// isTuple tells a list that is written as a constructor of literals and objects, one after the other.
func isTuple(v value.Value) bool {
	if v.Kind != value.Array || v.Open || !strings.HasPrefix(v.Span.Text(), "[") || !strings.HasSuffix(v.Span.Text(), "]") {
		return false
	}
	end := v.Span.Start + 1
	for _, e := range v.Elems() {
		if !v.Span.Contains(e.Span) || e.Span.Start < end || !isLiteral(e.Span) && !strings.HasPrefix(e.Span.Text(), "{") {
			return false
		}
		if between := string(v.Span.File.Data[end:e.Span.Start]); strings.Trim(between, ", \t\r\n") != "" {
			return false
		}
		end = e.Span.End
	}
	return strings.Trim(string(v.Span.File.Data[end:v.Span.End-1]), ", \t\r\n") == ""
}

// appendToBody adds an element to a tuple constructor in the body of an azapi resource.
func appendToBody(d *dialect, r *model.Resource, path string, v value.Value) []source.Edit {
	list := follow(r.Body, path)
	switch {
	case list.IsUnset():
		return d.setBody(r, path, value.OfArray(v))
	case !isTuple(list):
		return nil
	case len(list.Elems()) == 0:
		return []source.Edit{{Span: list.Span, New: literal(value.OfArray(v))}}
	}
	return afterLast(list, v)
}
