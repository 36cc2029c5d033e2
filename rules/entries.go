package rules

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	ipRules       = "properties.ipRules"
	ipRangeFilter = "properties.ipRangeFilter"
)

// judgeEntries decides whether the firewall, where it is in force, has a bad entry, and says so once for each resource
// that has some: the account, or each of a cluster's firewall rules.
func judgeEntries(p *rule.Pass, e cosmos.Exposure, bad func(cosmos.Range) bool, say func(bad []cosmos.Entry) rule.Finding) {
	switch e.DecideList(func(l cosmos.AllowList) value.Truth { return l.Any(bad) }) {
	case value.True:
		for _, entries := range badEntries(e, bad) {
			p.Report(at(entries, say(entries)))
		}
	case value.Undecided:
		askEntries(p, e, bad)
	default:
		heldEntries(p, e)
	}
}

// heldEntries says that the addresses in a firewall are good, if it is in force and there are some.
func heldEntries(p *rule.Pass, e cosmos.Exposure) {
	if e.DecideList(func(l cosmos.AllowList) value.Truth { return value.TruthOf(len(l.Entries) > 0) }) == value.True {
		p.Held(e.Resource)
	}
}

// badEntries returns the entries that are bad for certain, by the resource that they are written in.
func badEntries(e cosmos.Exposure, bad func(cosmos.Range) bool) [][]cosmos.Entry {
	var out [][]cosmos.Entry
	for _, entry := range e.Cases[0].Allowed.Entries {
		n := len(out)
		switch {
		case entry.Is(bad) != value.True:
		case n > 0 && out[n-1][0].Resource == entry.Resource:
			out[n-1] = append(out[n-1], entry)
		default:
			out = append(out, []cosmos.Entry{entry})
		}
	}
	return out
}

// at points a finding at the first of the entries, and at the others as related places.
func at(entries []cosmos.Entry, f rule.Finding) rule.Finding {
	first := entries[0]
	f.Resource, f.Path, f.Value, f.Site = first.Resource, first.Path, &first.Value, first.Site
	for _, e := range entries[1:] {
		f.Related = append(f.Related, related("this one too", e.Site)...)
	}
	return f
}

// askEntries counts a check of a firewall that waits for an entry, the list, or for whether it is in force.
func askEntries(p *rule.Pass, e cosmos.Exposure, bad func(cosmos.Range) bool) {
	for _, c := range e.Cases {
		for _, entry := range c.Allowed.Entries {
			if entry.Is(bad) == value.Undecided && !entry.Resource.Existing {
				ask(p, entry.Resource, unreadable(entry))
				return
			}
		}
	}
	if e.Resource.Existing {
		for _, entries := range badEntries(e, bad) {
			ask(p, entries[0].Resource, cosmos.Question{Path: entries[0].Path, Value: entries[0].Value,
				Reason: "Whether public network access to the cluster is on is not known here."})
			return
		}
	}
	ask(p, e.Resource, listQuestion(e))
}

// unreadable asks for an entry: it is not known, or it is text that the service would refuse.
func unreadable(e cosmos.Entry) cosmos.Question {
	q := cosmos.Question{Path: e.Path, Value: e.Value}
	if e.Value.Known() {
		q.Reason = shown(e) + " is not an IPv4 address or range."
	}
	return q
}

// listQuestion asks for the list as a whole or, where that is known, for what decides whether it is in force.
func listQuestion(e cosmos.Exposure) cosmos.Question {
	for _, path := range []string{ipRules, ipRangeFilter} {
		if v := e.Resource.Body.GetPath(path); e.Resource.Is(cosmos.AccountType) && !v.Known() {
			return cosmos.Question{Path: path, Value: v}
		}
	}
	q := e.Open
	if q.Path == "" && q.Reason == "" {
		q.Reason = "The firewall rules are not all known before deployment."
	}
	return q
}

// removeFix takes the bad entries of an account's firewall away, provided that others stay: an empty firewall is open.
func removeFix(e cosmos.Exposure, bad func(cosmos.Range) bool) *diag.Fix {
	r, c := e.Resource, e.Cases[0]
	if len(e.Cases) > 1 || !r.Is(cosmos.AccountType) {
		return nil
	}
	var gone, rest []cosmos.Entry
	for _, entry := range c.Allowed.Entries {
		if entry.Is(bad) == value.True {
			gone = append(gone, entry)
		} else {
			rest = append(rest, entry)
		}
	}
	if len(rest) == 0 && value.And(c.Filter, c.Rules) != value.True {
		return nil
	}
	var paths []string
	for _, entry := range gone {
		if entry.Path == ipRangeFilter {
			return filterFix(e, gone, rest)
		}
		paths = append(paths, strings.TrimSuffix(entry.Path, ".ipAddressOrRange"))
	}
	edits := r.Dialect.Remove(r, paths...)
	if len(edits) == 0 {
		return nil
	}
	return &diag.Fix{Title: "Remove " + listed(valuesOf(gone)) + " from the firewall", Edits: edits}
}

// filterFix writes the legacy ipRangeFilter without the entries that are gone.
func filterFix(e cosmos.Exposure, gone, rest []cosmos.Entry) *diag.Fix {
	var texts []string
	for _, entry := range rest {
		if text, ok := entry.Value.Text(); ok && entry.Path == ipRangeFilter {
			texts = append(texts, text)
		}
	}
	filter := e.Resource.Body.GetPath(ipRangeFilter)
	if filter.Kind != value.String || len(texts)+len(gone) != len(e.Cases[0].Allowed.Entries) {
		return nil
	}
	return rule.SetFix(e.Resource, ipRangeFilter, value.OfString(strings.Join(texts, ",")), false)
}

func valuesOf(entries []cosmos.Entry) []value.Value {
	var out []value.Value
	for _, e := range entries {
		out = append(out, e.Value)
	}
	return out
}

// shown is an entry in quotes: the text that was written, or the first and last address of a cluster's rule.
func shown(e cosmos.Entry) string {
	if e.Resource.Is(cosmos.AccountType) {
		return "'" + rule.Title(e.Value) + "'"
	}
	from, to := e.Resource.Body.GetPath("properties.startIpAddress"), e.Resource.Body.GetPath("properties.endIpAddress")
	return "'" + rule.Title(from) + "' to '" + rule.Title(to) + "'"
}

// listPath is the property that holds the entry: the account's list, or the rule's own addresses.
func listPath(e cosmos.Entry) string {
	if strings.HasPrefix(e.Path, ipRules) {
		return ipRules
	}
	return e.Path
}
