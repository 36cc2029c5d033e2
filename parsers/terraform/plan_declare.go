package terraform

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// declare adds the outputs of a plan and the variables of all its modules, as the configuration in it has them.
func (p *plan) declare(out *model.Deployment) {
	root := p.root.GetPath("configuration.root_module")
	for _, f := range root.Get("outputs").Fields() {
		v := p.root.GetPath("planned_values.outputs").Get(f.Name).Get("value")
		if !v.Known() || v.IsUnset() {
			v = value.Value{NotNull: true}
		}
		v = p.linkedValue(v, f.Value.Get("expression"), reference{}, 0)
		o := model.Output{
			Name: f.Name, Value: v, Site: f.Site, Harmless: true, Dialect: &declaration{block: &block{}},
			Sensitive: f.Value.Get("sensitive").Is(true) || f.Value.Get("ephemeral").Is(true),
		}
		if b := p.outputBlock(f.Name); b != nil {
			o.Site, o.Dialect = b.header, &declaration{block: b}
		}
		out.Outputs = append(out.Outputs, o)
	}
	p.declareVariables(out, root, p.dir, nil)
}

func (p *plan) outputBlock(name string) *block {
	if p.dir == nil {
		return nil
	}
	i := slices.IndexFunc(p.dir.outputs, func(b *block) bool { return b.labels[0] == name })
	if i < 0 {
		return nil
	}
	return p.dir.outputs[i]
}

func (p *plan) declareVariables(out *model.Deployment, m value.Value, d *directory, modules []string) {
	if len(modules) > maxLevels {
		return
	}
	for _, f := range m.Get("variables").Fields() {
		in := model.Input{Name: f.Name, Module: strings.Join(calls(modules), "."), Site: f.Site, Dialect: &declaration{block: &block{}}}
		if f.Value.Get("sensitive").Is(true) || f.Value.Get("ephemeral").Is(true) {
			in.Type = "securestring"
		}
		if d != nil && d.variables[f.Name] != nil {
			in.Site, in.Risky, in.Dialect = d.variables[f.Name].header, d.spreads(f.Name), &declaration{block: d.variables[f.Name]}
		}
		out.Inputs = append(out.Inputs, in)
	}
	for _, f := range m.Get("module_calls").Fields() {
		var called *directory
		if d != nil {
			called = p.called(d, f.Name)
		}
		p.declareVariables(out, f.Value.Get("module"), called, append(append([]string{}, modules...), f.Name))
	}
}
