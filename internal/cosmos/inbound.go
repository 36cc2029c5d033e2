package cosmos

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Ports that nobody on the internet needs: remote shells and desktops, and those on which Cosmos DB and its siblings listen:
// https://learn.microsoft.com/azure/cosmos-db/nosql/sdk-connection-modes#service-port-ranges (443, and 10250 to 10256 behind
// private endpoints), https://learn.microsoft.com/azure/cosmos-db/mongodb/connect-account (10255),
// https://learn.microsoft.com/azure/cosmos-db/cassandra/support (10350), mongoClusters 27017, PostgreSQL 5432 and 6432,
// Cassandra 9042.
var watchedPorts = []uint16{
	22, 3389, 443, 10250, 10251, 10252, 10253, 10254, 10255, 10256, 10350, 27017, 5432, 6432, 9042,
}

// Ports is a set of watched ports. AllPorts stands for all others too.
type Ports uint32

// AllPorts is a range of all ports there are; HTTPS is port 443.
const (
	AllPorts Ports = 1 << 31
	HTTPS    Ports = 1 << 2

	everything = AllPorts | 1<<15 - 1
)

// String lists the ports as a sentence does: "ports 22 and 3389".
func (p Ports) String() string {
	switch {
	case p == everything:
		return "every port"
	case p&AllPorts != 0:
		return "nearly every port"
	}
	var names []string
	for i, port := range watchedPorts {
		if p&(1<<i) != 0 {
			names = append(names, strconv.Itoa(int(port)))
		}
	}
	slices.SortFunc(names, func(a, b string) int { x, _ := strconv.Atoi(a); y, _ := strconv.Atoi(b); return x - y })
	if len(names) == 1 {
		return "port " + names[0]
	}
	last := len(names) - 1
	return "ports " + strings.Join(names[:last], ", ") + " and " + names[last]
}

// portsOf are the ports that a rule is about for certain, and those that it may be about.
func portsOf(r SecurityRule) (sure, maybe Ports) {
	sure, maybe = portsOfRanges(r.Ports())
	s, m := portsOfProtocols(r.Properties.Get("protocol"))
	return sure & s, maybe & m
}

func portsOfRanges(ranges []Prefix, complete bool) (sure, maybe Ports) {
	if !complete {
		maybe = everything
	}
	for _, p := range ranges {
		s, m := rangeOf(p.Value)
		sure, maybe = sure|s, maybe|m
	}
	return sure, maybe
}

// portsOfProtocols are the ports at which a protocol matters.
func portsOfProtocols(protocol value.Value) (sure, maybe Ports) {
	sure = everything
	for _, c := range protocol.Alternatives() {
		of := portsOfProtocol(c)
		maybe |= of
		if c.Kind != value.String {
			of = 0
		}
		sure &= of
	}
	return sure, maybe
}

// portsOfProtocol are those at which the protocol matters: the watched ones are of TCP, remote desktops also of UDP.
func portsOfProtocol(v value.Value) Ports {
	text, ok := v.Text()
	switch {
	case !ok, text == "*", strings.EqualFold(text, "Tcp"), strings.EqualFold(text, "Any"):
		return everything
	case strings.EqualFold(text, "Udp"):
		return AllPorts | 1<<1
	}
	return 0 // Icmp, Esp, Ah
}

func rangeOf(v value.Value) (sure, maybe Ports) {
	for i, c := range v.Alternatives() {
		s, m := Ports(0), everything
		if text, ok := numeral(c); ok {
			s = parsePorts(text)
			m = s
		}
		if i == 0 {
			sure = s
		}
		sure, maybe = sure&s, maybe|m
	}
	return sure, maybe
}

// numeral is the text of a port that may be written as a number.
func numeral(v value.Value) (string, bool) {
	if n, ok := v.Int(); ok {
		return strconv.FormatInt(n, 10), true
	}
	return v.Text()
}

// parsePorts reads "*", "22" or "1000-2000". What is none of these is no port.
func parsePorts(text string) Ports {
	text = strings.TrimSpace(text)
	if text == "*" || strings.EqualFold(text, "Any") {
		return everything
	}
	first, last, isRange := strings.Cut(text, "-")
	if !isRange {
		last = first
	}
	from, err1 := strconv.ParseUint(strings.TrimSpace(first), 10, 16)
	to, err2 := strconv.ParseUint(strings.TrimSpace(last), 10, 16)
	if err1 != nil || err2 != nil {
		return 0
	}
	var p Ports
	for i, port := range watchedPorts {
		if from <= uint64(port) && uint64(port) <= to {
			p |= 1 << i
		}
	}
	if from <= 1 && to == 65535 {
		p |= AllPorts
	}
	return p
}

// Inbound is a rule that lets in the internet.
type Inbound struct {
	Rule SecurityRule
	// Open answers whether it does, on one of the ports.
	Open  value.Truth
	Ports Ports
	// By are the sources that do.
	By []Prefix
}

// maxDenies bounds how many denying rules one allowing rule is compared with; above that it is undetermined.
const maxDenies = 1000

// OpenInbound judges the rules of a group with this list of its own that may let in the internet on a watched port, or on all.
// except are ports on which it may come in. An allowing rule whose traffic an earlier one denies lets in nobody.
func (v *View) OpenInbound(group *model.Resource, list value.Value, except Ports) []Inbound {
	var allows []Inbound
	var denies []traffic
	for _, r := range v.SecurityRules(group, list) {
		anywhere, by := r.FromAnywhere()
		if anywhere == value.False {
			continue
		}
		if is := r.Is("Inbound", "Deny"); is != value.False {
			d := r.traffic(value.And(r.There, is, anywhere))
			d.from = r.from()
			denies = append(denies, d)
		}
		if is := value.And(r.Is("Inbound", "Allow"), anywhere); is != value.False {
			allows = append(allows, Inbound{Rule: r, Open: is, By: by})
		}
	}
	unseen := Ports(0)
	if !v.AllRules(group, list) || len(denies) > maxDenies {
		unseen = everything
	}
	var out []Inbound
	for _, in := range allows {
		in.judge(denies[:min(len(denies), maxDenies)], unseen, except)
		if in.Open != value.False {
			out = append(out, in)
		}
	}
	return out
}

// judge takes away what earlier rules deny, and what they may.
func (in *Inbound) judge(denies []traffic, unseen, except Ports) {
	own := in.Rule.traffic(in.Open)
	if own.first() {
		unseen = 0
	}
	denied, perhaps := Ports(0), unseen
	for i := range denies {
		d := &denies[i]
		if d.maybe&own.maybe == 0 || d.priority >= own.priority && d.ranked && own.ranked {
			continue
		}
		switch value.And(d.is, d.earlier(&own), d.from.hold(in.By), d.reaches(&own)) {
		case value.True:
			denied, perhaps = denied|d.sure, perhaps|d.maybe
		case value.Undecided:
			perhaps |= d.maybe
		}
	}
	if in.Open == value.True {
		if in.Ports = open(own.sure, perhaps, except); in.Ports != 0 {
			return
		}
	}
	if in.Ports = open(own.maybe, denied, except); in.Ports == 0 {
		in.Open = value.False
		return
	}
	in.Open = value.Undecided
}

// open are the ports that are left. All ports with all of the watched ones denied are none that matters.
func open(ports, denied, except Ports) Ports {
	left := ports &^ denied
	if left&AllPorts == 0 || left&^(AllPorts|except) == 0 {
		left &^= AllPorts | except
	}
	return left
}
