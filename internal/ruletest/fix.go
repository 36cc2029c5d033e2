package ruletest

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers"
)

// fixesHold applies all fixes: what they fix must be gone, and the source must still be understood.
func (b *bench) fixesHold(src *Source, out *outcome) []string {
	complaints := b.fixKinds(out)
	for _, f := range out.findings {
		if src.Planned && f.diagnostic.Fix != nil {
			complaints = append(complaints, "a plan cannot be fixed: "+f.want.String())
		}
	}
	fixed, err := src.fixed(out)
	if err != nil {
		return append(complaints, err.Error())
	}
	if fixed == nil {
		return complaints
	}
	again := b.lint(fixed)
	for _, p := range again.compareProblems() {
		complaints = append(complaints, "after the fix: "+p)
	}
	for _, f := range out.findings {
		still := slices.ContainsFunc(again.findings, func(g found) bool {
			return g.resource == f.resource && g.diagnostic.Property == f.diagnostic.Property
		})
		if f.diagnostic.Fix != nil && still {
			complaints = append(complaints, "still found after the fix: "+f.want.String()+"\n"+fixed.Files[src.Entry])
		}
	}
	return complaints
}

// fixKinds compares fixes with what the rule promises.
func (b *bench) fixKinds(out *outcome) []string {
	var complaints []string
	for _, f := range out.findings {
		fix := f.diagnostic.Fix
		switch {
		case fix == nil:
		case len(fix.Edits) == 0 || fix.Title == "":
			complaints = append(complaints, "a fix without title or edits: "+f.want.String())
		case b.rule.Fix == rule.NoFix, fix.Safe && b.rule.Fix != rule.SafeFix:
			complaints = append(complaints, fmt.Sprintf("the rule says that its fixes are at most %s: %q is more", b.rule.Fix, fix.Title))
		}
	}
	return complaints
}

// fixed applies the fixes of all findings; nil when there are none.
func (s *Source) fixed(out *outcome) (*Source, error) {
	edits := map[string][]source.Edit{}
	for _, f := range out.findings {
		if f.diagnostic.Fix == nil {
			continue
		}
		for _, e := range f.diagnostic.Fix.Edits {
			if e.Span.File == nil || s.Files[e.Span.File.Path] == "" {
				return nil, errors.New("a fix changes a file that is not part of the program")
			}
			if name := e.Span.File.Path; !slices.Contains(edits[name], e) {
				edits[name] = append(edits[name], e)
			}
		}
	}
	if len(edits) == 0 {
		return nil, nil
	}
	files := maps.Clone(s.Files)
	for name, list := range edits {
		text, err := apply(files[name], list)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files[name] = text
	}
	return &Source{Files: files, Entry: s.Entry, Beside: s.Beside}, nil
}

// apply makes edits that do not overlap.
func apply(text string, edits []source.Edit) (string, error) {
	slices.SortStableFunc(edits, func(a, b source.Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	var b strings.Builder
	end := 0
	for _, e := range edits {
		if e.Span.Start < end || e.Span.End < e.Span.Start || e.Span.End > len(text) {
			return "", fmt.Errorf("edits overlap or leave the file at offset %d", e.Span.Start)
		}
		b.WriteString(text[end:e.Span.Start] + e.New)
		end = e.Span.End
	}
	return b.String() + text[end:], nil
}

// compareFixed compares what the fixed source deploys with what .fixed.json does.
func (b *bench) compareFixed(c *testCase, lang Language, src *Source, out *outcome) []string {
	fixed, err := src.fixed(out)
	switch {
	case err != nil:
		return nil // fixesHold has said so
	case fixed == nil && c.hasFixed():
		if _, err := write(lang, c.fixedTemplate, c.fixed); err != nil || c.unfixed[lang.Name()] || c.unfixed[family(lang)] {
			return nil
		}
		return []string{"there is a .fixed.json, but no finding has a fix"}
	case fixed == nil:
		return nil
	case !c.hasFixed():
		return []string{"there is a fix, but no " + c.String() + ".fixed.json; fixed it is:\n" + fixed.Files[fixed.Entry]}
	}
	wanted, err := write(lang, c.fixedTemplate, c.fixed)
	if err != nil {
		return nil // that is no fix for this language: fixesHold sees that there is nothing to find after its own
	}
	got, problems := b.deploys(fixed)
	want, _ := b.deploys(wanted)
	if len(problems) > 0 {
		return []string{"after the fix: " + problems[0].Message + "\n" + fixed.Files[fixed.Entry]}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		return []string{"the fix makes something else than .fixed.json says (-want +got):\n" + diff + "\n" + fixed.Files[fixed.Entry]}
	}
	return nil
}

// deploys evaluates a source and writes its resources as indented JSON.
func (b *bench) deploys(src *Source) (string, []diag.Diagnostic) {
	for name, text := range src.Files {
		b.tree.Overlay(name, []byte(text))
	}
	set := parsers.Find(b.tree, []string{src.Entry}, parsers.Options{NoParameters: !src.Beside, All: true})
	problems := set.Problems
	var list []any
	for _, u := range set.Units {
		d := u.Deploy(nil)
		problems = append(problems, d.Diagnostics...)
		for _, r := range d.Resources {
			list = append(list, map[string]any{
				"type": r.Type, "apiVersion": r.APIVersion, "name": r.Name, "scope": r.Scope,
				"exists": r.Exists.String(), "existing": r.Existing, "body": json.RawMessage(value.AppendJSON(nil, r.Body)),
			})
		}
	}
	text, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err.Error(), problems
	}
	return string(text), problems
}
