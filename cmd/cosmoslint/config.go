package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cosmoslint/cosmoslint/internal/config"
	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/rules"
)

// configuration reads the file given by flag, or the nearest one between the paths and the scan root. Without one it is
// empty.
func (s *scan) configuration(o *scanOptions) (*config.Config, error) {
	file, err := s.configFile(o)
	if err != nil || file == nil {
		return &config.Config{}, err
	}
	base := path.Dir(file.Path)
	if !filepath.IsLocal(filepath.FromSlash(file.Path)) {
		base = "."
	}
	conf, problems := config.Read(file, base, rules.All)
	var list []error
	for _, p := range problems {
		list = append(list, fmt.Errorf("%s%s", at(p, s.show()), p.Message))
	}
	if len(list) > 0 {
		return nil, errors.Join(list...)
	}
	return conf, s.adopt(conf, o)
}

func (s *scan) configFile(o *scanOptions) (*source.File, error) {
	switch {
	case o.noConfig:
		return nil, nil
	case o.config != "":
		file, err := s.readAround(o.config)
		if err != nil {
			return nil, usage("--config %s: %w", o.config, cause(err))
		}
		return file, nil
	}
	tree, err := source.OpenTree(s.root, maxAround)
	if err != nil {
		return nil, err
	}
	defer tree.Close()
	file, err := config.Find(tree, s.common())
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	return file, nil
}

// common is the deepest directory that holds all paths, relative to the root.
func (s *scan) common() string {
	common := ""
	for _, p := range s.paths {
		if info, err := os.Stat(filepath.Join(s.root, filepath.FromSlash(p))); err == nil && !info.IsDir() {
			p = path.Dir(p)
		}
		if common == "" {
			common = p
		}
		for common != "." && p != common && !strings.HasPrefix(p, common+"/") {
			common = path.Dir(common)
		}
	}
	return path.Clean(common)
}

// adopt takes what the file says about where to look, unless a flag says it.
func (s *scan) adopt(c *config.Config, o *scanOptions) error {
	if o.bicepCache != "" || c.BicepCache == "" {
		return nil
	}
	s.bicepCache = ""
	if c.BicepCache == noCache {
		return nil
	}
	dir, err := filepath.EvalSymlinks(filepath.Join(s.root, filepath.FromSlash(c.BicepCache)))
	if err == nil && !within(s.root, dir) {
		return fmt.Errorf("%s:%d: bicep-cache leads out of the scan root", s.show()(c.File.Path), c.Line("bicep-cache"))
	}
	s.bicepCache = dir // "" where there is none yet
	return nil
}

// take takes what the file says about reporting, unless a flag says it.
func (o *checkOptions) take(c *config.Config, flags *pflag.FlagSet) {
	if c.FailOn != "" && !flags.Changed("fail-on") {
		o.failOn = c.FailOn
	}
	if c.Severity != "" && !flags.Changed("severity") {
		o.severity = c.Severity
	}
	if c.Scope != "" && !flags.Changed("scope") {
		o.reach = string(c.Scope)
	}
}

func (a *app) configCommand() *cobra.Command {
	o := &checkOptions{}
	cmd := &cobra.Command{
		Use:   "config [flags] [path...]",
		Short: "Show what is in force, and where it comes from",
		Long:  "Shows what linting these paths with these flags would go by, and which line of the configuration says so.",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := a.find(cmd, args, &o.scanOptions)
			if err != nil || len(s.paths) == 0 {
				return err
			}
			return a.showConfig(s, o, cmd.Flags())
		},
	}
	o.register(cmd)
	return cmd
}

func (a *app) showConfig(s *scan, o *checkOptions, flags *pflag.FlagSet) error {
	o.take(s.conf, flags)
	enabled, err := pick(rules.All, s.conf.Enabled, o.rules, o.exclude)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	row := tabbed(w)
	file := "none"
	if s.conf.File != nil {
		file = s.show()(s.conf.File.Path)
	}
	row("configuration", file, "")
	for _, line := range s.inForce(o) {
		row(line.key, line.value, s.origin(flags, line.key))
	}
	t := s.conf.Settings()
	row("max-range of CDB104", strconv.Itoa(t.MaxRange), s.threshold(func(set config.Setting) int { return set.MaxRange }))
	row("max-total of CDB104", strconv.Itoa(t.MaxTotal), s.threshold(func(set config.Setting) int { return set.MaxTotal }))
	s.ruleRows(row, enabled, len(o.rules) > 0)
	s.overrideRows(row)
	return w.Flush()
}

// threshold says which line sets a number.
func (s *scan) threshold(number func(config.Setting) int) string {
	line := 0
	for _, set := range s.conf.Rules {
		if number(set) > 0 {
			line = set.Line
		}
	}
	return s.decided(true, line)
}

func (s *scan) ruleRows(row func(...string), enabled []*rule.Rule, asked bool) {
	for _, r := range rules.All {
		l := s.conf.Level(r)
		runs := slices.Contains(enabled, r) && (l.On || asked)
		level := "off"
		switch {
		case runs && l.Severity != 0:
			level = l.Severity.String()
		case runs:
			level = r.Severity.String()
		}
		row(r.ID+" "+r.Name, level, s.decided(l.On == runs, l.Line))
	}
}

func (s *scan) overrideRows(row func(...string)) {
	for _, o := range s.conf.Overrides {
		for _, set := range o.Rules {
			level := "on"
			switch {
			case set.Off:
				level = "off"
			case set.Severity != 0:
				level = set.Severity.String()
			}
			row("in "+strings.Join(o.Paths, ", "), set.Selector+" "+level, s.decided(true, set.Line))
		}
	}
}

// tabbed prints the cells of a row. Nothing of the input can start another one.
func tabbed(w *tabwriter.Writer) func(cells ...string) {
	return func(cells ...string) {
		for i, c := range cells {
			cells[i] = report.Terminal(c)
		}
		fmt.Fprintln(w, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
	}
}

type inForce struct{ key, value string }

// inForce lists the settings that are not about rules.
func (s *scan) inForce(o *checkOptions) []inForce {
	c := s.conf
	base, cache := o.baseline, s.show()
	if base == "" && c.Baseline != "" {
		base = cache(c.Baseline)
	}
	list := []inForce{
		{"fail-on", o.failOn}, {"severity", o.severity}, {"require-reason", strconv.FormatBool(c.RequireReason)},
		{"baseline", orNone(base)}, {"scope", o.reach}, {"exclude", orNone(strings.Join(c.Exclude, ", "))}, {"bicep-cache", orNone(s.bicepCache)},
	}
	for _, p := range c.Parameters {
		list = append(list, inForce{"parameters", p.Template + ": " + orNone(strings.Join(p.Files, ", "))})
	}
	return list
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// origin says which flag or line sets a key.
func (s *scan) origin(flags *pflag.FlagSet, key string) string {
	if f := flags.Lookup(key); f != nil && f.Changed {
		return "--" + key
	}
	return s.decided(true, s.conf.Line(key))
}

// decided says which line of the file decided, or that flags did.
func (s *scan) decided(byFile bool, line int) string {
	switch {
	case !byFile:
		return "--rules, --exclude-rules"
	case line == 0:
		return "default"
	}
	return fmt.Sprintf("%s:%d", s.show()(s.conf.File.Path), line)
}
