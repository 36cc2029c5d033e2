package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

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

// narrow keeps to the deployments that read a file which has changed.
func (s *scan) narrow(paths []string, o *changeOptions) error {
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
	return nil
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
