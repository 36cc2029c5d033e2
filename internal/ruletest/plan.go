package ruletest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/parsers/terraform"
)

// plan writes what `terraform show -json` says of a plan for the newest azurerm: values with the provider's defaults, what is
// not known until apply beside them, and which resources the configuration refers to. There is no configuration beside it.
type plan struct{}

func (plan) Name() string { return "azurerm-plan" }

// Has leaves out ways of writing that a plan does not tell apart.
func (plan) Has(way string) bool {
	return slices.Contains([]string{"literal", "nested", "unknown", "existing"}, way)
}

// like is the language of which a plan is made.
func (plan) like() Language { return azurerm{newest} }

// computed are arguments of which a plan says that they are not known if nobody has set them: Optional and Computed in the
// provider (v5.2.0, cosmosdb_account_resource.go and mongo_cluster_resource.go).
var computed = map[string][]string{
	"azurerm_cosmosdb_account": {"create_mode", "capabilities", "mongo_server_version"},
	"azurerm_mongo_cluster":    {"authentication_methods"},
}

// Write makes plan.json in a folder of its own.
func (plan) Write(p *Program) (src *Source, err error) {
	defer func() {
		if reason, ok := recover().(unsayable); ok {
			src, err = nil, reason
		}
	}()
	w := &planWriter{paths: map[string][]string{}}
	outer := azurerm{newest}.spell(p)
	outer.settle()
	var root Object
	if p.Module != nil {
		inner := azurerm{newest}.spell(p.Module)
		inner.settle()
		args := Object{}
		for _, a := range p.Args {
			if q, ok := a.Value.(Param); ok {
				args = append(args, Member{a.Name, references(computedBy(string(q)))})
			} else {
				unsaid("a plan says the same of an argument as of a literal")
			}
		}
		call := Object{{"source", "./inner"}, {"expressions", args}, {"module", w.module(inner, "module.inner.")}}
		root = Object{{"module_calls", Object{{"inner", call}}}}
	} else {
		root = w.module(outer, "")
	}
	w.value(w.document(root), nil)
	src = &Source{Files: map[string]string{"plan/plan.json": w.text.String()}, Entry: "plan/plan.json", Planned: true}
	src.Places = w.placesOf
	return src, nil
}

// planWriter collects what a plan says of resources.
type planWriter struct {
	jsonWriter
	changes, read []any
	paths         map[string][]string // in the document, by resource and path in ARM's spelling
}

func (w *planWriter) document(root Object) Object {
	return Object{
		{"format_version", "1.2"},
		{"terraform_version", "1.9.8"},
		{"planned_values", Object{}},
		{"resource_changes", w.changes},
		{"prior_state", Object{{"values", Object{{"root_module", Object{{"resources", w.read}}}}}}},
		{"configuration", Object{
			{"provider_config", Object{{"azurerm", Object{
				{"name", "azurerm"}, {"full_name", "registry.terraform.io/hashicorp/azurerm"},
				{"version_constraint", fmt.Sprintf("~> %d.0", newest)},
				{"expressions", Object{{"subscription_id", constant(strings.TrimPrefix(subscriptionID, "/subscriptions/"))}}},
			}}}},
			{"root_module", root},
		}},
	}
}

func (w *planWriter) placesOf(i int, path string) []int {
	for {
		if at, ok := w.paths[key([]string{strconv.Itoa(i), path})]; ok {
			return w.places(at)
		}
		cut := strings.LastIndexByte(path, '.')
		if cut < 0 {
			return nil
		}
		path = path[:cut]
	}
}

func constant(v any) Object { return Object{{"constant_value", v}} }

func references(list ...string) Object {
	var refs []any
	for _, r := range list {
		refs = append(refs, r)
	}
	return Object{{"references", refs}}
}

// computedBy is what gives a variable its value, which is not known until apply.
func computedBy(name string) string { return "terraform_data." + name + ".output" }

// module adds the resources of a module, and returns its configuration.
func (w *planWriter) module(c *configuration, prefix string) Object {
	hcl := c.writer()
	var resources []any
	for i, r := range c.resources {
		for k, x := range append([]*configured{r}, r.more...) {
			if x.typ == "" {
				continue
			}
			name := symbolOf(i)
			if k > 0 {
				name += "_" + strconv.Itoa(k-1)
			}
			resources = append(resources, w.resource(c, hcl, x, name, prefix, k == 0))
		}
	}
	return Object{{"resources", resources}}
}

