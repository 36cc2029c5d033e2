package template

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// entity is one resource that a declaration stands for: one iteration of its loop.
type entity struct {
	decl   *Resource
	in     *instance
	parent *entity
	typ    string
	eval   *expr.Evaluator // knows the index of the loop
	exists model.Presence
	off    bool     // not deployed, for certain
	by     []string // the root parameters whose defaults turn it off
	// condition is why exists is Maybe.
	condition value.Value
	path      string
	written   string

	name, id value.Lazy
	module   *instance
	resource *model.Resource // once it is part of the deployment
}

// entityList is all that a declaration stands for, made when first asked for.
type entityList struct {
	made, busy bool
	list       []*entity
}

// of returns what a declaration stands for, including what is off: its name and id can still be referred to.
func (in *instance) of(decl *Resource) []*entity {
	l := in.entities[decl]
	if l == nil {
		l = &entityList{}
		in.entities[decl] = l
	}
	switch {
	case l.busy:
		in.run.problem("cycle", diag.Error, decl.Header, "the number of these resources depends on themselves")
		return nil
	case !l.made:
		l.busy = true
		l.list = in.iterate(decl)
		l.made, l.busy = true, false
	}
	return l.list
}

func (in *instance) iterate(decl *Resource) []*entity {
	if decl.Parent == nil || !decl.Nested {
		return in.repeat(decl, nil, in.eval)
	}
	var list []*entity
	for _, parent := range in.of(decl.Parent) {
		list = append(list, in.repeat(decl, parent, parent.eval)...)
	}
	return list
}

func (in *instance) repeat(decl *Resource, parent *entity, eval *expr.Evaluator) []*entity {
	if decl.Copy == nil {
		return []*entity{in.newEntity(decl, parent, eval, "")}
	}
	return in.loop(decl, parent, eval)
}

// named returns the parent that a declaration names.
func (in *instance) named(decl *Resource, eval *expr.Evaluator) *entity {
	list := in.of(decl.Parent)
	i := int64(0)
	if decl.ParentIndex != nil {
		i, _ = eval.Eval(decl.ParentIndex).Int()
	}
	if i < 0 || int(i) >= len(list) {
		return nil
	}
	return list[i]
}

// loop makes an entity for each iteration, or one that stands for all when their number is not known.
func (in *instance) loop(decl *Resource, parent *entity, eval *expr.Evaluator) []*entity {
	count, by := in.run.touched.During(func() value.Value { return eval.Eval(decl.Copy.Count) })
	n, ok := count.Int()
	if ok && n > MaxCopies {
		in.run.problem("limit", diag.Error, decl.Copy.Site, fmt.Sprintf(
			"The loop makes %d resources; Azure takes %d at most. One of them was looked at.", n, MaxCopies))
		ok = false
		count = value.Value{}
	}
	if !ok {
		index := value.NewUnknown("copyIndex('"+decl.Copy.Name+"')", count.Deps()...)
		index.NotNull = true
		e := in.newEntity(decl, parent, eval.WithLoop(decl.Copy.Name, index), "*")
		if e.exists == model.Yes {
			e.exists, e.condition = model.Maybe, count
		}
		return []*entity{e}
	}
	if n <= 0 {
		e := in.newEntity(decl, parent, eval.WithLoop(decl.Copy.Name, value.Value{}), "*")
		e.off, e.by = true, by
		return []*entity{e}
	}
	list := make([]*entity, n)
	for i := range list {
		list[i] = in.newEntity(decl, parent, eval.WithLoop(decl.Copy.Name, value.OfInt(int64(i))), strconv.Itoa(i))
	}
	return list
}

func (in *instance) newEntity(decl *Resource, parent *entity, eval *expr.Evaluator, index string) *entity {
	if parent == nil && decl.Parent != nil {
		parent = in.named(decl, eval)
	}
	e := &entity{decl: decl, in: in, parent: parent, eval: eval, typ: fullType(decl)}
	if parent != nil && decl.Inherits {
		e.exists, e.off, e.by, e.condition = parent.exists, parent.off, parent.by, parent.condition
	}
	if decl.Condition != nil && !e.off {
		e.decide()
	}
	e.path, e.written = in.pathOf(e, index), in.writtenOf(e)
	return e
}

