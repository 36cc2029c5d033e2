package config

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/rules"
)

var update = flag.Bool("update", false, "rewrite docs/config.schema.json")

const full = `# everything there is
rules:
  network: note
  CDB104: { severity: warning, max-range: 512, max-total: 4096 }
  local-auth-enabled: off
  CDB209: on
fail-on: error
severity: warning
require-reason: true
baseline: ci/baseline.json
scope: all
exclude: ["**/test/**", "*.generated.json"]
parameters:
  main.json: [config/prod.json, "config/test.json"]
  "apps/*/main.bicep": []
bicep-cache: .bicep
overrides:
  - paths: ["dev/**"]
    rules: { CDB101: off, identity: note }
`

func read(t *testing.T, base, text string) *Config {
	t.Helper()
	c, problems := Read(source.NewFile(".cosmoslint.yaml", []byte(text)), base, rules.All)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

func ruleOf(t *testing.T, id string) *rule.Rule {
	t.Helper()
	for _, r := range rules.All {
		if r.ID == id {
			return r
		}
	}
	t.Fatal("no rule " + id)
	return nil
}

func TestRead(t *testing.T) {
	c := read(t, "infra", full)
	got := fmt.Sprint(c.FailOn, " ", c.Severity, " ", c.RequireReason, " ", c.Baseline, " ", c.Exclude, " ", c.Parameters, " ", c.BicepCache)
	want := "error warning true infra/ci/baseline.json [**/test/** *.generated.json] " +
		"[{main.json [infra/config/prod.json infra/config/test.json]} {apps/*/main.bicep []}] infra/.bicep"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if s := c.Settings(); s.MaxRange != 512 || s.MaxTotal != 4096 || s.Scope != rule.ScopeAll {
		t.Errorf("%+v", s)
	}
	if c.Line("fail-on") != 7 || c.Line("rules") != 2 {
		t.Errorf("lines %v", c.lines)
	}
}

// The more specific setting wins, and an override over both.
func TestLevel(t *testing.T) {
	c := read(t, "", full)
	for _, tc := range []struct {
		id, file string
		on       bool
		severity diag.Severity
	}{
		{"CDB102", "main.json", true, diag.Note},
		{"CDB104", "main.json", true, diag.Warning},
		{"CDB201", "main.json", false, 0},
		{"CDB201", "dev/main.json", true, diag.Note},
		{"CDB101", "main.json", true, diag.Note},
		{"CDB101", "dev/a/main.json", false, diag.Note},
		{"CDB404", "main.json", true, 0},
	} {
		l := c.LevelAt(ruleOf(t, tc.id), tc.file)
		if l.On != tc.on || l.Severity != tc.severity {
			t.Errorf("%s in %s: %+v", tc.id, tc.file, l)
		}
	}
	if !c.Enabled(ruleOf(t, "CDB201")) {
		t.Error("a rule that an override turns on is not run")
	}
}

// A rule that is off by default is turned on by its own name or by all, not by its category or a severity for all.
func TestOffByDefault(t *testing.T) {
	off := &rule.Rule{ID: "CDB999", Name: "made-up", Category: "network", Off: true}
	for text, want := range map[string]bool{
		"CDB999: on": true, "made-up: note": true, "all: on": true, "network: on": false, "all: note": false,
		"network: off": false, "{all: on, made-up: off}": false,
	} {
		c, problems := Read(source.NewFile("c", []byte("rules:\n  "+text)), "", []*rule.Rule{off})
		if len(problems) > 0 || c.Level(off).On != want {
			t.Errorf("%s: %v, want %v", text, problems, want)
		}
	}
}

func TestGrade(t *testing.T) {
	c := read(t, "", "rules: {CDB101: warning, CDB102: off, CDB105: error}")
	f := source.NewFile("main.json", []byte("x"))
	for _, tc := range []struct {
		id         string
		severity   diag.Severity
		asked, all bool
		want       diag.Severity
	}{
		{"CDB101", diag.Error, false, true, diag.Warning},
		{"CDB101", diag.Note, false, true, diag.Note},
		{"CDB102", diag.Error, false, false, diag.Error},
		{"CDB102", diag.Error, true, true, diag.Error},
		{"CDB105", diag.Note, false, true, diag.Error},
	} {
		d := diag.Diagnostic{Code: tc.id, Severity: tc.severity, Span: f.At(0, 1)}
		if kept := c.Grade(&d, rules.All, tc.asked); kept != tc.all || d.Severity != tc.want {
			t.Errorf("%+v: kept %v as %v", tc, kept, d.Severity)
		}
	}
}

func TestMatches(t *testing.T) {
	c := read(t, "infra", full)
	for name, want := range map[string]bool{
		"infra/test": true, "infra/tests": false, "infra/test/a.json": true, "infra/a/test/b/c.json": true, "test/a.json": false,
		"infra/a.generated.json": true, "infra/x/a.generated.json": true, "infra/main.json": false,
	} {
		if c.Excluded(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
	if files, ok := c.Pair("infra/apps/a/main.bicep"); !ok || len(files) > 0 {
		t.Error(files, ok)
	}
	if _, ok := c.Pair("infra/other.json"); ok {
		t.Error("other.json is paired")
	}
}

// Whatever is not known is a problem at its place.
func TestStrict(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"fail_on: error", "1:1: there is no key 'fail_on'; did you mean fail-on?"},
		{"fail-on: errors", "1:10: 'errors' is none of error, warning, note, never; did you mean error?"},
		{"fail-on: [error]", "1:10: text is expected here"},
		{"fail-on: error\nfail-on: note", "already defined"},
		{"rules:\n  CDB999: off", "2:3: 'CDB999' is no rule id, rule name or category"},
		{"rules:\n  CDB101: of", "2:11: 'of' is none of off, on, error, warning, note; did you mean off?"},
		{"rules:\n  CDB101: { max-range: 1 }", "there is no key 'max-range'"},
		{"rules:\n  CDB104: { max-rnge: 1 }", "did you mean max-range?"},
		{"rules:\n  CDB104: { max-range: 0 }", "a number from 1"},
		{"rules:\n  CDB104: { max-range: many }", "a whole number"},
		{"rules: CDB101", "a mapping is expected"},
		{"require-reason: yes please", "true or false"},
		{"scope: al", "all"},
		{"exclude: test", "a list is expected"},
		{"exclude: [/etc]", "no glob relative"},
		{"exclude: ['../x']", "no glob relative"},
		{"exclude: ['[']", "no glob"},
		{"exclude: ['" + strings.Repeat("**/a", 10) + "']", "too many"},
		{"baseline: /etc/passwd", "no path below"},
		{"baseline: ../../x", "no path below"},
		{"bicep-cache: C:\\x", "no path below"},
		{"parameters: {main.json: prod.json}", "a list is expected"},
		{"overrides: [{paths: [a]}]", "needs 'paths' and 'rules'"},
		{"overrides: [{paths: [a], rules: {CDB104: {max-range: 1}}}]", "there is no key 'max-range'"},
		{"- a", "a mapping is expected"},
		{"a: &x 1\nb: *x", "there is no key"},
		{"fail-on: &x error\nseverity: *x", "text is expected"},
		{"rules: {<<: {CDB101: off}}", "no rule id"},
		{"fail-on: error\n---\nfail-on: note", "second document"},
		{"a: b: c", "it is not YAML"},
		{"a: [", "it is not YAML"},
		{"\x00\xff", "UTF-8"},
		{strings.Repeat("[", 10_000), "too deep"},
		{strings.Repeat("- ", 10_000), "too deep"},
		{strings.Repeat("? ", 10_000), "too deep"},
		{"# " + strings.Repeat("x", maxSize), "larger than"},
	} {
		_, problems := Read(source.NewFile("c.yaml", []byte(tc.text)), "infra", rules.All)
		var got []string
		for _, p := range problems {
			b := p.Span.Begin()
			got = append(got, fmt.Sprintf("%d:%d: %s", b.Line, b.Column, p.Message))
		}
		if !strings.Contains(strings.Join(got, "\n"), tc.want) {
			t.Errorf("%.60q: %v, want %s", tc.text, got, tc.want)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "{}", "rules:\n", "\xef\xbb\xbffail-on: note\n"} {
		if _, problems := Read(source.NewFile("c.yaml", []byte(text)), "", rules.All); len(problems) > 0 {
			t.Errorf("%q: %v", text, problems)
		}
	}
}

// A glob that is taken is matched in no time, whatever it is matched with.
func TestHostileGlob(t *testing.T) {
	c := read(t, "", `exclude: ["**/*a*b/**/*a*b/**/*a*b"]`)
	start := time.Now()
	c.Excluded(strings.Repeat("aaaaaaaaaaaaaaaaaaaab/", 100) + "x")
	if took := time.Since(start); took > 3*time.Second {
		t.Error(took)
	}
}

// TestSchema keeps docs/config.schema.json up to date, and what it takes the same as what Read takes.
func TestSchema(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "config.schema.json")
	want, err := Schema(rules.All)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run make update (-wanted +there):\n%s", diff)
	}
	s, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	for text, valid := range map[string]bool{full: true, "fail_on: error": false, "rules: {CDB101: of}": false, "exclude: x": false} {
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); (err == nil) != valid {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestPage reads the examples of docs/configuration.md.
func TestPage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(string(text), "```yaml\n")[1:] {
		example, _, _ := strings.Cut(part, "```")
		if c := read(t, "", example); i == 0 && (len(c.lines) != len(Keys)) {
			t.Errorf("the first example has %d of %d keys", len(c.lines), len(Keys))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(full)
	f.Add("rules:\n  CDB101: { severity: off }\noverrides: [{paths: ['*'], rules: {all: on}}]")
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("c.yaml", []byte(text))
		c, problems := Read(file, "", rules.All)
		if (c == nil) != (len(problems) > 0) {
			t.Error("neither a configuration nor a problem, or both")
		}
		if c != nil {
			c.Excluded("a/b/c.json")
			c.Pair("a/b/c.json")
		}
	})
}