func (w *planWriter) resource(c *configuration, hcl *hclWriter, r *configured, name, prefix string, own bool) Object {
	if _, ok := r.r.Get("condition"); ok {
		unsaid("a plan knows how many of a resource there are")
	}
	mode, address := "managed", r.typ+"."+name
	if isExisting(r.r) {
		mode, address = "data", "data."+address
	}
	u := &understanding{c: c, hcl: hcl, prefix: prefix, planWriter: w, resource: strconv.Itoa(r.index)}
	list, n := "resource_changes", len(w.changes)
	at := []string{list, strconv.Itoa(n), "change", "after"}
	after, unknown, exprs := u.items(r.items, r.args, at, "")
	if mode == "data" && len(unknown) == 0 {
		after = after.with("id", idText(ID{r.r.Text("type"), strings.Split(r.r.Text("name"), "/")}))
		w.read = append(w.read, Object{{"address", prefix + address}, {"mode", mode}, {"type", r.typ}, {"name", name}, {"values", after}})
		return Object{{"address", address}, {"mode", mode}, {"type", r.typ}, {"name", name}, {"expressions", exprs}}
	}
	for _, arg := range computed[r.typ] {
		if v, _ := after.Get(arg); v == nil {
			after, unknown = without(after, arg), unknown.with(arg, true)
		}
	}
	if own {
		w.paths[key([]string{u.resource, ""})] = []string{list, strconv.Itoa(n), "address"}
	}
	action := "create"
	if mode == "data" {
		action = "read"
	}
	w.changes = append(w.changes, Object{
		{"address", prefix + address}, {"mode", mode}, {"type", r.typ}, {"name", name},
		{"provider_name", "registry.terraform.io/hashicorp/azurerm"},
		{"change", Object{
			{"actions", []any{action}}, {"before", nil}, {"after", after}, {"after_unknown", unknown.with("id", true)},
			{"before_sensitive", false}, {"after_sensitive", Object{}},
		}},
	})
	return Object{{"address", address}, {"mode", mode}, {"type", r.typ}, {"name", name}, {"expressions", exprs}}
}

// understanding is what a plan makes of the arguments of one resource.
type understanding struct {
	*planWriter
	c                *configuration
	hcl              *hclWriter
	prefix, resource string
}

// items are the values of arguments and blocks, what of them is not known, and their expressions.
// prefix is the path of the block that they are in.
func (u *understanding) items(items []item, args []terraform.Argument, at []string, prefix string) (after, unknown, exprs Object) {
	after, unknown, exprs = Object{}, Object{}, Object{}
	for _, m := range items {
		path := append(slices.Clone(at), m.name)
		if m.block {
			after, unknown, exprs = u.block(m, args, path, after, unknown, exprs)
			continue
		}
		v, hidden, refs := u.value(m.value)
		said := v
		if strings.HasSuffix(m.name, "_wo") {
			v, hidden = nil, false // a plan never has what is only written
		}
		u.note(m, path)
		if hidden != true {
			after = append(after, Member{m.name, v})
		}
		if hidden != false {
			unknown = append(unknown, Member{m.name, hidden})
		}
		if refs != nil {
			exprs = append(exprs, Member{m.name, references(refs...)})
		} else {
			exprs = append(exprs, Member{m.name, constant(said)})
		}
	}
	for _, a := range args {
		_, said := after.Get(a.Name)
		_, hidden := unknown.Get(a.Name)
		switch {
		case said || hidden || a.Name == "":
			continue
		case a.Block:
			after = append(after, Member{a.Name, []any{}})
		default:
			after = append(after, Member{a.Name, fromValue(a.Default, nil)})
		}
		u.paths[key([]string{u.resource, prefix + a.Path})] = append(slices.Clone(at), a.Name)
	}
	return after, unknown, exprs
}

