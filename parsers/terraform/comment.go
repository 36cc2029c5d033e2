package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/source"
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
