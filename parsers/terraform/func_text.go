package terraform

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var (
	opAdd  = hclsyntax.OpAdd
	strlen = stdlib.StrlenFunc
)

// fnJoin puts strings together; of a list that may have more elements the known ones cannot be told from the text.
func fnJoin(c *callContext, args []value.Value) value.Value {
	if len(args) < 2 {
		return c.fail()
	}
	var pieces []value.Value
	for _, l := range args[1:] {
		elems, open, ok := sequence(l)
		if !ok {
			return c.fail()
		}
		for _, e := range elems {
			if len(pieces) > 0 {
				pieces = append(pieces, c.asText(args[0]))
			}
			pieces = append(pieces, c.asText(inherit(e, l)))
		}
		if open {
			return c.openJoin(args, pieces)
		}
	}
	v := value.Template(pieces...)
	v.NotNull = true
	return v
}

// openJoin is a text of which only the beginning is known: fnSplit gets a list out of it that shows the same.
func (c *callContext) openJoin(args, pieces []value.Value) value.Value {
	rest := unknownCall("rest", args...)
	if len(pieces) == 0 {
		rest.NotNull = true
		return rest
	}
	return value.Template(append(pieces, c.asText(args[0]), rest)...)
}

// fnSplit splits the text that can be seen. A hole may hold separators: what touches one is not known, and there may be
// more.
func fnSplit(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	sep, ok := args[0].Text()
	if !ok || args[1].Parts() == nil || sep == "" {
		return placedWords(c.standard(stdlib.SplitFunc, args), args[1])
	}
	var out, current []value.Value
	holed := false
	flush := func() {
		if !holed {
			out = append(out, value.Template(current...))
		}
		current, holed = nil, false
	}
	for _, p := range args[1].Parts() {
		text, known := p.Text()
		if !known {
			holed = true
			continue
		}
		words := strings.Split(text, sep)
		for i, w := range words {
			if i > 0 {
				flush()
			}
			current = append(current, value.OfString(w))
		}
	}
	flush()
	for i := range out {
		out[i] = keep(out[i], args[1])
	}
	return gathered(out, true, args)
}

// placedWords gives the words of a text the places where they are written.
func placedWords(list, text value.Value) value.Value {
	if list.Kind != value.Array {
		return list
	}
	elems, places := slices.Clone(list.Elems()), entriesOf(text)
	for i, e := range elems {
		word, _ := e.Text()
		elems[i] = keep(e, text).At(places.next(word))
	}
	return rebuilt(value.OfArray(elems...), list)
}

// fnReplace replaces text, or what a pattern between slashes matches.
func fnReplace(c *callContext, args []value.Value) value.Value {
	if len(args) != 3 {
		return c.fail()
	}
	if old, ok := args[1].Text(); ok && args[0].Parts() != nil && args[2].Known() && utf8.RuneCountInString(old) == 1 {
		return c.replacePieces(args) // nothing of what is replaced can stand in a hole and the text beside it
	}
	for _, a := range args {
		if !a.Known() {
			return c.unknown(args)
		}
	}
	text, okText := toText(args[0])
	old, okOld := toText(args[1])
	by, okBy := toText(args[2])
	if !okText || !okOld || !okBy {
		return c.fail()
	}
	if c.tooMuch(args) {
		return c.unknown(args)
	}
	if len(old) > 1 && strings.HasPrefix(old, "/") && strings.HasSuffix(old, "/") {
		re, err := regexp.Compile(old[1 : len(old)-1])
		if err != nil {
			return c.fail()
		}
		return markedBy(value.OfString(re.ReplaceAllString(text, by)), args)
	}
	return markedBy(value.OfString(strings.ReplaceAll(text, old, by)), args)
}

// replacePieces replaces a character in the known text of a string. A hole becomes another one.
func (c *callContext) replacePieces(args []value.Value) value.Value {
	pieces := slices.Clone(args[0].Parts())
	for i, p := range pieces {
		if _, ok := p.Text(); ok {
			pieces[i] = fnReplace(c, []value.Value{p, args[1], args[2]})
		} else {
			pieces[i] = unknownCall(c.name, p, args[1], args[2])
		}
	}
	return value.Template(pieces...)
}

