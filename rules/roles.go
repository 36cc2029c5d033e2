package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// deepest finds the action in the permissions of a role that the question has the given answer for or, where that is not
// to be seen, the permission or the list that it may be in.
func deepest(r *model.Resource, permissions, actions string, question func(value.Value) value.Truth, answer value.Truth) element {
	list := r.Body.GetPath(permissions)
	for _, p := range elements(list, permissions, func(p value.Value) value.Truth {
		return anyElement(p.Get(actions), question)
	}, answer) {
		inner, path := p.Value.Get(actions), p.Path+"."+actions
		for _, a := range elements(inner, path, question, answer) {
			return a
		}
		return element{path, inner}
	}
	return element{permissions, list}
}
