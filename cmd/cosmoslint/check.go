package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/rules"
)

// checkOptions are the flags of linting.
type checkOptions struct {
	scanOptions
	changeOptions
	fixOptions
	format   string
	outputs  targets
	failOn   string
	severity string
	rules    []string
	exclude  []string
	reach    string // the flag scope
	concise  bool
	exitZero bool

	baseline      string
	writeBaseline string

	sarifUndetermined bool
	sarifSuppressed   bool
	sarifCategory     string
}

func (o *checkOptions) register(cmd *cobra.Command) {
	o.scanOptions.register(cmd)
	o.changeOptions.register(cmd)
	f := cmd.Flags()
	format := newChoice(&o.format, "text", formats...)
	failOn := newChoice(&o.failOn, "warning", "error", "warning", "note", "never")
	severity := newChoice(&o.severity, "note", "error", "warning", "note")
	reach := newChoice(&o.reach, string(rule.ScopeAccount), string(rule.ScopeAccount), string(rule.ScopeAll))
	f.VarP(format, "format", "f", "format of the report on standard output: "+strings.Join(formats, ", "))
	f.VarP(&o.outputs, "output", "o", "also write a report to a file, as in sarif=cosmoslint.sarif (repeatable)")
	f.Var(failOn, "fail-on", "least severity that makes the exit code 1: error, warning, note or never")
	f.Var(severity, "severity", "least severity that is reported: error, warning or note")
	f.Var(reach, "scope", "what the rules on networks and applications judge: account, what is tied to Cosmos DB, or all, also without any Cosmos DB")
	f.StringSliceVar(&o.rules, "rules", nil, "run only the rules of this `list`: ids, names, categories; all also runs what is off by default")
	f.StringSliceVar(&o.exclude, "exclude-rules", nil, "do not run the rules of this `list`: ids, names, categories")
	f.BoolVar(&o.concise, "concise", false, "one line a finding in text; the same as --format concise")
	f.BoolVar(&o.sarifUndetermined, "sarif-undetermined", false, "put undetermined checks into SARIF, as results of kind open")
	f.BoolVar(&o.sarifSuppressed, "sarif-suppressed", false, "put suppressed findings into SARIF, which code scanning shows as open alerts")
	f.StringVar(&o.sarifCategory, "sarif-category", "", "category of the analysis in SARIF, when a repository has several")
	f.BoolVar(&o.exitZero, "exit-zero", false, "exit with 0 whatever is found; what could not be judged is still 2")
	f.StringVar(&o.baseline, "baseline", "", "`file` of findings that were accepted before: only others are reported")
	f.StringVar(&o.writeBaseline, "write-baseline", "", "accept all findings of this run in this `file`")
	_ = cmd.MarkFlagFilename("baseline", "json")
	_ = cmd.MarkFlagFilename("write-baseline", "json")
	complete(cmd, "format", format.allowed...)
	complete(cmd, "fail-on", failOn.allowed...)
	complete(cmd, "severity", severity.allowed...)
	complete(cmd, "scope", reach.allowed...)
	complete(cmd, "rules", selectorWords(rules.All)...)
	complete(cmd, "exclude-rules", selectorWords(rules.All)...)
}

// check lints and reports.
func (a *app) check(cmd *cobra.Command, paths []string, o *checkOptions) error {
	if err := errors.Join(o.validate(), o.validateFix(paths, cmd.Flags().Changed("format"))); err != nil {
		return err
	}
	s, err := a.find(cmd, o.scope(paths, o.root), &o.scanOptions)
	if err != nil || len(s.paths) == 0 {
		return err
	}
	if err := a.narrow(s, paths, o); err != nil {
		return err
	}
	o.take(s.conf, cmd.Flags())
	enabled, err := pick(rules.All, s.conf.Enabled, o.rules, o.exclude)
	if err != nil {
		return err
	}
	cfg := s.config(&o.scanOptions)
	cfg.Rules, cfg.Known, cfg.Settings = enabled, rules.All, s.conf.Settings()
	cfg.Settings.Scope = rule.Scope(o.reach)
	cfg.Today, cfg.RequireReason = time.Now(), s.conf.RequireReason
	cfg.Grade = func(d *diag.Diagnostic) bool { return s.conf.Grade(d, rules.All, len(o.rules) > 0) }
	if o.writeBaseline == "" {
		if cfg.Baseline, err = s.baseline(o.baseline); err != nil {
			return err
		}
	}
	cfg.Progress = a.showProgress(o.quiet)
	var res *diag.Result
	if o.fixes() {
		res, err = a.fix(s, cfg, o)
	} else {
		res, err = lint.Run(cfg)
	}
	a.hideProgress()
	if err != nil || res == nil {
		return err
	}
	if o.writeBaseline != "" {
		a.acceptAll(res, o)
	}
	least, _ := diag.ParseSeverity(o.severity)
	res = atLeast(res, least)
	err = a.report(res, s, enabled, o)
	a.judge(res, s, o)
	return err
}

