package ruletest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files with the messages of rules")

// messages writes down all that the rule says of the cases as they are written, so that its wording can be read.
func (b *bench) messages(cases []*testCase) string {
	var text strings.Builder
	for _, c := range cases {
		src, err := write(arm{}, c.template, c.resources)
		if err != nil {
			continue
		}
		out := b.lint(src)
		if len(out.all())+len(out.held) == 0 {
			continue
		}
		fmt.Fprintf(&text, "== %s\n\n", c)
		for _, f := range out.all() {
			f.describe(&text)
		}
		if len(out.held) > 0 {
			fmt.Fprintf(&text, "holds for %s\n\n", strings.Join(out.held, ", "))
		}
	}
	return text.String()
}

func (f found) describe(b *strings.Builder) {
	d := f.diagnostic
	fmt.Fprintf(b, "%s\n  %s\n", f.want, d.Message)
	fmt.Fprintf(b, "  at      %d: %s\n", d.Span.Begin().Line, d.Span.Text())
	for _, r := range d.Related {
		line, _, _ := strings.Cut(r.Span.Text(), "\n")
		fmt.Fprintf(b, "  related %d: %s (%s)\n", r.Span.Begin().Line, line, r.Message)
	}
	if len(d.DependsOn) > 0 {
		fmt.Fprintf(b, "  waits for %s\n", strings.Join(d.DependsOn, ", "))
	}
	if d.Fix != nil {
		kind := "suggested"
		if d.Fix.Safe {
			kind = "safe"
		}
		fmt.Fprintf(b, "  fix     %s (%s)\n", d.Fix.Title, kind)
	}
	b.WriteString("\n")
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("no golden file yet, -update writes it: %v", err)
	}
	if diff := gocmp.Diff(string(want), got); diff != "" {
		t.Errorf("messages changed; read them, then -update (-want +got):\n%s", diff)
	}
}
