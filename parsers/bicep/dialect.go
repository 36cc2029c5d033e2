package bicep

import (
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
		if len(items) == 0 {
			return "[]"
		}
		return "[ " + strings.Join(items, ", ") + " ]"
	case value.Object:
		items := make([]string, 0, len(v.Fields()))
		for _, f := range v.Fields() {
			items = append(items, keyText(f.Name)+": "+dialect{}.Literal(f.Value))
		}
		if len(items) == 0 {
			return "{}"
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
func (dialect) Set(r *model.Resource, path string, v value.Value) []source.Edit {
	if e := edit(r); e != nil {
		return e.set(path, v)
	}
	return nil
}

// Append adds an element after the last one.
func (dialect) Append(r *model.Resource, path string, v value.Value) []source.Edit {
	if e := edit(r); e != nil {
		return e.append(path, v)
	}
	return nil
}

// Remove deletes members and elements with their separators.
func (dialect) Remove(r *model.Resource, paths ...string) []source.Edit {
	if e := edit(r); e != nil {
		return e.remove(paths)
	}
	return nil
}

// Secure puts the decorator on a line of its own before the declaration, which must begin its line.
func (dialect) Secure(name, typ source.Span) []source.Edit {
	if typ.IsZero() || name.File == nil {
		return nil
	}
	line := name.File.LineSpan(name.File.Line(typ.Start))
	before, indent := string(name.File.Data[line.Start:typ.Start]), ""
	keyword := strings.TrimLeft(before, " \t")
	indent = before[:len(before)-len(keyword)]
	if !strings.HasPrefix(keyword, "param ") && !strings.HasPrefix(keyword, "output ") {
		return nil
	}
	at := line.Start + len(indent)
	return []source.Edit{{Span: source.Span{File: name.File, Start: at, End: at}, New: "@secure()\n" + indent}}
}

// Raise replaces the version in 'type@version'. That of a child without a version is its parent's, and is left alone.
func (dialect) Raise(r *model.Resource, apiVersion string) []source.Edit {
	if r.APIVersion == "" || r.VersionSite.Text() != r.APIVersion || !r.Header.Contains(r.VersionSite) {
		return nil
	}
	return []source.Edit{{Span: r.VersionSite, New: apiVersion}}
}
