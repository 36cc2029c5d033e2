package report

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// tabWidth is how many cells apart the tab stops of a code frame are.
const tabWidth = 4

// maxCluster is how many bytes of what a terminal draws in one place are printed: marks can be piled up without end.
const maxCluster = 64

// cell is what a terminal draws as one unit: a character with its marks, an expanded tab, an escape.
type cell struct {
	start, end int // byte offsets in the line
	text       string
	width      int
}

// cells takes a line apart into what a terminal would draw of it. Nothing in the texts of the cells is unsafe to print.
func cells(line string) []cell {
	out := make([]cell, 0, len(line))
	column := 0
	add := func(start, end int, text string, width int) {
		out = append(out, cell{start, end, text, width})
		column += width
	}
	for i := 0; i < len(line); {
		r, n := utf8.DecodeRuneInString(line[i:])
		switch {
		case r == '\t':
			width := tabWidth - column%tabWidth
			add(i, i+n, strings.Repeat(" ", width), width)
		case hidden(r, n):
			text := escapeRune(r, line[i:i+n])
			add(i, i+n, text, len(text))
		case logCommand(line, i):
			add(i, i+n, `\x23`, 4)
		case r < utf8.RuneSelf && (i+1 == len(line) || line[i+1] < utf8.RuneSelf):
			add(i, i+n, line[i:i+n], 1)
		default:
			cluster, width := firstCluster(line[i:])
			n = len(cluster)
			add(i, i+n, truncate(cluster, maxCluster), width)
		}
		i += n
	}
	return out
}

// firstCluster returns the first grapheme cluster of s, which does not begin with a hidden rune, up to the next hidden
// rune, and its width in cells.
func firstCluster(s string) (string, int) {
	g := displaywidth.StringGraphemes(s)
	g.Next()
	cluster := g.Value()
	for i := 0; i < len(cluster); {
		r, n := utf8.DecodeRuneInString(cluster[i:])
		if i > 0 && hidden(r, n) {
			return cluster[:i], displaywidth.String(cluster[:i])
		}
		i += n
	}
	return cluster, g.Width()
}

// truncate cuts s to at most n bytes without splitting a character.
func truncate(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// measure does not count the escape sequences of our own colours and links.
var measure = displaywidth.Options{ControlSequences: true}

// width is the number of cells of text that is safe to print, colours and links included.
func width(s string) int {
	if plain(s) {
		return len(s)
	}
	return measure.String(s)
}
