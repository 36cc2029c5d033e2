package template

import (
	"fmt"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// instance returns the evaluation of the module that e calls; nil when its template cannot be looked into.
func (e *entity) instance() *instance {
	if e.module != nil || e.decl.Module == nil {
		return e.module
	}
	run := e.in.run
	t := e.template()
	switch {
	case t == nil:
		return nil
	case e.in.within(t):
		run.problem("cycle", diag.Error, e.decl.Module.Header, "This module calls itself.")
		return nil
	case e.in.depth >= MaxLevels:
		run.problem("limit", diag.Error, e.decl.Module.Header, fmt.Sprintf("Modules call each other more than %d levels deep.", MaxLevels))
		return nil
	case run.modules >= MaxModules:
		run.problem("limit", diag.Error, run.out.EntryPoint.At(0, 0), fmt.Sprintf(
			"The template calls more than %d modules; the rest was not looked at.", MaxModules))
		return nil
	}
	run.modules++
	e.module = run.newInstance(t, e.in, e)
	e.placeModule()
	return e.module
}

// within reports whether t is being evaluated here or in a caller.
func (in *instance) within(t *Template) bool {
	for ; in != nil; in = in.caller {
		if in.t == t {
			return true
		}
	}
	return false
}

// template loads the template of a module call.
func (e *entity) template() *Template {
	m := e.decl.Module
	if t := m.Load(); t != nil || m.Link == nil || m.Find == nil {
		return t
	}
	return m.Find(e.eval.Eval(m.Link))
}

// placeModule works out the scope that a module is deployed to: the resource group or subscription it names, or the one
// that its scope property holds as an id.
func (e *entity) placeModule() {
	m := e.module
	scope := e.Scope()
	if scope.IsUnset() {
		return
	}
	pieces := model.SplitName(scope)
	if len(pieces) >= 5 && pieces[3].EqualsFold("resourceGroups") == value.True {
		m.sub, m.group = pieces[2], pieces[4]
	} else if len(pieces) >= 3 && pieces[1].EqualsFold("subscriptions") == value.True {
		m.sub = pieces[2]
	}
}

// expandModule adds the resources of a module, or notes that they cannot be seen. What is in a module that may not be
// deployed may not be deployed.
func (e *entity) expandModule() {
	run := e.in.run
	m := e.instance()
	if m == nil {
		run.out.Opaque = append(run.out.Opaque, model.Opaque{
			Path: e.path, Source: e.decl.Module.Source, Span: e.in.ownCall(e.decl.Module.Header), Exists: e.exists, Arguments: e.arguments(),
		})
		return
	}
	first := len(run.out.Resources)
	firstOpaque := len(run.out.Opaque)
	m.expand()
	m.addOutputs(e.exists)
	m.addInputs(e.exists)
	if e.exists == model.Yes {
		return
	}
	for _, res := range run.out.Resources[first:] {
		if res.Exists == model.Yes {
			res.Condition = e.condition
		} else {
			res.Condition = expr.UnknownCall("and", e.condition, res.Condition)
		}
		res.Exists = e.exists
	}
	for i := range run.out.Opaque[firstOpaque:] {
		run.out.Opaque[firstOpaque+i].Exists = e.exists
	}
}

// ownCall is where to point for a module call: in a file that is not the user's, at the call that leads there.
func (in *instance) ownCall(header source.Span) source.Span {
	for i := len(in.calls) - 1; header.File != nil && header.File.External && i >= 0; i-- {
		header = in.calls[i]
	}
	return header
}

// arguments evaluates what is passed to a module that cannot be seen: it may carry an account's id.
func (e *entity) arguments() value.Value {
	fields := make([]value.Field, 0, len(e.decl.Module.Arguments))
	for _, a := range e.decl.Module.Arguments {
		v := known("parameters('" + a.Name + "')").AsSecret()
		if !a.Secret {
			v = e.eval.Eval(a.Value)
		}
		fields = append(fields, value.Field{Name: a.Name, Value: v, Site: a.Site})
	}
	return value.OfObject(fields...)
}

// addOutputs adds the outputs to the deployment, if they were asked for.
func (in *instance) addOutputs(exists model.Presence) {
	if !in.run.in.Outputs {
		return
	}
	for _, o := range in.t.Outputs {
		if o.Condition != nil && in.eval.Eval(o.Condition).Is(false) {
			continue
		}
		in.run.out.Outputs = append(in.run.out.Outputs, model.Output{
			Name: o.Name, Type: o.Type, Value: in.outputValue(o), Site: o.Site, Module: in.path,
			TypeSite: o.TypeSite, Exists: exists, Calls: in.calls, Dialect: in.t.Dialect,
		})
	}
}

// addInputs adds the parameters to the deployment, if they were asked for, with what a module is passed for those that
// are not secure.
func (in *instance) addInputs(exists model.Presence) {
	if !in.run.in.Outputs {
		return
	}
	for _, p := range in.t.Parameters {
		input := model.Input{
			Name: p.Name, Type: p.Type, Module: in.path, Site: p.Site, TypeSite: p.TypeSite,
			Exists: exists, Calls: in.calls, Dialect: in.t.Dialect,
		}
		if arg := in.args[strings.ToLower(p.Name)]; arg != nil && in.caller != nil {
			input.Given, input.Argument = true, arg.Site
			if !p.Secure() && !arg.Secret {
				input.Value = p.logged(in.parameter(p.Name))
			}
		}
		in.run.out.Inputs = append(in.run.out.Inputs, input)
	}
}

func (in *instance) outputValue(o *Output) value.Value {
	if o.Value == nil {
		return value.Value{}
	}
	c := in.outputs[o]
	if c == nil {
		c = &value.Lazy{}
		in.outputs[o] = c
	}
	return in.run.once(c, "output '"+o.Name+"'", o.Site, func() value.Value {
		v := in.eval.Eval(o.Value)
		if o.Type == "securestring" || o.Type == "secureobject" {
			v = v.AsSecretOf(in.qualify("outputs('" + o.Name + "')"))
		}
		return v.Via(value.Origin{Kind: value.FromOutput, Name: o.Name, In: in.path, Span: o.Site})
	})
}

// outputNamed returns the value of one output of the module that e calls.
func (e *entity) outputNamed(name string) (value.Value, bool) {
	m := e.instance()
	if m == nil {
		return value.Value{}, false
	}
	for _, o := range m.t.Outputs {
		if strings.EqualFold(o.Name, name) {
			return m.outputValue(o), true
		}
	}
	return value.Value{}, false
}

// outputsObject returns all outputs as reference() gives them: {name: {type, value}}.
func (e *entity) outputsObject() value.Value {
	m := e.instance()
	if m == nil {
		return value.NewUnknown(e.referenceSym("outputs"))
	}
	fields := make([]value.Field, 0, len(m.t.Outputs))
	for _, o := range m.t.Outputs {
		fields = append(fields, value.Field{Name: o.Name, Value: value.OfObject(
			value.Field{Name: "type", Value: value.OfString(o.Type)},
			value.Field{Name: "value", Value: m.outputValue(o)},
		)})
	}
	return value.OfObject(fields...)
}
