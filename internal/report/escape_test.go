package report

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTerminal(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "db1 'x' <y>", "db1 'x' <y>"},
		{"line ends and tabs", "a\r\n\tb", `a\r\n\tb`},
		{"escape sequence", "\x1b[31mred\x1b[0m", `\x1b[31mred\x1b[0m`},
		{"C1 control", "\u009b31m", `\u009b31m`},
		{"delete", "\x7f", `\x7f`},
		{"bidi override", "a\u202eb\u2066c\u200fd", `a\u202eb\u2066c\u200fd`},
		{"line separator", "a\u2028b", `a\u2028b`},
		{"zero width space, byte order mark", "a\u200bb\ufeffc", `a\u200bb\ufeffc`},
		{"tags", "x\U000e0041", `x\U000e0041`},
		{"invalid UTF-8", "a\xffb\xc3", `a\xffb\xc3`},
		{"replacement character", "a\ufffdb", "a\ufffdb"},
		{"letters, emoji, joiners", "é日本אבג👩‍👩‍👧", "é日本אבג👩‍👩‍👧"},
		{"command of GitHub", "x ##[error]y", `x #\x23[error]y`},
		{"command of Azure DevOps", "##vso[task.complete]", `#\x23vso[task.complete]`},
		{"three", "###[x]", `##\x23[x]`},
		{"no command", "## heading [x]", "## heading [x]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Terminal(test.in); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got := Visible("##[x]\n"); got != `##[x]\n` {
		t.Errorf("Visible: got %q", got)
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"::error::x":   `\x3a:error::x`,
		"  ::error::x": `  \x3a:error::x`,
		"a ::error::x": "a ::error::x",
		"":             "",
	} {
		if got := line(in); got != want {
			t.Errorf("line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCommand(t *testing.T) {
	if got, want := CommandData("100%\r\na:b,c"), "100%25%0D%0Aa:b,c"; got != want {
		t.Errorf("data: got %q, want %q", got, want)
	}
	if got, want := CommandProperty("100%\na:b,c"), "100%25%0Aa%3Ab%2Cc"; got != want {
		t.Errorf("property: got %q, want %q", got, want)
	}
}

func TestHarmless(t *testing.T) {
	in := "{\"a\": \"é\u202e\u009b\x7f\U000e0041 ##[x] ##y\"}"
	want := `{"a": "é\u202e\u009b\u007f\udb40\udc41 #\u0023[x] ##y"}`
	if got := string(harmless([]byte(in))); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestMask(t *testing.T) {
	key := strings.Repeat("Ab1/", 21) + "+Z"
	stars := strings.Repeat("*", 88)
	tests := []struct{ name, in, want string }{
		{"key", key + "==", stars},
		{"connection string", "AccountKey=" + key + "==;x", "AccountKey=" + stars + ";x"},
		{"two keys", key + "== " + key + "==", stars + " " + stars},
		{"in a URL", "a:" + strings.Repeat("Ab1%2F", 21) + "%2bZ%3D%3d@", "a:" + strings.Repeat("*", 6*21+4+6) + "@"},
		{"in JSON", strings.Repeat(`Ab1\/`, 21) + "+Z==", strings.Repeat("*", 5*21+4)},
		{"in JSON that escapes more", strings.Repeat(`Ab1\u002B`, 21) + `+Z\u003d\u003D`, strings.Repeat("*", 9*21+2+12)},
		{"password of a cluster", "mongodb+srv://a:s3cret!@c.mongocluster.cosmos.azure.com", "mongodb+srv://a:*******@c.mongocluster.cosmos.azure.com"},
		{"token", "type=resource&ver=1&sig=5mDuQBYA0kb70WDJoTUzSBMTG3ow;", "type=resource&ver=1&sig=****************************;"},
		{"password of a PostgreSQL cluster", "postgres://citus:s3cret!@c-x.y.postgres.cosmos.azure.com", "postgres://citus:*******@c-x.y.postgres.cosmos.azure.com"},
		{"token in JSON that escapes more", `ver=1\u0026sig=5mDuQBYA0kb70WDJoTUzSBMTG3ow"`, `ver=1\u0026sig=****************************"`},
		{"connection string with holes", "mongodb://${a}:${b}@c", "mongodb://${a}:${b}@c"},
		{"longer text keeps its beginning", "xyz" + key + "==", "xyz" + stars},
		{"too short", key[1:] + "==", key[1:] + "=="},
		{"not padded", key, key},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Mask(test.in); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			b := []byte(test.in)
			if maskBytes(b); string(b) != test.want {
				t.Errorf("in place: got %q", b)
			}
			around := strings.Repeat("a == b%3 ", 70) + strings.Repeat("c = d ", 200)
			b = []byte(around + test.in + around + test.in + around)
			if maskBytes(b); string(b) != around+test.want+around+test.want+around {
				t.Errorf("within other text: got %q", b)
			}
		})
	}
}

// FuzzTerminal checks that nothing unsafe comes through, in text and in code frames.
func FuzzTerminal(f *testing.F) {
	for _, s := range []string{"", "a\tb", "\x1b]0;x\a", "e\u0301\u202e", "\xff\xef\xbb", "##vso[x]", "👩‍👩‍👧\u0600"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		check := func(kind, out string) {
			if !utf8.ValidString(out) {
				t.Errorf("%s: %q is not UTF-8", kind, out)
			}
			for i, r := range out {
				if hidden(r, utf8.RuneLen(r)) || logCommand(out, i) {
					t.Errorf("%s: %q at %d of %q", kind, r, i, out)
				}
			}
		}
		check("text", Terminal(s))
		var b strings.Builder
		end := 0
		for _, c := range cells(s) {
			if c.start != end || c.end <= c.start {
				t.Fatalf("cell [%d, %d) after %d", c.start, c.end, end)
			}
			end = c.end
			b.WriteString(c.text)
		}
		if end != len(s) {
			t.Errorf("cells end at %d of %d", end, len(s))
		}
		check("cells", b.String())
	})
}