// decide evaluates the condition.
func (e *entity) decide() {
	cond, by := e.in.run.touched.During(func() value.Value { return e.eval.Eval(e.decl.Condition) })
	switch cond.IsTrue() {
	case value.False:
		e.off, e.by = true, by
	case value.Undecided:
		e.exists = model.Maybe
		if e.condition.Sym() != "" {
			cond = expr.UnknownCall("and", e.condition, cond)
		}
		e.condition = cond
	}
}

// pathOf names the entity to people: its symbolic name, or its type and name, after the modules that lead to it and the
// resource that it is nested in.
func (in *instance) pathOf(e *entity, index string) string {
	prefix, typ := in.path, e.typ
	if e.parent != nil && e.decl.Nested {
		prefix, typ = e.parent.path, e.decl.Type
	}
	p := e.decl.Symbol
	if p == "" {
		p = typ
		if lit, ok := e.decl.Name.(expr.Literal); ok {
			if text, ok := lit.Value.Text(); ok {
				p += "/" + text
			}
		}
	}
	if index != "" {
		p += "[" + index + "]"
	}
	if prefix == "" {
		return p
	}
	return prefix + "/" + p
}

// writtenOf is what tells entities with one path apart: the expressions of the names that it leaves out.
func (in *instance) writtenOf(e *entity) string {
	prefix := ""
	switch {
	case e.parent != nil && e.decl.Nested:
		prefix = e.parent.written
	case in.call != nil:
		prefix = in.call.written
	}
	if _, literal := e.decl.Name.(expr.Literal); literal || e.decl.Symbol != "" || e.decl.Name == nil {
		return prefix
	}
	return prefix + "/" + e.decl.Name.Span().Text()
}

// Name is the full name: that of a child begins with its parent's.
func (e *entity) Name() value.Value {
	own := e.own()
	name := joinNames(e.names())
	name.Span, name.From = own.Span, own.From // where it is written, also of a child that writes only its last segment
	return name
}

// own is the name as the declaration has it.
func (e *entity) own() value.Value {
	return e.in.run.once(&e.name, "the name of this resource", e.decl.Header, func() value.Value {
		if e.decl.Graph {
			return e.graphName()
		}
		if e.decl.Name == nil {
			return value.Value{}
		}
		return e.eval.Eval(e.decl.Name)
	})
}

// names are the segments of the full name.
func (e *entity) names() []value.Value {
	own := e.own()
	if e.parent == nil {
		return model.SplitName(own)
	}
	if own.IsUnset() {
		own = value.OfString("")
	}
	return append(e.parent.names(), model.SplitName(own)...)
}

// placed is the resource that says where e is deployed to: e itself, or the nearest parent that names a scope.
func (e *entity) placed() *entity {
	for p := e; p != nil; p = p.parent {
		if p.decl.Scope != nil || p.decl.Group != nil || p.decl.SubscriptionID != nil {
			return p
		}
	}
	return e
}

// Scope is the scope that an extension resource names; Absent without one.
func (e *entity) Scope() value.Value {
	p := e.placed()
	if p.decl.Scope == nil {
		return value.AbsentValue
	}
	return p.eval.Eval(p.decl.Scope)
}

// ID is the resource's id.
func (e *entity) ID() value.Value {
	return e.in.run.once(&e.id, "the id of this resource", e.decl.Header, func() value.Value {
		if e.decl.Graph {
			return e.inGraph().Get("id")
		}
		scope := e.Scope()
		if scope.IsUnset() {
			sub, group, level, p := e.in.sub, e.in.group, e.in.level, e.placed()
			if p.decl.SubscriptionID != nil {
				sub, level = p.eval.Eval(p.decl.SubscriptionID), Subscription
			}
			if p.decl.Group != nil {
				group, level = p.eval.Eval(p.decl.Group), ResourceGroup
			}
			return resourceID(levelScope(level, sub, group), e.typ, e.names())
		}
		return resourceID(e.in.absolute(scope), e.typ, e.names())
	})
}

