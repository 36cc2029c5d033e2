package ruletest

import (
	"fmt"
	"strings"
)

// azapi writes Terraform with the azapi provider, whose bodies are ARM's; encoded is the form that its first major version
// takes, JSON text.
type azapi struct{ encoded bool }

func (a azapi) Name() string {
	if a.encoded {
		return "azapi-v1"
	}
	return "azapi"
}

// Has spares the second form what is not about forms.
func (a azapi) Has(way string) bool {
	return !a.encoded || strings.Contains(" literal nested unknown parameter-default ", " "+way+" ")
}

// Write makes main.tf in a folder of its own, with a module below it if there is one.
func (a azapi) Write(p *Program) (*Source, error) {
	version := "~> 2.0"
	if a.encoded {
		version = "~> 1.0"
	}
	settings := fmt.Sprintf("terraform {\n  required_providers {\n    azapi = {\n      source = \"Azure/azapi\"\n      version = %q\n    }\n  }\n}\n%s", version, settingsEnd)
	return terraformFiles(p, a.Name(), settings, a.file)
}

func (a azapi) file(p *Program, settings string) *hclWriter {
	w := &hclWriter{program: p, typeOf: func(i int) string {
		if isGraph(p.Resources[i]) {
			return "msgraph_resource"
		}
		return "azapi_resource"
	}}
	w.text.WriteString(settings)
	w.declarations()
	for i, r := range p.Resources {
		a.resource(w, i, r)
	}
	w.call()
	return w
}

func (a azapi) resource(w *hclWriter, i int, r Object) {
	typ := r.Text("type")
	if strings.Contains(strings.ToLower(typ), "/providers/") {
		unsaid("an extension is written with its scope, not as a child: %s", typ)
	}
	at := []string{fmt.Sprint(i)}
	header := fmt.Sprintf("resource %q %q", w.typeOf(i), symbolOf(i))
	if isExisting(r) {
		header = fmt.Sprintf("data %q %q", w.typeOf(i), symbolOf(i))
	}
	if isGraph(r) {
		w.msgraph(r, header, at)
		return
	}
	names, err := namesOf(r)
	if err != nil {
		panic(unsayable{err})
	}
	w.block(header, at, func() {
		w.argument("type", typ+"@"+r.Text("apiVersion"), nil)
		w.argument("name", names[len(names)-1], nil)
		w.argument("parent_id", a.parent(r, names), nil)
		w.meta(r, r)
		if !isExisting(r) {
			a.members(w, r, at)
		}
	})
}

// parent is what a resource is deployed to: its parent, its scope, or the group.
func (azapi) parent(r Object, names []any) any {
	if scope, ok := r.Get("scope"); ok {
		return scope
	}
	typ := r.Text("type")
	switch {
	case len(names) > 1:
		return parentOf(typ, names)
	case strings.EqualFold(typ, "Microsoft.Security/pricings"):
		return subscriptionID
	case strings.EqualFold(typ, "microsoft.aadiam/diagnosticSettings"):
		return "/"
	}
	return groupID
}

// members writes what stands beside the body, and the body.
func (a azapi) members(w *hclWriter, r Object, at []string) {
	body := Object{}
	for _, m := range r {
		switch strings.ToLower(m.Name) {
		case "type", "name", "apiversion", "existing", "condition", "scope", "dependson":
		case "location", "tags":
			w.argument(strings.ToLower(m.Name), m.Value, below(at, m.Name))
		default:
			body = append(body, m)
		}
	}
	if len(body) == 0 {
		return
	}
	before, after := "body = ", "\n"
	if a.encoded {
		before, after = "body = jsonencode(", ")\n"
	}
	w.text.WriteString(strings.Repeat(indent, w.depth) + before)
	w.object(body, at)
	w.text.WriteString(after)
}