func fnStartsWith(c *callContext, args []value.Value) value.Value {
	return c.edge(args, strings.HasPrefix, func(pieces []value.Value) value.Value { return pieces[0] })
}

func fnEndsWith(c *callContext, args []value.Value) value.Value {
	return c.edge(args, strings.HasSuffix, func(pieces []value.Value) value.Value { return pieces[len(pieces)-1] })
}

// edge answers what is at the beginning or the end of a string, also of one with holes in the middle.
func (c *callContext) edge(args []value.Value, has func(s, t string) bool, end func([]value.Value) value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	want, ok := args[1].Text()
	known, okEnd := end(args[0].Pieces()).Text()
	switch {
	case !ok || !okEnd:
		return ofTruth(value.Undecided, c.name, args)
	case has(known, want):
		return value.OfBool(true)
	case args[0].Kind == value.String || !has(want, known):
		return value.OfBool(false)
	}
	return ofTruth(value.Undecided, c.name, args)
}

func fnStrContains(c *callContext, args []value.Value) value.Value {
	if len(args) != 2 {
		return c.fail()
	}
	want, ok := args[1].Text()
	if !ok {
		return ofTruth(value.Undecided, c.name, args)
	}
	for _, p := range args[0].Pieces() {
		if text, known := p.Text(); known && strings.Contains(text, want) {
			return value.OfBool(true)
		}
	}
	return ofTruth(map[bool]value.Truth{true: value.False}[args[0].Kind == value.String], c.name, args)
}

func fnLower(c *callContext, args []value.Value) value.Value {
	return c.eachPiece(args, strings.ToLower)
}

func fnUpper(c *callContext, args []value.Value) value.Value {
	return c.eachPiece(args, strings.ToUpper)
}

// eachPiece applies f to the known text of a string. A hole becomes another one, of its own identity.
func (c *callContext) eachPiece(args []value.Value, f func(string) string) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	if args[0].Parts() == nil {
		if args[0].Kind == value.Unknown {
			return c.unknown(args)
		}
		text, ok := toText(args[0])
		if !ok {
			return c.fail()
		}
		v := value.OfString(f(text))
		v.Secret = args[0].Secret
		return v
	}
	var pieces []value.Value
	for _, p := range args[0].Parts() {
		if text, ok := p.Text(); ok {
			pieces = append(pieces, value.OfString(f(text)))
			continue
		}
		pieces = append(pieces, unknownCall(c.name, p))
	}
	return value.Template(pieces...)
}

func fnTrimSpace(c *callContext, args []value.Value) value.Value {
	const space = " \t\r\n"
	left := func(text string) string { return strings.TrimLeft(text, space) }
	right := func(text string) string { return strings.TrimRight(text, space) }
	if v, ok := c.trimmed(args, 1, left, right); ok {
		return v
	}
	return c.standard(stdlib.TrimSpaceFunc, args)
}

func fnChomp(c *callContext, args []value.Value) value.Value {
	if v, ok := c.trimmed(args, 1, nil, func(text string) string { return strings.TrimRight(text, "\r\n") }); ok {
		return v
	}
	return c.standard(stdlib.ChompFunc, args)
}

func fnTrimPrefix(c *callContext, args []value.Value) value.Value {
	if cut, ok := lastText(args); ok {
		if v, ok := c.trimmed(args, 2, func(text string) string {
			if len(text) < len(cut) && strings.HasPrefix(cut, text) {
				return "" // the rest of it may be in the hole
			}
			return strings.TrimPrefix(text, cut)
		}, nil); ok {
			return v
		}
	}
	return c.standard(stdlib.TrimPrefixFunc, args)
}

func fnTrimSuffix(c *callContext, args []value.Value) value.Value {
	if cut, ok := lastText(args); ok {
		if v, ok := c.trimmed(args, 2, nil, func(text string) string {
			if len(text) < len(cut) && strings.HasSuffix(cut, text) {
				return ""
			}
			return strings.TrimSuffix(text, cut)
		}); ok {
			return v
		}
	}
	return c.standard(stdlib.TrimSuffixFunc, args)
}

