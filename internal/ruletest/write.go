package ruletest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// jsonWriter writes indented JSON and remembers where each member and element stands.
type jsonWriter struct {
	text   strings.Builder
	items  map[string]int // offset of the member's key, or the element, by path
	values map[string]int // offset of the value
}

const indent = "  "

func (w *jsonWriter) value(v any, path []string) {
	w.note(&w.values, path)
	switch v := v.(type) {
	case Object:
		w.list('{', '}', len(v), path, func(i int) string {
			return v[i].Name
		}, func(i int, at []string) {
			w.scalar(v[i].Name)
			w.text.WriteString(": ")
			w.value(v[i].Value, at)
		})
	case []any:
		w.list('[', ']', len(v), path, func(i int) string {
			return fmt.Sprint(i)
		}, func(i int, at []string) {
			w.value(v[i], at)
		})
	default:
		w.scalar(v)
	}
}

func (w *jsonWriter) list(open, shut byte, n int, path []string, name func(int) string, item func(int, []string)) {
	w.text.WriteByte(open)
	for i := range n {
		if i > 0 {
			w.text.WriteByte(',')
		}
		w.text.WriteString("\n" + strings.Repeat(indent, len(path)+1))
		at := append(append([]string(nil), path...), name(i))
		w.note(&w.items, at)
		item(i, at)
	}
	if n > 0 {
		w.text.WriteString("\n" + strings.Repeat(indent, len(path)))
	}
	w.text.WriteByte(shut)
}

func (w *jsonWriter) scalar(v any) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // only JSON values and strings get here
	}
	w.text.WriteString(strings.TrimSuffix(b.String(), "\n"))
}

func (w *jsonWriter) note(table *map[string]int, path []string) {
	if *table == nil {
		*table = map[string]int{}
	}
	(*table)[key(path)] = w.text.Len()
}

// places are the offsets of a member or element and of its value; none where there is no such thing.
func (w *jsonWriter) places(path []string) []int {
	item, ok := w.items[key(path)]
	if !ok {
		return nil
	}
	return []int{item, w.values[key(path)]}
}

func key(path []string) string { return strings.ToLower(strings.Join(path, "\x00")) }
