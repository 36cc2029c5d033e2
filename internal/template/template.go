// Package template is an Azure deployment before evaluation, and its expansion to resources. ARM templates and Bicep
// files both become a Template; what parameters, loops, conditions and modules mean is said here once.
package template

import (
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Template is one file, or one nested template, as parsed.
type Template struct {
	File    *source.File
	Level   Level
	Dialect model.Dialect
	// Symbolic says that resources are referred to by symbolic name; nested deployments then default to inner scope.
	Symbolic   bool
	Parameters []*Parameter
	// Definitions are the types that parameters may refer to, each as a parameter of it; nil where they are not told apart.
	Definitions func() []*Parameter
	Variables   []*Variable
	Functions   []*Function
	Outputs     []*Output
	// Resources makes the declarations when they are first needed.
	Resources func() []*Resource
	// Diagnostics returns what was found wrong so far: expressions are parsed when they are first needed.
	Diagnostics func() []diag.Diagnostic
	Incomplete  bool
}

// Level is what a template is deployed to.
type Level uint8

// The levels.
const (
	ResourceGroup Level = iota
	Subscription
	ManagementGroup
	Tenant
)

// Parameter is a parameter as declared.
type Parameter struct {
	Name     string
	Type     string // lower case: "string", "securestring", "int", "bool", "object", "secureobject", "array"
	Default  expr.Expr
	Allowed  expr.Expr
	Nullable bool
	// NotEmpty says that the declaration asks for at least one element or character.
	NotEmpty bool
	// Shape is what the type says of what is within the value; nil where nothing can be.
	Shape func() *Shape
	Site  source.Span // name and declaration
	// TypeSite is the type as written in the declaration itself, if it is a plain one.
	TypeSite source.Span
	// DefaultSite is the default as written; zero without one.
	DefaultSite source.Span
}

// Secure reports whether the parameter's values are kept out of the deployment's history.
func (p *Parameter) Secure() bool { return p.Type == "securestring" || p.Type == "secureobject" }

// Variable is a variable as declared.
type Variable struct {
	Name  string
	Value expr.Expr
	Site  source.Span
}

// Function is a user-defined function: Body sees only its own parameters.
type Function struct {
	Name   string // "namespace.name"
	Params []string
	Body   expr.Expr
}

// Output is an output as declared.
type Output struct {
	Name      string
	Type      string
	Value     expr.Expr
	Condition expr.Expr
	Site      source.Span
	TypeSite  source.Span // as a parameter's
}

// Resource is a declaration: zero, one or many resources.
type Resource struct {
	Symbol     string // symbolic name, if it has one
	Type       string // of a nested child: the last segments only
	APIVersion expr.Expr
	Name       expr.Expr
	Scope      expr.Expr
	Condition  expr.Expr
	Existing   bool
	// Graph says that it is one of Microsoft Graph's, made through an extension: its name is a member of its body, which
	// has no "properties", and its id is known to the tenant alone.
	Graph bool
	// Unlisted says that the resource can be referred to but is no part of the deployment's description.
	Unlisted bool
	Copy     *Copy
	// Body has the members that are sent to the service: no type, name, scope, condition, copy, dependsOn.
	Body     *expr.Object
	Children func() []*Resource
	// Parent is the declaration that this one is nested in, or names as its parent; ParentIndex picks one of the
	// parent's loop. A nested declaration is there once for each of its parents.
	Parent      *Resource
	ParentIndex expr.Expr
	Nested      bool
	// Inherits says that the declaration exists only where its parent does (a Bicep child inside its parent's body).
	Inherits bool
	Module   *Module
	Header   source.Span
	// SubscriptionID and Group place a module, or an existing resource, elsewhere.
	SubscriptionID, Group expr.Expr
}

// Copy is the loop of a resource.
type Copy struct {
	Name  string
	Count expr.Expr
	Site  source.Span
}

// Module is a nested or linked deployment.
type Module struct {
	// Load returns the template, or nil when it cannot be looked into; Source then says what it would be.
	Load   func() *Template
	Source string
	// Link is the URL of the template, where it has one. It is never fetched: Find looks for the file that its path ends
	// with beside the caller.
	Link expr.Expr
	Find func(url value.Value) *Template
	// Outer says that expressions of the nested template are the caller's.
	Outer     bool
	Arguments []Argument
	Header    source.Span
}

// Argument is what a caller passes to a parameter of a module.
type Argument struct {
	Name  string
	Value expr.Expr
	// Secret says that the value is a reference to a Key Vault secret.
	Secret bool
	Site   source.Span
}
