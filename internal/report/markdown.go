package report

import (
	"regexp"
	"strings"
)

// plainText renders the Markdown of a rule's documentation for a terminal, wrapped to limit cells (0: one line a
// paragraph): paragraphs, lists, headings and fenced code are all that it knows.
func plainText(markdown string, limit int) string {
	var out []string
	for i, b := range blocks(markdown) {
		if i > 0 && !(b.item && strings.HasPrefix(out[len(out)-1], " ")) {
			out = append(out, "")
		}
		switch {
		case b.code:
			for _, l := range b.lines {
				out = append(out, strings.TrimRight("    "+l, " "))
			}
		case b.item:
			out = append(out, wrap(inline(strings.Join(b.lines, " ")), "  - ", "    ", limit)...)
		default:
			out = append(out, wrap(inline(strings.Join(b.lines, " ")), "", "", limit)...)
		}
	}
	return strings.Join(out, "\n")
}

// block is a paragraph, a list item, or a piece of code.
type block struct {
	lines      []string
	code, item bool
}

var (
	itemMark    = regexp.MustCompile(`^\s*(?:[-*]|\d+\.)\s+`)
	headingMark = regexp.MustCompile(`^#+\s+`)
)

func blocks(markdown string) []block {
	var out []block
	open := false // whether the last block goes on
	fenced := false
	for _, l := range strings.Split(strings.TrimSpace(markdown), "\n") {
		trimmed := strings.TrimSpace(l)
		switch {
		case strings.HasPrefix(trimmed, "```"):
			if fenced = !fenced; fenced {
				out = append(out, block{code: true})
			}
			open = false
		case fenced:
			out[len(out)-1].lines = append(out[len(out)-1].lines, l)
		case trimmed == "":
			open = false
		case headingMark.MatchString(trimmed):
			out = append(out, block{lines: []string{headingMark.ReplaceAllString(trimmed, "")}})
			open = false
		case itemMark.MatchString(l):
			out = append(out, block{lines: []string{itemMark.ReplaceAllString(l, "")}, item: true})
			open = true
		case open:
			out[len(out)-1].lines = append(out[len(out)-1].lines, trimmed)
		default:
			out = append(out, block{lines: []string{trimmed}})
			open = true
		}
	}
	return out
}

var (
	markdownLink = regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]*)\)`)
	markdownBold = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	markdownCode = regexp.MustCompile("`+([^`]+)`+")
)

// inline takes the marks out of a line of Markdown.
func inline(s string) string {
	s = markdownLink.ReplaceAllString(s, "$1 ($2)")
	s = markdownBold.ReplaceAllString(s, "$1")
	return markdownCode.ReplaceAllString(s, "'$1'")
}

// cellText makes text safe for a cell of a Markdown table.
var cellText = strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;")
