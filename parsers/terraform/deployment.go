package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Options are what a root module is evaluated with.
type Options struct {
	// VarFiles are files of variables given by name, relative to the scan root; they win over those that are loaded
	// from the directory.
	VarFiles []string
	// NoVarFiles leaves out the files that Terraform loads from the directory.
	NoVarFiles bool
	// Vars are variables given by flags, as text.
	Vars map[string]string
	// Overrides replace variables of the root module whatever else is known of them, by name in lower case.
	Overrides map[string]value.Value
	// Want tells which of Azure's resource types are of interest; nil is all.
	Want func(resourceType string) bool
	// Templates reads the ARM templates that Terraform deploys; nil leaves them opaque.
	Templates Templates
	// Inspect, if set, is shown each file that functions read.
	Inspect func(*source.File)
}

// Deploy evaluates the root module in a directory, relative to the scan root.
func Deploy(tree *source.Tree, dir string, opt Options) *model.Deployment {
	p := newProject(tree)
	r := Root{Dir: dir, project: p}
	if d := p.directory(dir); d != nil {
		r.File = d.main()
	} else {
		r.File = source.NewFile(dir, nil)
	}
	return r.Deploy(opt)
}

// Deploy evaluates the root module. It is safe for concurrent use.
func (r Root) Deploy(opt Options) *model.Deployment {
	e := r.evaluate(opt)
	mapWith(e.instances, e.out, opt.Templates)
	e.finish()
	return e.out
}

// Deployed are the files that hold the ARM templates which the root deploys, in order. They are evaluated with what
// Terraform passes to them. Where nothing deploys a template nothing is evaluated.
func (r Root) Deployed(opt Options) []string {
	found := false
	r.project.eachModule(r.Dir, readManifest(r.project.tree, r.Dir), func(d *directory) bool {
		found = slices.ContainsFunc(d.resources, deploysTemplate)
		return !found
	})
	if !found {
		return nil
	}
	e := r.evaluate(opt)
	var names []string
	for _, f := range mapWith(e.instances, e.out, opt.Templates).deployed {
		if f != nil && !IsConfiguration(f.Path) && !slices.Contains(names, f.Path) {
			names = append(names, f.Path)
		}
	}
	slices.Sort(names)
	return names
}

// evaluate collects the instances of the root module.
func (r Root) evaluate(opt Options) *run {
	out := &model.Deployment{EntryPoint: r.File}
	d := r.project.directory(r.Dir)
	if d == nil {
		out.Incomplete = true
		return &run{out: out}
	}
	e := &run{project: r.project, read: r.read, opt: opt, out: out, rootDir: r.Dir, names: map[string]bool{"id": true, "name": true},
		encoded: newEncodings(), manifest: readManifest(r.project.tree, r.Dir), locks: readLocks(r.project.tree, r.Dir)}
	e.gather(r.Dir)
	var problems []diag.Diagnostic
	e.given, out.Parameters, problems = assignments(r.project.tree, r.Dir, opt)
	out.Diagnostics = append(out.Diagnostics, problems...)
	out.Diagnostics = append(out.Diagnostics, undeclared(e.given, d)...)
	e.root = e.newModule(d, nil, nil)
	e.root.expand()
	e.root.addOutputs()
	e.root.addInputs()
	return e
}

// override is the value that takes the place of a variable of the root module.
func (r *run) override(name string) (value.Value, bool) {
	v, ok := r.opt.Overrides[strings.ToLower(name)]
	return v, ok
}

// graded are the beginnings of the types of resources for which a default that turns them off is worth a second look.
var graded = []string{"azurerm_cosmosdb_", "azurerm_mongo_cluster", "azurerm_private_endpoint"}

// gradedWords are what stands in the type of an azapi_resource for which the same is true.
var gradedWords = []string{"documentdb/", "servergroupsv2", "/privateendpoints"}

