package diag

import "github.com/cosmoslint/cosmoslint/internal/source"

// Result is all that a run has to say, in the order in which it is to be said.
type Result struct {
	// Findings are the rules' findings: one for each rule, declaration and module call.
	Findings []Diagnostic
	// Undetermined are the checks that cannot be decided before deployment. Message is the reason.
	Undetermined []Diagnostic
	// Problems are about the input itself. An Error kept part of the input from being judged.
	Problems []Diagnostic
	// Suppressed are the findings that somebody has accepted, each with its Suppression. They do not count.
	Suppressed []Diagnostic
	// Secrets are the places of all passwords and keys that are known, also where no finding tells of them.
	Secrets []source.Span
	// Held are the checks that came out well, if they were asked for: one for each rule and subject of which there is
	// neither a finding nor an undetermined check of that rule, with any parameter file.
	Held []Held
	// Instances are all the instances, in order, of a finding or undetermined check whose resource is declared in a
	// loop, by Fingerprint. Those of a single resource are not listed: Subject is the only one.
	Instances map[string][]*Subject

	// EntryPoints are the deployments that were evaluated, in order of their paths and parameter files.
	EntryPoints []EntryPoint
	// Fixes is what --fix has done; nil without it.
	Fixes *Fixes
	// Files counts the files that were read and understood: templates, modules, parameter files.
	Files int
	// Rules counts the rules that were run.
	Rules int
}

// Fixes counts what --fix has done.
type Fixes struct {
	Findings int // that are gone
	Files    int // that were changed
	More     int // findings that are left and have a suggested fix, where only safe ones were wanted
}

// EntryPoint is one deployment that was evaluated: a root file with one set of parameters.
type EntryPoint struct {
	Path       string   // relative to the scan root
	Parameters []string // the parameter files it was evaluated with
	Resources  int      // resources that would be deployed, those referred to not counted
	Accounts   int      // Cosmos DB accounts among them
	Cosmos     bool     // there is a resource of Cosmos DB, of any kind, if only referred to
}

// Count returns how many findings have the severity s.
func (r *Result) Count(s Severity) int { return count(r.Findings, s) }

// Failed reports whether something kept part of the input from being judged.
func (r *Result) Failed() bool { return count(r.Problems, Error) > 0 }

// Worst returns the worst severity among the findings, 0 when there are none.
func (r *Result) Worst() Severity {
	var worst Severity
	for i := range r.Findings {
		worst = max(worst, r.Findings[i].Severity)
	}
	return worst
}

// Totals adds up the resources and the accounts of all deployments.
func (r *Result) Totals() (resources, accounts int) {
	for _, e := range r.EntryPoints {
		resources += e.Resources
		accounts += e.Accounts
	}
	return resources, accounts
}

func count(ds []Diagnostic, s Severity) int {
	n := 0
	for i := range ds {
		if ds[i].Severity == s {
			n++
		}
	}
	return n
}
