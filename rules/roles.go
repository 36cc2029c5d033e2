package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// deepest finds the action in the permissions of a role that the question has the given answer for or, where that is not
// to be seen, the permission or the list that it may be in.
func deepest(r *model.Resource, permissions, actions string, question func(value.Value) value.Truth, answer value.Truth) element {
	list := r.Body.GetPath(permissions)
	outer := elements(list, permissions, func(p value.Value) value.Truth {
		return anyElement(p.Get(actions), question)
	}, answer)
	if len(outer) == 0 {
		return element{permissions, list}
	}
	inner, path := outer[0].Value.Get(actions), outer[0].Path+"."+actions
	if found := elements(inner, path, question, answer); len(found) > 0 {
		return found[0]
	}
	return element{path, inner}
}
