package report

import (
	"fmt"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// Limits of code scanning for a rule.
const (
	maxDescription = 1024
	maxTags        = 10
)

func ruleDescriptor(r *rule.Rule) *sarif.ReportingDescriptor {
	d := sarif.NewRule(r.ID).WithName(r.Name).WithHelpURI(r.URL())
	d.WithShortDescription(sarif.NewMultiformatMessageString(r.Title + "."))
	d.WithFullDescription(sarif.NewMultiformatMessageString(description(r)))
	d.WithHelp(sarif.NewMultiformatMessageString(helpText(r)).WithMarkdown(helpMarkdown(r)))
	d.WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(r.Severity.String()))
	d.WithProperties(sarif.Properties{
		"tags":              tags(r),
		"precision":         precision(r),
		"security-severity": fmt.Sprintf("%.1f", r.Score),
	})
	return d
}

// description is the first paragraph of the documentation, or the title when there is none.
func description(r *rule.Rule) string {
	for _, b := range blocks(r.Doc) {
		if !b.code && !b.item {
			return truncate(inline(strings.Join(b.lines, " ")), maxDescription)
		}
	}
	return r.Title + "."
}

// precision is how often a finding is right: notes speak of things that may well be somewhere else.
func precision(r *rule.Rule) string {
	if r.Severity == diag.Note {
		return "medium"
	}
	return "high"
}

// tags are what code scanning filters by. Weaknesses have the form under which it shows them.
func tags(r *rule.Rule) []string {
	out := []string{"security", "azure", "cosmosdb", string(r.Category)}
	for _, c := range r.Controls {
		if c.Catalogue == rule.CWE {
			out = append(out, "external/cwe/cwe-"+canonical(c))
		}
	}
	for _, c := range r.Controls {
		if c.Catalogue == rule.ASBv2 {
			out = append(out, "azure-security-benchmark-v2/"+strings.ToLower(c.ID))
		}
	}
	return out[:min(len(out), maxTags)]
}

func helpText(r *rule.Rule) string {
	text := plainText(r.Doc, 0)
	if len(r.References) > 0 {
		text += "\n\nReferences:"
		for _, u := range r.References {
			text += "\n  - " + u
		}
	}
	return text
}

func helpMarkdown(r *rule.Rule) string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(r.Doc) + "\n")
	if c := controlsMarkdown(r); c != "" {
		b.WriteString("\n**Controls**\n\n" + c)
	}
	if len(r.References) > 0 {
		b.WriteString("\n**References**\n\n")
		for _, u := range r.References {
			b.WriteString("- <" + u + ">\n")
		}
	}
	return strings.TrimSpace(b.String())
}
