package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Present answers whether companion is deployed whenever r is.
func Present(companion, r *model.Resource) value.Truth { return present(companion, r) }

// present answers whether companion is deployed whenever r is. Both hang on the same condition, or were both turned on
// by the same switch of a second evaluation, or companion hangs on nothing.
func present(companion, r *model.Resource) value.Truth {
	switch {
	case companion.Existing, companion.Exists == model.Yes:
		return value.True
	case companion.Exists == model.Dormant && r.Exists == model.Dormant:
		return value.True
	case companion.Exists == r.Exists && value.Equal(companion.Condition, r.Condition) == value.True:
		return value.True
	}
	return value.Undecided
}

// childOf answers whether child is a child of parent, by the relation that the parser saw or by their names.
func childOf(child, parent *model.Resource) value.Truth {
	switch {
	case child.Parent != nil:
		return value.TruthOf(child.Parent == parent || sameResource(child.Parent, parent))
	case !parent.MayHold(child):
		return value.False
	}
	names := model.SplitName(child.Name)
	own := model.SplitName(parent.Name)
	if len(names) != len(own)+1 {
		return value.Undecided // a name with a hole may hold several segments
	}
	same := value.TruthOf(true)
	for i := range own {
		same = value.And(same, value.SameFold(names[i], own[i]))
	}
	if same != value.False && differentScope(child, parent) {
		return value.False
	}
	return same
}

// sameResource tells that two resources of the model are one in Azure: one of them is a reference to the other.
func sameResource(a, b *model.Resource) bool {
	return a.Is(b.Type) && value.SameFold(a.Name, b.Name) == value.True && !differentScope(a, b)
}

// differentScope tells that two resources are known to stand in different resource groups or subscriptions.
func differentScope(a, b *model.Resource) bool {
	x, okX := model.ParseID(a.ID)
	y, okY := model.ParseID(b.ID)
	return okX && okY && value.SameFold(x.Scope, y.Scope) == value.False
}

// children returns the resources of the given type that are, or may be, children of parent.
func children(d *model.Deployment, parent *model.Resource, typ string) (sure, maybe []*model.Resource) {
	for _, c := range d.OfType(typ) {
		switch childOf(c, parent) {
		case value.True:
			sure = append(sure, c)
		case value.Undecided:
			maybe = append(maybe, c)
		}
	}
	return sure, maybe
}

// absence is the answer when no companion of r is in sight: False, or Undecided when one may be where nobody can look.
func absence(d *model.Deployment, r *model.Resource) value.Truth {
	if d.Incomplete {
		return value.Undecided
	}
	for _, o := range d.Opaque {
		if !makesSomethingElse(o.Source) && carries(o.Arguments, r) {
			return value.Undecided
		}
	}
	return value.False
}

// Carries tells whether the id, the name or the endpoint of an account is somewhere in v.
func Carries(v value.Value, account *model.Resource) bool { return carries(v, account) }

// carries tells whether the id, the name or the endpoint of r is somewhere in v.
func carries(v value.Value, r *model.Resource) bool {
	for _, c := range v.Cases() {
		if carries(c, r) {
			return true
		}
	}
	for _, e := range v.Elems() {
		if carries(e, r) {
			return true
		}
	}
	for _, f := range v.Fields() {
		if carries(f.Value, r) {
			return true
		}
	}
	return denotes(v, r)
}

// denotes tells whether v itself is the id or name of r, the id of something in it, or computed from its attributes.
func denotes(v value.Value, r *model.Resource) bool {
	switch {
	case v.Kind != value.String && v.Kind != value.Unknown:
		return false
	case r.Refers(v) == value.True, value.SameFold(v, r.Name) == value.True:
		return true
	case below(v, r):
		return true
	}
	id := value.Canon(r.ID)
	return id != "" && strings.Contains(v.Sym(), id) || inHost(v, r.Name)
}

// below tells whether v is the id of a child of r.
func below(v value.Value, r *model.Resource) bool {
	id, ok := model.ParseID(v)
	own := model.SplitName(r.Name)
	if !ok || len(id.Names) <= len(own) || len(id.Type) < len(r.Type) || !strings.EqualFold(id.Type[:len(r.Type)], r.Type) {
		return false
	}
	for i := range own {
		if value.SameFold(id.Names[i], own[i]) != value.True {
			return false
		}
	}
	return true
}

// inHost tells whether v is an address of which the name of r is the first label: "https://db1.documents.azure.com".
func inHost(v, name value.Value) bool {
	if !hasDot(v) { // hardly any text has one
		return false
	}
	host := text(v)
	if _, after, ok := strings.Cut(host, "://"); ok {
		host = after
	}
	return strings.HasPrefix(host, text(name)+".")
}

func hasDot(v value.Value) bool {
	for _, p := range v.Pieces() {
		if s, _ := p.Text(); strings.IndexByte(s, '.') >= 0 {
			return true
		}
	}
	return false
}

// text is v in lower case with each hole as its expression, so that two strings with the same holes can be compared.
func text(v value.Value) string {
	var b strings.Builder
	for _, p := range v.Pieces() {
		s, ok := p.Text()
		if !ok {
			s = "{" + p.Sym() + "}"
		}
		b.WriteString(strings.ToLower(s))
	}
	return b.String()
}

// makesSomethingElse tells by the source of a module that cannot be looked into that it makes something else: neither the
// account's endpoint nor anything that belongs to one.
func makesSomethingElse(source string) bool {
	s := strings.ToLower(strings.ReplaceAll(source, "\\", "/"))
	for _, word := range mayHoldEndpoint {
		if strings.Contains(s, word) {
			return false
		}
	}
	for _, word := range holdsNoEndpoint {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// leavesAlone tells by the source, in lower case, of a module that cannot be looked into that it does nothing to a network, a subnet or
// a zone that it is told of: one that makes private endpoints, which stand in them, or a single resource of another kind, as the
// modules "res" of the Azure Verified Modules do. but are pieces of the sources of those that may do something.
func leavesAlone(source string, but ...string) bool {
	contains := func(word string) bool { return strings.Contains(source, word) }
	return !slices.ContainsFunc(but, contains) &&
		slices.ContainsFunc([]string{"private-endpoint", "privateendpoint", "avm/res/", "avm-res-"}, contains)
}

// mayHoldEndpoint are pieces of the source of modules that make private endpoints, Cosmos DB accounts, or anything.
var mayHoldEndpoint = []string{
	"private", "endpoint", "cosmos", "document-db", "documentdb", "deployment-script", "network-security-perimeter",
}

// holdsNoEndpoint are pieces of the source of modules that make one kind of resource, with endpoints of its own at most.
// The modules of the Azure Verified Modules programme called "res" make one resource, those called "utl" none
// (https://azure.github.io/Azure-Verified-Modules/specs/shared/module-classifications/).
var holdsNoEndpoint = []string{
	"avm/res/", "avm-res-", "avm/utl/", "avm-utl-",
	"naming", "/regions/", "/tags/", "/label/",
	"monitor", "insights", "loganalytics", "log-analytics", "operational-insights", "workspace", "alert", "dashboard", "diagnostic",
	"keyvault", "key-vault", "storage", "appservice", "app-service", "web/site", "web-site", "website", "functionapp", "function-app",
	"staticwebapp", "containerapp", "container-app", "container-registry", "containerregistry",
	"managed-identity", "managedidentity", "identity", "role-assignment", "roleassignment", "rbac",
	"openai", "cognitive", "searchservice", "servicebus", "service-bus", "eventhub", "event-hub", "redis", "apimanagement",
}
