package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cosmoslint/cosmoslint/internal/config"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// scanOptions are the flags that say what is looked at.
type scanOptions struct {
	root          string
	parameters    []string
	noParameters  bool
	vars          variables
	bicepCache    string
	config        string
	noConfig      bool
	stdinFilename string
	stdin         []byte // nil unless a path is "-"
	maxFileSize   byteSize
	quiet         bool
	verbose       bool
}

func (o *scanOptions) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&o.parameters, "parameters", nil, "parameter or .tfvars `file` to evaluate with, instead of those found beside a template (repeatable; also --var-file)")
	f.SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "var-file" { // as Terraform calls it
			name = "parameters"
		}
		return pflag.NormalizedName(name)
	})
	f.Var(&o.vars, "var", "value of a Terraform variable (repeatable)")
	f.BoolVar(&o.noParameters, "no-parameters", false, "evaluate with defaults only")
	f.StringVar(&o.root, "root", "", "`directory` out of which nothing is read (default: the enclosing repository, else the working directory)")
	f.StringVar(&o.bicepCache, "bicep-cache", "", "`directory` to which the Bicep compiler restores registry modules, or off (default: the compiler's own, ~/.bicep)")
	f.StringVar(&o.config, "config", "", "configuration `file` (default: the nearest .cosmoslint.yaml, from the paths up to the scan root)")
	f.StringVar(&o.stdinFilename, "stdin-filename", "", "`name` under which standard input, the path -, is looked at")
	f.BoolVar(&o.noConfig, "no-config", false, "read no configuration file")
	_ = cmd.MarkFlagFilename("config", "yaml", "yml")
	o.maxFileSize = source.DefaultMaxFileSize
	f.Var(&o.maxFileSize, "max-file-size", "size above which a file is refused")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "findings and errors only")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "more of everything, such as each undetermined check")
	_ = cmd.MarkFlagDirname("root")
	_ = cmd.MarkFlagDirname("bicep-cache")
	_ = cmd.MarkFlagFilename("parameters", "json", "jsonc", "bicepparam", "tfvars")
}

func (o *scanOptions) validate() error {
	switch {
	case o.noParameters && len(o.parameters) > 0:
		return usage("--parameters and --no-parameters exclude each other")
	case o.noConfig && o.config != "":
		return usage("--config and --no-config exclude each other")
	case o.quiet && o.verbose:
		return usage("--quiet and --verbose exclude each other")
	}
	return nil
}

// scan is what is looked at: names relative to a root, with slashes. No part of them is a symbolic link.
type scan struct {
	root, workDir string
	paths         []string
	parameters    []string
	seeds         []string // what has changed; nil if everything is of interest
	bicepCache    string   // absolute; "" for none
	conf          *config.Config
	input         map[string][]byte // standard input, by the name it goes by
	missing       []string          // what there is to say of paths that could not be taken
}

// locate finds the scan root of paths. Both it and the working directory are free of symbolic links, so that names can be
// compared.
func locate(paths []string, o *scanOptions) (*scan, error) {
	place, err := workingPlace()
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	s := &scan{workDir: place.real}
	if s.bicepCache, err = place.bicepCache(o.bicepCache); err != nil {
		return nil, err
	}
	if s.root, err = place.root(paths, o.root); err != nil {
		return nil, err
	}
	for _, p := range paths {
		find := s.name
		if o.stdin != nil && p == o.stdinFilename {
			find = s.nameOfInput
		}
		name, err := find(place.abs(p), p)
		if err != nil {
			s.missing = append(s.missing, err.Error())
		} else {
			s.paths = append(s.paths, name)
			if o.stdin != nil && p == o.stdinFilename {
				s.input = map[string][]byte{name: o.stdin}
			}
		}
	}
	for _, p := range o.parameters {
		name, err := s.name(place.abs(p), p)
		if err != nil {
			return nil, err
		}
		s.parameters = append(s.parameters, name)
	}
	return s, nil
}

