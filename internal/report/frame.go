package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

const (
	// frameWidth is how many cells of a line are shown when the width of the terminal is not known.
	frameWidth = 120
	// near is how many bytes of a line on either side of a span are looked at: one line may hold a whole file.
	near = 2048
	// keyLength is more than any spelling of an account key takes.
	keyLength = 512
	// cut stands for what was left out of a line.
	cut = "..."
)

// excerpt is a piece of a line, without account keys, and where in its file it begins.
type excerpt struct {
	text       string
	start      int
	more, less bool // the line goes on after it, begins before it
}

// cutOut returns what is near the bytes [start, end) of a line. Keys are masked before anything is cut, so that no part of
// one is left.
func cutOut(l source.Span, start, end int, h concealed) excerpt {
	end = min(end, start+near)
	from, to := max(l.Start, start-near), min(l.End, end+near)
	wideFrom, wideTo := max(l.Start, from-keyLength), min(l.End, to+keyLength)
	data := l.File.Data
	for from > wideFrom && !utf8.RuneStart(data[from]) {
		from--
	}
	for to < wideTo && !utf8.RuneStart(data[to]) {
		to++
	}
	text := slices.Clone(data[wideFrom:wideTo])
	h.mask(l.File.Path, text, wideFrom)
	maskBytes(text)
	masked := string(text)
	return excerpt{
		text:  masked[from-wideFrom : to-wideFrom],
		start: from,
		less:  from > l.Start,
		more:  to < l.End,
	}
}

// frame returns the lines of a code frame: the source line of span between its neighbours, with carets under the exact
// place. gutter is the width of the line numbers.
func (p *printer) frame(span source.Span, gutter int) []string {
	f := span.File
	number := f.Line(span.Start)
	room := p.room(gutter)
	var out []string
	out = append(out, p.gutter(gutter, 0, ""))
	if l, ok := p.neighbour(f, number-1, room); ok {
		out = append(out, p.gutter(gutter, number-1, l))
	}
	text, carets := p.underlined(span, f.LineSpan(number), room)
	out = append(out, p.gutter(gutter, number, text), p.gutter(gutter, 0, carets))
	if l, ok := p.neighbour(f, number+1, room); ok {
		out = append(out, p.gutter(gutter, number+1, l))
	}
	return append(out, p.gutter(gutter, 0, ""))
}

// room is how many cells are left for source text beside the gutter.
func (p *printer) room(gutter int) int {
	if p.o.Width == 0 {
		return frameWidth
	}
	return max(p.o.Width-gutter-3, minWidth)
}

// gutter puts a line number, or none for 0, before a line.
func (p *printer) gutter(width, number int, text string) string {
	label := ""
	if number > 0 {
		label = strconv.Itoa(number)
	}
	g := p.paint(blue, strings.Repeat(" ", width-len(label))+label+" |")
	if text == "" {
		return g
	}
	return g + " " + text
}

// neighbour returns a line next to the one of interest, unless it is blank.
func (p *printer) neighbour(f *source.File, number, room int) (string, bool) {
	l := f.LineSpan(number)
	if l.IsZero() {
		return "", false
	}
	e := cutOut(l, l.Start, l.Start, p.concealed)
	if strings.TrimSpace(e.text) == "" {
		return "", false
	}
	shown, _ := strip{cells: cells(e.text)}.show(room, e)
	return p.paint(dim, shown), true
}

// underlined returns the line with the place, and the carets below it.
func (p *printer) underlined(span source.Span, l source.Span, room int) (text, carets string) {
	start := min(max(span.Start, l.Start), l.End)
	end := min(max(span.End, start), l.End)
	e := cutOut(l, start, end, p.concealed)
	s := strip{cells: cells(e.text)}
	for _, c := range s.cells {
		if e.start+c.end <= start {
			s.first++
		}
		if e.start+c.start < end {
			s.last++
		}
	}
	text, carets = s.show(room, e)
	return text, p.paint(p.mark, carets)
}

// strip is a line to show, of which the cells from first up to last are marked.
type strip struct {
	cells       []cell
	first, last int
}

// show cuts the line to room around what is marked, and returns it and the line of carets below it. An empty place gets
// one caret.
func (s strip) show(room int, e excerpt) (text, carets string) {
	left, right := s.choose(room)
	var b strings.Builder
	if left > 0 || e.less {
		b.WriteString(cut)
	}
	indent := b.Len() + cellWidth(s.cells[left:s.first])
	for _, c := range s.cells[left:right] {
		b.WriteString(c.text)
	}
	if right < len(s.cells) || e.more {
		b.WriteString(cut)
	}
	marks := cellWidth(s.cells[s.first:max(s.first, min(s.last, right))])
	return strings.TrimRight(b.String(), " "), strings.Repeat(" ", indent) + strings.Repeat("^", max(marks, 1))
}

// choose returns the range of cells to show: all when they fit in room, else those from a third of room before the mark.
func (s strip) choose(room int) (left, right int) {
	if cellWidth(s.cells) <= room {
		return 0, len(s.cells)
	}
	room -= 2 * len(cut)
	before, marked := cellWidth(s.cells[:s.first]), cellWidth(s.cells[s.first:max(s.first, s.last)])
	if before+marked > room {
		want := max(room/6, min(room/3, room-marked))
		for ; before > want && left < s.first; left++ {
			before -= s.cells[left].width
		}
	}
	for right = left; right < len(s.cells) && s.cells[right].width <= room; right++ {
		room -= s.cells[right].width
	}
	return left, right
}

func cellWidth(cs []cell) int {
	n := 0
	for _, c := range cs {
		n += c.width
	}
	return n
}
