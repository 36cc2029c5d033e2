package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// summary writes what was found, what was looked at, and what could not be judged.
func (p *printer) summary(res *diag.Result) {
	p.println(p.wrapped(p.found(res)+" in "+looked(res)+".", 0)...)
	if res.Fixes != nil {
		p.println(p.wrapped(Fixed(res.Fixes), 2)...)
	}
	if n := len(res.Undetermined); n > 0 {
		p.println(p.wrapped(undetermined(n, waiting(res.Undetermined)), 2)...)
	}
	if n := len(res.Suppressed); n > 0 {
		p.println(p.wrapped(suppressed(res.Suppressed), 2)...)
	}
	if res.Failed() {
		n := 0
		for _, d := range res.Problems {
			if d.Severity == diag.Error {
				n++
			}
		}
		text := fmt.Sprintf("Part of the input was not judged: %s, see above.", plural(n, "problem"))
		p.println(p.wrapped(p.paint(red, text), 2)...)
	}
}

// Fixed is "Fixed 3 findings in 2 files. 2 more can be fixed with --fix=unsafe."
func Fixed(f *diag.Fixes) string {
	text, more := "Nothing was fixed.", ""
	if f.Findings > 0 {
		text, more = fmt.Sprintf("Fixed %s in %s.", plural(f.Findings, "finding"), plural(f.Files, "file")), " more"
	}
	if f.More > 0 {
		text += fmt.Sprintf(" %d%s can be fixed with --fix=unsafe.", f.More, more)
	}
	return text
}

// suppressed is "3 findings suppressed, 2 of them by the baseline."
func suppressed(list []diag.Diagnostic) string {
	external := 0
	for _, d := range list {
		if d.Suppression != nil && d.Suppression.Kind == diag.External {
			external++
		}
	}
	text := plural(len(list), "finding") + " suppressed"
	switch {
	case external == len(list):
		return text + " by the baseline."
	case external > 0:
		return fmt.Sprintf("%s, %d of them by the baseline.", text, external)
	}
	return text + "."
}

func (p *printer) wrapped(text string, indent int) []string {
	return wrap(text, "", strings.Repeat(" ", indent), p.o.Width)
}

// found is "Found 2 errors and 1 note".
func (p *printer) found(res *diag.Result) string {
	var counts []string
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		if n := res.Count(s); n > 0 {
			counts = append(counts, p.paint(severityStyle(s), plural(n, s.String())))
		}
	}
	if len(counts) == 0 {
		if res.Failed() {
			return "No findings"
		}
		return p.paint(green, "No findings")
	}
	return "Found " + and(counts)
}

// looked is "2 deployments of 5 files, 3 Cosmos DB accounts, 21 rules".
func looked(res *diag.Result) string {
	_, accounts := res.Totals()
	return fmt.Sprintf("%s (%s, %s, %s)", plural(len(res.EntryPoints), "deployment"), plural(res.Files, "file"),
		plural(accounts, "Cosmos DB account"), plural(res.Rules, "rule"))
}

// wait is a parameter and how many checks wait for it.
type wait struct {
	name  string
	count int
}

// waiting counts the parameters that undetermined checks wait for, the worst first.
func waiting(ds []diag.Diagnostic) []wait {
	counts := map[string]int{}
	for i := range ds {
		for _, name := range ds[i].DependsOn {
			counts[name]++
		}
	}
	out := make([]wait, 0, len(counts))
	for name, n := range counts {
		out = append(out, wait{name, n})
	}
	slices.SortFunc(out, func(a, b wait) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.name, b.name))
	})
	return out
}

// maxWaits is how many parameters the summary names.
const maxWaits = 5

func undetermined(n int, waits []wait) string {
	return waitFor(plural(n, "check")+" undetermined before deployment", waits)
}

// waitFor ends text about checks with what they wait for.
func waitFor(text string, waits []wait) string {
	if len(waits) == 0 {
		return text + "."
	}
	var list []string
	for _, w := range waits[:min(len(waits), maxWaits)] {
		list = append(list, fmt.Sprintf("%s (%d)", safe(w.name), w.count))
	}
	if more := len(waits) - len(list); more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return text + ", waiting for parameters: " + strings.Join(list, ", ") + "."
}

// plural is "1 file" or "2 files".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// and joins words as a sentence does.
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
