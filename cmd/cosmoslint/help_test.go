package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/config"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/rules"
)

// flagWord is a flag in a text.
var flagWord = regexp.MustCompile(`(?:^|[\s(,])(--?[a-z][a-z-]*)`)

// TestTopics holds the topics of "help" to what the program understands: flags, commands, formats and settings.
func TestTopics(t *testing.T) {
	for _, name := range topicNames() {
		title, text, _ := topic(name)
		if title == "" || strings.HasSuffix(title, ".") || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s: the title is %q", name, title)
		}
		for line := range strings.Lines(title + "\n" + text) {
			if len(strings.TrimRight(line, "\n")) > 80 {
				t.Errorf("%s has a line that is too long: %s", name, line)
			}
			if command, ok := strings.CutPrefix(line, "  cosmoslint "); ok {
				checkCommandLine(t, name, command)
			}
		}
		flags := (&app{}).command().Flags()
		for _, m := range flagWord.FindAllStringSubmatch(text, -1) {
			if word := strings.TrimLeft(m[1], "-"); flags.Lookup(word) == nil {
				t.Errorf("%s: there is no flag %s", name, m[1])
			}
		}
	}
}

// checkCommandLine finds the command of a line and parses its flags.
func checkCommandLine(t *testing.T, where, line string) {
	t.Helper()
	line, _, _ = strings.Cut(line, "#")
	root := (&app{}).command()
	cmd, rest, err := root.Find(strings.Fields(line))
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err != nil {
		t.Errorf("%s: cosmoslint %s: %v", where, line, err)
	}
}

// TestFormatsTopic lists the formats that there are, in their order.
func TestFormatsTopic(t *testing.T) {
	_, text, _ := topic("formats")
	var listed []string
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+)  `).FindAllStringSubmatch(text, -1) {
		listed = append(listed, m[1])
	}
	if !slices.Equal(listed, formats) {
		t.Errorf("got %q, want %q", listed, formats)
	}
}

// TestConfigurationTopic reads the example as the configuration that it is.
func TestConfigurationTopic(t *testing.T) {
	_, text, _ := topic("configuration")
	from, to := strings.Index(text, "  rules:"), strings.Index(text, "\nA key")
	example := strings.ReplaceAll("\n"+text[from:to], "\n  ", "\n")
	if _, problems := config.Read(source.NewFile(".cosmoslint.yaml", []byte(example)), ".", rules.All); len(problems) > 0 {
		t.Errorf("%v\n%s", problems, example)
	}
}

// TestHelpNames has no topic hide a command.
func TestHelpNames(t *testing.T) {
	a := &app{}
	words := a.helpWords(a.command())
	if unique := slices.Compact(slices.Clone(words)); len(unique) != len(words) {
		t.Errorf("a word means two things: %q", words)
	}
}
