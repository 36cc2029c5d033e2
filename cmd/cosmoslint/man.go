package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// manPage is the manual page of the program, in the language of man(7): what --help shows, and the topics.
func manPage(root *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH COSMOSLINT 1 \"\" \"cosmoslint %s\"\n", roff(version()))
	fmt.Fprintf(&b, ".SH NAME\ncosmoslint \\- %s\n", roff(strings.ToLower(root.Short[:1])+root.Short[1:]))
	b.WriteString(".SH SYNOPSIS\n.nf\n" + roff(root.UseLine()) + "\n")
	for _, c := range visible(root) {
		b.WriteString(roff(c.UseLine()) + "\n")
	}
	b.WriteString(".fi\n.SH DESCRIPTION\n")
	for i, paragraph := range strings.Split(root.Long, "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		b.WriteString(roff(paragraph) + "\n")
	}
	b.WriteString(".SH COMMANDS\n")
	for _, c := range visible(root) {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s.\n", roff(c.Name()), roff(c.Short))
	}
	manFlags(&b, ".SH OPTIONS\n", flagsOf(root))
	for _, name := range topicNames() {
		title, text, _ := topic(name)
		fmt.Fprintf(&b, ".SH %s\n%s.\n.PP\n.nf\n%s\n.fi\n", strings.ToUpper(strings.ReplaceAll(name, "-", " ")), roff(title), roff(strings.TrimSpace(text)))
	}
	b.WriteString(".SH EXAMPLES\n.nf\n" + roff(root.Example) + "\n.fi\n")
	return b.String()
}

func manFlags(b *strings.Builder, heading string, flags []flagHelp) {
	b.WriteString(heading)
	for _, f := range flags {
		fmt.Fprintf(b, ".TP\n.B %s\n%s.\n", roff(strings.TrimSpace(f.name)), roff(f.text))
	}
}

// roff makes text of it: nothing in it is a request.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "~", `\(ti`, "^", `\(ha`, "`", `\(ga`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
