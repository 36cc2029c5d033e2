package expr

import (
	"math/big"
	"net/netip"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var cidrFunctions = []function{
	{name: "cidrHost", min: 2, max: 2, needs: whole, notNull: true, eval: evalCidrHost},
	{name: "cidrSubnet", min: 3, max: 3, needs: whole, notNull: true, eval: evalCidrSubnet},
	{name: "parseCidr", min: 1, max: 1, needs: whole, notNull: true, eval: evalParseCidr},
}

// prefixOf reads "address/bits". Bits of the address beyond the prefix are dropped.
func prefixOf(v value.Value) (netip.Prefix, bool) {
	text, _ := v.Text()
	p, err := netip.ParsePrefix(text)
	return p.Masked(), err == nil
}

// offset adds n·2^shift to an address; not beyond the last one there is.
func offset(a netip.Addr, n int64, shift int) (netip.Addr, bool) {
	sum := new(big.Int).SetBytes(a.AsSlice())
	sum.Add(sum, new(big.Int).Lsh(big.NewInt(n), uint(shift)))
	if n < 0 || sum.BitLen() > a.BitLen() {
		return a, false
	}
	return netip.AddrFromSlice(sum.FillBytes(make([]byte, a.BitLen()/8)))
}

// lastOf is the highest address of a prefix.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := p.Bits(); i < p.Addr().BitLen(); i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	last, _ := netip.AddrFromSlice(b)
	return last
}

func maskOf(p netip.Prefix) netip.Addr {
	b := make([]byte, p.Addr().BitLen()/8)
	for i := range p.Bits() {
		b[i/8] |= 0x80 >> (i % 8)
	}
	mask, _ := netip.AddrFromSlice(b)
	return mask
}

// hosts is the first and the last usable address: in IPv4 all but the network and the broadcast address, in IPv6 all (as
// documented). What is usable in an IPv4 network of one or two addresses is not documented.
func hosts(p netip.Prefix) (first, last netip.Addr, ok bool) {
	first, last = p.Addr(), lastOf(p)
	if p.Addr().Is4() {
		return first.Next(), last.Prev(), p.Bits() <= 30
	}
	return first, last, true
}

func evalParseCidr(_ *Evaluator, args []value.Value) (value.Value, error) {
	p, ok := prefixOf(args[0])
	if !ok {
		return mistake("parseCidr cannot read this address range")
	}
	call := value.NewUnknown(value.CanonCall("parseCidr", args...))
	address := func(name string, a netip.Addr, known bool) value.Field {
		if !known {
			return value.Field{Name: name, Value: call.Get(name)}
		}
		return value.Field{Name: name, Value: value.OfString(a.String())}
	}
	first, last, usable := hosts(p)
	fields := []value.Field{address("network", p.Addr(), true), address("netmask", maskOf(p), true)}
	if p.Addr().Is4() {
		fields = append(fields, address("broadcast", lastOf(p), true))
	}
	fields = append(fields, address("firstUsable", first, usable), address("lastUsable", last, usable))
	return value.OfObject(append(fields, value.Field{Name: "cidr", Value: value.OfInt(int64(p.Bits()))})...), nil
}

// evalCidrSubnet is the i-th part of a range, when that is cut into parts with longer prefixes.
func evalCidrSubnet(_ *Evaluator, args []value.Value) (value.Value, error) {
	p, ok := prefixOf(args[0])
	bits, okBits := args[1].Int()
	i, okIndex := args[2].Int()
	if !ok || !okBits || !okIndex || bits < int64(p.Bits()) || bits > int64(p.Addr().BitLen()) {
		return mistake("cidrSubnet cannot read these")
	}
	a, ok := offset(p.Addr(), i, p.Addr().BitLen()-int(bits))
	if !ok || !p.Contains(a) {
		return mistake("%v has no subnet %d of /%d", p, i, bits)
	}
	return value.OfString(netip.PrefixFrom(a, int(bits)).String()), nil
}

// evalCidrHost counts from the address after the network's own, in both versions (as documented).
func evalCidrHost(_ *Evaluator, args []value.Value) (value.Value, error) {
	p, ok := prefixOf(args[0])
	i, okIndex := args[1].Int()
	if !ok || !okIndex {
		return mistake("cidrHost cannot read this address range")
	}
	_, last, usable := hosts(p)
	if !usable {
		return undecided()
	}
	a, ok := offset(p.Addr().Next(), i, 0)
	if !ok || last.Less(a) {
		return mistake("%v has no host %d", p, i)
	}
	return value.OfString(a.String()), nil
}
