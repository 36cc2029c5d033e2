package value

import (
	"encoding/json"
	"math"
	"strconv"
)

// AppendJSON appends the JSON form of v, members in source order: unknown as {"$unknown": expression}, alternatives as
// {"$oneOf": […]}, strings with holes as {"$template": […]}, secrets as {"$secret": source}, an absent alternative as
// {"$absent": true}. Open objects carry "$open": true, open arrays end with {"$more": true}. Members that are null are
// left out, as Azure treats them as not there. The text of a secret is never written.
func AppendJSON(dst []byte, v Value) []byte {
	if v.Secret && v.Kind != Array && v.Kind != Object {
		return appendTagged(dst, "$secret", v.Sym())
	}
	switch v.Kind {
	case Unknown:
		return appendUnknown(dst, v)
	case Absent:
		return append(dst, `{"$absent":true}`...)
	case Bool:
		return strconv.AppendBool(dst, v.num == 1)
	case Int:
		return strconv.AppendInt(dst, int64(v.num), 10)
	case Float:
		return appendFloat(dst, math.Float64frombits(v.num))
	case String:
		return appendString(dst, v.text)
	case Array:
		return appendArray(dst, v)
	case Object:
		return appendObject(dst, v)
	}
	return append(dst, "null"...)
}

// MarshalJSON writes v as AppendJSON does.
func (v Value) MarshalJSON() ([]byte, error) { return AppendJSON(nil, v), nil }

func appendUnknown(dst []byte, v Value) []byte {
	key, list := "$oneOf", v.Cases()
	if parts := v.Parts(); parts != nil {
		key, list = "$template", parts
	}
	if len(list) == 0 {
		return appendTagged(dst, "$unknown", v.Sym())
	}
	dst = append(dst, `{"`+key+`":[`...)
	for i, c := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendJSON(dst, c)
	}
	return append(dst, "]}"...)
}

func appendTagged(dst []byte, tag, text string) []byte {
	dst = append(dst, `{"`+tag+`":`...)
	return append(appendString(dst, text), '}')
}

func appendArray(dst []byte, v Value) []byte {
	dst = append(dst, '[')
	for i, e := range v.elems {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendJSON(dst, e)
	}
	if v.Open {
		if len(v.elems) > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"$more":true}`...)
	}
	return append(dst, ']')
}

func appendObject(dst []byte, v Value) []byte {
	dst = append(dst, '{')
	first := true
	for _, f := range v.fields {
		if f.Value.IsUnset() {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(appendString(dst, f.Name), ':')
		dst = AppendJSON(dst, f.Value)
	}
	if v.Open {
		if !first {
			dst = append(dst, ',')
		}
		dst = append(dst, `"$open":true`...)
	}
	return append(dst, '}')
}

func appendString(dst []byte, s string) []byte {
	b, _ := json.Marshal(s) // cannot fail for a string
	return append(dst, b...)
}

func appendFloat(dst []byte, f float64) []byte {
	b, err := json.Marshal(f)
	if err != nil { // NaN, infinity
		return append(dst, "null"...)
	}
	return append(dst, b...)
}
