package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// maxMarkdown is how long a summary may get. GitHub takes 1,024 KiB of a step and drops all of a longer one.
const maxMarkdown = 900 << 10

// Markdown writes a summary with a table of findings, the worst first, as for the summary of a job.
func Markdown(w io.Writer, res *diag.Result, o Options) error {
	var b strings.Builder
	p := newPrinter(io.Discard, &o)
	p.color = false
	fmt.Fprintf(&b, "## cosmoslint\n\n%s in %s.\n", p.found(res), looked(res))
	if n := len(res.Undetermined); n > 0 {
		b.WriteString("\n" + markdownText(undetermined(n, waiting(res.Undetermined))) + "\n")
	}
	if len(res.Suppressed) > 0 {
		b.WriteString("\n" + suppressed(res.Suppressed) + "\n")
	}
	var problems, found []entry
	for _, e := range worstFirst(o.entries(res)) {
		if e.problem {
			problems = append(problems, e)
		} else {
			found = append(found, e)
		}
	}
	table(&b, "Severity | Rule | Place | Finding", found)
	if len(problems) > 0 {
		b.WriteString("\n### Problems with the input\n")
		table(&b, "Severity | Kind | Place | Problem", problems)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table writes as many rows as there is room for.
func table(b *strings.Builder, head string, list []entry) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\n| " + head + " |\n|---|---|---|---|\n")
	for i, e := range list {
		row := fmt.Sprintf("| %s | %s | %s | %s |\n", e.severity, markdownRule(&e), markdownPlace(&e), markdownText(e.message))
		if b.Len()+len(row) > maxMarkdown {
			fmt.Fprintf(b, "\nAnd %d more.\n", len(list)-i)
			return
		}
		b.WriteString(row)
	}
}

func markdownRule(e *entry) string {
	if e.url == "" {
		return markdownText(e.code)
	}
	return fmt.Sprintf("[%s](%s) %s", e.code, e.url, e.name)
}

func markdownPlace(e *entry) string {
	if e.file == "" {
		return ""
	}
	return markdownText(fmt.Sprintf("%s:%d", line(Terminal(e.file)), e.place.StartLine))
}

// maxMarkdownCell is how much of a message stands in a table.
const maxMarkdownCell = 2000

// markdownText makes text of the input plain text in a cell: everything that Markdown or HTML may act on is escaped, and
// so are mentions and the commands of build logs.
func markdownText(s string) string {
	if len(s) > maxMarkdownCell {
		s = truncate(s, maxMarkdownCell) + "…"
	}
	var b strings.Builder
	for _, c := range Terminal(s) {
		switch {
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '&':
			b.WriteString("&amp;")
		case c == '@':
			b.WriteString("&#64;") // no mention of anybody
		case strings.ContainsRune("\\`*_{}[]()#+!|~", c):
			b.WriteByte('\\')
			b.WriteRune(c)
		default:
			b.WriteRune(c)
		}
	}
	out := b.String()
	for _, scheme := range []string{"https://", "http://", "www."} { // no link that nobody wrote
		out = strings.ReplaceAll(out, scheme, scheme[:len(scheme)-1]+"&#"+fmt.Sprint(scheme[len(scheme)-1])+";")
	}
	return out
}
