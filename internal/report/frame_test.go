package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// TestUnderlined marks a place in the input with « and ».
func TestUnderlined(t *testing.T) {
	tests := []struct {
		name, in, text, carets string
		room                   int
	}{
		{"word", "a «bc» d", "a bc d", "  ^^", 80},
		{"tab before", "\t«bc»", "    bc", "    ^^", 80},
		{"tab inside", "a«\tb»c", "a   bc", " ^^^^", 80},
		{"wide", "日本«語»x", "日本語x", "    ^^", 80},
		{"combining", "e\u0301«e\u0301»x", "e\u0301e\u0301x", " ^", 80},
		{"emoji", "👩‍👩‍👧«x»", "👩‍👩‍👧x", "  ^", 80},
		{"escape", "\x1b«a\x00»b", `\x1ba\x00b`, "    ^^^^^", 80},
		{"half of a character", "\xe6«x»", `\xe6x`, "    ^", 80},
		{"empty", "ab«»cd", "abcd", "  ^", 80},
		{"empty at the end", "ab«»", "ab", "  ^", 80},
		{"empty line", "«»", "", "^", 80},
		{"cut on the right", "«ab»" + strings.Repeat("x", 80), "ab" + strings.Repeat("x", 32) + "...", "^^", 40},
		{"cut on the left", strings.Repeat("x", 80) + "«ab»", "..." + strings.Repeat("x", 11) + "ab", strings.Repeat(" ", 14) + "^^", 40},
		{"longer than the room", "x«" + strings.Repeat("y", 80) + "»", "x" + strings.Repeat("y", 33) + "...", " " + strings.Repeat("^", 33), 40},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := strings.Index(test.in, "«")
			end := strings.Index(test.in, "»") - len("«")
			f := source.NewFile("f", []byte(strings.NewReplacer("«", "", "»", "").Replace(test.in)))
			p := newPrinter(&bytes.Buffer{}, &Options{})
			text, carets := p.underlined(f.At(start, end-start), f.LineSpan(1), test.room)
			if text != test.text || carets != test.carets {
				t.Errorf("got\n%q\n%q\nwant\n%q\n%q", text, carets, test.text, test.carets)
			}
		})
	}
}

// TestCutKey cuts a line through the middle of an account key: no part of it is left.
func TestCutKey(t *testing.T) {
	key := strings.Repeat("Ab1/", 21) + "+Z=="
	for offset := near - 100; offset <= near; offset++ {
		text := key + strings.Repeat(" ", offset-len(key)) + "x" + strings.Repeat(" ", offset-len(key)) + key
		f := source.NewFile("f", []byte(text))
		e := cutOut(f.LineSpan(1), offset, offset+1, nil)
		if strings.Contains(e.text, "b1/A") {
			t.Fatalf("%d: %q", offset, e.text)
		}
	}
}

// TestHugeLine draws frames in a file of one line fast enough for many of them.
func TestHugeLine(t *testing.T) {
	f := source.NewFile("f", bytes.Repeat([]byte(`{"a":"é"},`), 1<<20))
	p := newPrinter(&bytes.Buffer{}, &Options{})
	for i := range 1000 {
		at := i * len(f.Data) / 1000
		if lines := p.frame(f.At(at, 5), 1); len(lines) != 4 || len(lines[1]) > 3*frameWidth {
			t.Fatalf("%q", lines)
		}
	}
}

func TestWrap(t *testing.T) {
	got := strings.Join(wrap("one two three four five six seven eight nine ten eleven", "- ", "  ", 40), "\n")
	want := "- one two three four five six seven\n  eight nine ten eleven"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := wrap("a  b ::c", "", "", 0); len(got) != 1 || got[0] != "a  b ::c" {
		t.Errorf("without a limit: %q", got)
	}
	command := strings.Repeat("x", 38) + " ::error::x"
	if got := wrap(command, "", " ", 40); got[1] != ` \x3a:error::x` {
		t.Errorf("a command at the start of a line: %q", got)
	}
}

func TestFirstSentence(t *testing.T) {
	for in, want := range map[string]string{
		"One. Two.":                        "One.",
		"The name 'a. B' is bad. Why.":     "The name 'a. B' is bad.",
		"Version 1.2 e.g. is fine. Really": "Version 1.2 e.g. is fine.",
		"Only one":                         "Only one",
		"":                                 "",
	} {
		if got, _ := firstSentence(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
