package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Run tests a rule with the archive at file, in every language and every way. The messages of the rule are compared with
// the golden file messages/<ID>.golden beside the archive, and what each language can say of the cases with
// languages/<ID>.golden; the flag -update rewrites both.
func Run(t *testing.T, r *rule.Rule, file string) {
	t.Helper()
	archive, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%s needs a test: %v", r.ID, err)
	}
	cases, err := readCases(archive)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	tree, err := source.OpenTree(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	b := newBench(tree, r)
	for _, kind := range kinds {
		if kind != "undetermined" && !slices.ContainsFunc(cases, func(c *testCase) bool { return c.kind == kind }) {
			t.Errorf("%s has no %s case", file, kind)
		}
	}
	for _, c := range cases {
		t.Run(c.String(), func(t *testing.T) { b.runCase(t, c) })
	}
	t.Run("messages", func(t *testing.T) {
		golden := filepath.Join(filepath.Dir(file), "messages", r.ID+".golden")
		compareGolden(t, golden, b.messages(cases))
	})
	t.Run("languages", func(t *testing.T) {
		golden := filepath.Join(filepath.Dir(file), "languages", r.ID+".golden")
		compareGolden(t, golden, b.tally(cases))
	})
}

// runCase multiplies a case.
func (b *bench) runCase(t *testing.T, c *testCase) {
	if c.template != nil {
		t.Run("as-is", func(t *testing.T) { b.runTemplate(t, c) })
		return
	}
	b.eachRun(c, func(name string, lang Language, c *testCase, w way, r run) {
		t.Run(name, func(t *testing.T) {
			if reason := c.skip(lang, w.name, r.label); reason != "" {
				t.Skip(reason)
			}
			src, err := b.write(lang, r.program)
			if err != nil {
				t.Skipf("%s cannot say this: %v", lang.Name(), err)
			}
			out := b.lint(src)
			report(t, b.complaints(c, lang, src, out, r), src, out)
		})
	})
}

// eachRun visits all languages and ways that there are for a case.
func (b *bench) eachRun(c *testCase, visit func(name string, lang Language, c *testCase, w way, r run)) {
	for _, lang := range Languages {
		b.runsIn(lang, c, func(name string, c *testCase, w way, r run) { visit(name, lang, c, w, r) })
	}
}

// alike reports whether a program is spelled in a language as it is in the next version of the same: then one run of the
// case, as it is, is enough to see whether their defaults differ.
func (b *bench) alike(lang Language, p *Program) bool {
	v, ok := lang.(interface{ newer() (Language, bool) })
	if !ok {
		return false
	}
	next, ok := v.newer()
	if !ok {
		return false
	}
	this, err := b.write(lang, p)
	that, errNext := b.write(next, p)
	if err != nil || errNext != nil {
		return err != nil && errNext != nil && err.Error() == errNext.Error()
	}
	return this.body() == that.body()
}

// body is the text of all files from where the versions of providers have been said.
func (s *Source) body() string {
	var b strings.Builder
	for _, name := range s.names() {
		_, text, ok := strings.Cut(s.Files[name], settingsEnd)
		if !ok {
			text = s.Files[name]
		}
		b.WriteString(text)
	}
	return b.String()
}

// runsIn visits the ways that there are for a case in a language, with the case as that language has it.
func (b *bench) runsIn(lang Language, c *testCase, visit func(name string, c *testCase, w way, r run)) {
	c = c.in(lang)
	for _, w := range ways {
		if !slices.Contains(strings.Fields(w.kinds), c.kind) || !has(lang, w.name) {
			continue
		}
		for _, r := range b.runsOf(c, w) {
			name := lang.Name() + "/" + w.name
			if r.label != "" {
				name += "/" + r.label
			}
			if w.name == "literal" || !b.alike(lang, r.program) {
				visit(name, c, w, r)
			}
		}
	}
}

// complaints says what is wrong with the outcome of a run.
func (b *bench) complaints(c *testCase, lang Language, src *Source, out *outcome, r run) []string {
	r.expect.nameless = src.Planned
	list := append(out.compare(r.expect), b.fixesHold(src, out)...)
	if r.expect.places {
		list = append(list, out.comparePlaces(src, r)...)
	}
	if r.expect.places && !c.differs && !src.Planned {
		list = append(list, b.compareFixed(c, lang, src, out)...)
	}
	return list
}

// write puts a whole template, or resources, into files.
func write(lang Language, template []byte, resources []Object) (*Source, error) {
	if template != nil {
		return &Source{Files: map[string]string{"main.json": string(template)}, Entry: "main.json"}, nil
	}
	return lang.Write(literally(resources))
}

// runTemplate runs a case that is a whole ARM template.
func (b *bench) runTemplate(t *testing.T, c *testCase) {
	src, _ := write(arm{}, c.template, nil)
	out := b.lint(src)
	complaints := append(out.compare(expectation{wants: c.wants}), b.fixesHold(src, out)...)
	complaints = append(complaints, b.compareFixed(c, arm{}, src, out)...)
	report(t, complaints, src, out)
}

// report shows what was wrong, then what was linted and what was found.
func report(t *testing.T, complaints []string, src *Source, out *outcome) {
	t.Helper()
	if len(complaints) == 0 {
		return
	}
	var b strings.Builder
	for _, c := range complaints {
		fmt.Fprintf(&b, "* %s\n", c)
	}
	b.WriteString("\nfound:\n")
	for _, f := range out.all() {
		fmt.Fprintf(&b, "  %s\n      %s\n", f.want, f.diagnostic.Message)
	}
	for _, name := range src.names() {
		fmt.Fprintf(&b, "\n-- %s --\n%s", name, src.Files[name])
	}
	t.Error(b.String())
}

func (s *Source) names() []string {
	var names []string
	for name := range s.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
