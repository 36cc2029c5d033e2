package terraform

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/apparentlymart/go-cidr/cidr"
	"golang.org/x/text/encoding/ianaindex"

	"net"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// digest hashes bytes as the function of that name prints it.
func digest(kind string, data []byte) string {
	switch kind {
	case "md5":
		h := md5.Sum(data)
		return hex.EncodeToString(h[:])
	case "sha1":
		h := sha1.Sum(data)
		return hex.EncodeToString(h[:])
	case "sha256", "base64sha256":
		h := sha256.Sum256(data)
		return printed(kind, h[:])
	}
	h := sha512.Sum512(data)
	return printed(kind, h[:])
}

func printed(kind string, sum []byte) string {
	if strings.HasPrefix(kind, "base64") {
		return base64.StdEncoding.EncodeToString(sum)
	}
	return hex.EncodeToString(sum)
}

func fnHashed(kind string) builtin {
	return func(c *callContext, args []value.Value) value.Value {
		return c.ofText(args, func(s string) string { return digest(kind, []byte(s)) })
	}
}

// namespaces of RFC 4122 that uuidv5 knows by name.
var namespaces = map[string]string{
	"dns": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "url": "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
	"oid": "6ba7b812-9dad-11d1-80b4-00c04fd430c8", "x500": "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
}

// fnUuidV5 is the name-based UUID of RFC 4122.
func fnUuidV5(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	space, okSpace := args[0].Text()
	name, okName := args[1].Text()
	if !okSpace || !okName {
		return c.unknown(args)
	}
	if known, ok := namespaces[space]; ok {
		space = known
	}
	id, err := hex.DecodeString(strings.ReplaceAll(space, "-", ""))
	if err != nil || len(id) != 16 {
		return c.fail()
	}
	h := sha1.Sum(append(id, name...))
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80
	return value.OfString(fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16]))
}

func fnBase64Encode(c *callContext, args []value.Value) value.Value {
	return c.ofText(args, func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) })
}

func fnBase64Decode(c *callContext, args []value.Value) value.Value {
	return c.decoded(args, func(s string) ([]byte, error) { return base64.StdEncoding.DecodeString(s) })
}

// decoded applies f to the only argument; bytes that are no text are an error.
func (c *callContext) decoded(args []value.Value, f func(string) ([]byte, error)) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	if args[0].Kind == value.Unknown {
		return c.unknown(args)
	}
	text, _ := args[0].Text()
	out, err := f(text)
	if err != nil || !utf8.Valid(out) {
		return c.fail()
	}
	return markedBy(value.OfString(string(out)), args)
}

// fnBase64Gzip gives what a deployment would make of the text; nobody compares it byte for byte.
func fnBase64Gzip(c *callContext, args []value.Value) value.Value {
	return c.ofText(args, func(s string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, s) // cannot fail: the buffer takes all
		_ = w.Close()
		return base64.StdEncoding.EncodeToString(b.Bytes())
	})
}

func fnBase64Gunzip(c *callContext, args []value.Value) value.Value {
	return c.decoded(args, func(s string) ([]byte, error) {
		packed, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			return nil, err
		}
		r, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(io.LimitReader(r, value.MaxText))
	})
}

func fnUrlEncode(c *callContext, args []value.Value) value.Value {
	return c.ofText(args, url.QueryEscape)
}

func fnUrlDecode(c *callContext, args []value.Value) value.Value {
	return c.decoded(args, func(s string) ([]byte, error) {
		out, err := url.QueryUnescape(s)
		return []byte(out), err
	})
}

// fnTextEncode is textencodebase64(text, encoding).
func fnTextEncode(c *callContext, args []value.Value) value.Value {
	return c.converted(args, func(text, name string) ([]byte, bool) {
		enc, err := ianaindex.IANA.Encoding(name)
		if err != nil || enc == nil {
			return nil, false
		}
		out, err := enc.NewEncoder().Bytes([]byte(text))
		return []byte(base64.StdEncoding.EncodeToString(out)), err == nil
	})
}

func fnTextDecode(c *callContext, args []value.Value) value.Value {
	return c.converted(args, func(text, name string) ([]byte, bool) {
		enc, err := ianaindex.IANA.Encoding(name)
		raw, errRaw := base64.StdEncoding.DecodeString(text)
		if err != nil || enc == nil || errRaw != nil {
			return nil, false
		}
		out, err := enc.NewDecoder().Bytes(raw)
		return out, err == nil
	})
}

