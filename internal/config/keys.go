package config

import (
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/spell"
)

// Words that a value may be.
var (
	severities = []string{"error", "warning", "note"}
	failOns    = []string{"error", "warning", "note", "never"}
	scopes     = []string{string(rule.ScopeAccount), string(rule.ScopeAll)}
	levels     = []string{"off", "on", "error", "warning", "note"}
)

// Keys are those at the top of the file, in the order in which they are shown.
var Keys = []string{
	"rules", "fail-on", "severity", "require-reason", "baseline", "scope", "exclude", "parameters", "bicep-cache", "overrides",
}

func (r *reader) top(n ast.Node) {
	for _, p := range r.pairs(n) {
		if !r.known(p, Keys) {
			continue
		}
		r.c.lines[p.key] = p.line()
		switch p.key {
		case "rules":
			r.c.Rules = r.settings(p.value, true)
		case "fail-on":
			r.c.FailOn = r.word(p.value, failOns...)
		case "severity":
			r.c.Severity = r.word(p.value, severities...)
		case "require-reason":
			r.c.RequireReason = r.boolean(p.value)
		case "baseline":
			r.c.Baseline = r.path(p.value)
		case "scope":
			r.c.Scope = rule.Scope(r.word(p.value, scopes...))
		case "exclude":
			r.c.Exclude = r.globs(p.value)
		case "parameters":
			r.c.Parameters = r.pairings(p.value)
		case "bicep-cache":
			r.c.BicepCache = r.cache(p.value)
		case "overrides":
			r.c.Overrides = r.overrides(p.value)
		}
	}
}

func (r *reader) path(n ast.Node) string {
	if s, ok := r.text(n); ok {
		return r.name(n, s)
	}
	return ""
}

// cache is "off" or a directory below the scan root: a repository does not choose what is read of a machine.
func (r *reader) cache(n ast.Node) string {
	if s, ok := r.text(n); ok && s != "off" {
		return r.name(n, s)
	}
	return "off"
}

// settings reads what is said of rules. Thresholds hold for the whole run.
func (r *reader) settings(n ast.Node, thresholds bool) []Setting {
	var out []Setting
	for _, p := range r.pairs(n) {
		s := Setting{Selector: p.key, Line: p.line()}
		if !r.selects(p) {
			continue
		}
		switch v := p.value.(type) {
		case *ast.MappingNode, *ast.MappingValueNode:
			r.details(&s, v, thresholds)
		case *ast.BoolNode: // "off" in older YAML
			s.On, s.Off = v.Value, !v.Value
		default:
			s.level(r.word(v, levels...))
		}
		out = append(out, s)
	}
	return out
}

func (s *Setting) level(word string) {
	s.Off, s.On = word == "off", word == "on"
	s.Severity, _ = diag.ParseSeverity(word)
}

func (r *reader) selects(p pair) bool {
	var words []string
	for _, one := range r.rules {
		if one.Matches(p.key) {
			return true
		}
		words = append(words, one.ID, one.Name, string(one.Category))
	}
	r.fail(p.at, "'%s' is no rule id, rule name or category%s", p.key, spell.DidYouMean(p.key, words))
	return false
}

// details reads the long form of a setting.
func (r *reader) details(s *Setting, n ast.Node, thresholds bool) {
	keys := []string{"severity"}
	if thresholds && ranges(r.rules, s.Selector) {
		keys = append(keys, "max-range", "max-total")
	}
	for _, p := range r.pairs(n) {
		switch {
		case !r.known(p, keys):
		case p.key == "severity":
			if b, ok := p.value.(*ast.BoolNode); ok {
				s.On, s.Off = b.Value, !b.Value
			} else {
				s.level(r.word(p.value, levels...))
			}
		case p.key == "max-range":
			s.MaxRange = r.number(p.value)
		default:
			s.MaxTotal = r.number(p.value)
		}
	}
}

// ranged is the rule that has thresholds.
const ranged = "CDB104"

func ranges(rules []*rule.Rule, selector string) bool {
	for _, r := range rules {
		if r.ID == ranged {
			return strings.EqualFold(selector, r.ID) || strings.EqualFold(selector, r.Name)
		}
	}
	return false
}

func (r *reader) pairings(n ast.Node) []Pairing {
	var out []Pairing
	for _, p := range r.pairs(n) {
		r.glob(p.at, p.key)
		one := Pairing{Template: p.key, Files: []string{}}
		for _, f := range r.texts(p.value) {
			one.Files = append(one.Files, r.name(p.value, f))
		}
		out = append(out, one)
	}
	return out
}

func (r *reader) overrides(n ast.Node) []Override {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fail(n, "a list is expected here")
		return nil
	}
	var out []Override
	for _, e := range list.Values {
		var o Override
		for _, p := range r.pairs(e) {
			switch {
			case !r.known(p, []string{"paths", "rules"}):
			case p.key == "paths":
				o.Paths = r.globs(p.value)
			default:
				o.Rules = r.settings(p.value, false)
			}
		}
		if len(o.Paths) == 0 || len(o.Rules) == 0 {
			r.fail(e, "an override needs 'paths' and 'rules'")
		}
		out = append(out, o)
	}
	return out
}
