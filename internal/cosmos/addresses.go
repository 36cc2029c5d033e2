package cosmos

import (
	_ "embed"
	"net/netip"
	"slices"
	"strings"
	"sync"
)

// addressTable has the ranges behind ServiceTag and the region of each, in the order of addresses: a line "13.69.66.0/25 WestEurope",
// without a region where only the tag of the whole cloud has the range. It is what Microsoft publishes as "Azure IP Ranges and Service
// Tags" for the public cloud (https://www.microsoft.com/download/details.aspx?id=56519, June 2026), for US Government (id=57063) and
// for China (id=57062), both July 2026. A range that is newer is not known to be Cosmos DB's, and so no address of it is reported.
//
// jq -r '.values[] | select(.properties.systemService == "AzureCosmosDB") | .name as $tag | .properties.addressPrefixes[] | "\(.) \($tag)"'
// prints the ranges of such a file.
//
//go:embed addresses.txt
var addressTable string

// serviceRange is a line of addressTable.
type serviceRange struct {
	first, last netip.Addr
	region      string
}

var serviceRanges = sync.OnceValue(func() []serviceRange {
	var out []serviceRange
	for line := range strings.Lines(addressTable) {
		prefix, region, _ := strings.Cut(strings.TrimSpace(line), " ")
		p := netip.MustParsePrefix(prefix)
		out = append(out, serviceRange{p.Addr(), lastOf(p), region})
	}
	return out
})

// lastOf is the last address of a prefix.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Masked().Addr().AsSlice()
	for i := p.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	last, _ := netip.AddrFromSlice(b)
	return last
}

// addresses are the first and the last address of what a rule has as a destination: one, a range in the notation with a mask, or, which
// Azure Firewall alone takes, the first and the last.
func addresses(text string) (first, last netip.Addr, ok bool) {
	from, to, isRange := strings.Cut(strings.TrimSpace(text), "-")
	if p, err := netip.ParsePrefix(from); err == nil && !isRange {
		return p.Masked().Addr(), lastOf(p), true
	}
	if !isRange {
		to = from
	}
	first, err1 := netip.ParseAddr(strings.TrimSpace(from))
	last, err2 := netip.ParseAddr(strings.TrimSpace(to))
	return first, last, err1 == nil && err2 == nil && first.Is4() == last.Is4() && !last.Less(first)
}

// TagOf returns the service tag that stands for addresses of Cosmos DB alone, of the region that they are all in: "AzureCosmosDB.WestEurope".
// It is "" where one of them may be another service's.
func TagOf(text string) string {
	first, last, ok := addresses(text)
	if !ok {
		return ""
	}
	ranges := serviceRanges()
	i, found := slices.BinarySearchFunc(ranges, first, func(r serviceRange, a netip.Addr) int { return r.first.Compare(a) })
	if !found {
		i--
	}
	if i < 0 {
		return ""
	}
	region := ranges[i].region
	for ; i < len(ranges) && !first.Less(ranges[i].first) && !ranges[i].last.Less(first); i++ {
		if ranges[i].region != region {
			region = ""
		}
		if !ranges[i].last.Less(last) {
			return strings.TrimSuffix(ServiceTag+"."+region, ".")
		}
		first = ranges[i].last.Next()
	}
	return ""
}
