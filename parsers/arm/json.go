// Package arm reads ARM templates and parameter files: JSON with comments, in which strings may be expressions.
package arm

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
	"github.com/tidwall/jsonc"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// MaxNesting is how deep objects and arrays may nest. The deepest of 578 registry templates nests 30 levels.
const MaxNesting = 500

// maxItems is how many members or elements one object or array may have. Azure takes templates of up to 4 MB.
const maxItems = 100_000

// document is a JSON file. Its tree is made on demand: a node is a byte range, and its members are found when asked for.
type document struct {
	file *source.File
	// clean is the file with comments, trailing commas and line ends in strings blanked, byte for byte.
	clean string
	// ends tell where large objects and arrays end, in the order of their beginnings, so that what is nested deeply is not
	// looked through again on each level.
	ends  []extent
	diags []diag.Diagnostic
	// scratch is where the members of one object are collected before their number is known.
	scratch []member
}

// extent is where an object or array stands, its brackets included.
type extent struct{ start, end int }

// minExtent is how long an object or array has to be for its end to be kept, in bytes.
const minExtent = 128

// node is a value in a document.
type node struct {
	doc        *document
	start, end int
}

// member is a member of an object.
type member struct {
	name  string
	key   source.Span // with quotes
	value node
}

// read checks the whole file and returns its root. It reports false, with a diagnostic, for what is not JSON.
func read(f *source.File) (*document, node, bool) {
	doc := &document{file: f}
	start := 0
	switch {
	case bytes.HasPrefix(f.Data, []byte("\xef\xbb\xbf")):
		start = 3
	case isUTF16(f.Data):
		doc.problem("json-encoding", f.At(0, 2), "The file is in UTF-16; templates have to be in UTF-8.")
		return doc, node{}, false
	}
	scan := prescan(f.Data, start)
	if scan.tooDeep >= 0 {
		doc.problem("json-depth", f.At(scan.tooDeep, 1), fmt.Sprintf("Values nest deeper than %d levels.", MaxNesting))
		return doc, node{}, false
	}
	if !utf8.Valid(f.Data) {
		doc.problem("json-encoding", f.At(firstInvalid(f.Data), 1), "This is not valid UTF-8.")
	}
	doc.clean = cleaned(f, start, scan)
	if !gjson.Valid(doc.clean[start:]) {
		at, message := explain(doc.clean, start)
		doc.problem("json-syntax", f.At(at, min(1, len(f.Data)-at)), message)
		return doc, node{}, false
	}
	if doc.ends = scan.ends; scan.relaxed { // comments may have brackets in them
		doc.ends = prescan([]byte(doc.clean), start).ends
	}
	body := doc.clean[start:]
	lead := len(body) - len(strings.TrimLeft(body, " \t\r\n"))
	return doc, node{doc, start + lead, start + len(strings.TrimRight(body, " \t\r\n"))}, true
}

func isUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
}

// maxProblems are the problems of one file that are listed.
const maxProblems = 100

func (d *document) problem(code string, at source.Span, message string) {
	d.report(code, diag.Error, at, message)
}

func (d *document) report(code string, severity diag.Severity, at source.Span, message string) {
	switch n := len(d.diags); {
	case n > maxProblems:
		return
	case n == maxProblems:
		code, severity, message = "limit", diag.Error, fmt.Sprintf("There are more than %d problems in this file; the rest is not listed.", maxProblems)
	}
	d.diags = append(d.diags, diag.Problem(code, severity, at, message))
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return 0
}

// scanned is what one quick look at the bytes tells.
type scanned struct {
	tooDeep  int // offset of the bracket that nests too deep, or -1
	relaxed  bool
	newlines []int // offsets of line ends and tabs inside strings
	ends     []extent
}

// prescan measures nesting before any recursive reader sees the bytes, and looks for what strict JSON does not have.
func prescan(b []byte, i int) scanned {
	s := scanned{tooDeep: -1}
	var open [MaxNesting]int // indices into ends
	depth, comma := 0, false
	for ; i < len(b); i++ {
		switch c := b[i]; c {
		case '"':
			comma = false
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				} else if b[i] < ' ' {
					s.newlines = append(s.newlines, i)
				}
			}
		case '{', '[':
			comma = false
			if depth == MaxNesting {
				s.tooDeep = i
				return s
			}
			open[depth] = len(s.ends)
			s.ends = append(s.ends, extent{start: i})
			depth++
		case '}', ']':
			s.relaxed = s.relaxed || comma
			comma = false
			if depth > 0 { // else it is no JSON
				depth--
				s.close(open[depth], i+1)
			}
		case ',':
			comma = true
		case '/':
			s.relaxed = true
			i = skipComment(b, i)
		case ' ', '\t', '\r', '\n':
		default:
			comma = false
		}
	}
	return s
}

// close notes where what was opened as the nth ends. What is short is not kept, nor what is in it, which is shorter.
func (s *scanned) close(n, end int) {
	if end-s.ends[n].start < minExtent {
		s.ends = s.ends[:n]
		return
	}
	s.ends[n].end = end
}

// skipComment returns the offset of the last byte of the comment at i.
func skipComment(b []byte, i int) int {
	rest := b[i:]
	if bytes.HasPrefix(rest, []byte("//")) {
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			return i + n
		}
		return len(b)
	}
	if bytes.HasPrefix(rest, []byte("/*")) {
		if n := bytes.Index(rest[2:], []byte("*/")); n >= 0 {
			return i + n + 3
		}
		return len(b)
	}
	return i
}

