package suppress

import (
	"bytes"
	"path"
	"sort"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// opened is the offset of the brace that a line of JSON begins or ends with, comments aside, or -1.
func (p *parser) opened(line source.Span) int {
	if ext := strings.ToLower(path.Ext(line.File.Path)); ext != ".json" && ext != ".jsonc" && ext != ".arm" {
		return -1
	}
	data := line.File.Data
	end := min(line.End, len(data))
	comments := p.src.Comments
	if i := sort.Search(len(comments), func(i int) bool { return comments[i].Start >= line.Start }); i < len(comments) {
		end = min(end, comments[i].Start)
	}
	if text := bytes.TrimLeft(data[line.Start:end], " \t"); bytes.HasPrefix(text, []byte("{")) {
		return end - len(text)
	}
	at := line.Start + len(bytes.TrimRight(data[line.Start:end], " \t\r\n")) - 1
	if at < line.Start || data[at] != '{' {
		return -1
	}
	return at
}

// typeMember is the offset of the key "type" of the JSON object whose members begin at an offset, or -1.
func typeMember(data []byte, at int) int {
	data = data[:min(len(data), at+maxScan)]
	for depth := 1; at < len(data) && depth > 0; at++ {
		switch c := data[at]; {
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case c == '/':
			at = endOfComment(data, at)
		case c == '"':
			end := endOfString(data, at)
			rest := bytes.TrimLeft(data[min(end+1, len(data)):], " \t\r\n")
			if depth == 1 && bytes.HasPrefix(rest, []byte(":")) && bytes.EqualFold(data[at:min(end+1, len(data))], []byte(`"type"`)) {
				return at
			}
			at = end
		}
	}
	return -1
}

// endOfString is the offset of the quote that closes the string at an offset.
func endOfString(data []byte, at int) int {
	for at++; at < len(data) && data[at] != '"'; at++ {
		if data[at] == '\\' {
			at++
		}
	}
	return at
}

// endOfComment is the offset of the last byte of the comment at an offset, if it is one.
func endOfComment(data []byte, at int) int {
	end := -1
	switch {
	case bytes.HasPrefix(data[at:], []byte("//")):
		end = bytes.IndexAny(data[at:], "\r\n")
	case bytes.HasPrefix(data[at:], []byte("/*")):
		if end = bytes.Index(data[at+2:], []byte("*/")); end >= 0 {
			end += 3
		}
	default:
		return at
	}
	if end < 0 {
		return len(data)
	}
	return at + end
}
