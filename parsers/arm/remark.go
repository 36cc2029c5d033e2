package arm

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/suppress"
)

// Comments returns the places of the comments of a JSON file, which need not be valid.
func Comments(f *source.File) []source.Span {
	var out []source.Span
	for i := 0; i < len(f.Data); i++ {
		switch f.Data[i] {
		case '"':
			for i++; i < len(f.Data) && f.Data[i] != '"'; i++ {
				if f.Data[i] == '\\' {
					i++
				}
			}
		case '/':
			end := min(skipComment(f.Data, i)+1, len(f.Data))
			if end == i+1 {
				continue
			}
			text := bytes.TrimRight(f.Data[i:end], "\r\n")
			out = append(out, f.At(i, len(text)))
			i = end - 1
		}
	}
	return out
}

// Suppressions reads metadata.cosmoslint.ignore of templates and resources: what plain JSON has in place of comments.
// Azure ignores metadata wherever they are (learn.microsoft.com/azure/azure-resource-manager/templates/syntax#metadata).
func Suppressions(f *source.File) []suppress.Metadata {
	if !bytes.Contains(f.Data, []byte(`"cosmoslint"`)) {
		return nil
	}
	_, root, ok := read(f)
	if !ok {
		return nil
	}
	return appendSuppressions(nil, root)
}

func appendSuppressions(list []suppress.Metadata, n node) []suppress.Metadata {
	if n.kind() == '[' {
		for _, e := range n.elements() {
			list = appendSuppressions(list, e)
		}
		return list
	}
	var own, typ, template node
	for _, m := range n.members() {
		switch strings.ToLower(m.name) {
		case "metadata":
			own = m.value.get("cosmoslint")
		case "type":
			typ = m.value
		case "$schema", "contentversion":
			template = n
		}
		list = appendSuppressions(list, m.value)
	}
	if !own.exists() {
		return list
	}
	var owner source.Span
	switch {
	case template.exists():
		owner = n.span()
	case typ.kind() == '"':
		owner = typ.span()
	default:
		return append(list, suppress.Metadata{Span: own.span(),
			Problem: "Only the metadata of a template or a resource can hold suppressions."})
	}
	return appendIgnored(list, own, owner)
}

// appendIgnored reads the entries of {"ignore": [{"rule": …, "reason": …, "until": …}]}.
func appendIgnored(list []suppress.Metadata, own node, owner source.Span) []suppress.Metadata {
	ignore := own.get("ignore")
	if ignore.kind() != '[' {
		return append(list, suppress.Metadata{Span: own.span(), Problem: "'cosmoslint' has to have an array 'ignore'."})
	}
	for _, e := range ignore.elements() {
		list = append(list, ignored(e, owner))
	}
	return list
}

func ignored(e node, owner source.Span) suppress.Metadata {
	m := suppress.Metadata{Span: e.span(), Owner: owner}
	if e.kind() != '{' {
		m.Problem = "An entry of 'ignore' has to be an object with a 'rule'."
		return m
	}
	for _, member := range e.members() {
		if member.value.kind() != '"' {
			m.Problem = fmt.Sprintf("The value of '%s' has to be a string.", member.name)
			return m
		}
		switch text := member.value.text(); strings.ToLower(member.name) {
		case "rule":
			m.Rule = text
		case "reason":
			m.Reason = text
		case "until":
			m.Until = text
		default:
			m.Problem = fmt.Sprintf("There is no '%s'; an entry has 'rule', 'reason' and 'until'.", member.name)
			return m
		}
	}
	if m.Rule == "" {
		m.Problem = "An entry of 'ignore' has to name its 'rule'."
	}
	return m
}
