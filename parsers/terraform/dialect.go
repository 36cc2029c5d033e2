package terraform

import (
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// dialect spells the properties of one resource as its Terraform type does, in the major version of the provider that the
// configuration asks for. Its zero form spells as ARM does.
type dialect struct {
	schema *schema // nil for azapi and for what has no table
	in     *Instance
	azapi  bool
	// updates are the azapi_update_resources that were merged into the resource.
	updates []*Instance
}

func (*dialect) Name() string { return "Terraform" }

// Spell returns the argument for a property, with the blocks it is in: "backup.type", "virtual_network_rule[1].id". The
// only block of its kind has no index. A property that the provider has no argument for is spelled as in ARM.
func (d *dialect) Spell(_, path string) string {
	steps, rest := d.steps(path)
	if len(steps) == 0 {
		if typ, ok := d.associated(path); ok {
			return typ
		}
		return strings.TrimPrefix(path, "properties.")
	}
	var b strings.Builder
	for i, s := range steps {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.arg.name)
		if s.key != "" {
			b.WriteString("[" + quoted(s.key) + "]")
		} else if s.index >= 0 && !s.only {
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		}
	}
	if rest != "" {
		b.WriteString("." + rest)
	}
	return b.String()
}

// associated is the type of resource that sets a property of this one.
func (d *dialect) associated(path string) (string, bool) {
	for _, name := range sortedKeys(associations) {
		a := associations[name]
		if d.schema != nil && a.typ == d.schema.arm && strings.HasPrefix(path+".", a.path+".") {
			return name, true
		}
	}
	return "", false
}

// step is one argument or block on the way to a property.
type step struct {
	arg   *arg
	index int    // of the element of its list; -1 without one
	only  bool   // the list is known to have no other block
	key   string // of the member of a map that is a list in ARM
}

// steps finds the arguments that lead to a property. What no argument is for is left over.
func (d *dialect) steps(path string) (steps []step, rest string) {
	if d.schema == nil || d.updatedAt(path) {
		return nil, path
	}
	return d.find(d.schema.args, d.config(), path)
}

// config is the instance's arguments; a schema may be spelled without an instance.
func (d *dialect) config() value.Value {
	if d.in == nil {
		return value.Value{}
	}
	return d.in.Config
}

func (d *dialect) major() int {
	if d.in == nil {
		return 0
	}
	return d.in.Provider.Major
}

// find looks for the argument with the longest path that path begins with. Of several spellings it takes the one that is
// written, else the newest that the major has.
func (d *dialect) find(args []arg, config value.Value, path string) (steps []step, rest string) {
	var best *arg
	for i := range args {
		a := &args[i]
		if a.name == "" || !a.in(d.major()) && written(config, a.name) == 0 {
			continue
		}
		if _, ok := covers(a, path); ok && (best == nil || d.prefers(a, best, config)) {
			best = a
		}
	}
	if best == nil {
		return nil, path
	}
	after, _ := covers(best, path)
	s := step{arg: best, index: -1}
	after, s.index = takeIndex(best, after)
	if fields := config.Get(best.name).Fields(); best.form.keyed && s.index >= 0 && s.index < len(fields) {
		s.key = fields[s.index].Name
	}
	inner := value.Value{}
	if v := config.Get(best.name); best.args != nil {
		inner = v
		if v.Kind == value.Array {
			inner = v.Index(max(s.index, 0))
			s.only = len(v.Elems()) == 1 && !v.Open
		}
	}
	if best.args == nil || after == "" {
		if best.form.member != "" && (after == best.form.member || strings.HasPrefix(best.form.member, after)) {
			after = ""
		}
		if best.form.in != nil && best.form.member == "" {
			after = "" // properties.subnet.id is subnet_id
		}
		return []step{s}, after
	}
	more, rest := d.find(best.args, inner, after)
	if more == nil {
		if best.path == "" {
			return nil, path
		}
		return []step{s}, rest
	}
	return append([]step{s}, more...), rest
}

// covers returns what is left of a path after an argument's own. A block that is merged into its enclosing object covers
// what one of its arguments does.
func covers(a *arg, path string) (string, bool) {
	if a.path == "" {
		for i := range a.args {
			if _, ok := covers(&a.args[i], path); ok {
				return path, true
			}
		}
		return "", false
	}
	if len(path) < len(a.path) || !strings.EqualFold(path[:len(a.path)], a.path) {
		return "", false
	}
	rest := path[len(a.path):]
	if rest == "" {
		return "", true
	}
	if rest[0] != '.' {
		return "", false
	}
	if a.args != nil && !a.many {
		return rest[1:], anyCovers(a.args, rest[1:])
	}
	return rest[1:], true
}

