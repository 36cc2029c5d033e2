package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// traverse evaluates a reference: a name in scope, then attributes and indexes.
func (s *scope) traverse(t hcl.Traversal) value.Value {
	root := t.RootName()
	if v, ok := s.lookup(root); ok {
		return s.steps(v, t[1:])
	}
	if s.m == nil {
		return s.fail()
	}
	name, named := attrName(t, 1)
	switch root {
	case "var":
		return s.named(t, named, s.m.variable, name)
	case "local":
		return s.named(t, named, s.m.local, name)
	case "path":
		return s.named(t, named, s.m.pathValue, name)
	case "terraform":
		return s.named(t, named, s.terraform, name)
	case "count", "each", "self":
		return s.outside(t)
	case "module":
		if named {
			return s.moduleRef(name, t[2:])
		}
		return s.fail()
	case "data", "ephemeral":
		if typ, ok := attrName(t, 2); ok && named {
			return s.resourceRef(root+"."+name+"."+typ, t[3:])
		}
		return s.fail()
	case "resource":
		if typ, ok := attrName(t, 2); ok && named {
			return s.resourceRef(name+"."+typ, t[3:])
		}
		return s.fail()
	}
	if named {
		return s.resourceRef(root+"."+name, t[2:])
	}
	return s.fail()
}

func (s *scope) named(t hcl.Traversal, ok bool, get func(string) value.Value, name string) value.Value {
	if !ok {
		// var["x"], or the whole of it: not worth a model.
		return value.NewUnknown("")
	}
	return s.steps(get(name), t[2:])
}

func attrName(t hcl.Traversal, i int) (string, bool) {
	if i >= len(t) {
		return "", false
	}
	a, ok := t[i].(hcl.TraverseAttr)
	return a.Name, ok
}

// terraform is terraform.workspace and its kin: known only when it is run.
func (s *scope) terraform(name string) value.Value {
	u := value.NewUnknown("terraform." + name)
	u.NotNull = true
	return u
}

// outside is a reference to an iteration where there is none.
func (s *scope) outside(t hcl.Traversal) value.Value {
	if t.RootName() == "self" {
		return value.NewUnknown("")
	}
	return s.fail()
}

// resourceRef evaluates `type.name` and what follows. Of an instance only the attribute that is asked for is evaluated.
func (s *scope) resourceRef(name string, rest hcl.Traversal) value.Value {
	res := s.m.resources[name]
	if res == nil { // declared in a file that is not here, if anywhere
		s.mayFail++
		return s.steps(value.NewUnknown(s.m.qualify(name)), rest)
	}
	list := res.nodes()
	if list == nil {
		return value.NewUnknown("")
	}
	if list.mode == single {
		return s.nodeRef(list.nodes, rest)
	}
	if len(rest) > 0 {
		if index, ok := rest[0].(hcl.TraverseIndex); ok {
			if nodes, ok := list.at(fromCty(index.Key)); ok {
				if len(nodes) == 1 && nodes[0].exists != 0 {
					s.mayFail++
				}
				return s.nodeRef(nodes, rest[1:])
			}
		}
	}
	return s.steps(list.value(), rest)
}

// nodeRef follows steps from a single instance. Without one, as OpenTofu's enabled = false makes it, it is null.
func (s *scope) nodeRef(nodes []*node, rest hcl.Traversal) value.Value {
	if len(nodes) == 0 {
		return s.steps(value.NullValue, rest)
	}
	n := nodes[0]
	if name, ok := attrName(rest, 0); ok {
		return s.blockSteps(n, name, n.attribute(name), rest[1:])
	}
	return s.steps(n.value(), rest)
}

// blockSteps follows steps into an attribute. What a nested block does not say is computed: it has the address for its
// identity.
func (s *scope) blockSteps(n *node, name string, v value.Value, rest hcl.Traversal) value.Value {
	if len(rest) == 0 || !n.isBlock(name) {
		return s.steps(v, rest)
	}
	sym := n.address + "." + name
	for _, step := range rest {
		before := s.failed
		switch step := step.(type) {
		case hcl.TraverseAttr:
			v, sym = s.member(v, step.Name), sym+"."+step.Name
		case hcl.TraverseIndex:
			key := fromCty(step.Key)
			v, sym = s.indexed(v, key), sym+indexText(key)
		default:
			return s.fail()
		}
		if s.failed > before || v.Kind == value.Unknown && v.Sym() == "" && len(v.Cases()) == 0 {
			s.failed = before
			v = n.computed(sym, lastName(sym))
		}
	}
	return v
}

func lastName(sym string) string { return sym[strings.LastIndexByte(sym, '.')+1:] }

// moduleRef evaluates module.name and what follows. Of an instance only the output that is asked for is evaluated.
func (s *scope) moduleRef(name string, rest hcl.Traversal) value.Value {
	call := s.m.children[name]
	if call == nil {
		return s.fail()
	}
	list := call.instances()
	if list == nil {
		return value.NewUnknown("")
	}
	if list.mode != single {
		if len(rest) > 0 {
			if index, ok := rest[0].(hcl.TraverseIndex); ok {
				if found, ok := list.at(fromCty(index.Key)); ok && len(found) > 0 {
					return s.outputRef(call, found[0], rest[1:])
				}
			}
		}
		return s.steps(call.value(list), rest)
	}
	if len(list.nodes) == 0 {
		return s.steps(value.NullValue, rest)
	}
	return s.outputRef(call, list.nodes[0], rest)
}

func (s *scope) outputRef(call *moduleCall, in *childModule, rest hcl.Traversal) value.Value {
	name, ok := attrName(rest, 0)
	if !ok {
		return s.steps(in.value(s.run), rest)
	}
	return s.steps(in.outputNamed(s.run, name), rest[1:])
}
