package report

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

func textOf(t *testing.T, name string, change func(*Options)) string {
	t.Helper()
	for _, c := range testCases {
		if c.name != name {
			continue
		}
		l := load(t, c, openGolden(t, filepath.Join("testdata", name+".txtar")))
		change(&l.o)
		var b bytes.Buffer
		if err := Text(&b, l.result(), l.o); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	t.Fatal("no case " + name)
	return ""
}

var ownSequence = regexp.MustCompile("\x1b\\[[0-9;]*m|\x1b\\]8;;[^\x1b]*\x1b\\\\")

// TestColor checks that colours and links change nothing but themselves.
func TestColor(t *testing.T) {
	for _, c := range testCases {
		plain := textOf(t, c.name, func(o *Options) { o.Verbose = true })
		color := textOf(t, c.name, func(o *Options) { o.Verbose, o.Color = true, true })
		if got := ownSequence.ReplaceAllString(color, ""); got != plain {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, plain)
		}
	}
	color := textOf(t, "findings", func(o *Options) { o.Color = true })
	if !strings.HasPrefix(color, "\x1b[1;31merror\x1b[0m\x1b[1m[CDB101]\x1b[0m") {
		t.Errorf("no colours: %q", color[:80])
	}
}

func TestHyperlinks(t *testing.T) {
	got := textOf(t, "findings", func(o *Options) { o.Hyperlinks = true })
	link := "[\x1b]8;;https://github.com/cosmoslint/cosmoslint/blob/main/docs/rules/CDB101.md\x1b\\CDB101\x1b]8;;\x1b\\]"
	if !strings.Contains(got, link) {
		t.Errorf("no link in\n%q", got)
	}
	if strings.Contains(got, " = https://") {
		t.Error("the URL is printed as well")
	}
}

func TestQuiet(t *testing.T) {
	got := textOf(t, "problems", func(o *Options) { o.Quiet = true })
	if strings.Contains(got, "note[") || strings.Contains(got, "deployment") || !strings.Contains(got, "error[json-syntax]") {
		t.Errorf("got\n%s", got)
	}
	if got := textOf(t, "clean", func(o *Options) { o.Quiet = true }); got != "" {
		t.Errorf("got %q", got)
	}
}

// ownCommand is what a line of the formats for build servers begins with.
var ownCommand = regexp.MustCompile(`^(::(error|warning|notice) [^:]*::|##vso\[task\.logissue [^\]]*\])`)

// TestNothingHostile checks that no format lets a control character or the start of a command through.
func TestNothingHostile(t *testing.T) {
	g := openGolden(t, filepath.Join("testdata", "hostile.txtar"))
	for _, f := range formats {
		var b bytes.Buffer
		if err := f.write(&b, load(t, testCases[4], g)); err != nil {
			t.Fatal(err)
		}
		for i, l := range strings.Split(b.String(), "\n") {
			l = ownCommand.ReplaceAllString(l, "message: ")
			if Visible(l) != l || Terminal(l) != l || line(l) != l || strings.Contains(l, "Ab1/Ab1/") {
				t.Errorf("%s: line %d: %q", f.name, i+1, l)
			}
		}
	}
}

func TestWaiting(t *testing.T) {
	var ds []diag.Diagnostic
	for _, deps := range [][]string{{"b", "a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}, nil} {
		ds = append(ds, diag.Diagnostic{DependsOn: deps})
	}
	got := undetermined(len(ds), waiting(ds))
	want := "8 checks undetermined before deployment, waiting for parameters: b (2), a (1), c (1), d (1), e (1), and 2 more."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRelative(t *testing.T) {
	tests := []struct{ root, workDir, path, want string }{
		{"/r", "/r", "a/b.json", "a/b.json"},
		{"/r", "/r/a", "a/b.json", "b.json"},
		{"/r", "/r/c", "a/b.json", "../a/b.json"},
		{"/r/s", "/r", "a.json", "s/a.json"},
	}
	for _, test := range tests {
		if got := Relative(test.root, test.workDir)(test.path); got != test.want {
			t.Errorf("%+v: got %s", test, got)
		}
	}
}
