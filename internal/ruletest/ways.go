package ruletest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// way is a way of writing a case: it must make no difference to what is found, except where it says so.
type way struct {
	name  string
	kinds string // of cases that are written so
	// runs are the programs to try: one, or one for each value that decides.
	runs func(c *testCase) []run
}

// run is one program with what is expected of it.
type run struct {
	label   string // which value is written so; "" for the case as a whole
	program *Program
	expect  expectation
}

// expectation is what a run has to find.
type expectation struct {
	wants []want
	// places also compares where findings point at, and what is left after a fix.
	places bool
	// silent names the resource about which nothing may be found and which has to be undetermined, because of the
	// parameter input.
	silent string
	hidden string // the path of the value that is not known
	// nameless says that a parameter cannot be told to be the reason.
	nameless bool
	// tolerant allows anything to be undetermined.
	tolerant bool
}

// ways is the table of them all.
var ways = []way{
	{"literal", "bad good undetermined", literal},
	{"nested", "bad undetermined", nested},
	{"parameter-default", "bad", eachValue(parameterDefault)},
	{"variable", "bad", eachValue(variable)},
	{"condition", "bad", eachValue(condition)},
	{"equal-arms", "bad", eachValue(equalArms)},
	{"nested-argument", "bad", eachValue(nestedArgument)},
	{"nested-default", "bad", eachValue(nestedDefault)},
	{"unknown", "bad", unknown},
	{"all-parameter-defaults", "good", allParameters},
	{"all-nested-arguments", "good", allNested},
	{"other-case", "bad good", otherCase},
	{"enum-case", "bad good", enumCase},
	{"existing", "bad", existing},
	{"parameter-file", "bad", eachValue(parameterFile)},
	{"coalesce", "bad", eachValue(spelled("coalesce"))},
	{"safe-access", "bad", eachValue(safeAccess)},
	{"spread", "bad", eachValue(spread)},
	{"lambda", "bad", eachValue(spelled("lambda"))},
	{"function", "bad", eachValue(function)},
	{"each", "bad", eachValue(spelled("each"))},
}

// special are the ways that only some families of languages have.
var special = map[string]string{
	"parameter-file": "arm bicep azapi azurerm", "coalesce": "bicep azapi azurerm", "safe-access": "bicep azapi azurerm",
	"spread": "bicep", "lambda": "bicep azapi azurerm", "function": "bicep", "each": "azapi azurerm",
}

// has reports whether a language has a way.
func has(lang Language, way string) bool {
	languages, ok := special[way]
	return lang.Has(way) && (!ok || slices.Contains(strings.Fields(languages), family(lang)))
}

// family is what a language has in common with its other versions and shapes: "azurerm" of "azurerm-v4".
func family(lang Language) string {
	name, _, _ := strings.Cut(lang.Name(), "-")
	return name
}

func isWay(name string) bool {
	return slices.ContainsFunc(ways, func(w way) bool { return w.name == name })
}

func literal(c *testCase) []run {
	return []run{{program: literally(c.resources), expect: expectation{wants: c.wants, places: true}}}
}

func nested(c *testCase) []run {
	return []run{{program: called(literally(c.resources), nil), expect: expectation{wants: c.wants}}}
}

// decider is a value that decides a finding: what stands at the path of a .want line, the elements and lists that it is
// part of.
type decider struct {
	resource int
	path     string
	value    any
}

