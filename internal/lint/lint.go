// Package lint is the pipeline: find files, evaluate deployments, run rules, merge and sort what they say.
package lint

import (
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/parsers"
)

// Config says what to lint and how.
type Config struct {
	// Root is the directory out of which nothing is read. Paths and Parameters are relative to it.
	Root        string
	Paths       []string
	Parameters  []string
	MaxFileSize int64 // bytes; 0 is the default

	NoParameters bool
	// BicepCache is a directory as the Bicep compiler restores registry modules to; "" reads none.
	BicepCache string
	Rules      []*rule.Rule
	Settings   rule.Settings
	// Progress, if set, is called after each deployment from several goroutines.
	Progress func(done, total int)
}

// Run lints. An error is about the run as a whole; what is wrong with a file is in the result.
func Run(cfg Config) (*diag.Result, error) {
	tree, err := source.OpenTree(cfg.Root, cfg.MaxFileSize)
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
	opt := parsers.Options{Parameters: cfg.Parameters, NoParameters: cfg.NoParameters}
	if cfg.BicepCache != "" {
		// A cache that is not there is an empty one.
		opt.BicepCache, _ = source.OpenTree(cfg.BicepCache, cfg.MaxFileSize)
	}
	return opt
}

func closeCache(opt parsers.Options) {
	if opt.BicepCache != nil {
		opt.BicepCache.Close()
	}
}

func run(tree *source.Tree, cfg Config, opt parsers.Options) *diag.Result {
	opt.Want, opt.Primary = Wanted, Primary
	set := parsers.Find(tree, cfg.Paths, opt)
	verdicts := make([]verdict, len(set.Units))
	each(set.Units, cfg.Progress, func(i int, u parsers.Unit) { verdicts[i] = judge(u, &cfg) })
	return merge(set, verdicts, len(cfg.Rules))
}

// Inspect evaluates everything and judges nothing.
func Inspect(cfg Config) ([]*model.Deployment, []diag.Diagnostic, error) {
	tree, err := source.OpenTree(cfg.Root, cfg.MaxFileSize)
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

// each visits all units, several at a time.
func each(units []parsers.Unit, progress func(done, total int), visit func(int, parsers.Unit)) {
	var g errgroup.Group
	var done atomic.Int64
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, u := range units {
		g.Go(func() error {
			visit(i, u)
			if progress != nil {
				progress(int(done.Add(1)), len(units))
			}
			return nil
		})
	}
	_ = g.Wait()
}
