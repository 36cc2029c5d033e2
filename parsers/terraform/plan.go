package terraform

import (
	"bytes"
	"encoding/json"
	"path"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// IsPlan reports whether a file is what `terraform show -json` writes of a plan or a state: it is told by its content, as
// its name is anybody's choice (https://developer.hashicorp.com/terraform/internals/json-format). Tools that sort its
// members put the version last.
func IsPlan(f *source.File) bool {
	if !bytes.Contains(f.Data, []byte(`"format_version"`)) || !bytes.Contains(f.Data, []byte(`"terraform_version"`)) &&
		!bytes.Contains(f.Data, []byte(`"planned_values"`)) && !bytes.Contains(f.Data, []byte(`"values"`)) {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(f.Data))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return false
	}
	version, values := false, false
	for d.More() {
		key, err := d.Token()
		if err != nil {
			break
		}
		version = version || key == "format_version"
		values = values || key == "planned_values" || key == "resource_changes" || key == "values"
		var skipped json.RawMessage
		if version && values || d.Decode(&skipped) != nil {
			break
		}
	}
	return version && values
}

// plan is a plan or state being read.
type plan struct {
	file    *source.File
	root    value.Value
	project *project
	dir     *directory // the configuration beside the plan; nil when there is none
	placed  bool       // something of the plan was found in it
	// byDeclaration are the addresses of all resources by what they are without keys: what a reference may mean.
	byDeclaration map[string][]string
	major         int
}

// DeployPlan makes the deployment that a plan describes. Where the configuration stands beside the plan, findings point
// into it, otherwise into the plan. templates reads the ARM templates that Terraform deploys; nil leaves them opaque.
func DeployPlan(tree *source.Tree, f *source.File, templates Templates) *model.Deployment {
	out := &model.Deployment{EntryPoint: f}
	root, ok := jsonFile(f)
	if !ok || root.Kind != value.Object {
		out.Incomplete = true
		out.Diagnostics = append(out.Diagnostics, diag.Problem("plan-syntax", diag.Error, f.At(0, 0), "This plan is not complete JSON."))
		return out
	}
	f.Derived = true
	p := &plan{file: f, root: root}
	if tree != nil {
		p.project = newProject(tree)
		p.dir = p.project.directory(path.Dir(f.Path))
	}
	p.major = constraintMajor(root.GetPath("configuration.provider_config.azurerm.version_constraint"))
	instances := p.instances()
	if p.placed { // it is one more way to deploy the configuration, as a file of variables is
		out.EntryPoint, out.Parameters = p.dir.main(), []*source.File{f}
	}
	p.byDeclaration = map[string][]string{}
	for _, in := range instances {
		static := withoutKeys(in.Address)
		p.byDeclaration[static] = append(p.byDeclaration[static], in.Address)
	}
	p.subscribe(instances)
	for _, in := range instances {
		p.link(in)
	}
	p.declare(out)
	mapWith(instances, out, templates)
	return out
}

// constraintMajor is the major version that a constraint begins with: "~> 4.0".
func constraintMajor(v value.Value) int {
	text, _ := v.Text()
	digits := strings.TrimLeft(text, "~>=< v")
	if i := strings.IndexAny(digits, "., "); i >= 0 {
		digits = digits[:i]
	}
	n, err := strconv.Atoi(digits)
	if err != nil || strings.HasPrefix(text, ">") || strings.HasPrefix(text, "<") {
		return 0
	}
	return n
}

// instances are the resources that there will be, and the data that was read.
func (p *plan) instances() []*Instance {
	var out []*Instance
	changes := p.root.Get("resource_changes")
	for _, c := range changes.Elems() {
		if !c.Get("deposed").IsUnset() || onlyDeletes(c.GetPath("change.actions")) {
			continue
		}
		out = append(out, p.change(c))
	}
	for _, c := range p.root.Get("deferred_changes").Elems() {
		in := p.change(c.Get("resource_change"))
		in.Exists, in.Condition = model.Maybe, value.NewUnknown("")
		out = append(out, in)
	}
	if changes.Kind != value.Array {
		for _, key := range []string{"planned_values", "values"} {
			out = p.module(out, p.root.GetPath(key+".root_module"), false, 0)
		}
	}
	return p.module(out, p.root.GetPath("prior_state.values.root_module"), true, 0)
}

// change makes the instance that there will be after a change.
func (p *plan) change(c value.Value) *Instance {
	in := p.instance(c, planned(c.GetPath("change.after"), c.GetPath("change.after_unknown"), c.GetPath("change.after_sensitive"), 0))
	if id := c.GetPath("change.importing.id"); id.Kind == value.String {
		in.ImportID = id
	}
	return in
}

// subscribe tells all instances their subscription, where all ids that the plan has are of one: those of what is not made
// yet would otherwise be in another than those of what is there.
func (p *plan) subscribe(instances []*Instance) {
	found := value.AbsentValue
	for _, in := range instances {
		id, ok := model.ParseID(in.Config.Get("id"))
		if !ok || len(model.SplitName(id.Scope)) < 3 {
			continue
		}
		s := model.SplitName(id.Scope)[2]
		if found.Kind == value.String && value.SameFold(s, found) != value.True {
			return
		}
		found = s
	}
	if found.Kind != value.String {
		return
	}
	for _, in := range instances {
		in.Provider.Config = value.OfObject(value.Field{Name: "subscription_id", Value: found})
	}
}

