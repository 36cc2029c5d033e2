package terraform

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Spelling is how one major version of azurerm says what a resource of an ARM type is, and azuread what one of Microsoft Graph
// is: the tables read backwards. It is what writes configuration, as the tests of the rules do.
type Spelling struct {
	// Type is "azurerm_cosmosdb_account".
	Type string
	// Block is the block of Type that the resource is, where it is no resource of its own: "private_dns_zone_group".
	Block string
	// Names are the arguments that hold the names of the resource, those of its parents first. Parent is the argument that
	// takes the id of the parent instead, Scope the one with the id of what an extension is attached to; "" for neither.
	Names         []string
	Parent, Scope string
	// Kept says how many names of the id that Parent takes are names of the resource's parents; 0 is all.
	Kept int
	// APIVersion is the one that the provider uses.
	APIVersion string
	// Fixed is the name of all resources of the type, if they share one.
	Fixed string
	// Grouped says that an argument names the resource group.
	Grouped bool
	// Arguments are all that the major version has, one for each property.
	Arguments []Argument
	// Associations are properties that are resources of their own.
	Associations []Association

	dialect *dialect
}

// Argument is an argument or a block.
type Argument struct {
	// Name is "virtual_network_rule"; "" is what the provider sends whatever is configured.
	Name string
	// Path is where the value goes, relative to the enclosing object, in ARM's spelling.
	Path string
	// Block says that it is a block, Many that ARM has a list of them; Arguments are what is in it.
	Block, Many bool
	Arguments   []Argument
	// Member is the path within each element of ARM's list that holds the element of Terraform's.
	Member string
	// Omitted is what is sent when it is not set; Absent for nothing.
	Omitted value.Value
	// Default is the same as Terraform has it.
	Default value.Value
	// Plain says that the values are the same on both sides.
	Plain bool
	// JSON says that the value is JSON text.
	JSON bool
	// Always is what it has to be, if it is set, for the block to be what it is: Absent for anything.
	Always value.Value

	arg *arg
}

// Association is a property, an object with an id, that a resource of its own sets.
type Association struct {
	Type, Target, Value string // "azurerm_subnet_route_table_association", "subnet_id", "route_table_id"
	Path                string // "properties.routeTable"
}

// Spellings returns how an ARM type is spelled; several types of a provider may be of one type, told apart by what they send.
func Spellings(armType string, major int) []Spelling {
	var out []Spelling
	for _, t := range append(slices.Clip(tables), []schema{zoneGroupTable}) {
		for i := range t {
			if strings.EqualFold(t[i].arm, armType) && (strings.HasPrefix(t[i].name, "azurerm_") || t[i].at.graph) {
				out = append(out, spelling(&t[i], major))
			}
		}
	}
	return out
}

// SpellingOf returns the first spelling of an ARM type; false when azurerm has no type for it.
func SpellingOf(armType string, major int) (Spelling, bool) {
	all := Spellings(armType, major)
	if len(all) == 0 {
		return Spelling{}, false
	}
	return all[0], true
}

func spelling(s *schema, major int) Spelling {
	d := &dialect{schema: s, in: &Instance{Type: s.name, Provider: Provider{Name: "azurerm", Major: major}, Config: value.OfObject()}}
	out := Spelling{
		Type: s.name, Names: s.at.own(), Parent: s.at.parent, Scope: s.at.scope, Kept: s.at.keep, Fixed: s.at.fixed,
		APIVersion: s.apiVersion(major),
		Grouped:    s.at.level == groupLevel && s.at.scope == "" && !s.at.graph, Arguments: d.arguments(s.args), dialect: d,
	}
	if s == &zoneGroupTable || s.arm == zoneGroupTable.arm {
		out.Block = s.args[0].name
	}
	if s.at.parent != "" && major > 0 && major < s.at.parentSince {
		out.Parent = ""
	} else if s.at.parent != "" {
		out.Names = out.Names[len(out.Names)-1:]
	}
	for _, name := range sortedKeys(associations) {
		if a := associations[name]; strings.EqualFold(a.typ, s.arm) {
			out.Associations = append(out.Associations, Association{Type: name, Target: a.target, Value: a.value, Path: a.path})
		}
	}
	return out
}

// arguments are those that the major version has: of several for one property, the one that dialect prefers.
func (d *dialect) arguments(args []arg) []Argument {
	var out []Argument
	for i := range args {
		a := &args[i]
		if !a.in(d.major()) {
			continue
		}
		at := slices.IndexFunc(out, func(o Argument) bool { return o.Path == a.path && a.path != "" })
		if at >= 0 && !d.prefers(a, out[at].arg, value.Value{}) {
			continue
		}
		x := Argument{
			Name: a.name, Path: a.path, Block: a.args != nil, Many: a.many, Plain: a.form.in == nil, JSON: a.json, Member: a.form.member, Omitted: a.omitted(d.major()), Default: a.byDefault(d.major()),
			Always: value.AbsentValue, arg: a, Arguments: d.arguments(a.args),
		}
		if a.always != nil {
			x.Always = value.Of(a.always)
		}
		if at >= 0 {
			out[at] = x
		} else {
			out = append(out, x)
		}
	}
	return out
}

// Value is a value of the property as one of the argument: false for "Disabled". It is Absent, or unknown, where the
// argument cannot say it.
func (a Argument) Value(v value.Value) value.Value {
	w := spoken(a.arg, v)
	if a.arg.form.in == nil || v.IsUnset() {
		return w
	}
	back := a.arg.form.in(w)
	if x, ok := back.Text(); ok {
		if y, ok := v.Text(); ok && strings.ReplaceAll(x, " ", "") == strings.ReplaceAll(y, " ", "") {
			return w // white space after commas is lost
		}
	}
	if same := value.Or(value.SameFold(back, v), value.SameFold(back, asFlag(v))); same == value.False || same == value.Undecided && v.Known() {
		return value.AbsentValue
	}
	return w
}

// Argument returns the argument for a property by its path in ARM's spelling: "virtual_network_rule[0].id", the blocks
// that it is in with their index; false when there is none.
func (s Spelling) Argument(path string) (string, bool) {
	steps, rest := s.dialect.steps(path)
	if len(steps) == 0 || rest != "" {
		return "", false
	}
	return s.dialect.Spell("", path), true
}

// Value returns the value of the argument for a value of the property: false for "Disabled".
func (s Spelling) Value(path string, v value.Value) value.Value {
	steps, rest := s.dialect.steps(path)
	if len(steps) == 0 || rest != "" {
		return v
	}
	return spoken(steps[len(steps)-1].arg, v)
}