func deciders(c *testCase) []decider {
	var out []decider
	p := literally(c.resources)
	for _, w := range c.wants {
		for i, r := range p.Resources {
			if w.undetermined() || titleOf(r) != w.resource {
				continue
			}
			for _, path := range deciding(w.path) {
				v, ok := find(r, strings.Split(path, "."))
				d := decider{i, path, v}
				if ok && !slices.ContainsFunc(out, func(o decider) bool { return o.resource == i && o.path == path }) {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// deciding returns a path and those above it that lead to an element or a list.
func deciding(path string) []string {
	if path == "" {
		return nil
	}
	names := strings.Split(path, ".")
	out := []string{path}
	for n := len(names) - 1; n > 0; n-- {
		if isIndex(names[n]) || isIndex(names[n-1]) {
			out = append(out, strings.Join(names[:n], "."))
		}
	}
	return out
}

// eachValue makes a run for each deciding value that a parameter can hold, unless it cannot be written so.
func eachValue(write func(p *Program, d decider) *Program) func(c *testCase) []run {
	return func(c *testCase) []run {
		var out []run
		for _, d := range deciders(c) {
			if typeOf(d.value) == "" {
				continue
			}
			if p := write(literally(c.resources), d); p != nil {
				out = append(out, run{d.label(c), p, expectation{wants: c.wants}})
			}
		}
		return out
	}
}

// titleOf is the name of a resource as a diagnostic shows it.
func titleOf(r Object) string {
	if v, _ := r.Get("name"); v != nil {
		if p, ok := v.(Param); ok {
			return "<parameters('" + string(p) + "')>"
		}
	}
	return r.Text("name")
}

func (d decider) label(c *testCase) string {
	if len(c.resources) == 1 {
		return d.path
	}
	return c.resources[d.resource].Text("name") + "." + d.path
}

// put returns p with the value of d replaced.
func (d decider) put(p *Program, by any) *Program {
	p = p.clone()
	p.Resources[d.resource] = replace(p.Resources[d.resource], strings.Split(d.path, "."), by).(Object)
	return p
}

const input = "input" // the name of the one parameter or variable of a run

func (d decider) parameter() Parameter {
	return Parameter{Name: input, Type: typeOf(d.value), Default: d.value, HasDefault: true, Like: d.value}
}

func parameterDefault(p *Program, d decider) *Program {
	p = d.put(p, Param(input))
	p.Params = append(p.Params, d.parameter())
	return p
}

func variable(p *Program, d decider) *Program {
	p = d.put(p, Var(input))
	p.Vars = append(p.Vars, Variable{input, d.value})
	return p
}

func condition(p *Program, d decider) *Program {
	return d.put(p, If{Then: d.value, Else: nil})
}

// equalArms makes a choice that nobody knows, and that does not matter.
func equalArms(p *Program, d decider) *Program {
	p = d.put(p, If{When: input, Then: d.value, Else: d.value})
	p.Params = append(p.Params, Parameter{Name: input, Type: "bool"})
	return p
}

func nestedArgument(p *Program, d decider) *Program {
	p = d.put(p, Param(input))
	q := d.parameter()
	q.HasDefault = false
	p.Params = append(p.Params, q)
	return called(p, []Member{{input, d.value}})
}

// parameterFile gives the value in a file of its own.
func parameterFile(p *Program, d decider) *Program {
	p = d.put(p, Param(input))
	q := d.parameter()
	q.HasDefault = false
	p.Params, p.Given = append(p.Params, q), append(p.Given, Member{input, d.value})
	return p
}

func spelled(how string) func(p *Program, d decider) *Program {
	return func(p *Program, d decider) *Program { return d.put(p, Spelled{How: how, Value: d.value}) }
}

// safeAccess takes the value out of an object that has it.
func safeAccess(p *Program, d decider) *Program {
	p = d.put(p, Spelled{How: "safe-access", By: "settings", Value: d.value})
	p.Vars = append(p.Vars, Variable{"settings", Object{{input, d.value}}})
	return p
}

// spread is not allowed at the top of a resource.
func spread(p *Program, d decider) *Program {
	if !strings.Contains(d.path, ".") {
		return nil
	}
	return spelled("spread")(p, d)
}

func function(p *Program, d decider) *Program {
	p = d.put(p, Spelled{How: "function", By: "same", Value: d.value})
	p.Funcs = append(p.Funcs, Function{"same", typeOf(d.value)})
	return p
}

func nestedDefault(p *Program, d decider) *Program { return called(parameterDefault(p, d), nil) }

// unknown hides each deciding value in turn: the rule must then be silent about the resource, and say why.
func unknown(c *testCase) []run {
	var out []run
	for _, d := range deciders(c) {
		if typeOf(d.value) == "" {
			continue
		}
		p := d.put(literally(c.resources), Param(input))
		p.Params = append(p.Params, Parameter{Name: input, Type: typeOf(d.value), Like: d.value})
		silent := titleOf(p.Resources[d.resource])
		out = append(out, run{d.label(c), p, expectation{wants: c.wants, silent: silent, hidden: d.path}})
	}
	return out
}

// allParameters makes parameters of all properties at once.
func allParameters(c *testCase) []run {
	p, _ := parametrised(c)
	return []run{{program: p}}
}

// allNested passes all properties through a call.
func allNested(c *testCase) []run {
	p, args := parametrised(c)
	for i := range p.Params {
		if _, given := Object(args).Get(p.Params[i].Name); given {
			p.Params[i].HasDefault = false
		}
	}
	return []run{{program: called(p, args)}}
}

// parametrised makes a parameter of each member of each resource's properties, and returns their values.
func parametrised(c *testCase) (*Program, []Member) {
	p := literally(c.resources)
	var args []Member
	for i, r := range p.Resources {
		properties, ok := r.Get("properties")
		object, isObject := properties.(Object)
		if !ok || !isObject {
			continue
		}
		for _, m := range object {
			typ := typeOf(m.Value)
			if typ == "" {
				continue
			}
			name := fmt.Sprintf("input%d", len(args))
			args = append(args, Member{name, m.Value})
			p.Params = append(p.Params, Parameter{Name: name, Type: typ, Default: m.Value, HasDefault: true, Like: m.Value})
			object = object.with(m.Name, Param(name))
		}
		p.Resources[i] = r.with("properties", object)
	}
	return p, args
}

// otherCase writes types and names of members in other letters.
func otherCase(c *testCase) []run {
	p := literally(c.resources)
	for i, r := range p.Resources {
		r = r.with("type", swapCase(r.Text("type")))
		for j, m := range r {
			if o, ok := m.Value.(Object); ok {
				r[j].Value = rewrite(o, swapID, swapKey)
			}
			if l, ok := m.Value.([]any); ok {
				r[j].Value = rewrite(l, swapID, swapKey)
			}
			r[j].Name = swapCase(m.Name)
		}
		p.Resources[i] = r
	}
	return []run{{program: p, expect: expectation{wants: c.wants}}}
}

func swapID(v any) any {
	if id, ok := v.(ID); ok {
		return ID{swapCase(id.Type), id.Names}
	}
	return v
}

// swapKey leaves a key alone that is an id.
func swapKey(name string) string {
	if strings.HasPrefix(name, "@") {
		return name
	}
	return swapCase(name)
}

// enumerations are words of Azure's that are compared without case.
var enumerations = []string{
	"Enabled", "Disabled", "SecuredByPerimeter", "None", "AzureServices", "GlobalDocumentDB", "MongoDB", "Parse",
	"Default", "Restore", "PointInTimeRestore", "GeoReplica", "Replica", "Sql", "SqlDedicated", "Cassandra", "Gremlin",
	"Table", "Analytical", "MongoCluster", "coordinator", "EnableCassandra", "EnableGremlin", "EnableTable", "EnableMongo",
	"EnableServerless", "Periodic", "Continuous", "Tls", "Tls11", "Tls12", "SystemAssigned", "UserAssigned", "Approved",
	"Allow", "Deny", "Inbound", "Outbound", "NativeAuth", "MicrosoftEntraID", "Microsoft.AzureCosmosDB",
}

// enumCase writes words of enumerations in other letters.
func enumCase(c *testCase) []run {
	p, changed := literally(c.resources), false
	for i, r := range p.Resources {
		p.Resources[i] = rewrite(r, func(v any) any {
			s, ok := v.(string)
			if !ok || !slices.ContainsFunc(enumerations, func(e string) bool { return strings.EqualFold(e, s) }) {
				return v
			}
			changed = true
			return swapCase(s)
		}, sameKey).(Object)
	}
	if !changed {
		return nil
	}
	return []run{{program: p, expect: expectation{wants: c.wants}}}
}

// existing turns what a finding is about into something that is only referred to: it must not be graded.
func existing(c *testCase) []run {
	p := literally(c.resources)
	for i, r := range p.Resources {
		if slices.ContainsFunc(c.wants, func(w want) bool { return w.resource == titleOf(r) }) {
			p.Resources[i] = append(r, Member{"existing", true})
		}
	}
	return []run{{program: p, expect: expectation{tolerant: true}}}
}

func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}
