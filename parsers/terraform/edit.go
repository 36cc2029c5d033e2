package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// writable tells that the resource does not stand in a cache of modules.
func (d *dialect) writable() bool { return d.in != nil && !d.in.External }

// Set writes a literal in place of the one that is there, or adds the argument after the last one of its block. It is nil
// where an expression decides, and in JSON syntax.
func (d *dialect) Set(r *model.Resource, path string, v value.Value) []source.Edit {
	if !d.writable() {
		return nil
	}
	if d.schema == nil || d.updatedAt(path) {
		return d.setBody(r, path, v)
	}
	steps, rest := d.steps(path)
	if len(steps) == 0 || rest != "" {
		return nil
	}
	config := d.in.Config
	last := steps[len(steps)-1]
	said := spoken(last.arg, v)
	if said.IsUnset() && !v.IsUnset() {
		return nil // the argument has no word for it
	}
	text := literal(said)
	for i, s := range steps[:len(steps)-1] {
		if _, there := config.Lookup(s.arg.name); !there && !config.Open {
			return d.insertBlocks(config, steps[i:], text, i)
		}
		config = blockAt(config, s)
		if config.Kind != value.Object {
			return nil
		}
	}
	if last.arg.args != nil && last.arg.many && len(steps) == 1 {
		return d.extend(r.Body.GetPath(path), last.arg, v)
	}
	if last.arg.args != nil || last.arg.json || v.Kind == value.Object {
		return nil
	}
	f, ok := config.Lookup(last.arg.name)
	if last.index >= 0 {
		return replaceElement(f, last.index, text)
	}
	if !ok {
		return d.insert(config, steps, last.arg.name+" = "+text)
	}
	return replaceLiteral(f, text)
}

// blockAt is the config of a block within another one.
func blockAt(config value.Value, s step) value.Value {
	v := config.Get(s.arg.name)
	if v.Kind == value.Array {
		return v.Index(max(s.index, 0))
	}
	return v
}

// after writes text on a line of its own after an item, or after a comma where the items share a line.
func after(last source.Span, text string, from int) []source.Edit {
	indent, own := indentation(last, from)
	if !own {
		return []source.Edit{{Span: last.File.At(last.End, 0), New: ", " + text}}
	}
	return []source.Edit{below(last, indent+text)}
}

// below writes a line below an item and the comment on its line.
func below(item source.Span, line string) source.Edit {
	if strings.HasSuffix(item.Text(), "\n") { // a heredoc has its newline
		return source.Edit{Span: item.File.At(item.End, 0), New: line + "\n"}
	}
	return source.Edit{Span: item.File.At(item.File.AfterComment(item.End), 0), New: "\n" + line}
}

// indentation is the white space before an item, and whether it stands at the beginning of its line.
func indentation(item source.Span, from int) (string, bool) {
	data := item.File.Data
	i := item.Start
	for i > from && (data[i-1] == ' ' || data[i-1] == '\t') {
		i--
	}
	return string(data[i:item.Start]), i == 0 || data[i-1] == '\n'
}

// insert adds an argument after the last one of the resource, or of one of its blocks.
func (d *dialect) insert(config value.Value, steps []step, text string) []source.Edit {
	var last source.Span
	for _, f := range config.Fields() {
		if isAttribute(f) && f.Site.File == d.in.Header.File && f.Site.Start > d.in.Header.Start && f.Site.End > last.End {
			last = f.Site
		}
	}
	if last.IsZero() {
		if len(steps) > 1 {
			return nil
		}
		return d.insertFirst(text)
	}
	indent, own := indentation(last, d.in.Header.End)
	if !own {
		return nil
	}
	return []source.Edit{below(last, indent+aligned(last, text))}
}

// insertFirst adds an argument to a resource that has none.
func (d *dialect) insertFirst(text string) []source.Edit {
	h := d.in.Header
	if h.File == nil || !strings.HasPrefix(h.Text(), "resource ") {
		return nil
	}
	rest := string(h.File.Data[h.End:])
	trimmed := strings.TrimLeft(rest, " \t")
	if !strings.HasPrefix(trimmed, "{\n") && !strings.HasPrefix(trimmed, "{\r\n") {
		return nil
	}
	at := h.End + len(rest) - len(trimmed) + 1
	return []source.Edit{{Span: h.File.At(at, 0), New: "\n  " + text}}
}

