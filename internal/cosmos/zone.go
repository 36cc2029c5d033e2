package cosmos

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Zone is a DNS zone of the deployment, public or private.
type Zone struct {
	Resource *model.Resource
	// Tied answers whether clients find something of Cosmos DB through it: it is the private zone of an endpoint that
	// leads there, or one by its name in a deployment that uses Cosmos DB; or a public zone with a record that leads to
	// an account, a cluster, or a program that uses an account.
	Tied value.Truth
}

// Private reports whether the zone answers in virtual networks only.
func (z Zone) Private() bool { return z.Resource.Is(zoneType) }

// Zones are the DNS zones that the deployment makes.
func (s *Surroundings) Zones() []Zone {
	var out []Zone
	for _, r := range s.view.Deployment.OfType(publicZoneType) {
		out = append(out, Zone{r, value.TruthOf(s.All)})
	}
	s.tieByRecords(out)
	uses := s.view.zoneUses()
	for _, r := range s.view.Deployment.OfType(zoneType) {
		out = append(out, Zone{r, value.Or(value.TruthOf(s.All), s.tiedPrivate(r, uses))})
	}
	return slices.DeleteFunc(out, func(z Zone) bool { return z.Resource.Existing })
}

// tiedPrivate looks at the endpoints that use a zone, and at its name.
func (s *Surroundings) tiedPrivate(zone *model.Resource, uses []zoneUse) value.Truth {
	tied := value.TruthOf(false)
	if s.view.usesCosmos() {
		tied = zone.Name.Decide(ofCosmosZone)
	}
	for _, u := range uses {
		if tied == value.True {
			break
		}
		if key := zone.Key(); key == "" || u.key == "" || key == u.key {
			tied = value.Or(tied, value.And(u.cosmos, zone.Refers(u.id)))
		}
	}
	return tied
}

// zoneUse is the id of a zone in which an endpoint registers, taken apart once.
type zoneUse struct {
	id     value.Value
	key    string
	cosmos value.Truth // of the endpoint
}

func (v *View) zoneUses() []zoneUse {
	var out []zoneUse
	for _, e := range v.Endpoints {
		cosmos := e.Cosmos()
		for _, g := range e.ZoneGroups {
			for _, z := range g.Zones {
				id, _ := model.ParseID(z.ID)
				if cosmos != value.False {
					out = append(out, zoneUse{z.ID, id.Key(), cosmos})
				}
			}
		}
	}
	return out
}

// ofCosmosZone answers whether a name is that of a private zone for Cosmos DB. None of the suffixes that environment() has
// is of Cosmos DB (https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#environment).
func ofCosmosZone(name value.Value) value.Truth {
	for _, p := range name.Pieces() {
		if strings.HasPrefix(p.Sym(), "environment().suffixes.") {
			return value.False
		}
	}
	is := value.TruthOf(false)
	for _, g := range Groups {
		for _, zone := range g.Zones {
			is = value.Or(is, name.EqualsFold(zone))
		}
	}
	return is
}

// tieByRecords looks at the records of public zones.
func (s *Surroundings) tieByRecords(zones []Zone) {
	if len(zones) == 0 {
		return
	}
	ends := s.ends()
	for _, typ := range []string{"/CNAME", "/A", "/AAAA"} {
		for _, record := range s.view.Deployment.OfType(publicZoneType + typ) {
			of := s.view.ZoneOf(record)
			i := slices.IndexFunc(zones, func(z Zone) bool { return z.Resource == of })
			if i >= 0 && zones[i].Tied != value.True && s.leadsFrom(record, ends) {
				zones[i].Tied = value.True
			}
		}
	}
}

// leadsFrom tells that a record points to one of these resources, or to a name of Cosmos DB's.
func (s *Surroundings) leadsFrom(record *model.Resource, ends map[*model.Resource]end) bool {
	properties := record.Body.Get("properties")
	host, alias := properties.GetPath("CNAMERecord.cname"), properties.GetPath("targetResource.id")
	if of, name := hostOf(host); of != nil {
		return of.cosmos() || slices.ContainsFunc(s.view.ownersOf(of), func(o owner) bool {
			_, is := ends[o.resource]
			return is && of.has(o, name, text(name)) == value.True
		})
	}
	id, _ := model.ParseID(alias)
	key := id.Key()
	for r, e := range ends {
		if key != "" && key == e.key && r.Refers(alias) == value.True ||
			e.canon != "" && (strings.Contains(host.Sym(), e.canon) || strings.Contains(alias.Sym(), e.canon)) {
			return true
		}
	}
	return false
}

// end is how a resource to which a record may lead is told.
type end struct{ key, canon string }

// ends are the accounts and clusters, and the programs that use one.
func (s *Surroundings) ends() map[*model.Resource]end {
	out := map[*model.Resource]end{}
	add := func(r *model.Resource) { out[r] = end{r.Key(), value.Canon(r.ID)} }
	for _, typ := range []string{AccountType, MongoClusterType, PostgreSQLType} {
		for _, r := range s.view.Deployment.OfType(typ) {
			add(r)
		}
	}
	for _, w := range s.Workloads {
		if !s.All {
			add(w.Resource)
		}
	}
	return out
}
