package fix

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// edit is one of the file "a" unless it says otherwise: from, to, new text.
type edit struct {
	from, to int
	text     string
	file     string
}

// findings are one for each fix, in order; their fingerprints are "0", "1", ….
func findings(files map[string]*source.File, fixes ...[]edit) []diag.Diagnostic {
	var out []diag.Diagnostic
	for i, edits := range fixes {
		d := diag.Diagnostic{Fingerprint: string(rune('0' + i)), Severity: diag.Note, Fix: &diag.Fix{Safe: true}}
		for _, e := range edits {
			name := "a"
			if e.file != "" {
				name = e.file
			}
			d.Fix.Edits = append(d.Fix.Edits, source.Edit{Span: files[name].At(e.from, e.to-e.from), New: e.text})
		}
		d.Span = d.Fix.Edits[0].Span
		out = append(out, d)
	}
	return out
}

// TestChoose applies fixes to "abcdef", and says which were taken.
func TestChoose(t *testing.T) {
	for _, row := range []struct {
		name  string
		fixes [][]edit
		taken string
		want  string
	}{
		{"none", nil, "", "abcdef"},
		{"replace", [][]edit{{{1, 2, "B", ""}}}, "0", "aBcdef"},
		{"delete and insert", [][]edit{{{0, 1, "", ""}, {6, 6, "g", ""}}}, "0", "bcdefg"},
		{"in any order", [][]edit{{{4, 5, "E", ""}}, {{1, 2, "B", ""}}}, "01", "aBcdEf"},
		{"overlap", [][]edit{{{1, 3, "X", ""}}, {{2, 4, "Y", ""}}, {{5, 6, "F", ""}}}, "02", "aXdeF"},
		{"one within another", [][]edit{{{0, 6, "X", ""}}, {{2, 3, "Y", ""}}}, "0", "X"},
		{"one around another", [][]edit{{{2, 3, "Y", ""}}, {{0, 6, "X", ""}}}, "0", "abYdef"},
		{"touch", [][]edit{{{1, 2, "B", ""}}, {{2, 2, "x", ""}}}, "0", "aBcdef"},
		{"touch before", [][]edit{{{2, 2, "x", ""}}, {{2, 3, "C", ""}}}, "0", "abxcdef"},
		{"two insertions at one place", [][]edit{{{3, 3, "1", ""}}, {{3, 3, "2", ""}}, {{3, 3, "3", ""}}}, "012", "abc123def"},
		{"equal fixes", [][]edit{{{3, 3, "1", ""}}, {{3, 3, "1", ""}}}, "01", "abc1def"},
		{"equal insertions of unequal fixes", [][]edit{{{3, 3, ",", ""}, {5, 5, "x", ""}}, {{3, 3, ",", ""}, {5, 5, "y", ""}}}, "0", "abc,dexf"},
		{"equal replacements of unequal fixes", [][]edit{{{0, 1, "A", ""}, {5, 5, "x", ""}}, {{0, 1, "A", ""}, {5, 5, "y", ""}}}, "01", "Abcdexyf"},
		{"all or not at all", [][]edit{{{0, 1, "A", ""}}, {{0, 1, "x", ""}, {3, 4, "D", ""}}}, "0", "Abcdef"},
		{"in several files", [][]edit{{{0, 1, "A", ""}, {0, 1, "X", "b"}}, {{0, 1, "Y", "b"}, {2, 3, "C", ""}}}, "0", "Abcdef"},
		{"twice the same edit", [][]edit{{{0, 0, "x", ""}, {0, 0, "x", ""}}}, "0", "xabcdef"},
		{"overlaps itself", [][]edit{{{0, 2, "x", ""}, {1, 3, "y", ""}}, {{5, 6, "F", ""}}}, "1", "abcdeF"},
	} {
		files := map[string]*source.File{"a": source.NewFile("a", []byte("abcdef")), "b": source.NewFile("b", []byte("b"))}
		taken, edits := Choose(findings(files, row.fixes...))
		names := ""
		for _, d := range taken {
			names += d.Fingerprint
		}
		if got := string(Apply(files["a"].Data, edits["a"])); got != row.want || names != row.taken {
			t.Errorf("%s: %q of %s, want %q of %s", row.name, got, names, row.want, row.taken)
		}
	}
}

// TestRun lints a text of digits and capitals: each is a finding, whose fix writes another one. 0 goes away, 9 is not safe, 8
// breaks the file, 7 stays, and 6 becomes 5, the same finding as a note.
func TestRun(t *testing.T) {
	for _, row := range []struct {
		name, before, after string
		unsafe              bool
		fixed, more         int
		refused             string
	}{
		{"nothing", "abc", "abc", false, 0, 0, ""},
		{"one after the other", "x2y", "xy", false, 3, 0, ""},
		{"several at once", "1x1", "x", false, 4, 0, ""},
		{"touching", "000", "", false, 3, 0, ""},
		{"more passes than there are", "M", "C", false, 10, 0, ""},
		{"not safe", "9x0", "9x", false, 1, 1, ""},
		{"unsafe", "9x0", "x", true, 4, 0, ""},
		{"harmful", "8x", "8x", false, 0, 0, "8"},
		{"harmful among others", "0x8x0y0", "x8xy", false, 3, 0, "8"},
		{"less severe", "6x", "5x", false, 1, 0, ""},
		{"useless", "7x0y", "7xy", false, 1, 0, "7"},
	} {
		out, err := Run(digits(row.before), Options{Unsafe: row.unsafe})
		if err != nil {
			t.Fatal(err)
		}
		got := row.before
		if len(out.Files) > 0 {
			got = string(out.Files[0].Data)
			if string(out.Files[0].File.Data) != row.before {
				t.Errorf("%s: %q is not the text before", row.name, out.Files[0].File.Data)
			}
		}
		if got != row.after || out.Fixed != row.fixed || out.More != row.more || refused(out) != row.refused {
			t.Errorf("%s: %q, %d fixed, %d more, %q refused", row.name, got, out.Fixed, out.More, refused(out))
		}
	}
}

