package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

// encodings remembers what texts of JSON were made of: the object that jsonencode was given, with its places and what is
// not known of it, or the file that was read.
type encodings struct {
	// objects by text of a known string, by Sym of an unknown one. Two objects may have one text: their places tell.
	objects map[string][]value.Value
	files   map[string]*source.File
	// rendered are objects in files with holes, see renderedKey.
	rendered map[string]value.Value
	n        int
}

func newEncodings() *encodings {
	return &encodings{objects: map[string][]value.Value{}, files: map[string]*source.File{}, rendered: map[string]value.Value{}}
}

// unknown makes the text of an object that is known in part. Its name tells the secrets in it.
func (e *encodings) unknown(v value.Value) value.Value {
	e.n++
	sym := "jsonencode#" + strconv.Itoa(e.n)
	if secrets := secretsIn(nil, v); len(secrets) > 0 {
		sym += "(" + strings.Join(secrets, ", ") + ")"
	}
	u := value.NewUnknown(sym, v.Deps()...)
	u.NotNull, u.Secret = true, holdsSecret(v)
	e.objects[u.Sym()] = []value.Value{v}
	return u
}

// maxSecrets bounds how many secrets the name of a text tells.
const maxSecrets = 8

// secretsIn appends the expressions of the secrets in v.
func secretsIn(list []string, v value.Value) []string {
	if len(list) == maxSecrets {
		return list
	}
	parts := slices.Concat(v.Cases(), v.Parts(), v.Elems())
	for _, f := range v.Fields() {
		parts = append(parts, f.Value)
	}
	if sym := v.Sym(); len(parts) == 0 && v.Secret && sym != "" && len(sym) < value.MaxSym/maxSecrets &&
		!slices.Contains(list, sym) {
		return append(list, sym)
	}
	for _, p := range parts {
		list = secretsIn(list, p)
	}
	return list
}

// decode is the inverse of jsonencode.
func (e *encodings) decode(v value.Value) (value.Value, bool) {
	if e == nil {
		return value.Value{}, false
	}
	if cases := v.Cases(); len(cases) > 0 {
		return e.decodeCases(v)
	}
	if len(e.rendered) > 0 {
		if o, ok := e.rendered[renderedKey(v)]; ok {
			return o, true
		}
	}
	if v.Parts() != nil {
		return e.decodeTemplate(v)
	}
	key := v.Sym()
	text, isText := v.Text()
	if isText {
		key = text
	}
	if o, ok := e.within(key, v.Span); ok {
		if o.From == nil {
			o.From = v.From
		}
		return o, true
	}
	if !isText {
		return value.Value{}, false
	}
	if f := e.files[text]; f != nil {
		return arm.ParseValue(f)
	}
	return parseText(text, v)
}

// maxTwins bounds how many objects of one text are remembered.
const maxTwins = 256

// remember notes the object that a text was made of. The evaluation of one call again is not another object.
func (e *encodings) remember(text string, v value.Value) {
	list := e.objects[text]
	same := slices.ContainsFunc(list, func(o value.Value) bool { return o.Span == v.Span && o.From == v.From })
	if !same && len(list) < maxTwins {
		e.objects[text] = append(list, v)
	}
}

// within is the object that was written in a place, where several have one text; else the last of them.
func (e *encodings) within(key string, place source.Span) (value.Value, bool) {
	list := e.objects[key]
	if key == "" || len(list) == 0 {
		return value.Value{}, false
	}
	for _, o := range list {
		if !o.Span.IsZero() && place.Contains(o.Span) {
			return o, true
		}
	}
	return list[len(list)-1], true
}

// parseText parses JSON that is written in the configuration as a string. Its members have the place of the string.
func parseText(text string, v value.Value) (value.Value, bool) {
	trimmed := strings.TrimSpace(text)
	if !strings.HasPrefix(trimmed, "{") && !strings.HasPrefix(trimmed, "[") {
		return value.Value{}, false
	}
	parsed, ok := arm.ParseValue(source.NewFile("", []byte(text)))
	if !ok {
		return value.Value{}, false
	}
	return relocated(parsed, v), true
}

