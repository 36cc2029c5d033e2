package terraform

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	autoConnections   = "properties.privateLinkServiceConnections"
	manualConnections = "properties.manualPrivateLinkServiceConnections"
)

// endpoint moves the connections that are manual to the list that ARM has for them, and makes the zone group.
func endpoint(b *builder) {
	list, ok := b.tree.get(autoConnections)
	if !ok {
		return
	}
	f, _ := b.config.Lookup("private_service_connection")
	if list.Kind != value.Array {
		b.tree.put(manualConnections, list, f.Site, b.in.Header)
	} else {
		auto, manual := splitManual(list)
		b.tree.drop(autoConnections)
		if len(auto.Elems()) > 0 || list.Open || len(manual.Elems()) == 0 {
			b.tree.put(autoConnections, auto, f.Site, b.in.Header)
		}
		if len(manual.Elems()) > 0 || manual.Open {
			b.tree.put(manualConnections, manual, f.Site, b.in.Header)
		}
	}
	zoneGroup(b)
}

// splitManual tells the connections by is_manual_connection. One that may be either is taken for an automatic one, and the
// manual ones for a list that may have more.
func splitManual(list value.Value) (auto, manual value.Value) {
	var left, right []value.Value
	either := value.False
	for _, e := range list.Elems() {
		is := e.Get("manual").IsTrue()
		if is == value.Undecided {
			either = value.True
			list = list.WithDeps(e.Get("manual").Deps()...)
		}
		if e.Kind == value.Object {
			t := &tree{}
			t.absorb(e)
			t.drop("manual")
			e = like(e, t.object())
		}
		if is == value.True {
			right = append(right, e)
		} else {
			left = append(left, e)
		}
	}
	auto, manual = like(list, value.OfArray(left...)), like(list, value.OfArray(right...))
	if list.Open {
		auto = auto.AsOpen().WithDeps(list.Deps()...)
	}
	if list.Open || either == value.True {
		manual = manual.AsOpen().WithDeps(list.Deps()...)
	}
	return auto, manual
}

// zoneGroup makes the child that the block "private_dns_zone_group" stands for. Where the block is left out and ignored, a
// policy makes the group.
func zoneGroup(b *builder) {
	const block = "private_dns_zone_group"
	f, ok := b.config.Lookup(block)
	x := extra{schema: &zoneGroupTable, name: known(b.in.Address + "." + block + ".name"), tree: &tree{}}
	empty := !ok || f.Value.IsUnset() || f.Value.Kind == value.Array && len(f.Value.Elems()) == 0 && !f.Value.Open
	switch {
	case empty && (slices.Contains(b.in.Ignored, block) || slices.Contains(b.in.Ignored, "*")):
		x.ignored = true
	case empty:
		return
	default:
		b.arguments(x.tree, zoneGroupTable.args, b.config, f.Site)
		x.header = f.Site
		for _, e := range f.Value.Elems() {
			if name := e.Get("name"); !name.IsUnset() {
				x.name = name
			}
		}
	}
	b.extra = append(b.extra, x)
}
