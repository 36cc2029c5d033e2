package suppress

import (
	"bytes"
	"fmt"
	"iter"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/spell"
)

const (
	marker   = "cosmoslint:"
	noEffect = " The suppression has no effect."
)

// comment reads the i-th comment. Only a line of it that begins with the marker is meant for cosmoslint.
func (p *parser) comment(i int) {
	c := p.src.Comments[i]
	reach := sync.OnceValue(func() []source.Span { return p.reach(i) })
	for at, line := range lines(strings.TrimSuffix(c.Text(), "*/")) {
		p.directive(line, c.File.At(c.Start+at, len(line)), reach)
	}
}

// note reads a property that is a comment.
func (p *parser) note(n Note) {
	for _, line := range lines(n.Text) {
		p.directive(line, n.Span, func() []source.Span { return []source.Span{n.Owner} })
	}
}

// lines are those of a comment with their offsets, without delimiters, stars and blanks around them.
func lines(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(text); {
			end := len(text)
			if i := strings.IndexAny(text[at:], "\r\n"); i >= 0 {
				end = at + i
			}
			line := strings.TrimLeft(text[at:end], "/*# \t")
			if !yield(end-len(line), strings.TrimRight(line, " \t")) {
				return
			}
			at = end + 1
		}
	}
}

// directive reads a line of a comment, which is about a place.
func (p *parser) directive(text string, span source.Span, reach func() []source.Span) {
	text, ok := strings.CutPrefix(text, marker)
	if !ok || !p.more() {
		return
	}
	verb, rest, _ := strings.Cut(text, " ")
	d := Directive{Span: span, resource: true}
	switch verb {
	case "ignore":
		d.reach = reach()
	case "ignore-file":
		d.reach = []source.Span{{File: span.File, Start: 0, End: len(span.File.Data) + 1}}
	default:
		p.problem(span, fmt.Sprintf("'%s%s' is neither %signore nor %signore-file.", marker, verb, marker, marker)+noEffect)
		return
	}
	if problem := d.read(rest); problem != "" {
		p.problem(span, problem+noEffect)
		return
	}
	p.out = append(p.out, d)
}

// read takes "CDB101, local-auth-enabled reason="…" until=2026-12-31" apart. It returns what is wrong with it.
func (d *Directive) read(text string) string {
	list := true // a rule may come next
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimLeft(text, " \t") {
		key, rest, isPair := strings.Cut(text, "=")
		switch {
		case isPair && key == "reason":
			value, after, ok := quoted(rest)
			if !ok {
				return `The reason is not closed with '"'.`
			}
			d.Reason, text, list = strings.TrimSpace(value), after, false
		case isPair && key == "until":
			d.Until, text = word(rest)
			if list = false; !isDate(d.Until) {
				return badDate(d.Until)
			}
		case isPair && isWord(key):
			return fmt.Sprintf("There is no '%s='%s.", key, spell.DidYouMean(key, []string{"reason", "until"}))
		case !list:
			return `After the rules there can only be reason="…" and until=YYYY-MM-DD.`
		default:
			name, after := word(text)
			if !isWord(name) {
				return fmt.Sprintf("'%s' is no id or name of a rule.", name)
			}
			d.Rules = append(d.Rules, name)
			text, list = strings.CutPrefix(strings.TrimLeft(after, " \t"), ",")
		}
	}
	switch n := len(d.Rules); {
	case n == 0:
		return "It names no rule."
	case n > maxRules:
		return fmt.Sprintf("It names more than %d rules.", maxRules)
	}
	return ""
}

// word returns what comes before the next blank or comma, and the rest.
func word(s string) (string, string) {
	if i := strings.IndexAny(s, " \t,"); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

func isWord(s string) bool {
	for _, c := range []byte(s) {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			if (c < '0' || c > '9') && c != '-' && c != '_' {
				return false
			}
		}
	}
	return s != ""
}

// quoted reads a value in double quotes, in which a backslash stands before a quote that is meant, or one word without.
func quoted(s string) (value, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		value, rest = word(s)
		return value, rest, true
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:], true
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
		}
		b.WriteByte(s[i])
	}
	return "", "", false
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func badDate(s string) string {
	return fmt.Sprintf("'%s' is no date of the form YYYY-MM-DD.", s)
}

// reach is the line that a comment is about: its own when there is something else before it, else the next one that is
// neither empty nor a comment. Of a JSON object that is opened there its type belongs to it, which is the header of a resource.
func (p *parser) reach(i int) []source.Span {
	c := p.src.Comments[i]
	line := c.File.LineSpan(c.File.Line(c.Start))
	if !p.after(line.Start, i) {
		line = c.File.LineSpan(c.File.Line(p.next(c.End)))
	}
	line.End++ // a place at the end of the line is on it
	out := []source.Span{line}
	if open := p.opened(line); open >= 0 {
		if typ := typeMember(c.File.Data, open+1); typ >= 0 {
			out = append(out, source.Span{File: c.File, Start: typ, End: c.File.LineSpan(c.File.Line(typ)).End + 1})
		}
	}
	return out
}

// after reports whether something else than comments stands between the offset at, of a line's beginning, and the i-th
// comment.
func (p *parser) after(at, i int) bool {
	for step := 0; step < maxSteps; step++ {
		end, from := p.src.Comments[i].Start, at
		if i > 0 {
			from = max(at, p.src.Comments[i-1].End)
		}
		if from < end && len(bytes.TrimSpace(p.src.File.Data[from:end])) > 0 {
			return true
		}
		if i--; i < 0 || from <= at {
			return false
		}
	}
	return true
}

// next skips blanks, comments, Bicep's directives and decorators after a comment that ends at an offset.
func (p *parser) next(at int) int {
	data := p.src.File.Data
	var passed []int
	for at < len(data) {
		known, seen := p.memo[at]
		switch end := p.skipped(at); {
		case seen:
			at = known
		case end > at:
			passed = append(passed, at)
			at = end
			continue
		case bytes.IndexByte([]byte(" \t\r\n"), data[at]) >= 0:
			at++
			continue
		case p.src.Decorated && data[at] == '@':
			at = p.decorator(at)
			continue
		}
		break
	}
	for _, start := range passed {
		p.memo[start] = at
	}
	return at
}

// skipped is the end of the comment or directive that begins at an offset, or 0.
func (p *parser) skipped(at int) int {
	comments, pragmas := p.src.Comments, p.src.Pragmas
	if i := sort.Search(len(comments), func(i int) bool { return comments[i].Start >= at }); i < len(comments) && comments[i].Start == at {
		return comments[i].End
	}
	if i := sort.Search(len(pragmas), func(i int) bool { return pragmas[i].Span.Start >= at }); i < len(pragmas) && pragmas[i].Span.Start == at {
		return pragmas[i].Span.End
	}
	return 0
}

// decorator is the end of the decorator at an offset: of its brackets, outside of strings.
func (p *parser) decorator(at int) int {
	data := p.src.File.Data
	data = data[:min(len(data), at+maxScan)]
	depth, quoted := 0, false
	for ; at < len(data); at++ {
		switch c := data[at]; {
		case c == '\\' && quoted:
			at++
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case (c == '\n' || c == '\r') && depth <= 0:
			return at
		}
	}
	return len(data)
}
