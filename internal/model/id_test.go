package model

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// text makes a string with holes: "db-{p}" has one hole, the unknown p.
func text(s string) value.Value {
	var pieces []value.Value
	for s != "" {
		before, after, found := strings.Cut(s, "{")
		pieces = append(pieces, value.OfString(before))
		if !found {
			break
		}
		hole, rest, _ := strings.Cut(after, "}")
		pieces = append(pieces, value.NewUnknown(hole))
		s = rest
	}
	return value.Template(pieces...)
}

// show writes a string with holes as text takes it.
func show(v value.Value) string {
	var b strings.Builder
	for _, p := range v.Pieces() {
		if s, ok := p.Text(); ok {
			b.WriteString(s)
		} else {
			b.WriteString("{" + p.Sym() + "}")
		}
	}
	return b.String()
}

func showAll(list []value.Value) string {
	var names []string
	for _, v := range list {
		names = append(names, show(v))
	}
	return strings.Join(names, " | ")
}

const group = "/subscriptions/s/resourceGroups/g"

func TestParseID(t *testing.T) {
	for _, tt := range []struct {
		name, id          string
		typ, names, scope string // typ "" is no id
	}{
		{"account", group + "/providers/Microsoft.X/a/db1", "Microsoft.X/a", "db1", group},
		{"child", group + "/providers/Microsoft.X/a/db1/b/c1", "Microsoft.X/a/b", "db1 | c1", group},
		{"extension", group + "/providers/Microsoft.X/a/db1/providers/Microsoft.Y/e/x", "Microsoft.Y/e", "x",
			group + "/providers/Microsoft.X/a/db1"},
		{"letter case", "/Subscriptions/s/PROVIDERS/microsoft.x/A/db1", "microsoft.x/A", "db1", "/Subscriptions/s"},
		{"no scope", "/providers/Microsoft.X/a/db1", "Microsoft.X/a", "db1", ""},
		{"unknown name", group + "/providers/Microsoft.X/a/db-{p}", "Microsoft.X/a", "db-{p}", group},
		{"unknown scope", "/subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.X/a/db1", "Microsoft.X/a", "db1",
			"/subscriptions/{s}/resourceGroups/{g}"},
		{"scope in one hole", "{resourceGroup().id}/providers/Microsoft.X/a/db1", "Microsoft.X/a", "db1", "{resourceGroup().id}"},
		{"collection", group + "/providers/Microsoft.X/a", "Microsoft.X/a", "", group},
		{"unknown type", group + "/providers/{t}/a/db1", "", "", ""},
		{"unknown child type", group + "/providers/Microsoft.X/a/db1/{t}/x", "", "", ""},
		{"resource group", group, "", "", ""},
		{"nothing after providers", group + "/providers/Microsoft.X", "", "", ""},
		{"unknown", "{id}", "", "", ""},
		{"empty", "", "", "", ""},
	} {
		id, ok := ParseID(text(tt.id))
		if ok != (tt.typ != "") || id.Type != tt.typ || showAll(id.Names) != tt.names || ok && show(id.Scope) != tt.scope {
			t.Errorf("%s: %v, %q, %q, %q", tt.name, ok, id.Type, showAll(id.Names), show(id.Scope))
		}
	}
	for _, v := range []value.Value{value.NullValue, value.AbsentValue, value.OfInt(1), value.OfArray()} {
		if _, ok := ParseID(v); ok {
			t.Errorf("a %v is an id", v.Kind)
		}
	}
}

// TestSplitName splits at the slashes of known text; a hole is never split.
func TestSplitName(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"db1", "db1"},
		{"db1/c1", "db1 | c1"},
		{"{p}/c1", "{p} | c1"},
		{"db-{p}-x/c{q}/d", "db-{p}-x | c{q} | d"},
		{"{p}{q}", "{p}{q}"},
		{"", ""},
		{"/", " | "},
	} {
		if got := showAll(SplitName(text(tt.name))); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.name, got, tt.want)
		}
	}
	secret := value.Template(value.OfString("a/hunter2").AsSecret(), value.NewUnknown("p"))
	for _, v := range append(SplitName(value.OfString("a/hunter2").AsSecret()), SplitName(secret)...) {
		if !v.Secret {
			t.Errorf("a piece of a secret is not one: %s", value.AppendJSON(nil, v))
		}
	}
}

func resource(typ, name, id string) *Resource {
	return &Resource{Type: typ, Name: text(name), ID: text(id)}
}

