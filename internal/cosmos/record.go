package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const publicZoneType = "Microsoft.Network/dnsZones"

// Record is a CNAME record of a DNS zone.
type Record struct {
	Resource *model.Resource
	// Path is that of the name it points to, Target the name.
	Path   string
	Target value.Value
}

// Records are the CNAME records of public and private zones that point, or may point, to a name of Cosmos DB's; in a
// deployment that uses Cosmos DB, those to any name. Alias records are none: they follow a resource by its id and disappear
// with it (https://learn.microsoft.com/azure/dns/dns-alias#prevent-dangling-dns-records).
func (s *Surroundings) Records() []Record {
	any := s.All || s.view.usesCosmos()
	var out []Record
	for _, kind := range []struct{ typ, path string }{
		{publicZoneType + "/CNAME", "properties.CNAMERecord.cname"},
		{zoneType + "/CNAME", "properties.cnameRecord.cname"},
	} {
		for _, r := range s.view.Deployment.OfType(kind.typ) {
			record := Record{r, kind.path, r.Body.GetPath(kind.path)}
			if !record.Target.IsUnset() && (any || record.ofCosmos() == value.True) {
				out = append(out, record)
			}
		}
	}
	return out
}

// service is one whose resources get host names that are made of a name which the owner chooses, so that anybody can have
// the name once it is free.
type service struct {
	domain string
	// labels is how many labels a host has before the domain; the first is the chosen name.
	labels int
	types  []string
	// path is the property with the chosen name; "" when that is the name of the resource.
	path string
	// more says that hosts of one resource may go on after its name: "db1-westeurope", "app1-staging".
	more bool
}

var accountTypes, clusterTypes = []string{AccountType}, []string{MongoClusterType}

// services are the hosts of Cosmos DB
// (https://learn.microsoft.com/azure/private-link/private-endpoint-dns, which has the domains in three clouds), and
// those that Microsoft's page on subdomain takeover and the tool it names look for
// (https://learn.microsoft.com/azure/security/fundamentals/subdomain-takeover). Hosts with a random part, which nobody
// else can get, are not in the list: those of static web apps, container apps, newer web apps and Front Door endpoints.
var services = append(cosmosServices(),
	service{domain: "azurewebsites.net", labels: 1, types: []string{"Microsoft.Web/sites"}, more: true},
	service{domain: "azure-api.net", labels: 1, types: []string{"Microsoft.ApiManagement/service"}},
	service{domain: "azureedge.net", labels: 1, types: []string{"Microsoft.Cdn/profiles/endpoints"}},
	service{domain: "azurefd.net", labels: 1, types: []string{"Microsoft.Network/frontDoors"}},
	service{domain: "blob.core.windows.net", labels: 1, types: []string{"Microsoft.Storage/storageAccounts"}},
	service{domain: "web.core.windows.net", labels: 2, types: []string{"Microsoft.Storage/storageAccounts"}},
	service{domain: "cloudapp.azure.com", labels: 2, types: []string{"Microsoft.Network/publicIPAddresses"}, path: "properties.dnsSettings.domainNameLabel"},
	service{domain: "azurecontainer.io", labels: 2, types: []string{"Microsoft.ContainerInstance/containerGroups"}, path: "properties.ipAddress.dnsNameLabel"},
	service{domain: "trafficmanager.net", labels: 1, types: []string{"Microsoft.Network/trafficManagerProfiles"}, path: "properties.dnsConfig.relativeName"},
)

func cosmosServices() []service {
	var all []service
	for _, cloud := range []string{"azure.com", "azure.us", "azure.cn"} {
		all = append(all, service{domain: "documents." + cloud, labels: 1, types: accountTypes, more: true},
			service{domain: "mongocluster.cosmos." + cloud, labels: 1, types: clusterTypes},
			service{domain: "global.mongocluster.cosmos." + cloud, labels: 1, types: clusterTypes},
			// "c-" and the name of the cluster, then an id.
			service{domain: "postgres.cosmos." + cloud, labels: 2, types: []string{PostgreSQLType}})
		for _, api := range []string{"mongo", "cassandra", "gremlin", "table", "analytics", "sqlx"} {
			all = append(all, service{domain: api + ".cosmos." + cloud, labels: 1, types: accountTypes, more: true})
		}
	}
	return all
}

// Cosmos reports whether the hosts are those of Cosmos DB.
func (s *service) cosmos() bool { return isCosmos(s.types[0]) }

// hostOf returns the service that a host is of, and the name that its owner chose; nil for another one, or one that is not
// known.
func hostOf(host value.Value) (*service, value.Value) {
	labels := splitLabels(host)
	for i := range services {
		s := &services[i]
		n := len(labels) - strings.Count(s.domain, ".") - 1
		if n < s.labels || !isDomain(labels[n:], s.domain) {
			continue
		}
		if n == s.labels+1 && labels[n-1].EqualsFold("privatelink") == value.True {
			n--
		}
		if n == s.labels {
			return s, chosen(s, labels[0])
		}
	}
	return nil, value.Value{}
}

