package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cosmoslint/cosmoslint/internal/baseline"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// validate refuses flags that do not go together.
func (o *checkOptions) validate() error {
	switch {
	case o.baseline != "" && o.writeBaseline != "":
		return usage("--baseline and --write-baseline exclude each other")
	case o.writeBaseline != "" && o.on():
		return usage("--write-baseline needs all findings, so it does not go with --changed-since or --hook")
	}
	return nil
}

// baseline reads the file that the flag or, where that is empty, the configuration names.
func (s *scan) baseline(flag string) (*baseline.Baseline, error) {
	name, from := flag, "--baseline "+flag
	if name == "" && s.conf.Baseline != "" {
		name = filepath.Join(s.root, filepath.FromSlash(s.conf.Baseline))
		from = fmt.Sprintf("%s:%d: baseline %s", s.show()(s.conf.File.Path), s.conf.Line("baseline"), s.show()(s.conf.Baseline))
	}
	if name == "" {
		return nil, nil
	}
	file, err := s.readAround(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("%s: there is no such file; --write-baseline makes it", from)
	}
	if err != nil {
		return nil, usage("%s: %w", from, cause(err))
	}
	b, err := baseline.Read(file)
	if err != nil {
		return nil, usage("%s: %w", from, err)
	}
	return b, nil
}

// maxAround is the size of a file about the run, such as a baseline, above which it is refused.
const maxAround = 64 << 20

// readAround reads a file that belongs to the run rather than to what is linted. Below the scan root it is confined to it.
func (s *scan) readAround(name string) (*source.File, error) {
	place, err := workingPlace()
	if err != nil {
		return nil, err
	}
	abs := place.abs(name)
	rel, err := filepath.Rel(s.root, abs)
	if err == nil && filepath.IsLocal(rel) {
		tree, err := source.OpenTree(s.root, maxAround)
		if err != nil {
			return nil, err
		}
		defer tree.Close()
		return tree.Read(filepath.ToSlash(rel))
	}
	info, err := os.Stat(abs)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxAround {
		return nil, source.ErrTooLarge
	}
	data, err := os.ReadFile(abs)
	return source.NewFile(filepath.ToSlash(rel), data), err
}

// acceptAll writes a baseline of all findings, and sets them aside in this run as the baseline will in the next.
func (a *app) acceptAll(res *diag.Result, o *checkOptions) {
	if res.Failed() {
		a.fail("--write-baseline %s: part of the input could not be judged, so no baseline was written", o.writeBaseline)
		return
	}
	b := baseline.New(res.Findings)
	if err := toFile(o.writeBaseline, b.Write); err != nil {
		a.fail("--write-baseline %s: %v", o.writeBaseline, err)
		return
	}
	kept, accepted, _ := b.Apply(res.Findings)
	res.Findings, res.Suppressed = kept, append(res.Suppressed, accepted...)
	if !o.quiet {
		noun := "findings"
		if b.Len() == 1 {
			noun = "finding"
		}
		a.say("%d %s accepted in %s", b.Len(), noun, o.writeBaseline)
	}
}
