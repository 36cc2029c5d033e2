package terraform

import (
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// moduleCall is a module block in one module instance.
type moduleCall struct {
	m    *module
	decl *block
	list expanded[*childModule]
}

// childModule is one instance of a called module. Its module is nil when it cannot be looked into.
type childModule struct {
	call      *moduleCall
	scope     *scope // of the arguments
	path      string
	source    string
	exists    model.Presence
	condition value.Value
	module    *module
	whole     value.Lazy
}

func (c *moduleCall) name() string { return c.decl.labels[0] }

// instances returns the instances of the call, made when first asked for; nil when their number depends on themselves.
func (c *moduleCall) instances() *expanded[*childModule] {
	return c.list.fill(c.m, c.decl, "module."+c.name(), "modules", func(it iteration, address string, s *scope) *childModule {
		in := &childModule{call: c, scope: s, path: address, exists: it.exists, condition: it.condition}
		in.open()
		return in
	})
}

// key is what modules.json calls the module.
func (c *moduleCall) key() string {
	if c.m.key == "" {
		return c.name()
	}
	return c.m.key + "." + c.name()
}

// open finds the directory of the module and makes its instance.
func (in *childModule) open() {
	m, run := in.call.m, in.call.m.run
	key := in.call.key()
	var dir *directory
	dir, in.source = run.find(m, in.call.decl, key)
	switch {
	case dir == nil:
		return
	case m.callsItself(dir):
		run.problem("cycle", diag.Error, in.call.decl.header, "This module calls itself.")
		return
	case m.depth >= maxLevels || run.modules >= maxModules:
		run.problem("limit", diag.Error, in.call.decl.header, "There are too many modules within modules; this one was not looked at.")
		return
	}
	run.modules++
	child := run.newModule(dir, m, in.call.decl)
	child.args, child.path, child.key, child.depth = in.scope, in.path, key, m.depth+1
	child.static = "module." + in.call.name()
	if m.static != "" {
		child.static = m.static + "." + child.static
	}
	child.calls = append(append(child.calls, m.calls...), in.call.decl.header)
	child.exists, child.condition = both(m.exists, m.condition, in.exists, in.condition)
	in.module = child
}

// both is the presence of what needs two things to be there.
func both(a model.Presence, why value.Value, b model.Presence, because value.Value) (model.Presence, value.Value) {
	switch {
	case a == model.Yes:
		return b, because
	case b == model.Yes:
		return a, why
	}
	return max(a, b), unknownCall("and", why, because)
}

func (m *module) callsItself(dir *directory) bool {
	for ; m != nil; m = m.caller {
		if m.dir.same(dir) {
			return true
		}
	}
	return false
}

// outputNamed returns an output; that of a module which cannot be looked into is unknown.
func (in *childModule) outputNamed(r *run, name string) value.Value {
	if in.module == nil {
		return value.NewUnknown(in.path + "." + name)
	}
	v, ok := in.module.output(name)
	if !ok {
		if in.module.dir.incomplete {
			return value.NewUnknown(in.path + "." + name)
		}
		return r.fail()
	}
	return v
}

// value is all outputs of an instance.
func (in *childModule) value(r *run) value.Value {
	return r.once(&in.whole, "this module", in.call.decl.header, func() value.Value {
		if in.module == nil {
			fields := make([]value.Field, 0, len(r.names))
			for _, name := range sortedKeys(r.names) {
				fields = append(fields, value.Field{Name: name, Value: value.NewUnknown(in.path + "." + name)})
			}
			return value.OfObject(fields...).AsOpen()
		}
		var fields []value.Field
		for _, b := range in.module.dir.outputs {
			fields = append(fields, value.Field{Name: b.labels[0], Value: in.module.outputValue(b)})
		}
		return value.OfObject(fields...)
	})
}

func (c *moduleCall) value(l *expanded[*childModule]) value.Value {
	return l.valueOf(func(in *childModule) value.Value { return in.value(c.m.run) })
}

// arguments are what is passed to a module that cannot be looked into: they may carry an account's id.
func (in *childModule) arguments() value.Value {
	var fields []value.Field
	for _, a := range in.call.decl.attrs {
		switch a.name {
		case "source", "version", "providers":
		default:
			if !isMeta(a.name) {
				fields = append(fields, value.Field{Name: a.name, Value: in.scope.eval(a.expr), Site: a.site})
			}
		}
	}
	return value.OfObject(fields...)
}
