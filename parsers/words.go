package parsers

import "strings"

// words finds any of several words in bytes, in upper or lower case, in one go. It skips ahead by the last two bytes of a
// window as long as the shortest word, as Wu and Manber do.
type words struct {
	list   []string // in lower case
	window int
	skip   [pairs]uint8
	last   [pairs][]string // the words of whose window a pair is the end
}

// pairs is how many pairs of bytes are told apart.
const pairs = 1 << 12

// wordsOf prepares the search for words of ASCII, each of two bytes to 255.
func wordsOf(list ...string) *words {
	w := &words{list: list, window: 255}
	for _, word := range list {
		w.window = min(w.window, len(word))
	}
	for i := range w.skip {
		w.skip[i] = uint8(w.window - 1)
	}
	for _, word := range list {
		for end := 1; end < w.window; end++ {
			p := pair(word[end-1], word[end])
			w.skip[p] = min(w.skip[p], uint8(w.window-1-end))
		}
		p := pair(word[w.window-2], word[w.window-1])
		w.last[p] = append(w.last[p], word)
	}
	return w
}

// pair folds case, and other bytes that differ by the same bit.
func pair(a, b byte) uint { return (uint(a|0x20)<<5 ^ uint(b|0x20)) % pairs }

// in reports whether one of the words is in b.
func (w *words) in(b []byte) bool {
	for i := w.window - 1; i < len(b); {
		p := pair(b[i-1], b[i])
		if skip := w.skip[p]; skip > 0 {
			i += int(skip)
			continue
		}
		for _, word := range w.last[p] {
			from := i - w.window + 1
			if from+len(word) <= len(b) && strings.EqualFold(string(b[from:from+len(word)]), word) {
				return true
			}
		}
		i++
	}
	return false
}
