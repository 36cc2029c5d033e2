package main

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmoslint/cosmoslint/internal/config"
	"github.com/cosmoslint/cosmoslint/internal/git"
)

// changeOptions are the flags that keep to the deployments of files that have changed.
type changeOptions struct {
	hook  bool
	since string
}

func (o *changeOptions) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.since, "changed-since", "", "judge only deployments that read a file which has changed since HEAD left this `commit`, branch or tag")
	f.BoolVar(&o.hook, "hook", false, "the paths are files that have changed: judge the deployments of the repository that read them, say nothing of other files")
	cmd.MarkFlagsMutuallyExclusive("changed-since", "hook")
}

// on reports whether something is left out.
func (o *changeOptions) on() bool { return o.hook || o.since != "" }

// scope are the paths from which the scan root follows. Deployments that read a file may lie anywhere in its repository.
func (o *changeOptions) scope(paths []string, root string) []string {
	switch {
	case o.hook && root != "":
		return []string{root}
	case o.hook:
		return nil
	}
	return paths
}

// narrow keeps to the deployments that read a file which has changed, or to all of them when what they are judged by has.
func (a *app) narrow(s *scan, paths []string, o *checkOptions) error {
	switch {
	case o.hook:
		s.paths = []string{"."}
	case o.since != "":
		var err error
		if paths, err = git.Changed(s.root, o.since); err != nil {
			return usage("--changed-since: %w", err)
		}
	default:
		return nil
	}
	place, err := workingPlace()
	if err != nil {
		return err
	}
	s.seeds = []string{}
	for _, p := range paths {
		s.seed(place.abs(p))
	}
	if i := slices.IndexFunc(s.seeds, func(name string) bool { return s.governs(name, o) }); i >= 0 {
		if !o.quiet {
			a.say("%s has changed, so all deployments are judged", s.show()(s.seeds[i]))
		}
		s.seeds = nil
	}
	return nil
}

// governs reports whether a file decides how all others are judged: the configuration, also one that is gone, or the
// baseline.
func (s *scan) governs(name string, o *checkOptions) bool {
	if file := s.conf.File; file != nil && name == file.Path {
		return true
	}
	if place, err := workingPlace(); err == nil && o.baseline != "" {
		if rel, err := filepath.Rel(s.root, place.abs(o.baseline)); err == nil && name == filepath.ToSlash(rel) {
			return true
		}
	}
	if o.noConfig || o.config != "" || !slices.Contains(config.Names, path.Base(name)) {
		return name == s.conf.Baseline && o.baseline == ""
	}
	dir := path.Dir(name)
	return dir == "." || dir == s.common() || strings.HasPrefix(s.common(), dir+"/")
}

// seed adds a file that has changed by its name and, if it is a link, by that of its target. One that is gone counts, too:
// what refers to it has changed as well.
func (s *scan) seed(abs string) {
	if rel, err := filepath.Rel(s.root, abs); err == nil && filepath.IsLocal(rel) {
		s.seeds = append(s.seeds, filepath.ToSlash(rel))
	}
	if name, err := s.name(abs, abs); err == nil {
		s.seeds = append(s.seeds, name)
	}
}
