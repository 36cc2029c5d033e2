// Package suppress reads from comments and metadata which findings somebody has accepted, and sets those aside. It opens
// no file and reads no clock.
package suppress

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Source is what a parser found in a file that may hold suppressions.
type Source struct {
	File     *source.File
	Comments []source.Span // each with its delimiters, in order
	Pragmas  []Pragma
	Metadata []Metadata
	Notes    []Note
	// Decorated says that a declaration may begin with decorators ("@description('…')"), which comments stand before.
	Decorated bool
}

// PragmaKind is what one of Bicep's directives asks for.
type PragmaKind uint8

// The directives of Bicep.
const (
	NextLine PragmaKind = iota
	Disable
	Restore
)

// Pragma is a directive of Bicep itself, such as "#disable-next-line CDB101".
type Pragma struct {
	Span  source.Span
	Kind  PragmaKind
	Codes []string
}

// Note is a property that is a comment, as the "//" of Terraform's JSON.
type Note struct {
	Span source.Span // of the text
	Text string
	// Owner is where it holds: the block that has the property.
	Owner source.Span
}

// Metadata is an entry of metadata.cosmoslint.ignore of an ARM template or resource.
type Metadata struct {
	Span                source.Span
	Rule, Reason, Until string
	// Owner is where the entry holds: a whole template, or the type of a resource, by which findings name it.
	Owner source.Span
	// Problem says what is wrong with the entry, in which case it has no effect.
	Problem string
}

// Directive is a suppression as it was written.
type Directive struct {
	Span   source.Span // where problems with it are reported
	Rules  []string    // ids or names
	Reason string
	Until  string // the last day on which it holds, as "2026-12-31"; "" for ever
	// foreign says that the codes may be those of other tools: unknown ones are not reported.
	foreign bool
	reach   []source.Span
	// resource says that it also holds for resources whose header, or a call of their module, begins within reach.
	resource bool
}

// Mentioned reports whether text can hold a suppression at all; hardly any does.
func Mentioned(data []byte) bool {
	return bytes.Contains(data, []byte("cosmoslint")) ||
		bytes.Contains(data, []byte("#disable-")) && bytes.Contains(bytes.ToUpper(data), []byte("CDB"))
}

// Bounds of what input can make grow.
const (
	maxDirectives = 1000    // of one file
	maxRules      = 100     // of one directive
	maxSteps      = 1000    // comments on one line that are looked at
	maxScan       = 1 << 16 // bytes of an object or a decorator that are looked through
)

// Parse returns the suppressions of a file, and what is wrong with others.
func Parse(src Source) ([]Directive, []diag.Diagnostic) {
	p := &parser{src: src, memo: map[int]int{}}
	for i := range src.Comments {
		p.comment(i)
	}
	p.pragmas()
	for _, m := range src.Metadata {
		p.metadata(m)
	}
	for _, n := range src.Notes {
		p.note(n)
	}
	if p.count > maxDirectives {
		p.problem(src.File.At(0, 0), fmt.Sprintf("The file has more than %d suppressions; the others have no effect.", maxDirectives))
	}
	return p.out, p.problems
}

type parser struct {
	src      Source
	out      []Directive
	problems []diag.Diagnostic
	count    int         // of what was meant as a suppression
	memo     map[int]int // what next said, by the end of a comment
}

// more counts a suppression and reports whether it is still looked at.
func (p *parser) more() bool {
	p.count++
	return p.count <= maxDirectives
}

func (p *parser) problem(span source.Span, message string) {
	p.problems = append(p.problems, diag.Problem("suppression-syntax", diag.Warning, span, message))
}

func (p *parser) metadata(m Metadata) {
	if !p.more() {
		return
	}
	if m.Problem == "" && m.Until != "" && !isDate(m.Until) {
		m.Problem = badDate(m.Until)
	}
	if m.Problem != "" {
		p.problem(m.Span, m.Problem+noEffect)
		return
	}
	p.out = append(p.out, Directive{
		Span: m.Span, Rules: []string{m.Rule}, Reason: m.Reason, Until: m.Until,
		reach: []source.Span{m.Owner}, resource: true,
	})
}

// holds reports whether the suppression is about the place or the resource of a finding. Files are compared by path: they
// may have been read more than once.
func (d *Directive) holds(f *diag.Diagnostic) bool {
	for _, r := range d.reach {
		if begins(f.Span, r) || d.resource && f.Subject != nil && isAbout(f.Subject, r) {
			return true
		}
	}
	return false
}

// isAbout reports whether a resource, or a call of a module that it is in, has its header there.
func isAbout(s *diag.Subject, in source.Span) bool {
	return begins(s.Span, in) || slices.ContainsFunc(s.Calls, func(c source.Span) bool { return begins(c, in) })
}

func begins(s, in source.Span) bool {
	return s.File != nil && s.File.Path == in.File.Path && s.Start >= in.Start && s.Start < in.End
}
