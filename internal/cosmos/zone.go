package cosmos

import (
	"slices"

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
	for _, r := range s.view.Deployment.OfType(zoneType) {
		out = append(out, Zone{r, value.Or(value.TruthOf(s.All), s.tiedPrivate(r))})
	}
	return slices.DeleteFunc(out, func(z Zone) bool { return z.Resource.Existing })
}

// tiedPrivate looks at the endpoints that use a zone, and at its name.
func (s *Surroundings) tiedPrivate(zone *model.Resource) value.Truth {
	tied := value.TruthOf(false)
	if s.view.usesCosmos() {
		tied = zone.Name.Decide(ofCosmosZone)
	}
	for _, e := range s.view.Endpoints {
		for _, g := range e.ZoneGroups {
			for _, z := range g.Zones {
				tied = value.Or(tied, value.And(e.Cosmos(), zone.Refers(z.ID)))
			}
		}
	}
	return tied
}

// ofCosmosZone answers whether a name is that of a private zone for Cosmos DB.
func ofCosmosZone(name value.Value) value.Truth {
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
			if i >= 0 && zones[i].Tied != value.True && leads(record, ends) {
				zones[i].Tied = value.True
			}
		}
	}
}

// leads tells that a record points to one of these resources, or to a name of Cosmos DB's.
func leads(record *model.Resource, ends []*model.Resource) bool {
	host, _ := hostOf(record.Body.GetPath("properties.CNAMERecord.cname"))
	return host != nil && host.cosmos() ||
		slices.ContainsFunc(ends, func(r *model.Resource) bool { return carries(record.Body.Get("properties"), r) })
}

// ends are the accounts and clusters, and the programs that use one.
func (s *Surroundings) ends() []*model.Resource {
	var out []*model.Resource
	for _, typ := range []string{AccountType, MongoClusterType, PostgreSQLType} {
		out = append(out, s.view.Deployment.OfType(typ)...)
	}
	for _, w := range s.Workloads {
		if !s.All {
			out = append(out, w.Resource)
		}
	}
	return out
}
