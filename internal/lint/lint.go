// Package lint is the pipeline: find files, evaluate deployments, run rules, merge and sort what they say.
package lint

import (
	"cmp"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cosmoslint/cosmoslint/internal/baseline"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/parsers"
)

// Config says what to lint and how.
type Config struct {
	// Root is the directory out of which nothing is read. Paths and Parameters are relative to it.
	Root       string
	Paths      []string
	Parameters []string
	// Seeds, if not nil, are files relative to Root: only deployments that read one of them are judged.
	Seeds       []string
	MaxFileSize int64 // bytes; 0 is the default

	NoParameters bool
	// Vars are values of Terraform's variables, as text.
	Vars map[string]string
	// BicepCache is a directory as the Bicep compiler restores registry modules to; "" reads none.
	BicepCache string
	Rules      []*rule.Rule
	Settings   rule.Settings
	// Overlays are files that are not, or not as they are here, on disk, by their path relative to Root.
	Overlays map[string][]byte
	// Exclude and Pair are as in parsers.Options.
	Exclude func(name string) bool
	Pair    func(template string) ([]string, bool)
	// Known are all rules that there are, which suppressions may name; nil means Rules.
	Known []*rule.Rule
	// Grade, if set, changes the severity of a finding or undetermined check; it reports false to leave it out.
	Grade func(*diag.Diagnostic) bool
	// Today is the day with which suppressions are compared; on the zero day none expires.
	Today time.Time
	// RequireReason makes a suppression without a reason void.
	RequireReason bool
	// Baseline are the findings that were accepted before; nil for none.
	Baseline *baseline.Baseline
	// Evidence asks for the checks that came out well, too.
	Evidence bool
	// Progress, if set, is called after each deployment from several goroutines.
	Progress func(done, total int)
}

// Run lints. An error is about the run as a whole; what is wrong with a file is in the result.
func Run(cfg Config) (*diag.Result, error) {
	tree, err := cfg.open()
	if err != nil {
		return nil, err
	}
	defer tree.Close()
	opt := cfg.options()
	defer closeCache(opt)
	return run(tree, cfg, opt), nil
}

// RunTree lints files of an open tree, which may have overlays.
func RunTree(tree *source.Tree, cfg Config) *diag.Result {
	opt := cfg.options()
	defer closeCache(opt)
	return run(tree, cfg, opt)
}

func (cfg *Config) options() parsers.Options {
	opt := parsers.Options{Parameters: cfg.Parameters, Seeds: cfg.Seeds, NoParameters: cfg.NoParameters, Vars: cfg.Vars,
		Exclude: cfg.Exclude, Pair: cfg.Pair}
	if cfg.BicepCache != "" {
		// A cache that is not there is an empty one.
		opt.BicepCache, _ = source.OpenTree(cfg.BicepCache, cfg.MaxFileSize)
	}
	return opt
}

func (cfg *Config) open() (*source.Tree, error) {
	tree, err := source.OpenTree(cfg.Root, cfg.MaxFileSize)
	if err != nil {
		return nil, err
	}
	for name, data := range cfg.Overlays {
		tree.Overlay(name, data)
	}
	return tree, nil
}

func closeCache(opt parsers.Options) {
	if opt.BicepCache != nil {
		opt.BicepCache.Close()
	}
}

func run(tree *source.Tree, cfg Config, opt parsers.Options) *diag.Result {
	files := newInspection(&cfg)
	opt.Want, opt.Primary, opt.Inspect, opt.Outputs = Wanted, primaryIn(cfg.Settings.Scope), files.inspect, true
	opt.Everywhere = cfg.Settings.Scope == rule.ScopeAll
	set := parsers.Find(tree, cfg.Paths, opt)
	verdicts := make([]verdict, len(set.Units))
	each(set.Units, cfg.Progress, func(i int, u parsers.Unit) { verdicts[i] = judge(u, set, &cfg) })
	res := merge(set, verdicts, files, len(cfg.Rules))
	cfg.grade(res)
	cfg.suppress(set, res)
	return res
}

// Inspect evaluates everything and judges nothing.
func Inspect(cfg Config) ([]*model.Deployment, []diag.Diagnostic, error) {
	tree, err := cfg.open()
	if err != nil {
		return nil, nil, err
	}
	defer tree.Close()
	opt := cfg.options()
	defer closeCache(opt)
	opt.All = true
	set := parsers.Find(tree, cfg.Paths, opt)
	out := make([]*model.Deployment, len(set.Units))
	each(set.Units, cfg.Progress, func(i int, u parsers.Unit) { out[i] = deploy(u) })
	return out, set.Problems, nil
}

// deploy evaluates a unit; a panic of ours becomes a problem of that unit.
func deploy(u parsers.Unit) (d *model.Deployment) {
	defer func() {
		if r := recover(); r != nil {
			d = &model.Deployment{EntryPoint: source.NewFile(u.Path, nil), Diagnostics: []diag.Diagnostic{parsers.Crash(u.Path, r)}}
		}
	}()
	return u.Deploy(nil)
}

// each visits all units, several at a time. It begins with the largest, so that no core waits for one in the end.
func each(units []parsers.Unit, progress func(done, total int), visit func(int, parsers.Unit)) {
	var g errgroup.Group
	var done atomic.Int64
	g.SetLimit(runtime.GOMAXPROCS(0))
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(units[b].Size, units[a].Size) })
	for _, i := range order {
		g.Go(func() error {
			visit(i, units[i])
			if progress != nil {
				progress(int(done.Add(1)), len(units))
			}
			return nil
		})
	}
	_ = g.Wait()
}
