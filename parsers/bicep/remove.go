package bicep

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// remove deletes the members and elements at paths. It answers nil when one of them is not written where its list is, or
// the list has spreads: what is left would be another value.
func (e *editor) remove(paths []string) []source.Edit {
	byList := map[string][]int{}
	var order []string
	for _, p := range paths {
		cut := max(strings.LastIndexByte(p, '.'), 0)
		parent := p[:cut]
		i := itemIndex(e.list(parent), strings.TrimPrefix(p[cut:], "."))
		if i < 0 {
			return nil
		}
		if byList[parent] == nil {
			order = append(order, parent)
		}
		byList[parent] = append(byList[parent], i)
	}
	var edits []source.Edit
	for _, parent := range order {
		list := e.list(parent)
		edits = append(edits, e.removeFrom(list.Where(), itemsOf(list), byList[parent])...)
	}
	return edits
}

// list is the object or array at a path; nil when it is not written there.
func (e *editor) list(path string) Expr {
	if path == "" {
		return e.body
	}
	_, _, x := e.walk(strings.Split(path, "."))
	return x
}

// itemIndex is the place of a member or element in its list; -1 when it cannot be taken out.
func itemIndex(list Expr, name string) int {
	switch list := list.(type) {
	case *Array:
		i, err := strconv.Atoi(name)
		if err == nil && i >= 0 && i < len(list.Items) && !hasSpread(list.Items) {
			return i
		}
	case *Object:
		x, ok := memberValue(list, name)
		if x == nil || !ok {
			return -1
		}
		return slices.IndexFunc(list.Items, func(item Item) bool {
			p, ok := item.(*Property)
			return ok && strings.EqualFold(p.Key.Name, name)
		})
	}
	return -1
}

func itemsOf(list Expr) []Range {
	var out []Range
	switch list := list.(type) {
	case *Array:
		for _, x := range list.Items {
			out = append(out, x.Where())
		}
	case *Object:
		for _, x := range list.Items {
			out = append(out, x.Where())
		}
	}
	return out
}

// removeFrom deletes runs of items: their lines, where they have lines of their own, else up to the next item that stays
// or from the end of the last one that does.
func (e *editor) removeFrom(list Range, items []Range, remove []int) []source.Edit {
	if len(remove) >= len(items) {
		return []source.Edit{{Span: e.span(Range{list.Start + 1, list.End - 1})}}
	}
	var edits []source.Edit
	for i := 0; i < len(items); i++ {
		j := i
		for j < len(items) && slices.Contains(remove, j) {
			j++
		}
		if j == i {
			continue
		}
		edits = append(edits, source.Edit{Span: e.cut(items, i, j)})
		i = j
	}
	return edits
}

// cut is the text of items i to j with what separates them from the others.
func (e *editor) cut(items []Range, i, j int) source.Span {
	start, end := items[i].Start, items[j-1].End
	lineEnd, alone := e.restOfLine(end)
	switch first := e.lineStart(start); {
	case alone && e.startsLine(start) && first > 0:
		return source.Span{File: e.file, Start: first - len(e.lineEnd(first)), End: lineEnd}
	case j < len(items):
		return e.span(Range{start, items[j].Start})
	}
	return e.span(Range{items[i-1].End, end})
}

// lineEnd is the line end before the start of a line.
func (e *editor) lineEnd(start int) string {
	if start > 1 && e.file.Data[start-1] == '\n' && e.file.Data[start-2] == '\r' {
		return "\r\n"
	}
	return "\n"
}