// aligned puts the equals sign below that of the item before, as terraform fmt does, if the name is no longer.
func aligned(before source.Span, text string) string {
	name, rest, _ := strings.Cut(text, " = ")
	i := strings.IndexByte(before.Text(), '=')
	if strings.Contains(before.Text(), "\n") || i-1 <= len(name) {
		return text
	}
	return name + strings.Repeat(" ", i-1-len(name)) + " = " + rest
}

// isAttribute tells an argument from a block by how it is written.
func isAttribute(f value.Field) bool {
	rest, ok := strings.CutPrefix(f.Site.Text(), f.Name)
	return ok && strings.HasPrefix(strings.TrimLeft(rest, " \t"), "=")
}

// replaceLiteral replaces a literal that stands where its argument is written; null counts, an expression does not.
func replaceLiteral(f value.Field, text string) []source.Edit {
	site := f.Site.Text()
	i := strings.IndexByte(site, '=')
	if i < 0 || strings.HasPrefix(site, `"`) && !strings.Contains(site[:i], `" `) {
		return nil
	}
	start := f.Site.Start + i + 1
	for start < f.Site.End && (f.Site.File.Data[start] == ' ' || f.Site.File.Data[start] == '\t') {
		start++
	}
	whole := source.Span{File: f.Site.File, Start: start, End: f.Site.End}
	if !isLiteral(whole) && !isList(whole, f.Value) {
		return nil
	}
	return []source.Edit{{Span: whole, New: text}}
}

