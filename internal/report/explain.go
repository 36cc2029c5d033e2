package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// Explain writes the documentation of a rule for a terminal.
func Explain(w io.Writer, r *rule.Rule, examples []Example, o Options) error {
	p := &printer{painter: painter{color: o.Color, links: o.Hyperlinks}, w: bufio.NewWriter(w), o: &o}
	p.println(p.paint(bold, p.link(r.URL(), r.ID)+" "+r.Name)+": "+r.Title, "")
	for _, f := range facts(r) {
		p.println(p.fact(f.label, f.text)...)
	}
	for _, c := range controlsOf(r) {
		p.println(p.fact("Control", fmt.Sprintf("%s (%s %s)", c.title(), c.catalogue.name, c.catalogue.version))...)
	}
	p.println("", plainText(r.Doc, o.Width))
	for _, e := range examples {
		p.println("", p.paint(exampleStyle(e), e.heading()))
		for l := range strings.Lines(strings.Trim(e.Code, "\n")) {
			p.println(strings.TrimRight("    "+strings.TrimRight(l, "\r\n"), " "))
		}
	}
	p.println("")
	for _, u := range append([]string{r.URL()}, r.References...) {
		p.println(p.fact("See", u)...)
	}
	return p.w.Flush()
}

func exampleStyle(e Example) style {
	if e.Bad {
		return red
	}
	return green
}

// factWidth is the width of the column of labels.
const factWidth = 10

func (p *printer) fact(label, text string) []string {
	blank := strings.Repeat(" ", factWidth)
	return wrap(text, p.paint(dim, label)+blank[len(label):], blank, p.o.Width)
}
