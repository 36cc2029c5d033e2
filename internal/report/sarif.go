package report

import (
	"cmp"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// What readers of SARIF really do, and what follows from it here:
//
//   - GitHub uses the first location of a result only, and tells two results of a rule apart by the hash of their line:
//     results of one rule on one line are merged (sarif_merge.go).
//   - It shows related locations only where the message links to them.
//   - It closes the alerts that are missing from an upload: a clean run has an empty list of results, never none.
//   - It refuses a file with two runs of one tool and category: there is exactly one run.
//   - security-severity belongs to the rule and is a string. All enabled rules are listed, so that no index moves.
//   - The SARIF viewer of VS Code moves the start of a region to the first character of its line: fixes never begin in
//     the indentation (sarif_fix.go).
//   - URIs are relative to the root of the repository, and %SRCROOT% has no URI of its own, so that the file is portable.
//   - It shows suppressed results as open alerts: they are left out unless they are asked for (codeql-action#1230).
//   - There are no times, machine names or absolute paths: equal results are equal bytes.

const (
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	sourceRoot  = "%SRCROOT%"
	lineHashKey = "primaryLocationLineHash"
	ownHashKey  = "cosmoslint/v1"
	// maxResults is the limit of code scanning for one run.
	maxResults = 25000
)

// SARIF writes results for code scanning and editors, as SARIF 2.1.0.
func SARIF(w io.Writer, res *diag.Result, o Options) error {
	rep, err := sarif.New(sarif.Version210)
	if err != nil {
		return err
	}
	rep.Schema = sarifSchema
	s := &sarifWriter{o: &o, hashes: map[*source.File][]string{}}
	rep.AddRun(s.run(res))
	doc, err := s.complete(rep)
	if err != nil {
		return err
	}
	return writeJSON(w, doc)
}

type sarifWriter struct {
	o      *Options
	hashes map[*source.File][]string
}

func (s *sarifWriter) run(res *diag.Result) *sarif.Run {
	run := sarif.NewRunWithInformationURI(toolName, toolURL)
	s.driver(run.Tool.Driver)
	run.WithColumnKind("utf16CodeUnits")
	run.WithOriginalUriBaseIds(map[string]*sarif.ArtifactLocation{
		sourceRoot: sarif.NewArtifactLocation().WithDescriptionText("The root of the repository."),
	})
	if c := s.o.SARIFCategory; c != "" {
		run.WithAutomationDetails(sarif.NewRunAutomationDetails().WithID(strings.TrimRight(c, "/") + "/"))
	}
	run.Results = []*sarif.Result{}
	groups := merge(res, s.o.SARIFUndetermined, s.o.SARIFSuppressed)
	dropped := max(len(groups)-maxResults, 0)
	if dropped > 0 {
		groups = worst(groups, maxResults)
	}
	for i := range groups {
		run.Results = append(run.Results, s.result(&groups[i]))
	}
	s.invocation(run, res, dropped)
	return run
}

// worst keeps the n worst groups, in their order.
func worst(groups []group, n int) []group {
	byLevel := slices.Clone(groups)
	slices.SortStableFunc(byLevel, func(a, b group) int { return cmp.Compare(b.severity, a.severity) })
	keep := map[*diag.Diagnostic]bool{}
	for _, g := range byLevel[:n] {
		keep[g.members[0].d] = true
	}
	return slices.DeleteFunc(groups, func(g group) bool { return !keep[g.members[0].d] })
}

var semver = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

func (s *sarifWriter) driver(d *sarif.ToolComponent) {
	version := strings.TrimPrefix(s.o.Version, "v")
	if !semver.MatchString(version) {
		version = "0.0.0-dev"
	}
	d.WithSemanticVersion(version).WithVersion(version).WithFullName(toolName + " " + version).WithOrganization(toolName)
	d.WithShortDescription(sarif.NewMultiformatMessageString("Security linter of Azure Cosmos DB in ARM, Bicep and Terraform."))
	d.Rules = []*sarif.ReportingDescriptor{}
	for _, r := range s.o.Rules {
		d.Rules = append(d.Rules, ruleDescriptor(r))
	}
}

// invocation reports what went wrong with the input. Code scanning does not show it, other readers do.
func (s *sarifWriter) invocation(run *sarif.Run, res *diag.Result, dropped int) {
	inv := run.AddInvocation(!res.Failed())
	inv.ToolExecutionNotifications = []*sarif.Notification{}
	for i := range res.Problems {
		d := &res.Problems[i]
		n := sarif.NewNotification().WithLevel(d.Severity.String()).WithTextMessage(sarifText(d.Message))
		n.WithDescriptor(sarif.NewReportingDescriptorReference().WithId(d.Code))
		if !d.Span.IsZero() {
			n.AddLocation(s.location(d.Span))
		}
		inv.AddTToolExecutionNotification(n)
	}
	if dropped > 0 {
		text := plural(dropped, "result") + " left out: code scanning takes no more than 25000."
		n := sarif.NewNotification().WithLevel("warning").WithTextMessage(text)
		inv.AddTToolExecutionNotification(n.WithDescriptor(sarif.NewReportingDescriptorReference().WithId("too-many-results")))
	}
}

func (s *sarifWriter) artifact(f *source.File) *sarif.ArtifactLocation {
	return sarif.NewArtifactLocation().WithUri(uri(f.Path)).WithUriBaseId(sourceRoot)
}

func (s *sarifWriter) location(span source.Span) *sarif.Location {
	return sarif.NewLocationWithPhysicalLocation(
		sarif.NewPhysicalLocation().WithArtifactLocation(s.artifact(span.File)).WithRegion(region(span)))
}

func region(span source.Span) *sarif.Region {
	b, e := span.Begin(), span.Finish()
	return sarif.NewRegion().WithStartLine(b.Line).WithStartColumn(b.Column).WithEndLine(e.Line).WithEndColumn(e.Column)
}

// lineHash is the fingerprint that code scanning uses.
func (s *sarifWriter) lineHash(span source.Span) string {
	hashes, ok := s.hashes[span.File]
	if !ok {
		hashes = lineHashes(span.File.Data)
		s.hashes[span.File] = hashes
	}
	if n := span.Begin().Line; n <= len(hashes) {
		return hashes[n-1]
	}
	return ""
}

// uri writes a path as a relative reference. Everything but unreserved characters and slashes is escaped, also colons,
// which would make the first segment a scheme.
func uri(name string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(strings.ToValidUTF8(name, "\uFFFD")) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("/-._~", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteString("%" + string(digits[c>>4]) + string(digits[c&15]))
		}
	}
	return b.String()
}

var brackets = strings.NewReplacer("[", `\[`, "]", `\]`)

// sarifText makes text of the input safe for a message: hidden characters are visible, and brackets are no links.
func sarifText(s string) string { return brackets.Replace(Visible(Mask(s))) }
