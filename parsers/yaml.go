package parsers

import (
	"bytes"
	"fmt"
	"math"

	"github.com/goccy/go-yaml"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// maxAliases bounds the aliases of a YAML file, which a small file may use to make a huge value.
const maxAliases = 100

// yamlValue reads a YAML document.
func yamlValue(data []byte) (value.Value, bool) {
	if len(data) > maxLoaded || bytes.Count(data, []byte("*")) > maxAliases {
		return value.Value{}, false
	}
	var x any
	if err := yaml.UnmarshalWithOptions(data, &x, yaml.UseOrderedMap()); err != nil {
		return value.Value{}, false
	}
	return fromYAML(x), true
}

func fromYAML(x any) value.Value {
	switch x := x.(type) {
	case nil, bool, int, int64, float64, string:
		return value.Of(x)
	case uint64:
		if x <= math.MaxInt64 {
			return value.OfInt(int64(x))
		}
		return value.OfFloat(float64(x))
	case []any:
		elems := make([]value.Value, len(x))
		for i, e := range x {
			elems[i] = fromYAML(e)
		}
		return value.OfArray(elems...)
	case yaml.MapSlice:
		fields := make([]value.Field, len(x))
		for i, item := range x {
			fields[i] = value.Field{Name: fmt.Sprint(item.Key), Value: fromYAML(item.Value)}
		}
		return value.OfObject(fields...)
	}
	return value.OfString(fmt.Sprint(x))
}
