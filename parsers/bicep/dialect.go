package bicep

import (
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Dialect spells properties as Bicep files do.
var Dialect model.Dialect = dialect{}

type dialect struct{}

func (dialect) Name() string { return "Bicep" }

// Spell drops "properties.", as people do when they talk about a property.
func (dialect) Spell(_, path string) string { return strings.TrimPrefix(path, "properties.") }

func (dialect) Literal(v value.Value) string {
	switch v.Kind {
	case value.String:
		text, _ := v.Text()
		return quote(text)
	case value.Array:
		items := make([]string, len(v.Elems()))
		for i, e := range v.Elems() {
			items[i] = dialect{}.Literal(e)
		}
		return "[ " + strings.Join(items, ", ") + " ]"
	case value.Object:
		items := make([]string, 0, len(v.Fields()))
		for _, f := range v.Fields() {
			items = append(items, keyText(f.Name)+": "+dialect{}.Literal(f.Value))
		}
		return "{ " + strings.Join(items, ", ") + " }"
	}
	return string(value.AppendJSON(nil, v))
}

func quote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", `\${`).Replace(s) + "'"
}

func keyText(name string) string {
	for i := 0; i < len(name); i++ {
		if c := name[i]; c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return quote(name)
		}
	}
	return name
}

// Set writes a literal in place of the one that is there, or inserts the property after the last one of its object.
func (d dialect) Set(r *model.Resource, path string, v value.Value) []source.Edit {
	object := r.Body
	names := strings.Split(path, ".")
	for i, name := range names {
		if object.Kind != value.Object || !strings.HasPrefix(object.Span.Text(), "{") {
			return nil
		}
		f, ok := object.Lookup(name)
		if !ok {
			return d.insert(object, names[i:], v)
		}
		if !f.Site.Contains(f.Value.Span) || f.Value.Span.End != f.Site.End {
			return nil
		}
		if i == len(names)-1 {
			return []source.Edit{{Span: f.Value.Span, New: d.Literal(v)}}
		}
		object = f.Value
	}
	return nil
}

// insert adds a property on a line of its own after the last one, with its indentation.
func (d dialect) insert(object value.Value, names []string, v value.Value) []source.Edit {
	text := d.Literal(v)
	for i := len(names) - 1; i > 0; i-- {
		text = "{ " + keyText(names[i]) + ": " + text + " }"
	}
	text = keyText(names[0]) + ": " + text
	var last source.Span
	for _, f := range object.Fields() {
		if object.Span.Contains(f.Site) && f.Site.End > last.End {
			last = f.Site
		}
	}
	if last.IsZero() {
		if strings.TrimSpace(strings.Trim(object.Span.Text(), "{}")) != "" {
			return nil
		}
		return []source.Edit{{Span: object.Span, New: "{ " + text + " }"}}
	}
	at := source.Span{File: last.File, Start: last.End, End: last.End}
	before := string(last.File.Data[object.Span.Start:last.Start])
	white := before[len(strings.TrimRight(before, " \t\r\n")):]
	if i := strings.LastIndexByte(white, '\n'); i >= 0 {
		return []source.Edit{{Span: at, New: "\n" + white[i+1:] + text}}
	}
	return []source.Edit{{Span: at, New: ", " + text}}
}

// Raise replaces the version in 'type@version'.
func (dialect) Raise(r *model.Resource, apiVersion string) []source.Edit {
	if r.VersionSite.Text() != r.APIVersion || r.APIVersion == "" {
		return nil
	}
	return []source.Edit{{Span: r.VersionSite, New: apiVersion}}
}

// Append adds an element on a line of its own after the last one.
func (d dialect) Append(r *model.Resource, path string, v value.Value) []source.Edit {
	list := r.Body
	for _, name := range strings.Split(path, ".") {
		if i, err := strconv.Atoi(name); err == nil && list.Kind == value.Array {
			list = list.Index(i)
		} else {
			list = list.Get(name)
		}
	}
	switch {
	case list.IsUnset():
		return d.Set(r, path, value.OfArray(v))
	case list.Kind != value.Array || !strings.HasPrefix(list.Span.Text(), "["):
		return nil
	case len(list.Elems()) == 0:
		return []source.Edit{{Span: list.Span, New: d.Literal(value.OfArray(v))}}
	}
	last := list.Elems()[len(list.Elems())-1].Span
	if !list.Span.Contains(last) {
		return nil
	}
	at := source.Span{File: last.File, Start: last.End, End: last.End}
	before := string(last.File.Data[list.Span.Start:last.Start])
	white := before[len(strings.TrimRight(before, " \t\r\n")):]
	if i := strings.LastIndexByte(white, '\n'); i >= 0 {
		return []source.Edit{{Span: at, New: "\n" + white[i+1:] + d.Literal(v)}}
	}
	return []source.Edit{{Span: at, New: ", " + d.Literal(v)}}
}

// Remove is not written yet: lines of an object or array would have to go with their separators.
func (dialect) Remove(*model.Resource, ...string) []source.Edit { return nil }
