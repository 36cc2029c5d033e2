package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// written is what a writer makes of each case.
func written(t *testing.T, write func(io.Writer, *diag.Result, Options) error, check func(t *testing.T, text string, res *diag.Result)) {
	t.Helper()
	for _, c := range testCases {
		t.Run(c.name, func(t *testing.T) {
			l := load(t, c, openGolden(t, filepath.Join("testdata", c.name+".txtar")))
			var b bytes.Buffer
			if err := write(&b, l.result(), l.o); err != nil {
				t.Fatal(err)
			}
			check(t, b.String(), l.result())
		})
	}
}

// shape is what an element may have: the elements that it may be in, attributes that it has to have, and further ones.
type shape struct{ in, has, may string }

// junitShapes are junit-10.xsd of github.com/jenkinsci/xunit-plugin, as far as it is used. checkstyleShapes are what
// Checkstyle itself writes (github.com/checkstyle/checkstyle, XMLLogger.java).
var (
	junitShapes = map[string]shape{
		"testsuites": {"", "name tests failures errors", ""},
		"testsuite":  {"testsuites", "name tests failures errors", ""},
		"testcase":   {"testsuite", "name classname", ""},
		"failure":    {"testcase", "type message", ""},
		"error":      {"testcase", "type message", ""},
		"system-out": {"testcase", "", ""},
	}
	checkstyleShapes = map[string]shape{
		"checkstyle": {"", "version", ""},
		"file":       {"checkstyle", "name", ""},
		"error":      {"file", "line severity message source", "column"},
	}
)

// element is an element of XML as it was read.
type element struct {
	name  string
	attrs map[string]string
	inner []element
}

// readXML reads a document in which all elements have their shapes.
func readXML(t *testing.T, text string, shapes map[string]shape) element {
	t.Helper()
	stack := []element{{}}
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			checkShape(t, e, stack[len(stack)-1].name, shapes)
			stack = append(stack, e)
		case xml.EndElement:
			e := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			stack[len(stack)-1].inner = append(stack[len(stack)-1].inner, e)
		}
	}
	if len(stack[0].inner) != 1 {
		t.Fatalf("%d roots", len(stack[0].inner))
	}
	return stack[0].inner[0]
}

func checkShape(t *testing.T, e element, in string, shapes map[string]shape) {
	t.Helper()
	s, ok := shapes[e.name]
	if !ok || s.in != in {
		t.Errorf("<%s> in <%s>", e.name, in)
	}
	for _, a := range strings.Fields(s.has) {
		if _, ok := e.attrs[a]; !ok {
			t.Errorf("<%s> has no %s", e.name, a)
		}
	}
	for a := range e.attrs {
		if !strings.Contains(" "+s.has+" "+s.may+" ", " "+a+" ") {
			t.Errorf("<%s> has %s", e.name, a)
		}
	}
}

// TestJUnit adds up what it says, and tells all tests apart.
func TestJUnit(t *testing.T) {
	written(t, JUnit, func(t *testing.T, text string, _ *diag.Result) {
		root := readXML(t, text, junitShapes)
		total := map[string]int{}
		for _, suite := range root.inner {
			counts := map[string]int{"tests": len(suite.inner)}
			names := map[string]bool{}
			for _, test := range suite.inner {
				key := test.attrs["classname"] + "\x00" + test.attrs["name"]
				if names[key] {
					t.Errorf("two tests are called %q", key)
				}
				names[key] = true
				for _, outcome := range test.inner {
					counts[outcome.name+"s"]++
				}
			}
			for _, n := range []string{"tests", "failures", "errors"} {
				total[n] += counts[n]
				if suite.attrs[n] != strconv.Itoa(counts[n]) {
					t.Errorf("%s %s, but there are %d", suite.attrs[n], n, counts[n])
				}
			}
		}
		for n, sum := range total {
			if root.attrs[n] != strconv.Itoa(sum) {
				t.Errorf("%s %s, but there are %d", root.attrs[n], n, sum)
			}
		}
	})
}

// TestCheckstyle uses the severities of Checkstyle, and lines of files (SeverityLevel.java).
func TestCheckstyle(t *testing.T) {
	written(t, Checkstyle, func(t *testing.T, text string, res *diag.Result) {
		n := 0
		for _, file := range readXML(t, text, checkstyleShapes).inner {
			for _, e := range file.inner {
				n++
				line, err := strconv.Atoi(e.attrs["line"])
				if err != nil || line < 0 || !slices.Contains([]string{"ignore", "info", "warning", "error"}, e.attrs["severity"]) {
					t.Errorf("%v", e.attrs)
				}
			}
		}
		if n != len(res.Findings)+len(res.Problems) {
			t.Errorf("%d errors", n)
		}
	})
}