// chosen takes the letter of the node away that begins the host of a PostgreSQL cluster.
func chosen(s *service, label value.Value) value.Value {
	if text, ok := label.Pieces()[0].Text(); ok && s.types[0] == PostgreSQLType && strings.HasPrefix(strings.ToLower(text), "c-") {
		return value.Template(append([]value.Value{value.OfString(text[len("c-"):])}, label.Pieces()[1:]...)...)
	}
	return label
}

func isDomain(labels []value.Value, domain string) bool {
	for i, name := range strings.Split(domain, ".") {
		if labels[i].EqualsFold(name) != value.True {
			return false
		}
	}
	return true
}

// splitLabels splits a host at its dots; a hole is taken to have none. The dot at the end of a full name is left out.
func splitLabels(host value.Value) []value.Value {
	var labels, current []value.Value
	for _, p := range host.Pieces() {
		text, ok := p.Text()
		if !ok {
			current = append(current, p)
			continue
		}
		for i, s := range strings.Split(text, ".") {
			if i > 0 {
				labels, current = append(labels, value.Template(current...)), nil
			}
			current = append(current, value.OfString(s))
		}
	}
	if last := value.Template(current...); last.EqualsFold("") != value.True {
		labels = append(labels, last)
	}
	return labels
}

// ofCosmos answers whether the record points to a name of Cosmos DB's.
func (r Record) ofCosmos() value.Truth {
	return r.Target.Decide(func(host value.Value) value.Truth {
		s, _ := hostOf(host)
		if s == nil && host.Kind == value.Unknown {
			return value.Undecided
		}
		return value.TruthOf(s != nil && s.cosmos())
	})
}

// Dangles answers whether the record points to a name of an Azure service that no resource of the deployment has. Of a name
// that is computed from a resource it is known that there is one.
func (v *View) Dangles(r Record) value.Truth {
	return r.Target.Decide(func(host value.Value) value.Truth {
		s, name := hostOf(host)
		switch {
		case s != nil:
			return v.made(s, name, r.Resource).Not()
		case host.Kind == value.Unknown && !computed(host):
			return value.Undecided
		}
		return value.False
	})
}

// computed tells that nothing but what Azure answers is missing to know a value.
func computed(v value.Value) bool {
	return strings.Contains(v.Sym(), "reference(") || v.Sym() != "" && len(v.Deps()) == 0
}

// made answers whether the deployment has a resource with that chosen name whenever it has the record.
func (v *View) made(s *service, name value.Value, record *model.Resource) value.Truth {
	made, label := value.TruthOf(false), text(name)
	for _, o := range v.ownersOf(s) {
		if made = value.Or(made, value.And(s.has(o, name, label), present(o.resource, record))); made == value.True {
			return made
		}
	}
	if made == value.False && (v.Deployment.Incomplete || len(v.Deployment.Opaque) > 0) {
		return value.Undecided
	}
	return made
}

// TargetInput is what would have to be known to tell whether the record dangles: its target, or the name or condition of a
// resource that may have it.
func (v *View) TargetInput(record Record) value.Value {
	if !record.Target.Known() {
		return record.Target
	}
	s, name := hostOf(record.Target)
	for _, o := range v.ownersOf(s) {
		switch s.has(o, name, text(name)) {
		case value.True:
			return o.resource.Condition
		case value.Undecided:
			return o.name
		}
	}
	return record.Target
}

// owner is a resource with the name that was chosen for its hosts.
type owner struct {
	resource *model.Resource
	name     value.Value
	label    string // the name as text
}

// ownersOf are the resources of a service, found once.
func (v *View) ownersOf(s *service) []owner {
	if list, ok := v.owners[s.domain]; ok {
		return list
	}
	var list []owner
	for _, typ := range s.types {
		for _, r := range v.Deployment.OfType(typ) {
			segments := model.SplitName(r.Name)
			name := segments[len(segments)-1]
			if s.path != "" {
				name = r.Body.GetPath(s.path)
			}
			if !name.IsUnset() {
				list = append(list, owner{r, name, text(name)})
			}
		}
	}
	if v.owners == nil {
		v.owners = map[string][]owner{}
	}
	v.owners[s.domain] = list
	return list
}

// has answers whether a resource has the chosen name.
func (s *service) has(o owner, name value.Value, label string) value.Truth {
	if s.more && strings.HasPrefix(label, o.label) && strings.HasPrefix(label[len(o.label):], "-") {
		return value.True
	}
	return value.SameFold(o.name, name)
}

// ZoneOf returns the DNS zone of the deployment that a record is in.
func (v *View) ZoneOf(record *model.Resource) *model.Resource {
	if record.Parent != nil {
		return record.Parent
	}
	typ := record.Type[:strings.LastIndexByte(record.Type, '/')]
	zones := v.Deployment.OfType(typ)
	if i := slices.IndexFunc(zones, func(z *model.Resource) bool { return childOf(record, z) == value.True }); i >= 0 {
		return zones[i]
	}
	return nil
}
