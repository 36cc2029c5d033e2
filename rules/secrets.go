package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// thing stands for something that is no resource but can be wrong: an output, a parameter, a setting.
func thing(kind, name, module string, header source.Span) *model.Resource {
	path := kind + " " + name
	if module != "" {
		path = module + "/" + path
	}
	return &model.Resource{
		Type: kind, Name: value.OfString(name), Path: path, Header: header, Declaration: path, Body: value.AbsentValue,
	}
}

// keyOf names a key at the end of a sentence's subject: "a key of account 'db1'".
func keyOf(k cosmos.Key) string {
	if k.Account == "" {
		return "a key of a Cosmos DB account"
	}
	return "a key of account '" + k.Account + "'"
}

// judgeKeys reports a resource that keys get into, at the first place where one does; open places come before those
// that the service protects.
func judgeKeys(p *rule.Pass, r *model.Resource, say func(cosmos.Held) rule.Finding) {
	held, answer := cosmos.KeysAt(r.Body, "")
	switch {
	case len(held) > 0:
		first := max(0, slices.IndexFunc(held, func(h cosmos.Held) bool { return !cosmos.Protected(h.Path) }))
		f := say(held[first])
		f.Resource, f.Path = r, held[first].Path
		if n := len(held) - 1; n > 0 {
			f.Message += fmt.Sprintf(" This is one of %d places in the resource.", n+1)
		}
		p.Report(f)
	case answer == value.Undecided:
		p.Undetermined(r, "", r.Body, "Whether an account key gets into this resource is not known before deployment.")
	default:
		heldOfAccount(p, r, r.Body)
	}
}

// heldOfAccount says that no key is in a value, if there is something else of an account in it: with anything else the
// question does not arise.
func heldOfAccount(p *rule.Pass, r *model.Resource, v value.Value) {
	if p.Evidence && slices.ContainsFunc(look(p).Accounts, func(a *cosmos.Account) bool { return cosmos.Carries(v, a.Resource) }) {
		p.Held(r)
	}
}

// checkInputs reports the first parameter that is not secure on the way of a key: those of modules within the module
// that are given the same key come to light once that one is secure.
func checkInputs(p *rule.Pass) {
	given := cosmos.GivenKeys(p.Deployment)
	for _, g := range given {
		outer := slices.ContainsFunc(given, func(o cosmos.GivenKey) bool {
			return o.Is == value.True && o.Account == g.Account && strings.HasPrefix(g.Input.Module, o.Input.Module+"/")
		})
		if !outer {
			checkInput(p, g)
		}
	}
}

// secureFix makes parameters or outputs secure; nil when one of them cannot be written so.
func secureFix(title string, safe bool, declarations []model.Input) *diag.Fix {
	fix := &diag.Fix{Title: title, Safe: safe}
	for _, d := range declarations {
		s, ok := d.Dialect.(model.Securer)
		if !ok {
			return nil
		}
		edits := s.Secure(d.Site, d.TypeSite)
		if len(edits) == 0 {
			return nil
		}
		fix.Safe = fix.Safe && !d.Risky
		fix.Edits = append(fix.Edits, edits...)
	}
	return fix
}
