package rules

import (
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// element is one element of a list-valued property.
type element struct {
	Path  string // "properties.cors.0"
	Value value.Value
}

// judgeList decides whether a list-valued property of an account has a bad element, while the exposure of the account is
// one of states; outside of them the list does not matter. It reports once, for all bad elements.
func judgeList(p *rule.Pass, e cosmos.Exposure, states cosmos.State, path string,
	bad func(value.Value) value.Truth, say func([]element) rule.Finding) {
	answer := e.Decide(func(c cosmos.Case) value.Truth {
		if c.Is(states) == value.False {
			return value.False
		}
		return value.And(c.Is(states), anyElement(c.Properties.Get(strings.TrimPrefix(path, "properties.")), bad))
	})
	list := e.Resource.Body.GetPath(path)
	switch answer {
	case value.True:
		p.Report(atElement(e, say(elements(list, path, bad, value.True))))
	case value.Undecided:
		ask(p, e.Resource, elementQuestion(e, list, path, bad))
	default:
		if e.Is(states) == value.True && len(list.Elems()) > 0 {
			p.Held(e.Resource)
		}
	}
}

func anyElement(list value.Value, bad func(value.Value) value.Truth) value.Truth {
	return list.Decide(func(list value.Value) value.Truth {
		answer := value.False
		if list.Kind != value.Array && !list.IsUnset() || list.Open {
			answer = value.Undecided
		}
		for _, v := range list.Elems() {
			answer = value.Or(answer, v.Decide(bad))
		}
		return answer
	})
}

// elements returns the elements of a list (of its first case) for which the question has the given answer.
func elements(list value.Value, path string, question func(value.Value) value.Truth, answer value.Truth) []element {
	var out []element
	for i, v := range list.Alternatives()[0].Elems() {
		if v.Decide(question) == answer {
			out = append(out, element{path + "." + strconv.Itoa(i), v})
		}
	}
	return out
}

// atElement fills in what a finding about an element lacks.
func atElement(e cosmos.Exposure, f rule.Finding) rule.Finding {
	f.Resource = e.Resource
	if f.Value != nil && f.Site.IsZero() {
		f.Site = f.Value.Span
	}
	return f
}

func elementQuestion(e cosmos.Exposure, list value.Value, path string, bad func(value.Value) value.Truth) cosmos.Question {
	if open := elements(list, path, bad, value.Undecided); len(open) > 0 {
		return cosmos.Question{Path: open[0].Path, Value: open[0].Value}
	}
	if !list.Known() || e.Open.Path == "" && e.Open.Reason == "" {
		return cosmos.Question{Path: path, Value: list}
	}
	return e.Open
}
