package arm

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/template"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Kind is what a JSON file is.
type Kind uint8

// The kinds. Other is JSON of somebody else.
const (
	Other Kind = iota
	Template
	Parameters
)

// schemaKey finds the schema where everybody writes it: at the top.
var schemaKey = regexp.MustCompile(`(?i)"\$schema"\s*:\s*"([^"]*)"`)

const schemaWindow = 4096 // bytes at the top of a file in which a schema is looked for

// Recognise tells what a JSON file is, by its schema, else by its content. It looks at few bytes of other people's files.
func Recognise(f *source.File) Kind {
	head := f.Data[:min(len(f.Data), schemaWindow)]
	if isUTF16(f.Data) {
		head = bytes.ReplaceAll(head, []byte{0}, nil) // enough to tell what it would be
	}
	if m := schemaKey.FindSubmatchIndex(head); m != nil && isMemberOfRoot(head[:m[0]]) {
		if k := kindOf(string(head[m[2]:m[3]])); k != Other || !bytes.Contains(head, []byte("schema.management.azure.com")) {
			return k
		}
	}
	switch {
	case containsFold(f.Data, "schema.management.azure.com"),
		containsFold(f.Data, `"resources"`) && containsFold(f.Data, `"apiVersion"`):
		return byContent(f, Template)
	case containsFold(head, `"parameters"`) && containsFold(head, `"value"`) && containsFold(head, `"contentVersion"`):
		return byContent(f, Parameters)
	}
	return Other
}

// isMemberOfRoot tells by what stands before a key that it is one of the root object, not of a template in somebody else's
// JSON, such as a policy's. It may say no when there are braces in text.
func isMemberOfRoot(before []byte) bool {
	return bytes.Count(before, []byte("{"))-bytes.Count(before, []byte("}")) == 1
}

func kindOf(schema string) Kind {
	m := schemaForm.FindStringSubmatch(schema)
	if m == nil {
		return Other
	}
	switch kind := strings.ToLower(m[1]); {
	case strings.HasSuffix(kind, "deploymenttemplate"):
		return Template
	case strings.HasSuffix(kind, "deploymentparameters"):
		return Parameters
	}
	return Other
}

// byContent looks at the root of a file that may be of the given kind.
func byContent(f *source.File, maybe Kind) Kind {
	_, root, ok := read(f)
	if !ok {
		if kind := kindOf(firstSchema(f)); kind != Other {
			return kind
		}
		if containsFold(f.Data, `"Microsoft.`) {
			return maybe // a template that cannot be read is not passed over
		}
		return Other
	}
	s := sectionOf(root)
	if k := kindOf(s.get("$schema").text()); k != Other {
		return k
	}
	if maybe == Parameters && s.get("parameters").kind() == '{' && s.get("contentversion").exists() && !s.get("resources").exists() {
		return Parameters
	}
	entries := s.get("resources").elements()
	for _, m := range s.get("resources").members() {
		entries = append(entries, m.value)
	}
	for _, e := range entries {
		es := sectionOf(e)
		if es.get("type").kind() == '"' && strings.Contains(es.get("type").text(), "/") && es.get("apiversion").exists() {
			return Template
		}
	}
	return Other
}

func firstSchema(f *source.File) string {
	if m := schemaKey.FindSubmatch(f.Data); m != nil {
		return string(m[1])
	}
	return ""
}

// containsFold is bytes.Contains without regard to the case of ASCII letters. sub has at least one byte.
func containsFold(b []byte, sub string) bool {
	first := sub[0] | 0x20
	for {
		i := bytes.IndexFunc(b, func(r rune) bool { return r|0x20 == rune(first) })
		if i < 0 || len(b)-i < len(sub) {
			return false
		}
		if strings.EqualFold(string(b[i:i+len(sub)]), sub) {
			return true
		}
		b = b[i+1:]
	}
}

// Parse reads a template. It reports false, with diagnostics, when the file is not JSON.
func Parse(f *source.File, load Loader) (*template.Template, []diag.Diagnostic) {
	doc, root, ok := read(f)
	if !ok {
		return nil, doc.diags
	}
	r := &reader{doc: doc, load: load}
	return r.template(root), nil
}

// ParseValue reads any JSON file as a value: strings are no expressions.
func ParseValue(f *source.File) (value.Value, bool) {
	_, root, ok := read(f)
	if !ok {
		return value.Value{}, false
	}
	return expr.New(nil).Eval(root.literal()), true
}

// DeclaredParameters returns the names of the parameters that a template declares.
func DeclaredParameters(f *source.File) []string {
	_, root, ok := read(f)
	if !ok {
		return nil
	}
	var names []string
	for _, m := range root.get("parameters").members() {
		names = append(names, m.name)
	}
	return names
}
