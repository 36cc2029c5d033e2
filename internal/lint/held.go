package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// maxHeld is how many resources of one deployment are remembered of which one rule holds. A loop makes thousands, and that
// a control is met does not hang on how many there are.
const maxHeld = 1000

// evidence is what a rule has called good in a deployment.
func evidence(p *rule.Pass) []diag.Held {
	var out []diag.Held
	seen := map[*model.Resource]bool{}
	for _, r := range p.Good() {
		if len(out) == maxHeld {
			break
		}
		if !seen[r] {
			seen[r] = true
			out = append(out, diag.Held{Code: p.Rule.ID, Subject: rule.Subject(r)})
		}
	}
	return out
}

// checked identifies one rule looking at one subject of one deployment, whatever its parameters.
type checked struct{ code, entryPoint, path, written string }

func checkOf(code, entryPoint string, s *diag.Subject) checked {
	return checked{code, entryPoint, strings.ToLower(s.Path), s.Written}
}

// undisputed sorts what has held and leaves out what is said twice, and what the same rule reports, or cannot decide, of
// the same subject: with other parameters, or elsewhere in it. It is called before diagnostics are folded.
func undisputed(held []diag.Held, res *diag.Result) []diag.Held {
	if len(held) == 0 {
		return nil
	}
	seen := map[checked]bool{}
	for _, list := range [][]diag.Diagnostic{res.Findings, res.Undetermined} {
		for i := range list {
			if d := &list[i]; d.Subject != nil {
				seen[checkOf(d.Code, d.EntryPoint, d.Subject)] = true
			}
		}
	}
	var out []diag.Held
	for _, h := range held {
		if key := checkOf(h.Code, h.EntryPoint, h.Subject); !seen[key] {
			seen[key] = true
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b diag.Held) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.EntryPoint, b.EntryPoint),
			strings.Compare(a.Subject.Path, b.Subject.Path), strings.Compare(a.Subject.Written, b.Subject.Written))
	})
	return out
}
