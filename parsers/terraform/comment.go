package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/suppress"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
)

// Comments returns the places of the comments of a file in HCL, without their line ends.
func Comments(f *source.File) []source.Span {
	tokens, _ := hclsyntax.LexConfig(f.Data, f.Path, hcl.InitialPos)
	var out []source.Span
	for _, t := range tokens {
		if t.Type != hclsyntax.TokenComment {
			continue
		}
		start, end := t.Range.Start.Byte, min(t.Range.End.Byte, len(f.Data))
		for end > start && (f.Data[end-1] == '\n' || f.Data[end-1] == '\r') {
			end--
		}
		out = append(out, f.At(start, end-start))
	}
	return out
}

// Notes returns the properties of a file in JSON that are comments: those that are called "//", of a block or of the
// file, or each text of a list. (developer.hashicorp.com/terraform/language/syntax/json, "Comment Properties".)
func Notes(f *source.File) []suppress.Note {
	if strings.HasSuffix(f.Path, ".tfvars.json") {
		return nil
	}
	root, ok := arm.ParseValue(f)
	if !ok {
		return nil
	}
	return appendNotes(nil, root, source.Span{File: f, Start: 0, End: len(f.Data) + 1})
}

func appendNotes(list []suppress.Note, v value.Value, owner source.Span) []suppress.Note {
	for _, e := range v.Elems() {
		list = appendNotes(list, e, owner)
	}
	for _, field := range v.Fields() {
		if field.Name == "//" {
			for _, line := range append([]value.Value{field.Value}, field.Value.Elems()...) {
				if text, ok := line.Text(); ok {
					list = append(list, suppress.Note{Span: line.Span, Text: text, Owner: owner})
				}
			}
			continue
		}
		list = appendNotes(list, field.Value, field.Site)
	}
	return list
}
