package report

import (
	"fmt"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// group is what becomes one result: everything that one rule has to say about one line.
type group struct {
	members  []member
	open     bool // nothing in it is a finding
	severity diag.Severity
	// suppressed says that somebody has accepted all of it.
	suppressed *diag.Suppression
}

type member struct {
	d         *diag.Diagnostic
	instances []*diag.Subject
	open      bool
}

// merge groups findings, and undetermined checks and suppressed findings if they are wanted, by rule and line. A group stands where its first
// member stood; findings come before undetermined checks.
func merge(res *diag.Result, undetermined, suppressed bool) []group {
	type key struct {
		code     string
		file     string // a file that several deployments read may have been read several times
		line     int
		accepted bool
	}
	var groups []group
	index := map[key]int{}
	add := func(d *diag.Diagnostic, open bool) {
		if d.Span.IsZero() {
			return // nothing could be shown; every rule points somewhere
		}
		k := key{d.Code, d.Span.File.Path, d.Span.Begin().Line, d.Suppression != nil}
		i, ok := index[k]
		if !ok {
			i = len(groups)
			index[k] = i
			groups = append(groups, group{open: open, suppressed: d.Suppression})
		}
		g := &groups[i]
		g.members = append(g.members, member{d, instances(res, d), open})
		if !open {
			g.severity = max(g.severity, d.Severity)
		}
	}
	for i := range res.Findings {
		add(&res.Findings[i], false)
	}
	for i := range res.Undetermined {
		if undetermined {
			add(&res.Undetermined[i], true)
		}
	}
	for i := range res.Suppressed {
		if suppressed {
			add(&res.Suppressed[i], false)
		}
	}
	return groups
}

// maxOthers is how many further members of a group are told in its message.
const maxOthers = 10

// message is that of the first member, the resources it holds for, and what else there is on the line.
func (g *group) message() string {
	first := g.members[0]
	parts := []string{sarifText(first.d.Message)}
	if p := presence(first.d.Subject); p != "" {
		parts = append(parts, p)
	}
	if n := names(first.instances); n != "" {
		parts = append(parts, brackets.Replace(strings.ToUpper(n[:1])+n[1:])+".")
	}
	others := g.others()
	shown := others[:min(len(others), maxOthers)]
	if len(shown) > 0 {
		parts = append(parts, "Also on this line:", strings.Join(shown, " "))
	}
	if n := len(others) - len(shown); n > 0 {
		parts = append(parts, fmt.Sprintf("And %d more.", n))
	}
	return strings.Join(parts, " ")
}

// others are the first sentences of the further members, each once, with the resource when it is another one.
func (g *group) others() []string {
	seen := map[string]bool{subjectPath(g.members[0].d) + "\x00" + g.members[0].d.Message: true}
	var out []string
	for _, m := range g.members[1:] {
		key := subjectPath(m.d) + "\x00" + m.d.Message
		if seen[key] {
			continue
		}
		seen[key] = true
		headline, _ := firstSentence(m.d.Message)
		text := sarifText(headline)
		if m.open {
			text = "Undetermined: " + text
		}
		if p := subjectPath(m.d); p != subjectPath(g.members[0].d) {
			text = strings.TrimSuffix(text, ".") + " (" + sarifText(p) + ")."
		}
		out = append(out, text)
	}
	return out
}

func subjectPath(d *diag.Diagnostic) string {
	if d.Subject == nil {
		return ""
	}
	return d.Subject.Path
}
