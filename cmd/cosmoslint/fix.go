package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/fix"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

const (
	safeFixes   = "safe"
	unsafeFixes = "unsafe"
)

// fixOptions are the flags that change files.
type fixOptions struct {
	fix  string
	diff bool
}

func (o *fixOptions) register(cmd *cobra.Command) {
	level := newChoice(&o.fix, "", safeFixes, unsafeFixes)
	f := cmd.Flags()
	f.Var(level, "fix", "apply the safe fixes to the files; `unsafe` applies the suggested ones as well")
	f.Lookup("fix").NoOptDefVal = safeFixes
	f.BoolVar(&o.diff, "diff", false, "print what --fix would change, change nothing, and exit with 1 if there is something")
	complete(cmd, "fix", level.allowed...)
}

// fixes reports whether fixes are wanted, if only to be seen.
func (o *fixOptions) fixes() bool { return o.fix != "" || o.diff }

// validateFix refuses what does not go together.
func (o *checkOptions) validateFix(paths []string, formatGiven bool) error {
	switch {
	case o.fixes() && o.writeBaseline != "":
		return usage("--write-baseline accepts what is there, so it does not go with --fix or --diff")
	case o.diff && (formatGiven || len(o.outputs) > 0 || o.concise):
		return usage("--diff prints a diff in place of a report, so it does not go with --format, --concise or --output")
	case o.fix != "" && !o.diff && slices.Contains(paths, dash):
		return usage("--fix changes files, not standard input; --diff shows what it would change")
	}
	return nil
}

// fix lints, applies the fixes of what it finds and writes the files, or prints the difference. The result is of what
// remains; nil after a difference.
func (a *app) fix(s *scan, cfg lint.Config, o *checkOptions) (*diag.Result, error) {
	tree, err := source.OpenTree(s.root, cfg.MaxFileSize)
	if err != nil {
		return nil, err
	}
	defer tree.Close()
	given := cfg.Overlays
	least, _ := diag.ParseSeverity(o.severity)
	run := func(texts map[string][]byte) (*diag.Result, error) {
		cfg.Overlays = maps.Clone(given)
		if cfg.Overlays == nil {
			cfg.Overlays = map[string][]byte{}
		}
		maps.Copy(cfg.Overlays, texts)
		res, err := lint.Run(cfg)
		if err != nil {
			return nil, err
		}
		return atLeast(res, least), nil
	}
	kept := &keeper{s: s, tree: tree, may: map[string]bool{}}
	out, err := fix.Run(run, fix.Options{Unsafe: o.fix == unsafeFixes, May: kept.mayChange})
	if err != nil {
		return nil, err
	}
	a.hideProgress()
	for _, why := range kept.reasons {
		a.say("%s", why)
	}
	for _, r := range out.Refused {
		at := r.Finding.Fix.Edits[0].Span
		a.say("%s:%d: the fix of %s was taken back: %s", s.show()(at.File.Path), at.Begin().Line, r.Finding.Code, r.Reason)
	}
	if o.diff {
		return nil, a.showDiff(out, s, o)
	}
	if err := tree.Replace(out.Files); err != nil {
		a.fail("--fix: %v", err)
		return run(nil)
	}
	res := out.Last
	if kept.linked && len(out.Files) > 0 { // what goes by two names was linted with two texts
		if res, err = run(nil); err != nil {
			return nil, err
		}
	}
	res.Fixes = &diag.Fixes{Findings: out.Fixed, Files: len(out.Files), More: out.More}
	if !forPeople(o.format) && !o.quiet {
		a.say("%s", report.Fixed(res.Fixes))
	}
	return res, nil
}

// keeper knows which files are not to be changed, and why not.
type keeper struct {
	s       *scan
	tree    *source.Tree
	may     map[string]bool
	reasons []string
	linked  bool // one of them because of a link
}

func (k *keeper) mayChange(name string) bool {
	if may, known := k.may[name]; known {
		return may
	}
	err := k.refusal(name)
	if err != nil {
		k.linked = k.linked || err == source.ErrLink
		k.reasons = append(k.reasons, fmt.Sprintf("%s is not changed: %v", k.s.show()(name), err))
	}
	k.may[name] = err == nil
	return err == nil
}

func (k *keeper) refusal(name string) error {
	if _, input := k.s.input[name]; input {
		return nil // of which only a difference is shown
	}
	if k.s.conf.Excluded(name) {
		return errors.New("it is excluded by the configuration")
	}
	return k.tree.Replaceable(name)
}

// showDiff prints the difference in place of a report, and sets the exit code.
func (a *app) showDiff(out *fix.Outcome, s *scan, o *checkOptions) error {
	a.problems(out.First.Problems, s.show())
	a.nothingJudged(out.First, o)
	switch {
	case out.First.Failed():
		a.code = exitFailed
	case len(out.Files) > 0 && !o.exitZero && a.code == exitClean:
		a.code = exitFindings
	}
	options := report.Options{Path: s.show()}
	a.screen(&options)
	return report.Diff(a.stdout, out.Files, out.First, out.Last, options)
}
