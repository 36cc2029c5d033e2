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

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/rules"
)

// controlFormats are the forms of the report on controls.
var controlFormats = []string{"text", "markdown", "json"}

// controlWriters write it, by the name of the format.
var controlWriters = map[string]func(io.Writer, []controls.Assessment, *diag.Result, report.Options) error{
	"text": report.ControlsText, "markdown": report.ControlsMarkdown, "json": report.ControlsJSON,
}

// controlsOptions are the flags of the report on controls.
type controlsOptions struct {
	scanOptions
	format   string
	outputs  targets
	reach    string // the flag scope
	baseline string
}

const controlsHelp = `Lints as without a command, and says of each control of the Azure Security Baseline for Cosmos DB where that leaves it:
met, not met, undetermined, or not in these files, and what it was decided from. A control is never met because nothing
was looked at for it. Every rule that decides a control runs; findings of one that the configuration turns off, that are
suppressed or in the baseline count as accepted: the control is not met, but somebody has said that it may be.

Exit codes: 0 whatever the controls say, 2 something could not be judged. It is a report; what fails a build is linting.`

func (a *app) controlsCommand() *cobra.Command {
	o := &controlsOptions{}
	cmd := &cobra.Command{
		Use:   "controls [flags] [path...]",
		Short: "Say where the controls of the Azure Security Baseline stand",
		Long:  controlsHelp,
		Args:  cobra.ArbitraryArgs,
		RunE:  func(cmd *cobra.Command, args []string) error { return a.controls(cmd, args, o) },
	}
	o.register(cmd)
	f := cmd.Flags()
	format := newChoice(&o.format, "text", controlFormats...)
	reach := newChoice(&o.reach, string(rule.ScopeAccount), string(rule.ScopeAccount), string(rule.ScopeAll))
	f.VarP(format, "format", "f", "format of the report on standard output: "+strings.Join(controlFormats, ", "))
	f.VarP(&o.outputs, "output", "o", "also write a report to a file, as in markdown=controls.md (repeatable)")
	f.Var(reach, "scope", "what the rules on networks and applications judge: account, what is tied to Cosmos DB, or all, also without any Cosmos DB")
	f.Lookup("quiet").Usage = "one line for each control"
	f.Lookup("verbose").Usage = "all that each control was decided from"
	f.StringVar(&o.baseline, "baseline", "", "`file` of findings that were accepted before")
	_ = cmd.MarkFlagFilename("baseline", "json")
	complete(cmd, "format", format.allowed...)
	complete(cmd, "scope", reach.allowed...)
	return cmd
}

func (a *app) controls(cmd *cobra.Command, paths []string, o *controlsOptions) error {
	for _, t := range o.outputs {
		if !slices.Contains(controlFormats, t.format) {
			return usage("--output %s=%s: it is none of %s", t.format, t.path, strings.Join(controlFormats, ", "))
		}
	}
	s, err := a.find(cmd, paths, &o.scanOptions)
	if err != nil || len(s.paths) == 0 {
		return err
	}
	if s.conf.Scope != "" && !cmd.Flags().Changed("scope") {
		o.reach = string(s.conf.Scope)
	}
	cfg := s.config(&o.scanOptions)
	cfg.Rules, cfg.Known, cfg.Settings, cfg.Evidence = controls.Deciding(rules.All), rules.All, s.conf.Settings(), true
	cfg.Settings.Scope = rule.Scope(o.reach)
	cfg.Today, cfg.RequireReason = time.Now(), s.conf.RequireReason
	cfg.Grade = s.acceptWhatIsOff
	if cfg.Baseline, err = s.baseline(o.baseline); err != nil {
		return err
	}
	cfg.Progress = a.showProgress(o.quiet)
	res, err := lint.Run(cfg)
	a.hideProgress()
	if err != nil {
		return err
	}
	a.problems(res.Problems, s.show())
	if res.Files == 0 && !res.Failed() {
		a.say("no template was found, so nothing was judged")
	}
	return a.reportControls(s.complete(res, "json"), s, cfg.Rules, o)
}

// acceptWhatIsOff grades a finding as the configuration says. One of a rule that it turns off is kept, as accepted.
func (s *scan) acceptWhatIsOff(d *diag.Diagnostic) bool {
	if !s.conf.Grade(d, rules.All, false) {
		d.Suppression = &diag.Suppression{Kind: diag.Configured}
	}
	return true
}

// reportControls writes the files first, as report does.
func (a *app) reportControls(res *diag.Result, s *scan, ran []*rule.Rule, o *controlsOptions) error {
	list := controls.Assess(res, ran)
	ro := report.Options{Version: version(), Rules: ran, Path: s.show(), Quiet: o.quiet, Verbose: o.verbose}
	for _, t := range o.outputs {
		err := toFile(t.path, func(w io.Writer) error { return controlWriters[t.format](w, list, res, ro) })
		if err != nil {
			a.fail("--output %s=%s: %v", t.format, t.path, err)
		}
	}
	a.screen(&ro)
	err := controlWriters[o.format](a.stdout, list, res, ro)
	if err != nil && !errors.Is(err, syscall.EPIPE) {
		return fmt.Errorf("standard output: %w", err)
	}
	return nil
}
