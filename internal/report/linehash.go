package report

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// hashWindow is how many UTF-16 code units, from the first of a line, make its hash.
const hashWindow = 100

const hashFactor = 37

// hashDrop is hashFactor to the power of hashWindow, modulo 2^64.
var hashDrop = func() uint64 {
	p := uint64(1)
	for range hashWindow {
		p *= hashFactor
	}
	return p
}()

// lineHashes computes primaryLocationLineHash of every line as github/codeql-action does, by which code scanning
// recognises an alert whose line has moved: blanks and tabs are dropped, line ends are LF, the last unit is followed by
// one 0xFFFF and then zeros; the value is the hash in hexadecimal and how often it has been seen so far in the file.
//
// Source: github/codeql-action, src/fingerprints.ts.
func lineHashes(text []byte) []string {
	h := lineHasher{seen: map[uint64]int{}, atStart: true}
	for i := range h.starts {
		h.starts[i] = -1
	}
	afterCR := false
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		switch {
		case r == ' ' || r == '\t' || r == '\n' && afterCR:
			afterCR = false
			continue
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			h.add(uint64(high))
			h.add(uint64(low))
		case r == '\r':
			h.add('\n')
		default:
			h.add(uint64(r))
		}
		afterCR = r == '\r'
	}
	h.add(0xFFFF)
	for range hashWindow {
		h.push(0)
	}
	return h.out
}

// lineHasher is a rolling hash that has the last hashWindow units in it.
type lineHasher struct {
	sum     uint64
	units   [hashWindow]uint64
	starts  [hashWindow]int // the line that begins with the unit, or -1
	at      int
	lines   int
	atStart bool
	seen    map[uint64]int
	out     []string
}

// add takes one unit of the text.
func (h *lineHasher) add(unit uint64) {
	if h.atStart {
		h.starts[h.at] = h.lines
		h.lines++
	}
	h.atStart = unit == '\n'
	h.push(unit)
}

// push moves the window by one unit. A line whose first unit is now the oldest has all its units in the window.
func (h *lineHasher) push(unit uint64) {
	h.sum = h.sum*hashFactor + unit - hashDrop*h.units[h.at]
	h.units[h.at] = unit
	h.at = (h.at + 1) % hashWindow
	if h.starts[h.at] >= 0 {
		h.starts[h.at] = -1
		h.seen[h.sum]++
		h.out = append(h.out, strconv.FormatUint(h.sum, 16)+":"+strconv.Itoa(h.seen[h.sum]))
	}
}
