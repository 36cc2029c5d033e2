package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ServiceTag is what stands for the addresses of Cosmos DB in rules about outbound traffic; ".<region>" may follow:
// https://learn.microsoft.com/azure/virtual-network/service-tags-overview.
const ServiceTag = "AzureCosmosDB"

// ownPorts are those that no service but Cosmos DB listens on: its ports behind private endpoints, and those of MongoDB and Cassandra.
// cosmosPorts has those of the gateway and of its relatives too.
const (
	ownPorts    = 0x7F8
	cosmosPorts = HTTPS | ownPorts
)

// ServiceAddresses returns the destinations of a rule about outbound traffic that spell out what ServiceTag stands for: all of Azure, on
// a port of Cosmos DB, or public addresses on a port that Cosmos DB alone has. The answer is Undecided where there may be some.
func (r SecurityRule) ServiceAddresses() ([]Prefix, value.Truth) {
	out := r.Is("Outbound", "Allow")
	destinations, complete := r.Destinations()
	some := value.TruthOf(false)
	if !complete {
		some = value.Undecided
	}
	sure, maybe := portsOf(r)
	var found []Prefix
	for _, d := range destinations {
		is := d.Value.Decide(func(v value.Value) value.Truth { return spelledOut(v, sure, maybe) })
		if is == value.True {
			found = append(found, d)
		}
		some = value.Or(some, is)
	}
	return found, value.And(out, some)
}

func spelledOut(v value.Value, sure, maybe Ports) value.Truth {
	text, ok := v.Text()
	tag, _, _ := strings.Cut(text, ".")
	rng, isRange := ParseRange(text)
	switch {
	case !ok && maybe&cosmosPorts != 0:
		return value.Undecided
	case strings.EqualFold(tag, "AzureCloud"):
		return on(sure, maybe, cosmosPorts)
	case isRange && rng.reach() > 0 && rng.reach() <= MaxCoverage:
		if sure&AllPorts != 0 { // then it need not be Cosmos DB
			return value.False
		}
		return on(sure, maybe, ownPorts)
	}
	return value.False
}

// on answers whether one of the wanted ports is among those of a rule.
func on(sure, maybe, wanted Ports) value.Truth {
	switch {
	case sure&wanted != 0:
		return value.True
	case maybe&wanted != 0:
		return value.Undecided
	}
	return value.False
}
