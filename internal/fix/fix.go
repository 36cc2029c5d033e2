// Package fix applies the fixes of findings to texts. It reads and writes no file: what it is given, and what it makes, are
// texts, and whoever calls it lints them and writes them.
package fix

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// maxPasses bounds how often the fixed text is linted again: a fix may bring another finding to light, and those that
// touch each other are applied one after the other.
const maxPasses = 10

const all = math.MaxInt

// Options say what may be applied.
type Options struct {
	Unsafe bool                   // suggested fixes, too
	May    func(path string) bool // whether a file may be changed; nil for all
}

// Linter lints with these texts in place of the files of their paths.
type Linter func(texts map[string][]byte) (*diag.Result, error)

// Outcome is what fixing has come to.
type Outcome struct {
	First, Last *diag.Result         // before and after
	Fixed       int                  // findings
	Files       []source.Replacement // that have changed, by path
	Refused     []Refusal
	More        int // findings that are left and have a suggested fix, where that was not wanted
}

// Refusal is a fix that was taken back.
type Refusal struct {
	Finding diag.Diagnostic
	Reason  string
}

// Run applies the fixes of what the linter finds, and lints again, until there is nothing left to apply. A fix after which its
// finding is still there, or a file is not understood any more, is taken back; of several the one is sought by halves.
func Run(lint Linter, o Options) (*Outcome, error) {
	first, err := lint(nil)
	if err != nil {
		return nil, err
	}
	r := run{Options: o, refused: map[string]bool{}, files: map[string]source.Replacement{}, out: &Outcome{First: first, Last: first}}
	several := all // how many are taken at once
	for range maxPasses {
		taken, edits := Choose(slices.DeleteFunc(slices.Clone(r.out.Last.Findings), r.passOver))
		if len(taken) > several {
			taken, edits = Choose(taken[:several])
		}
		if len(taken) == 0 {
			break
		}
		files := r.apply(edits)
		after, err := lint(texts(files))
		if err != nil {
			return nil, err
		}
		if breaks(r.out.Last, after) {
			if several = len(taken) / 2; several == 0 { // then it is this one
				r.refuse(taken, "a file could not be understood any more")
				several = all
			}
			continue
		}
		several = all
		if bad := useless(r.out.Last, after, taken); len(bad) > 0 {
			r.refuse(bad, "the finding was still there")
			continue
		}
		r.files, r.out.Last = files, after
		r.out.Fixed += len(taken)
	}
	return r.outcome(), nil
}

type run struct {
	Options
	refused map[string]bool               // by fingerprint
	files   map[string]source.Replacement // by path
	out     *Outcome
}

func (r *run) outcome() *Outcome {
	for _, path := range slices.Sorted(maps.Keys(r.files)) {
		r.out.Files = append(r.out.Files, r.files[path])
	}
	for _, d := range r.out.Last.Findings {
		if !r.Unsafe && d.Fix != nil && !d.Fix.Safe && r.applicable(d) {
			r.out.More++
		}
	}
	return r.out
}

func (r *run) passOver(d diag.Diagnostic) bool {
	return d.Fix == nil || !d.Fix.Safe && !r.Unsafe || !r.applicable(d)
}

// applicable reports whether all edits of a finding's fix may be made.
func (r *run) applicable(d diag.Diagnostic) bool {
	for _, e := range d.Fix.Edits {
		f, s := e.Span.File, e.Span
		if f == nil || f.External || f.Derived || s.Start < 0 || s.End < s.Start || s.End > len(f.Data) || r.May != nil && !r.May(f.Path) {
			return false
		}
	}
	return len(d.Fix.Edits) > 0 && !r.refused[d.Fingerprint]
}

// apply makes edits, whose places are those of the texts as they are now.
func (r *run) apply(edits map[string][]source.Edit) map[string]source.Replacement {
	files := maps.Clone(r.files)
	for path, list := range edits {
		now := list[0].Span.File
		f, changed := files[path]
		if !changed {
			f.File = now
		}
		f.Data = Apply(now.Data, list)
		files[path] = f
	}
	return files
}

func (r *run) refuse(bad []diag.Diagnostic, reason string) {
	for _, d := range bad {
		r.refused[d.Fingerprint] = true
		r.out.Refused = append(r.out.Refused, Refusal{d, reason})
	}
}

func texts(files map[string]source.Replacement) map[string][]byte {
	out := make(map[string][]byte, len(files))
	for path, f := range files {
		out[path] = f.Data
	}
	return out
}

