package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// xmlText makes text fit for an attribute or an element. What XML 1.0 cannot hold at all becomes U+FFFD, and commands of
// build logs, which may print the file, are broken up.
func xmlText(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n <= 1, !xmlAllows(r):
			b.WriteString("\uFFFD")
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case hidden(r, n), r == '#' && logCommand(s, i):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
		i += n
	}
	return b.String()
}

// xmlAllows is the production Char of XML 1.0 (www.w3.org/TR/xml/#charsets).
func xmlAllows(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

// byFile groups entries by file, in the order in which the files come first.
func byFile(list []entry) (names []string, groups map[string][]entry) {
	groups = map[string][]entry{}
	for _, e := range list {
		if _, ok := groups[e.file]; !ok {
			names = append(names, e.file)
		}
		groups[e.file] = append(groups[e.file], e)
	}
	return names, groups
}

var checkstyleSeverity = map[diag.Severity]string{diag.Note: "info", diag.Warning: "warning", diag.Error: "error"}

// Checkstyle writes the format of Checkstyle, which many build servers read.
func Checkstyle(w io.Writer, res *diag.Result, o Options) error {
	b := bufio.NewWriter(w)
	b.WriteString(xmlHead + `<checkstyle version="4.3">` + "\n")
	names, groups := byFile(o.entries(res))
	for _, name := range names {
		fmt.Fprintf(b, "  <file name=\"%s\">\n", xmlText(name))
		for _, e := range groups[name] {
			fmt.Fprintf(b, "    <error line=\"%d\" column=\"%d\" severity=\"%s\" message=\"%s\" source=\"%s\"/>\n",
				e.place.StartLine, e.place.StartColumn, checkstyleSeverity[e.severity], xmlText(e.message), xmlText("cosmoslint."+e.code))
		}
		b.WriteString("  </file>\n")
	}
	b.WriteString("</checkstyle>\n")
	return b.Flush()
}

// JUnit writes a test suite a file with a failing test a finding. A template without any is a test that passes; what kept
// part of the input from being judged is an error. Notes pass, with their text as output. There is no schema that everybody
// follows; this is what Jenkins takes (github.com/jenkinsci/xunit-plugin, junit-10.xsd) without times, which would differ
// between two runs.
func JUnit(w io.Writer, res *diag.Result, o Options) error {
	b := bufio.NewWriter(w)
	names, groups := byFile(o.entries(res))
	found := map[string]bool{}
	for i := range res.Findings {
		found[res.Findings[i].EntryPoint] = true
	}
	for _, e := range res.EntryPoints {
		if found[e.Path] { // perhaps in a module
			continue
		}
		name := strings.ToValidUTF8(o.path(e.Path), "\uFFFD")
		if _, ok := groups[name]; !ok {
			names, groups[name] = append(names, name), []entry{}
		}
	}
	var suites strings.Builder
	total := [3]int{}
	for _, name := range names {
		for i, n := range junitSuite(&suites, name, groups[name]) {
			total[i] += n
		}
	}
	fmt.Fprintf(b, "%s<testsuites name=\"cosmoslint\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n", xmlHead, total[0], total[1], total[2])
	b.WriteString(suites.String() + "</testsuites>\n")
	return b.Flush()
}

// junitSuite writes the suite of a file and returns how many tests, failures and errors it has.
func junitSuite(b *strings.Builder, name string, list []entry) [3]int {
	counts := [3]int{max(1, len(list)), 0, 0}
	var cases strings.Builder
	if len(list) == 0 {
		fmt.Fprintf(&cases, "    <testcase name=\"no findings\" classname=\"%s\"/>\n", xmlText(name))
	}
	seen := map[string]int{}
	for _, e := range list {
		fmt.Fprintf(&cases, "    <testcase name=\"%s\" classname=\"%s\"", xmlText(junitName(&e, seen)), xmlText(name))
		switch {
		case e.severity == diag.Note:
			fmt.Fprintf(&cases, ">\n      <system-out>%s</system-out>\n    </testcase>\n", xmlText(e.message))
		case e.problem && e.severity == diag.Error:
			counts[2]++
			junitOutcome(&cases, "error", &e)
		default:
			counts[1]++
			junitOutcome(&cases, "failure", &e)
		}
	}
	fmt.Fprintf(b, "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n%s  </testsuite>\n",
		xmlText(name), counts[0], counts[1], counts[2], cases.String())
	return counts
}

// junitName tells the tests of a file apart, also when lines move: of equal names GitLab shows the first alone, and it
// compares those of two branches. (docs.gitlab.com/ci/testing/unit_test_reports, "File requirements".)
func junitName(e *entry, seen map[string]int) string {
	name := e.title()
	if e.resource != "" {
		name += " in " + e.resource
	}
	if seen[name]++; seen[name] > 1 {
		name += fmt.Sprintf(" (%d)", seen[name])
	}
	return name
}

func atLine(e *entry) string {
	if e.file == "" {
		return ""
	}
	return " at line " + strconv.Itoa(e.place.StartLine)
}

func junitOutcome(b *strings.Builder, element string, e *entry) {
	fmt.Fprintf(b, ">\n      <%s type=\"%s\" message=\"%s\">%s</%s>\n    </testcase>\n", element, e.severity,
		xmlText(e.headline), xmlText(strings.TrimSpace(e.file+atLine(e)+"\n"+e.message+"\n"+e.url)), element)
}
