package expr

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// A member whose value is one of several, among them Absent, may not be there at all: see blend. Names that differ in
// case alone are the same member to every function that looks for a name, yet items and objectKeys list both (tested).

var objectFunctions = []function{
	{name: "createObject", max: -1, notNull: true, form: evalCreateObject},
	{name: "items", min: 1, max: 1, needs: shape, notNull: true, eval: evalItems},
	{name: "objectKeys", min: 1, max: 1, needs: shape, notNull: true, eval: evalObjectKeys},
	{name: "shallowMerge", min: 1, max: 1, needs: shape, notNull: true, eval: evalShallowMerge},
	{name: "union", min: 2, max: -1, needs: anything, notNull: true, eval: evalUnion},
}

// objectOf makes an object; open, it waits for the parameters deps.
func objectOf(fields []value.Field, open bool, deps ...string) value.Value {
	v := value.OfObject(fields...)
	v.Open = open && v.Kind == value.Object
	return v.WithDeps(deps...)
}

func isObject(v value.Value) bool { return v.Kind == value.Object }

// evalCreateObject makes members out of pairs of arguments. A name that is not known makes the object open; it is taken
// to be another one than those that are known (inferred: a repeated name fails).
func evalCreateObject(e *Evaluator, c *Call) value.Value {
	if len(c.Args)%2 != 0 {
		return UnknownCall("createObject", e.Args(c)...)
	}
	made := newMembers(len(c.Args) / 2)
	for i := 0; i < len(c.Args); i += 2 {
		key, v := e.Eval(c.Args[i]), e.located(c.Args[i+1])
		name, ok := key.Text()
		if !ok {
			made.open, made.deps = true, append(made.deps, key.Deps()...)
			continue
		}
		made.set(value.Field{Name: name, Value: v, Site: c.Args[i].Span().To(c.Args[i+1].Span())})
	}
	return made.object().At(c.At)
}

// members collects fields by name. The last one wins, at the place of the first.
type members struct {
	fields []value.Field
	at     map[string]int // index of a field by its folded name
	open   bool
	deps   []string
	unseen *value.Value // what members that cannot be seen may be like, rather a secret
}

func newMembers(n int) *members {
	return &members{fields: make([]value.Field, 0, n), at: make(map[string]int, n)}
}

func (m *members) get(name string) (value.Field, bool) {
	if i, ok := m.at[fold(name)]; ok {
		return m.fields[i], true
	}
	return value.Field{}, false
}

func (m *members) set(f value.Field) {
	key := fold(f.Name)
	if i, ok := m.at[key]; ok {
		f.Name = m.fields[i].Name
		m.fields[i] = f
		return
	}
	m.at[key] = len(m.fields)
	m.fields = append(m.fields, f)
}

func (m *members) object() value.Value {
	v := objectOf(m.fields, m.open, m.deps...)
	if v.Open && m.unseen != nil {
		v = v.WithUnseen(*m.unseen)
	}
	return v
}

// hide notes what a member that cannot be seen may be like, if that is known.
func (m *members) hide(like value.Value, known bool) {
	if known && (m.unseen == nil || Tainted(like)) {
		m.unseen = &like
	}
}

// fieldsOf is the members of v that may be there, each name once.
func fieldsOf(v value.Value) []value.Field {
	fields := v.Fields()
	last := make(map[string]int, len(fields))
	for i, f := range fields {
		last[f.Name] = i
	}
	left := make([]value.Field, 0, len(last))
	for i, f := range fields {
		if last[f.Name] == i && f.Value.Kind != value.Absent {
			left = append(left, f)
		}
	}
	return left
}

// present answers whether a member with this value is there.
func present(v value.Value) value.Truth {
	for _, c := range v.Cases() {
		if c.Kind == value.Absent {
			return value.Undecided
		}
	}
	return value.TruthOf(v.Kind != value.Absent)
}

