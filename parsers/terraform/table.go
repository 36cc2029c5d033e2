package terraform

import "github.com/cosmoslint/cosmoslint/internal/value"

// schema is how the resources of one Terraform type become those of one ARM type. It is data that is read in both
// directions: to build a body, and to spell a property or write a change.
//
// The facts are those of the provider's source (https://github.com/hashicorp/terraform-provider-azurerm) at v2.99.0,
// v3.117.1, v4.81.0 and v5.2.0: file internal/services/<service>/<type without azurerm_>_resource.go, schema and
// create function.
type schema struct {
	name string // "azurerm_cosmosdb_account"
	arm  string // "Microsoft.DocumentDB/databaseAccounts"
	// api is the API version that the provider uses, as of v5.2.0; before says what earlier majors use.
	api    string
	before map[int]string
	at     place
	args   []arg
	// shape does what the table cannot say, after the arguments were converted.
	shape func(*builder)
}

// apiVersion is the version that a major of the provider uses; the newest when the major is not known.
func (s *schema) apiVersion(major int) string {
	if v, ok := s.before[major]; ok {
		return v
	}
	return s.api
}

// arg is one argument or nested block.
type arg struct {
	// name is "" for what the provider sends whatever is configured: unset.
	name string
	// path is where its value goes, relative to the enclosing object: "properties.backupPolicy". "" merges the members of a
	// block into the enclosing object.
	path string
	form form
	// unset is what the provider sends when the argument is omitted or null, as Terraform would write it; nil is nothing.
	// unsetIn takes its place in some majors; 0 stands for a major that is not known.
	unset   any
	unsetIn map[int]any
	// since and until are the first and last major with the argument; 0 is no bound.
	since, until int
	// args are those of a nested block; many says that the blocks are a list in ARM.
	args []arg
	many bool
	// said marks an argument that is not converted by the table, but by the schema's shape: it is only for spelling.
	said bool
	// json says that it is JSON text which is an object in ARM; only of arguments of a resource.
	json bool
	// always is what an argument of a block that is only said has to be, for the block to be what its path says.
	always any
	// zero says that 0 means not set.
	zero bool
}

// either is the default of an argument that differs between majors, where the major is not known.
type either []any

// byDefault is the value that Terraform shows for an argument that is not set; null where there is none.
func (a *arg) byDefault(major int) value.Value {
	d, ok := a.unsetIn[major]
	if !ok {
		d = a.unset
	}
	switch d := d.(type) {
	case nil, either:
		return value.NullValue
	case []any:
		return value.OfArray()
	default:
		return value.Of(d)
	}
}

// omitted is what the provider sends when the argument is omitted.
func (a *arg) omitted(major int) value.Value {
	d, ok := a.unsetIn[major]
	if !ok {
		d = a.unset
	}
	v := value.AbsentValue
	switch d := d.(type) {
	case nil:
		return v
	case either:
		cases := make([]value.Value, len(d))
		for i, x := range d {
			cases[i] = a.sent(value.Of(x))
		}
		return value.OneOf("", cases...)
	case []any:
		v = value.OfArray()
	default:
		v = value.Of(d)
	}
	return a.sent(v)
}

// sent is a default as ARM's value.
func (a *arg) sent(v value.Value) value.Value {
	if a.form.in != nil {
		v = a.form.in(v)
	}
	return v.Via(value.Origin{Kind: value.FromPlatform, Name: a.name})
}

// in reports whether a major of the provider has the argument; all do when the major is not known.
func (a *arg) in(major int) bool {
	return major == 0 || (a.since == 0 || major >= a.since) && (a.until == 0 || major <= a.until)
}

// schemas are all tables, by Terraform type.
var schemas = index(tables...)

// tables are all tables, in the order in which types are looked for that are of one ARM type.
var tables = [][]schema{cosmosTables, clusterTables, networkTables, perimeterTables, linkTables, frontTables, guardTables, serviceTables, programTables, graphTables}

func index(tables ...[]schema) map[string]*schema {
	all := map[string]*schema{}
	for _, t := range tables {
		for i := range t {
			all[t[i].name] = &t[i]
		}
	}
	return all
}
