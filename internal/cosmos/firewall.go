package cosmos

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	ipRules       = "properties.ipRules"
	ipRangeFilter = "properties.ipRangeFilter"

	// MaxCoverage is the number of addresses above which a firewall is open to the internet in all but name.
	MaxCoverage = 1 << 24
)

// Range is the addresses from First to Last, both included.
type Range struct{ First, Last uint32 }

// Count is the number of addresses in the range.
func (r Range) Count() uint64 { return uint64(r.Last) - uint64(r.First) + 1 }

// reach is the number of addresses that an entry with this range lets in by itself. What cannot be enforced lets in none,
// and the entry for Azure is not a range.
func (r Range) reach() uint64 {
	if r.IsPrivate() || r.IsAzure() {
		return 0
	}
	return r.Count()
}

// WiderThan returns the question whether a range lets in more than limit addresses.
func WiderThan(limit uint64) func(Range) bool {
	return func(r Range) bool { return r.reach() > limit }
}

// Within reports whether the whole range lies in o.
func (r Range) Within(o Range) bool { return o.First <= r.First && r.Last <= o.Last }

// IsAzure reports whether the range is how a firewall says "from anywhere within Azure".
func (r Range) IsAzure() bool { return r == Range{} }

// privateRanges are those that the IP firewall of an account cannot enforce, see ipRules at
// https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts#ipaddressorrange.
var privateRanges = []Range{
	mustParse("10.0.0.0/8"), mustParse("100.64.0.0/10"), mustParse("172.16.0.0/12"), mustParse("192.168.0.0/16"),
}

// IsPrivate reports whether no address of the range can reach an account's public endpoint.
func (r Range) IsPrivate() bool {
	return slices.ContainsFunc(privateRanges, r.Within)
}

// ParseRange reads "203.0.113.7" or "203.0.113.0/24"; bits after the mask do not count.
func ParseRange(text string) (Range, bool) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "/") {
		text += "/32"
	}
	p, err := netip.ParsePrefix(text)
	if err != nil || !p.Addr().Is4() {
		return Range{}, false
	}
	first := number(p.Masked().Addr())
	return Range{first, first | uint32(uint64(1)<<(32-p.Bits())-1)}, true
}

func mustParse(text string) Range {
	r, ok := ParseRange(text)
	if !ok {
		panic("cosmos: not a range: " + text)
	}
	return r
}

