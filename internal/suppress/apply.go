package suppress

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/spell"
)

// Policy says which suppressions are taken.
type Policy struct {
	// Rules are all rules that there are, Ran those that were run: only of them it can be said that nothing was found.
	Rules, Ran []*rule.Rule
	// Today is compared with the last day of a suppression. The zero time lets none expire.
	Today time.Time
	// RequireReason takes no suppression without a reason.
	RequireReason bool
}

// accepted is a rule of a directive.
type accepted struct {
	d    *Directive
	rule *rule.Rule
	used bool
}

// Set is the suppressions of a run.
type Set struct {
	entries  []*accepted
	problems []diag.Diagnostic
}

// Resolve finds the rules that the directives mean, and drops the directives that do not count.
func Resolve(directives []Directive, policy Policy) *Set {
	s := &Set{}
	for i := range directives {
		d := &directives[i]
		if named := s.named(d, policy.Rules); len(named) > 0 && s.counts(d, policy) {
			for _, r := range named {
				s.entries = append(s.entries, &accepted{d: d, rule: r})
			}
		}
	}
	return s
}

func (s *Set) problem(d *Directive, code string, severity diag.Severity, message string) {
	s.problems = append(s.problems, diag.Problem(code, severity, d.Span, message))
}

// named returns the rules of a directive.
func (s *Set) named(d *Directive, all []*rule.Rule) []*rule.Rule {
	var out []*rule.Rule
	for _, name := range d.Rules {
		i := slices.IndexFunc(all, func(r *rule.Rule) bool { return strings.EqualFold(name, r.ID) || strings.EqualFold(name, r.Name) })
		switch {
		case i >= 0 && !slices.Contains(out, all[i]):
			out = append(out, all[i])
		case i < 0 && (!d.foreign || isID(name)):
			s.problem(d, "suppression-unknown-rule", diag.Warning,
				fmt.Sprintf("There is no rule '%s'%s.", name, strings.TrimSuffix(spell.DidYouMean(name, words(all)), "?")))
		}
	}
	return out
}

// isID reports whether a code of a Bicep directive is one of cosmoslint's.
func isID(s string) bool {
	return len(s) == 6 && strings.EqualFold(s[:3], "CDB") && strings.Trim(s[3:], "0123456789") == ""
}

func words(all []*rule.Rule) []string {
	var out []string
	for _, r := range all {
		out = append(out, r.ID, r.Name)
	}
	return out
}

// counts reports whether a directive is still valid and says why it is there, if it has to.
func (s *Set) counts(d *Directive, policy Policy) bool {
	if until, err := time.Parse(time.DateOnly, d.Until); err == nil && !policy.Today.IsZero() {
		if today := policy.Today.Format(time.DateOnly); today > until.Format(time.DateOnly) {
			s.problem(d, "suppression-expired", diag.Warning,
				fmt.Sprintf("This suppression ended on %s and has no effect any more. Mend what it was for, or set a new date.", d.Until))
			return false
		}
	}
	if policy.RequireReason && d.Reason == "" {
		s.problem(d, "suppression-without-reason", diag.Warning,
			`This suppression says no reason, which the configuration requires, so it has no effect. Write reason="…".`)
		return false
	}
	return true
}

// Apply sets aside the findings that are suppressed, each with the suppression it falls under.
func (s *Set) Apply(findings []diag.Diagnostic) (kept, suppressed []diag.Diagnostic) {
	for _, f := range findings {
		if e := s.find(&f); e != nil {
			f.Suppression = &diag.Suppression{Kind: diag.InSource, Reason: e.d.Reason, Until: e.d.Until, Span: e.d.Span}
			suppressed = append(suppressed, f)
		} else {
			kept = append(kept, f)
		}
	}
	return kept, suppressed
}

// Touch marks the suppressions of checks that could not be decided as used. The checks stay: they are no findings yet.
func (s *Set) Touch(undetermined []diag.Diagnostic) {
	for i := range undetermined {
		s.find(&undetermined[i])
	}
}

// find returns the first suppression of a finding. All of them count as used.
func (s *Set) find(f *diag.Diagnostic) *accepted {
	var first *accepted
	for _, e := range s.entries {
		if e.rule.ID == f.Code && e.d.holds(f) {
			e.used = true
			if first == nil {
				first = e
			}
		}
	}
	return first
}

// Problems are what is wrong with suppressions. Unused ones are told apart only after Apply and Touch, and only where
// judged says that the file was judged whole.
func (s *Set) Problems(policy Policy, judged func(path string) bool) []diag.Diagnostic {
	for _, e := range s.entries {
		if !e.used && slices.Contains(policy.Ran, e.rule) && judged(e.d.Span.File.Path) {
			s.problem(e.d, "suppression-unused", diag.Note,
				fmt.Sprintf("Nothing is found here by %s %s, so this suppression can go.", e.rule.ID, e.rule.Name))
		}
	}
	return s.problems
}
