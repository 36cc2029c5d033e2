package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
)

// choice is a flag that takes one of a few words.
type choice struct {
	value   *string
	allowed []string
}

var _ pflag.Value = (*choice)(nil)

func newChoice(value *string, preset string, allowed ...string) *choice {
	*value = preset
	return &choice{value, allowed}
}

func (c *choice) String() string { return *c.value }
func (c *choice) Type() string   { return "word" }

// Set is pflag's.
func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return fmt.Errorf("it is none of %s%s", strings.Join(c.allowed, ", "), didYouMean(s, c.allowed))
	}
	*c.value = s
	return nil
}

// byteSize is a flag that takes a number of bytes with an optional unit.
type byteSize int64

var _ pflag.Value = (*byteSize)(nil)

var sizeUnits = []struct {
	suffix string
	shift  uint
}{{"k", 10}, {"m", 20}, {"g", 30}}

func (s *byteSize) String() string {
	for i := len(sizeUnits) - 1; i >= 0; i-- {
		if u := sizeUnits[i]; *s >= 1<<u.shift && *s%(1<<u.shift) == 0 {
			return fmt.Sprintf("%d%sB", *s>>u.shift, strings.ToUpper(u.suffix))
		}
	}
	return strconv.FormatInt(int64(*s), 10)
}

// Type is pflag's.
func (s *byteSize) Type() string { return "size" }

// Set is pflag's. It takes "16MB", "16M", "16MiB", "16777216": the units are powers of 1024.
func (s *byteSize) Set(text string) error {
	digits := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(text), "b"), "i")
	shift := uint(0)
	for _, u := range sizeUnits {
		if rest, ok := strings.CutSuffix(digits, u.suffix); ok {
			digits, shift = rest, u.shift
			break
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
	if err != nil || n <= 0 || n > 1<<40>>shift {
		return fmt.Errorf("it is no size like 500KB, 16MB or 1GB")
	}
	*s = byteSize(n << shift)
	return nil
}

// target is one report to write to a file.
type target struct{ format, path string }

// targets is a flag that takes FORMAT=PATH, any number of times.
type targets []target

var _ pflag.Value = (*targets)(nil)

func (t *targets) String() string {
	words := make([]string, len(*t))
	for i, one := range *t {
		words[i] = one.format + "=" + one.path
	}
	return strings.Join(words, " ")
}

// Type is pflag's.
func (t *targets) Type() string { return "format=path" }

// Set is pflag's.
func (t *targets) Set(s string) error {
	format, path, ok := strings.Cut(s, "=")
	switch {
	case !ok || path == "":
		return fmt.Errorf("it is not of the form FORMAT=PATH")
	case path == "-":
		return fmt.Errorf("standard output has the report of --format %s", format)
	case !slices.Contains(formats, format):
		return fmt.Errorf("%s is none of %s%s", format, strings.Join(formats, ", "), didYouMean(format, formats))
	case slices.ContainsFunc(*t, func(o target) bool { return o.path == path }):
		return fmt.Errorf("two reports cannot go to %s", path)
	}
	*t = append(*t, target{format, path})
	return nil
}

// variables is a flag that takes NAME=VALUE, any number of times.
type variables map[string]string

var _ pflag.Value = (*variables)(nil)

func (v *variables) String() string {
	words := make([]string, 0, len(*v))
	for name, text := range *v {
		words = append(words, name+"="+text)
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// Type is pflag's.
func (v *variables) Type() string { return "name=value" }

// Set is pflag's. The value begins after the first equals sign.
func (v *variables) Set(s string) error {
	name, text, ok := strings.Cut(s, "=")
	if !ok || name == "" {
		return fmt.Errorf("it is not of the form NAME=VALUE")
	}
	if *v == nil {
		*v = variables{}
	}
	(*v)[name] = text
	return nil
}
