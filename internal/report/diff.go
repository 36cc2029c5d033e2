package report

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Diff writes what replacements change in files as a unified diff. before and after are what was found with the one and
// the other text: passwords and keys that they know of are masked.
func Diff(w io.Writer, list []source.Replacement, before, after *diag.Result, o Options) error {
	p := newPrinter(w, &o)
	old, changed := concealedIn(before), concealedIn(after)
	for _, r := range list {
		name := safe(o.path(r.File.Path))
		text := diff.Diff("a", masked(old, r.File.Path, r.File.Data), "b", masked(changed, r.File.Path, r.Data))
		_, text, _ = bytes.Cut(text, []byte("@@")) // its own header
		p.println(p.paint(bold, "--- "+name), p.paint(bold, "+++ "+name))
		for l := range strings.Lines("@@" + string(text)) {
			p.println(p.changed(l))
		}
	}
	return p.w.Flush()
}

func masked(h concealed, path string, data []byte) []byte {
	text := slices.Clone(data)
	h.mask(path, text, 0)
	maskBytes(text)
	return text
}

// changed is a line of a diff, safe to print. Tabs and the line end stay as they are, so that it can be applied.
func (p *printer) changed(l string) string {
	l = strings.TrimSuffix(l, "\n")
	cut, cr := strings.CutSuffix(l, "\r")
	cells := strings.Split(cut, "\t")
	for i, c := range cells {
		cells[i] = Terminal(c)
	}
	text := line(strings.Join(cells, "\t"))
	switch l[0] {
	case '+':
		text = p.paint(green, text)
	case '-':
		text = p.paint(red, text)
	case '@':
		text = p.paint(blue, text)
	}
	if cr {
		text += "\r"
	}
	return text
}