// name is the path relative to the root of what the user calls word.
func (s *scan) name(abs, word string) (string, error) {
	real, err := filepath.EvalSymlinks(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("%s: there is no such file or directory", word)
	case err != nil:
		return "", fmt.Errorf("%s: it cannot be read: %w", word, cause(err))
	case !within(s.root, real):
		return "", fmt.Errorf("%s: it is outside of the scan root %s; --root DIR sets another", word, s.root)
	}
	rel, err := filepath.Rel(s.root, real)
	return filepath.ToSlash(rel), err
}

// cause is an error of the file system without the path that it repeats.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func (s *scan) config(o *scanOptions) lint.Config {
	return lint.Config{
		Exclude: s.conf.Excluded, Pair: s.conf.Pair, Overlays: s.input,
		Root: s.root, Paths: s.paths, Parameters: s.parameters, Seeds: s.seeds,
		NoParameters: o.noParameters, Vars: o.vars, MaxFileSize: int64(o.maxFileSize), BicepCache: s.bicepCache,
	}
}

func (s *scan) show() func(string) string { return report.Relative(s.root, s.workDir) }

// place is the working directory, as the shell calls it and as it is.
type place struct{ shell, real string }

func workingPlace() (place, error) {
	shell, err := os.Getwd()
	if err != nil {
		return place{}, fmt.Errorf("working directory: %w", err)
	}
	real, err := filepath.EvalSymlinks(shell)
	return place{shell, real}, err
}

// abs makes a path absolute. A path below the shell's name of the working directory becomes one below its real name.
func (p place) abs(path string) string {
	if !filepath.IsAbs(path) {
		return filepath.Join(p.real, path)
	}
	path = filepath.Clean(path)
	if within(p.shell, path) {
		rel, _ := filepath.Rel(p.shell, path)
		return filepath.Join(p.real, rel)
	}
	return path
}

// noCache is the word that turns the cache of registry modules off.
const noCache = "off"

// bicepCache is the directory given by flag, which has to be there, or the compiler's own if it is; "" for none.
func (p place) bicepCache(given string) (string, error) {
	switch given {
	case noCache:
		return "", nil
	case "":
		home, err := os.UserHomeDir()
		if err != nil {
			return "", nil
		}
		dir := filepath.Join(home, ".bicep")
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return "", nil
		}
		return dir, nil
	}
	dir := p.abs(given)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", usage("--bicep-cache %s is not a directory", given)
	}
	return dir, nil
}

// root is the directory given by flag, or the nearest repository around all paths, or the working directory.
func (p place) root(paths []string, given string) (string, error) {
	if given != "" {
		real, err := filepath.EvalSymlinks(p.abs(given))
		if err != nil {
			return "", usage("--root %s: %w", given, cause(err))
		}
		if info, err := os.Stat(real); err != nil || !info.IsDir() {
			return "", usage("--root %s is not a directory", given)
		}
		return real, nil
	}
	common := p.abs(paths[0])
	for _, path := range paths[1:] {
		for abs := p.abs(path); !within(common, abs); {
			common = filepath.Dir(common)
		}
	}
	if repo := p.repository(common); repo != "" {
		return filepath.EvalSymlinks(repo)
	}
	return p.real, nil
}

// repository is the nearest directory at or above dir that holds a repository, or "". One that a symbolic link pulls
// into the working directory or into another repository does not count: whoever commits a link does not choose what is read.
func (p place) repository(dir string) string {
	found := ""
	for ; ; dir = filepath.Dir(dir) {
		repo := isRepository(dir)
		switch {
		case found == "" && repo:
			found = dir
		case found != "" && (repo || dir == p.real) && !reallyWithin(dir, found):
			if found = ""; repo {
				found = dir
			}
		}
		if dir == filepath.Dir(dir) {
			return found
		}
	}
}

func isRepository(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ".git")) // a directory, or a file in worktrees and submodules
	return err == nil
}

func reallyWithin(dir, path string) bool {
	d, err1 := filepath.EvalSymlinks(dir)
	p, err2 := filepath.EvalSymlinks(path)
	return err1 == nil && err2 == nil && within(d, p)
}

// within reports whether path is dir or below it, by name.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