func anyCovers(args []arg, path string) bool {
	for i := range args {
		if _, ok := covers(&args[i], path); ok {
			return true
		}
	}
	return false
}

// prefers tells whether a is the better word than b for the same property.
func (d *dialect) prefers(a, b *arg, config value.Value) bool {
	if len(a.path) != len(b.path) {
		return len(a.path) > len(b.path)
	}
	if x, y := written(config, a.name), written(config, b.name); x != y {
		return x > y
	}
	if inA, inB := a.in(d.major()), b.in(d.major()); inA != inB {
		return inA
	}
	if a.said != b.said {
		return b.said
	}
	// Both are in this major: the older name is the one that all of its minor versions have; without a major, the newest.
	if d.major() == 0 {
		return a.until == 0 && b.until != 0
	}
	return a.until != 0 && b.until == 0
}

// written tells how much a config says of an argument: a plan has every one, most of them null or computed.
func written(config value.Value, name string) int {
	f, ok := config.Lookup(name)
	switch {
	case !ok:
		return 0
	case f.Value.IsUnset(), f.Value.Kind == value.Unknown && f.Site.IsZero():
		return 1
	case f.Site.IsZero():
		return 2
	}
	return 3
}

// takeIndex splits the index of a list's element off the rest of a path.
func takeIndex(a *arg, rest string) (string, int) {
	if !a.many && a.form.member == "" && a.args != nil {
		return rest, -1
	}
	first, after, _ := strings.Cut(rest, ".")
	i, err := strconv.Atoi(first)
	if err != nil {
		return rest, -1
	}
	return after, i
}

// updatedAt tells that an azapi_update_resource says what a property is: its spelling is ARM's.
func (d *dialect) updatedAt(path string) bool {
	for _, u := range d.updates {
		if body := u.Config.Get("body"); body.Kind == value.Object && !body.GetPath(path).IsUnset() {
			return true
		}
	}
	return false
}

// Literal returns a value as HCL writes it.
func (*dialect) Literal(v value.Value) string { return literal(v) }

// LiteralAt returns the value of a property as the value of the argument for it: 'false' where
// "Disabled" is public_network_access_enabled = false.
func (d *dialect) LiteralAt(path string, v value.Value) string {
	steps, rest := d.steps(path)
	if len(steps) == 0 || rest != "" {
		return literal(v)
	}
	return literal(spoken(steps[len(steps)-1].arg, v))
}

// spoken is ARM's value of a property as the value of its argument.
func spoken(a *arg, v value.Value) value.Value {
	if a.form.member != "" && v.Kind == value.Object {
		return v.GetPath(a.form.member) // one element
	}
	if a.form.out != nil && !(a.form.member != "" && v.Kind != value.Array) {
		return a.form.out(v)
	}
	return v
}

func literal(v value.Value) string {
	switch v.Kind {
	case value.String:
		text, _ := v.Text()
		return quoted(text)
	case value.Array:
		items := make([]string, len(v.Elems()))
		for i, e := range v.Elems() {
			items[i] = literal(e)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case value.Object:
		if len(v.Fields()) == 0 {
			return "{}"
		}
		items := make([]string, len(v.Fields()))
		for i, f := range v.Fields() {
			name := f.Name
			if !isName(name) {
				name = quoted(name)
			}
			items[i] = name + " = " + literal(f.Value)
		}
		return "{ " + strings.Join(items, ", ") + " }"
	case value.Null, value.Absent:
		return "null"
	}
	return string(value.AppendJSON(nil, v))
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", "$${", "%{", "%%{").Replace(s) + `"`
}

func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}

// Raise replaces the API version in the type of an azapi resource; azurerm has none that a user could change.
func (d *dialect) Raise(r *model.Resource, apiVersion string) []source.Edit {
	if !d.azapi || r.APIVersion == "" || r.VersionSite.Text() != r.APIVersion || !d.writable() {
		return nil
	}
	return []source.Edit{{Span: r.VersionSite, New: apiVersion}}
}
