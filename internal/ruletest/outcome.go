package ruletest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// bench lints sources with one rule.
type bench struct {
	tree *source.Tree
	rule *rule.Rule
	// runs are those of a case in a way, written the sources of programs in a language: each is made once.
	runs    map[runsOf][]run
	written map[writtenIn]*writing
}

type runsOf struct {
	c   *testCase
	way string
}

type writtenIn struct {
	lang Language
	p    *Program
}

type writing struct {
	src *Source
	err error
}

func newBench(tree *source.Tree, r *rule.Rule) *bench {
	return &bench{tree: tree, rule: r, runs: map[runsOf][]run{}, written: map[writtenIn]*writing{}}
}

func (b *bench) runsOf(c *testCase, w way) []run {
	key := runsOf{c, w.name}
	list, ok := b.runs[key]
	if !ok {
		list = w.runs(c)
		b.runs[key] = list
	}
	return list
}

func (b *bench) write(lang Language, p *Program) (*Source, error) {
	key := writtenIn{lang, p}
	w := b.written[key]
	if w == nil {
		w = &writing{}
		w.src, w.err = lang.Write(p)
		if w.err == nil && w.src.Planned && b.rule.CheckFile != nil {
			w.err = errors.New("a plan is no text that somebody has written")
		}
		b.written[key] = w
	}
	return w.src, w.err
}

// outcome is what a run has found.
type outcome struct {
	findings, undetermined []found
	problems               []diag.Diagnostic
	held                   []string // the subjects that the rule has called good
}

// found is a diagnostic with the line that a .want file would have for it.
type found struct {
	want
	diagnostic diag.Diagnostic
}

func (b *bench) lint(src *Source) *outcome {
	for name, text := range src.Files {
		b.tree.Overlay(name, []byte(text))
	}
	res := lint.RunTree(b.tree, lint.Config{
		Paths: []string{src.Entry}, NoParameters: !src.Beside, Evidence: true, Rules: []*rule.Rule{b.rule}, Settings: rule.DefaultSettings,
	})
	out := &outcome{problems: res.Problems}
	for _, d := range res.Findings {
		out.findings = append(out.findings, foundAs(d.Severity.String(), d))
	}
	for _, d := range res.Undetermined {
		out.undetermined = append(out.undetermined, foundAs("undetermined", d))
	}
	for _, h := range res.Held {
		out.held = append(out.held, h.Subject.Title)
	}
	return out
}

func foundAs(level string, d diag.Diagnostic) found {
	w := want{level: level, resource: d.Subject.Title, path: d.Property, dormant: d.Subject.Exists == "dormant"}
	if d.Span == d.Subject.Span {
		w.path = ""
	}
	return found{w, d}
}

func (o *outcome) all() []found { return append(slices.Clone(o.findings), o.undetermined...) }

// compare says how the outcome differs from what was expected.
func (o *outcome) compare(e expectation) []string {
	complaints := o.compareProblems()
	if e.silent != "" {
		return append(complaints, o.compareSilent(e)...)
	}
	all := o.all()
	if e.tolerant {
		all = slices.Clone(o.findings)
	}
	for _, w := range e.wants {
		i := slices.IndexFunc(all, func(f found) bool {
			return f.meets(w, e.places && !e.nameless) || e.nameless && f.atHeader(w)
		})
		if i < 0 {
			complaints = append(complaints, "not found: "+w.String())
			continue
		}
		all = slices.Delete(all, i, i+1)
	}
	for _, f := range all {
		complaints = append(complaints, "unexpected: "+f.want.String())
	}
	return complaints
}

// compareProblems complains about input that the harness wrote but the parser did not understand.
func (o *outcome) compareProblems() []string {
	var complaints []string
	for _, p := range o.problems {
		if p.Code == "module-not-analysed" {
			continue // as the case says
		}
		complaints = append(complaints, fmt.Sprintf("problem %s: %s", p.Code, p.Message))
	}
	return complaints
}

// meets reports whether w asks for what was found. Where a value comes from elsewhere, a finding about the header may
// have another path, and what cannot be decided may be pointed at in two ways.
func (f found) meets(w want, exactly bool) bool {
	if f.level != w.level || f.resource != w.resource || f.dormant != w.dormant {
		return false
	}
	if strings.EqualFold(f.path, w.path) {
		return true
	}
	return w.path == "" && !exactly || w.undetermined() && strings.EqualFold(f.diagnostic.Property, w.path)
}

// atHeader reports whether what was found is what w asks for, but points at the resource: a plan does not tell null from
// what is not written.
func (f found) atHeader(w want) bool {
	property := w.path
	w.path = ""
	return f.path == "" && f.meets(w, true) && strings.EqualFold(f.diagnostic.Property, property)
}

// compareSilent expects nothing of a resource but that it cannot be decided, for want of the parameter; of the others
// what is wanted. Another element of the list that is bad by itself is found nevertheless.
func (o *outcome) compareSilent(e expectation) []string {
	var complaints []string
	decided := false
	for _, f := range o.findings {
		switch {
		case f.resource == e.silent && besides(f.diagnostic.Property, e.hidden):
			decided = true
		case f.resource == e.silent && hides(e.hidden, f.diagnostic.Property):
			complaints = append(complaints, "found although '"+e.hidden+"' is not known: "+f.want.String())
		case !slices.ContainsFunc(e.wants, func(w want) bool { return f.meets(w, false) }):
			complaints = append(complaints, "unexpected: "+f.want.String())
		}
	}
	asks := func(f found) bool {
		return f.resource == e.silent && (e.nameless || slices.Contains(f.diagnostic.DependsOn, input))
	}
	if !decided && !slices.ContainsFunc(o.undetermined, asks) {
		complaints = append(complaints, fmt.Sprintf("nothing about %s is undetermined because of parameter '%s'", e.silent, input))
	}
	return complaints
}

// hides reports whether a finding about path cannot be made while hidden is not known.
func hides(hidden, path string) bool {
	return path == "" || path == hidden || strings.HasPrefix(path, hidden+".")
}

// besides reports whether path leads to another element of the list that hidden is in.
func besides(path, hidden string) bool {
	names := strings.Split(hidden, ".")
	for n := len(names) - 1; n > 0; n-- {
		if isIndex(names[n]) {
			list := strings.Join(names[:n], ".") + "."
			element := list + names[n]
			return strings.HasPrefix(path, list) && path != element && !strings.HasPrefix(path, element+".")
		}
	}
	return false
}

// comparePlaces checks what the literal findings point at.
func (o *outcome) comparePlaces(src *Source, r run) []string {
	var complaints []string
	for _, f := range o.findings {
		if src.Places == nil || f.diagnostic.Span.File == nil || f.diagnostic.Span.File.Path != src.Entry {
			continue
		}
		if !pointsWell(src, r, f) {
			complaints = append(complaints, fmt.Sprintf("%s points at the wrong place: %q", f.want, f.diagnostic.Span.Text()))
		}
	}
	return complaints
}

func pointsWell(src *Source, r run, f found) bool {
	checked := false
	for i, res := range r.program.Resources {
		if titleOf(res) != f.resource {
			continue
		}
		places := src.Places(i, f.path)
		if slices.Contains(places, f.diagnostic.Span.Start) {
			return true
		}
		checked = checked || len(places) > 0
	}
	return !checked
}
