package ruletest

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/cosmoslint/cosmoslint/parsers/terraform"
)

// azurerm writes Terraform with one major version of the azurerm provider, and what Microsoft Graph has with azuread, by the
// tables of parsers/terraform read backwards.
type azurerm struct{ major int }

// newest is the last major version of the provider.
const newest = 5

func (a azurerm) Name() string { return "azurerm-v" + strconv.Itoa(a.major) }

// Has leaves out other letters: Terraform compares with them.
func (azurerm) Has(way string) bool { return way != "other-case" }

// newer is the language of the next major version.
func (a azurerm) newer() (Language, bool) { return azurerm{a.major + 1}, a.major < newest }

// Write makes main.tf in a folder of its own, with a module below it if there is one.
func (a azurerm) Write(p *Program) (src *Source, err error) {
	defer func() {
		if reason, ok := recover().(unsayable); ok {
			src, err = nil, reason
		}
	}()
	settings := fmt.Sprintf(`terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> %d.0"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id = %q
}
`+settingsEnd, a.major, strings.TrimPrefix(subscriptionID, "/subscriptions/"))
	outer := a.spell(p)
	written := map[*Program]*configuration{outer.program: outer}
	if p.Module != nil {
		inner := a.spell(p.Module)
		outer.pass(inner)
		inner.settle()
		outer.program.Module = inner.program
		written[inner.program] = inner
	}
	outer.settle()
	return terraformFiles(outer.program, a.Name(), settings, func(p *Program, settings string) *hclWriter {
		return written[p].write(settings)
	})
}

// configuration is a program in the words of the provider.
type configuration struct {
	major     int
	program   *Program
	resources []*configured
	forms     map[string]formOf // by parameter or variable
}

// configured is a resource, or an association, in the words of the provider.
type configured struct {
	typ   string // "" for what is a block of another resource
	index int    // of the program's resource
	r     Object
	items []item
	more  []*configured // associations
	args  []terraform.Argument
}

// item is an argument or a block.
type item struct {
	name  string
	path  string // in ARM's spelling
	value any    // of an argument
	json  bool   // that is JSON text
	block bool
	items []item
	each  any // for_each of a dynamic block
}

func (a azurerm) spell(p *Program) *configuration {
	c := &configuration{major: a.major, program: p.clone(), forms: map[string]formOf{}}
	for i, r := range p.Resources {
		c.resources = append(c.resources, c.resource(i, r))
	}
	for i, r := range c.resources {
		if r.typ == "" {
			c.adopt(i)
		}
	}
	return c
}

// resource spells a resource in the first way that has words for all of it.
func (c *configuration) resource(i int, r Object) (out *configured) {
	all := spellings(r.Text("type"), c.major)
	if len(all) == 0 {
		unsaid("azurerm has no type for %s", r.Text("type"))
	}
	var reason unsayable
	for _, s := range all {
		if out, reason = c.spelled(i, r, s); out != nil {
			return out
		}
	}
	panic(reason)
}

var spellingsOf sync.Map // of []terraform.Spelling by type and major version

func spellings(typ string, major int) []terraform.Spelling {
	key := strings.ToLower(typ) + strconv.Itoa(major)
	if known, ok := spellingsOf.Load(key); ok {
		return known.([]terraform.Spelling)
	}
	all := terraform.Spellings(typ, major)
	spellingsOf.Store(key, all)
	return all
}

func (c *configuration) spelled(i int, r Object, s terraform.Spelling) (out *configured, reason unsayable) {
	defer func() {
		if e := recover(); e != nil {
			var ok bool
			if reason, ok = e.(unsayable); !ok {
				panic(e)
			}
			out = nil
		}
	}()
	if version := r.Text("apiVersion"); version < min(versionOf(r), s.APIVersion) {
		unsaid("the provider has its own API version, not %s", version)
	}
	names, err := namesOf(r)
	if err != nil {
		panic(unsayable{err})
	}
	out = &configured{typ: s.Type, index: i, r: r, args: s.Arguments}
	if s.Block != "" {
		out.typ = ""
	}
	body := Object{}
	for _, m := range r {
		switch strings.ToLower(m.Name) {
		case "type", "name", "apiversion", "existing", "condition", "scope", "dependson":
		default:
			body = append(body, m)
		}
	}
	if isGraph(r) {
		body = graphBody(r)
	}
	items, rest := c.members(s.Arguments, body, "", s.Type)
	out.items = append(c.identify(s, r, names, &rest), items...)
	c.associate(out, s, &rest)
	if path := leftOver(without(without(rest, "location"), "tags")); path != "" {
		unsaid("%s has no argument for %s", s.Type, path)
	}
	return out, unsayable{}
}