func lastText(args []value.Value) (string, bool) {
	if len(args) != 2 {
		return "", false
	}
	return args[1].Text()
}

// trimmed trims the ends of a string with holes, where known text is left at each: what is trimmed could go on in a hole.
func (c *callContext) trimmed(args []value.Value, n int, left, right func(string) string) (value.Value, bool) {
	if len(args) != n || args[0].Parts() == nil {
		return value.Value{}, false
	}
	parts := slices.Clone(args[0].Parts())
	for _, end := range []struct {
		at   int
		trim func(string) string
	}{{0, left}, {len(parts) - 1, right}} {
		if end.trim == nil {
			continue
		}
		text, ok := parts[end.at].Text()
		if !ok {
			return c.unknown(args), true
		}
		if text = end.trim(text); text == "" {
			return c.unknown(args), true
		}
		parts[end.at] = value.OfString(text)
	}
	return value.Template(parts...), true
}

var plainVerb = regexp.MustCompile(`%[sv%]`)

// fnFormat keeps the text around unknown arguments when all verbs are %s or %v.
func fnFormat(c *callContext, args []value.Value) value.Value {
	if len(args) == 0 {
		return c.fail()
	}
	text, ok := args[0].Text()
	if known := value.OfArray(args...).Known(); known || !ok || strings.Count(text, "%") != len(plainVerb.FindAllString(text, -1))+strings.Count(text, "%%") {
		return c.standard(stdlib.FormatFunc, args)
	}
	var pieces []value.Value
	next := 1
	for text != "" {
		at := plainVerb.FindStringIndex(text)
		if at == nil {
			pieces = append(pieces, value.OfString(text))
			break
		}
		pieces = append(pieces, value.OfString(text[:at[0]]))
		verb := text[at[0]:at[1]]
		text = text[at[1]:]
		switch {
		case verb == "%%":
			pieces = append(pieces, value.OfString("%"))
		case next >= len(args):
			return c.fail()
		default:
			pieces = append(pieces, c.formatted(args[next]))
			next++
		}
	}
	v := value.Template(pieces...)
	v.NotNull = true
	return v
}

func (c *callContext) formatted(v value.Value) value.Value {
	if v.Kind == value.Array || v.Kind == value.Object {
		return value.NewUnknown("", v.Deps()...)
	}
	return c.asText(v)
}

// fnSensitive marks a value. It stays as known as it was.
func fnSensitive(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	return deepSecret(args[0])
}

func fnEphemeralAsNull(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	return args[0]
}

// fnNonsensitive does not take the mark away: the value is a key all the same.
func fnNonsensitive(c *callContext, args []value.Value) value.Value {
	return fnEphemeralAsNull(c, args)
}

func fnIsSensitive(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	return ofTruth(map[bool]value.Truth{true: value.True}[holdsSecret(args[0])], c.name, args)
}

// convertTo is convert(value, type): its second argument is no value.
func (c *callContext) convertTo() value.Value {
	if len(c.expr.Args) != 2 {
		return c.fail()
	}
	v, ok := typeOf(c.expr.Args[1]).apply(c.eval(c.expr.Args[0]))
	if !ok {
		return c.fail()
	}
	return v
}

// whole returns a known integer.
func whole(v value.Value) (int, bool) {
	n, ok := toNumber(v)
	if !ok {
		return 0, false
	}
	i, ok := n.Int()
	return int(i), ok
}

// bigNumber returns a known integer of any size.
func bigNumber(v value.Value) (*big.Int, bool) {
	n, ok := toNumber(v)
	if !ok || n.Kind == value.Unknown || n.IsUnset() {
		return nil, false
	}
	c := toCty(n)
	if c.Type() != cty.Number || !c.IsKnown() {
		return nil, false
	}
	i, acc := c.AsBigFloat().Int(nil)
	return i, acc == big.Exact
}

// fnToString leaves what is not known as it is: it becomes a string, with the same identity.
func fnToString(c *callContext, args []value.Value) value.Value {
	if len(args) == 1 && args[0].Kind == value.Unknown {
		return args[0]
	}
	return c.standard(standard["tostring"], args)
}
