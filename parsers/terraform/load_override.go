package terraform

import (
	"path"
	"slices"
	"strings"
)

// override merges the blocks of override files into those that they are for: an attribute replaces the same attribute, a
// type of nested block replaces all blocks of that type, lifecycle is merged argument by argument. (Terraform's
// documentation, "Override Files".) An override of nothing is left out, with a warning of Terraform's own.
func (d *directory) override(primary, overrides []*block) []*block {
	for _, o := range overrides {
		switch o.typ {
		case "locals":
			primary = append(primary, o) // a later local of the same name wins
		case "terraform", "import", "moved", "removed", "check":
			primary = append(primary, o)
		default:
			i := slices.IndexFunc(primary, func(b *block) bool { return sameBlock(b, o) })
			if i >= 0 {
				primary[i] = merged(primary[i], o)
			}
		}
	}
	return primary
}

func sameBlock(b, o *block) bool {
	if b.typ != o.typ || !slices.Equal(b.labels, o.labels) {
		return false
	}
	return b.typ != "provider" || aliasOf(b) == aliasOf(o)
}

func aliasOf(b *block) string {
	text, _ := literalText(b.expr("alias"))
	return text
}

func merged(b, o *block) *block {
	m := *b
	m.attrs = slices.Clone(b.attrs)
	for _, a := range o.attrs {
		if a.name == "depends_on" {
			continue
		}
		i := slices.IndexFunc(m.attrs, func(x *attribute) bool { return x.name == a.name })
		if i < 0 {
			m.attrs = append(m.attrs, a)
			continue
		}
		m.attrs[i] = a
	}
	m.blocks = mergedBlocks(b.blocks, o.blocks)
	return &m
}

func mergedBlocks(base, over []*block) []*block {
	out := slices.Clone(base)
	for _, typ := range blockTypes(over) {
		mine := slices.IndexFunc(out, func(b *block) bool { return blockType(b) == typ })
		if typ == "lifecycle" && mine >= 0 {
			for _, o := range over {
				if o.typ == "lifecycle" {
					out[mine] = merged(out[mine], o)
				}
			}
			continue
		}
		out = slices.DeleteFunc(out, func(b *block) bool { return blockType(b) == typ })
		for _, o := range over {
			if blockType(o) == typ {
				out = append(out, o)
			}
		}
	}
	return out
}

// blockType is the type of block that b makes: that of a dynamic block is its label.
func blockType(b *block) string {
	if b.typ == "dynamic" && len(b.labels) == 1 {
		return b.labels[0]
	}
	return b.typ
}

func blockTypes(blocks []*block) []string {
	var out []string
	for _, b := range blocks {
		if t := blockType(b); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// LoadsItself reports whether a root module loads a file of variables in its directory without being told.
func LoadsItself(name string) bool { return isVarFile(path.Base(name)) }

// isVarFile is LoadsItself for a name without its directory.
func isVarFile(name string) bool {
	return name == "terraform.tfvars" || name == "terraform.tfvars.json" ||
		strings.HasSuffix(name, ".auto.tfvars") || strings.HasSuffix(name, ".auto.tfvars.json")
}
