package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

const (
	maxRelated = 100 // related locations that code scanning keeps
	maxLinks   = 5   // links in a message
)

func (s *sarifWriter) result(g *group) *sarif.Result {
	d := g.members[0].d
	r := sarif.NewRuleResult(d.Code)
	if i := slices.IndexFunc(s.o.Rules, func(r *rule.Rule) bool { return r.ID == d.Code }); i >= 0 {
		r.WithRuleIndex(i)
	}
	if g.open {
		r.WithKind("open").WithLevel("none")
	} else {
		r.WithKind("fail").WithLevel(g.severity.String())
	}
	related := s.related(g)
	r.WithMessage(sarif.NewTextMessage(g.message() + links(related)))
	r.WithRelatedLocations(related)
	r.AddLocation(s.primary(g))
	r.PartialFingerprints = map[string]any{lineHashKey: s.lineHash(d.Span)}
	if d.Fingerprint != "" {
		r.PartialFingerprints[ownHashKey] = d.Fingerprint
	}
	if g.suppressed != nil {
		r.Suppressions = []*sarif.Suppression{s.suppression(g.suppressed)}
	}
	s.flows(r, g)
	s.fixes(r, g)
	return r
}

// suppression says that a person has accepted the result.
func (s *sarifWriter) suppression(from *diag.Suppression) *sarif.Suppression {
	out := sarif.NewSuppression(string(from.Kind)).WithStatus("accepted")
	if from.Reason != "" {
		out.WithJustifcation(Visible(Mask(from.Reason)))
	}
	if !from.Span.IsZero() {
		out.WithLocation(s.location(from.Span))
	}
	return out
}

// primary is where the result is shown, with the names of all the resources that it is about.
func (s *sarifWriter) primary(g *group) *sarif.Location {
	l := s.location(g.members[0].d.Span)
	seen := map[string]bool{}
	for _, m := range g.members {
		subjects := m.instances
		if len(subjects) == 0 && m.d.Subject != nil {
			subjects = []*diag.Subject{m.d.Subject}
		}
		for _, subject := range subjects {
			if len(seen) == maxRelated || subject.Path == "" || seen[subject.Path] {
				continue
			}
			seen[subject.Path] = true
			l.AddLogicalLocations(sarif.NewLogicalLocation().WithName(Visible(Mask(subject.Title))).
				WithFullyQualifiedName(Visible(Mask(subject.Path))).WithKind("resource"))
		}
	}
	return l
}

// related are the places that belong to the result: those that its members name, and the members' own when they are
// merged.
func (s *sarifWriter) related(g *group) []*sarif.Location {
	var out []*sarif.Location
	seen := map[source.Span]bool{g.members[0].d.Span: true}
	add := func(span source.Span, message string) {
		if span.IsZero() || seen[span] || len(out) == maxRelated {
			return
		}
		seen[span] = true
		out = append(out, s.location(span).WithId(len(out)+1).WithMessage(sarif.NewTextMessage(sarifText(message))))
	}
	for i, m := range g.members {
		if i > 0 {
			headline, _ := firstSentence(m.d.Message)
			add(m.d.Span, headline)
		}
		for _, r := range m.d.Related {
			add(r.Span, r.Message)
		}
	}
	return out
}

// links ends a message with links to the related locations: code scanning shows no others.
func links(related []*sarif.Location) string {
	var list []string
	for _, l := range related[:min(len(related), maxLinks)] {
		list = append(list, fmt.Sprintf("[%s](%d)", strings.TrimSuffix(*l.Message.Text, "."), *l.Id))
	}
	if len(list) == 0 {
		return ""
	}
	return " See: " + strings.Join(list, ", ") + "."
}

// flows tells the way of a value as a path, when it has two steps or more.
func (s *sarifWriter) flows(r *sarif.Result, g *group) {
	for _, m := range g.members {
		steps := []*sarif.ThreadFlowLocation{s.step(m.d.Span, stepHere(m.d))}
		for _, rel := range m.d.Related {
			if !rel.Span.IsZero() {
				steps = append(steps, s.step(rel.Span, rel.Message))
			}
		}
		if len(steps) < 3 || m.open {
			continue
		}
		thread := &sarif.ThreadFlow{Locations: steps[:min(len(steps), maxRelated)]}
		r.AddCodeFlow(sarif.NewCodeFlow().WithThreadFlows([]*sarif.ThreadFlow{thread}))
	}
}

func (s *sarifWriter) step(span source.Span, message string) *sarif.ThreadFlowLocation {
	l := s.location(span).WithMessage(sarif.NewTextMessage(sarifText(message)))
	return sarif.NewThreadFlowLocation().WithLocation(l)
}

// stepHere words the first step, which is where the finding points.
func stepHere(d *diag.Diagnostic) string {
	if d.Property == "" {
		return "decided here"
	}
	return "'" + d.Property + "' is decided here"
}