// useless are the findings that are there as often as before, although one of them was fixed.
func useless(before, after *diag.Result, taken []diag.Diagnostic) []diag.Diagnostic {
	left := counts(after)
	for grade, n := range counts(before) {
		left[grade] -= n
	}
	for _, d := range taken {
		left[gradeOf(d)]++
	}
	return slices.DeleteFunc(slices.Clone(taken), func(d diag.Diagnostic) bool { return left[gradeOf(d)] <= 0 })
}

// breaks reports whether there are more errors in a file, or about the run as a whole, than before.
func breaks(before, after *diag.Result) bool {
	more := map[string]int{}
	count := func(res *diag.Result, n int) {
		for _, p := range res.Problems {
			path := ""
			if p.Span.File != nil {
				path = p.Span.File.Path
			}
			if p.Severity == diag.Error {
				more[path] += n
			}
		}
	}
	count(before, -1)
	count(after, 1)
	for _, n := range more {
		if n > 0 {
			return true
		}
	}
	return false
}

// grade is a finding with a severity.
type grade struct {
	fingerprint string
	severity    diag.Severity
}

func gradeOf(d diag.Diagnostic) grade { return grade{d.Fingerprint, d.Severity} }

// counts are how often each finding is there with a severity or a worse one. A fix that only makes it undetermined is none; one
// that makes it less severe is.
func counts(res *diag.Result) map[grade]int {
	n := map[grade]int{}
	for _, list := range [][]diag.Diagnostic{res.Findings, res.Undetermined} {
		for _, d := range list {
			for s := diag.Note; s <= d.Severity; s++ {
				n[grade{d.Fingerprint, s}]++
			}
		}
	}
	return n
}

// Choose takes the fixes of findings in their order, each with all its edits or not at all: one that touches another that was
// taken has to wait. The edits are by path, in order of their places.
func Choose(findings []diag.Diagnostic) (taken []diag.Diagnostic, edits map[string][]source.Edit) {
	edits = map[string][]source.Edit{}
	seen := map[string]bool{}
	for _, d := range findings {
		own, ok := once(d.Fix.Edits)
		key := identity(own)
		switch {
		case !ok:
			continue
		case !seen[key]: // else it is the same change, for another deployment
			fresh, free := unmade(edits, own)
			if !free {
				continue
			}
			seen[key] = true
			for _, e := range fresh {
				edits[e.Span.File.Path] = insert(edits[e.Span.File.Path], e)
			}
		}
		taken = append(taken, d)
	}
	return taken, edits
}

// once sorts the edits of a fix, and leaves out what is there twice. It is not ok if two of them overlap.
func once(edits []source.Edit) (list []source.Edit, ok bool) {
	list = slices.Clone(edits)
	slices.SortStableFunc(list, func(a, b source.Edit) int { return source.Compare(a.Span, b.Span) })
	list = slices.Compact(list)
	for i := 1; i < len(list); i++ {
		if a, b := list[i-1].Span, list[i].Span; a.File == b.File && b.Start < a.End {
			return nil, false
		}
	}
	return list, true
}

func identity(edits []source.Edit) string {
	var b bytes.Buffer
	for _, e := range edits {
		fmt.Fprintf(&b, "%q %d %d %q\n", e.Span.File.Path, e.Span.Start, e.Span.End, e.New)
	}
	return b.String()
}

// unmade are the edits of a fix that are not made yet; free says that none touches another one. Two insertions at one place
// go one after the other, unless they are equal: then it is not sure that both are meant.
func unmade(made map[string][]source.Edit, own []source.Edit) (fresh []source.Edit, free bool) {
	for _, e := range own {
		list := made[e.Span.File.Path]
		i, _ := slices.BinarySearchFunc(list, e.Span.Start, func(m source.Edit, start int) int { return cmp.Compare(m.Span.End, start) })
		known := false
		for ; i < len(list) && list[i].Span.Start <= e.Span.End; i++ {
			m := list[i]
			inserts := m.Span == e.Span && e.Span.Start == e.Span.End
			switch {
			case m == e && !inserts:
				known = true
			case !inserts || m.New == e.New:
				return nil, false
			}
		}
		if !known {
			fresh = append(fresh, e)
		}
	}
	return fresh, true
}

// insert keeps a list in order; an insertion comes after those at its place.
func insert(list []source.Edit, e source.Edit) []source.Edit {
	i, _ := slices.BinarySearchFunc(list, e, func(a, b source.Edit) int {
		return cmp.Or(source.Compare(a.Span, b.Span), -1)
	})
	return slices.Insert(list, i, e)
}

// Apply makes edits, which are in order and do not overlap.
func Apply(text []byte, edits []source.Edit) []byte {
	var b bytes.Buffer
	end := 0
	for _, e := range edits {
		b.Write(text[end:e.Span.Start])
		b.WriteString(e.New)
		end = e.Span.End
	}
	b.Write(text[end:])
	return b.Bytes()
}