// isLiteral tells a literal from an expression by its text.
func isLiteral(s source.Span) bool {
	text := s.Text()
	switch text {
	case "":
		return false
	case "true", "false", "null":
		return true
	}
	if text[0] == '"' {
		inner := text[1:max(len(text)-1, 1)]
		return text[len(text)-1] == '"' && !strings.Contains(strings.ReplaceAll(inner, `\"`, ""), `"`) &&
			!strings.Contains(inner, "${") && !strings.Contains(inner, "%{")
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

// isList tells a list constructor of literals.
func isList(s source.Span, v value.Value) bool {
	if text := s.Text(); v.Kind != value.Array || !strings.HasPrefix(text, "[") || !strings.HasSuffix(text, "]") {
		return false
	}
	for _, e := range v.Elems() {
		if !s.Contains(e.Span) || !isLiteral(e.Span) {
			return false
		}
	}
	return isTuple(v) // a literal may be part of an expression
}

// replaceElement replaces an element of a list of literals.
func replaceElement(f value.Field, i int, text string) []source.Edit {
	if f.Value.Kind != value.Array || i >= len(f.Value.Elems()) {
		return nil
	}
	e := f.Value.Elems()[i]
	if !f.Site.Contains(e.Span) || !isLiteral(e.Span) {
		return nil
	}
	return []source.Edit{{Span: e.Span, New: text}}
}

// Remove takes elements of lists of literals away, and arguments that are literals.
func (d *dialect) Remove(r *model.Resource, paths ...string) []source.Edit {
	if !d.writable() {
		return nil
	}
	if d.schema == nil {
		return removeFromBody(r.Body, paths)
	}
	type list struct {
		field value.Field
		gone  []int
	}
	var lists []list
	for _, p := range paths {
		f, index, ok := d.element(p)
		if !ok {
			return nil
		}
		at := slices.IndexFunc(lists, func(l list) bool { return l.field.Site == f.Site })
		if at < 0 {
			at, lists = len(lists), append(lists, list{field: f})
		}
		lists[at].gone = append(lists[at].gone, index)
	}
	var edits []source.Edit
	for _, l := range lists {
		e := removeElements(l.field, l.gone)
		if e == nil {
			return nil
		}
		edits = append(edits, e...)
	}
	return edits
}

// element finds the list, and the index in it, that a path leads to.
func (d *dialect) element(path string) (list value.Field, index int, ok bool) {
	steps, rest := d.steps(path)
	if len(steps) == 0 || rest != "" {
		return value.Field{}, 0, false
	}
	config, last := d.in.Config, steps[len(steps)-1]
	for _, s := range steps[:len(steps)-1] {
		if config = blockAt(config, s); config.Kind != value.Object {
			return value.Field{}, 0, false
		}
	}
	list, ok = config.Lookup(last.arg.name)
	return list, last.index, ok && last.index >= 0 && last.arg.args == nil
}

// removeElements takes elements of a list of literals, or entries of a string with commas, away.
func removeElements(f value.Field, gone []int) []source.Edit {
	if text, ok := f.Value.Text(); ok {
		return removeEntries(f, text, gone)
	}
	whole := f.Value.Span
	if !f.Site.Contains(whole) || !isList(whole, f.Value) {
		return nil
	}
	return cutElements(f.Value, gone)
}

// cutElements takes elements of a list constructor away, with their commas.
func cutElements(list value.Value, gone []int) []source.Edit {
	whole := list.Span
	elems := list.Elems()
	var edits []source.Edit
	for i := 0; i < len(elems); i++ {
		j := i
		for j < len(elems) && slices.Contains(gone, j) {
			j++
		}
		if i == j {
			continue
		}
		cut := source.Span{File: whole.File, Start: elems[i].Span.Start, End: elems[j-1].Span.End}
		switch {
		case j < len(elems):
			cut.End = elems[j].Span.Start
		case i > 0:
			cut.Start = elems[i-1].Span.End
		}
		if strings.ContainsAny(cut.Text(), "#") || strings.Contains(cut.Text(), "//") {
			return nil // a comment would go with it
		}
		edits = append(edits, source.Edit{Span: cut})
		i = j
	}
	return edits
}

// removeEntries writes a string with commas without some of its entries.
func removeEntries(f value.Field, text string, gone []int) []source.Edit {
	var rest []string
	n := 0
	for _, e := range strings.Split(text, ",") {
		if strings.TrimSpace(e) == "" {
			continue
		}
		if !slices.Contains(gone, n) {
			rest = append(rest, strings.TrimSpace(e))
		}
		n++
	}
	return replaceLiteral(f, quoted(strings.Join(rest, ",")))
}

// Append adds an element to a list of literals, making the list when it is absent. Where the elements are blocks, a block
// is added after the last of the resource's arguments.
func (d *dialect) Append(r *model.Resource, path string, v value.Value) []source.Edit {
	if d.schema == nil && d.writable() {
		return appendToBody(d, r, path, v)
	}
	steps, rest := d.steps(path)
	if !d.writable() || len(steps) == 0 || rest != "" || steps[len(steps)-1].index >= 0 {
		return nil
	}
	config := d.in.Config
	for _, s := range steps[:len(steps)-1] {
		if config = blockAt(config, s); config.Kind != value.Object {
			return nil
		}
	}
	a := steps[len(steps)-1].arg
	if a.args != nil {
		return d.appendBlock(config, a, steps, v)
	}
	if a.form.member != "" {
		v = v.GetPath(a.form.member)
	}
	f, ok := config.Lookup(a.name)
	switch {
	case !ok:
		return d.insert(config, steps, a.name+" = ["+literal(v)+"]")
	case f.Value.IsUnset():
		return replaceLiteral(f, "["+literal(v)+"]")
	case !f.Site.Contains(f.Value.Span) || !isList(f.Value.Span, f.Value):
		return nil
	case len(f.Value.Elems()) == 0:
		return []source.Edit{{Span: f.Value.Span, New: "[" + literal(v) + "]"}}
	}
	return afterLast(f.Value, v)
}

// afterLast adds an element after the last one of a list constructor.
func afterLast(list, v value.Value) []source.Edit {
	last := list.Elems()[len(list.Elems())-1].Span
	at := source.Span{File: last.File, Start: last.End, End: last.End}
	separator := ", "
	if indent, own := indentation(last, list.Span.Start); own {
		separator = ",\n" + indent
	}
	return []source.Edit{{Span: at, New: separator + literal(v)}}
}
