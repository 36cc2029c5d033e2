package main

import (
	"embed"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/cosmoslint/cosmoslint/internal/report"
)

// topics are the pages of "cosmoslint help". The first line of each says what it is about.
//
//go:embed topics/*.txt
var topics embed.FS

const topicDir = "topics"

// topicNames are the names of the topics, in alphabetical order.
func topicNames() []string {
	entries, _ := topics.ReadDir(topicDir)
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".txt"))
	}
	return names
}

// topic returns the page of a topic, with its title apart; false if there is none.
func topic(name string) (title, text string, ok bool) {
	data, err := topics.ReadFile(path.Join(topicDir, name+".txt"))
	title, text, _ = strings.Cut(string(data), "\n")
	return title, strings.TrimLeft(text, "\n"), err == nil
}

// manual is the topic that prints the manual page for man.
const manual = "man"

// helpCommand is about commands, and about topics. These are no commands of their own: their names would hide folders.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command|topic]",
		Short: "Help about a command or a topic; man prints the manual page",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return a.helpWords(root), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.help(root, args) },
	}
}

func (a *app) helpWords(root *cobra.Command) []string {
	words := append(topicNames(), manual)
	for _, c := range visible(root) {
		words = append(words, c.Name())
	}
	slices.Sort(words)
	return words
}

func (a *app) help(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return root.Help()
	}
	if args[0] == manual {
		_, err := io.WriteString(a.stdout, manPage(root))
		return err
	}
	if title, text, ok := topic(args[0]); ok {
		_, err := fmt.Fprintf(a.stdout, "%s\n\n%s", title, text)
		return err
	}
	cmd, rest, err := root.Find(args)
	if err != nil || len(rest) > 0 {
		return usage("there is no command or topic '%s'%s", strings.Join(args, " "), didYouMean(strings.Join(args, " "), a.helpWords(root)))
	}
	return cmd.Help()
}

// usageText is what --help shows below the description of a command.
func (a *app) usageText(cmd *cobra.Command) error {
	var b strings.Builder
	b.WriteString("Usage:\n  " + cmd.UseLine() + "\n")
	if cmd.HasExample() {
		b.WriteString("\nExamples:\n" + cmd.Example + "\n")
	}
	if commands := visible(cmd); len(commands) > 0 {
		b.WriteString("\nCommands:\n")
		for _, c := range commands {
			fmt.Fprintf(&b, "  %-*s%s\n", nameWidth, c.Name(), c.Short)
		}
	}
	if !cmd.HasParent() {
		b.WriteString("\nTopics, as in 'cosmoslint help exit-codes':\n")
		for _, name := range topicNames() {
			title, _, _ := topic(name)
			fmt.Fprintf(&b, "  %-*s%s\n", nameWidth, name, title)
		}
	}
	b.WriteString("\nFlags:\n")
	for _, f := range flagsOf(cmd) {
		b.WriteString(f.lines(a.width()))
	}
	_, err := io.WriteString(cmd.OutOrStderr(), b.String())
	return err
}

// nameWidth is the width of the column of commands and topics.
const nameWidth = 15

func visible(cmd *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(cmd.Commands()), func(c *cobra.Command) bool { return c.Hidden })
}

// width is that of standard output if it is a terminal, else 0.
func (a *app) width() int {
	if !a.isTerminal(a.stdout) {
		return 0
	}
	columns, _, _ := term.GetSize(int(a.stdout.Fd()))
	return columns
}

// flagHelp is how a flag is written, and what it does.
type flagHelp struct{ name, text string }

// flagsOf are the flags of a command, with those that all commands have.
func flagsOf(cmd *cobra.Command) []flagHelp {
	var out []flagHelp
	list := func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, text := pflag.UnquoteUsage(f)
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		switch {
		case value != "" && f.NoOptDefVal != "":
			name += "[=" + value + "]"
		case value != "":
			name += " " + value
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" {
			text += " (default " + f.DefValue + ")"
		}
		out = append(out, flagHelp{name, text})
	}
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.AddFlagSet(cmd.LocalFlags())
	flags.AddFlagSet(cmd.InheritedFlags())
	flags.VisitAll(list)
	return out
}

// flagWidth is the width of the column of flags.
const flagWidth = 28

// lines lays the flag out in two columns that fit into a width, 0 for any.
func (f flagHelp) lines(width int) string {
	rest := strings.Repeat(" ", flagWidth)
	first := "  " + f.name
	if pad := flagWidth - len(first); pad >= 2 {
		first += strings.Repeat(" ", pad)
	} else {
		first += "\n" + rest
	}
	text := report.Wrap(f.text, width-flagWidth)
	return first + strings.ReplaceAll(text, "\n", "\n"+rest) + "\n"
}
