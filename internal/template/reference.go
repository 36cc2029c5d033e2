package template

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Member gives one output of a module or one declared property of a resource without evaluating the others.
func (in *instance) Member(e *expr.Evaluator, c *expr.Call, keys []value.Value) (value.Value, int, bool) {
	name := strings.ToLower(c.Name)
	if name != "reference" && name != "listoutputswithsecurevalues" || len(c.Args) == 0 {
		return value.Value{}, 0, false
	}
	ent := in.referred(e.Eval(c.Args[0]))
	if ent == nil {
		return value.Value{}, 0, false
	}
	if name == "listoutputswithsecurevalues" {
		v, ok := ent.secureOutput(keys[0])
		return v, 1, ok
	}
	full := in.isFull(e, c)
	if ent.decl.Module != nil && !full {
		return ent.outputMember(keys)
	}
	path := keys
	if !full && !ent.decl.Graph {
		path = append([]value.Value{value.OfString("properties")}, keys...)
	}
	if v, ok := ent.declared(path); ok {
		return v, len(keys), true
	}
	return ent.atRunTime(path), len(keys), true
}

// outputMember is outputs.NAME.value.
func (e *entity) outputMember(path []value.Value) (value.Value, int, bool) {
	if len(path) < 3 || !isName(path[0], "outputs") || !isName(path[2], "value") {
		return value.Value{}, 0, false
	}
	name, ok := path[1].Text()
	if !ok {
		return value.Value{}, 0, false
	}
	v, ok := e.outputNamed(name)
	if !ok {
		v = value.NewUnknown(e.referenceSym("outputs." + name + ".value"))
	}
	return v, 3, true
}

// atRunTime is a member of the resource as the service returns it. Those below properties have one canonical expression,
// however they are reached.
func (e *entity) atRunTime(path []value.Value) value.Value {
	v := e.reference(true)
	for _, k := range path {
		v = expr.Access(v, k)
	}
	return v
}

func isName(v value.Value, name string) bool {
	text, ok := v.Text()
	return ok && strings.EqualFold(text, name)
}

func (in *instance) isFull(e *expr.Evaluator, c *expr.Call) bool {
	return len(c.Args) > 2 && isName(e.Eval(c.Args[2]), "full")
}

// referred finds what an argument of reference means: a symbolic name ("db", "db[0]"), an id, or the name of a resource.
func (in *instance) referred(v value.Value) *entity {
	in.declarations()
	if text, ok := v.Text(); ok && !strings.Contains(text, "/") {
		if e := in.bySymbol(text); e != nil {
			return e
		}
	}
	if e := in.ofLoop(v); e != nil {
		return e
	}
	if id, ok := model.ParseID(in.absolute(v)); ok {
		return in.byID(id)
	}
	if in.t.Symbolic {
		return nil
	}
	return in.withName(v)
}

