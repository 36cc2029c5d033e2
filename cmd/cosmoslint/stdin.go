package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
)

// dash is the path that stands for standard input.
const dash = "-"

// standardInput replaces the path "-" by the name that standard input goes by, under which it is then read.
func (a *app) standardInput(paths []string, o *scanOptions) ([]string, error) {
	i := slices.Index(paths, dash)
	switch {
	case i < 0 && o.stdinFilename != "":
		return nil, usage("--stdin-filename goes with the path -")
	case i < 0:
		return paths, nil
	case o.stdinFilename == "":
		return nil, usage("the path - needs --stdin-filename, which says what standard input is and where it belongs")
	case slices.Index(paths[i+1:], dash) >= 0:
		return nil, usage("the path - is there twice")
	}
	data, err := io.ReadAll(io.LimitReader(a.stdin, int64(o.maxFileSize)+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("standard input: %w", err)
	case int64(len(data)) > int64(o.maxFileSize):
		return nil, errors.New("standard input is larger than the limit; --max-file-size raises it")
	}
	o.stdin = append([]byte{}, data...)
	paths = slices.Clone(paths)
	paths[i] = o.stdinFilename
	return paths, nil
}

// nameOfInput is the name of standard input relative to the root. There need not be such a file, only its folder.
func (s *scan) nameOfInput(abs, word string) (string, error) {
	dir, err := s.name(filepath.Dir(abs), filepath.Dir(word))
	if err != nil {
		return "", err
	}
	return filepath.ToSlash(filepath.Join(filepath.FromSlash(dir), filepath.Base(abs))), nil
}
