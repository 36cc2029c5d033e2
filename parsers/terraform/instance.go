// Package terraform reads Terraform and OpenTofu configuration, evaluates it as far as that is possible before a plan, and
// maps what would be deployed to Azure's own shape.
//
// load reads a directory, module finds what it calls, eval evaluates one module instance lazily; the mapping to Azure's
// resource types starts from the Instances of a whole tree of modules.
package terraform

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Instance is one resource or data instance (or one iteration of count or for_each), evaluated, before its provider's
// mapping.
type Instance struct {
	// Data says that this is a data source: referred to, never graded.
	Data bool
	// Type and Name are the labels: "azurerm_cosmosdb_account", "main".
	Type, Name string
	// Address is Terraform's own: `module.db["a"].azurerm_cosmosdb_account.main[0]`; "data." stands before the type of a
	// data source. An index that is not known is "*".
	Address string
	// Config is an Object: arguments as fields, and each nested block type as a field that holds an Array of Objects (Open
	// when blocks may be missing from it). Field.Site is the attribute (name = expr) or the block's header. Arguments that
	// are null are fields that are Null: for all but azapi bodies that is the same as omitted. Meta-arguments are left out.
	Config value.Value
	// Header is `resource "type" "name"`.
	Header source.Span
	// Exists is Maybe when count, for_each or enabled is not known, also of a module that leads here.
	Exists model.Presence
	// Condition is why Exists is Maybe.
	Condition value.Value
	// Declaration is the same for all instances of one declaration and module call.
	Declaration string
	// Calls are the headers of the module calls that lead here, the outermost first.
	Calls []source.Span
	// Provider is the configuration that deploys the instance.
	Provider Provider
	// Ignored are the arguments of lifecycle.ignore_changes; "*" stands for all.
	Ignored []string
	// ImportID is the id of an import block that is for this instance; unknown without identity when there is none.
	ImportID value.Value
	// External says that the declaration lies in a cache of downloaded modules, not in the user's own files.
	External bool

	encoded *encodings
	// named says that no rule asks for it: it is there so that others can refer to it.
	named bool
}

// JSON returns the object that the argument v (body, template_content, parameters_content, …) was encoded from or holds
// the text of: with the spans of the jsonencode call's argument, or of the file that file() read. An unknown string that
// jsonencode made gives its partly known object. It reports false when v is no JSON that can be seen into.
func (i *Instance) JSON(v value.Value) (value.Value, bool) { return i.encoded.decode(v) }

// Provider is what is known of the provider that an instance belongs to.
type Provider struct {
	// Name is the local name: "azurerm".
	Name string
	// Major is the major version, from .terraform.lock.hcl or the required_providers constraint; 0 if it cannot be told.
	Major int
	// Config are the arguments of the provider block (subscription_id, default_location, features, …); an unknown when
	// there is none.
	Config value.Value
}
