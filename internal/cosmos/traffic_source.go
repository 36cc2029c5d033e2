package cosmos

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// sources are where a denying rule stops traffic from, taken apart once.
type sources struct {
	anywhere bool    // a word for every address, or for those of the internet
	v4       []Range // in order, those that touch put together
	v6       bool    // all addresses of version 6
	whole    bool    // there are no others
	// ports answers whether it stops traffic from whatever port it comes from.
	ports value.Truth
}

func (r SecurityRule) from() sources {
	list, whole := r.Sources()
	s := sources{whole: whole, ports: r.fromAnyPort()}
	for _, p := range list {
		text, ok := p.Value.Text()
		rng, is4 := ParseRange(text)
		prefix, is6 := parseV6(text)
		switch {
		case !ok:
			s.whole = false
		case isInternet(text):
			s.anywhere = true
		case is4:
			s.v4 = append(s.v4, rng)
		case is6:
			s.v6 = s.v6 || prefix.Bits() <= global6.Bits() && prefix.Overlaps(global6)
		}
	}
	s.v4 = merged(s.v4)
	return s
}

// hold answers whether all those sources, by which another rule lets in the internet, are stopped.
func (s *sources) hold(by []Prefix) value.Truth {
	held := s.anywhere || len(by) > 0 && !slices.ContainsFunc(by, func(p Prefix) bool {
		text, ok := p.Value.Text()
		return !ok || !s.holds(text)
	})
	switch {
	case held:
		return s.ports
	case s.whole && len(by) > 0:
		return value.False
	}
	return value.And(value.Undecided, s.ports)
}

// holds tells that one source is stopped. Every address of version 4 is taken for every address.
func (s *sources) holds(source string) bool {
	if _, is6 := parseV6(source); is6 {
		return s.v6
	}
	rng, is4 := ParseRange(source)
	if !is4 {
		rng = Range{0, 1<<32 - 1}
	}
	i, _ := slices.BinarySearchFunc(s.v4, rng.Last, func(r Range, last uint32) int {
		if r.Last < last {
			return -1
		}
		return 1
	})
	return i < len(s.v4) && rng.Within(s.v4[i])
}

// fromAnyPort answers whether the rule is about traffic from every port. Without a word on ports it is.
func (r SecurityRule) fromAnyPort() value.Truth {
	ranges, complete := r.either("sourcePortRange", "sourcePortRanges")
	all := value.TruthOf(len(ranges) == 0 && complete)
	if !complete {
		all = value.Undecided
	}
	for _, p := range ranges {
		all = value.Or(all, p.Value.Decide(func(v value.Value) value.Truth {
			text, ok := numeral(v)
			if !ok {
				return value.Undecided
			}
			return value.TruthOf(parsePorts(text)&AllPorts != 0)
		}))
	}
	return all
}

// isInternet tells that a source is a word for every address, or for those of the internet.
func isInternet(text string) bool {
	return text == "*" || strings.EqualFold(text, "Internet") || strings.EqualFold(text, "Any")
}

// global6 are the addresses of version 6 that the internet uses (RFC 4291, section 2.4; the registry of IANA gives out no others).
var global6 = netip.MustParsePrefix("2000::/3")

// parseV6 reads a range of addresses of version 6.
func parseV6(text string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(strings.TrimSpace(text))
	return p, err == nil && !p.Addr().Is4()
}
