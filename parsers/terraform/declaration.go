package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// addOutputs adds the outputs of the root module to the deployment: those of other modules are kept nowhere.
func (m *module) addOutputs() {
	inner := m.dir.isModule(m.run.project.tree)
	for _, b := range m.dir.outputs {
		m.run.out.Outputs = append(m.run.out.Outputs, model.Output{
			Name: b.labels[0], Value: m.outputValue(b), Site: b.header, Inner: inner, Harmless: true,
			Sensitive: isHidden(b), Dialect: &declaration{block: b},
		})
	}
}

// isModule tells a directory that is there to be called by others: no provider is configured in it, no state has a place.
func (d *directory) isModule(tree *source.Tree) bool {
	return len(d.providers) == 0 && !d.standsAlone(tree)
}

// isHidden reports whether a variable or an output is declared as sensitive, or ephemeral, which is stored nowhere.
func isHidden(b *block) bool { return isTrue(b.expr("sensitive")) || isTrue(b.expr("ephemeral")) }

// addInputs adds the variables of all module instances to the deployment.
func (m *module) addInputs() {
	for _, name := range sortedKeys(m.dir.variables) {
		b := m.dir.variables[name]
		in := model.Input{
			Name: name, Module: m.path, Site: b.header, Exists: m.exists, Calls: m.calls,
			Risky: m.run.passwords && m.dir.spreads(name), Dialect: &declaration{block: b},
		}
		if isHidden(b) || m.comesMarked(name) {
			in.Type = "securestring"
		} else if a := m.unmarked(name); a != nil {
			in.Given, in.Argument, in.Value = true, a.site, m.variable(name)
		}
		m.run.out.Inputs = append(m.run.out.Inputs, in)
	}
	for _, b := range m.dir.calls {
		for _, in := range m.children[b.labels[0]].list.nodes {
			if in.module != nil {
				in.module.addInputs()
			}
		}
	}
}

// comesMarked reports whether Terraform hides a variable of a module because it hides what the caller passes: the mark
// goes with the value (https://github.com/hashicorp/terraform/pull/28472). A variable that nothing asked for is not
// evaluated for it.
func (m *module) comesMarked(name string) bool {
	c := m.variables[name]
	return m.caller != nil && c != nil && holdsSecret(c.Peek()) && !isUnmarked(c.Peek())
}

// unmarked returns the argument for a variable of a module that may be a key which no provider marks; nil when there is no
// such key in the whole configuration.
func (m *module) unmarked(name string) *attribute {
	if m.caller == nil || !m.run.lists {
		return nil
	}
	if a := m.call.attr(name); a != nil && isUnmarked(m.variable(name)) {
		return a
	}
	return nil
}

// isUnmarked reports whether a value is, or has in it, what an action of azapi lists: azapi marks what it exports as
// sensitive_output only (since v2.3.0).
func isUnmarked(v value.Value) bool {
	if sym := v.Sym(); strings.Contains(sym, listedKeys) && !strings.Contains(sym, ".sensitive_output'") {
		return true
	}
	for _, list := range [][]value.Value{v.Cases(), v.Parts(), v.Elems()} {
		for _, e := range list {
			if isUnmarked(e) {
				return true
			}
		}
	}
	for _, f := range v.Fields() {
		if isUnmarked(f.Value) {
			return true
		}
	}
	return false
}

// spreads reports whether a variable gets to where a sensitive value is refused or hides more than itself: into outputs,
// locals, other modules, or the keys of loops.
func (d *directory) spreads(name string) bool {
	d.spreading.Do(func() {
		d.spread = map[string]bool{}
		for _, e := range d.exposed() {
			for _, t := range hclsyntax.Variables(e) {
				if step, ok := attrName(t, 1); ok && t.RootName() == "var" {
					d.spread[step] = true
				}
			}
		}
	})
	return d.spread[name]
}

// exposed are the expressions of outputs, locals, arguments of modules, and numbers and keys of instances.
func (d *directory) exposed() []hclsyntax.Expression {
	var out []hclsyntax.Expression
	for _, b := range append(append([]*block(nil), d.outputs...), d.calls...) {
		for _, a := range b.attrs {
			out = append(out, a.expr)
		}
	}
	for _, l := range d.locals {
		out = append(out, l.expr)
	}
	repeats := func(b *block) {
		for _, name := range []string{"count", "for_each"} {
			if e := b.expr(name); e != nil {
				out = append(out, e)
			}
		}
	}
	for _, b := range d.resources {
		repeats(b)
		for _, n := range b.blocks {
			repeats(n) // of a dynamic block
		}
	}
	return out
}

// takesPasswords reports whether a resource may have a password that a rule judges: only then it matters where variables go.
func takesPasswords(b *block) bool {
	for _, prefix := range []string{"azurerm_mongo_cluster", "azurerm_cosmosdb_postgresql_", "azurerm_cosmosdb_cassandra_cluster",
		"azurerm_cosmosdb_mongo_user_definition", "azapi_"} {
		if strings.HasPrefix(b.labels[0], prefix) {
			return true
		}
	}
	return false
}

// declaration is how a variable or an output is written.
type declaration struct {
	dialect
	block *block
}

// Secure adds `sensitive = true`.
func (d *declaration) Secure(_, _ source.Span) []source.Edit {
	f := d.block.site.File
	if f == nil || f.External || strings.HasSuffix(f.Path, ".json") {
		return nil
	}
	const line = "sensitive = true"
	if a := d.block.attr("sensitive"); a != nil {
		at := span(f, hcl.Range{Start: a.expr.Range().Start, End: a.expr.Range().End})
		if at.Text() != "false" {
			return nil
		}
		return []source.Edit{{Span: at, New: "true"}}
	}
	open, end := d.block.header.End, d.block.site.End
	for open < end && f.Data[open] != '{' {
		open++
	}
	body := source.Span{File: f, Start: open + 1, End: end - 1}
	if body.End <= open || f.Data[body.End] != '}' {
		return nil
	}
	text := strings.TrimSpace(body.Text())
	switch {
	case !strings.Contains(body.Text(), "\n") && text == "":
		return []source.Edit{{Span: body, New: "\n  " + line + "\n"}}
	case !strings.Contains(body.Text(), "\n"):
		return []source.Edit{{Span: body, New: "\n  " + beneath(text, line) + "\n"}}
	}
	return d.addLine(body, line)
}

// addLine writes an argument on a line of its own after the last one, or as the first.
func (d *declaration) addLine(body source.Span, line string) []source.Edit {
	if n := len(d.block.attrs); n > 0 {
		last := d.block.attrs[n-1].site
		if indent, own := indentation(last, body.Start); own {
			return []source.Edit{below(last, indent+aligned(last, line))}
		}
		return nil
	}
	at := source.Span{File: body.File, Start: body.Start, End: body.Start}
	return []source.Edit{{Span: at, New: "\n  " + line}}
}

// beneath puts two arguments below each other, the equals signs as terraform fmt has them.
func beneath(first, second string) string {
	name, rest, ok := strings.Cut(first, "=")
	other, _, _ := strings.Cut(second, " =")
	name = strings.TrimRight(name, " \t")
	if !ok || len(name) >= len(other) {
		return first + "\n  " + second
	}
	return name + strings.Repeat(" ", len(other)-len(name)) + " =" + rest + "\n  " + second
}
