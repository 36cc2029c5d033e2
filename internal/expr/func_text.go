package expr

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// textFunctions are the functions whose result is text for certain, so that the canonical expression of an unknown
// tells that it is text.
var textFunctions = []string{
	"uniqueString(", "toLower(", "toUpper(", "format(", "guid(", "string(", "substring(", "trim(", "replace(",
	"base64(", "uriComponent(", "padLeft(", "join(", "newGuid(", "utcNow(",
}

// isText reports whether v is known to be text.
func isText(v value.Value) bool {
	if v.Kind == value.String || v.Parts() != nil {
		return true
	}
	for _, name := range textFunctions {
		if strings.HasPrefix(v.Sym(), name) {
			return true
		}
	}
	return false
}

// isScalar reports whether v is known to be text or something that joins text: a number, a bool.
func isScalar(v value.Value) bool {
	return v.Kind == value.Bool || v.Kind == value.Int || v.Kind == value.Float || isText(v)
}

// textOf returns v as text writes it: true is True, and null is nothing (inferred). Arrays and objects, and what is not
// known, stay as they are.
func textOf(v value.Value) value.Value {
	switch v.Kind {
	case value.Null, value.Bool, value.Int, value.Float:
		s := value.OfString(plainText(v)).At(v.Span)
		s.Secret = v.Secret
		return s
	}
	if !hasCases(v) || !slices.ContainsFunc(v.Cases(), func(c value.Value) bool { return !isText(c) }) {
		return v
	}
	cases := make([]value.Value, len(v.Cases()))
	for i, c := range v.Cases() {
		cases[i] = textOf(c)
	}
	return value.OneOf(value.CanonCall("string", v), cases...).WithDeps(v.Deps()...)
}

// plainText is a known scalar as .NET writes it without a format.
func plainText(v value.Value) string {
	switch v.Kind {
	case value.Bool:
		if v.Is(true) {
			return "True"
		}
		return "False"
	case value.Int:
		n, _ := v.Int()
		return strconv.FormatInt(n, 10)
	case value.Float:
		f, _ := v.Float()
		return floatText(f)
	}
	text, _ := v.Text()
	return text
}

// floatText is a double as .NET writes it: the shortest digits that read back, with an exponent from 1E+15 and below 1E-05.
func floatText(f float64) string {
	digits := strconv.FormatFloat(f, 'f', -1, 64)
	if f != 0 && (f >= 1e15 || f <= -1e15 || f < 1e-5 && f > -1e-5) {
		digits = strconv.FormatFloat(f, 'E', -1, 64)
	}
	return digits
}

func (e *Evaluator) concatText(args []value.Value) (value.Value, error) {
	pieces := make([]value.Value, len(args))
	for i, a := range args {
		if a.Kind == value.Array || a.Kind == value.Object {
			return mistake("concat of text and an %v", a.Kind)
		}
		pieces[i] = textOf(a)
	}
	return e.template(pieces)
}

// template joins pieces of text, and charges for them.
func (e *Evaluator) template(pieces []value.Value) (value.Value, error) {
	n := 0
	for _, p := range pieces {
		text, _ := p.Text()
		n += len(text)
	}
	if n > value.MaxText || !e.Budget.Spend(n/32) {
		return mistake("text is longer than %d bytes", value.MaxText)
	}
	v := value.Template(pieces...)
	if v.Kind == value.Unknown {
		v.NotNull = true
	}
	return discreet(v, slices.ContainsFunc(pieces, holdsSecretText)), nil
}

// holdsSecretText reports whether known text of v is secret, or may be. What is secret but not known has only an
// expression, which is none.
func holdsSecretText(v value.Value) bool {
	switch {
	case v.Kind != value.Unknown:
		return Tainted(v)
	case len(v.Cases()) > 0:
		return slices.ContainsFunc(v.Cases(), holdsSecretText)
	case v.Secret && v.Parts() != nil && v.Sym() == "": // discreet took the expression away
		return true
	}
	return slices.ContainsFunc(v.Parts(), func(p value.Value) bool { return p.Kind == value.String && p.Secret })
}

// discreet marks v as secret if need be. The canonical expression of text with holes spells the known pieces, which must
// then not be seen.
func discreet(v value.Value, secret bool) value.Value {
	v.Secret = v.Secret || secret
	if secret && v.Parts() != nil {
		return v.Named("")
	}
	return v
}

// leadingText is the text that v surely begins with, and whether that is all of it.
func leadingText(v value.Value) (string, bool) {
	if !isText(v) {
		return "", false
	}
	text, _ := v.Pieces()[0].Text()
	return text, v.Kind == value.String
}

// trailingText is the text that v surely ends with, and whether that is all of it.
func trailingText(v value.Value) (string, bool) {
	if !isText(v) {
		return "", false
	}
	pieces := v.Pieces()
	text, _ := pieces[len(pieces)-1].Text()
	return text, v.Kind == value.String
}

// knownText is one piece of text that v surely contains, "" if there is none.
func knownText(v value.Value) string {
	for _, p := range v.Pieces() {
		if text, ok := p.Text(); ok && text != "" {
			return text
		}
	}
	return ""
}

// containsText answers whether text has find in it, with case.
func containsText(text, find value.Value) value.Truth {
	want, ok := find.Text()
	if !ok {
		return value.Undecided
	}
	for _, p := range text.Pieces() {
		if s, known := p.Text(); strings.Contains(s, want) && (known || want == "") {
			return value.True
		}
	}
	if text.Kind != value.String {
		return value.Undecided
	}
	return value.False
}

func twoTexts(args []value.Value) (a, b string, err error) {
	a, okA := args[0].Text()
	b, okB := args[1].Text()
	if !okA || !okB {
		return "", "", errUndecided
	}
	return a, b, nil
}

// units is what .NET calls the length of s: its UTF-16 code units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// byteAt returns the place in s of a UTF-16 code unit; not if it is the second half of a character.
func byteAt(s string, unit int) (int, bool) {
	n := 0
	for i, r := range s {
		if n >= unit {
			return i, n == unit
		}
		n += max(1, utf16.RuneLen(r))
	}
	return len(s), n == unit
}

// cutText is the part of s between two UTF-16 code units.
func cutText(s string, from, to int) (value.Value, error) {
	i, okI := byteAt(s, from)
	j, okJ := byteAt(s, to)
	if !okI || !okJ || i > j {
		return mistake("no characters %d to %d", from, to)
	}
	return value.OfString(s[i:j]), nil
}

// dropText is v without its first n code units, which are known.
func dropText(v value.Value, n int) (value.Value, error) {
	pieces := v.Pieces()
	text, _ := pieces[0].Text()
	at, ok := byteAt(text, n)
	switch {
	case !ok:
		return mistake("no character %d", n)
	case n == 0:
		return v, nil
	}
	rest := append([]value.Value{value.OfString(text[at:])}, pieces[1:]...)
	return discreet(value.Template(rest...), v.Secret), nil
}

// fold maps text to a form in which two texts that differ in case alone are the same. It keeps the number of runes.
func fold(s string) string {
	if isLowerASCII(s) {
		return s
	}
	return strings.Map(foldRune, s)
}

func isLowerASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] >= 'A' && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// foldRune is the largest lower-case ASCII letter, or the smallest rune, that r equals under simple folding.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	least := r
	for n := unicode.SimpleFold(r); n != r; n = unicode.SimpleFold(n) {
		least = min(least, n)
	}
	if least < utf8.RuneSelf {
		return unicode.ToLower(least)
	}
	return least
}