// identify are the arguments that say which resource it is.
func (c *configuration) identify(s terraform.Spelling, r Object, names []any, rest *Object) []item {
	var out []item
	add := func(name string, v any) { out = append(out, item{name: name, value: v}) }
	last := names[len(names)-1]
	switch {
	case s.Fixed != "":
		if last != s.Fixed {
			unsaid("%s is always called %s", s.Type, s.Fixed)
		}
	case s.Block != "":
		return nil
	case len(s.Names) == len(names) && s.Parent == "":
		for k, name := range s.Names[:len(s.Names)-1] {
			add(name, c.nameRef(r, names, k))
		}
		fallthrough
	default:
		if own := s.Names[len(s.Names)-1]; !hasArgument(s, own) {
			add(own, last)
		}
	}
	if s.Parent != "" && !hasArgument(s, s.Parent) {
		add(s.Parent, c.parent(s, r, names, rest))
	} else if s.Grouped && s.Parent == "" {
		add("resource_group_name", groupName)
	}
	if s.Scope != "" && !hasArgument(s, s.Scope) {
		scope, ok := r.Get("scope")
		if !ok {
			scope = groupID
		}
		add(s.Scope, scope)
	}
	return out
}

func hasArgument(s terraform.Spelling, name string) bool {
	for _, a := range s.Arguments {
		if a.Name == name {
			return true
		}
	}
	return false
}

// parent is the id of a child's parent: with Kept, that of a database, whose name is a property in ARM.
func (c *configuration) parent(s terraform.Spelling, r Object, names []any, rest *Object) any {
	id := parentOf(r.Text("type"), names)
	if s.Kept == 0 {
		return id
	}
	database, ok := find(*rest, []string{"properties", "databaseName"})
	text, isText := database.(string)
	if !ok || !isText {
		unsaid("%s needs the id of a database", s.Type)
	}
	*rest = replace(*rest, []string{"properties", "databaseName"}, taken{}).(Object)
	return ID{id.Type + "/mongodbDatabases", append(id.Names, text)}
}

// nameRef is the name of the k-th parent: a reference where the program has it.
func (c *configuration) nameRef(r Object, names []any, k int) any {
	segments := strings.Split(r.Text("type"), "/")
	id := ID{Type: strings.Join(segments[:k+2], "/")}
	for _, n := range names[:k+1] {
		id.Names = append(id.Names, n.(string))
	}
	return nameOfID{id}
}

// nameOfID is the name of the resource with an id.
type nameOfID struct{ id ID }

// associate makes resources of the properties that azurerm has such for.
func (c *configuration) associate(out *configured, s terraform.Spelling, rest *Object) {
	for _, a := range s.Associations {
		v, ok := find(*rest, strings.Split(a.Path, "."))
		o, isObject := v.(Object)
		if !ok || !isObject || len(o) != 1 || !strings.EqualFold(o[0].Name, "id") {
			continue
		}
		*rest = replace(*rest, strings.Split(a.Path, "."), taken{}).(Object)
		out.more = append(out.more, &configured{typ: a.Type, index: out.index, r: out.r, items: []item{
			{name: a.Target, value: selfID(out.index)}, {name: a.Value, value: o[0].Value, path: a.Path + ".id"},
		}})
	}
}

// selfID is the id of the program's i-th resource.
type selfID int

// adopt moves what is a block of its parent there.
func (c *configuration) adopt(i int) {
	child := c.resources[i]
	names, _ := namesOf(child.r)
	id := parentOf(child.r.Text("type"), names)
	w := c.writer()
	p := w.index(id)
	if p < 0 || isExisting(child.r) || isExisting(c.program.Resources[p]) {
		unsaid("%s is a block of a resource that is not here", child.r.Text("type"))
	}
	block := child.items[0]
	block.items = append([]item{{name: "name", value: names[len(names)-1]}}, block.items...)
	block.path = "\x00" + strconv.Itoa(i)
	if when, ok := child.r.Get("condition"); ok {
		block.each = choice{when, []any{json1}, []any{}}
	}
	c.resources[p].items = append(c.resources[p].items, block)
}

// choice is a conditional on any condition.
type choice struct{ when, then, other any }

// leftOver is the path of something in o that is set; "" when there is nothing.
func leftOver(v any) string {
	switch v := v.(type) {
	case Object:
		for _, m := range v {
			if path := leftOver(m.Value); path != "" {
				return strings.TrimSuffix(m.Name+"."+path, ".")
			}
		}
		return ""
	case taken:
		return ""
	}
	return "."
}

// taken stands in place of a property that was spelled.
type taken struct{}
