// Package source holds the text that everything else points into: files, byte spans and edits.
//
// It is the only package that opens files, and it opens none outside the scan root.
package source

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// File is one file as it was read. Data is never modified after the file was made.
type File struct {
	// Path is relative to the scan root, with forward slashes.
	Path string
	// Data is the whole content, with a byte order mark if the file has one.
	Data []byte
	// External says that the file is not below the scan root: a module from a cache. Nothing is reported there.
	External bool
	// Derived says that a program has written it: what is wrong in it is mended where it comes from.
	Derived bool

	once  sync.Once
	lines []int // offset of the first byte of each line

	marksOnce sync.Once
	marks     []mark // for places in long lines; see units
}

// NewFile makes a file that is not on disk: a test's, or an editor's unsaved buffer.
func NewFile(path string, data []byte) *File { return &File{Path: path, Data: data} }

// Span is the half-open byte range [Start, End) of a file. The zero Span points nowhere.
type Span struct {
	File       *File
	Start, End int
}

// At returns the span of length n that starts at offset.
func (f *File) At(offset, n int) Span { return Span{File: f, Start: offset, End: offset + n} }

// IsZero reports whether s points nowhere.
func (s Span) IsZero() bool { return s.File == nil }

// Text returns the bytes of the span.
func (s Span) Text() string {
	if s.File == nil || s.Start < 0 || s.End > len(s.File.Data) || s.Start > s.End {
		return ""
	}
	text := s.File.Data[s.Start:s.End]
	return unsafe.String(unsafe.SliceData(text), len(text)) // a file's data never changes
}

// To returns the smallest span that covers s and t, which are in the same file.
func (s Span) To(t Span) Span {
	if s.File == nil {
		return t
	}
	if t.File != s.File {
		return s
	}
	return Span{File: s.File, Start: min(s.Start, t.Start), End: max(s.End, t.End)}
}

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool {
	return s.File != nil && s.File == t.File && s.Start <= t.Start && t.End <= s.End
}

// Edit replaces the bytes of Span with New.
type Edit struct {
	Span Span
	New  string
}

// Position is a place as people and SARIF count it. Both numbers start at 1.
type Position struct {
	Line   int
	Column int // in UTF-16 code units; a byte order mark does not count
}

// lineStarts returns the offset of each line. CR LF, LF and a lone CR end a line.
func (f *File) lineStarts() []int {
	f.once.Do(func() {
		f.lines = append(make([]int, 0, 1+bytes.Count(f.Data, []byte{'\n'})), 0)
		for i, c := range f.Data {
			if c == '\n' || c == '\r' && (i+1 == len(f.Data) || f.Data[i+1] != '\n') {
				f.lines = append(f.lines, i+1)
			}
		}
	})
	return f.lines
}

// LineCount returns the number of lines; a file that ends with a line end counts the empty line after it.
func (f *File) LineCount() int { return len(f.lineStarts()) }

// LineEnd is how the first line ends, as all others do in most files: CR LF, else LF.
func (f *File) LineEnd() string {
	if i := bytes.IndexByte(f.Data, '\n'); i > 0 && f.Data[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// AfterComment returns where the line of an offset ends if nothing but a comment follows the offset on it, else the offset:
// what is inserted there leaves the comment where it belongs.
func (f *File) AfterComment(offset int) int {
	rest := f.Data[offset:]
	if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	text := bytes.TrimSpace(rest)
	block := len(text) >= 4 && bytes.HasPrefix(text, []byte("/*")) && bytes.Index(text[2:], []byte("*/")) == len(text)-4
	if block || bytes.HasPrefix(text, []byte("//")) || bytes.HasPrefix(text, []byte("#")) {
		return offset + len(rest)
	}
	return offset
}

// Line returns the line (from 1) that holds offset.
func (f *File) Line(offset int) int {
	lines := f.lineStarts()
	return sort.Search(len(lines), func(i int) bool { return lines[i] > offset })
}

// LineSpan returns the span of the given line (from 1) without its line end.
func (f *File) LineSpan(line int) Span {
	lines := f.lineStarts()
	if line < 1 || line > len(lines) {
		return Span{}
	}
	start, end := lines[line-1], len(f.Data)
	if line < len(lines) {
		end = lines[line]
	}
	for end > start && (f.Data[end-1] == '\n' || f.Data[end-1] == '\r') {
		end--
	}
	if line == 1 && bytes.HasPrefix(f.Data, bom) {
		start = min(len(bom), end)
	}
	return Span{File: f, Start: start, End: end}
}

var bom = []byte("\xef\xbb\xbf")

// Position converts a byte offset.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, 0), len(f.Data))
	line := f.Line(offset)
	start := min(f.LineSpan(line).Start, offset)
	if offset-start <= stride {
		return Position{Line: line, Column: 1 + utf16Len(f.Data[start:offset])}
	}
	return Position{Line: line, Column: 1 + f.units(offset) - f.units(start)}
}

// utf16Len counts the UTF-16 code units of text; a byte that is not UTF-8 is one.
func utf16Len(text []byte) int {
	n := 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r > 0xFFFF {
			n++
		}
		n++
		text = text[size:]
	}
	return n
}

// stride is the distance in bytes of the places up to which code units are counted once for a file: a compiled template
// may be one line of megabytes, with a finding in every part of it.
const stride = 4096

// mark is a place at the beginning of a character.
type mark struct{ offset, units int }

// units counts the UTF-16 code units before offset.
func (f *File) units(offset int) int {
	f.marksOnce.Do(func() {
		m := mark{}
		for m.offset < len(f.Data) {
			f.marks = append(f.marks, m)
			end := min(m.offset+stride, len(f.Data))
			for end < len(f.Data) && !utf8.RuneStart(f.Data[end]) {
				end++
			}
			m = mark{end, m.units + utf16Len(f.Data[m.offset:end])}
		}
		f.marks = append(f.marks, m)
	})
	i := sort.Search(len(f.marks), func(i int) bool { return f.marks[i].offset > offset }) - 1
	return f.marks[i].units + utf16Len(f.Data[f.marks[i].offset:offset])
}

// Begin and Finish return the positions of the two ends of the span.
func (s Span) Begin() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.Start)
}

// Finish returns the position just after the last byte of the span.
func (s Span) Finish() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.End)
}

// Compare orders spans by path, start and end.
func Compare(a, b Span) int {
	switch {
	case a.File == nil || b.File == nil:
		return boolInt(a.File != nil) - boolInt(b.File != nil)
	case a.File.Path != b.File.Path:
		if a.File.Path < b.File.Path {
			return -1
		}
		return 1
	case a.Start != b.Start:
		return a.Start - b.Start
	}
	return a.End - b.End
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
