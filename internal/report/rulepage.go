package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// Example is a piece of code that a rule objects to, or that it wants.
type Example struct {
	Bad      bool
	Title    string // "Open to the internet", without a full stop
	Note     string // what to know before reading the code; may be empty
	Language string // "json", "bicep", "terraform": the info string of the fence
	Code     string
}

// RulePage is the documentation page of a rule, in Markdown.
func RulePage(r *rule.Rule, examples []Example) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n%s.\n\n", r.ID, r.Name, r.Title)
	b.WriteString("| | |\n|---|---|\n")
	for _, f := range facts(r) {
		fmt.Fprintf(&b, "| %s | %s |\n", f.label, cellText.Replace(f.text))
	}
	b.WriteString("\n" + strings.TrimSpace(r.Doc) + "\n")
	if c := controlsMarkdown(r); c != "" {
		b.WriteString("\n## Controls\n\n" + c)
	}
	for _, e := range examples {
		fence := codeFence(e.Code)
		b.WriteString("\n## " + e.heading() + "\n")
		if e.Note != "" {
			b.WriteString("\n" + e.Note + "\n")
		}
		fmt.Fprintf(&b, "\n%s%s\n%s\n%s\n", fence, e.Language, strings.Trim(e.Code, "\n"), fence)
	}
	if len(r.References) > 0 {
		b.WriteString("\n## References\n\n")
		for _, u := range r.References {
			fmt.Fprintf(&b, "- <%s>\n", u)
		}
	}
	return b.String()
}

func (e *Example) heading() string {
	kind := "Right"
	if e.Bad {
		kind = "Wrong"
	}
	if e.Title == "" {
		return kind
	}
	return kind + ": " + e.Title
}

// codeFence is a fence that the code does not hold.
func codeFence(code string) string {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence
}

// fact is one line of what there is to know of a rule at a glance.
type fact struct{ label, text string }

func facts(r *rule.Rule) []fact {
	out := []fact{
		{"Severity", fmt.Sprintf("%s, security severity %.1f", r.Severity, r.Score)},
		{"Category", string(r.Category)},
		{"Fix", r.Fix.String()},
		{"Since", r.Since},
	}
	if r.Off {
		out = append(out, fact{"Runs", "only when it is asked for"})
	}
	return out
}

// control is a control of a catalogue that a rule answers to.
type control struct {
	catalogue *catalogue
	id        string
}

// title is "NS-1 Implement security for internal traffic".
func (c control) title() string {
	if t := c.catalogue.titles[c.id]; t != "" {
		return c.id + " " + t
	}
	return c.id
}

// controlsOf returns the controls of a rule by catalogue, in natural order.
func controlsOf(r *rule.Rule) []control {
	var out []control
	for i := range catalogues {
		c := &catalogues[i]
		var ids []string
		for _, rc := range r.Controls {
			if rc.Catalogue == c.id {
				ids = append(ids, canonical(rc))
			}
		}
		slices.SortFunc(ids, compareNatural)
		for _, id := range slices.Compact(ids) {
			out = append(out, control{c, id})
		}
	}
	return out
}

// controlsMarkdown lists the controls of a rule; "" when it answers to none.
func controlsMarkdown(r *rule.Rule) string {
	var b strings.Builder
	for _, c := range controlsOf(r) {
		fmt.Fprintf(&b, "- %s %s: [%s](%s)\n", c.catalogue.name, c.catalogue.version, c.title(), c.catalogue.helpPage(c.id))
	}
	return b.String()
}