// scopeID is the scope as an id; "/" stands for the tenant.
func (e *entity) scopeID() value.Value {
	scope := e.Scope()
	if scope.IsUnset() || isName(scope, "/") {
		return scope
	}
	return e.in.absolute(scope)
}

// absolute turns an unqualified id ("Microsoft.X/accounts/a", as a scope may be given) into a full one.
func (in *instance) absolute(scope value.Value) value.Value {
	if isName(scope, "/") {
		return value.OfString("")
	}
	cases := scope.Alternatives()
	full := slices.Clone(cases)
	short := 0
	for i, c := range cases {
		if text, ok := c.Pieces()[0].Text(); ok && !strings.HasPrefix(text, "/") && strings.Contains(text, "/") {
			full[i] = value.Template(levelScope(in.level, in.sub, in.group), value.OfString("/providers/"), c)
			short++
		}
	}
	switch short {
	case 0:
		return scope
	case len(cases):
		return value.Template(levelScope(in.level, in.sub, in.group), value.OfString("/providers/"), scope)
	}
	return value.OneOf("", full...).WithDeps(scope.Deps()...)
}

// expand adds everything that the template deploys to the deployment.
func (in *instance) expand() {
	for _, decl := range in.declarations() {
		in.expandDeclaration(decl)
	}
}

// declarations are all resources of the template, children after their parents.
func (in *instance) declarations() []*Resource {
	if in.decls != nil || in.t.Resources == nil {
		return in.decls
	}
	in.symbols = map[string]*Resource{}
	var add func(list []*Resource, depth int)
	add = func(list []*Resource, depth int) {
		for _, r := range list {
			in.decls = append(in.decls, r)
			if r.Symbol != "" {
				in.symbols[strings.ToLower(r.Symbol)] = r
			}
			if r.Children != nil && depth < MaxLevels {
				add(r.Children(), depth+1)
			}
		}
	}
	add(in.t.Resources(), 0)
	return in.decls
}

func (in *instance) expandDeclaration(decl *Resource) {
	if decl.Unlisted || decl.Module == nil && !in.wanted(decl) {
		return
	}
	for _, e := range in.of(decl) {
		switch {
		case e.off:
			in.dropped(e)
		case decl.Module != nil:
			e.expandModule()
		case in.wants(e.typ):
			in.run.add(e)
		}
	}
}

// wanted asks about the full type, which a nested child only has together with its parents.
func (in *instance) wanted(decl *Resource) bool {
	typ := decl.Type
	for p := decl.Parent; p != nil; p = p.Parent {
		typ = p.Type + "/" + typ
	}
	return in.wants(typ)
}

// wants is true of everything in a nested template of outer scope: the history of the deployment keeps it with its values.
func (in *instance) wants(typ string) bool {
	want := in.run.in.Want
	return want == nil || want(typ) || in.call != nil && in.call.decl.Module.Outer && in.run.in.Outputs
}

// dropped notes the switch that turns off a resource which is worth a look.
func (in *instance) dropped(e *entity) {
	if len(e.by) == 0 || in.run.in.Primary == nil || e.decl.Existing {
		return
	}
	if e.decl.Module == nil && !in.run.in.Primary(e.typ) || e.decl.Module != nil && !holds(e.template(), in.run.in.Primary, 0) {
		return
	}
	s := model.Switch{Declaration: in.declaration(e)}
	for _, name := range e.by {
		s.Parameters = append(s.Parameters, name)
		s.Values = append(s.Values, in.run.flipped(name))
	}
	in.run.out.Switches = append(in.run.out.Switches, s)
}

// holds reports whether a template declares a primary type, also in the templates nested in it.
func holds(t *Template, primary func(string) bool, depth int) bool {
	if t == nil || t.Resources == nil || depth > MaxLevels {
		return false
	}
	for _, r := range t.Resources() {
		if r.Module != nil && holds(r.Module.Load(), primary, depth+1) || r.Module == nil && primary(fullType(r)) && !r.Existing {
			return true
		}
	}
	return false
}

