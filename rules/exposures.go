package rules

import (
	"strconv"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const (
	publicNetworkAccess = "properties.publicNetworkAccess"
	virtualNetworkRules = "properties.virtualNetworkRules"
	networkFilter       = "properties.isVirtualNetworkFilterEnabled"
	serviceEndpoints    = "serviceEndpoints" // of a subnet
)

// eachAccount calls check for every account that the deployment would make.
func eachAccount(p *rule.Pass, check func(*cosmos.Account)) {
	for _, a := range look(p).Accounts {
		if !a.Resource.Existing {
			check(a)
		}
	}
}

// eachExposure calls check for every account, and every cluster with a firewall; also for a cluster that is only
// referred to, since its firewall rules may be made here.
func eachExposure(p *rule.Pass, check func(cosmos.Exposure)) {
	for _, e := range look(p).Exposures() {
		check(e)
	}
}

// ask counts a check that waits for an input; nothing when there is no question.
func ask(p *rule.Pass, r *model.Resource, q cosmos.Question) {
	switch {
	case q.Reason == "" && q.Path == "":
		return
	case q.Reason == "":
		q.Reason, q.Value = unknown(r, q)
	}
	p.Undetermined(r, q.Path, q.Value, q.Reason)
}

// unknown says why the value of a property is not known, and returns what would have to be.
func unknown(r *model.Resource, q cosmos.Question) (string, value.Value) {
	unset := "'" + rule.Spell(r, q.Path) + "' is not set"
	switch {
	case !r.Body.GetPath(q.Path).IsUnset():
		return rule.Unknown(r, q.Path), q.Value
	case cosmos.Restored(r) != value.False:
		return unset + ": it comes from what this one is restored from, or a replica of.", r.Body.GetPath("properties.createMode")
	case cosmos.Effective(r, q.Path).Kind == value.Unknown:
		return unset + ", and its default is not documented.", q.Value
	}
	return rule.Unknown(r, q.Path), q.Value
}

// title names an account or cluster at the beginning of a sentence.
func title(r *model.Resource) string {
	switch {
	case r.Is(cosmos.AccountType):
		return "Account '" + rule.Title(r.Name) + "'"
	case strings.HasSuffix(strings.ToLower(r.Type), "/firewallrules"):
		return "Firewall rule '" + rule.Title(r.Name) + "'"
	}
	return "Cluster '" + rule.Title(r.Name) + "'"
}

// setFix is a fix that gives a property a value. Where the API version of r does not take the property it raises the
// version as well, and there is none if that would lose what another property says.
func setFix(r *model.Resource, path string, v value.Value, safe bool) *diag.Fix {
	version, ok := cosmos.VersionFor(r, path)
	fix := rule.SetFix(r, path, v, safe)
	switch {
	case !ok:
		return nil
	case fix == nil || version == "":
		return fix
	}
	edits := r.Dialect.Raise(r, version)
	if len(edits) == 0 {
		return nil
	}
	return &diag.Fix{Title: fix.Title + " and use API version " + version, Safe: false, Edits: append(edits, fix.Edits...)}
}

// appendFix is a safe fix that adds an element to a list of r.
func appendFix(r *model.Resource, path string, v value.Value) *diag.Fix {
	edits := r.Dialect.Append(r, path, v)
	if len(edits) == 0 {
		return nil
	}
	return &diag.Fix{Title: "Add " + rule.Literal(r, path, v) + " to '" + rule.Spell(r, path) + "'", Safe: true, Edits: edits}
}

// related is a place with a reason to look at it, if there is one.
func related(message string, span source.Span) []diag.Related {
	if span.IsZero() {
		return nil
	}
	return []diag.Related{{Message: message, Span: span}}
}

// listed returns those of the texts that are known, quoted, five at most: "'10.0.0.0/8', '10.1.0.0/16' and 3 more".
func listed(values []value.Value) string {
	const most = 5
	var names []string
	for i, v := range values {
		if i == most {
			break
		}
		names = append(names, "'"+rule.Title(v)+"'")
	}
	if rest := len(values) - most; rest > 0 {
		return strings.Join(names, ", ") + " and " + strconv.Itoa(rest) + " more"
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// filterQuestion asks for what leaves open whether the virtual network rules of an account are in force.
func filterQuestion(e cosmos.Exposure) cosmos.Question {
	inputs := []struct {
		path string
		of   func(cosmos.Case) value.Truth
	}{
		{networkFilter, func(c cosmos.Case) value.Truth { return c.Filter }},
		{virtualNetworkRules, func(c cosmos.Case) value.Truth { return c.Rules }},
		{publicNetworkAccess, func(c cosmos.Case) value.Truth { return c.Enabled }},
	}
	for _, in := range inputs {
		if e.Decide(in.of) == value.Undecided {
			return cosmos.Question{Path: in.path, Value: e.Resource.Body.GetPath(in.path)}
		}
	}
	return listQuestion(e)
}