func number(a netip.Addr) uint32 {
	b := a.As4()
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

// Entry is one entry of a firewall's list.
type Entry struct {
	// Resource is where the entry is written: the account, or a firewall rule that is a child of a cluster.
	Resource *model.Resource
	// Path is the entry's, in ARM's spelling: "properties.ipRules.0.ipAddressOrRange".
	Path string
	// Value is what is written there; of a list in one string, the piece.
	Value value.Value
	// Site is where the entry is written, if it is an element of its own.
	Site source.Span
	// Ranges are the ranges that the entry may be, nil when one of them is not known.
	Ranges []Range
}

// Is answers a question about the entry's range, when the answer is the same whatever range it turns out to be.
func (e Entry) Is(question func(Range) bool) value.Truth {
	if len(e.Ranges) == 0 {
		return value.Undecided
	}
	first := question(e.Ranges[0])
	for _, r := range e.Ranges[1:] {
		if question(r) != first {
			return value.Undecided
		}
	}
	return value.TruthOf(first)
}

// AllowList is one of the lists that a firewall may have.
type AllowList struct {
	// InForce answers whether the list decides who gets in.
	InForce value.Truth
	Entries []Entry
	// Open says that there may be more entries than can be seen.
	Open bool
}

// Any answers whether some entry answers the question with yes.
func (l AllowList) Any(question func(Range) bool) value.Truth {
	answer := value.False
	if l.Open {
		answer = value.Undecided
	}
	for _, e := range l.Entries {
		answer = value.Or(answer, e.Is(question))
	}
	return answer
}

// MoreThan answers whether the entries together cover more than limit addresses. Ranges that overlap count once, those
// that cannot be enforced and the entry for Azure not at all.
func (l AllowList) MoreThan(limit uint64) value.Truth {
	var least, most []Range
	bounded := !l.Open
	for _, e := range l.Entries {
		if e.Is(WiderThan(limit)) == value.True {
			return value.True
		}
		if len(e.Ranges) == 1 {
			least = append(least, e.Ranges[0])
		}
		bounded = bounded && len(e.Ranges) > 0
		most = append(most, e.Ranges...)
	}
	switch {
	case coverage(least) > limit:
		return value.True
	case bounded && coverage(most) <= limit:
		return value.False
	}
	return value.Undecided
}

// coverage counts the addresses in the union of ranges.
func coverage(ranges []Range) uint64 {
	total := uint64(0)
	for _, r := range merged(slices.DeleteFunc(slices.Clone(ranges), func(r Range) bool { return r.reach() == 0 })) {
		total += r.Count()
	}
	return total
}

// merged are ranges in order, those that overlap or touch as one. The list that is given is overwritten.
func merged(ranges []Range) []Range {
	slices.SortFunc(ranges, func(a, b Range) int { return int(int64(a.First) - int64(b.First)) })
	out := ranges[:0]
	for _, r := range ranges {
		if last := len(out) - 1; last >= 0 && uint64(r.First) <= uint64(out[last].Last)+1 {
			out[last].Last = max(out[last].Last, r.Last)
		} else {
			out = append(out, r)
		}
	}
	return out
}

// allowLists returns the lists that the firewall of an account may have in one case of its properties: ipRules together
// with the legacy ipRangeFilter.
func allowLists(r *model.Resource, properties value.Value) []AllowList {
	var out []AllowList
	lists, filters := properties.Get("ipRules").Alternatives(), properties.Get("ipRangeFilter").Alternatives()
	if len(lists)*len(filters) > value.MaxCases {
		return []AllowList{{Open: true}}
	}
	for _, rules := range lists {
		for _, filter := range filters {
			l := ruleEntries(r, rules)
			legacy := filterEntries(r, filter)
			l.Entries = append(l.Entries, legacy.Entries...)
			l.Open = l.Open || legacy.Open
			out = append(out, l)
		}
	}
	return out
}

// ruleEntries reads ipRules: objects with ipAddressOrRange, or, though the service asks for objects, bare strings.
func ruleEntries(r *model.Resource, list value.Value) AllowList {
	l := AllowList{Open: list.Kind != value.Array && !list.IsUnset() || list.Open}
	for i, element := range list.Elems() {
		e := Entry{Resource: r, Path: ipRules + "." + strconv.Itoa(i), Value: element, Site: element.Span}
		if element.Alternatives()[0].Kind != value.String {
			f, _ := element.Lookup("ipAddressOrRange")
			e.Path, e.Value, e.Site = e.Path+".ipAddressOrRange", element.Get("ipAddressOrRange"), f.Site
		}
		e.Ranges = rangesOf(e.Value)
		l.Entries = append(l.Entries, e)
	}
	return l
}

// filterEntries reads ipRangeFilter: one string with commas, or, though the service asks for a string, a list of them.
func filterEntries(r *model.Resource, filter value.Value) AllowList {
	pieces := filter.Elems()
	l := AllowList{Open: filter.Open}
	switch {
	case filter.Kind == value.String, filter.Parts() != nil:
		pieces = SplitList(filter)
	case filter.Kind != value.Array && !filter.IsUnset():
		l.Open = true
	}
	for _, v := range pieces {
		if v.Kind != value.String && filter.Kind != value.Array {
			l.Open = true // a hole may hold any number of entries
			continue
		}
		l.Entries = append(l.Entries, Entry{Resource: r, Path: ipRangeFilter, Value: v, Ranges: rangesOf(v)})
	}
	return l
}

// rangesOf returns the ranges that v may be; nil when one of them is not known.
func rangesOf(v value.Value) []Range {
	var out []Range
	for _, c := range v.Alternatives() {
		text, _ := c.Text()
		r, ok := ParseRange(text)
		if !ok {
			return nil
		}
		out = append(out, r)
	}
	return out
}

// SplitList splits a string, known or with holes, at the commas of its known text. Spaces around a piece and empty
// pieces do not count.
func SplitList(v value.Value) []value.Value {
	var out, current []value.Value
	flush := func() {
		piece := trim(value.Template(current...))
		if s, ok := piece.Text(); !ok || s != "" {
			out = append(out, piece.At(v.Span))
		}
		current = nil
	}
	for _, p := range v.Pieces() {
		text, ok := p.Text()
		if !ok {
			current = append(current, p)
			continue
		}
		for i, s := range strings.Split(text, ",") {
			if i > 0 {
				flush()
			}
			current = append(current, value.OfString(s))
		}
	}
	flush()
	return out
}

func trim(v value.Value) value.Value {
	if s, ok := v.Text(); ok {
		return value.OfString(strings.TrimSpace(s))
	}
	return v
}

// clusterEntries reads the firewall rules that are children of a cluster, each with the first and last address of a range.
func clusterEntries(rules []*model.Resource, open bool) AllowList {
	l := AllowList{Open: open}
	for _, r := range rules {
		if !r.Existing {
			l.Entries = append(l.Entries, childEntry(r))
		}
	}
	return l
}

func childEntry(r *model.Resource) Entry {
	start, end := r.Body.GetPath("properties.startIpAddress"), r.Body.GetPath("properties.endIpAddress")
	e := Entry{Resource: r, Path: "properties.endIpAddress", Value: end}
	if end.Known() && !start.Known() {
		e.Path, e.Value = "properties.startIpAddress", start
	}
	for _, a := range rangesOf(start) {
		for _, b := range rangesOf(end) {
			if a.First <= b.First {
				e.Ranges = append(e.Ranges, Range{a.First, b.First})
			}
		}
	}
	return e
}
