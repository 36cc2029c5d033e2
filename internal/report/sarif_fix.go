package report

import (
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// fixes adds the fixes of all members, each once.
func (s *sarifWriter) fixes(r *sarif.Result, g *group) {
	var seen [][]source.Edit
	for _, m := range g.members {
		if !writable(m.d.Fix) || slices.ContainsFunc(seen, func(e []source.Edit) bool { return slices.Equal(e, m.d.Fix.Edits) }) {
			continue
		}
		seen = append(seen, m.d.Fix.Edits)
		fix := sarif.NewFix().WithDescriptionText(sarifText(m.d.Fix.Title))
		fix.ArtifactChanges = s.changes(m.d.Fix.Edits)
		r.AddFix(fix)
	}
}

// changes groups edits by file.
func (s *sarifWriter) changes(edits []source.Edit) []*sarif.ArtifactChange {
	out := []*sarif.ArtifactChange{}
	var last *source.File
	for _, e := range visibleEdits(edits) {
		if e.Span.File != last {
			last = e.Span.File
			change := sarif.NewArtifactChange(s.artifact(last))
			out = append(out, change)
		}
		replacement := sarif.NewReplacement(region(e.Span)).WithInsertedContent(sarif.NewArtifactContent().WithText(e.New))
		out[len(out)-1].WithReplacement(replacement)
	}
	return out
}

// visibleEdits sorts edits and moves each that begins in the indentation of its line back to the end of the line before:
// the SARIF viewer of VS Code would move it to the first character of its own line. Edits that then touch become one.
func visibleEdits(edits []source.Edit) []source.Edit {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b source.Edit) int { return source.Compare(a.Span, b.Span) })
	var out []source.Edit
	for _, e := range sorted {
		e = outOfIndent(e)
		if n := len(out); n > 0 && out[n-1].Span.File == e.Span.File && e.Span.Start < out[n-1].Span.End {
			out[n-1] = join(out[n-1], e)
			continue
		}
		out = append(out, e)
	}
	for i := range out {
		out[i] = withoutKeptBlanks(out[i])
	}
	return out
}

// outOfIndent returns an edit with the same effect that does not begin within the indentation of a line.
func outOfIndent(e source.Edit) source.Edit {
	f := e.Span.File
	number := f.Line(e.Span.Start)
	l := f.LineSpan(number)
	if number == 1 || e.Span.Start >= firstCharacter(l) {
		return e
	}
	end := f.LineSpan(number - 1).End
	e.New = string(f.Data[end:e.Span.Start]) + e.New
	e.Span.Start = end
	return e
}

// firstCharacter is the offset of the first character of a line that is not blank, or of its end.
func firstCharacter(l source.Span) int {
	for i := l.Start; i < l.End; i++ {
		if c := l.File.Data[i]; c != ' ' && c != '\t' {
			return i
		}
	}
	return l.End
}

// join makes one edit of two of which the second was moved back over the end of the first.
func join(a, b source.Edit) source.Edit {
	moved := a.Span.End - b.Span.Start // bytes that both have; those at the front of b.New are kept text
	return source.Edit{
		Span: source.Span{File: a.Span.File, Start: a.Span.Start, End: max(a.Span.End, b.Span.End)},
		New:  a.New + b.New[min(max(moved, 0), len(b.New)):],
	}
}

// withoutKeptBlanks takes blanks at the end that an edit would delete and write again out of it.
func withoutKeptBlanks(e source.Edit) source.Edit {
	old := e.Span.Text()
	if strings.TrimSpace(old) != "" {
		return e
	}
	kept := 0
	for kept < min(len(old), len(e.New)) && old[len(old)-1-kept] == e.New[len(e.New)-1-kept] {
		kept++
	}
	e.Span.End -= kept
	e.New = e.New[:len(e.New)-kept]
	return e
}