func onlyDeletes(actions value.Value) bool {
	for _, a := range actions.Elems() {
		if text, _ := a.Text(); text != "delete" && text != "forget" {
			return false
		}
	}
	return len(actions.Elems()) > 0
}

// module adds the resources of a module of planned values or of a state; of a state before the plan only data.
func (p *plan) module(out []*Instance, m value.Value, dataOnly bool, depth int) []*Instance {
	if depth > maxJSONDepth {
		return out
	}
	for _, r := range m.Get("resources").Elems() {
		if mode, _ := r.Get("mode").Text(); dataOnly && mode != "data" {
			continue
		}
		out = append(out, p.instance(r, planned(r.Get("values"), value.AbsentValue, r.Get("sensitive_values"), 0)))
	}
	for _, c := range m.Get("child_modules").Elems() {
		out = p.module(out, c, dataOnly, depth+1)
	}
	return out
}

// instance makes one of a resource of a plan and its values.
func (p *plan) instance(r, config value.Value) *Instance {
	address, _ := r.Get("address").Text()
	typ, _ := r.Get("type").Text()
	name, _ := r.Get("name").Text()
	mode, _ := r.Get("mode").Text()
	f, _ := r.Lookup("address")
	in := &Instance{
		Data: mode == "data", Type: typ, Name: name, Address: address, Header: f.Site, Declaration: withoutKeys(address),
		Provider: Provider{Name: "azurerm", Major: p.major},
		Config:   value.OfObject(),
	}
	if config.Kind == value.Object {
		in.ImportID = config.Get("id")
		in.Config = config
	}
	if b := p.block(address, in.Data); b != nil {
		p.placed = true
		in.Header = b.header
		in.Config = placed(in.Config, b)
		in.Declaration = declared(moduleOf(in.Declaration), b) // as the configuration's own evaluation has it
	}
	return in
}

// moduleOf is the module that an address without keys begins with.
func moduleOf(address string) string {
	parts := splitAddress(address)
	n := 0
	for n+1 < len(parts) && parts[n] == "module" {
		n += 2
	}
	return strings.Join(parts[:n], ".")
}

// planned puts the values of a plan together with what is not known of them, and what is secret. What is not known is
// missing from the values.
func planned(after, unknown, sensitive value.Value, depth int) value.Value {
	switch {
	case unknown.Is(true):
		v := value.Value{NotNull: true}
		v.Span, v.Secret = after.Span, sensitive.Is(true)
		return v
	case after.Kind == value.Object:
		return plannedObject(after, unknown, sensitive, depth)
	case after.Kind == value.Array:
		elems := make([]value.Value, 0, len(after.Elems()))
		for i, e := range after.Elems() {
			elems = append(elems, planned(e, elementOf(unknown, i), elementOf(sensitive, i), depth+1))
		}
		return like(after, value.OfArray(elems...))
	}
	after.Secret = after.Secret || sensitive.Is(true)
	return after
}

func elementOf(list value.Value, i int) value.Value {
	if list.Kind == value.Array {
		return list.Index(i)
	}
	return list // true for all of it, or nothing
}

func plannedObject(after, unknown, sensitive value.Value, depth int) value.Value {
	var fields []value.Field
	for _, f := range after.Fields() {
		s := sensitive
		if s.Kind == value.Object {
			s = s.Get(f.Name)
		}
		fields = append(fields, value.Field{Name: f.Name, Value: planned(f.Value, unknown.Get(f.Name), s, depth+1), Site: f.Site})
	}
	for _, f := range unknown.Fields() {
		if _, ok := after.Lookup(f.Name); !ok && holdsTrue(f.Value) {
			fields = append(fields, value.Field{Name: f.Name, Value: value.Value{NotNull: true}})
		}
	}
	return like(after, value.OfObject(fields...))
}

// holdsTrue tells that something in a value of after_unknown is not known.
func holdsTrue(v value.Value) bool {
	for _, e := range v.Elems() {
		if holdsTrue(e) {
			return true
		}
	}
	for _, f := range v.Fields() {
		if holdsTrue(f.Value) {
			return true
		}
	}
	return v.Is(true)
}

// withoutKeys takes the keys of count and for_each off an address: what all instances of a declaration share.
func withoutKeys(address string) string {
	var b strings.Builder
	for _, part := range splitAddress(address) {
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		name, _, _ := strings.Cut(part, "[")
		b.WriteString(name)
	}
	return b.String()
}

// splitAddress splits an address at its dots, not at those in a key: `module.a["x.y"].t.n`.
func splitAddress(address string) []string {
	var parts []string
	start, quotes := 0, false
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case c == '\\' && quotes:
			i++
		case c == '"':
			quotes = !quotes
		case c == '.' && !quotes:
			parts, start = append(parts, address[start:i]), i+1
		}
	}
	return append(parts, address[start:])
}
