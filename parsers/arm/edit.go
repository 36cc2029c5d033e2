package arm

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// setMember gives the member at path the JSON text. It answers nil where the object was not written as a literal at one
// place: a value that a variable, parameter or expression decides is the author's to change.
func setMember(body value.Value, path, json string) []source.Edit {
	object := body
	names := strings.Split(path, ".")
	for i, name := range names {
		if f, ok := writtenElement(object, name); ok {
			if i == len(names)-1 {
				return replaceValue(f, json)
			}
			object = f.Value
			continue
		}
		if !writtenObject(object) {
			return nil
		}
		f, ok := object.Lookup(name)
		if !ok || f.Value.Kind == value.Absent {
			return insertMember(object, names[i:], json)
		}
		if f.Site.IsZero() || !f.Site.Contains(f.Value.Span) {
			return nil
		}
		if i == len(names)-1 {
			return replaceValue(f, json)
		}
		object = f.Value
	}
	return nil
}

// writtenObject reports whether v is an object literal of a file, in JSON: Terraform's jsonencode makes templates of
// objects in its own syntax, which is not written here.
func writtenObject(v value.Value) bool {
	if v.Kind != value.Object || !strings.HasPrefix(v.Span.Text(), "{") {
		return false
	}
	for _, f := range v.Fields() {
		if !f.Site.IsZero() && v.Span.Contains(f.Site) && !jsonMember.MatchString(f.Site.Text()) {
			return false
		}
	}
	return true
}

// jsonMember is how a member begins in JSON; one that a loop makes is the loop's own object.
var jsonMember = regexp.MustCompile(`^\{|^"(?:[^"\\]|\\.)*"\s*:`)

// writtenElement returns the element of an array literal at a place in its path, if it is written there.
func writtenElement(v value.Value, index string) (value.Field, bool) {
	i, err := strconv.Atoi(index)
	if err != nil || v.Kind != value.Array || !strings.HasPrefix(v.Span.Text(), "[") {
		return value.Field{}, false
	}
	e := v.Index(i)
	return value.Field{Value: e, Site: e.Span}, v.Span.Contains(e.Span) && !withinString(v.Span, e.Span.Start)
}

// withinString reports whether an offset of an array literal is inside a string: where the value of an expression is
// written, as opposed to an element.
func withinString(array source.Span, offset int) bool {
	inside := false
	for i := array.Start; i < offset; i++ {
		switch c := array.File.Data[i]; {
		case c == '\\' && inside:
			i++
		case c == '"':
			inside = !inside
		}
	}
	return inside
}

// replaceValue replaces a value that stands where its member is written, unless it is an expression.
func replaceValue(f value.Field, json string) []source.Edit {
	text := f.Value.Span.Text()
	if text == "" || strings.HasPrefix(text, `"[`) && !strings.HasPrefix(text, `"[[`) || f.Value.Span.End != f.Site.End {
		return nil
	}
	return []source.Edit{{Span: f.Value.Span, New: json}}
}

// insertMember adds a member, and the objects that lead to it, to an object: after the last member, if that can be done.
func insertMember(object value.Value, names []string, json string) []source.Edit {
	for i := len(names) - 1; i > 0; i-- {
		json = `{ "` + names[i] + `": ` + json + ` }`
	}
	member := `"` + names[0] + `": ` + json
	last := lastSite(object)
	if last.IsZero() {
		return emptyObject(object.Span, member)
	}
	if strings.ContainsAny(string(last.File.Data[last.End:object.Span.End-1]), `"]}`) {
		return insertFirst(object.Span, member) // the last member is the loop of a property, which stands in a list
	}
	return afterLast(object.Span, last, member)
}

// afterLast adds an item after the last one. A comment on its line stays there.
func afterLast(container, last source.Span, item string) []source.Edit {
	white, f := separator(container, last), last.File
	if end := f.AfterComment(last.End); end > last.End && white != " " {
		return []source.Edit{{Span: f.At(last.End, 0), New: ","}, {Span: f.At(end, 0), New: white + item}}
	}
	return []source.Edit{{Span: f.At(last.End, 0), New: "," + white + item}}
}

// insertFirst adds a member before all others.
func insertFirst(object source.Span, member string) []source.Edit {
	inner := object.Text()[1:]
	white := inner[:len(inner)-len(strings.TrimLeft(inner, " \t\r\n"))]
	if !strings.Contains(white, "\n") {
		white = " "
	}
	at := source.Span{File: object.File, Start: object.Start + 1, End: object.Start + 1}
	return []source.Edit{{Span: at, New: white + member + ","}}
}

