package template

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// SplitGraphType takes "Microsoft.Graph/applications@v1.0" apart. It reports false for types of other extensions, of
// which no rule knows anything. Types and versions: https://learn.microsoft.com/graph/templates/reference/overview.
func SplitGraphType(text string) (typ, version string, ok bool) {
	typ, version, _ = strings.Cut(text, "@")
	const provider = "Microsoft.Graph/"
	return typ, version, len(typ) > len(provider) && strings.EqualFold(typ[:len(provider)], provider)
}

// graphNames are the members that name a resource of Microsoft Graph to people, the best first.
var graphNames = []string{"uniqueName", "name", "displayName", "appId"}

// graphName is the first of these that is written. An appId is a number that says nothing, or that of an application not
// yet there: a service principal then has the name of its declaration.
func (e *entity) graphName() value.Value {
	for _, name := range graphNames {
		x := memberOf(e.decl.Body, name)
		if x == nil {
			continue
		}
		v := e.eval.Eval(x)
		if _, known := v.Text(); known || !v.IsUnset() && name != "appId" {
			return v
		}
	}
	return value.OfString(e.decl.Symbol)
}

// inGraph stands for a resource of Microsoft Graph once it is there. Its path tells it from all others: a name in Graph
// need not be known.
func (e *entity) inGraph() value.Value {
	v := expr.UnknownCall("graph", value.OfString(e.path))
	v.NotNull = true
	return v
}
