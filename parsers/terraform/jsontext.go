package terraform

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// maxJSONDepth bounds the nesting of JSON text within a configuration, and of a plan.
const maxJSONDepth = 200

var errJSONDepth = errors.New("nested too deep")

// jsonText reads JSON text as a value, members in source order. Everything is at one place: text in a string of a
// configuration has escapes, so that its bytes are not those of the file.
func jsonText(data []byte, at source.Span) (value.Value, bool) {
	return readJSON(data, func(int, int) source.Span { return at })
}

// jsonWithin reads JSON text that stands as it is in a place of a file, from an offset on: in a heredoc.
func jsonWithin(text string, in source.Span, offset int) (value.Value, bool) {
	return readJSON([]byte(text), func(start, end int) source.Span {
		return in.File.At(in.Start+offset+start, end-start)
	})
}

// jsonFile reads a file of JSON; every value and member is at its own place.
func jsonFile(f *source.File) (value.Value, bool) {
	return readJSON(f.Data, func(start, end int) source.Span { return source.Span{File: f, Start: start, End: end} })
}

// jsonReader makes values of JSON tokens.
type jsonReader struct {
	d    *json.Decoder
	data []byte
	at   func(start, end int) source.Span
}

func readJSON(data []byte, at func(start, end int) source.Span) (value.Value, bool) {
	r := &jsonReader{json.NewDecoder(bytes.NewReader(data)), data, at}
	r.d.UseNumber()
	v, err := r.read(0)
	return v, err == nil && !r.d.More()
}

// next is the offset at which the next token begins.
func (r *jsonReader) next() int {
	i := int(r.d.InputOffset())
	for i < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[i]) >= 0 {
		i++
	}
	return i
}

func (r *jsonReader) span(start int) source.Span { return r.at(start, int(r.d.InputOffset())) }

func (r *jsonReader) read(depth int) (value.Value, error) {
	start := r.next()
	tok, err := r.d.Token()
	if err != nil {
		return value.Value{}, err
	}
	switch tok := tok.(type) {
	case json.Delim:
		switch {
		case depth > maxJSONDepth:
			return value.Value{}, errJSONDepth
		case tok == '[':
			return r.array(start, depth+1)
		}
		return r.object(start, depth+1)
	case json.Number:
		if n, err := tok.Int64(); err == nil {
			return value.OfInt(n).At(r.span(start)), nil
		}
		f, _ := tok.Float64()
		return value.OfFloat(f).At(r.span(start)), nil
	}
	return value.Of(tok).At(r.span(start)), nil // nil, bool, string
}

func (r *jsonReader) array(start, depth int) (value.Value, error) {
	var elems []value.Value
	for r.d.More() {
		e, err := r.read(depth)
		if err != nil {
			return value.Value{}, err
		}
		elems = append(elems, e)
	}
	_, err := r.d.Token()
	return value.OfArray(elems...).At(r.span(start)), err
}

func (r *jsonReader) object(start, depth int) (value.Value, error) {
	var fields []value.Field
	for r.d.More() {
		from := r.next()
		key, err := r.d.Token()
		if err != nil {
			return value.Value{}, err
		}
		name, _ := key.(string)
		v, err := r.read(depth)
		if err != nil {
			return value.Value{}, err
		}
		fields = append(fields, value.Field{Name: name, Value: v, Site: r.span(from)})
	}
	_, err := r.d.Token()
	return value.OfObject(fields...).At(r.span(start)), err
}
