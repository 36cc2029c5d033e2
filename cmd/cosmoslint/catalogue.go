package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/rules"
)

func (a *app) rulesCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "rules [flags]",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if format == "json" {
				return a.rulesJSON()
			}
			return a.rulesText()
		},
	}
	words := newChoice(&format, "text", "text", "json")
	cmd.Flags().VarP(words, "format", "f", "format of the output: text or json")
	complete(cmd, "format", words.allowed...)
	return cmd
}

func (a *app) rulesText() error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rules.All {
		note := ""
		if r.Off {
			note = " (off by default)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s%s\n", r.ID, r.Severity, r.Category, r.Name, r.Title, note)
	}
	return w.Flush()
}

// listedRule is a rule in the JSON that docs/json.md describes.
type listedRule struct {
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Title      string          `json:"title"`
	Category   string          `json:"category"`
	Severity   string          `json:"severity"`
	Score      float64         `json:"securitySeverity"`
	Off        bool            `json:"offByDefault"`
	Fix        string          `json:"fix"`
	Since      string          `json:"since"`
	URL        string          `json:"url"`
	Doc        string          `json:"doc"`
	Controls   []listedControl `json:"controls"`
	References []string        `json:"references"`
}

type listedControl struct {
	Catalogue string `json:"catalogue"`
	ID        string `json:"id"`
}

func (a *app) rulesJSON() error {
	doc := struct {
		SchemaVersion string       `json:"schemaVersion"`
		Rules         []listedRule `json:"rules"`
	}{report.SchemaVersion, make([]listedRule, len(rules.All))}
	for i, r := range rules.All {
		doc.Rules[i] = listed(r)
	}
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}

func listed(r *rule.Rule) listedRule {
	controls := make([]listedControl, len(r.Controls))
	for i, c := range r.Controls {
		controls[i] = listedControl{string(c.Catalogue), c.ID}
	}
	return listedRule{
		ID: r.ID, Name: r.Name, Title: r.Title, Category: string(r.Category), Severity: r.Severity.String(),
		Score: r.Score, Off: r.Off, Fix: r.Fix.String(), Since: r.Since, URL: r.URL(), Doc: strings.TrimSpace(r.Doc),
		Controls: controls, References: append([]string{}, r.References...),
	}
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "explain RULE",
		Short:             "Say what a rule wants, why, and what to do",
		Example:           "  cosmoslint explain CDB101\n  cosmoslint explain public-network-open",
		Args:              oneRule,
		ValidArgsFunction: cobra.FixedCompletions(ruleWords(rules.All), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := ruleByWord(rules.All, args[0])
			if err != nil {
				return err
			}
			o := report.Options{Version: version(), Rules: rules.All}
			a.screen(&o)
			return report.Explain(a.stdout, r, nil, o)
		},
	}
}

func oneRule(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("explain takes one rule id or name; 'cosmoslint rules' lists them")
	}
	return nil
}
