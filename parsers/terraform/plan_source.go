package terraform

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// block finds the declaration of an address in the configuration beside the plan: the module calls on the way have to be
// of local directories.
func (p *plan) block(address string, data bool) *block {
	d := p.dir
	parts := strings.Split(withoutKeys(address), ".")
	for ; d != nil && len(parts) > 2 && parts[0] == "module"; parts = parts[2:] {
		d = p.called(d, parts[1])
	}
	if data && len(parts) > 0 && parts[0] == "data" {
		parts = parts[1:]
	}
	if d == nil || len(parts) != 2 {
		return nil
	}
	for _, b := range d.resources {
		if (b.typ == "data") == data && len(b.labels) == 2 && b.labels[0] == parts[0] && b.labels[1] == parts[1] {
			return b
		}
	}
	return nil
}

// called is the directory of a module call.
func (p *plan) called(d *directory, name string) *directory {
	for _, c := range d.calls {
		if len(c.labels) == 1 && c.labels[0] == name {
			if dir, ok := localSource(d, literalSource(c)); ok {
				return p.project.directory(dir)
			}
		}
	}
	return nil
}

// placed gives the members of a config the places where the configuration writes them; a member that it does not write
// has none.
func placed(config value.Value, b *block) value.Value {
	fields := make([]value.Field, 0, len(config.Fields()))
	for _, f := range config.Fields() {
		site, v := source.Span{}, bare(f.Value)
		nested := b.nested(f.Name)
		switch a := b.attr(f.Name); {
		case a != nil:
			site = a.site
		case len(nested) > 0:
			site = nested[0].header
			v = placedBlocks(v, nested)
		}
		fields = append(fields, value.Field{Name: f.Name, Value: v, Site: site})
	}
	out := value.OfObject(fields...)
	if config.Open {
		out = out.AsOpen()
	}
	return out
}

// placedBlocks places the members of nested blocks, where the plan has as many as the configuration: dynamic blocks and
// sets with other elements have no order that could be told.
func placedBlocks(v value.Value, nested []*block) value.Value {
	if v.Kind != value.Array || len(v.Elems()) != len(nested) || len(nested) > 1 {
		return v
	}
	e := v.Elems()[0]
	if e.Kind == value.Object {
		e = placed(e, nested[0]).At(nested[0].header)
	}
	return like(v, value.OfArray(e))
}

// bare takes the places within a plan off a value.
func bare(v value.Value) value.Value {
	switch v.Kind {
	case value.Array:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = bare(e)
		}
		w := shaped(v, value.OfArray(elems...))
		w.Span = source.Span{}
		return w
	case value.Object:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			fields[i] = value.Field{Name: f.Name, Value: bare(f.Value)}
		}
		w := shaped(v, value.OfObject(fields...))
		w.Span = source.Span{}
		return w
	}
	v.Span = source.Span{}
	return v
}
