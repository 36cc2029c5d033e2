package main

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/spell"
)

const allRules = "all"

// pick returns the rules to run. Without selectors these are all that are on; an id, a name or "all" turns on those that
// are off by default as well, a category does not.
func pick(all []*rule.Rule, on func(*rule.Rule) bool, include, exclude []string) ([]*rule.Rule, error) {
	for _, list := range [][]string{include, exclude} {
		if err := known(all, list); err != nil {
			return nil, err
		}
	}
	var out []*rule.Rule
	for _, r := range all {
		if included(r, on, include) && !anyMatches(r, exclude) {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return nil, usage("--rules, --exclude-rules and the configuration leave no rule to run")
	}
	return out, nil
}

func included(r *rule.Rule, on func(*rule.Rule) bool, include []string) bool {
	if len(include) == 0 {
		return on(r)
	}
	for _, s := range include {
		if r.Matches(s) && !(r.Off && strings.EqualFold(s, string(r.Category))) {
			return true
		}
	}
	return false
}

func anyMatches(r *rule.Rule, selectors []string) bool {
	for _, s := range selectors {
		if r.Matches(s) {
			return true
		}
	}
	return false
}

// known refuses a selector that no rule matches: a typo would silently judge less.
func known(all []*rule.Rule, selectors []string) error {
	for _, s := range selectors {
		if !matchesAny(all, s) {
			return usage("'%s' is no rule id, rule name or category%s", s, didYouMean(s, selectorWords(all)))
		}
	}
	return nil
}

func matchesAny(all []*rule.Rule, selector string) bool {
	for _, r := range all {
		if r.Matches(selector) {
			return true
		}
	}
	return false
}

// ruleByWord finds the rule that a person means by an id or a name.
func ruleByWord(all []*rule.Rule, word string) (*rule.Rule, error) {
	for _, r := range all {
		if strings.EqualFold(word, r.ID) || strings.EqualFold(word, r.Name) {
			return r, nil
		}
	}
	return nil, usage("there is no rule '%s'%s", word, didYouMean(word, ruleWords(all)))
}

// ruleWords are all ids and names.
func ruleWords(all []*rule.Rule) []string {
	var words []string
	for _, r := range all {
		words = append(words, r.ID, r.Name)
	}
	return words
}

// selectorWords are all words that select rules.
func selectorWords(all []*rule.Rule) []string {
	words := append(ruleWords(all), allRules)
	seen := map[rule.Category]bool{}
	for _, r := range all {
		if !seen[r.Category] {
			seen[r.Category] = true
			words = append(words, string(r.Category))
		}
	}
	return words
}

func didYouMean(word string, words []string) string { return spell.DidYouMean(word, words) }
