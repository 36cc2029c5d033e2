package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// maxAnnotations is how many annotations of one kind GitHub shows of a step; further ones are lost without a word.
const maxAnnotations = 10

// GitHub writes annotations as workflow commands of GitHub Actions, the worst findings first. Paths are relative to the
// root of the repository, as GitHub wants them.
// (actions/toolkit, packages/core/src/command.ts, has the escaping.)
func GitHub(w io.Writer, res *diag.Result, o Options) error {
	o.Path = nil
	b := bufio.NewWriter(w)
	shown, lost := map[diag.Severity]int{}, 0
	for _, e := range worstFirst(o.entries(res)) {
		if e.problem && e.severity == diag.Note {
			continue
		}
		if shown[e.severity] == maxAnnotations-boolToInt(e.severity == diag.Note) {
			lost++
			continue
		}
		shown[e.severity]++
		fmt.Fprintf(b, "::%s %s::%s\n", annotation(e.severity), githubPlace(&e), CommandData(e.message))
	}
	if lost > 0 {
		fmt.Fprintf(b, "::notice title=cosmoslint::%s\n", CommandData("And "+plural(lost, "more finding")+
			": GitHub shows 10 annotations of a kind. All of them are in the other reports."))
	}
	return b.Flush()
}

// boolToInt keeps a place for the line that says what is left out.
func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func annotation(s diag.Severity) string {
	if s == diag.Note {
		return "notice"
	}
	return s.String()
}

func githubPlace(e *entry) string {
	parts := []string{}
	if e.file != "" {
		p := e.place
		parts = append(parts, "file="+CommandProperty(Terminal(e.file)), fmt.Sprintf("line=%d,endLine=%d", p.StartLine, p.EndLine))
		if p.StartLine == p.EndLine { // columns of a region of several lines are refused
			parts = append(parts, fmt.Sprintf("col=%d,endColumn=%d", p.StartColumn, p.EndColumn))
		}
	}
	return strings.Join(append(parts, "title="+CommandProperty(e.title())), ",")
}