// cleaned returns the bytes as strict JSON of the same length.
func cleaned(f *source.File, start int, s scanned) string {
	if !s.relaxed && len(s.newlines) == 0 {
		return f.At(0, len(f.Data)).Text()
	}
	out := bytes.Clone(f.Data)
	for _, i := range s.newlines {
		out[i] = ' '
	}
	if s.relaxed {
		copy(out[start:], jsonc.ToJSON(out[start:]))
	}
	return string(out)
}

func (n node) kind() byte {
	if n.doc == nil || n.start >= n.end {
		return 0
	}
	return n.doc.clean[n.start]
}

func (n node) exists() bool { return n.doc != nil }

func (n node) span() source.Span {
	if n.doc == nil {
		return source.Span{}
	}
	return source.Span{File: n.doc.file, Start: n.start, End: n.end}
}

// each visits the members or elements, up to a limit; key is empty for elements. The text is known to be valid.
func (n node) each(visit func(key, value node)) {
	c := cursor{text: n.doc.clean, at: n.start + 1, ends: n.doc.ends}
	c.ends = c.ends[sort.Search(len(c.ends), func(i int) bool { return c.ends[i].start > n.start }):]
	for left := maxItems; c.more(); left-- {
		var key node
		if n.doc.clean[n.start] == '{' {
			key = c.next(n.doc)
			c.more() // steps over the colon
		}
		value := c.next(n.doc)
		if left == 0 {
			n.doc.problem("limit", n.doc.file.At(value.start, 1), fmt.Sprintf("There are more than %d values in here; the rest was not looked at.", maxItems))
			return
		}
		visit(key, value)
	}
}

// cursor goes through the values of one object or array.
type cursor struct {
	text string
	at   int
	ends []extent // of what begins at or after at
}

// more steps over space, commas and colons. It reports false at the closing bracket.
func (c *cursor) more() bool {
	for {
		switch c.text[c.at] {
		case ' ', '\t', '\r', '\n', ',', ':':
			c.at++
		case '}', ']':
			return false
		default:
			return true
		}
	}
}

// next returns the value that begins here and steps over it.
func (c *cursor) next(doc *document) node {
	start := c.at
	switch c.text[start] {
	case '"':
		c.at = endOfString(c.text, start)
	case '{', '[':
		c.at = c.endOfNest()
	default:
		c.at += strings.IndexAny(c.text[start:], ",]} \t\r\n")
	}
	return node{doc, start, c.at}
}

// endOfNest returns where the object or array that begins here ends.
func (c *cursor) endOfNest() int {
	for len(c.ends) > 0 && c.ends[0].start < c.at {
		c.ends = c.ends[1:]
	}
	if len(c.ends) > 0 && c.ends[0].start == c.at {
		return c.skip(c.ends[0].end)
	}
	depth := 0
	for i := c.at; ; i++ {
		switch c.text[i] {
		case '"':
			i = endOfString(c.text, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
}

// skip drops the ends of what is nested in what ends at end.
func (c *cursor) skip(end int) int {
	c.ends = c.ends[sort.Search(len(c.ends), func(i int) bool { return c.ends[i].start >= end }):]
	return end
}

// endOfString returns the offset after the closing quote of the string that begins at start.
func endOfString(text string, start int) int {
	for i := start + 1; ; i++ {
		i += strings.IndexByte(text[i:], '"')
		escapes := 0
		for text[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}

// members returns the members of an object in source order; of members with the same name, ignoring case, the last.
func (n node) members() []member {
	if n.kind() != '{' {
		return nil
	}
	list := n.doc.scratch[:0]
	n.each(func(key, value node) { list = append(list, member{key.text(), key.span(), value}) })
	n.doc.scratch = list
	return n.distinct(slices.Clone(list))
}

// fewMembers is up to how many members are compared with each other rather than looked up.
const fewMembers = 16

func (n node) distinct(list []member) []member {
	later := func(i int) int {
		for j := len(list) - 1; j > i; j-- {
			if len(list[j].name) == len(list[i].name) && strings.EqualFold(list[j].name, list[i].name) {
				return j
			}
		}
		return i
	}
	if len(list) > fewMembers {
		last := make(map[string]int, len(list))
		for i, m := range list {
			last[strings.ToLower(m.name)] = i
		}
		later = func(i int) int { return last[strings.ToLower(list[i].name)] }
	}
	out := list[:0]
	for i, m := range list {
		if j := later(i); j != i {
			n.repeated(m, list[j])
			continue
		}
		out = append(out, m)
	}
	return out
}

// repeated reports a member that is there twice. Who reads JSON takes the last one, so that nothing is open; but of two
// spellings not everybody knows that they are one.
func (n node) repeated(m, last member) {
	severity := diag.Warning
	if m.name != last.name {
		severity = diag.Error
	}
	n.doc.report("json-duplicate-key", severity, m.key, fmt.Sprintf("The key %q is there twice; only the last one counts.", m.name))
}

// elements returns the elements of an array.
func (n node) elements() []node {
	if n.kind() != '[' {
		return nil
	}
	var list []node
	n.each(func(_, value node) { list = append(list, value) })
	return list
}

// get returns the member with that name, ignoring case.
func (n node) get(name string) node {
	for _, m := range n.members() {
		if strings.EqualFold(m.name, name) {
			return m.value
		}
	}
	return node{}
}

// text returns the string that n is; "" when it is something else.
func (n node) text() string {
	if n.kind() != '"' {
		return ""
	}
	raw := n.doc.file.At(n.start+1, n.end-n.start-2).Text()
	if strings.IndexByte(raw, '\\') < 0 {
		return strings.ToValidUTF8(raw, "\uFFFD")
	}
	s, _ := unescape([]byte(raw))
	return strings.ToValidUTF8(s, "\uFFFD")
}
