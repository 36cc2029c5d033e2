package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Text writes results for people.
func Text(w io.Writer, res *diag.Result, o Options) error {
	p := newPrinter(w, &o)
	p.concealed = concealedIn(res)
	show := p.full
	if o.Concise {
		show = p.concise
	}
	for _, f := range once(res.Findings) {
		show(f.Diagnostic, p.findingTitle(f.Diagnostic), instances(res, f.Diagnostic), f.elsewhere())
	}
	if o.Verbose {
		for i := range res.Undetermined {
			d := &res.Undetermined[i]
			show(d, title{label: "undetermined", style: blue, code: d.Code, name: o.ruleName(d.Code), url: o.url(d.Code)}, instances(res, d), "")
		}
	}
	modules := p.fold(res.Problems)
	for i := range res.Problems {
		d := &res.Problems[i]
		if (!o.Quiet || d.Severity > diag.Note) && !(modules > 0 && d.Code == notAnalysed) {
			show(d, title{label: d.Severity.String(), style: severityStyle(d.Severity), code: d.Code}, nil, "")
		}
	}
	if !o.Quiet {
		if modules > 0 {
			p.println(folded(modules))
		}
		p.summary(res)
	}
	return p.w.Flush()
}

const (
	notAnalysed = "module-not-analysed"
	maxModules  = 3 // notes about modules that are shown one by one
)

// fold returns how many modules could not be looked into if these are too many to show each: a project may call dozens
// from a registry.
func (p *printer) fold(problems []diag.Diagnostic) int {
	n := 0
	for i := range problems {
		if problems[i].Code == notAnalysed {
			n++
		}
	}
	if p.o.Verbose || n <= maxModules {
		return 0
	}
	return n
}

// folded says that of n modules.
func folded(n int) string {
	return fmt.Sprintf("%d modules are not here and were not looked into; --verbose lists them.", n)
}

// printer writes lines. The first error is kept by the buffer and returned by Flush.
type printer struct {
	painter
	w         *bufio.Writer
	o         *Options
	mark      style // of carets
	concealed concealed
}

func newPrinter(w io.Writer, o *Options) *printer {
	return &printer{painter: painter{color: o.Color, links: o.Hyperlinks}, w: bufio.NewWriter(w), o: o}
}

func (p *printer) println(lines ...string) {
	for _, l := range lines {
		p.w.WriteString(l)
		p.w.WriteByte('\n')
	}
}

// safe makes text of the input safe to print and masks keys in it.
func safe(s string) string { return Terminal(Mask(s)) }

// title is how a diagnostic announces itself.
type title struct {
	label      string
	style      style
	code, name string
	url        string
}

func (p *printer) findingTitle(d *diag.Diagnostic) title {
	return title{d.Severity.String(), severityStyle(d.Severity), d.Code, p.o.ruleName(d.Code), p.o.url(d.Code)}
}

func (o *Options) url(code string) string {
	if r := o.rule(code); r != nil {
		return r.URL()
	}
	return ""
}

// render is "error[CDB101] public-network-open: ".
func (t title) render(p *printer) string {
	s := p.paint(t.style, t.label) + p.paint(bold, "["+p.link(t.url, safe(t.code))+"]")
	if t.name != "" {
		s += " " + p.paint(bold, t.name)
	}
	return s + ": "
}

// full writes a diagnostic with its code frame and everything that belongs to it: all its instances, and where else it is
// found.
func (p *printer) full(d *diag.Diagnostic, t title, all []*diag.Subject, also string) {
	p.mark = t.style
	headline, rest := firstSentence(d.Message)
	gutter := 2
	if d.Span.File != nil {
		gutter = len(strconv.Itoa(d.Span.File.Line(d.Span.Start) + 1))
	}
	p.println(wrap(t.render(p)+p.paint(bold, safe(headline)), "", "  ", p.o.Width)...)
	if d.Span.File != nil {
		at := p.at(d.Span)
		if d.Subject != nil && d.Subject.Path != "" {
			at += " in " + safe(d.Subject.Path)
		}
		p.println(strings.Repeat(" ", gutter) + p.paint(blue, "-->") + " " + at)
		p.println(p.frame(d.Span, gutter)...)
	}
	for _, note := range p.notes(d, rest, all, also) {
		p.note(gutter, note)
	}
	if t.url != "" && !p.links {
		p.println(strings.Repeat(" ", gutter) + p.paint(blue, " = ") + p.paint(dim, t.url))
	}
	p.println("")
}

// notes are the further lines of a diagnostic, safe to print.
func (p *printer) notes(d *diag.Diagnostic, rest string, all []*diag.Subject, also string) []string {
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	add(safe(rest))
	add(presence(d.Subject))
	for _, r := range d.Related {
		add(p.related(r))
	}
	add(names(all))
	add(safe(also))
	if len(d.DependsOn) > 0 {
		add("waits for: " + safe(strings.Join(d.DependsOn, ", ")))
	}
	if ps := p.o.paths(d.Parameters); len(ps) > 0 {
		add("with parameters of: " + safe(strings.Join(ps, ", ")))
	}
	if d.Fix != nil {
		add(p.paint(green, fixLabel(d.Fix)) + " " + safe(d.Fix.Title))
	}
	return out
}

func fixLabel(f *diag.Fix) string {
	if f.Safe {
		return "fix (safe):"
	}
	return "fix (suggested):"
}

func (p *printer) related(r diag.Related) string {
	if r.Span.File == nil {
		return safe(r.Message)
	}
	return p.at(r.Span) + ": " + safe(r.Message)
}

// maxNames is how many instances of a loop are named.
const maxNames = 10

// names lists the instances of a loop.
func names(all []*diag.Subject) string {
	if len(all) == 0 {
		return ""
	}
	text := fmt.Sprintf("the same for each of %d instances", len(all))
	shown := make([]string, 0, maxNames)
	for _, s := range all[:min(len(all), maxNames)] {
		if name := "'" + safe(s.Title) + "'"; !slices.Contains(shown, name) {
			shown = append(shown, name)
		}
	}
	if len(shown) == 1 { // the title has no room for what tells them apart
		return text
	}
	list := strings.Join(shown, ", ")
	if n := len(all) - maxNames; n > 0 {
		list += fmt.Sprintf(" and %d more", n)
	}
	return text + ": " + list
}

func (p *printer) note(gutter int, text string) {
	indent := strings.Repeat(" ", gutter) + " = "
	p.println(wrap(text, p.paint(blue, indent), strings.Repeat(" ", len(indent)), p.o.Width)...)
}

// at is "path:line:column".
func (p *printer) at(s source.Span) string {
	b := s.Begin()
	return fmt.Sprintf("%s:%d:%d", safe(p.o.file(s)), b.Line, b.Column)
}

// concise writes a diagnostic on one line, as compilers do.
func (p *printer) concise(d *diag.Diagnostic, t title, all []*diag.Subject, _ string) {
	headline, _ := firstSentence(d.Message)
	text := safe(headline)
	if len(all) > 0 {
		text += fmt.Sprintf(" (%d instances)", len(all))
	}
	place := ""
	if d.Span.File != nil {
		place = line(p.at(d.Span)) + ": "
	}
	p.println(place + t.render(p) + text)
}
