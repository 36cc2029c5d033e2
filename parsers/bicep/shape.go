package bicep

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/template"
)

// listsExisting reports whether the compiled template has the resources that are only referred to. It has them where it
// is written with symbolic names, which the compiler does when the file uses something that needs them (Azure/bicep,
// EmitterSettings). Elsewhere they are gone, and what is found in a file must not depend on which of the two is read.
func (lo *lowerer) listsExisting() bool {
	for _, st := range lo.file.Statements {
		if lo.needsSymbols(st) {
			return true
		}
	}
	for _, st := range lo.file.Statements {
		if slices.ContainsFunc(values(st), lo.mentionsSymbols) {
			return true
		}
	}
	return slices.ContainsFunc(symbolicFeatures, lo.experimental) || lo.secureModule()
}

// symbolicFeatures are the experimental features that make the compiler write symbolic names.
var symbolicFeatures = []string{
	"symbolicNameCodegen", "resourceInfoCodegen", "assertions", "waitUntil", "localDeploy", "moduleExtensionConfigs",
	"userDefinedConstraints", "deployCommands", "runtimeValuesInTagsAndSku", "azExtensionConfig",
}

func (lo *lowerer) experimental(feature string) bool {
	return lo.files.Experimental(lo.file.Source, feature)
}

// secureModule reports whether a module has an output that is secure. This loads the modules.
func (lo *lowerer) secureModule() bool {
	for _, st := range lo.file.Statements {
		d, ok := st.(*ModuleDecl)
		if !ok {
			continue
		}
		t := lo.moduleOf(d, nil)
		if t != nil && slices.ContainsFunc(t.Outputs, func(o *template.Output) bool { return isSecure(o.Type) }) {
			return true
		}
	}
	return false
}

func isSecure(typ string) bool {
	return strings.EqualFold(typ, "securestring") || strings.EqualFold(typ, "secureobject")
}

func (lo *lowerer) needsSymbols(st Stmt) bool {
	switch st := st.(type) {
	case *TypeDecl, *FuncDecl, *ImportDecl, *ExtensionDecl:
		return true
	case *VarDecl:
		return st.Type != nil
	case *ParamDecl:
		return isUserType(st.Type)
	case *OutputDecl:
		return isUserType(st.Type) || hasDecorator(st.Decorators, "secure")
	case *ModuleDecl:
		return find(newResourceSymbol(st, "", st.Body, nil).object, "name") == nil
	case *ResourceDecl:
		return resourceNeedsSymbols(st)
	}
	return false
}

// isUserType reports whether a type is more than a name: the compiler looks for the syntax, not at what it means.
func isUserType(t Type) bool {
	switch t := t.(type) {
	case *ObjectType, *ArrayType, *TupleType, *UnionType, *NullableType:
		return true
	case *ParenType:
		return isUserType(t.Inner)
	case *NonNullType:
		return isUserType(t.Inner)
	}
	return false
}

// symbolicDecorators are those of a resource that only a template with symbolic names can express.
var symbolicDecorators = []string{"onlyIfNotExists", "retryOn", "nullIfNotFound"}

func resourceNeedsSymbols(d *ResourceDecl) bool {
	for _, name := range symbolicDecorators {
		if hasDecorator(d.Decorators, name) {
			return true
		}
	}
	object := newResourceSymbol(d, "", d.Body, nil).object
	if object == nil {
		return false
	}
	if d.Existing && find(object, "dependsOn") != nil {
		return true
	}
	for _, item := range object.Items {
		if child, ok := item.(*ResourceDecl); ok && resourceNeedsSymbols(child) {
			return true
		}
	}
	return false
}

// mentionsSymbols reports whether x mentions all resources of a loop at once, or the resource that it is part of.
func (lo *lowerer) mentionsSymbols(x Expr) bool {
	return x != nil && lo.mentions(x, nil)
}

// mentions does so below the variables of loops and lambdas, which hide symbols of the same name.
func (lo *lowerer) mentions(x Expr, hidden []string) bool {
	switch x := x.(type) {
	case *Ref:
		s := lo.symbols[x.Name]
		return s != nil && s.resource != nil && s.resource.loop != nil && !slices.Contains(hidden, x.Name)
	case *Access:
		if isRef(x.Target) {
			return false
		}
	case *Index:
		if isRef(x.Target) {
			return lo.mentions(x.Index, hidden)
		}
	case *Call:
		if this, ok := x.Target.(*Ref); ok && this.Name == "this" {
			return true
		}
	case *For:
		hidden = append(slices.Clip(hidden), x.Item.Name, x.Index.Name)
	case *Lambda:
		for _, p := range x.Params {
			hidden = append(slices.Clip(hidden), p.Name)
		}
	}
	found := false
	visit := func(x Expr) { found = found || lo.mentions(x, hidden) }
	if o, ok := x.(*Object); ok {
		x = withoutDependsOn(o)
	}
	operands(x, visit)
	return found
}

func isRef(x Expr) bool {
	_, ok := unparenthesised(x).(*Ref)
	return ok
}

func unparenthesised(x Expr) Expr {
	for {
		p, ok := x.(*Paren)
		if !ok {
			return x
		}
		x = p.Inner
	}
}

// withoutDependsOn leaves out the one place where a loop as a whole needs no symbolic names.
func withoutDependsOn(x *Object) *Object {
	out := &Object{Range: x.Range}
	for _, item := range x.Items {
		if p, ok := item.(*Property); !ok || p.Key.Name != "dependsOn" {
			out.Items = append(out.Items, item)
		}
	}
	return out
}
