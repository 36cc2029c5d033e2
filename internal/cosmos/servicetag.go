package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// ServiceTag is what stands for the addresses of Cosmos DB in rules about outbound traffic; ".<region>" may follow:
// https://learn.microsoft.com/azure/virtual-network/service-tags-overview. Azure Firewall takes it too
// (https://learn.microsoft.com/azure/firewall/service-tags), but not in China, as the published lists say ("networkFeatures").
const ServiceTag = "AzureCosmosDB"

// ownPorts are those that no service but Cosmos DB listens on: its ports behind private endpoints, and those of MongoDB and Cassandra.
// cosmosPorts has those of the gateway and of its relatives too.
const (
	ownPorts    = 0x7F8
	cosmosPorts = HTTPS | ownPorts
)

// Spelled is a destination that spells out what ServiceTag stands for.
type Spelled struct {
	Destination
	// Tag is the service tag for it, if it is nothing but Cosmos DB: "AzureCosmosDB.WestEurope".
	Tag string
}

// ServiceAddresses returns the destinations of the rule that spell out what ServiceTag stands for: published addresses of Cosmos DB; and,
// where the rule is tied to Cosmos DB, all of Azure on a port of Cosmos DB, or public addresses on a port that Cosmos DB alone has. The
// answer is Undecided where there may be some.
func (o Outbound) ServiceAddresses(tied bool) ([]Spelled, value.Truth) {
	some := value.TruthOf(false)
	if !o.whole && tied && o.maybe&cosmosPorts != 0 {
		some = value.Undecided
	}
	var found []Spelled
	for _, d := range o.to {
		is := d.Text.Decide(func(v value.Value) value.Truth {
			if tied || o.tagFor(v) != "" {
				return o.spellsOut(v)
			}
			return value.False
		})
		if is == value.True {
			found = append(found, Spelled{d, o.tagFor(d.Text)})
		}
		some = value.Or(some, is)
	}
	return found, value.And(o.allows, some)
}

// tagFor is the tag that the rule could have in the place of an address.
func (o Outbound) tagFor(v value.Value) string {
	text, _ := v.Text()
	tag := TagOf(text)
	if o.Firewall && strings.HasPrefix(tag, ServiceTag+".China") {
		return ""
	}
	return tag
}

func (o Outbound) spellsOut(v value.Value) value.Truth {
	text, ok := v.Text()
	rng, isRange := ParseRange(text)
	isCloud := tagNamed(v, "AzureCloud")
	switch {
	case isCloud == value.True, o.tagFor(v) != "":
		return o.on(cosmosPorts)
	case isCloud == value.Undecided && !ok && o.maybe&cosmosPorts != 0:
		return value.Undecided
	case isRange && rng.reach() > 0 && rng.reach() <= MaxCoverage:
		if o.sure&AllPorts != 0 { // then it need not be Cosmos DB
			return value.False
		}
		return o.on(ownPorts)
	}
	return value.False
}

// tagNamed answers whether a destination is a service tag, whole or of a region. Of "Storage.${region}" that can be told, too; it is
// Undecided where it may be an address as well.
func tagNamed(v value.Value, tag string) value.Truth {
	begin, _ := v.Pieces()[0].Text()
	_, whole := v.Text()
	name, _, regional := strings.Cut(begin, ".")
	switch {
	case !whole && strings.Trim(begin, "0123456789abcdefABCDEF.:") == "":
		return value.Undecided
	case whole || regional:
		return value.TruthOf(strings.EqualFold(name, tag))
	case len(begin) > len(tag) || !strings.EqualFold(begin, tag[:len(begin)]):
		return value.False
	}
	return value.Undecided
}

// on answers whether one of the wanted ports is among those of the rule.
func (o Outbound) on(wanted Ports) value.Truth {
	switch {
	case o.sure&wanted != 0:
		return value.True
	case o.maybe&wanted != 0:
		return value.Undecided
	}
	return value.False
}
