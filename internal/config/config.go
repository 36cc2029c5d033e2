// Package config reads .cosmoslint.yaml: what a repository wants to be judged by. It is strict: whatever it does not know
// is a problem with a place, since a typo would silently judge less.
package config

import (
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Names of the file, in the order in which they are looked for in a directory.
var Names = []string{".cosmoslint.yaml", ".cosmoslint.yml"}

// Config is what a file says. Its zero value says nothing. Paths are relative to the scan root.
type Config struct {
	File *source.File // nil without one
	// Base is the directory that the globs and paths of the file are relative to, itself relative to the scan root.
	Base string

	Rules         []Setting
	Exclude       []string
	Parameters    []Pairing
	BicepCache    string // "" or "off" or a directory
	FailOn        string
	Severity      string
	Baseline      string
	RequireReason bool
	Scope         rule.Scope // "" unless it is said
	Overrides     []Override

	lines map[string]int // of the keys that are there
}

// Setting is what is said of the rules that a selector means: an id, a name, a category or "all".
type Setting struct {
	Selector string
	Off, On  bool
	Severity diag.Severity // 0: the rule's own
	MaxRange int           // 0: the default
	MaxTotal int
	Line     int
}

// Pairing says which parameter files belong to the templates that a glob matches. None means the defaults.
type Pairing struct {
	Template string
	Files    []string
}

// Override holds for what is found in the files that one of its globs matches.
type Override struct {
	Paths []string
	Rules []Setting
}

// Line is the line of a key at the top of the file, 0 when it is not there.
func (c *Config) Line(key string) int { return c.lines[key] }

// Find returns the nearest file at or above a directory of the tree, or nil.
func Find(tree *source.Tree, dir string) (*source.File, error) {
	for dir = path.Clean(dir); ; dir = path.Dir(dir) {
		entries, err := tree.List(dir)
		if err == nil {
			for _, name := range Names {
				for _, e := range entries {
					if e.Name == name && !e.Dir {
						return tree.Read(path.Join(dir, name))
					}
				}
			}
		}
		if dir == "." || dir == "/" {
			return nil, nil
		}
	}
}

// Excluded reports whether a file or directory, relative to the scan root, is not to be looked at.
func (c *Config) Excluded(name string) bool {
	for ; name != "." && name != "/" && name != ""; name = path.Dir(name) {
		if c.matches(c.Exclude, name) {
			return true
		}
	}
	return false
}

// Pair returns the parameter files of a template, if the file says anything about it.
func (c *Config) Pair(template string) ([]string, bool) {
	for _, p := range c.Parameters {
		if c.matches([]string{p.Template}, template) {
			return p.Files, true
		}
	}
	return nil, false
}

// matches compares a name with globs. One without a slash is compared with the last part of the name.
func (c *Config) matches(globs []string, name string) bool {
	if c.Base != "" && c.Base != "." {
		rest, ok := strings.CutPrefix(name, c.Base+"/")
		if !ok {
			return false
		}
		name = rest
	}
	for _, g := range globs {
		subject := name
		if !strings.Contains(g, "/") {
			subject = path.Base(name)
		}
		if ok, err := doublestar.Match(strings.TrimSuffix(strings.TrimPrefix(g, "./"), "/"), subject); err == nil && ok {
			return true
		}
	}
	return false
}

// Level is how a rule is taken.
type Level struct {
	On       bool
	Severity diag.Severity // 0: the rule's own
	Line     int           // of the setting that decided; 0 for none
}

// Level says how a rule is taken in general.
func (c *Config) Level(r *rule.Rule) Level { return apply(Level{On: !r.Off}, r, c.Rules) }

// LevelAt says how a rule is taken in a file. Later overrides win over earlier ones.
func (c *Config) LevelAt(r *rule.Rule, name string) Level {
	l := c.Level(r)
	for _, o := range c.Overrides {
		if c.matches(o.Paths, name) {
			l = apply(l, r, o.Rules)
		}
	}
	return l
}

// Enabled reports whether a rule has to be run at all.
func (c *Config) Enabled(r *rule.Rule) bool {
	if c.Level(r).On {
		return true
	}
	for _, o := range c.Overrides {
		if apply(Level{}, r, o.Rules).On {
			return true
		}
	}
	return false
}

// apply takes what is said of all rules, of a category, and of the rule itself, in this order, whatever the order in the file.
func apply(l Level, r *rule.Rule, settings []Setting) Level {
	for rank := range 3 {
		for _, s := range settings {
			if r.Matches(s.Selector) && specificity(r, s.Selector) == rank {
				l = s.apply(l, r, rank)
			}
		}
	}
	return l
}

func specificity(r *rule.Rule, selector string) int {
	switch {
	case selector == "all":
		return 0
	case strings.EqualFold(selector, string(r.Category)):
		return 1
	}
	return 2
}

// apply changes a level. Only its own name, or "all: on", turns on a rule that is off by default.
func (s *Setting) apply(l Level, r *rule.Rule, rank int) Level {
	switch {
	case s.Off:
		l.On = false
	case rank == 2, s.On && rank == 0, !r.Off:
		l.On = true
	}
	if s.Severity != 0 {
		l.Severity = s.Severity
	}
	l.Line = s.Line
	return l
}

// Settings are the thresholds and the scope, with those of the file in place of the defaults.
func (c *Config) Settings() rule.Settings {
	out := rule.DefaultSettings
	if c.Scope != "" {
		out.Scope = c.Scope
	}
	for _, s := range c.Rules {
		if s.MaxRange > 0 {
			out.MaxRange = s.MaxRange
		}
		if s.MaxTotal > 0 {
			out.MaxTotal = s.MaxTotal
		}
	}
	return out
}

// Grade changes the severity of a finding to what the file says. It reports false when the rule is off there, unless
// somebody has asked for it.
func (c *Config) Grade(d *diag.Diagnostic, all []*rule.Rule, asked bool) bool {
	for _, r := range all {
		if r.ID != d.Code || d.Span.File == nil {
			continue
		}
		l := c.LevelAt(r, d.Span.File.Path)
		if !l.On && !asked {
			return false
		}
		switch {
		case l.Severity == 0:
		case d.Severity < r.Severity: // a finding that the rule itself takes less seriously is not raised
			d.Severity = min(d.Severity, l.Severity)
		default:
			d.Severity = l.Severity
		}
	}
	return true
}
