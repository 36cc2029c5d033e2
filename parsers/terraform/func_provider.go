package terraform

import (
	"strings"
	"unicode"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// provided calls a function of a provider. Those that are not known here give an unknown, never an error. Meanings are
// those of the documentation of Azure/azapi and hashicorp/azurerm.
func (c *callContext) provided(args []value.Value) value.Value {
	name := strings.TrimPrefix(c.name, "provider::")
	_, function, _ := strings.Cut(name, "::")
	switch function {
	case "build_resource_id":
		if len(args) == 3 {
			return builtID(args[0], args[1], args[2:])
		}
	case "subscription_resource_id":
		if len(args) == 3 && args[2].Kind == value.Array && !args[2].Open {
			scope := value.Template(value.OfString("/subscriptions/"), args[0])
			return builtID(scope, args[1], args[2].Elems())
		}
	case "resource_group_resource_id":
		if len(args) == 4 && args[3].Kind == value.Array && !args[3].Open {
			scope := value.Template(value.OfString("/subscriptions/"), args[0], value.OfString("/resourceGroups/"), args[1])
			return builtID(scope, args[2], args[3].Elems())
		}
	case "tenant_resource_id":
		if len(args) == 2 && args[1].Kind == value.Array && !args[1].Open {
			return builtID(value.OfString(""), args[0], args[1].Elems())
		}
	case "management_group_resource_id":
		if len(args) == 3 && args[2].Kind == value.Array && !args[2].Open {
			scope := value.Template(value.OfString("/providers/Microsoft.Management/managementGroups/"), args[0])
			return builtID(scope, args[1], args[2].Elems())
		}
	case "extension_resource_id":
		if len(args) == 3 && args[2].Kind == value.Array && !args[2].Open {
			return builtID(args[0], args[1], args[2].Elems())
		}
	case "normalise_resource_id":
		if len(args) == 1 {
			return args[0]
		}
	case "snake2camel":
		if len(args) == 1 {
			return camelNames(args[0], 0)
		}
	}
	return unknownCall(c.name, args...)
}

// builtID puts an id together: types and names take turns behind the provider. A child's id is built on its parent's,
// which ends with the names that come before.
func builtID(scope, typ value.Value, names []value.Value) value.Value {
	text, ok := typ.Text()
	if !ok || scope.Kind != value.String && scope.Kind != value.Unknown {
		return value.NewUnknown("")
	}
	segments := strings.Split(text, "/")
	if len(names) == 1 && len(segments) > 2 { // the parent is the scope
		return value.Template(scope, value.OfString("/"+segments[len(segments)-1]+"/"), names[0])
	}
	if len(names) != len(segments)-1 {
		return value.NewUnknown("")
	}
	pieces := []value.Value{scope, value.OfString("/providers/" + segments[0])}
	for i, s := range segments[1:] {
		pieces = append(pieces, value.OfString("/"+s+"/"), names[i])
	}
	return value.Template(pieces...)
}

// camelNames renames snake_case members of objects, at any depth.
func camelNames(v value.Value, depth int) value.Value {
	if depth > maxDepth {
		return value.NewUnknown("")
	}
	switch v.Kind {
	case value.Object:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			fields[i] = value.Field{Name: camel(f.Name), Value: camelNames(f.Value, depth+1), Site: f.Site}
		}
		return rebuilt(value.OfObject(fields...), v)
	case value.Array:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = camelNames(e, depth+1)
		}
		return rebuilt(value.OfArray(elems...), v)
	}
	return v
}

func camel(s string) string {
	var b strings.Builder
	up := false
	for _, r := range s {
		switch {
		case r == '_':
			up = true
			continue
		case up:
			r = unicode.ToUpper(r)
		}
		up = false
		b.WriteRune(r)
	}
	return b.String()
}
