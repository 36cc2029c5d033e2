package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// PropertyIgnoredByAPIVersion is CDB407.
var PropertyIgnoredByAPIVersion = &rule.Rule{
	ID:       "CDB407",
	Name:     "property-ignored-by-api-version",
	Title:    "API version does not know a security property that is set",
	Category: rule.Data,
	Severity: diag.Warning,
	Score:    5.0,
	Controls: rule.Also(rule.Baseline("NS-1", "NS-2", "NS-3", "NS-4", "NS-5", "NS-6", "NS-7",
		"IM-1", "IM-2", "IM-3", "IM-4", "IM-5", "IM-6", "IM-7", "IM-8"), rule.CWE, "CWE-1188", "CWE-684"),
	Doc: `The resource sets a security property under an API version that does not have it. Azure takes such a deployment and drops
the property without a word, so the service's default applies while the file says otherwise.

Use an API version that has the property, or the property's successor.`,
	References: []string{
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/change-log/databaseaccounts",
		"https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts",
	},
	Since: "0.1.0",
	Fix:   rule.Suggested,
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.Resources {
			if !r.Existing {
				checkAPIVersion(p, r)
			}
		}
	},
}

// checkAPIVersion reports once a resource, for all its properties that are lost.
func checkAPIVersion(p *rule.Pass, r *model.Resource) {
	lost, open := cosmos.Ignored(r)
	switch {
	case len(lost) > 0:
		p.Report(ignoredFinding(r, lost))
	case len(open) > 0:
		f := rule.Finding{Resource: r, Path: open[0].Path, Message: rule.Unknown(r, open[0].Path), Controls: controlsOf(open)}
		p.Open(f, r.Body.GetPath(f.Path))
	}
}

func ignoredFinding(r *model.Resource, lost []cosmos.Property) rule.Finding {
	f := rule.Finding{
		Resource: r, Path: lost[0].Path,
		Controls: controlsOf(lost),
		Message: title(r) + " sets what its API version does not know. Under " + r.APIVersion + " Azure drops " +
			strings.Join(spelled(r, lost), ", ") + " without an error: " + lost[0].Loss + ".",
	}
	if version := cosmos.FirstVersion(lost); version != "" {
		f.Message += " Use API version " + version + " or later."
		if edits := r.Dialect.Raise(r, version); cosmos.CanRaise(r, version) && len(edits) > 0 {
			f.Fix = &diag.Fix{Title: "Use API version " + version, Edits: edits}
		}
	}
	for _, property := range lost {
		if property.Replaced(r.APIVersion) { // there is one such property
			f.Message += " Use '" + rule.Spell(r, ipRules) + "', which has replaced '" + rule.Spell(r, property.Path) + "'."
		}
	}
	return f
}

func spelled(r *model.Resource, properties []cosmos.Property) []string {
	var names []string
	for _, p := range properties {
		names = append(names, "'"+rule.Spell(r, p.Path)+"'")
	}
	return names
}