// lastSite is the place of the member that is written last.
func lastSite(object value.Value) source.Span {
	var last source.Span
	for _, f := range object.Fields() {
		if !f.Site.IsZero() && object.Span.Contains(f.Site) && f.Site.End > last.End {
			last = f.Site
		}
	}
	return last
}

// separator is the white space that stands before the last member: a new line and its indentation, or a space.
func separator(object, last source.Span) string {
	data := last.File.Data
	i := last.Start
	for i > object.Start && strings.IndexByte(" \t\r\n", data[i-1]) >= 0 {
		i--
	}
	if white := string(data[i:last.Start]); strings.Contains(white, "\n") {
		return white[strings.IndexAny(white, "\r\n"):]
	}
	return " "
}

// emptyObject fills {}.
func emptyObject(object source.Span, member string) []source.Edit {
	inner := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(object.Text(), "{"), "}"))
	if inner != "" {
		return nil
	}
	return []source.Edit{{Span: object, New: "{ " + member + " }"}}
}

// follow walks a path of member names and indexes.
func follow(v value.Value, path string) value.Value {
	for _, name := range strings.Split(path, ".") {
		if i, err := strconv.Atoi(name); err == nil && v.Kind == value.Array {
			v = v.Index(i)
			continue
		}
		v = v.Get(name)
	}
	return v
}

// removeItems deletes the members and elements at paths. It answers nil when one of them is not written where its
// container is.
func removeItems(body value.Value, paths []string) []source.Edit {
	byContainer := map[string][]int{}
	var order []string
	for _, p := range paths {
		cut := max(strings.LastIndexByte(p, '.'), 0)
		parent := p[:cut]
		i := itemIndex(containerAt(body, parent), strings.TrimPrefix(p[cut:], "."))
		if i < 0 {
			return nil
		}
		if byContainer[parent] == nil {
			order = append(order, parent)
		}
		byContainer[parent] = append(byContainer[parent], i)
	}
	var edits []source.Edit
	for _, parent := range order {
		c := containerAt(body, parent)
		sites := sitesOf(c)
		if sites == nil {
			return nil
		}
		edits = append(edits, removeFrom(c.Span, sites, byContainer[parent])...)
	}
	return edits
}

func containerAt(body value.Value, path string) value.Value {
	if path == "" {
		return body
	}
	return follow(body, path)
}

func itemIndex(container value.Value, name string) int {
	if container.Kind == value.Array {
		i, err := strconv.Atoi(name)
		if err != nil || i < 0 || i >= len(container.Elems()) {
			return -1
		}
		return i
	}
	return slices.IndexFunc(container.Fields(), func(f value.Field) bool { return strings.EqualFold(f.Name, name) })
}

// sitesOf returns where the items of a container are written, in order; nil unless all are literals in it.
func sitesOf(c value.Value) []source.Span {
	if text := c.Span.Text(); !strings.HasPrefix(text, "[") && !strings.HasPrefix(text, "{") || c.Open {
		return nil
	}
	var sites []source.Span
	for _, e := range c.Elems() {
		sites = append(sites, e.Span)
	}
	for _, f := range c.Fields() {
		sites = append(sites, f.Site)
	}
	end := c.Span.Start + 1
	for _, s := range sites {
		if !c.Span.Contains(s) || !between(c.Span.File, end, s.Start) {
			return nil
		}
		end = s.End
	}
	if !between(c.Span.File, end, c.Span.End-1) {
		return nil
	}
	return sites
}

// between reports whether there is nothing but space and comments between two items. A quote is part of an item that is an
// expression, whose value was written somewhere inside of it.
func between(f *source.File, from, to int) bool {
	return from <= to && bytes.IndexByte(f.Data[from:to], '"') < 0
}

// removeFrom deletes runs of items: up to the next item that stays, or from the end of the last one that does.
func removeFrom(container source.Span, sites []source.Span, remove []int) []source.Edit {
	if len(remove) >= len(sites) {
		inner := source.Span{File: container.File, Start: container.Start + 1, End: container.End - 1}
		return []source.Edit{{Span: inner}}
	}
	var edits []source.Edit
	for i := 0; i < len(sites); i++ {
		j := i
		for j < len(sites) && slices.Contains(remove, j) {
			j++
		}
		if j == i {
			continue
		}
		cut := source.Span{File: container.File, Start: sites[i].Start, End: sites[j-1].End}
		if j < len(sites) {
			cut.End = sites[j].Start
		} else {
			cut.Start = sites[i-1].End
		}
		edits = append(edits, source.Edit{Span: cut})
		i = j
	}
	return edits
}
