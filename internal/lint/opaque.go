package lint

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// notAnalysed says of each module that cannot be looked into that it was not, once for each call.
func notAnalysed(d *model.Deployment) []diag.Diagnostic {
	var out []diag.Diagnostic
	seen := map[source.Span]bool{}
	for _, o := range d.Opaque {
		if seen[o.Span] || o.Span.IsZero() {
			continue
		}
		seen[o.Span] = true
		out = append(out, diag.Problem("module-not-analysed", diag.Note, o.Span,
			"What the module '"+o.Source+"' deploys was not judged: "+whyOpaque(o)))
	}
	return out
}

// whyOpaque says what is missing, and what to do about it.
func whyOpaque(o model.Opaque) string {
	scheme, _, _ := strings.Cut(o.Source, ":")
	registry, _, _ := strings.Cut(scheme, "/")
	switch {
	case registry == "br" || registry == "ts":
		return "it is not in the cache of restored modules. Run bicep restore, and see --bicep-cache."
	case o.Forgets && (!strings.HasPrefix(o.Source, ".") || strings.Contains(o.Source, ".terraform/")):
		return "it is not here. Run terraform init, which downloads it."
	case o.Forgets:
		return "its directory was not found, or has no configuration."
	case strings.Contains(o.Source, "://"):
		return "nothing is fetched from the network."
	}
	return "its template was not found, or could not be read."
}
