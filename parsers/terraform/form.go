package terraform

import (
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// form is how the values of an argument become those of a property, and back. Both functions get one value that is not
// null and has no alternatives; it may be unknown. The zero form leaves values as they are.
type form struct {
	in  func(value.Value) value.Value // Terraform's to ARM's
	out func(value.Value) value.Value // ARM's to Terraform's
	// member is the path within each element of ARM's list that holds the element of Terraform's: lists of strings that
	// are lists of objects in ARM.
	member string
	// keyed says that a map is a list of objects in ARM, in the order of its members.
	keyed bool
}

// The forms that need no parameter.
var (
	// flag is a bool on both sides. Terraform converts "true" and "false".
	flag = form{in: asFlag, out: asFlag}
	// inverted is a bool that says the opposite.
	inverted = form{in: invert, out: invert}
	// enabled is a bool that is a word in ARM.
	enabled = word("Disabled", "Enabled")
	// idOnly is an id that is an object with an id in ARM.
	idOnly = inObject("id")
	// idList is a list of ids that are objects with an id in ARM.
	idList = objects("id")
	// asKeys is a list of ids that are the keys of an object in ARM: user assigned identities.
	asKeys = form{in: toKeys, out: fromKeys}
	// commas is a list of strings that ARM wants as one string with commas.
	commas = form{in: joinCommas, out: splitCommas}
	// number is an integer. Terraform converts "5".
	number = form{in: asNumber}
	// listOfOne is a string that is a list of one in ARM.
	listOfOne = form{in: asList, out: func(v value.Value) value.Value { return v.Index(0) }}
	// oneOfList is a list of one that is a string in ARM.
	oneOfList = form{in: func(v value.Value) value.Value { return v.Index(0) }, out: asList}
	// nameAndTier is a SKU that ARM has twice (v5.2.0, expandVirtualNetworkGatewaySku).
	nameAndTier = form{
		in: func(v value.Value) value.Value {
			return value.OfObject(value.Field{Name: "name", Value: v, Site: v.Span}, value.Field{Name: "tier", Value: v, Site: v.Span}).At(v.Span)
		},
		out: func(v value.Value) value.Value { return v.Get("name") },
	}
	// nameValues is a map that is a list of objects with a name and a value in ARM.
	nameValues = form{in: toNameValues, out: fromNameValues, keyed: true}
)

// asFlag converts the strings that Terraform converts; other text is an error there, and unknown here.
func asFlag(v value.Value) value.Value {
	text, ok := v.Text()
	switch {
	case !ok:
		return v
	case text == "true" || text == "false":
		return like(v, value.OfBool(text == "true"))
	}
	return like(v, value.NewUnknown(""))
}

func invert(v value.Value) value.Value {
	v = asFlag(v)
	if b, ok := v.Bool(); ok {
		return like(v, value.OfBool(!b))
	}
	sym := v.Sym()
	if sym != "" {
		sym = "!" + sym
	}
	return like(v, value.NewUnknown(sym, v.Deps()...))
}

// word makes a form of a bool that is one of two words in ARM.
func word(off, on string) form {
	return form{
		in: func(v value.Value) value.Value {
			v = asFlag(v)
			b, ok := v.Bool()
			switch {
			case ok && b:
				return like(v, value.OfString(on))
			case ok:
				return like(v, value.OfString(off))
			}
			sym := ""
			if v.Sym() != "" {
				sym = v.Sym() + " ? '" + on + "' : '" + off + "'"
			}
			return like(v, value.OneOf(sym, value.OfString(off), value.OfString(on)).WithDeps(v.Deps()...))
		},
		out: func(v value.Value) value.Value {
			switch value.True {
			case v.EqualsFold(on):
				return like(v, value.OfBool(true))
			case v.EqualsFold(off):
				return like(v, value.OfBool(false))
			}
			return value.AbsentValue
		},
	}
}

// inObject makes a form of a value that is an object with one member in ARM.
func inObject(member string) form {
	return form{
		in:  func(v value.Value) value.Value { return wrap(member, v, v.Span) },
		out: func(v value.Value) value.Value { return v.GetPath(member) },
	}
}

// wrap makes the object, or the objects in each other, that hold v at a path.
func wrap(path string, v value.Value, site source.Span) value.Value {
	names := strings.Split(path, ".")
	for i := len(names) - 1; i >= 0; i-- {
		v = value.OfObject(value.Field{Name: names[i], Value: v, Site: site}).At(site)
	}
	return v
}

// objects makes a form of a list of strings that are objects in ARM.
func objects(member string) form {
	return form{
		in: func(v value.Value) value.Value {
			return eachElement(v, func(e value.Value) value.Value { return wrap(member, e, e.Span) })
		},
		out: func(v value.Value) value.Value {
			return eachElement(v, func(e value.Value) value.Value { return e.GetPath(member) })
		},
		member: member,
	}
}

// texts makes a form of a list of objects in ARM that is one string with commas in old versions of the provider, and a
// set of strings in new ones. Both are taken, whatever the version.
func texts(member string) form {
	f := objects(member)
	in := f.in
	f.in = func(v value.Value) value.Value {
		if v.Kind == value.String || v.Parts() != nil {
			v = like(v, splitText(v))
		}
		return in(v)
	}
	return f
}

// splitText splits a string at the commas of its known text. A hole may hold any number of pieces: what it touches is
// left out, and the list is open.
func splitText(v value.Value) value.Value {
	var out []value.Value
	open, places := false, entriesOf(v)
	pieces := v.Pieces()
	for i, p := range pieces {
		text, ok := p.Text()
		if !ok {
			open = true
			continue
		}
		entries := strings.Split(text, ",")
		for j, e := range entries {
			// The first and the last entry of a piece may go on in the hole beside them.
			cut := j == 0 && i > 0 || j == len(entries)-1 && i < len(pieces)-1
			if e = strings.TrimSpace(e); e != "" && !cut {
				out = append(out, value.OfString(e).At(places.next(e)))
			}
		}
	}
	list := value.OfArray(out...)
	if open {
		return list.AsOpen().WithDeps(v.Deps()...)
	}
	return list
}

// maxMisses is how many entries may not be written as they are before the others are not looked for any more.
const maxMisses = 100

// entries finds the entries of a text where they are written, one after the other.
type entries struct {
	text, rest source.Span
	misses     int
}

func entriesOf(text value.Value) *entries { return &entries{text: text.Span, rest: text.Span} }

// next is the place of an entry; that of the whole text if it is not written as it is.
func (e *entries) next(entry string) source.Span {
	text := e.rest.Text()
	for from := 0; entry != "" && e.misses <= maxMisses; from++ {
		i := strings.Index(text[from:], entry)
		if i < 0 {
			e.misses++
			break
		}
		if from += i; standsAlone(text, from, len(entry)) {
			found := e.rest.File.At(e.rest.Start+from, len(entry))
			e.rest.Start += from + len(entry)
			return found
		}
	}
	return e.text
}

// standsAlone tells that what is around an entry is no part of an address.
func standsAlone(text string, at, n int) bool {
	const address = "0123456789./"
	return (at == 0 || !strings.ContainsRune(address, rune(text[at-1]))) &&
		(at+n == len(text) || !strings.ContainsRune(address, rune(text[at+n])))
}

// givenOnly takes a value that no expression stands for as not set: a plan has one where the service decides.
func givenOnly(v value.Value) value.Value {
	if v.Kind == value.Unknown && v.Sym() == "" && v.Parts() == nil && len(v.Deps()) == 0 {
		return value.AbsentValue
	}
	return v
}

func toKeys(v value.Value) value.Value {
	if v.Kind != value.Array {
		return like(v, value.NewUnknown("", v.Deps()...))
	}
	var fields []value.Field
	open := v.Open
	for _, e := range v.Elems() {
		text, ok := e.Text()
		if !ok {
			if text = value.Canon(e); text == "" {
				open = true
				continue
			}
			text = "[" + text + "]"
		}
		fields = append(fields, value.Field{Name: text, Value: value.OfObject(), Site: e.Span})
	}
	o := value.OfObject(fields...)
	if open {
		o = o.AsOpen().WithDeps(v.Deps()...)
	}
	return like(v, o)
}

func fromKeys(v value.Value) value.Value {
	var keys []value.Value
	for _, f := range v.Fields() {
		keys = append(keys, value.OfString(f.Name))
	}
	return like(v, value.OfArray(keys...))
}

func asList(v value.Value) value.Value { return like(v, value.OfArray(v)) }

func toNameValues(v value.Value) value.Value {
	if v.Kind != value.Object {
		return like(v, value.NewUnknown(v.Sym(), v.Deps()...))
	}
	elems := make([]value.Value, 0, len(v.Fields()))
	for _, f := range v.Fields() {
		elems = append(elems, value.OfObject(
			value.Field{Name: "name", Value: value.OfString(f.Name), Site: f.Site},
			value.Field{Name: "value", Value: f.Value, Site: f.Site},
		).At(f.Site))
	}
	list := value.OfArray(elems...)
	if v.Open {
		list = list.AsOpen().WithDeps(v.Deps()...)
	}
	return like(v, list)
}

func fromNameValues(v value.Value) value.Value {
	var fields []value.Field
	for _, e := range v.Elems() {
		name, ok := e.Get("name").Text()
		if !ok {
			return value.AbsentValue
		}
		fields = append(fields, value.Field{Name: name, Value: e.Get("value"), Site: e.Span})
	}
	return like(v, value.OfObject(fields...))
}

func joinCommas(v value.Value) value.Value {
	if v.Kind != value.Array {
		return v
	}
	var pieces []value.Value
	for i, e := range v.Elems() {
		if i > 0 {
			pieces = append(pieces, value.OfString(","))
		}
		pieces = append(pieces, e)
	}
	if v.Open {
		pieces = append(pieces, value.OfString(","), value.NewUnknown("", v.Deps()...))
	}
	return like(v, value.Template(pieces...))
}

func splitCommas(v value.Value) value.Value {
	if v.Kind != value.String && v.Parts() == nil {
		return value.AbsentValue
	}
	return splitText(v)
}

func asNumber(v value.Value) value.Value {
	text, ok := v.Text()
	if !ok {
		return v
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return like(v, value.OfInt(n))
	}
	return like(v, value.NewUnknown(""))
}

// eachElement converts the elements of a list; what is no list is unknown.
func eachElement(v value.Value, f func(value.Value) value.Value) value.Value {
	if v.Kind == value.Unknown {
		return like(v, value.NewUnknown(v.Sym(), v.Deps()...))
	}
	if v.Kind == value.String || v.Kind == value.Object {
		v = like(v, value.OfArray(v)) // Terraform wants a list; one element is converted
	}
	elems := make([]value.Value, 0, len(v.Elems()))
	for _, e := range v.Elems() {
		elems = append(elems, eachCase(e, f))
	}
	list := value.OfArray(elems...)
	if v.Open {
		list = list.AsOpen().WithDeps(v.Deps()...)
	}
	return like(v, list)
}

// eachCase converts each of the alternatives of a value.
func eachCase(v value.Value, f func(value.Value) value.Value) value.Value {
	cases := v.Cases()
	if len(cases) == 0 {
		return f(v)
	}
	got := make([]value.Value, len(cases))
	for i, c := range cases {
		if c.Span.IsZero() {
			c.Span = v.Span
		}
		got[i] = f(c)
	}
	return like(v, value.OneOf(v.Sym(), got...).WithDeps(v.Deps()...))
}

// like gives w the place and the way of v, and its secrecy.
func like(v, w value.Value) value.Value {
	if !v.Span.IsZero() {
		w.Span = v.Span
	}
	if v.From != nil {
		w.From = v.From
	}
	w.Secret = w.Secret || v.Secret
	switch {
	case !hidesSecret(v):
	case w.Kind == value.Unknown:
		w.Secret = true
	case w.Open:
		w = w.HidingSecret()
	}
	if w.Kind == value.Unknown && v.Kind == value.Unknown {
		w.NotNull = v.NotNull
	}
	return w
}

// isBlank tells a value that azurerm takes for an argument that is not set (GetOk of its SDK): null and "".
func isBlank(v value.Value) bool {
	text, ok := v.Text()
	return v.IsUnset() || ok && text == ""
}
