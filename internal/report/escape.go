package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Terminal makes text of the input safe to print: control characters, escape sequences, characters that reorder or hide
// text, and bytes that are not UTF-8 become visible escapes, and so does what a build log would take for a command.
// The result has no line end.
func Terminal(s string) string {
	return escape(s, true)
}

// Visible is Terminal for text that does not go to a log: commands of build logs are left as they are.
func Visible(s string) string { return escape(s, false) }

func escape(s string, log bool) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case hidden(r, n):
			b.WriteString(escapeRune(r, s[i:i+n]))
		case log && logCommand(s, i):
			b.WriteString(`\x23`)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// plain reports whether s is printable ASCII without two # in a row: nearly all text.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' || s[i] == '#' && i > 0 && s[i-1] == '#' {
			return false
		}
	}
	return true
}

// hidden reports whether a rune, n bytes long, must not reach a terminal as it is.
func hidden(r rune, n int) bool {
	switch {
	case r < ' ', r >= 0x7F && r <= 0x9F: // C0, DEL, C1
		return true
	case r == utf8.RuneError && n <= 1: // not UTF-8
		return true
	case r == 0x061C, r == 0x200B, r == 0x200E, r == 0x200F: // marks of direction, zero width space
		return true
	case r >= 0x2028 && r <= 0x202E: // line and paragraph separators, embeddings and overrides
		return true
	case r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r >= 0xFFF9 && r <= 0xFFFB: // isolates, invisible operators, annotations
		return true
	case r >= 0xE0000 && r <= 0xE007F: // tags
		return true
	}
	return false
}

var shortEscapes = map[rune]string{'\n': `\n`, '\r': `\r`, '\t': `\t`}

func escapeRune(r rune, raw string) string {
	switch short, ok := shortEscapes[r]; {
	case ok:
		return short
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r > 0xFFFF:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// logCommand reports whether the byte at i is the second # of "##[" or "##name[": build agents of GitHub, Azure DevOps
// and TeamCity take that for a command wherever it stands in a line.
func logCommand(s string, i int) bool {
	if i == 0 || s[i] != '#' || s[i-1] != '#' {
		return false
	}
	for _, c := range []byte(s[i+1:]) {
		if c == '[' {
			return true
		}
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return false
}

// line makes sure that a line to print is not a workflow command of GitHub ("::error …", also after blanks).
func line(s string) string {
	if t := strings.TrimLeft(s, " \t"); strings.HasPrefix(t, "::") {
		return s[:len(s)-len(t)] + `\x3a` + t[1:]
	}
	return s
}

var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// CommandData escapes the message of a workflow command.
func CommandData(s string) string { return commandData.Replace(s) }

// CommandProperty escapes a property of a workflow command.
func CommandProperty(s string) string { return commandProperty.Replace(s) }
