package config

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/spell"
)

// Bounds of what a file may ask for.
const (
	maxSize    = 64 << 10 // bytes of the file
	maxNesting = 20       // brackets and levels of indentation
	maxGlob    = 256      // bytes of a glob
	maxStars   = 4        // "**" and "{" in one: matching tries all ways
)

// Read reads a file. Any problem makes it void.
func Read(file *source.File, base string, rules []*rule.Rule) (*Config, []diag.Diagnostic) {
	r := &reader{file: file, rules: rules, c: &Config{File: file, Base: base, lines: map[string]int{}}}
	if why := tooMuch(file.Data); why != "" {
		r.problems = append(r.problems, diag.Problem(code, diag.Error, file.At(0, 0), why))
		return nil, r.problems
	}
	doc, err := parser.ParseBytes(bytes.TrimPrefix(file.Data, []byte("\xef\xbb\xbf")), 0)
	if err != nil {
		r.syntax(err)
		return nil, r.problems
	}
	for i, d := range doc.Docs {
		switch {
		case i > 0:
			r.fail(d.Body, "there is a second document")
		case d.Body != nil:
			r.top(d.Body)
		}
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return r.c, nil
}

const code = "configuration"

// tooMuch says why a file is not even parsed.
func tooMuch(data []byte) string {
	depth := 0
	for _, c := range data {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		}
		if depth > maxNesting {
			return "it nests too deep"
		}
	}
	switch {
	case len(data) > maxSize:
		return fmt.Sprintf("it is larger than %d KB", maxSize>>10)
	case !utf8.Valid(data):
		return "it is not in UTF-8"
	}
	for _, l := range strings.Split(string(data), "\n") {
		if len(l)-len(strings.TrimLeft(l, " -?:")) > 4*maxNesting {
			return "it nests too deep"
		}
	}
	return ""
}

type reader struct {
	file     *source.File
	rules    []*rule.Rule
	c        *Config
	problems []diag.Diagnostic
}

// fail reports a problem at a node.
func (r *reader) fail(n ast.Node, format string, args ...any) {
	span := r.file.At(0, 0)
	if n != nil {
		span = r.at(n.GetToken())
	}
	r.problems = append(r.problems, diag.Problem(code, diag.Error, span, fmt.Sprintf(format, args...)))
}

// at is the place of a token. The library counts columns in characters.
func (r *reader) at(t *token.Token) source.Span {
	if t == nil || t.Position == nil {
		return r.file.At(0, 0)
	}
	line := r.file.LineSpan(t.Position.Line)
	if line.File == nil {
		return r.file.At(len(r.file.Data), 0)
	}
	start := line.Start
	for column := 1; column < t.Position.Column && start < line.End; column++ {
		_, n := utf8.DecodeRune(r.file.Data[start:line.End])
		start += n
	}
	return r.file.At(start, min(len(t.Value), line.End-start))
}

// syntax reports an error of the YAML parser.
func (r *reader) syntax(err error) {
	message, span := err.Error(), r.file.At(0, 0)
	if e, ok := err.(interface {
		GetMessage() string
		GetToken() *token.Token
	}); ok {
		message, span = e.GetMessage(), r.at(e.GetToken())
	}
	first, _, _ := strings.Cut(message, "\n")
	r.problems = append(r.problems, diag.Problem(code, diag.Error, span, "it is not YAML: "+first))
}

// pair is a member of a mapping.
type pair struct {
	key   string
	at    ast.Node
	value ast.Node
}

func (p pair) line() int { return p.at.GetToken().Position.Line }

// pairs returns the members of a mapping, each key once.
func (r *reader) pairs(n ast.Node) []pair {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	case *ast.NullNode:
	default:
		r.fail(n, "a mapping is expected here")
	}
	var out []pair
	for _, v := range values {
		key := v.Key.GetToken().Value
		if slices.ContainsFunc(out, func(p pair) bool { return p.key == key }) {
			r.fail(v.Key, "the key '%s' is there twice", key)
			continue
		}
		out = append(out, pair{key, v.Key, v.Value})
	}
	return out
}

// known reports whether a key is one of those that may stand there.
func (r *reader) known(p pair, keys []string) bool {
	if slices.Contains(keys, p.key) {
		return true
	}
	r.fail(p.at, "there is no key '%s'%s", p.key, spell.DidYouMean(p.key, keys))
	return false
}

func (r *reader) text(n ast.Node) (string, bool) {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value, true
	}
	r.fail(n, "text is expected here")
	return "", false
}

func (r *reader) word(n ast.Node, allowed ...string) string {
	s, ok := r.text(n)
	if ok && !slices.Contains(allowed, s) {
		r.fail(n, "'%s' is none of %s%s", s, strings.Join(allowed, ", "), spell.DidYouMean(s, allowed))
		return ""
	}
	return s
}

func (r *reader) texts(n ast.Node) []string {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fail(n, "a list is expected here")
		return nil
	}
	var out []string
	for _, e := range list.Values {
		if s, ok := r.text(e); ok {
			out = append(out, s)
		}
	}
	return out
}

func (r *reader) number(n ast.Node) int {
	i, ok := n.(*ast.IntegerNode)
	if !ok {
		r.fail(n, "a whole number is expected here")
		return 0
	}
	switch v := i.Value.(type) {
	case uint64:
		if v >= 1 && v <= math.MaxInt32 {
			return int(v)
		}
	case int64:
		if v >= 1 && v <= math.MaxInt32 {
			return int(v)
		}
	}
	r.fail(n, "a number from 1 to %d is expected here", math.MaxInt32)
	return 0
}

func (r *reader) boolean(n ast.Node) bool {
	b, ok := n.(*ast.BoolNode)
	if !ok {
		r.fail(n, "true or false is expected here")
		return false
	}
	return b.Value
}

// globs returns a list of globs.
func (r *reader) globs(n ast.Node) []string {
	out := r.texts(n)
	for _, g := range out {
		r.glob(n, g)
	}
	return out
}

func (r *reader) glob(n ast.Node, g string) {
	switch {
	case len(g) > maxGlob || strings.Count(g, "**")+strings.Count(g, "{") > maxStars || strings.Count(g, "*") > 4*maxStars:
		r.fail(n, "the glob '%s' is too long or has too many '**' and '{'", g[:min(len(g), 40)])
	case g == "" || path.IsAbs(g) || strings.HasPrefix(g, "../") || !doublestar.ValidatePattern(g):
		r.fail(n, "'%s' is no glob relative to the folder of this file", g)
	}
}

// name makes a path of the file one that is relative to the scan root, which it must not leave.
func (r *reader) name(n ast.Node, p string) string {
	full := path.Join(r.c.Base, strings.ReplaceAll(p, `\`, "/"))
	if p == "" || path.IsAbs(p) || strings.Contains(p, ":") || !fs.ValidPath(full) {
		r.fail(n, "'%s' is no path below the scan root", p)
	}
	return full
}
