package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// ControlsMarkdown writes a document for a file or the summary of a job: a table of all controls, then each with what it was
// decided from and what to look at by hand.
func ControlsMarkdown(w io.Writer, list []controls.Assessment, res *diag.Result, o Options) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s. Decided from %s. Met means: as far as these show.\n", baselineName, tally(list), looked(res))
	if res.Failed() {
		b.WriteString("\n**Part of the input was not judged.**\n")
	}
	o.missing(&b, res.Problems)
	b.WriteString("\n| Control | Status | Decided from |\n|---|---|---|\n")
	for i := range list {
		a := &list[i]
		fmt.Fprintf(&b, "| [%s](%s) %s | %s | %s |\n", a.ID, a.URL(), a.Title, statusOf(a), decidedFrom(a))
	}
	var sections []string
	for i := range list {
		sections = append(sections, o.controlSection(&list[i]))
	}
	for i, s := range sections {
		if b.Len()+len(s) > maxMarkdown {
			fmt.Fprintf(&b, "\n%s left out: the document would be too long.\n", plural(len(sections)-i, "control"))
			break
		}
		b.WriteString(s)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// missing lists what was not judged: parts of the input, and modules that are not here.
func (o *Options) missing(b *strings.Builder, problems []diag.Diagnostic) {
	n := 0
	for i := range problems {
		d := &problems[i]
		if d.Severity != diag.Error && d.Code != notAnalysed {
			continue
		}
		if n++; n == 1 {
			b.WriteString("\n")
		}
		if n > maxControlRows {
			b.WriteString("- and more\n")
			return
		}
		e := o.entry(d)
		place := markdownPlace(&e)
		if place != "" {
			place += ": "
		}
		fmt.Fprintf(b, "- %s%s\n", place, markdownText(printable(d.Message)))
	}
}

// maxControlRows is how many rows a table of a control has.
const maxControlRows = 200

func (o *Options) controlSection(a *controls.Assessment) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s %s: %s\n\n%s\n", a.ID, a.Title, statusOf(a), a.Asks)
	o.controlTable(&b, "Severity | Rule | Place | Finding", a.Findings, func(d *diag.Diagnostic) string { return d.Message })
	o.controlTable(&b, "Severity | Rule | Place | Accepted", a.Accepted, func(d *diag.Diagnostic) string {
		headline, _ := firstSentence(d.Message)
		return headline + " (" + acceptedBy(d.Suppression) + ")"
	})
	if unjudged(a) {
		b.WriteString("\n" + notJudged + "\n")
	}
	o.controlTable(&b, "If wrong | Rule | Place | Undetermined", a.Open, func(d *diag.Diagnostic) string {
		if len(d.DependsOn) == 0 {
			return d.Message
		}
		return d.Message + " It waits for " + strings.Join(d.DependsOn, ", ") + "."
	})
	if a.Held() > 0 {
		fmt.Fprintf(&b, "\n%s held:\n\n", plural(a.Held(), "check"))
	}
	for _, e := range a.Rules {
		if len(e.Held) > 0 {
			fmt.Fprintf(&b, "- [%s](%s) %s: %s\n", e.Rule.ID, e.Rule.URL(), e.Rule.Name, markdownText(printable(and(o.named(e.Held, maxControlRows)))))
		}
	}
	if ids := idle(a); len(ids) > 0 {
		fmt.Fprintf(&b, "\nNothing to judge for %s.\n", and(ids))
	}
	fmt.Fprintf(&b, "\nBy hand: %s\n", a.ByHand)
	return b.String()
}

// controlTable writes diagnostics as a table, the worst first.
func (o *Options) controlTable(b *strings.Builder, head string, list []diag.Diagnostic, text func(*diag.Diagnostic) string) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\n| " + head + " |\n|---|---|---|---|\n")
	for i, d := range bySeverity(list) {
		if i == maxControlRows {
			fmt.Fprintf(b, "\nAnd %d more.\n", len(list)-i)
			return
		}
		e := o.entry(&d)
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", e.severity, markdownRule(&e), markdownPlace(&e), markdownText(printable(text(&d))))
	}
}