func TestXMLText(t *testing.T) {
	for in, want := range map[string]string{
		"a<b>&\"c'": "a&lt;b&gt;&amp;&quot;c'", "\x00\x1b[31m\x08": "\uFFFD\uFFFD[31m\uFFFD", "\xff": "\uFFFD",
		"\uFFFE\uFFFF": "\uFFFD\uFFFD", "a\nb\t": "a&#10;b&#9;", "\u202ex": "&#8238;x", "##vso[x]": "#&#35;vso[x]", "日本": "日本",
		"]]>": "]]&gt;", "\u0085": "&#133;",
	} {
		if got := xmlText(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// TestCSV reads what is written: as many cells in each row, and none that a spreadsheet would compute.
func TestCSV(t *testing.T) {
	written(t, CSV, func(t *testing.T, text string, res *diag.Result) {
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) != 1+len(res.Findings)+len(res.Problems) {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
	})
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@a": "'@a", " =a": "' =a", "\t=a": `\t=a`, "\r=a": `\r=a`, "a=b": "a=b", "": "",
		"::error::x": `\x3a:error::x`,
	} {
		if got := csvCell(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestJSONLines reads each line, and finds in it the kinds that JSON has.
func TestJSONLines(t *testing.T) {
	written(t, JSONLines, func(t *testing.T, text string, res *diag.Result) {
		kinds := map[string]int{}
		for l := range strings.Lines(text) {
			var v struct{ Kind string }
			if err := json.Unmarshal([]byte(l), &v); err != nil {
				t.Fatal(err)
			}
			kinds[v.Kind]++
		}
		if kinds["finding"] != len(res.Findings) || kinds["undetermined"] != len(res.Undetermined) ||
			kinds["suppressed"] != len(res.Suppressed) || kinds["diagnostic"] != len(res.Problems) || kinds["summary"] != 1 {
			t.Errorf("%v", kinds)
		}
	})
}

// TestGitLab checks what GitLab asks of a report: all members, paths without "./", no fingerprint twice.
func TestGitLab(t *testing.T) {
	written(t, GitLab, func(t *testing.T, text string, _ *diag.Result) {
		var issues []gitlabIssue
		d := json.NewDecoder(strings.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(&issues); err != nil || issues == nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, i := range issues {
			if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, i.Severity) {
				t.Errorf("there is no severity %s", i.Severity)
			}
			if seen[i.Fingerprint] || i.Location.Path == "" || strings.HasPrefix(i.Location.Path, "./") ||
				i.Location.Lines.Begin < 1 || i.Description == "" || i.CheckName == "" || i.Severity == "" {
				t.Errorf("%+v", i)
			}
			seen[i.Fingerprint] = true
		}
	})
}

// many are n findings of each severity.
func many(n int) *diag.Result {
	f := source.NewFile("a.json", []byte("x"))
	res := &diag.Result{}
	for _, s := range []diag.Severity{diag.Note, diag.Warning, diag.Error} {
		for i := range n {
			res.Findings = append(res.Findings, diag.Diagnostic{Code: "CDB101", Severity: s, Span: f.At(0, 1),
				Message: fmt.Sprintf("Finding %d. %s", i, strings.Repeat("x", 500)), Fingerprint: fmt.Sprint(s, i)})
		}
	}
	return res
}

// GitHub shows 10 annotations of a kind: the worst come first, and the last says how many are missing.
func TestGitHubLimit(t *testing.T) {
	var b bytes.Buffer
	if err := GitHub(&b, many(12), Options{}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 30 || !strings.HasPrefix(lines[0], "::error ") || !strings.HasPrefix(lines[10], "::warning ") ||
		!strings.HasPrefix(lines[20], "::notice ") || !strings.Contains(lines[29], "And 7 more findings") {
		t.Errorf("%d lines, the last is %s", len(lines), lines[len(lines)-1])
	}
}

// TestGitHubEscaping uses every character that ends a property or a message.
func TestGitHubEscaping(t *testing.T) {
	f := source.NewFile("a,b:c%.json", []byte("x"))
	res := &diag.Result{Findings: []diag.Diagnostic{{Code: "CDB101", Severity: diag.Error, Span: f.At(0, 1), Message: "50%\r\n::error::x"}}}
	var b bytes.Buffer
	if err := GitHub(&b, res, Options{}); err != nil {
		t.Fatal(err)
	}
	want := `::error file=a%2Cb%3Ac%25.json,line=1,endLine=1,col=1,endColumn=2,title=CDB101::50%25\r\n::error::x` + "\n"
	if b.String() != want {
		t.Errorf("got  %swant %s", b.String(), want)
	}
}

func TestAzureEscaping(t *testing.T) {
	f := source.NewFile("a;b]%.json", []byte("x"))
	res := &diag.Result{Findings: []diag.Diagnostic{{Code: "CDB101", Severity: diag.Note, Span: f.At(0, 1), Message: "50% ##vso[task.x]y"}}}
	var b bytes.Buffer
	if err := Azure(&b, res, Options{}); err != nil {
		t.Fatal(err)
	}
	want := `##vso[task.logissue type=warning;sourcepath=a%3Bb%5D%AZP25.json;linenumber=1;columnnumber=1;code=CDB101]: 50%AZP25 #\x23vso[task.x]y` + "\n"
	if b.String() != want {
		t.Errorf("got  %swant %s", b.String(), want)
	}
}

// A summary stays below what GitHub takes, with the worst findings in it.
func TestMarkdownLimit(t *testing.T) {
	var b bytes.Buffer
	if err := Markdown(&b, many(2000), Options{}); err != nil {
		t.Fatal(err)
	}
	if b.Len() > maxMarkdown+1000 || !strings.Contains(b.String(), "\nAnd ") || !utf8.Valid(b.Bytes()) {
		t.Errorf("%d bytes", b.Len())
	}
	if i := strings.Index(b.String(), "| note |"); i >= 0 && i < strings.LastIndex(b.String(), "| error |") {
		t.Error("a note comes before an error")
	}
}

func TestMarkdownText(t *testing.T) {
	for in, want := range map[string]string{
		"a|b": `a\|b`, "<img src=x>": "&lt;img src=x&gt;", "`x`": "\\`x\\`", "[a](b)": `\[a\]\(b\)`, "@all": "&#64;all",
		"a\nb": `a\\nb`, "&amp;": "&amp;amp;", "https://x": "https:/&#47;x", "# h": `\# h`,
	} {
		if got := markdownText(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}