// withName finds the resource that has the name; nil if there are several, which Azure does not accept. One that is not
// deployed counts only where no other has it.
func (in *instance) withName(name value.Value) *entity {
	var found []*entity
	for _, e := range in.names().byName[nameKey(name)] {
		if len(found) > 0 && found[0].off {
			found = nil
		}
		if len(found) == 0 || !e.off {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// nameIndex finds resources by their names, also where these are not known.
type nameIndex struct {
	byName, byType map[string][]*entity
}

// names are the resources by name. While one of the names is being evaluated, it cannot be in the index, which then is
// not kept: that costs as much as evaluating one expression for each resource.
func (in *instance) names() *nameIndex {
	if in.index != nil {
		return in.index
	}
	x := &nameIndex{map[string][]*entity{}, map[string][]*entity{}}
	seen, complete := 0, true
	for _, decl := range in.declarations() {
		for _, e := range in.of(decl) {
			seen++
			if e.name.Busy() {
				complete = false
				continue
			}
			name := nameKey(e.Name())
			if name == "" {
				continue
			}
			typed := strings.ToLower(e.typ) + name
			x.byName[name] = append(x.byName[name], e)
			x.byType[typed] = append(x.byType[typed], e)
		}
	}
	if complete {
		in.index = x
	} else if !in.run.budget.Spend(seen) {
		return &nameIndex{}
	}
	return x
}

// nameKey is the same for all values that are surely the same name.
func nameKey(name value.Value) string { return strings.ToLower(value.Canon(name)) }

// ofLoop is the resource of a loop at an index that is not known: "db[…]".
func (in *instance) ofLoop(v value.Value) *entity {
	pieces := v.Pieces()
	if len(pieces) != 3 {
		return nil
	}
	open, _ := pieces[0].Text()
	symbol, ok := strings.CutSuffix(open, "[")
	decl := in.symbols[strings.ToLower(symbol)]
	if !ok || decl == nil || decl.Copy == nil || decl.Nested || !isName(pieces[2], "]") {
		return nil
	}
	return in.newEntity(decl, nil, in.eval.WithLoop(decl.Copy.Name, pieces[1]), "*")
}

func (in *instance) bySymbol(text string) *entity {
	symbol, index, _ := strings.Cut(strings.TrimSuffix(text, "]"), "[")
	decl := in.symbols[strings.ToLower(symbol)]
	if decl == nil {
		return nil
	}
	list := in.of(decl)
	i := 0
	if index != "" {
		i, _ = strconv.Atoi(index)
	}
	if i < 0 || i >= len(list) {
		return nil
	}
	return list[i]
}

func (in *instance) byID(id model.ID) *entity {
	name := nameKey(joinNames(id.Names))
	if name == "" {
		return nil
	}
	for _, e := range in.names().byType[strings.ToLower(id.Type)+name] {
		if e.inScope(id.Scope) {
			return e
		}
	}
	return nil
}

// inScope reports whether e may be in the given scope: two resources of one name are told apart by it.
func (e *entity) inScope(scope value.Value) bool {
	id, ok := model.ParseID(e.ID())
	return !ok || value.SameFold(id.Scope, scope) != value.False
}

// fullType is the type of a declaration with those of the declarations that it is nested in.
func fullType(decl *Resource) string {
	typ := decl.Type
	for p := decl.Parent; p != nil; p = p.Parent {
		typ = p.Type + "/" + typ
	}
	return typ
}

// declared returns the part of the body that keys lead to, as it is declared. What is not declared is left to the
// service, which adds members.
func (e *entity) declared(keys []value.Value) (value.Value, bool) {
	if e.decl.Existing || e.decl.Body == nil || e.off {
		return value.Value{}, false
	}
	var x expr.Expr = e.decl.Body
	for i, k := range keys {
		if lazy, ok := x.(*expr.Lazy); ok {
			x = lazy.Expr()
		}
		obj, isObject := x.(*expr.Object)
		name, isText := k.Text()
		if !isObject || !isText {
			return memberAt(e.withIDs(e.eval.Eval(x), keys[:i]), keys[i:])
		}
		if x = memberOf(obj, name); x == nil {
			return value.Value{}, false
		}
	}
	v := e.withIDs(e.eval.Eval(x), keys)
	return v, !v.IsUnset()
}

// withIDs gives the subnets of a virtual network, which path leads to, the ids that the service adds: they are made of the names.
func (e *entity) withIDs(list value.Value, path []value.Value) value.Value {
	if len(path) != 2 || !isName(path[1], "subnets") || list.Kind != value.Array || !strings.EqualFold(e.typ, "Microsoft.Network/virtualNetworks") {
		return list
	}
	elems := slices.Clone(list.Elems())
	for i, x := range elems {
		name := x.Get("name")
		if x.Kind != value.Object || value.Canon(name) == "" || !x.Get("id").IsUnset() {
			continue
		}
		id := value.Template(e.ID(), value.OfString("/subnets/"), name)
		elems[i] = shapedAs(x, value.OfObject(append(slices.Clone(x.Fields()), field("id", id))...))
	}
	return shapedAs(list, value.OfArray(elems...))
}

// shapedAs gives w, made of the members of v, what v has as a whole.
func shapedAs(v, w value.Value) value.Value {
	w.Span, w.From, w.Open, w.Secret = v.Span, v.From, v.Open, v.Secret
	return w.WithDeps(v.Deps()...)
}

// memberAt follows keys into a value, as far as its members are known.
func memberAt(v value.Value, keys []value.Value) (value.Value, bool) {
	for _, k := range keys {
		if name, ok := k.Text(); ok {
			v = v.Get(name)
		} else if i, ok := k.Int(); ok {
			v = v.Index(int(i))
		} else {
			return v, false
		}
	}
	known := v.Kind != value.Unknown || len(v.Cases()) > 0 || v.Parts() != nil
	return v, known && !v.IsUnset()
}

// memberOf returns the expression of a literal member; nil when there is none, or a computed key makes it doubtful.
func memberOf(o *expr.Object, name string) expr.Expr {
	for i := len(o.Members) - 1; i >= 0; i-- {
		lit, ok := o.Members[i].Key.(expr.Literal)
		if !ok {
			return nil
		}
		if isName(lit.Value, name) {
			return o.Members[i].Value
		}
	}
	return nil
}

// referenceSym is the canonical expression of a property of e as the service would return it.
func (e *entity) referenceSym(path string) string {
	id := value.Canon(e.ID())
	if id == "" {
		return ""
	}
	return "reference(" + id + ")." + path
}

// evalReference is reference(resource, [apiVersion], ['full']) without a member that could be looked up alone.
func evalReference(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	if len(c.Args) == 0 {
		return value.Value{}
	}
	target := e.Eval(c.Args[0])
	ent := in.referred(target)
	full := in.isFull(e, c)
	if ent == nil {
		return referenceTo(target, full)
	}
	if ent.decl.Module != nil && ent.instance() != nil && !full {
		return value.OfObject(field("outputs", ent.outputsObject())).AsOpen()
	}
	return ent.reference(full)
}

// reference is the resource at run time.
func (e *entity) reference(full bool) value.Value {
	if e.decl.Graph {
		return e.inGraph()
	}
	return referenceTo(e.ID(), full)
}

// referenceTo is the unknown that stands for a resource at run time: its properties, or with full the resource. Both have
// the same canonical expressions below properties.
func referenceTo(id value.Value, full bool) value.Value {
	v := expr.UnknownCall("reference", id)
	v.NotNull = true
	if !full {
		return v
	}
	whole := expr.UnknownCall("resource", id)
	return value.OfObject(
		field("properties", v), field("id", id), field("location", whole.Get("location")),
		field("identity", whole.Get("identity")), field("sku", whole.Get("sku")),
	).AsOpen()
}

// evalReferences is references('loop', ['full']).
func evalReferences(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := e.Args(c)
	in.declarations()
	symbol, ok := "", false
	if len(args) > 0 {
		symbol, ok = args[0].Text()
	}
	decl := in.symbols[strings.ToLower(symbol)]
	if !ok || decl == nil {
		return expr.UnknownCall("references", args...)
	}
	full := len(args) > 1 && isName(args[1], "full")
	var elems []value.Value
	for _, ent := range in.of(decl) {
		switch {
		case ent.off:
		case decl.Module != nil && !full:
			elems = append(elems, value.OfObject(field("outputs", ent.outputsObject())).AsOpen())
		default:
			elems = append(elems, ent.reference(full))
		}
	}
	v := value.OfArray(elems...)
	v.Open = len(elems) == 1 && elems[0].Kind != value.Absent && decl.Copy != nil && !in.countKnown(decl)
	return v
}

func (in *instance) countKnown(decl *Resource) bool {
	_, ok := in.eval.Eval(decl.Copy.Count).Int()
	return ok
}

func evalResourceInfo(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := e.Args(c)
	if len(args) != 1 {
		return value.Value{}
	}
	ent := in.referred(args[0])
	if ent == nil {
		return expr.UnknownCall("resourceInfo", args...)
	}
	version := value.Value{}
	if ent.decl.APIVersion != nil {
		version = ent.eval.Eval(ent.decl.APIVersion)
	}
	names := model.SplitName(ent.Name())
	return value.OfObject(field("id", ent.ID()), field("name", names[len(names)-1]),
		field("type", value.OfString(ent.typ)), field("apiVersion", version))
}

// list is listKeys, listConnectionStrings, listAccountSas and all others whose name begins with list: they return secrets.
func (in *instance) list(e *expr.Evaluator, c *expr.Call) value.Value {
	args := e.Args(c)
	target := value.Value{}
	if len(args) > 0 {
		target = args[0]
		if ent := in.referred(target); ent != nil {
			target = ent.ID()
		}
	}
	alternatives := slices.Clone(target.Alternatives())
	for i, one := range alternatives {
		v := expr.UnknownCall(c.Name, one).AsSecret()
		if id, ok := model.ParseID(in.absolute(one)); ok && v.Sym() == "" { // its type says whose secrets they are
			v = v.Named(fmt.Sprintf("%s('/providers/%s/?', '%s%d')", c.Name, id.Type, in.path, c.At.Start))
		}
		v.NotNull = true
		alternatives[i] = v
	}
	return value.OneOf(value.CanonCall(c.Name, target), alternatives...)
}

// evalSecureOutputs is listOutputsWithSecureValues(module, apiVersion): of its members only secure outputs are secret.
func evalSecureOutputs(in *instance, e *expr.Evaluator, c *expr.Call) value.Value {
	args := e.Args(c)
	if len(args) > 0 {
		if ent := in.referred(args[0]); ent != nil && ent.instance() != nil {
			fields := make([]value.Field, 0, len(ent.module.t.Outputs))
			for _, o := range ent.module.t.Outputs {
				fields = append(fields, field(o.Name, ent.module.outputValue(o)))
			}
			return value.OfObject(fields...)
		}
	}
	return expr.UnknownCall(c.Name, args...).AsSecret()
}

func (e *entity) secureOutput(key value.Value) (value.Value, bool) {
	name, ok := key.Text()
	if !ok {
		return value.Value{}, false
	}
	return e.outputNamed(name)
}