// block adds a block to those of its kind.
func (u *understanding) block(m item, args []terraform.Argument, path []string, after, unknown, exprs Object) (_, _, _ Object) {
	if v, _ := unknown.Get(m.name); v == true {
		return after, unknown, exprs // nothing of the list is known
	}
	if m.each != nil {
		_, hidden, _ := u.value(m.each)
		marks, ok := hidden.([]any)
		switch {
		case hidden == true:
			return without(after, m.name), unknown.with(m.name, true), exprs
		case !ok || len(marks) != 1 || marks[0] != true:
			unsaid("a plan does not tell a dynamic block that is known from others")
		}
		for i := range m.items {
			m.items[i].value = notKnown{}
		}
	}
	before, _ := after.Get(m.name)
	list, _ := before.([]any)
	at := append(slices.Clone(path), strconv.Itoa(len(list)))
	var inner []terraform.Argument
	for _, a := range args {
		if a.Name == m.name && a.Block && inner == nil {
			inner = a.Arguments
		}
	}
	outer := u.resource
	if other, ok := strings.CutPrefix(m.path, "\x00"); ok {
		u.resource, m.path = other, ""
		u.paths[key([]string{other, ""})] = at[:len(at)-1]
	}
	u.note(m, at)
	a, h, e := u.items(m.items, inner, at, m.path+".")
	u.resource = outer
	if m.each != nil {
		e = nil // a plan does not keep dynamic blocks
	}
	add := func(o Object, v any) Object {
		list, _ := o.Get(m.name)
		known, _ := list.([]any)
		return o.with(m.name, append(slices.Clone(known), v))
	}
	return add(after, a), add(unknown, h), add(exprs, e)
}

// note remembers where the plan has a property.
func (u *understanding) note(m item, at []string) {
	if m.path == "" {
		return
	}
	u.paths[key([]string{u.resource, m.path})] = at
	below := func(name string, v any) {
		u.note(item{path: m.path + "." + name, value: v}, append(slices.Clone(at), name))
	}
	switch v := m.value.(type) {
	case []any:
		for i, e := range v {
			below(strconv.Itoa(i), e)
		}
	case Object:
		for _, e := range v {
			below(e.Name, e.Value)
		}
	}
}

// notKnown is a value of which a plan says nothing but that.
type notKnown struct{}

// value is what a plan has of an expression: its value, what of it is not known (true for all of it, false for nothing), and
// what it refers to.
func (u *understanding) value(v any) (known, hidden any, refs []string) {
	switch v := v.(type) {
	case Param:
		for _, q := range u.c.program.Params {
			if q.Name == string(v) && q.HasDefault {
				return u.value(q.Default)
			}
		}
		if u.prefix != "" {
			return nil, true, []string{"var." + string(v)}
		}
		return nil, true, []string{computedBy(string(v)), "terraform_data." + string(v)}
	case ID, selfID:
		i := -1
		if id, ok := v.(ID); ok {
			i = u.hcl.index(id)
		} else {
			i = int(v.(selfID))
		}
		if i < 0 || u.hcl.typeOf(i) == "" || isExisting(u.c.program.Resources[i]) {
			id, ok := v.(ID)
			if !ok {
				unsaid("an association of what exists")
			}
			return idText(id), false, nil
		}
		return nil, true, []string{u.hcl.address(i) + ".id", u.hcl.address(i)}
	case nameOfID:
		return v.id.Names[len(v.id.Names)-1], false, nil
	case choice, notKnown:
		return nil, true, nil
	case []any:
		return u.list(v)
	case Object:
		return u.object(v)
	case nil, string, bool, fmt.Stringer:
		return v, false, nil
	}
	unsaid("a plan has no %T", v)
	return nil, nil, nil
}

func (u *understanding) list(v []any) (known, hidden any, refs []string) {
	values, marks, some := []any{}, []any{}, false
	for _, e := range v {
		x, h, r := u.value(e)
		values, marks, refs = append(values, x), append(marks, h), append(refs, r...)
		some = some || h != false
	}
	if !some {
		return values, false, refs
	}
	return values, marks, refs
}

func (u *understanding) object(v Object) (known, hidden any, refs []string) {
	values, marks := Object{}, Object{}
	for _, m := range v {
		x, h, r := u.value(m.Value)
		refs = append(refs, r...)
		if h != true {
			values = append(values, Member{m.Name, x})
		}
		if h != false {
			marks = append(marks, Member{m.Name, h})
		}
	}
	if len(marks) == 0 {
		return values, false, refs
	}
	return values, marks, refs
}