// TestRefers compares ids by type and names, and keeps resources of other groups apart where the groups are known.
func TestRefers(t *testing.T) {
	const path = "/providers/Microsoft.X/a/"
	known := resource("Microsoft.X/a", "db1", group+path+"db1")
	hole := resource("Microsoft.X/a", "db-{p}", "{rg}"+path+"db-{p}")
	child := resource("Microsoft.X/a/b", "db1/c1", group+path+"db1/b/c1")
	one := value.OneOf("", text(group+path+"db1"), text("{rg}"+path+"DB1"))
	some := value.OneOf("", text(group+path+"db1"), value.NullValue)
	for _, tt := range []struct {
		name string
		r    *Resource
		id   value.Value
		want value.Truth
	}{
		{"itself", known, known.ID, value.True},
		{"letter case", known, text("/SUBSCRIPTIONS/s/resourcegroups/G/providers/microsoft.x/A/DB1"), value.True},
		{"another name", known, text(group + path + "db2"), value.False},
		{"another type", known, text(group + "/providers/Microsoft.X/z/db1"), value.False},
		{"another group", known, text("/subscriptions/s/resourceGroups/h" + path + "db1"), value.False},
		{"a group that is not known", known, text("{rg}" + path + "db1"), value.True},
		{"a name that is not known", known, text(group + path + "{q}"), value.Undecided},
		{"a name that cannot be it", known, text(group + path + "x{q}"), value.False},
		{"its child", known, child.ID, value.False},
		{"a child itself", child, child.ID, value.True},
		{"a child of another", child, text(group + path + "db2/b/c1"), value.False},
		{"nothing", known, value.NullValue, value.False},
		{"absent", known, value.AbsentValue, value.False},
		{"no id", known, text("db1"), value.False},
		{"unknown", known, text("{x}"), value.Undecided},
		{"another service", known, text("https://{x}"), value.False},
		{"in each case", known, one, value.True},
		{"in one case", known, some, value.Undecided},

		{"the same hole", hole, text("{rg}" + path + "db-{p}"), value.True},
		{"the same hole elsewhere", hole, text(group + path + "db-{p}"), value.True},
		{"another hole", hole, text("{rg}" + path + "db-{q}"), value.Undecided},
		{"another text around the hole", hole, text("{rg}" + path + "no-{p}"), value.False},
		{"known text for the hole", hole, text("{rg}" + path + "db-1"), value.Undecided},
	} {
		if got := tt.r.Refers(tt.id); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	opaque := &Resource{Type: "Microsoft.X/a", Name: text("{n}"), ID: value.NewUnknown("m.id")}
	if opaque.Refers(value.NewUnknown("m.id")) != value.True || opaque.Refers(value.NewUnknown("k.id")) != value.Undecided {
		t.Error("an id that is one expression")
	}
}

// TestNamed compares names segment by segment.
func TestNamed(t *testing.T) {
	r := resource("Microsoft.X/a/b", "db1/c-{p}", "")
	for _, tt := range []struct {
		name string
		want value.Truth
	}{
		{"db1/c-{p}", value.True},
		{"DB1/C-{p}", value.True},
		{"db2/c-{p}", value.False},
		{"db1/c-{q}", value.Undecided},
		{"db1", value.Undecided}, // a hole may hold several segments
	} {
		if got := r.Named(SplitName(text(tt.name))); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestMayHold rules out what is known to be a child of something else.
func TestMayHold(t *testing.T) {
	for _, tt := range []struct {
		parent, child string
		want          bool
	}{
		{"db1", "DB1/c", true},
		{"db1", "db2/c", false},
		{"db1", "db10/c", false},
		{"db1", "db1", false},
		{"db1", "{p}/c", true},
		{"{p}", "db1/c", true},
	} {
		parent, child := resource("Microsoft.X/a", tt.parent, ""), resource("Microsoft.X/a/b", tt.child, "")
		if got := parent.MayHold(child); got != tt.want {
			t.Errorf("%s in %s: %v, want %v", tt.child, tt.parent, got, tt.want)
		}
	}
	kelvin := resource("Microsoft.X/networ\u212as", "db1", "") // shorter in lower case
	if !kelvin.MayHold(resource("Microsoft.X/networks/b", "db1/c", "")) {
		t.Error("a letter that becomes shorter in lower case")
	}
}

// TestFind tells "none of this deployment" from "may be one of them".
func TestFind(t *testing.T) {
	const path = "/providers/Microsoft.X/a/"
	one := resource("Microsoft.X/a", "db1", group+path+"db1")
	two := resource("Microsoft.X/A", "{p}", group+path+"{p}")
	other := resource("Microsoft.X/z", "db1", group+"/providers/Microsoft.X/z/db1")
	d := &Deployment{Resources: []*Resource{one, other, two}}
	for _, tt := range []struct {
		name  string
		id    value.Value
		typ   string
		want  *Resource
		found value.Truth
	}{
		{"by id", one.ID, "microsoft.x/a", one, value.True},
		{"by the same hole", two.ID, "Microsoft.X/a", two, value.True},
		{"one that may be it", text(group + path + "db3"), "Microsoft.X/a", nil, value.Undecided},
		{"of another type", one.ID, "Microsoft.X/z", nil, value.False},
		{"of a type that is not there", one.ID, "Microsoft.X/q", nil, value.False},
		{"nothing", value.AbsentValue, "Microsoft.X/a", nil, value.False},
		{"unknown", text("{x}"), "Microsoft.X/z", nil, value.Undecided},
		{"unknown, of a type that is not there", text("{x}"), "Microsoft.X/q", nil, value.Undecided},
	} {
		got, found := d.Find(tt.id, tt.typ)
		if got != tt.want || found != tt.found {
			t.Errorf("%s: %v, %v, want %v, %v", tt.name, got, found, tt.want, tt.found)
		}
	}
}
