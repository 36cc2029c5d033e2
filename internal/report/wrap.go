package report

import "strings"

// minWidth is the narrowest text that is still wrapped.
const minWidth = 40

// Wrap breaks text, which is safe to print, into lines of at most limit cells. A limit of 0 or less breaks nothing.
func Wrap(text string, limit int) string {
	if limit <= 0 {
		return text
	}
	return strings.Join(wrap(text, "", "", limit), "\n")
}

// wrap breaks text, which is safe to print, into lines of at most limit cells, each after its indent. A limit of 0
// breaks nothing; words longer than a line stay whole.
func wrap(text, first, rest string, limit int) []string {
	indent, used := first, width(first)
	if limit == 0 {
		return []string{line(first + text)}
	}
	limit = max(limit, minWidth)
	var out []string
	var current strings.Builder
	for word := range strings.FieldsSeq(text) {
		w := width(word)
		switch {
		case current.Len() == 0:
			current.WriteString(word)
			used += w
			continue
		case used+1+w > limit:
			out = append(out, line(indent+current.String()))
			current.Reset()
			indent, used = rest, width(rest)
			current.WriteString(word)
			used += w
			continue
		}
		current.WriteString(" " + word)
		used += 1 + w
	}
	return append(out, line(indent+current.String()))
}

// firstSentence splits a message after its first sentence: the full stop before a blank and a capital, a bracket or a
// quote, outside of quotes.
func firstSentence(s string) (first, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'' && !quoted && (i == 0 || strings.IndexByte(" (<[", s[i-1]) >= 0):
			quoted = true
		case c == '\'' && quoted && (i+1 == len(s) || strings.IndexByte(" ,.;:)?!", s[i+1]) >= 0):
			quoted = false
		case c == '.' && !quoted && i+2 < len(s) && s[i+1] == ' ' && (s[i+2] >= 'A' && s[i+2] <= 'Z' || s[i+2] == '(' || s[i+2] == '\''):
			return s[:i+1], strings.TrimSpace(s[i+2:])
		}
	}
	return s, ""
}
