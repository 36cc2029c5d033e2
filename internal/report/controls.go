package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// baselineName is what the report on controls is about.
const baselineName = "Azure Security Baseline for Azure Cosmos DB"

// statusWords are the statuses of controls, as people read them.
var statusWords = map[controls.Status]string{
	controls.Met: "met", controls.NotMet: "not met", controls.Undetermined: "undetermined", controls.NotInFiles: "not in these files",
}

// statuses in the order in which they are counted.
var statuses = []controls.Status{controls.Met, controls.NotMet, controls.Undetermined, controls.NotInFiles}

// statusOf is "not met", or "not met, but accepted".
func statusOf(a *controls.Assessment) string {
	if a.OnlyAccepted() {
		return statusWords[a.Status] + ", but accepted"
	}
	return statusWords[a.Status]
}

// tally is "2 met, 5 not met, 1 undetermined, 7 not in these files".
func tally(list []controls.Assessment) string {
	var parts []string
	for _, s := range statuses {
		n, accepted := 0, 0
		for i := range list {
			if list[i].Status == s {
				n++
			}
			if s == controls.NotMet && list[i].OnlyAccepted() {
				accepted++
			}
		}
		switch {
		case n == 0:
		case accepted > 0:
			parts = append(parts, fmt.Sprintf("%d %s (%d of them accepted)", n, statusWords[s], accepted))
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, statusWords[s]))
		}
	}
	return strings.Join(parts, ", ")
}

// acceptedBy says who has accepted a finding; the reason is somebody else's text.
func acceptedBy(s *diag.Suppression) string {
	by := map[diag.SuppressionKind]string{
		diag.InSource: "accepted in the file", diag.External: "accepted by the baseline file", diag.Configured: "turned off in the configuration",
	}[s.Kind]
	if s.Reason != "" && s.Kind == diag.InSource {
		by += ": " + s.Reason
	}
	if s.Until != "" {
		by += " (until " + s.Until + ")"
	}
	return by
}

// decidedFrom is "2 errors, 1 accepted, 1 undetermined, 4 checks held"; "" when nothing was looked at.
func decidedFrom(a *controls.Assessment) string {
	var parts []string
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		n := 0
		for i := range a.Findings {
			if a.Findings[i].Severity == s {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, plural(n, s.String()))
		}
	}
	if n := len(a.Accepted); n > 0 {
		parts = append(parts, fmt.Sprintf("%d accepted", n))
	}
	if n := len(a.Open); n > 0 {
		parts = append(parts, fmt.Sprintf("%d undetermined", n))
	}
	if n := a.Held(); n > 0 {
		parts = append(parts, plural(n, "check")+" held")
	}
	return strings.Join(parts, ", ")
}

// notJudged is why a control of which all that was looked at has held is undetermined all the same.
const notJudged = "Part of the input was not judged, so what was looked at is not all there is."

// unjudged reports whether that is so.
func unjudged(a *controls.Assessment) bool {
	return a.Status == controls.Undetermined && len(a.Open) == 0
}

// named are the titles of what has held, of files their paths, in quotes, each once, not yet safe: at most most, 0 for all, and how many
// more there are.
func (o *Options) named(held []diag.Held, most int) []string {
	var out []string
	for _, h := range held {
		s := h.Subject
		name := s.Title
		if s.Type == diag.FileType {
			name = o.path(s.Path)
		}
		if name = "'" + name + "'"; !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if more := len(out) - most; most > 0 && more > 0 {
		return append(out[:most:most], fmt.Sprintf("%d more", more))
	}
	return out
}

// idle are the rules that decide the control and had nothing to judge. One that answers to all controls only speaks up
// where another's answer does not hold.
func idle(a *controls.Assessment) []string {
	var ids []string
	for _, e := range a.Rules {
		if !e.Looked() && len(controls.Of(e.Rule)) < len(controls.All) {
			ids = append(ids, e.Rule.ID)
		}
	}
	return ids
}

// bySeverity are the diagnostics with the worst first.
func bySeverity(list []diag.Diagnostic) []diag.Diagnostic {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b diag.Diagnostic) int { return int(b.Severity) - int(a.Severity) })
	return out
}
