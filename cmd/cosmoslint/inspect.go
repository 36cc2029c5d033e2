package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/report"
)

func (a *app) inspectCommand() *cobra.Command {
	o := &scanOptions{}
	var format string
	cmd := &cobra.Command{
		Use:   "inspect [flags] [path...]",
		Short: "Show what would be deployed, and what is not known of it",
		Long: `Evaluates templates as linting does and shows the resources that would be deployed. What depends on a value that is
not known before deployment is shown as the expression it is computed from.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return a.inspect(cmd, args, o, format) },
	}
	o.register(cmd)
	words := newChoice(&format, "text", "text", "json")
	cmd.Flags().VarP(words, "format", "f", "format of the output: text or json")
	complete(cmd, "format", words.allowed...)
	return cmd
}

func (a *app) inspect(cmd *cobra.Command, paths []string, o *scanOptions, format string) error {
	s, err := a.find(cmd, paths, o)
	if err != nil || len(s.paths) == 0 {
		return err
	}
	cfg := s.config(o)
	cfg.Progress = a.showProgress(o.quiet)
	deployments, problems, err := lint.Inspect(cfg)
	a.hideProgress()
	if err != nil {
		return err
	}
	for _, d := range deployments {
		problems = append(problems, d.Diagnostics...)
	}
	a.problems(problems, s.show())
	ro := report.Options{Version: version(), Path: s.show(), Quiet: o.quiet, Verbose: o.verbose}
	a.screen(&ro)
	if format == "json" {
		return report.InspectJSON(a.stdout, deployments, ro)
	}
	return report.InspectText(a.stdout, deployments, ro)
}

// problems says on standard error what kept part of the input from being judged.
func (a *app) problems(list []diag.Diagnostic, show func(string) string) {
	for _, d := range list {
		if d.Severity != diag.Error {
			continue
		}
		a.fail("%s%s [%s]", at(d, show), d.Message, d.Code)
	}
}

// at is "main.json:3:7: ".
func at(d diag.Diagnostic, show func(string) string) string {
	if d.Span.File == nil {
		return ""
	}
	p := d.Span.Begin()
	return fmt.Sprintf("%s:%d:%d: ", show(d.Span.File.Path), p.Line, p.Column)
}
