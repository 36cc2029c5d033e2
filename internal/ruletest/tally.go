package ruletest

import (
	"fmt"
	"slices"
	"strings"
)

// tally counts what each language can say of a rule's cases, and why it cannot say the rest: what it could say yesterday
// must not be left out silently today.
func (b *bench) tally(cases []*testCase) string {
	var text strings.Builder
	for _, lang := range Languages {
		t := &languageTally{cases: map[string]bool{}, lost: map[string]int{}}
		for _, c := range cases {
			if c.template == nil {
				t.count(b, c, lang)
			}
		}
		t.write(&text, lang)
	}
	return text.String()
}

type languageTally struct {
	cases map[string]bool // whether it can be said as it is, by name
	lost  map[string]int  // how many runs, by way and reason
	whole []string        // the cases that cannot be said at all
}

func (t *languageTally) count(b *bench, c *testCase, lang Language) {
	t.cases[c.String()] = true
	b.runsIn(lang, c, func(_ string, c *testCase, w way, r run) {
		reason := c.skip(lang, w.name, r.label)
		if reason == "" {
			if _, err := b.write(lang, r.program); err != nil {
				reason = err.Error()
			}
		}
		switch {
		case reason == "":
		case w.name == "literal":
			t.cases[c.String()] = false
			t.whole = append(t.whole, "  "+c.String()+": "+reason+"\n")
		case t.cases[c.String()]:
			t.lost[w.name+": "+reason]++
		}
	})
}

func (t *languageTally) write(text *strings.Builder, lang Language) {
	said := 0
	for _, ok := range t.cases {
		if ok {
			said++
		}
	}
	fmt.Fprintf(text, "%s: %d of %d cases\n", lang.Name(), said, len(t.cases))
	for _, line := range t.whole {
		text.WriteString(line)
	}
	var lines []string
	for reason, n := range t.lost {
		lines = append(lines, fmt.Sprintf("  %s (%d)\n", reason, n))
	}
	slices.Sort(lines)
	text.WriteString(strings.Join(lines, ""))
}
