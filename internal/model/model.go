// Package model is what would be deployed, in Azure's own shape, whatever language it was written in.
package model

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Presence tells whether a resource will be deployed.
type Presence uint8

// A resource is there, or its condition is not known, or a default turns it off and a caller may turn it on.
const (
	Yes Presence = iota
	Maybe
	Dormant
)

func (p Presence) String() string { return [...]string{"yes", "maybe", "dormant"}[p] }

// Resource is one resource (one instance of a loop) as it would be deployed.
type Resource struct {
	// Type is the full type ("Microsoft.DocumentDB/databaseAccounts/sqlDatabases"), compared without case.
	Type       string
	APIVersion string
	// VersionSite is where the API version is written; zero when it is computed.
	VersionSite source.Span
	// Name has as many segments, separated by "/", as Type has after its namespace.
	Name value.Value
	// Scope is the id of the resource that an extension resource is attached to, else the id of another scope it is
	// deployed to; Absent for the deployment's own scope.
	Scope value.Value
	// ID is the resource's id, as far as it is known.
	ID value.Value
	// Body is the resource without type, apiVersion, name and scope, in ARM's spelling.
	Body value.Value
	// Parent is the resource of this deployment that this one is a child of, if it is here.
	Parent *Resource
	Exists Presence
	// Existing resources are referred to, not deployed. They are never graded but satisfy relations.
	Existing bool
	// Header is what to underline when a property is absent.
	Header source.Span
	// Path names the resource to people: symbolic name or type and name, after the modules that lead to it.
	Path string
	// Written tells resources with one Path apart: the expressions of the names that it leaves out, as they are written.
	Written string
	// Declaration identifies the source declaration and the chain of module calls: all instances of one loop share it.
	Declaration string
	// Calls are the headers of the module calls that lead here, the outermost first.
	Calls []source.Span
	// Condition is why Exists is not Yes.
	Condition value.Value
	// Outer says that it stands in a nested template of outer scope: the caller computes its values, and the history of
	// the deployment keeps them.
	Outer   bool
	Dialect Dialect

	names []value.Value // see segments
	key   *string       // see Key
	typed int           // how much of it is the type
}

// Is reports whether r is of the given type, ignoring case.
func (r *Resource) Is(typ string) bool { return strings.EqualFold(r.Type, typ) }

// Deployment is one entry point evaluated with one set of parameters.
type Deployment struct {
	EntryPoint *source.File
	// Parameters are the parameter files it was evaluated with.
	Parameters []*source.File
	// Loaded are the files whose content it has as values.
	Loaded    []*source.File
	Resources []*Resource
	Outputs   []Output
	// Inputs are the parameters of the root and of all modules that could be looked into.
	Inputs []Input
	// Opaque are the modules that could not be looked into.
	Opaque []Opaque
	// Switches are sets of parameters whose defaults turn resources off: each is worth a second evaluation.
	Switches []Switch
	// Incomplete says that part of the source could not be parsed, or was not looked at: what is missing may be there.
	Incomplete  bool
	Diagnostics []diag.Diagnostic

	byType map[string][]*Resource
}

// Switch is a set of parameters whose defaults turn a resource off, with the values that may turn it on.
type Switch struct {
	Parameters  []string
	Values      []value.Value
	Declaration string // of the resource or module call that is off
}

// Output is an output of the deployment or of a nested one.
type Output struct {
	Name   string
	Type   string // as declared: "securestring"
	Value  value.Value
	Site   source.Span
	Module string // path of the nested deployment; "" for the root
	// TypeSite is where the type is written; zero when the declaration takes it from elsewhere.
	TypeSite source.Span
	// Sensitive says that it is hidden where it is shown, but not where it is stored.
	Sensitive bool
	// Inner says that the root is a module that others call: what becomes of the output is theirs to decide.
	Inner bool
	// Harmless says that making it secure changes nothing for those who read it.
	Harmless bool
	// Exists is that of the module, Calls the headers of the module calls that lead to it.
	Exists  Presence
	Calls   []source.Span
	Dialect Dialect
}

// Input is a parameter of the root or of a module.
type Input struct {
	Name   string
	Type   string // as declared: "securestring"
	Module string // path of the nested deployment; "" for the root
	Site   source.Span
	// TypeSite is where the type is written; zero when the declaration takes it from elsewhere.
	TypeSite source.Span
	// Given says that a module's caller passes Value, at Argument. The value of a secure parameter is not noted.
	Given    bool
	Value    value.Value
	Argument source.Span
	// Risky says that making it secure may ask for changes elsewhere.
	Risky bool
	// Exists is that of the module, Calls the headers of the module calls that lead to it.
	Exists  Presence
	Calls   []source.Span
	Dialect Dialect
}

// IsSecure reports whether a type of a parameter or an output keeps its values out of the history of deployments.
func IsSecure(typ string) bool { return typ == "securestring" || typ == "secureobject" }

// Opaque is a module whose resources cannot be seen.
type Opaque struct {
	Path      string // how its caller names it
	Source    string // "br/public:avm/res/…:0.1.0", a URL, a missing file
	Span      source.Span
	Exists    Presence
	Arguments value.Value
	// Forgets says that what is passed to it is kept in no history, as of a module of Terraform.
	Forgets bool
}

// OfType returns the resources of a type, existing ones included, in source order.
func (d *Deployment) OfType(typ string) []*Resource {
	if d.byType == nil {
		d.byType = make(map[string][]*Resource)
		for _, r := range d.Resources {
			key := strings.ToLower(r.Type)
			d.byType[key] = append(d.byType[key], r)
		}
	}
	return d.byType[strings.ToLower(typ)]
}

// Securer is a Dialect of a language that can declare parameters and outputs as secure.
type Securer interface {
	// Secure returns the edits that make the parameter or output whose name, and whose type, are written at these places
	// secure; nil when that cannot be written safely.
	Secure(name, typ source.Span) []source.Edit
}

// Dialect is what a language contributes to findings: how it spells a property and how it writes a change.
type Dialect interface {
	// Name is the language as people call it: "ARM", "Bicep", "Terraform".
	Name() string
	// Spell returns the user's word for a property, given by its path in ARM's spelling.
	Spell(resourceType, path string) string
	// Literal returns v as the language writes it, for a message or an edit.
	Literal(v value.Value) string
	// Set returns the edits that give the property of r the value v, nil when that cannot be written safely.
	Set(r *Resource, path string, v value.Value) []source.Edit
	// Remove returns the edits that take the members or list elements at paths away with their separators. An index in
	// a path is the one before the change. It is nil when one of them cannot be written, or not safely.
	Remove(r *Resource, paths ...string) []source.Edit
	// Append returns the edits that add v to the end of the list at path, making the list when it is absent.
	Append(r *Resource, path string, v value.Value) []source.Edit
	// Raise returns the edits that give r the API version; nil in a language whose resources have none.
	Raise(r *Resource, apiVersion string) []source.Edit
}