// with is what the fix of each digit writes.
var with = map[byte]string{'0': "", '1': "0", '2': "1", '6': "5", '7': "7", '8': "!", '9': "1"}

// digits lints as TestRun says.
func digits(text string) Linter {
	original := source.NewFile("a", []byte(text))
	return func(texts map[string][]byte) (*diag.Result, error) {
		f := original
		if data, ok := texts["a"]; ok {
			f = source.NewFile("a", data)
		}
		res := &diag.Result{}
		if bytes.Contains(f.Data, []byte("!")) {
			res.Problems = append(res.Problems, diag.Problem("syntax", diag.Error, f.At(0, 0), "Broken."))
		}
		for i, c := range f.Data {
			text, ok := with[c]
			if c > 'A' && c <= 'Z' {
				text, ok = string(c-1), true
			}
			severity := diag.Warning
			if c == '5' {
				severity = diag.Note
			} else if c == '6' {
				c = '5'
			}
			if ok {
				res.Findings = append(res.Findings, diag.Diagnostic{
					Fingerprint: string(c), Span: f.At(i, 1), Severity: severity,
					Fix: &diag.Fix{Safe: c != '9', Edits: []source.Edit{{Span: f.At(i, 1), New: text}}},
				})
			}
		}
		return res, nil
	}
}

func refused(out *Outcome) string {
	var list []string
	for _, r := range out.Refused {
		list = append(list, r.Finding.Fingerprint)
	}
	return strings.Join(list, " ")
}

// TestRefused takes back what does harm or does not help, and keeps the rest.
func TestRefused(t *testing.T) {
	for _, row := range []struct{ before, after, reason string }{
		{"8", "8", "a file could not be understood any more"},
		{"7 0", "7 ", "the finding was still there"},
	} {
		out, err := Run(digits(row.before), Options{Unsafe: true})
		if err != nil || len(out.Refused) != 1 || out.Refused[0].Reason != row.reason {
			t.Fatal(out, err)
		}
		got := row.before
		if len(out.Files) > 0 {
			got = string(out.Files[0].Data)
		}
		if got != row.after || len(out.Last.Problems) > 0 {
			t.Errorf("%q: %q", row.before, got)
		}
	}
}

// TestMay leaves files alone that are not to be changed, or not the user's, and passes errors on.
func TestMay(t *testing.T) {
	for name, change := range map[string]func(*source.File, *Options){
		"external": func(f *source.File, _ *Options) { f.External = true },
		"derived":  func(f *source.File, _ *Options) { f.Derived = true },
		"may not":  func(_ *source.File, o *Options) { o.May = func(string) bool { return false } },
	} {
		f, o := source.NewFile("a", []byte("x")), Options{}
		change(f, &o)
		lint := func(map[string][]byte) (*diag.Result, error) {
			return &diag.Result{Findings: findings(map[string]*source.File{"a": f}, []edit{{0, 1, "", ""}})}, nil
		}
		if out, err := Run(lint, o); err != nil || out.Fixed+len(out.Files)+len(out.Refused) > 0 {
			t.Error(name, out, err)
		}
	}
	failed := errors.New("failed")
	if _, err := Run(func(map[string][]byte) (*diag.Result, error) { return nil, failed }, Options{}); err != failed {
		t.Error(err)
	}
}

// FuzzChoose makes fixes of any bytes: three of an edit's place, length and text, the fourth whether it begins another fix.
// What is taken is in order and does not overlap, all of a fix is there, and the rest of the text stays.
func FuzzChoose(f *testing.F) {
	f.Add([]byte{1, 1, 'B', 0, 2, 0, 'x', 1, 2, 0, 'y', 1, 2, 0, 'y', 1})
	f.Add([]byte{0, 9, 0, 1, 3, 2, 'x', 0, 3, 2, 'x', 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("a", []byte("abcdefghijklmnop"))
		list := []diag.Diagnostic{{Fix: &diag.Fix{}}}
		for ; len(data) >= 4; data = data[4:] {
			if data[3]%2 == 1 {
				list = append(list, diag.Diagnostic{Fix: &diag.Fix{}})
			}
			start := int(data[0]) % (len(file.Data) + 1)
			e := source.Edit{Span: file.At(start, min(int(data[1])%4, len(file.Data)-start)), New: string(data[2:3])}
			fix := list[len(list)-1].Fix
			fix.Edits = append(fix.Edits, e)
		}
		list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return len(d.Fix.Edits) == 0 })
		taken, edits := Choose(list)
		made := edits["a"]
		for i := 1; i < len(made); i++ {
			if made[i].Span.Start < made[i-1].Span.End {
				t.Fatalf("%v overlap", made)
			}
		}
		for _, d := range taken {
			for _, e := range d.Fix.Edits {
				if !slices.Contains(made, e) {
					t.Fatalf("%v is not in %v", e, made)
				}
			}
		}
		if len(list) > 0 && len(taken) == 0 && slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return len(d.Fix.Edits) == 1 }) {
			t.Fatal("nothing was taken")
		}
		left := 0
		for _, e := range made {
			left += e.Span.End - e.Span.Start - len(e.New)
		}
		if got := Apply(file.Data, made); len(got) != len(file.Data)-left {
			t.Errorf("%q", got)
		}
		again, _ := Choose(list)
		if diff := cmp.Diff(len(taken), len(again)); diff != "" {
			t.Error(diff)
		}
	})
}
