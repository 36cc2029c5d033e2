package arm

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Dialect spells properties as ARM templates do.
var Dialect model.Dialect = dialect{}

type dialect struct{}

func (dialect) Name() string { return "ARM" }

// Spell drops "properties.", as people do when they talk about a property.
func (dialect) Spell(_, path string) string { return strings.TrimPrefix(path, "properties.") }

func (dialect) Literal(v value.Value) string {
	if text, ok := v.Text(); ok {
		return `"` + text + `"`
	}
	return string(value.AppendJSON(nil, v))
}

// Set writes a literal in place of the one that is there, or inserts the member after the last one of its object.
func (d dialect) Set(r *model.Resource, path string, v value.Value) []source.Edit {
	return setMember(r.Body, path, string(value.AppendJSON(nil, v)))
}

// Remove deletes members and elements together with their commas.
func (dialect) Remove(r *model.Resource, paths ...string) []source.Edit {
	return removeItems(r.Body, paths)
}

// Append adds an element after the last one.
func (d dialect) Append(r *model.Resource, path string, v value.Value) []source.Edit {
	json := string(value.AppendJSON(nil, v))
	list := follow(r.Body, path)
	switch {
	case list.IsUnset():
		return d.Set(r, path, value.OfArray(v))
	case !strings.HasPrefix(list.Span.Text(), "[") || list.Kind != value.Array:
		return nil
	case len(list.Elems()) == 0:
		return []source.Edit{{Span: list.Span, New: "[ " + json + " ]"}}
	}
	sites := sitesOf(list)
	if sites == nil {
		return nil
	}
	return afterLast(list.Span, sites[len(sites)-1], json)
}

// Secure changes the type to the secure one.
func (dialect) Secure(_, typ source.Span) []source.Edit {
	switch strings.ToLower(typ.Text()) {
	case `"string"`:
		return []source.Edit{{Span: typ, New: `"securestring"`}}
	case `"object"`:
		return []source.Edit{{Span: typ, New: `"secureObject"`}}
	}
	return nil
}

// Raise replaces a literal API version.
func (dialect) Raise(r *model.Resource, apiVersion string) []source.Edit {
	text := r.VersionSite.Text()
	if !strings.HasPrefix(text, `"`) || strings.HasPrefix(text, `"[`) {
		return nil
	}
	return []source.Edit{{Span: r.VersionSite, New: `"` + apiVersion + `"`}}
}
