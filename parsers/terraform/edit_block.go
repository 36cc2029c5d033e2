package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// insertBlocks adds the blocks that lead to an argument which is not there, none of them one of a list.
func (d *dialect) insertBlocks(config value.Value, steps []step, text string, depth int) []source.Edit {
	last := steps[len(steps)-1]
	if depth > 0 || last.index >= 0 || last.arg.args != nil {
		return nil
	}
	text = last.arg.name + " = " + text
	for i := len(steps) - 2; i >= 0; i-- {
		if steps[i].arg.many {
			return nil
		}
		margin := "\n" + strings.Repeat("  ", i+1)
		text = steps[i].arg.name + " {" + margin + "  " + text + margin + "}"
	}
	return d.insert(config, steps[:1], text)
}

// extend adds blocks to those that there are, if the list that is wanted begins with them.
func (d *dialect) extend(before value.Value, a *arg, v value.Value) []source.Edit {
	n := len(before.Elems())
	if v.Kind != value.Array || len(v.Elems()) <= n || before.Open || !before.Known() {
		return nil
	}
	var texts []string
	for i, e := range v.Elems() {
		if i < n && value.Equal(before.Elems()[i], e) != value.True {
			return nil
		}
		if i >= n {
			text, ok := d.blockText(a, e, 1)
			if !ok {
				return nil
			}
			texts = append(texts, text)
		}
	}
	if len(d.in.Config.Get(a.name).Elems()) != n {
		return nil
	}
	return d.addBlocks(d.in.Config, []step{{arg: a, index: -1}}, strings.Join(texts, "\n  "))
}

// blockEnd is the place after the closing brace of the block with a header.
func blockEnd(header source.Span) (source.Span, bool) {
	tokens, _ := hclsyntax.LexConfig(header.File.Data[header.End:], "", hcl.InitialPos)
	depth := 0
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOBrace:
			depth++
		case hclsyntax.TokenCBrace:
			if depth--; depth == 0 {
				return header.File.At(header.End+t.Range.End.Byte, 0), true
			}
		}
	}
	return source.Span{}, false
}

// appendBlock adds a block whose members all have an argument.
func (d *dialect) appendBlock(config value.Value, a *arg, steps []step, v value.Value) []source.Edit {
	text, ok := d.blockText(a, v, len(steps))
	if !ok {
		return nil
	}
	return d.addBlocks(config, steps, text)
}

// addBlocks adds blocks after the last one of their kind, or where there is none, after the last argument.
func (d *dialect) addBlocks(config value.Value, steps []step, text string) []source.Edit {
	name := steps[len(steps)-1].arg.name
	blocks := config.Get(name).Elems()
	if len(blocks) == 0 {
		return d.insert(config, steps, text)
	}
	last := blocks[len(blocks)-1].Span
	if !strings.HasPrefix(last.Text(), name) {
		return nil // made by a dynamic block, or written as an attribute
	}
	end, ok := blockEnd(last)
	if !ok {
		return nil
	}
	return []source.Edit{{Span: end, New: "\n" + strings.Repeat("  ", len(steps)) + text}}
}

// blockText writes a block that is so many levels deep; false where a member has no argument.
func (d *dialect) blockText(a *arg, v value.Value, depth int) (string, bool) {
	margin := strings.Repeat("  ", depth)
	var lines []string
	for _, f := range v.Fields() {
		if sentAnyway(a.args, f) {
			continue
		}
		more, rest := d.find(a.args, value.Value{}, f.Name)
		if len(more) != 1 || rest != "" {
			return "", false
		}
		lines = append(lines, margin+"  "+more[0].arg.name+" = "+literal(spoken(more[0].arg, f.Value)))
	}
	return a.name + " {\n" + strings.Join(lines, "\n") + "\n" + margin + "}", v.Kind == value.Object
}

// sentAnyway tells a member that the provider always sends with this value.
func sentAnyway(args []arg, f value.Field) bool {
	for i := range args {
		if args[i].name == "" && strings.EqualFold(args[i].path, f.Name) {
			return value.Equal(args[i].omitted(0), f.Value) == value.True
		}
	}
	return false
}