// flipped is a value of a root parameter that is not its default.
func (r *run) flipped(name string) value.Value {
	c := r.root.params[strings.ToLower(name)]
	if b, ok := c.Peek().Bool(); ok {
		return value.OfBool(!b)
	}
	u := r.root.open(c.p)
	u.NotNull = true
	var others []value.Value
	for _, a := range u.Cases() {
		if value.Equal(a, c.Peek()) == value.False {
			others = append(others, a)
		}
	}
	if len(others) > 0 {
		return value.OneOf(u.Sym(), others...).WithDeps(c.p.Name)
	}
	return u
}

// declaration identifies the source declaration and the module calls that lead to it.
func (in *instance) declaration(e *entity) string {
	return in.path + "#" + span(e.decl.Header)
}

func span(s source.Span) string {
	if s.File == nil {
		return ""
	}
	return s.File.Path + ":" + strconv.Itoa(s.Start)
}

// add makes the resource of an entity.
func (r *run) add(e *entity) {
	if len(r.out.Resources) >= MaxResources {
		r.full = true
		return
	}
	if r.values > MaxValues {
		return
	}
	res := &model.Resource{
		Type: e.typ, Name: e.Name(), Scope: e.scopeID(), ID: e.ID(),
		Exists: e.exists, Existing: e.decl.Existing, Condition: e.condition,
		Header: e.decl.Header, Path: e.path, Written: e.written, Calls: e.in.calls, Dialect: e.in.t.Dialect,
		Declaration: e.in.declaration(e), Outer: e.in.call != nil && e.in.call.decl.Module.Outer,
	}
	if e.decl.APIVersion != nil {
		version := e.eval.Eval(e.decl.APIVersion)
		res.APIVersion, _ = version.Text()
		if version.From == nil {
			res.VersionSite = version.Span
		}
	}
	res.Body = value.OfObject()
	if e.decl.Body != nil {
		res.Body = e.eval.Eval(e.decl.Body)
	}
	if r.values += res.Body.Size(); r.values > MaxValues {
		return
	}
	if e.parent != nil {
		res.Parent = e.parent.resource
	}
	normalise(res)
	e.resource = res
	r.out.Resources = append(r.out.Resources, res)
}

// normalise gives an extension resource in the old spelling, type "Microsoft.X/a/providers/locks" and name
// "acct/Microsoft.Authorization/lock1", the type, name and scope of the new one. Its id is the same in both.
func normalise(res *model.Resource) {
	if !strings.Contains(res.Type, "/providers/") {
		return
	}
	if id, ok := model.ParseID(res.ID); ok {
		res.Type, res.Name, res.Scope, res.Parent = id.Type, joinNames(id.Names), id.Scope, nil
	}
}

func joinNames(names []value.Value) value.Value {
	pieces := make([]value.Value, 0, 2*len(names))
	for i, n := range names {
		if i > 0 {
			pieces = append(pieces, value.OfString("/"))
		}
		pieces = append(pieces, n)
	}
	return value.Template(pieces...)
}

// resourceID puts an id together: types and names take turns after the provider.
func resourceID(scope value.Value, typ string, names []value.Value) value.Value {
	segments := strings.Split(typ, "/")
	pieces := []value.Value{scope, value.OfString("/providers/" + segments[0])}
	for i, s := range segments[1:] {
		pieces = append(pieces, value.OfString("/"+s+"/"))
		if i < len(names) {
			pieces = append(pieces, names[i])
		} else {
			pieces = append(pieces, value.Value{})
		}
	}
	if len(names) > len(segments)-1 {
		pieces = append(pieces, value.Value{})
	}
	return value.Template(pieces...)
}

// levelScope is the id of a deployment's scope.
func levelScope(level Level, sub, group value.Value) value.Value {
	switch level {
	case ResourceGroup:
		return value.Template(value.OfString("/subscriptions/"), sub, value.OfString("/resourceGroups/"), group)
	case Subscription:
		return value.Template(value.OfString("/subscriptions/"), sub)
	case ManagementGroup:
		return value.Template(value.OfString("/providers/Microsoft.Management/managementGroups/"), known("managementGroup().name"))
	}
	return value.OfString("")
}
