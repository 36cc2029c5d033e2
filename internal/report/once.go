package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// told is a finding that is shown, and where else the same is found at the same place: in which other deployments, or by
// which other way through the modules of its own.
type told struct {
	*diag.Diagnostic
	also []string
}

// once leaves out findings that would read like one before: those of a module that several deployments call.
func once(list []diag.Diagnostic) []told {
	out := make([]told, 0, len(list))
next:
	for i := range list {
		d := &list[i]
		for k := len(out) - 1; k >= 0 && sameCheck(out[k].Diagnostic, d); k-- {
			if out[k].Message == d.Message && out[k].Severity == d.Severity {
				out[k].add(d)
				continue next
			}
		}
		out = append(out, told{Diagnostic: d})
	}
	return out
}

// sameCheck reports whether two findings, which are sorted by place and rule, are of one rule at one place.
func sameCheck(a, b *diag.Diagnostic) bool {
	return a.Code == b.Code && source.Compare(a.Span, b.Span) == 0
}

func (t *told) add(d *diag.Diagnostic) {
	where := d.EntryPoint
	if where == t.EntryPoint && d.Subject != nil {
		where = d.Subject.Path
	}
	if where != "" && !slices.Contains(t.also, where) {
		t.also = append(t.also, where)
	}
}

// elsewhere says where else, for people; "" for nowhere.
func (t *told) elsewhere() string {
	if len(t.also) == 0 {
		return ""
	}
	shown := t.also[:min(len(t.also), maxNames)]
	text := "the same in " + strings.Join(shown, ", ")
	if n := len(t.also) - len(shown); n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	return text
}
