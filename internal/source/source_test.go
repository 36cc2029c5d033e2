package source

import "testing"

// TestPosition counts lines and columns as people and SARIF do: CR LF, LF and a lone CR end a line, columns are UTF-16
// code units, a byte order mark does not count.
func TestPosition(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		offset     int
		line, col  int
	}{
		{"beginning", "ab\ncd", 0, 1, 1},
		{"after LF", "ab\ncd", 3, 2, 1},
		{"on LF", "ab\ncd", 2, 1, 3},
		{"after CR LF", "ab\r\ncd", 4, 2, 1},
		{"between CR and LF", "ab\r\ncd", 3, 1, 4},
		{"after a lone CR", "ab\rcd", 3, 2, 1},
		{"two CRs", "a\r\rb", 3, 3, 1},
		{"CR at the end", "ab\r", 3, 2, 1},
		{"LF CR", "a\n\rb", 3, 3, 1},
		{"end", "ab\ncd", 5, 2, 3},
		{"beyond the end", "ab", 9, 1, 3},
		{"before the beginning", "ab", -1, 1, 1},
		{"empty", "", 0, 1, 1},
		{"two bytes", "éb", 2, 1, 2},
		{"emoji counts twice", "😀b", 4, 1, 3},
		{"emoji with a joiner", "👨‍👩b", 11, 1, 6},
		{"invalid UTF-8", "\xff\xfeb", 2, 1, 3},
		{"on a byte order mark", "\xef\xbb\xbfab", 0, 1, 1},
		{"after a byte order mark", "\xef\xbb\xbfab", 3, 1, 1},
		{"in its line", "\xef\xbb\xbfab", 4, 1, 2},
		{"in the next line", "\xef\xbb\xbfa\nb", 5, 2, 1},
		{"nothing but a byte order mark", "\xef\xbb\xbf", 3, 1, 1},
	} {
		f := NewFile("f", []byte(tt.text))
		if got := f.Position(tt.offset); got != (Position{tt.line, tt.col}) {
			t.Errorf("%s: %+v, want line %d, column %d", tt.name, got, tt.line, tt.col)
		}
	}
}

// TestLineSpan is a line without its end, and without the byte order mark.
func TestLineSpan(t *testing.T) {
	f := NewFile("f", []byte("\xef\xbb\xbfone\r\ntwo\rthree\n\nlast\n"))
	want := []string{"one", "two", "three", "", "last", ""}
	if f.LineCount() != len(want) {
		t.Fatalf("%d lines, want %d", f.LineCount(), len(want))
	}
	for i, text := range want {
		if got := f.LineSpan(i + 1).Text(); got != text {
			t.Errorf("line %d is %q, want %q", i+1, got, text)
		}
	}
	for _, line := range []int{-1, 0, len(want) + 1} {
		if got := f.LineSpan(line); !got.IsZero() {
			t.Errorf("line %d is %v, want none", line, got)
		}
	}
}

func TestSpan(t *testing.T) {
	f, g := NewFile("f", []byte("one\ntwo")), NewFile("g", []byte("other"))
	one, two := f.At(0, 3), f.At(4, 3)
	for _, tt := range []struct {
		name      string
		got, want Span
	}{
		{"to the right", one.To(two), f.At(0, 7)},
		{"to the left", two.To(one), f.At(0, 7)},
		{"of nowhere", Span{}.To(two), two},
		{"to nowhere", one.To(Span{}), one},
		{"to another file", one.To(g.At(0, 1)), one},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, tt.got, tt.want)
		}
	}
	if !one.To(two).Contains(two) || one.Contains(two) || one.Contains(g.At(0, 1)) || (Span{}).Contains(Span{}) {
		t.Error("Contains")
	}
	if two.Text() != "two" || (Span{}).Text() != "" || (Span{File: f, Start: 4, End: 99}).Text() != "" ||
		(Span{File: f, Start: 5, End: 4}).Text() != "" {
		t.Error("Text")
	}
	if two.Begin() != (Position{2, 1}) || two.Finish() != (Position{2, 4}) || (Span{}).Begin() != (Position{}) {
		t.Error("the two ends")
	}
}

// TestCompare orders by path, then start, then end; nowhere comes first.
func TestCompare(t *testing.T) {
	a, b := NewFile("a", nil), NewFile("b", nil)
	order := []Span{{}, a.At(0, 1), a.At(0, 2), a.At(1, 0), b.At(0, 0)}
	for i, x := range order {
		for j, y := range order {
			if got := Compare(x, y); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%d with %d is %d", i, j, got)
			}
		}
	}
}

// TestAfterComment finds the end of a line on which there is nothing but a comment left.
func TestAfterComment(t *testing.T) {
	for text, want := range map[string]int{
		"a // b\nc": 6, "a # b": 5, "a /* b */ \r\nc": 10, "a": 1, "a\n// b": 1, "a, // b": 1, "a /* b */ c": 1, "a /* b": 1, "a /*/": 1, "a /* b */ /* c */": 1,
	} {
		if got := NewFile("f", []byte(text)).AfterComment(1); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestLineEnd(t *testing.T) {
	for text, want := range map[string]string{"a\r\nb\n": "\r\n", "a\nb\r\n": "\n", "a": "\n", "\n": "\n", "a\rb": "\n"} {
		if got := NewFile("f", []byte(text)).LineEnd(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
