package source

import (
	"strings"
	"testing"
)

// TestPositionInLongLine compares with counting from the beginning of the line.
func TestPositionInLongLine(t *testing.T) {
	text := "x\n" + strings.Repeat("aé😀\xff", 5000) + "\n" + strings.Repeat("\x80", 3*stride) + "\n"
	f := NewFile("a", []byte(text))
	for offset := 0; offset <= len(text); offset += 7 {
		line := f.Line(offset)
		start := f.LineSpan(line).Start
		want := Position{line, 1 + utf16Len(f.Data[min(start, offset):offset])}
		if got := f.Position(offset); got != want {
			t.Fatalf("offset %d: got %v, want %v", offset, got, want)
		}
	}
}
