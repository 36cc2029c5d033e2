package expr

import (
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var hashFunctions = []function{
	{name: "guid", min: 1, max: -1, needs: whole, notNull: true, eval: hash(guid)},
	{name: "uniqueString", min: 1, max: -1, needs: whole, notNull: true, eval: hash(uniqueString)},
}

// hash is a function of strings, which it takes joined with "-".
func hash(of func([]byte) string) func(*Evaluator, []value.Value) (value.Value, error) {
	return func(e *Evaluator, args []value.Value) (value.Value, error) {
		texts := make([]string, len(args))
		size := 0
		for i, a := range args {
			text, ok := a.Text()
			if !ok {
				return mistake("argument %d is a %v, not a string", i+1, a.Kind)
			}
			texts[i] = text
			size += 1 + len(text)
		}
		if !e.Budget.Spend(size / 32) {
			return undecided()
		}
		return value.OfString(of([]byte(strings.Join(texts, "-")))), nil
	}
}

// guidNamespace is the namespace of the UUIDs of guid().
var guidNamespace = [16]byte{
	0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30,
}

// guid is a UUID of version 5 (RFC 9562).
func guid(name []byte) string {
	sum := sha1.Sum(append(guidNamespace[:], name...))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

const base32Digits = "abcdefghijklmnopqrstuvwxyz234567"

// uniqueString writes 64 bits from the top, five to a letter; the last letter has the four that are left.
func uniqueString(name []byte) string {
	hash := murmur(name)
	var text [13]byte
	for i := range text {
		text[i] = base32Digits[hash>>59]
		hash <<= 5
	}
	return string(text[:])
}

// murmur is a hash of the Murmur3 family with two lanes of 32 bits.
func murmur(data []byte) uint64 {
	const c1, c2 = 0x239b961b, 0xab0e9789
	mix1 := func(k uint32) uint32 { return bits.RotateLeft32(k*c1, 15) * c2 }
	mix2 := func(k uint32) uint32 { return bits.RotateLeft32(k*c2, 17) * c1 }
	size := uint32(len(data))
	var h1, h2 uint32
	for ; len(data) >= 8; data = data[8:] {
		h1 ^= mix1(binary.LittleEndian.Uint32(data))
		h1 = (bits.RotateLeft32(h1, 19)+h2)*5 + 1444728091
		h2 ^= mix2(binary.LittleEndian.Uint32(data[4:]))
		h2 = (bits.RotateLeft32(h2, 13)+h1)*5 + 197830471
	}
	var tail [8]byte
	copy(tail[:], data)
	h1 ^= mix1(binary.LittleEndian.Uint32(tail[:]))
	h2 ^= mix2(binary.LittleEndian.Uint32(tail[4:]))
	h1 ^= size
	h2 ^= size
	h1 += h2
	h2 += h1
	h1 = finish(h1)
	h2 = finish(h2)
	h1 += h2
	h2 += h1
	return uint64(h2)<<32 | uint64(h1)
}

func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
