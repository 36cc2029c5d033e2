package report

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// style is a "select graphic rendition" parameter list of a terminal.
type style string

const (
	bold    style = "1"
	dim     style = "2"
	red     style = "1;31"
	green   style = "32"
	yellow  style = "1;33"
	blue    style = "34"
	cyan    style = "1;36"
	noStyle style = ""
)

// painter colours text, or leaves it as it is.
type painter struct{ color, links bool }

func (p painter) paint(s style, text string) string {
	if !p.color || s == noStyle || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// link puts a hyperlink behind text, as terminals that know OSC 8 show it. The URL is ours, never the input's.
func (p painter) link(url, text string) string {
	if !p.links || url == "" || strings.ContainsAny(url, "\x1b\a") {
		return text
	}
	return "\x1b]8;;" + url + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

func severityStyle(s diag.Severity) style {
	switch s {
	case diag.Error:
		return red
	case diag.Warning:
		return yellow
	}
	return cyan
}