// relocated gives everything in v the place of another value.
func relocated(v, at value.Value) value.Value {
	switch v.Kind {
	case value.Array:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = relocated(e, at)
		}
		return keep(value.OfArray(elems...), at)
	case value.Object:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			fields[i] = value.Field{Name: f.Name, Value: relocated(f.Value, at), Site: at.Span}
		}
		return keep(value.OfObject(fields...), at)
	}
	return keep(v, at)
}

func (e *encodings) decodeCases(v value.Value) (value.Value, bool) {
	var out []value.Value
	for _, c := range v.Cases() {
		if c.IsUnset() {
			out = append(out, c)
			continue
		}
		d, ok := e.decode(c)
		if !ok {
			return value.Value{}, false
		}
		out = append(out, d)
	}
	return oneOf("", out...).WithDeps(v.Deps()...), true
}

// decodeTemplate parses a text with holes: each is written as a string that stands for it, and found again in the result.
func (e *encodings) decodeTemplate(v value.Value) (value.Value, bool) {
	var b strings.Builder
	holes := map[string]value.Value{}
	quoted := false
	for _, p := range v.Parts() {
		if text, ok := p.Text(); ok {
			quoted = openQuote(text, quoted)
			b.WriteString(text)
			continue
		}
		name := hole + strconv.Itoa(len(holes)) + hole
		holes[name] = p
		if quoted {
			b.WriteString(name)
		} else {
			b.WriteString(`"` + name + `"`)
		}
	}
	parsed, ok := parseText(b.String(), v)
	if !ok {
		return value.Value{}, false
	}
	return filled(parsed, holes), true
}

// openQuote reports whether a JSON text ends within a string, when it begins within one or not.
func openQuote(text string, quoted bool) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		}
	}
	return quoted
}

// filled puts the holes back in place of the strings that stand for them.
func filled(v value.Value, holes map[string]value.Value) value.Value {
	switch v.Kind {
	case value.Array:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = filled(e, holes)
		}
		return rebuilt(value.OfArray(elems...), v)
	case value.Object:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			fields[i] = value.Field{Name: f.Name, Value: filled(f.Value, holes), Site: f.Site}
		}
		return rebuilt(value.OfObject(fields...), v)
	case value.String:
		text, _ := v.Text()
		return keep(filledText(text, holes), v)
	}
	return v
}

// hole is a character of Unicode's private area, on both sides of the number of a hole.
const hole = "\ue000"

func filledText(text string, holes map[string]value.Value) value.Value {
	words := strings.Split(text, hole)
	pieces := make([]value.Value, len(words))
	for i, w := range words {
		pieces[i] = value.OfString(w)
		if v, ok := holes[hole+w+hole]; ok && i%2 == 1 {
			pieces[i] = v
		}
	}
	return value.Template(pieces...)
}

func fnJsonEncode(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	v := args[0]
	if !v.Known() {
		return c.encoded.unknown(v)
	}
	text := c.standard(stdlib.JSONEncodeFunc, args)
	if s, ok := text.Text(); ok {
		c.encoded.remember(s, v)
	}
	return text
}

func fnJsonDecode(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	if v, ok := c.encoded.decode(args[0]); ok {
		return v
	}
	if args[0].Kind == value.Unknown {
		return unknownCall(c.name, args...)
	}
	return c.standard(stdlib.JSONDecodeFunc, args)
}

// maxAliases is how many aliases a YAML document may have: each repeats what it stands for.
const maxAliases = 50

func fnYamlDecode(c *callContext, args []value.Value) value.Value {
	if len(args) != 1 {
		return c.fail()
	}
	text, ok := args[0].Text()
	if !ok {
		return unknownCall(c.name, args...)
	}
	if strings.Count(text, "*") > maxAliases && strings.Contains(text, "&") || len(text) > value.MaxText {
		return unknownCall(c.name)
	}
	return c.standard(yaml.YAMLDecodeFunc, args)
}
