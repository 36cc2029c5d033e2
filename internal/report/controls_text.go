package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// How much of a control is shown without --verbose.
const (
	maxControlLines = 8 // findings, and undetermined checks
	maxControlNames = 3 // subjects for which one rule has held
)

// ControlsText writes for people where each control stands and what that was decided from.
func ControlsText(w io.Writer, list []controls.Assessment, res *diag.Result, o Options) error {
	p := newPrinter(w, &o)
	for i := range list {
		p.control(&list[i])
	}
	if !o.Quiet {
		p.println(p.wrapped(baselineName+": "+tally(list)+".", 0)...)
		p.println(p.wrapped("Decided from "+looked(res)+". Met means: as far as these show.", 0)...)
		p.missing(res.Problems)
		if res.Failed() {
			p.println(p.wrapped(p.paint(red, "Part of the input was not judged."), 0)...)
		}
	}
	return p.w.Flush()
}

// missing writes which modules are not here. Other problems have been told on the way.
func (p *printer) missing(problems []diag.Diagnostic) {
	if n := p.fold(problems); n > 0 {
		p.println(p.wrapped(folded(n), 0)...)
		return
	}
	for i := range problems {
		if d := &problems[i]; d.Code == notAnalysed {
			p.println(p.wrapped(safe(d.Message)+" ("+p.at(d.Span)+")", 0)...)
		}
	}
}

func statusStyle(a *controls.Assessment) style {
	switch {
	case a.Status == controls.Met:
		return green
	case a.OnlyAccepted(), a.Status == controls.Undetermined:
		return yellow
	case a.Status == controls.NotMet:
		return red
	}
	return blue
}

// control writes one control: a line, and below it what it was decided from.
func (p *printer) control(a *controls.Assessment) {
	head := p.paint(bold, p.link(a.URL(), a.ID)) + " " + p.paint(statusStyle(a), statusOf(a)) + ": " + a.Title
	if p.o.Quiet {
		if from := decidedFrom(a); from != "" {
			head += " (" + from + ")"
		}
		p.println(wrap(head, "", "     ", p.o.Width)...)
		return
	}
	p.println(wrap(head, "", "     ", p.o.Width)...)
	p.findings(a.Findings, nil)
	p.findings(a.Accepted, acceptedBy)
	p.open(a)
	p.held(a)
	if ids := idle(a); p.o.Verbose && len(ids) > 0 {
		p.below("nothing to judge", and(ids))
	}
	if a.Status == controls.NotInFiles || p.o.Verbose {
		p.below("by hand", a.ByHand)
	}
	p.println("")
}

// below writes text with a label under a control.
func (p *printer) below(label, text string) {
	p.println(wrap(p.paint(dim, label+":")+" "+text, "  ", "    ", p.o.Width)...)
}

// findings writes findings, the worst first: with by, those that somebody has accepted.
func (p *printer) findings(list []diag.Diagnostic, by func(*diag.Suppression) string) {
	for i, d := range bySeverity(list) {
		if i == maxControlLines && !p.o.Verbose {
			p.println(fmt.Sprintf("  and %d more; --verbose lists them", len(list)-i))
			return
		}
		headline, _ := firstSentence(d.Message)
		text := p.paint(severityStyle(d.Severity), d.Severity.String()) + p.paint(bold, "["+p.link(p.o.url(d.Code), safe(d.Code))+"]") +
			": " + safe(headline)
		if d.Span.File != nil {
			text += " (" + p.at(d.Span) + ")"
		}
		if by != nil {
			text += " - " + safe(by(d.Suppression))
		}
		p.println(wrap(text, "  ", "    ", p.o.Width)...)
	}
}

// open writes the checks that wait for something, and for what.
func (p *printer) open(a *controls.Assessment) {
	if unjudged(a) {
		p.below("undetermined", notJudged)
		return
	}
	if len(a.Open) == 0 {
		return
	}
	if p.o.Verbose {
		for i := range a.Open {
			d := &a.Open[i]
			text := safe(d.Code) + " for '" + safe(d.Subject.Title) + "': " + safe(d.Message)
			if len(d.DependsOn) > 0 {
				text += " It waits for " + safe(strings.Join(d.DependsOn, ", ")) + "."
			}
			p.below("undetermined", text)
		}
		return
	}
	var ids []string
	for _, e := range a.Rules {
		if e.Open > 0 {
			ids = append(ids, e.Rule.ID)
		}
	}
	p.below("undetermined", waitFor(plural(len(a.Open), "check")+" of "+and(ids), waiting(a.Open)))
}

// held writes which rules have looked at what and found it good.
func (p *printer) held(a *controls.Assessment) {
	if a.Held() == 0 {
		return
	}
	most := maxControlNames
	if p.o.Verbose {
		most = 0
	}
	var parts []string
	for _, e := range a.Rules {
		if len(e.Held) == 0 {
			continue
		}
		names := p.o.named(e.Held, most)
		for i := range names {
			names[i] = safe(names[i])
		}
		parts = append(parts, e.Rule.ID+" for "+and(names))
	}
	p.below("held", plural(a.Held(), "check")+": "+strings.Join(parts, "; "))
}
