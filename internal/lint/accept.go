package lint

import (
	"path"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/baseline"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/suppress"
	"github.com/cosmoslint/cosmoslint/parsers"
)

// grade lets the configuration change severities.
func (cfg *Config) grade(res *diag.Result) {
	if cfg.Grade == nil {
		return
	}
	for _, list := range []*[]diag.Diagnostic{&res.Findings, &res.Undetermined} {
		kept := (*list)[:0]
		for _, d := range *list {
			if cfg.Grade(&d) {
				kept = append(kept, d)
			}
		}
		*list = kept
	}
}

// suppress sets aside what was accepted in the files themselves, then what the baseline lists.
func (cfg *Config) suppress(set *parsers.Set, res *diag.Result) {
	policy := suppress.Policy{Rules: cfg.Known, Ran: cfg.Rules, Today: cfg.Today, RequireReason: cfg.RequireReason}
	if policy.Rules == nil {
		policy.Rules = cfg.Rules
	}
	scanned := map[string]bool{}
	var directives []suppress.Directive
	for _, src := range set.Remarks {
		scanned[src.File.Path] = true
		found, problems := suppress.Parse(src)
		directives = append(directives, found...)
		if cfg.Seeds == nil || slices.Contains(cfg.Seeds, src.File.Path) {
			res.Problems = append(res.Problems, problems...)
		}
	}
	directives = append(directives, elsewhere(res, scanned)...)
	accepted := suppress.Resolve(directives, policy)
	res.Findings, res.Suppressed = accepted.Apply(res.Findings)
	accepted.Touch(res.Undetermined)
	complete := !res.Failed() && cfg.Seeds == nil
	judged := func(path string) bool { return complete && scanned[path] }
	res.Problems = append(res.Problems, accepted.Problems(policy, judged)...)
	cfg.compare(res)
	sortDiagnostics(res.Suppressed)
	sortDiagnostics(res.Problems)
}

// elsewhere reads the suppressions of files that were not below the paths, but called from there.
func elsewhere(res *diag.Result, scanned map[string]bool) []suppress.Directive {
	var out []suppress.Directive
	seen := map[string]bool{}
	look := func(f *source.File) {
		if f == nil || scanned[f.Path] || seen[f.Path] {
			return
		}
		seen[f.Path] = true
		if src, ok := parsers.Remarks(f); ok {
			found, _ := suppress.Parse(src)
			out = append(out, found...)
		}
	}
	for i := range res.Findings {
		look(res.Findings[i].Span.File)
		if s := res.Findings[i].Subject; s != nil {
			look(s.Span.File)
			for _, call := range s.Calls {
				look(call.File)
			}
		}
	}
	return out
}

// compare sets aside the findings of the baseline. An entry is stale when what it is about was looked at and not found.
func (cfg *Config) compare(res *diag.Result) {
	if cfg.Baseline == nil {
		return
	}
	kept, accepted, rest := cfg.Baseline.Apply(res.Findings)
	res.Findings = kept
	res.Suppressed = append(res.Suppressed, accepted...)
	if res.Failed() {
		return
	}
	ran := map[string]bool{}
	for _, r := range cfg.Rules {
		ran[r.ID] = true
	}
	for _, e := range rest {
		if ran[e.Rule] && cfg.covers(res, e) {
			res.Problems = append(res.Problems, cfg.Baseline.Stale(e))
		}
	}
}

// covers reports whether the deployment of an entry was looked at, or would have been if it were still there.
func (cfg *Config) covers(res *diag.Result, e baseline.Entry) bool {
	for _, p := range res.EntryPoints {
		if p.Path == e.EntryPoint {
			return true
		}
	}
	if cfg.Seeds != nil {
		return false
	}
	for _, p := range cfg.Paths {
		if p = path.Clean(p); p == "." || p == e.EntryPoint || strings.HasPrefix(e.EntryPoint, p+"/") {
			return true
		}
	}
	return false
}
