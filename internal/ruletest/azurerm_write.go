package ruletest

import (
	"fmt"
	"strconv"
	"strings"
)

func (c *configuration) writer() *hclWriter {
	return &hclWriter{program: c.program, typeOf: func(i int) string {
		if i < len(c.resources) {
			return c.resources[i].typ
		}
		return ""
	}}
}

// write writes the file of a program.
func (c *configuration) write(settings string) *hclWriter {
	w := c.writer()
	w.text.WriteString(settings)
	w.declarations()
	for i, r := range c.resources {
		if r.typ == "" {
			continue
		}
		c.writeResource(w, r, symbolOf(i), []string{fmt.Sprint(i)})
		for k, more := range r.more {
			c.writeResource(w, more, symbolOf(i)+"_"+strconv.Itoa(k), nil)
		}
	}
	w.call()
	return w
}

func (c *configuration) writeResource(w *hclWriter, r *configured, name string, at []string) {
	kind := "resource"
	if isExisting(r.r) {
		kind = "data"
		if at == nil {
			return
		}
	}
	w.block(fmt.Sprintf("%s %q %q", kind, r.typ, name), at, func() {
		w.meta(r.r, valuesOf(r.items))
		for _, m := range r.items {
			if kind == "data" && m.path != "" {
				continue // it is looked up by its name
			}
			w.item(m, strconv.Itoa(r.index))
		}
	})
}

// valuesOf are all values of arguments, at any depth.
func valuesOf(items []item) []any {
	var out []any
	for _, m := range items {
		out = append(append(out, m.value, m.each), valuesOf(m.items)...)
	}
	return out
}

// item writes an argument or a block of the resource with an index.
func (w *hclWriter) item(m item, resource string) {
	var at []string
	if m.path != "" {
		at = append([]string{resource}, strings.Split(m.path, ".")...)
	}
	if other, ok := strings.CutPrefix(m.path, "\x00"); ok {
		at, resource = []string{other}, other
	}
	switch {
	case m.json:
		w.line(m.name + " = jsonencode(" + w.within(m.value) + ")")
	case !m.block:
		w.argument(m.name, m.value, at)
		w.entries(m, at)
	case m.each != nil:
		w.block("dynamic "+hclText(m.name), at, func() {
			w.argument("for_each", m.each, nil)
			w.block("content", nil, func() { w.inner(m, resource) })
		})
	default:
		w.block(m.name, at, func() { w.inner(m, resource) })
	}
}

func (w *hclWriter) inner(m item, resource string) {
	for _, inner := range m.items {
		w.item(inner, resource)
	}
}

// entries notes the places of the entries of a string with commas.
func (w *hclWriter) entries(m item, at []string) {
	text, ok := m.value.(string)
	if !ok || at == nil || !strings.Contains(text, ",") {
		return
	}
	start := w.values[key(at)] + 1
	for i, e := range strings.Split(text, ",") {
		w.items[key(below(at, strconv.Itoa(i)))] = start
		w.values[key(below(at, strconv.Itoa(i)))] = start
		start += len(e) + 1
	}
}