func (c *callContext) converted(args []value.Value, f func(text, encoding string) ([]byte, bool)) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	text, okText := args[0].Text()
	name, okName := args[1].Text()
	if !okText || !okName {
		return c.unknown(args)
	}
	out, ok := f(text, name)
	if !ok {
		return c.fail()
	}
	return markedBy(value.OfString(string(out)), args)
}

// addressRange parses an argument that is an address range.
func addressRange(v value.Value) (*net.IPNet, bool) {
	text, ok := v.Text()
	if !ok {
		return nil, false
	}
	_, n, err := net.ParseCIDR(text)
	return n, err == nil
}

// ofRange applies f to a range and the numbers behind it, if all are known.
func (c *callContext) ofRange(args []value.Value, n int, f func(*net.IPNet, []int) (value.Value, error)) value.Value {
	if len(args) < n {
		return c.fail()
	}
	numbers := make([]int, len(args)-1)
	for i, a := range args {
		if !a.Known() {
			return c.unknown(args)
		}
		if i > 0 {
			number, ok := whole(a)
			if !ok {
				return c.fail()
			}
			numbers[i-1] = number
		}
	}
	ipnet, ok := addressRange(args[0])
	if !ok {
		return c.fail()
	}
	v, err := f(ipnet, numbers)
	if err != nil {
		return c.fail()
	}
	return v
}

func fnCidrHost(c *callContext, args []value.Value) value.Value {
	if len(args) == 2 && args[1].Known() && args[0].Known() {
		host, ok := bigNumber(args[1])
		ipnet, okNet := addressRange(args[0])
		if !ok || !okNet {
			return c.fail()
		}
		ip, err := cidr.HostBig(ipnet, host)
		if err != nil {
			return c.fail()
		}
		return value.OfString(ip.String())
	}
	return c.unknown(args)
}

func fnCidrNetmask(c *callContext, args []value.Value) value.Value {
	return c.ofRange(args, 1, func(n *net.IPNet, _ []int) (value.Value, error) {
		return value.OfString(net.IP(n.Mask).String()), nil
	})
}

func fnCidrSubnet(c *callContext, args []value.Value) value.Value {
	return c.ofRange(args, 3, func(n *net.IPNet, by []int) (value.Value, error) {
		sub, err := cidr.Subnet(n, by[0], by[1])
		if err != nil {
			return value.Value{}, err
		}
		return value.OfString(sub.String()), nil
	})
}

// fnCidrSubnets lays ranges of the given sizes one behind the other.
func fnCidrSubnets(c *callContext, args []value.Value) value.Value {
	return c.ofRange(args, 1, func(n *net.IPNet, by []int) (value.Value, error) {
		var out []value.Value
		start, _ := n.Mask.Size()
		var last *net.IPNet
		for _, bits := range by {
			if bits < 1 || bits > 128 {
				return value.Value{}, fmt.Errorf("prefix extension out of range")
			}
			next, rollover := last, false
			if last == nil {
				first, err := cidr.Subnet(n, bits, 0)
				if err != nil {
					return value.Value{}, err
				}
				next = first
			} else {
				next, rollover = cidr.NextSubnet(last, start+bits)
			}
			if rollover || !n.Contains(next.IP) {
				return value.Value{}, fmt.Errorf("not enough room")
			}
			last = next
			out = append(out, value.OfString(next.String()))
		}
		return value.OfArray(out...), nil
	})
}

// fnCidrContains is OpenTofu's: whether a range holds an address or another range.
func fnCidrContains(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	outer, okOuter := args[0].Text()
	inner, okInner := args[1].Text()
	if !okOuter || !okInner {
		return ofTruth(value.Undecided, c.name, args)
	}
	p, err := netip.ParsePrefix(outer)
	if err != nil {
		return c.fail()
	}
	if a, err := netip.ParseAddr(inner); err == nil {
		return value.OfBool(p.Contains(a))
	}
	q, err := netip.ParsePrefix(inner)
	if err != nil {
		return c.fail()
	}
	return value.OfBool(p.Contains(q.Addr()) && p.Bits() <= q.Bits())
}

func fnTimeCompare(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	a, okA := args[0].Text()
	b, okB := args[1].Text()
	if !okA || !okB {
		return c.unknown(args)
	}
	x, errX := time.Parse(time.RFC3339, a)
	y, errY := time.Parse(time.RFC3339, b)
	if errX != nil || errY != nil {
		return c.fail()
	}
	return value.OfInt(int64(x.Compare(y)))
}
