package controls

import (
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// Status is where one control stands.
type Status string

// The statuses. A control is met only if something was looked at for it and all of that is good.
const (
	Met          Status = "met"
	NotMet       Status = "not-met"
	Undetermined Status = "undetermined"
	NotInFiles   Status = "not-in-files"
)

// Assessment says where a control stands, and what that was decided from.
type Assessment struct {
	Control
	Status Status
	// Findings say why it is not met; Accepted are those of which somebody has said that they may be.
	Findings, Accepted []diag.Diagnostic
	// Open are the checks that cannot be decided before deployment.
	Open []diag.Diagnostic
	// Rules are all rules that decide the control, in order, with what each has looked at.
	Rules []Evidence
	// Incomplete tells that part of the input was not judged, so that what was looked at is not all there is.
	Incomplete bool
}

// Evidence is what one rule says about a control.
type Evidence struct {
	Rule *rule.Rule
	// Held are the subjects that it has looked at and found good.
	Held                     []diag.Held
	Findings, Accepted, Open int
}

// Looked reports whether the rule has looked at anything.
func (e Evidence) Looked() bool { return len(e.Held)+e.Findings+e.Accepted+e.Open > 0 }

// OnlyAccepted reports whether the control is not met, but somebody has accepted all that is wrong.
func (a *Assessment) OnlyAccepted() bool { return a.Status == NotMet && len(a.Findings) == 0 }

// Held is how many checks came out well: rules, times the subjects that each has looked at.
func (a *Assessment) Held() int {
	n := 0
	for _, e := range a.Rules {
		n += len(e.Held)
	}
	return n
}

// Assess says of every control where it stands after a run of rules with evidence.
func Assess(res *diag.Result, rules []*rule.Rule) []Assessment {
	var out []Assessment
	cosmos := slices.ContainsFunc(res.EntryPoints, func(e diag.EntryPoint) bool { return e.Cosmos })
	for _, c := range All {
		a := Assessment{Control: c, Incomplete: res.Failed()}
		for _, r := range rules {
			if slices.Contains(Of(r), c.ID) {
				a.Rules = append(a.Rules, a.ask(r, res, cosmos))
			}
		}
		a.Status = a.status()
		out = append(out, a)
	}
	return out
}

// ask collects what a rule says about the control. Files without a key in them are good, but prove nothing where there is no
// resource of Cosmos DB.
func (a *Assessment) ask(r *rule.Rule, res *diag.Result, cosmos bool) Evidence {
	e := Evidence{Rule: r}
	for _, list := range [][]diag.Diagnostic{res.Findings, res.Suppressed} {
		for _, d := range list {
			switch {
			case !about(&d, r, a.ID):
			case d.Suppression == nil:
				a.Findings, e.Findings = append(a.Findings, d), e.Findings+1
			default:
				a.Accepted, e.Accepted = append(a.Accepted, d), e.Accepted+1
			}
		}
	}
	for _, d := range res.Undetermined {
		if about(&d, r, a.ID) {
			a.Open, e.Open = append(a.Open, d), e.Open+1
		}
	}
	for _, h := range res.Held {
		if h.Code == r.ID && (cosmos || h.Subject.Type != diag.FileType) {
			e.Held = append(e.Held, h)
		}
	}
	return e
}

// about reports whether what a rule says is about a control: about all of the rule's, unless it names some.
func about(d *diag.Diagnostic, r *rule.Rule, control string) bool {
	return d.Code == r.ID && (d.Controls == nil || slices.Contains(d.Controls, control))
}

func (a *Assessment) status() Status {
	switch held := a.Held() > 0; {
	case len(a.Findings)+len(a.Accepted) > 0:
		return NotMet
	case len(a.Open) > 0, held && a.Incomplete:
		return Undetermined
	case held:
		return Met
	}
	return NotInFiles
}