// countMembers counts the members that are there, and those that may be.
func countMembers(v value.Value) (certain, maybe int) {
	for _, f := range fieldsOf(v) {
		if present(f.Value) == value.True {
			certain++
		} else {
			maybe++
		}
	}
	return certain, maybe
}

// lacks reports that an object has no member that name, which is not known in full, can turn out to be.
func lacks(v, name value.Value) bool {
	if !isObject(v) || v.Open || name.Kind != value.Unknown {
		return false
	}
	return !slices.ContainsFunc(v.Fields(), func(f value.Field) bool {
		return value.SameFold(value.OfString(f.Name), name) != value.False
	})
}

// hasMember answers whether the object v has a member called name.
func hasMember(v, name value.Value) value.Truth {
	text, ok := name.Text()
	f, found := v.Lookup(text)
	switch {
	case lacks(v, name):
		return value.False
	case !ok:
		return value.Undecided
	case found:
		return present(f.Value)
	case v.Open:
		return value.Undecided
	}
	return value.False
}

// certainMembers is the members of v that are surely there, in the order of their names, and whether there may be more.
func (e *Evaluator) certainMembers(v value.Value) (fields []value.Field, more bool) {
	more = v.Open || !e.Budget.Spend(4*len(v.Fields()))
	for _, f := range fieldsOf(v) {
		if present(f.Value) == value.True {
			fields = append(fields, f)
		} else {
			more = true
		}
	}
	slices.SortStableFunc(fields, func(a, b value.Field) int { return collate(a.Name, b.Name) })
	return fields, more
}

func evalItems(e *Evaluator, args []value.Value) (value.Value, error) {
	if !isObject(args[0]) {
		return mistake("items needs an object")
	}
	fields, more := e.certainMembers(args[0])
	elems := make([]value.Value, len(fields))
	for i, f := range fields {
		key := value.Field{Name: "key", Value: value.OfString(f.Name).At(f.Site), Site: f.Site}
		elems[i] = value.OfObject(key, value.Field{Name: "value", Value: f.Value, Site: f.Site}).At(f.Site)
	}
	return arrayOf(elems, more, openDeps(args[0])...), nil
}

func evalObjectKeys(e *Evaluator, args []value.Value) (value.Value, error) {
	if !isObject(args[0]) {
		return mistake("objectKeys needs an object")
	}
	fields, more := e.certainMembers(args[0])
	elems := make([]value.Value, len(fields))
	for i, f := range fields {
		elems[i] = value.OfString(f.Name).At(f.Site)
	}
	return arrayOf(elems, more, openDeps(args[0])...), nil
}

// openDeps is the parameters that the shape of v waits for.
func openDeps(v value.Value) []string {
	if v.Known() {
		return nil
	}
	return v.Deps()
}

// evalUnion joins objects in depth, or arrays.
func evalUnion(e *Evaluator, args []value.Value) (value.Value, error) {
	arrays, objects := anyCase(args, isArray), anyCase(args, isObject)
	switch {
	case arrays && objects && slices.ContainsFunc(args, hasCases):
		return e.eachChoice(args, func(chosen []value.Value) (value.Value, error) {
			if anyCase(chosen, isArray) == anyCase(chosen, isObject) || slices.ContainsFunc(chosen, hasCases) {
				return undecided()
			}
			return evalUnion(e, chosen)
		})
	case arrays && !objects:
		return e.eachChoice(args, e.unionArrays)
	case objects && !arrays:
		return e.mergeCases(args, true)
	}
	return undecided()
}

// evalShallowMerge joins the objects in an array: the last value of a member wins as a whole. It is what Bicep makes of
// spreads.
func evalShallowMerge(e *Evaluator, args []value.Value) (value.Value, error) {
	list := args[0]
	if !isArray(list) {
		return mistake("shallowMerge needs an array of objects")
	}
	objects := list.Elems()
	if list.Open {
		// What cannot be seen may stand before and after all that can.
		objects = append(slices.Clone(objects), value.NewUnknown("", list.Deps()...))
	}
	return e.mergeCases(objects, false)
}