func isGraded(b *block) bool {
	if b.typ != "resource" {
		return false
	}
	if typ := strings.ToLower(textOf(b.expr("type"))); strings.HasPrefix(b.labels[0], "azapi_") {
		return slices.ContainsFunc(gradedWords, func(w string) bool { return strings.Contains(typ, w) })
	}
	return slices.ContainsFunc(graded, func(p string) bool { return strings.HasPrefix(b.labels[0], p) })
}

// providers are those whose resources the mapping knows, or that may hold an account's keys.
var providers = []string{"azurerm_", "azapi_", "azuread_", "msgraph_", "kubernetes_", "helm_", "github_", "azuredevops_"}

// expand collects the instances of the module and of those that it calls, in source order.
func (m *module) expand() {
	for _, res := range m.order {
		known := slices.ContainsFunc(providers, func(p string) bool { return strings.HasPrefix(res.typ(), p) })
		if known && res.decl.typ != "ephemeral" {
			m.expandResource(res)
		}
	}
	for _, b := range m.dir.calls {
		m.expandCall(m.children[b.labels[0]])
	}
}

func (m *module) expandResource(res *resource) {
	list := res.nodes()
	if list == nil {
		return
	}
	if len(list.nodes) == 0 && isGraded(res.decl) {
		m.run.off(list.by, m.declaration(res.decl))
	}
	for _, n := range list.nodes {
		if len(m.run.instances) >= maxInstances {
			m.run.full = true
			return
		}
		m.run.instances = append(m.run.instances, m.instance(res, n))
	}
}

func (m *module) instance(res *resource, n *node) *Instance {
	wanted := m.run.wants(res.decl)
	i := &Instance{
		Data: res.decl.typ == "data", Type: res.typ(), Name: res.decl.labels[1], Address: n.address,
		Config: n.scope.body(res.decl, wanted), named: wanted != nil,
		Header: res.decl.header, Declaration: m.declaration(res.decl), Calls: m.calls, External: isCache(m.dir.path),
		Provider: m.providerOf(res.decl, res.typ()), Ignored: ignored(res.decl), encoded: m.run.encoded,
	}
	i.Exists, i.Condition = both(m.exists, m.condition, n.exists, n.condition)
	i.ImportID, _ = n.imported("id")
	return i
}

// wants returns which arguments of a resource have to be evaluated; nil is all. Of one that no rule asks for it is those that
// its id is made of: others may refer to it.
func (r *run) wants(b *block) func(string) bool {
	typ, want := b.labels[0], r.opt.Want
	if want == nil || deploysTemplate(b) {
		return nil
	}
	arm, at := typ, place{}
	switch s := schemas[typ]; {
	case strings.HasPrefix(typ, "azapi_"):
		text, _ := literalTextOf(b.expr("type"))
		if arm, _, _ = strings.Cut(text, "@"); arm == "" {
			return nil
		}
	case !strings.HasPrefix(typ, "azurerm_"):
		return nil
	case s != nil:
		arm, at = s.arm, s.at
	case associations[typ].typ != "":
		arm = associations[typ].typ
	}
	if want(arm) {
		return nil
	}
	return func(name string) bool {
		return slices.Contains(placing, name) || name == at.parent || name == at.scope || name == at.whole || slices.Contains(at.names, name)
	}
}

// placing are the arguments that ids are made of, whatever the type.
var placing = []string{"name", "resource_group_name", "resource_group_id", "type", "parent_id", "resource_id", "role_definition_id"}

func literalTextOf(e hclsyntax.Expression) (string, bool) {
	if e == nil {
		return "", false
	}
	return literalText(e)
}

// ignored are the arguments that lifecycle.ignore_changes names.
func ignored(b *block) []string {
	var out []string
	for _, l := range b.nested("lifecycle") {
		e := l.expr("ignore_changes")
		if e == nil {
			continue
		}
		if word, _ := literalText(e); word == "all" {
			return []string{"*"}
		}
		for _, x := range tupleItems(e) {
			out = append(out, firstName(x))
		}
	}
	return out
}

