// Package report writes results: for people, for programs, for code scanning. Lines and columns exist only here.
//
// Every byte of the input that reaches a writer is somebody else's. It is made safe in one place (escape.go), account
// keys are masked in one place (mask.go), and equal results give equal bytes.
package report

import (
	"path"
	"path/filepath"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Options are what all writers share and what some of them may be asked for.
type Options struct {
	// Version of cosmoslint, with or without a leading "v"; "" for a build without one.
	Version string
	// Rules are all enabled rules, sorted by id.
	Rules []*rule.Rule
	// Path turns a path relative to the scan root into the one to show, as Relative makes it; nil shows it as it is.
	// SARIF always has paths relative to the root.
	Path func(string) string

	// Text.
	Color      bool
	Hyperlinks bool // links behind rule ids
	Width      int  // of the terminal in cells; 0 wraps nothing
	Quiet      bool // findings and problems only, no summary
	Verbose    bool // each undetermined check, too
	Concise    bool // one line a finding

	// SARIF.
	SARIFUndetermined bool   // undetermined checks as results of kind "open"
	SARIFSuppressed   bool   // suppressed findings as results with a suppression
	SARIFCategory     string // the category of the analysis; "" leaves it to the upload
}

// Relative returns a function that turns paths relative to root into paths relative to workDir, with slashes.
func Relative(root, workDir string) func(string) string {
	return func(name string) string {
		rel, err := filepath.Rel(workDir, filepath.Join(root, filepath.FromSlash(name)))
		if err != nil { // another volume
			return name
		}
		return filepath.ToSlash(rel)
	}
}

func (o *Options) path(name string) string {
	if o.Path == nil || name == "" {
		return name
	}
	return path.Clean(o.Path(name))
}

func (o *Options) paths(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = o.path(n)
	}
	return out
}

// file is the path to show of the file that s is in.
func (o *Options) file(s source.Span) string {
	if s.File == nil {
		return ""
	}
	return o.path(s.File.Path)
}

// rule returns the rule with that id, or nil.
func (o *Options) rule(id string) *rule.Rule {
	for _, r := range o.Rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (o *Options) ruleName(id string) string {
	if r := o.rule(id); r != nil {
		return r.Name
	}
	return ""
}

// instances returns the subjects of d when there is more than one.
func instances(res *diag.Result, d *diag.Diagnostic) []*diag.Subject {
	if all := res.Instances[d.Fingerprint]; d.Fingerprint != "" && len(all) > 1 {
		return all
	}
	return nil
}

// presence says, of a resource whose condition is not known, that it may not be deployed. Of one that a default turns
// off the message itself speaks.
func presence(s *diag.Subject) string {
	if s == nil || s.Exists != "maybe" {
		return ""
	}
	return "This resource is deployed only if its condition holds, which is not known before deployment."
}
