package terraform

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Nested is an ARM template that Terraform deploys.
type Nested struct {
	// Content is the template: an object, with the places where its members are written, as far as they are known.
	Content value.Value
	// Parameters are the values of its parameters by name.
	Parameters map[string]value.Value
	// Scope is the id of the resource group, subscription or other scope that it is deployed to.
	Scope value.Value
	// Path and Header are those of the Terraform resource that deploys it.
	Path   string
	Header source.Span
}

// Templates makes the deployment of a nested template; nil when it cannot look into the template. It is given by whoever
// knows both languages: this package knows nothing of ARM templates but what they are called here.
type Templates func(Nested) *model.Deployment

// deployments are the Terraform types that deploy an ARM template: internal/services/resource/*template_deployment*.go.
var deployments = map[string]place{
	"azurerm_resource_group_template_deployment":   {},
	"azurerm_template_deployment":                  {},
	"azurerm_subscription_template_deployment":     {level: subscriptionLevel},
	"azurerm_tenant_template_deployment":           {level: tenantLevel},
	"azurerm_management_group_template_deployment": {scope: "management_group_id"},
}

func isTemplateDeployment(typ string) bool {
	_, ok := deployments[typ]
	return ok
}

// deploymentType is what azapi calls a deployment of a template.
const deploymentType = "Microsoft.Resources/deployments"

// deploysTemplate reports whether a declaration is of a resource that deploys an ARM template.
func deploysTemplate(b *block) bool {
	if b.labels[0] != "azapi_resource" {
		return isTemplateDeployment(b.labels[0])
	}
	text, _ := literalTextOf(b.expr("type"))
	typ, _, _ := strings.Cut(text, "@")
	return strings.EqualFold(typ, deploymentType)
}

// addTemplate adds what a nested template deploys, or notes that it cannot be looked into.
func (m *mapper) addTemplate(in *Instance) {
	if in.Data {
		return
	}
	n := m.nested(in)
	if in.Type == "azapi_resource" {
		n = m.nestedAzAPI(in)
	}
	if m.templates != nil && n.Content.Kind == value.Object {
		if d := m.templates(n); d != nil {
			m.adoptNested(in, d)
			m.deployed = append(m.deployed, n.Content.Span.File)
			return
		}
	}
	m.d.Opaque = append(m.d.Opaque, model.Opaque{
		Path: in.Address, Source: "ARM template", Span: in.Header, Exists: in.Exists, Arguments: m.resolve(in.Config),
	})
}

// nested reads the template and its parameters from the arguments of either kind of resource.
func (m *mapper) nested(in *Instance) Nested {
	at := deployments[in.Type]
	n := Nested{Scope: m.base(in, &at), Path: in.Address, Header: in.Header, Parameters: map[string]value.Value{}}
	if at.scope != "" {
		n.Scope = m.argument(in, at.scope)
	}
	for _, name := range []string{"template_content", "template_body"} {
		if !in.Config.Get(name).IsUnset() {
			n.Content = m.bodyObject(in, name)
		}
	}
	for _, name := range []string{"parameters_content", "parameters_body"} {
		for _, f := range m.bodyObject(in, name).Fields() {
			n.Parameters[strings.ToLower(f.Name)] = f.Value.Get("value")
		}
	}
	for _, f := range m.argument(in, "parameters").Fields() { // azurerm_template_deployment: a map of strings
		n.Parameters[strings.ToLower(f.Name)] = f.Value
	}
	return n
}

// nestedAzAPI reads the template and its parameters from the body of azapi_resource.
func (m *mapper) nestedAzAPI(in *Instance) Nested {
	n := Nested{Scope: m.argument(in, "parent_id"), Path: in.Address, Header: in.Header, Parameters: map[string]value.Value{}}
	properties := m.bodyObject(in, "body").Get("properties")
	n.Content = properties.Get("template")
	for _, f := range properties.Get("parameters").Fields() {
		n.Parameters[strings.ToLower(f.Name)] = f.Value.Get("value")
	}
	return n
}

// adoptNested adds what a nested template deploys: it is there when the Terraform resource is.
func (m *mapper) adoptNested(in *Instance, d *model.Deployment) {
	calls := append(append([]source.Span(nil), in.Calls...), in.Header)
	inner := func(path string) string { return strings.TrimSuffix(in.Address+"/"+path, "/") }
	for _, r := range d.Resources {
		if in.Exists != model.Yes && r.Exists == model.Yes {
			r.Exists, r.Condition = in.Exists, in.Condition
		}
		r.Path, r.Declaration, r.Calls = inner(r.Path), in.Declaration+"/"+r.Declaration, calls
		m.d.Resources = append(m.d.Resources, r)
	}
	for _, o := range d.Opaque {
		o.Path, o.Exists = inner(o.Path), max(o.Exists, in.Exists)
		if o.Span.IsZero() {
			o.Span = in.Header
		}
		m.d.Opaque = append(m.d.Opaque, o)
	}
	for _, o := range d.Outputs {
		o.Module, o.Exists, o.Calls = inner(o.Module), max(o.Exists, in.Exists), calls
		m.d.Outputs = append(m.d.Outputs, o)
	}
	for _, i := range d.Inputs {
		i.Module, i.Exists, i.Calls = inner(i.Module), max(i.Exists, in.Exists), calls
		m.d.Inputs = append(m.d.Inputs, i)
	}
	m.d.Incomplete = m.d.Incomplete || d.Incomplete
}
