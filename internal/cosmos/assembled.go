package cosmos

import (
	"bytes"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Assembled is a key in a property of a resource of which no text tells that it is one: it is written where nothing says what
// it is for, or in pieces.
type Assembled struct {
	Literal
	Resource *model.Resource
	Path     string
	// Written says that Span is where the key is written; else it is in pieces, and Span is zero.
	Written bool
}

// AssembledKeys are the keys that come to light only when the properties of a deployment are evaluated.
func AssembledKeys(d *model.Deployment) []Assembled {
	a := assembler{files: filesOf(d), literals: map[*source.File][]Literal{}}
	for _, r := range d.Resources {
		if !r.Existing {
			a.resource = r
			a.visit(r.Body, "")
		}
	}
	return a.found
}

type assembler struct {
	files    []*source.File
	literals map[*source.File][]Literal
	resource *model.Resource
	path     []string // to the value that is visited
	found    []Assembled
}

// visit looks through v, which is called name.
func (a *assembler) visit(v value.Value, name string) {
	depth := len(a.path)
	for _, f := range v.Fields() {
		called := f.Name
		if own, ok := v.Get("name").Text(); ok && slices.Contains(anonymous, strings.ToLower(f.Name)) {
			called = own
		}
		a.path = append(a.path[:depth], f.Name)
		a.visit(f.Value, called)
	}
	for i, e := range v.Elems() {
		a.path = append(a.path[:depth], itoa(i))
		a.visit(e, name)
	}
	a.path = a.path[:depth]
	if v.Kind == value.String || v.Parts() != nil {
		a.look(v, name)
	}
}

func (a *assembler) look(v value.Value, name string) {
	content := spelled(v)
	if len(content) < keyLength {
		return
	}
	line := []byte(name + ` = "` + content + `"`)
	places := keysIn(line)
	if len(places) == 0 || a.isLiteral(v.Span) {
		return
	}
	for _, at := range places {
		kind := judgeKey(line, at)
		if kind == "" {
			continue
		}
		found := Assembled{Literal: Literal{Kind: kind}, Resource: a.resource, Path: strings.Join(a.path, ".")}
		if found.Span, found.Written = a.find(line[at.start:at.end]); a.isLiteral(found.Span) {
			continue
		}
		if found.Written {
			found.Kind = AccountKey
			found.Name, found.Within = nameOf(found.Span.File.Data, found.Span.Start)
		}
		if !slices.ContainsFunc(a.found, func(o Assembled) bool { return o.Written && o.Span == found.Span }) {
			a.found = append(a.found, found)
		}
	}
}

// spelled is the text of v, with a mark for what is not known of it.
func spelled(v value.Value) string {
	if text, ok := v.Text(); ok {
		return text
	}
	var b strings.Builder
	for _, p := range v.Pieces() {
		if text, ok := p.Text(); ok {
			b.WriteString(text)
		} else {
			b.WriteString("{}")
		}
	}
	return b.String()
}

// isLiteral tells whether the text at a place is found to be a key, or holds one, whatever is made of it.
func (a *assembler) isLiteral(place source.Span) bool {
	if place.IsZero() {
		return false
	}
	list, ok := a.literals[place.File]
	if !ok {
		list = Literals(place.File)
		a.literals[place.File] = list
	}
	return slices.ContainsFunc(list, func(l Literal) bool { return l.Span.Start < place.End && place.Start < l.Span.End })
}

// find returns where a key is written.
func (a *assembler) find(key []byte) (source.Span, bool) {
	for _, f := range a.files {
		if i := bytes.Index(f.Data, key); i >= 0 {
			return f.At(i, len(key)), true
		}
	}
	return source.Span{}, false
}

// filesOf are the files of the user's own that a deployment was evaluated from, as far as resources and parameters tell.
func filesOf(d *model.Deployment) []*source.File {
	var files []*source.File
	add := func(f *source.File) {
		if f != nil && !f.External && !slices.Contains(files, f) {
			files = append(files, f)
		}
	}
	add(d.EntryPoint)
	for _, f := range slices.Concat(d.Parameters, d.Loaded) {
		add(f)
	}
	for _, in := range d.Inputs {
		add(in.Site.File)
	}
	for _, r := range d.Resources {
		add(r.Header.File)
	}
	return files
}
