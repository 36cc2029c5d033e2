package report

import (
	"io"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// SchemaVersion is that of the JSON formats. Within it members are added, never taken away and never changed.
const SchemaVersion = "1"

const (
	toolName = "cosmoslint"
	toolURL  = "https://github.com/cosmoslint/cosmoslint"
)

// JSON writes results for programs, in the form that docs/findings.schema.json describes.
func JSON(w io.Writer, res *diag.Result, o Options) error {
	doc := jsonReport{
		SchemaVersion: SchemaVersion,
		Tool:          jsonTool{Name: toolName, Version: o.Version, InformationURI: toolURL},
		Findings:      make([]jsonFinding, len(res.Findings)),
		Undetermined:  make([]jsonUndetermined, len(res.Undetermined)),
		Suppressed:    make([]jsonFinding, len(res.Suppressed)),
		Diagnostics:   make([]jsonProblem, len(res.Problems)),
		Summary:       summarize(res),
	}
	for i := range res.Findings {
		doc.Findings[i] = o.finding(&res.Findings[i], res)
	}
	for i := range res.Undetermined {
		doc.Undetermined[i] = o.undetermined(&res.Undetermined[i], res)
	}
	for i := range res.Suppressed {
		doc.Suppressed[i] = o.finding(&res.Suppressed[i], res)
	}
	for i := range res.Problems {
		doc.Diagnostics[i] = o.problem(&res.Problems[i])
	}
	return writeJSON(w, doc)
}

type jsonReport struct {
	SchemaVersion string             `json:"schemaVersion"`
	Tool          jsonTool           `json:"tool"`
	Findings      []jsonFinding      `json:"findings"`
	Undetermined  []jsonUndetermined `json:"undetermined"`
	Suppressed    []jsonFinding      `json:"suppressed"`
	Diagnostics   []jsonProblem      `json:"diagnostics"`
	Summary       jsonSummary        `json:"summary"`
}

type jsonTool struct {
	Name           string `json:"name"`
	Version        string `json:"version"`
	InformationURI string `json:"informationUri"`
}

type jsonFinding struct {
	RuleID   string `json:"ruleId"`
	RuleName string `json:"ruleName"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	jsonPlace
	Resource    *jsonResource  `json:"resource"`
	Instances   []jsonResource `json:"instances,omitempty"`
	EntryPoint  string         `json:"entryPoint"`
	Parameters  []string       `json:"parametersFiles,omitempty"`
	Related     []jsonRelated  `json:"related"`
	Fix         *jsonFix       `json:"fix"`
	Fingerprint string         `json:"fingerprint"`

	Suppression *jsonSuppression `json:"suppression,omitempty"`
}

// jsonSuppression says who accepted a finding: a place in the file, or the baseline, which has none.
type jsonSuppression struct {
	Kind   string `json:"kind"`
	Reason string `json:"reason"`
	Until  string `json:"until,omitempty"`
	*jsonPlace
}

// jsonPlace counts lines and columns from 1, columns in UTF-16 code units; the end is exclusive.
type jsonPlace struct {
	File        string `json:"file"`
	StartLine   int    `json:"startLine"`
	StartColumn int    `json:"startColumn"`
	EndLine     int    `json:"endLine"`
	EndColumn   int    `json:"endColumn"`
}

type jsonResource struct {
	Type      string `json:"type"`
	Name      any    `json:"name"`
	Path      string `json:"path"`
	Exists    string `json:"exists"`
	File      string `json:"file"`
	StartLine int    `json:"startLine"`
}

type jsonRelated struct {
	Message string `json:"message"`
	jsonPlace
}

type jsonFix struct {
	Title string     `json:"title"`
	Safe  bool       `json:"safe"`
	Edits []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	jsonPlace
	StartOffset int    `json:"startOffset"`
	EndOffset   int    `json:"endOffset"`
	NewText     string `json:"newText"`
}

type jsonUndetermined struct {
	RuleID     string         `json:"ruleId"`
	Resource   *jsonResource  `json:"resource"`
	Instances  []jsonResource `json:"instances,omitempty"`
	File       string         `json:"file"`
	StartLine  int            `json:"startLine"`
	EntryPoint string         `json:"entryPoint"`
	Parameters []string       `json:"parametersFiles,omitempty"`
	Reason     string         `json:"reason"`
	DependsOn  []string       `json:"dependsOn"`
}

// jsonProblem has no place when the whole input is meant.
type jsonProblem struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	*jsonPlace
}

type jsonSummary struct {
	Findings     int `json:"findings"`
	Errors       int `json:"errors"`
	Warnings     int `json:"warnings"`
	Notes        int `json:"notes"`
	Undetermined int `json:"undetermined"`
	Suppressed   int `json:"suppressed"`
	Problems     int `json:"problems"`
	EntryPoints  int `json:"entryPoints"`
	Files        int `json:"files"`
	Resources    int `json:"resources"`
	Accounts     int `json:"accounts"`
	Rules        int `json:"rules"`

	Fixed *jsonFixed `json:"fixed,omitempty"`
}

// jsonFixed is what --fix has done.
type jsonFixed struct {
	Findings int `json:"findings"`
	Files    int `json:"files"`
}

func summarize(res *diag.Result) jsonSummary {
	resources, accounts := res.Totals()
	out := jsonSummary{
		Findings:     len(res.Findings),
		Errors:       res.Count(diag.Error),
		Warnings:     res.Count(diag.Warning),
		Notes:        res.Count(diag.Note),
		Undetermined: len(res.Undetermined),
		Suppressed:   len(res.Suppressed),
		Problems:     len(res.Problems),
		EntryPoints:  len(res.EntryPoints),
		Files:        res.Files,
		Resources:    resources,
		Accounts:     accounts,
		Rules:        res.Rules,
	}
	if f := res.Fixes; f != nil {
		out.Fixed = &jsonFixed{f.Findings, f.Files}
	}
	return out
}

func (o *Options) finding(d *diag.Diagnostic, res *diag.Result) jsonFinding {
	f := jsonFinding{
		RuleID:      d.Code,
		RuleName:    o.ruleName(d.Code),
		Severity:    d.Severity.String(),
		Message:     d.Message,
		jsonPlace:   o.place(d.Span),
		Resource:    o.subject(d.Subject),
		Instances:   o.subjects(instances(res, d)),
		EntryPoint:  o.path(d.EntryPoint),
		Parameters:  o.paths(d.Parameters),
		Related:     make([]jsonRelated, 0, len(d.Related)),
		Fix:         o.fix(d.Fix),
		Fingerprint: d.Fingerprint,
		Suppression: o.suppression(d.Suppression),
	}
	for _, r := range d.Related {
		f.Related = append(f.Related, jsonRelated{r.Message, o.place(r.Span)})
	}
	return f
}

func (o *Options) undetermined(d *diag.Diagnostic, res *diag.Result) jsonUndetermined {
	return jsonUndetermined{
		RuleID:     d.Code,
		Resource:   o.subject(d.Subject),
		Instances:  o.subjects(instances(res, d)),
		File:       o.file(d.Span),
		StartLine:  d.Span.Begin().Line,
		EntryPoint: o.path(d.EntryPoint),
		Parameters: o.paths(d.Parameters),
		Reason:     d.Message,
		DependsOn:  append([]string{}, d.DependsOn...),
	}
}

func (o *Options) problem(d *diag.Diagnostic) jsonProblem {
	return jsonProblem{d.Code, d.Severity.String(), d.Message, o.placeOrNil(d.Span)}
}

func (o *Options) suppression(s *diag.Suppression) *jsonSuppression {
	if s == nil {
		return nil
	}
	return &jsonSuppression{string(s.Kind), s.Reason, s.Until, o.placeOrNil(s.Span)}
}

func (o *Options) place(s source.Span) jsonPlace {
	b, e := s.Begin(), s.Finish()
	return jsonPlace{o.file(s), b.Line, b.Column, e.Line, e.Column}
}

func (o *Options) placeOrNil(s source.Span) *jsonPlace {
	if s.IsZero() {
		return nil
	}
	p := o.place(s)
	return &p
}

func (o *Options) subject(s *diag.Subject) *jsonResource {
	if s == nil {
		return nil
	}
	return &jsonResource{s.Type, s.Name, s.Path, s.Exists, o.file(s.Span), s.Span.Begin().Line}
}

func (o *Options) subjects(all []*diag.Subject) []jsonResource {
	out := make([]jsonResource, len(all))
	for i, s := range all {
		out[i] = *o.subject(s)
	}
	return out
}

func (o *Options) fix(f *diag.Fix) *jsonFix {
	if !writable(f) {
		return nil
	}
	out := &jsonFix{Title: f.Title, Safe: f.Safe, Edits: make([]jsonEdit, len(f.Edits))}
	for i, e := range f.Edits {
		out.Edits[i] = jsonEdit{o.place(e.Span), e.Span.Start, e.Span.End, e.New}
	}
	return out
}

// writable reports whether a fix can be put into a report. One whose new text holds an account key cannot: masked it
// would do damage.
func writable(f *diag.Fix) bool {
	if f == nil || len(f.Edits) == 0 {
		return false
	}
	for _, e := range f.Edits {
		if e.Span.File == nil || Mask(e.New) != e.New {
			return false
		}
	}
	return true
}
