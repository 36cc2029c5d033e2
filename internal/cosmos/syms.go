package cosmos

import (
	"strconv"
	"strings"
)

// calls visits the calls in a canonical expression, from left to right: the name of each, those of the calls around it,
// its arguments as text, and what follows it.
func calls(sym string, visit func(name string, around, args []string, rest string)) {
	var around []string // names of the open calls; "" of a bracket that is none
	for i := 0; i < len(sym); i++ {
		switch sym[i] {
		case '\'':
			i = afterString(sym, i) - 1
		case '(':
			name := nameBefore(sym, i)
			if args, end := arguments(sym, i); name != "" {
				visit(name, around, args, sym[end:])
			}
			around = append(around, name)
		case ')':
			if len(around) > 0 {
				around = around[:len(around)-1]
			}
		}
	}
}

// callsAround are the names of the calls that are open at an offset of a canonical expression.
func callsAround(sym string, offset int) []string {
	var open []string
	calls(sym[:offset]+"x()", func(_ string, around, _ []string, _ string) { open = around })
	return open
}

// afterString is the offset after the string that begins at i. A quote in it is doubled, which makes two strings.
func afterString(s string, i int) int {
	if end := strings.IndexByte(s[i+1:], '\''); end >= 0 {
		return i + 1 + end + 1
	}
	return len(s)
}

func nameBefore(s string, end int) string {
	start := end
	for start > 0 && isNameByte(s[start-1]) {
		start--
	}
	return s[start:end]
}

func isNameByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// arguments are the texts between the parenthesis at open and the one that closes it, and the offset after that.
func arguments(s string, open int) (args []string, end int) {
	depth, start := 0, open+1
	for i := open; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'':
			i = afterString(s, i) - 1
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			if depth--; depth == 0 {
				return append(args, strings.TrimSpace(s[start:i])), i + 1
			}
		case c == ',' && depth == 1:
			args, start = append(args, strings.TrimSpace(s[start:i])), i+1
		}
	}
	return args, len(s)
}

func itoa(i int) string { return strconv.Itoa(i) }
