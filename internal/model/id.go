package model

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ID is a resource id taken apart: "/subscriptions/S/resourceGroups/G/providers/Microsoft.X/a/b/c/d" is type
// "Microsoft.X/a/c" and names b, d. Of an extension resource it is the part after the last "/providers/".
type ID struct {
	Type  string
	Names []value.Value
	// Scope is what stands before "/providers/": unknown pieces and all.
	Scope value.Value
}

// taken is a string taken apart at its slashes, and the id that it is if it is one.
type taken struct {
	segments []value.Value
	id       ID
	isID     bool
}

// take is done once for a string with holes: ids are compared with each other again and again.
func take(v value.Value) *taken {
	return v.Memo(func() any {
		t := &taken{segments: splitSegments(v)}
		t.id, t.isID = parseID(t.segments)
		return t
	}).(*taken)
}

// ParseID takes an id apart whose "/providers/…" tail has a known type. It reports false for anything else.
func ParseID(v value.Value) (ID, bool) {
	t := take(v)
	return t.id, t.isID
}

func parseID(segments []value.Value) (ID, bool) {
	last := -1
	for i, s := range segments {
		if s.EqualsFold("providers") == value.True {
			last = i
		}
	}
	if last < 0 || last+2 >= len(segments) {
		return ID{}, false
	}
	typ, ok := segments[last+1].Text()
	if !ok {
		return ID{}, false
	}
	id := ID{Scope: joinSegments(segments[:last])}
	for i, s := range segments[last+2:] {
		if i%2 == 1 {
			id.Names = append(id.Names, s)
			continue
		}
		t, ok := s.Text()
		if !ok {
			return ID{}, false
		}
		typ += "/" + t
	}
	id.Type = typ
	return id, true
}

// SplitName splits a resource name at its slashes; a hole never contains one.
func SplitName(name value.Value) []value.Value { return take(name).segments }

// splitSegments splits a string, known or with holes, at the slashes of its known text.
func splitSegments(v value.Value) []value.Value {
	var out, current []value.Value
	flush := func() {
		segment := value.Template(current...)
		segment.Secret = segment.Secret || v.Secret
		out, current = append(out, segment), nil
	}
	for _, p := range v.Pieces() {
		text, ok := p.Text()
		if !ok {
			current = append(current, p)
			continue
		}
		for i, s := range strings.Split(text, "/") {
			if i > 0 {
				flush()
			}
			current = append(current, value.OfString(s))
		}
	}
	flush()
	return out
}

func joinSegments(segments []value.Value) value.Value {
	pieces := make([]value.Value, 0, 2*len(segments))
	for i, s := range segments {
		if i > 0 {
			pieces = append(pieces, value.OfString("/"))
		}
		pieces = append(pieces, s)
	}
	return value.Template(pieces...)
}

// Refers answers whether the id (or a value that contains it in each of its cases) is that of r. Ids are compared by
// type and names; a scope that is known to differ tells two resources of the same name apart.
func (r *Resource) Refers(id value.Value) value.Truth {
	if r.ID.Kind == value.Unknown && r.ID.Sym() != "" && r.ID.Sym() == id.Sym() {
		return value.True
	}
	return id.Decide(func(id value.Value) value.Truth {
		parsed, ok := ParseID(id)
		switch {
		case id.IsUnset():
			return value.False
		case !ok && id.Kind == value.Unknown:
			return value.SameFold(id, r.ID)
		case !ok || !strings.EqualFold(parsed.Type, r.Type):
			return value.False
		}
		same := sameNames(parsed.Names, r.segments())
		if own, ok := ParseID(r.ID); ok && same == value.True && value.SameFold(own.Scope, parsed.Scope) == value.False {
			return value.False
		}
		return same
	})
}

// Named answers whether r has the given name, segment by segment.
func (r *Resource) Named(segments []value.Value) value.Truth {
	return sameNames(segments, r.segments())
}

// segments are those of the name, split once.
func (r *Resource) segments() []value.Value {
	if r.names == nil {
		r.names = SplitName(r.Name)
	}
	return r.names
}

// Key is the type and the name in lower case, when both are known; "" otherwise. Resources with different keys are
// different resources.
func (r *Resource) Key() string {
	if r.key == nil {
		key := key(r.Type, r.segments())
		r.key, r.typed = &key, len(strings.ToLower(r.Type))
	}
	return *r.key
}

// MayHold reports whether child may be a child of r by its name: not so when both names are known and that of child does not
// begin with that of r.
func (r *Resource) MayHold(child *Resource) bool {
	own, name := r.nameKey(), child.nameKey()
	if own == "" || name == "" {
		return true
	}
	return len(name) > len(own) && name[:len(own)] == own && name[len(own)] == '/'
}

// nameKey is the name at the end of the key.
func (r *Resource) nameKey() string {
	key := r.Key()
	return key[min(len(key), r.typed):]
}

// Key is that of the resource that the id is of.
func (id ID) Key() string { return key(id.Type, id.Names) }

func key(typ string, names []value.Value) string {
	for _, n := range names {
		text, ok := n.Text()
		if !ok {
			return ""
		}
		typ += "/" + text
	}
	return strings.ToLower(typ)
}

func sameNames(a, b []value.Value) value.Truth {
	if len(a) != len(b) {
		return value.Undecided // a name with a hole may hold several segments
	}
	all := value.True
	for i := range a {
		all = value.And(all, value.SameFold(a[i], b[i]))
	}
	return all
}

// Find returns the resource of the given type that id refers to, and True; Undecided when one of them may be meant or
// the id is not known; False when it is none of this deployment.
func (d *Deployment) Find(id value.Value, typ string) (*Resource, value.Truth) {
	found := value.False
	for _, r := range d.OfType(typ) {
		switch r.Refers(id) {
		case value.True:
			return r, value.True
		case value.Undecided:
			found = value.Undecided
		}
	}
	if found == value.False && id.Kind == value.Unknown {
		if _, ok := ParseID(id); !ok {
			found = value.Undecided
		}
	}
	return nil, found
}
