package ruletest

import (
	"strings"
)

// isGraph reports whether a resource is one of Microsoft Graph: languages reach it by an extension, or a provider of its own.
func isGraph(r Object) bool {
	return strings.HasPrefix(strings.ToLower(r.Text("type")), "microsoft.graph/")
}

func hasGraph(p *Program) bool {
	for _, r := range p.Resources {
		if isGraph(r) {
			return true
		}
	}
	return false
}

// graphBody are the members that are sent to Graph. A resource has no name there but what it is called.
func graphBody(r Object) Object {
	out := Object{}
	for _, m := range r {
		switch strings.ToLower(m.Name) {
		case "type", "apiversion", "existing", "condition", "dependson", "scope":
		case "name":
			out = append(out, Member{"displayName", m.Value})
		default:
			out = append(out, m)
		}
	}
	return out
}

// armGraph is a resource of Graph in an ARM template: what Graph gets is in "properties".
func armGraph(r Object) Object {
	out := Object{{"import", "graph"}, {"type", r.Text("type") + "@" + r.Text("apiVersion")}}
	for _, name := range []string{"existing", "condition"} {
		if v, ok := r.Get(name); ok {
			out = append(out, Member{name, v})
		}
	}
	return append(out, Member{"properties", graphBody(r)})
}

// graphURLs are the collections of Graph by type, in lower case.
var graphURLs = map[string]string{
	"microsoft.graph/applications": "applications", "microsoft.graph/serviceprincipals": "servicePrincipals",
	"microsoft.graph/conditionalaccesspolicies": "identity/conditionalAccess/policies",
}

// msgraph writes a resource of Graph with the provider msgraph.
func (w *hclWriter) msgraph(r Object, header string, at []string) {
	url := graphURLs[strings.ToLower(r.Text("type"))]
	if url == "" {
		unsaid("msgraph has it as part of something else: %s", r.Text("type"))
	}
	w.block(header, at, func() {
		w.argument("url", url, nil)
		w.argument("api_version", r.Text("apiVersion"), nil)
		w.meta(r, r)
		if !isExisting(r) {
			w.block("body =", nil, func() {
				for _, m := range graphBody(r) {
					w.argument(w.key(m.Name), m.Value, below(at, m.Name))
				}
			})
		}
	})
}
