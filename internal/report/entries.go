package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// entry is a finding or a problem with the input, as formats of other tools have room for it: text that is masked and
// printable, not yet escaped for a format, and the name of a file as it is.
type entry struct {
	code, name, url string
	severity        diag.Severity
	message         string // in one line
	headline, rest  string
	file            string // "" when the input as a whole is meant
	place           jsonPlace
	fingerprint     string
	resource        string
	problem         bool
}

// entries lists the findings, then the problems.
func (o *Options) entries(res *diag.Result) []entry {
	out := make([]entry, 0, len(res.Findings)+len(res.Problems))
	for _, f := range once(res.Findings) {
		d := f.Diagnostic
		e := o.entry(d)
		if all := instances(res, d); len(all) > 0 {
			e.rest = strings.TrimSpace(e.rest + fmt.Sprintf(" The same holds for %d instances.", len(all)))
		}
		if p := presence(d.Subject); p != "" {
			e.rest = strings.TrimSpace(e.rest + " " + p)
		}
		if also := len(f.also); also > 0 {
			e.rest = strings.TrimSpace(e.rest + fmt.Sprintf(" The same is found in %d other places.", also))
		}
		e.message = strings.TrimSpace(e.headline + " " + e.rest)
		out = append(out, e)
	}
	for i := range res.Problems {
		e := o.entry(&res.Problems[i])
		e.problem = true
		out = append(out, e)
	}
	return out
}

func (o *Options) entry(d *diag.Diagnostic) entry {
	e := entry{
		code: printable(d.Code), name: o.ruleName(d.Code), url: o.url(d.Code), severity: d.Severity, message: printable(d.Message),
		fingerprint: d.Fingerprint,
	}
	first, rest := firstSentence(d.Message)
	e.headline, e.rest = printable(first), printable(rest)
	if d.Span.File != nil {
		e.place = o.place(d.Span)
		e.file = strings.ToValidUTF8(e.place.File, "\uFFFD")
	}
	if d.Subject != nil {
		e.resource = printable(d.Subject.Path)
	}
	return e
}

// printable makes text of the input one line without keys, hidden characters and commands of build logs.
func printable(s string) string { return Terminal(Mask(s)) }

// title is "CDB101 public-network-open".
func (e *entry) title() string { return strings.TrimSpace(e.code + " " + e.name) }

// worstFirst sorts by severity, and leaves the order as it is within one.
func worstFirst(list []entry) []entry {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b entry) int { return int(b.severity) - int(a.severity) })
	return out
}