// find locates the paths and says of each that cannot be taken why not.
func (a *app) find(cmd *cobra.Command, paths []string, o *scanOptions) (*scan, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	paths, err := a.standardInput(paths, o)
	if err != nil {
		return nil, err
	}
	s, err := locate(paths, o)
	if err != nil {
		return nil, err
	}
	for _, m := range s.missing {
		a.fail("%s", m)
	}
	if len(paths) == 1 && len(s.paths) == 0 {
		a.suggestCommand(cmd, paths[0])
	}
	if s.conf, err = s.configuration(o); err != nil {
		return nil, err
	}
	if o.verbose {
		a.say("the scan root is %s", s.root)
	}
	return s, nil
}

// suggestCommand is for a command that was taken for a path because of a typo.
func (a *app) suggestCommand(cmd *cobra.Command, word string) {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if s := didYouMean(word, names); s != "" {
		a.say("it was taken for a path%s", s)
	}
}

// atLeast drops what is less severe than asked for. Problems with the input are never dropped.
func atLeast(res *diag.Result, least diag.Severity) *diag.Result {
	minor := func(d diag.Diagnostic) bool { return d.Severity < least }
	out := *res
	out.Findings = slices.DeleteFunc(slices.Clone(res.Findings), minor)
	out.Suppressed = slices.DeleteFunc(slices.Clone(res.Suppressed), minor)
	out.Undetermined = slices.DeleteFunc(slices.Clone(res.Undetermined), minor)
	return &out
}

// report writes the files first: standard output may be a pipe that nobody reads to its end.
func (a *app) report(res *diag.Result, s *scan, enabled []*rule.Rule, o *checkOptions) error {
	base := report.Options{
		Version: version(), Rules: enabled, Path: s.show(),
		Quiet: o.quiet || o.hook && len(res.Findings) == 0, Verbose: o.verbose, Concise: o.concise,
		SARIFUndetermined: o.sarifUndetermined, SARIFSuppressed: o.sarifSuppressed, SARIFCategory: o.sarifCategory,
	}
	for _, t := range o.outputs {
		err := toFile(t.path, func(w io.Writer) error { return write(w, t.format, s.complete(res, t.format), base) })
		if err != nil {
			a.fail("--output %s=%s: %v", t.format, t.path, err)
		}
	}
	a.screen(&base)
	err := write(a.stdout, o.format, s.complete(res, o.format), base)
	if err != nil && !errors.Is(err, syscall.EPIPE) {
		return fmt.Errorf("standard output: %w", err)
	}
	return nil
}

// complete adds the paths that could not be taken to a report for programs: people read of them on standard error.
func (s *scan) complete(res *diag.Result, format string) *diag.Result {
	if forPeople(format) || len(s.missing) == 0 {
		return res
	}
	out := *res
	out.Problems = slices.Clone(res.Problems)
	for _, m := range s.missing {
		out.Problems = append(out.Problems, diag.Problem("no-such-path", diag.Error, source.Span{}, m+"."))
	}
	return &out
}

// judge sets the exit code, and says on standard error what a report for programs does not show to people.
func (a *app) judge(res *diag.Result, s *scan, o *checkOptions) {
	failOn, sets := diag.ParseSeverity(o.failOn)
	if sets && !o.exitZero && res.Worst() >= failOn && a.code == exitClean {
		a.code = exitFindings
	}
	if res.Failed() {
		a.code = exitFailed
	}
	if !forPeople(o.format) {
		a.problems(res.Problems, s.show())
	}
	a.nothingJudged(res, o)
}

// nothingJudged says so if there was nothing to judge, which may be because of a wrong path.
func (a *app) nothingJudged(res *diag.Result, o *checkOptions) {
	switch {
	case res.Files > 0 || len(res.EntryPoints) > 0 || res.Failed() || o.quiet || o.hook:
	case o.since != "":
		a.say("nothing that is linted has changed since %s, so nothing was judged", o.since)
	default:
		a.say("no template was found, so nothing was judged")
	}
}