// declaration identifies the source declaration and the module calls that lead to it.
func (m *module) declaration(b *block) string { return declared(m.static, b) }

func declared(module string, b *block) string {
	return module + "#" + b.header.File.Path + ":" + strconv.Itoa(b.header.Start)
}

func (m *module) expandCall(c *moduleCall) {
	list := c.instances()
	if list == nil {
		return
	}
	if len(list.nodes) == 0 {
		m.dropped(c, list.by)
	}
	for _, in := range list.nodes {
		if in.module == nil {
			exists, _ := both(m.exists, m.condition, in.exists, in.condition)
			m.run.out.Opaque = append(m.run.out.Opaque, model.Opaque{
				Path: in.path, Source: in.source, Span: c.decl.header, Exists: exists, Arguments: in.arguments(),
				Forgets: true})
			continue
		}
		in.module.expand()
	}
}

// dropped notes the switch of a module that a default turns off, if it has a resource that is graded. One that is not here
// cannot be turned on and looked into, which is told if it may have one.
func (m *module) dropped(c *moduleCall, by []string) {
	dir, src := m.run.find(m, c.decl, c.key())
	switch {
	case dir != nil && m.run.holdsGraded(dir, c.key()):
		m.run.off(by, m.declaration(c.decl))
	case dir == nil && !isLocal(src) && len(by) > 0 && isInteresting([]byte(src)):
		m.run.out.Opaque = append(m.run.out.Opaque, model.Opaque{
			Path: m.qualify("module." + c.name()), Source: src, Span: c.decl.header, Exists: model.Dormant,
			Arguments: value.OfObject(), Forgets: true})
	}
}

// holdsGraded reports whether a module, or one that it calls, declares a resource that is graded.
func (r *run) holdsGraded(dir *directory, key string) bool {
	holds := false
	w := moduleWalk{project: r.project, manifest: r.manifest, seen: map[*directory]bool{}, visit: func(d *directory) bool {
		holds = slices.ContainsFunc(d.resources, isGraded)
		return !holds
	}}
	w.enter(dir, key)
	return holds
}

// off notes that the defaults of variables turn a resource off.
func (r *run) off(by []string, declaration string) {
	if len(by) == 0 {
		return
	}
	s := model.Switch{Declaration: declaration}
	for _, name := range by {
		s.Parameters = append(s.Parameters, name)
		s.Values = append(s.Values, r.flipped(name))
	}
	r.out.Switches = append(r.out.Switches, s)
}

// flipped is a value of a root variable that is not its default.
func (r *run) flipped(name string) value.Value {
	v := r.root.variable(name)
	if b, ok := v.Bool(); ok {
		return value.OfBool(!b)
	}
	decl := r.root.dir.variables[name]
	u := value.NewUnknown("var."+name, name)
	u.NotNull = true
	var others []value.Value
	for _, a := range r.root.allowed(name, decl) {
		if value.Equal(a, v) == value.False {
			others = append(others, a)
		}
	}
	if len(others) > 0 {
		return oneOf(u.Sym(), others...).WithDeps(name)
	}
	return u
}

func (r *run) finish() {
	if r.full {
		r.problem("limit", diag.Error, r.out.EntryPoint.At(0, 0), "The configuration makes more than "+
			strconv.Itoa(maxInstances)+" resources; the rest was not looked at.")
	}
	// Behind a limit may be what seems to be missing.
	behind := func(d diag.Diagnostic) bool { return d.Code == "limit" }
	r.out.Incomplete = r.out.Incomplete || slices.ContainsFunc(r.out.Diagnostics, behind)
	slices.SortStableFunc(r.out.Diagnostics, func(a, b diag.Diagnostic) int {
		if c := source.Compare(a.Span, b.Span); c != 0 {
			return c
		}
		return strings.Compare(a.Message, b.Message)
	})
}
