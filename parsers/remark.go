package parsers

import (
	"path"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/suppress"
	"github.com/cosmoslint/cosmoslint/parsers/arm"
	"github.com/cosmoslint/cosmoslint/parsers/bicep"
	"github.com/cosmoslint/cosmoslint/parsers/terraform"
)

// Remarks finds what may be a suppression in a file of any language. It reports false when there is nothing.
func Remarks(f *source.File) (suppress.Source, bool) {
	if f.External || !suppress.Mentioned(f.Data) {
		return suppress.Source{}, false
	}
	src := suppress.Source{File: f}
	switch ext := strings.ToLower(path.Ext(f.Path)); ext {
	case ".bicep", ".bicepparam":
		src.Decorated = true
		tree, _ := bicep.Parse(f)
		for _, c := range tree.Comments {
			src.Comments = append(src.Comments, tree.Span(c))
		}
		src.Pragmas = pragmas(tree)
	case ".tf", ".tofu", ".tfvars", ".hcl":
		src.Comments = terraform.Comments(f)
	default:
		if isTerraformJSON(f.Path) {
			src.Notes = terraform.Notes(f)
			break
		}
		src.Comments = arm.Comments(f)
		src.Metadata = arm.Suppressions(f)
	}
	return src, len(src.Comments)+len(src.Pragmas)+len(src.Metadata)+len(src.Notes) > 0
}

// isTerraformJSON reports whether a file is JSON of Terraform, in which comments are properties.
func isTerraformJSON(name string) bool {
	for _, suffix := range []string{".tf.json", ".tofu.json", ".tfvars.json"} {
		if hasSuffixFold(name, suffix) {
			return true
		}
	}
	return false
}

var pragmaKinds = map[bicep.DirectiveKind]suppress.PragmaKind{
	bicep.DisableNextLine:    suppress.NextLine,
	bicep.DisableDiagnostics: suppress.Disable,
	bicep.RestoreDiagnostics: suppress.Restore,
}

func pragmas(tree *bicep.File) []suppress.Pragma {
	var out []suppress.Pragma
	for _, d := range tree.Directives {
		p := suppress.Pragma{Span: tree.Span(d), Kind: pragmaKinds[d.Kind]}
		for _, c := range d.Codes {
			p.Codes = append(p.Codes, c.Name)
		}
		out = append(out, p)
	}
	return out
}
