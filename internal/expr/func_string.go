package expr

import (
	"strings"
	"unicode"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

var stringFunctions = []function{
	{name: "endsWith", min: 2, max: 2, needs: parts, notNull: true, eval: evalEndsWith},
	{name: "format", min: 1, max: -1, needs: parts, notNull: true, joins: true, eval: evalFormat},
	{name: "join", min: 2, max: 2, needs: parts, notNull: true, eval: evalJoin},
	{name: "like", min: 2, max: 2, needs: whole, notNull: true, eval: evalLike},
	{name: "padLeft", min: 2, max: 3, needs: whole, notNull: true, eval: evalPadLeft},
	{name: "replace", min: 3, max: 3, needs: parts, notNull: true, eval: evalReplace},
	{name: "split", min: 2, max: 2, needs: whole, notNull: true, eval: evalSplit},
	{name: "startsWith", min: 2, max: 2, needs: parts, notNull: true, eval: evalStartsWith},
	{name: "string", min: 1, max: 1, needs: parts, notNull: true, eval: evalString},
	{name: "substring", min: 2, max: 3, needs: parts, notNull: true, eval: evalSubstring},
	{name: "toLower", min: 1, max: 1, needs: parts, notNull: true, eval: recase("toLower", strings.ToLower, "guid(", "newGuid(", "uniqueString(")},
	{name: "toUpper", min: 1, max: 1, needs: parts, notNull: true, eval: recase("toUpper", strings.ToUpper)},
	{name: "trim", min: 1, max: 1, needs: parts, notNull: true, eval: evalTrim},
}

// recase is toLower, toUpper. In text with holes the known pieces change, and each hole becomes a call, unless it is a
// call of a function whose result is in that case already.
func recase(name string, change func(string) string, same ...string) func(*Evaluator, []value.Value) (value.Value, error) {
	same = append(same, name+"(")
	return func(e *Evaluator, args []value.Value) (value.Value, error) {
		if args[0].Kind != value.String && args[0].Kind != value.Unknown {
			return mistake("%s needs a string", name)
		}
		pieces := args[0].Pieces()
		changed := make([]value.Value, len(pieces))
		for i, p := range pieces {
			changed[i] = wrap(p, name, change, same)
		}
		return e.template(changed)
	}
}

func wrap(p value.Value, name string, change func(string) string, same []string) value.Value {
	if text, ok := p.Text(); ok {
		s := value.OfString(change(text))
		s.Secret = p.Secret
		return s
	}
	for _, prefix := range same {
		if strings.HasPrefix(p.Sym(), prefix) {
			return p
		}
	}
	return UnknownCall(name, p)
}

// evalStartsWith ignores case, and decides by the known text at the front.
func evalStartsWith(_ *Evaluator, args []value.Value) (value.Value, error) {
	text, all := leadingText(args[0])
	want, allWant := leadingText(args[1])
	return answer(begins([]rune(fold(text)), []rune(fold(want)), all, allWant))
}

// evalEndsWith ignores case, and decides by the known text at the back.
func evalEndsWith(_ *Evaluator, args []value.Value) (value.Value, error) {
	text, all := trailingText(args[0])
	want, allWant := trailingText(args[1])
	return answer(begins(backwards(fold(text)), backwards(fold(want)), all, allWant))
}

// begins answers whether text begins with want. Of both only the front may be known.
func begins(text, want []rune, all, allWant bool) value.Truth {
	n := min(len(text), len(want))
	switch {
	case string(text[:n]) != string(want[:n]), all && len(want) > len(text):
		return value.False
	case allWant && len(want) == n:
		return value.True
	}
	return value.Undecided
}

func backwards(s string) []rune {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return runes
}

// evalJoin writes the elements between delimiters. Numbers and bools are written as format writes them.
func evalJoin(e *Evaluator, args []value.Value) (value.Value, error) {
	if !isArray(args[0]) || args[0].Open {
		return undecided()
	}
	var pieces []value.Value
	for i, x := range args[0].Elems() {
		if isArray(x) || isObject(x) {
			return mistake("join of a %v", x.Kind)
		}
		if i > 0 {
			pieces = append(pieces, args[1])
		}
		pieces = append(pieces, textOf(x))
	}
	return e.template(pieces)
}

// evalLike matches the whole text, where * is any text, without case.
func evalLike(_ *Evaluator, args []value.Value) (value.Value, error) {
	text, pattern, err := twoTexts(args)
	if err != nil {
		return mistake("like needs strings")
	}
	text, pattern = fold(text), fold(pattern)
	first, rest, wild := strings.Cut(pattern, "*")
	if !wild {
		return value.OfBool(text == pattern), nil
	}
	text, ok := strings.CutPrefix(text, first)
	for wild && ok {
		if first, rest, wild = strings.Cut(rest, "*"); !wild {
			return value.OfBool(strings.HasSuffix(text, first)), nil
		}
		_, text, ok = strings.Cut(text, first)
	}
	return value.OfBool(false), nil
}

// evalPadLeft adds spaces, or another character, in front.
func evalPadLeft(_ *Evaluator, args []value.Value) (value.Value, error) {
	if args[0].Kind != value.String && args[0].Kind != value.Int {
		return mistake("padLeft needs a string or an integer")
	}
	width, ok := args[1].Int()
	pad := " "
	if len(args) > 2 {
		pad, _ = args[2].Text()
	}
	if !ok || units(pad) != 1 || width < 0 || width > value.MaxText {
		return mistake("padLeft needs a width and one character")
	}
	text := plainText(args[0])
	if n := int(width) - units(text); n > 0 {
		text = strings.Repeat(pad, n) + text
	}
	return value.OfString(text), nil
}

// evalReplace replaces all places of a text, with case. One character cannot lie across the end of a piece, so that text
// with holes keeps its pieces then.
func evalReplace(e *Evaluator, args []value.Value) (value.Value, error) {
	old, okOld := args[1].Text()
	next, okNext := args[2].Text()
	switch {
	case !okOld || !okNext || !isText(args[0]):
		return undecided()
	case old == "":
		return mistake("replace of nothing")
	case args[0].Kind != value.String && len([]rune(old)) != 1:
		return undecided()
	}
	var changed []value.Value
	for _, p := range args[0].Pieces() {
		text, known := p.Text()
		switch {
		case known && len(text)+strings.Count(text, old)*len(next) > value.MaxText:
			return mistake("text is longer than %d bytes", value.MaxText)
		case known:
			changed = append(changed, value.OfString(strings.ReplaceAll(text, old, next)))
		case strings.HasPrefix(p.Sym(), "uniqueString(") && !strings.Contains(base32Digits, old):
			changed = append(changed, p)
		default:
			changed = append(changed, UnknownCall("replace", p, args[1], args[2]))
		}
	}
	return e.template(changed)
}

// evalSplit cuts at every delimiter, or at every one of several. Pieces without text are kept.
func evalSplit(e *Evaluator, args []value.Value) (value.Value, error) {
	text, ok := args[0].Text()
	delimiters := []value.Value{args[1]}
	if isArray(args[1]) {
		delimiters = args[1].Elems()
	}
	if !ok || !e.Budget.Spend(len(text)*len(delimiters)/32) {
		return mistake("split needs a string")
	}
	pieces, from := []value.Value{}, 0
	for i := 0; i <= len(text) && len(pieces) < value.MaxNodes; {
		size := delimiterAt(text[i:], delimiters)
		if size == 0 && i < len(text) {
			i++
			continue
		}
		piece := value.OfString(text[from:i]).At(args[0].Span)
		piece.Secret = args[0].Secret
		pieces = append(pieces, piece)
		from = i + size
		i = max(from, i+1)
	}
	return value.OfArray(pieces...), nil
}

// delimiterAt is the size of the first delimiter that s begins with. One that is empty is none (inferred).
func delimiterAt(s string, delimiters []value.Value) int {
	for _, d := range delimiters {
		if text, _ := d.Text(); text != "" && strings.HasPrefix(s, text) {
			return len(text)
		}
	}
	return 0
}

// evalString leaves text as it is, and writes arrays and objects as compact JSON.
func evalString(e *Evaluator, args []value.Value) (value.Value, error) {
	switch v := args[0]; {
	case isText(v):
		return v, nil
	case !v.Known():
		return undecided()
	case isArray(v) || isObject(v):
		return e.jsonText(v, '"')
	default:
		return textOf(v), nil
	}
}

// evalSubstring fails beyond the end. Of text with holes only the known front can be cut.
func evalSubstring(_ *Evaluator, args []value.Value) (value.Value, error) {
	text, all := leadingText(args[0])
	from, ok := args[1].Int()
	size := int64(units(text))
	switch {
	case !ok || !isText(args[0]) || !all && from > size:
		return undecided()
	case from < 0 || from > size:
		return mistake("substring from %d", from)
	case len(args) == 2:
		return dropText(args[0], int(from))
	}
	n, ok := args[2].Int()
	switch {
	case !ok || !all && n > size-from:
		return undecided()
	case n < 0 || n > size-from:
		return mistake("substring of %d characters", n)
	}
	return cutText(text, int(from), int(from+n))
}

// evalTrim takes white space off both ends; of text with holes only where the ends are known to have other text.
func evalTrim(e *Evaluator, args []value.Value) (value.Value, error) {
	if args[0].Kind != value.String && args[0].Kind != value.Unknown {
		return mistake("trim needs a string")
	}
	pieces := append([]value.Value(nil), args[0].Pieces()...)
	last := len(pieces) - 1
	front, _ := pieces[0].Text()
	back, _ := pieces[last].Text()
	if args[0].Kind == value.Unknown && (strings.TrimSpace(front) == "" || strings.TrimSpace(back) == "") {
		return undecided()
	}
	pieces[0] = value.OfString(strings.TrimLeftFunc(front, unicode.IsSpace))
	if last == 0 {
		back, _ = pieces[0].Text()
	}
	pieces[last] = value.OfString(strings.TrimRightFunc(back, unicode.IsSpace))
	return e.template(pieces)
}
