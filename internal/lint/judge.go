package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
	"github.com/cosmoslint/cosmoslint/parsers"
)

// maxWorlds bounds how many other deployments of one unit are looked at for what defaults turn off.
const maxWorlds = 8

// verdict is what the rules say of one unit.
type verdict struct {
	entry                            diag.EntryPoint
	identity                         string // of the unit
	findings, undetermined, problems []diag.Diagnostic
	held                             []diag.Held
	secrets                          []source.Span // see diag.Result
	// skipped says that nobody has asked for the unit.
	skipped bool
}

// judge evaluates a unit and runs the rules, then again for each switch that a default leaves off.
func judge(u parsers.Unit, set *parsers.Set, cfg *Config) (v verdict) {
	v.entry, v.identity = diag.EntryPoint{Path: u.Path}, cmp.Or(u.Identity, u.Path)
	if u.Parameters != "" {
		v.entry.Parameters = []string{u.Parameters}
	}
	defer func() {
		if r := recover(); r != nil {
			v.problems = append(v.problems, parsers.Crash(u.Path, r))
			v.skipped = !set.Concerns(u)
		}
	}()
	defer u.Release()
	d := u.Deploy(nil)
	if !set.Concerns(u) {
		return verdict{skipped: true}
	}
	v.problems = append(notAnalysed(d), d.Diagnostics...)
	v.count(d)
	v.check(d, cfg)
	v.dormant(u, d, cfg)
	v.stamp()
	return v
}

func (v *verdict) count(d *model.Deployment) {
	for _, r := range d.Resources {
		v.entry.Cosmos = v.entry.Cosmos || hasPrefix(r.Type, databases)
		if r.Existing {
			continue
		}
		v.entry.Resources++
		if r.Is("Microsoft.DocumentDB/databaseAccounts") {
			v.entry.Accounts++
		}
	}
}

// check runs all rules on a deployment. What has held is told if it is asked for. Rules on secrets that are off are asked
// where these are: a finding of another rule may be next to one.
func (v *verdict) check(d *model.Deployment, cfg *Config) {
	facts := map[any]any{}
	run := func(r *rule.Rule) *rule.Pass {
		p := &rule.Pass{Rule: r, Deployment: d, Settings: cfg.Settings, Facts: facts, Evidence: cfg.Evidence}
		r.Check(p)
		v.secrets = append(v.secrets, p.Concealed()...)
		return p
	}
	for _, r := range cfg.Rules {
		if r.Check == nil {
			continue
		}
		p := run(r)
		f, u := p.Results()
		v.findings = append(v.findings, f...)
		v.undetermined = append(v.undetermined, u...)
		if cfg.Evidence {
			v.held = append(v.held, evidence(p)...)
		}
	}
	for _, r := range cfg.Known {
		if r.Category == rule.Secrets && r.Check != nil && !slices.Contains(cfg.Rules, r) {
			run(r)
		}
	}
}

// dormant looks at the resources that defaults turn off: each in the deployment in which its switch is flipped. A
// deployment that reached a limit is not evaluated again.
func (v *verdict) dormant(u parsers.Unit, base *model.Deployment, cfg *Config) {
	if slices.ContainsFunc(base.Diagnostics, func(d diag.Diagnostic) bool { return d.Code == "limit" }) {
		return
	}
	there := map[string]bool{}
	for _, r := range base.Resources {
		there[r.Declaration] = true
	}
	for _, s := range worlds(base.Switches) {
		d := u.Deploy(s.overrides)
		fresh := map[string]bool{}
		for _, r := range d.Resources {
			if !there[r.Declaration] {
				r.Exists = model.Dormant
				fresh[r.Declaration] = true
			}
		}
		if len(fresh) == 0 {
			continue
		}
		var said verdict
		said.check(d, cfg)
		v.secrets = append(v.secrets, said.secrets...)
		for _, f := range said.findings {
			if fresh[f.Declaration] {
				f.Message += " (" + offBecause(s.names) + ")"
				v.findings = append(v.findings, f)
			}
		}
		for declaration := range fresh {
			there[declaration] = true
		}
	}
}

func offBecause(names []string) string {
	return "The resource is off by default; parameter '" + strings.Join(names, "', '") + "' turns it on."
}

// world is a set of flipped parameters.
type world struct {
	names     []string
	overrides map[string]value.Value
}

// worlds are the distinct sets of parameters to flip: of each switch one parameter at a time, then all together.
func worlds(switches []model.Switch) []world {
	var out []world
	seen := map[string]bool{}
	add := func(names []string, values []value.Value) {
		key := strings.Join(names, "\x00")
		if seen[key] || len(out) >= maxWorlds {
			return
		}
		seen[key] = true
		w := world{names: names, overrides: map[string]value.Value{}}
		for i, n := range names {
			w.overrides[strings.ToLower(n)] = values[i]
		}
		out = append(out, w)
	}
	for _, s := range switches {
		for i := range s.Parameters {
			add(s.Parameters[i:i+1], s.Values[i:i+1])
		}
	}
	for _, s := range switches {
		add(s.Parameters, s.Values)
	}
	return out
}
