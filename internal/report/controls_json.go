package report

import (
	"io"

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// ControlsJSON writes the controls for programs, in the form that docs/controls.schema.json describes.
func ControlsJSON(w io.Writer, list []controls.Assessment, res *diag.Result, o Options) error {
	c := catalogues[0]
	doc := jsonControls{
		SchemaVersion: SchemaVersion,
		Tool:          jsonTool{Name: toolName, Version: o.Version, InformationURI: toolURL},
		Baseline:      jsonBaseline{baselineName, controls.BaselinePage, c.name, c.version},
		Complete:      !res.Failed(),
		Controls:      make([]jsonControl, len(list)),
		Diagnostics:   make([]jsonProblem, len(res.Problems)),
		Summary:       summarizeControls(list, res),
	}
	for i := range list {
		doc.Controls[i] = o.control(&list[i])
	}
	for i := range res.Problems {
		doc.Diagnostics[i] = o.problem(&res.Problems[i])
	}
	return writeJSON(w, doc)
}

type jsonControls struct {
	SchemaVersion string              `json:"schemaVersion"`
	Tool          jsonTool            `json:"tool"`
	Baseline      jsonBaseline        `json:"baseline"`
	Complete      bool                `json:"complete"`
	Controls      []jsonControl       `json:"controls"`
	Diagnostics   []jsonProblem       `json:"diagnostics"`
	Summary       jsonControlsSummary `json:"summary"`
}

type jsonBaseline struct {
	Name      string `json:"name"`
	URL       string `json:"url"`
	Benchmark string `json:"benchmark"`
	Version   string `json:"benchmarkVersion"`
}

type jsonControl struct {
	ID           string                    `json:"id"`
	Title        string                    `json:"title"`
	URL          string                    `json:"url"`
	Asks         string                    `json:"asks"`
	Status       controls.Status           `json:"status"`
	Accepted     bool                      `json:"accepted"`
	Findings     []jsonControlFinding      `json:"findings"`
	Suppressed   []jsonControlFinding      `json:"suppressed"`
	Undetermined []jsonControlUndetermined `json:"undetermined"`
	Rules        []jsonEvidence            `json:"rules"`
	ByHand       string                    `json:"byHand"`
}

// jsonControlFinding is a finding in short; its fingerprint leads to the long form.
type jsonControlFinding struct {
	RuleID   string `json:"ruleId"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	jsonPlace
	Resource    *jsonResource    `json:"resource"`
	EntryPoint  string           `json:"entryPoint"`
	Fingerprint string           `json:"fingerprint"`
	Suppression *jsonSuppression `json:"suppression,omitempty"`
}

type jsonControlUndetermined struct {
	RuleID     string        `json:"ruleId"`
	Resource   *jsonResource `json:"resource"`
	EntryPoint string        `json:"entryPoint"`
	Reason     string        `json:"reason"`
	DependsOn  []string      `json:"dependsOn"`
}

// jsonEvidence is what one rule has looked at.
type jsonEvidence struct {
	RuleID       string     `json:"ruleId"`
	RuleName     string     `json:"ruleName"`
	Findings     int        `json:"findings"`
	Suppressed   int        `json:"suppressed"`
	Undetermined int        `json:"undetermined"`
	Held         []jsonHeld `json:"held"`
}

type jsonHeld struct {
	jsonResource
	EntryPoint string `json:"entryPoint"`
}

type jsonControlsSummary struct {
	Met          int `json:"met"`
	NotMet       int `json:"notMet"`
	Accepted     int `json:"accepted"`
	Undetermined int `json:"undetermined"`
	NotInFiles   int `json:"notInFiles"`
	EntryPoints  int `json:"entryPoints"`
	Files        int `json:"files"`
	Resources    int `json:"resources"`
	Accounts     int `json:"accounts"`
	Rules        int `json:"rules"`
}

func summarizeControls(list []controls.Assessment, res *diag.Result) jsonControlsSummary {
	s := jsonControlsSummary{EntryPoints: len(res.EntryPoints), Files: res.Files, Rules: res.Rules}
	s.Resources, s.Accounts = res.Totals()
	for i := range list {
		switch a := &list[i]; a.Status {
		case controls.Met:
			s.Met++
		case controls.NotMet:
			s.NotMet++
			if a.OnlyAccepted() {
				s.Accepted++
			}
		case controls.Undetermined:
			s.Undetermined++
		case controls.NotInFiles:
			s.NotInFiles++
		}
	}
	return s
}

func (o *Options) control(a *controls.Assessment) jsonControl {
	c := jsonControl{
		ID: a.ID, Title: a.Title, URL: a.URL(), Asks: a.Asks, Status: a.Status, Accepted: a.OnlyAccepted(), ByHand: a.ByHand,
		Findings: o.controlFindings(a.Findings), Suppressed: o.controlFindings(a.Accepted),
		Undetermined: []jsonControlUndetermined{}, Rules: []jsonEvidence{},
	}
	for i := range a.Open {
		d := &a.Open[i]
		c.Undetermined = append(c.Undetermined, jsonControlUndetermined{
			d.Code, o.subject(d.Subject), o.path(d.EntryPoint), d.Message, append([]string{}, d.DependsOn...)})
	}
	for _, e := range a.Rules {
		c.Rules = append(c.Rules, jsonEvidence{e.Rule.ID, e.Rule.Name, e.Findings, e.Accepted, e.Open, o.held(e.Held)})
	}
	return c
}

func (o *Options) controlFindings(list []diag.Diagnostic) []jsonControlFinding {
	out := []jsonControlFinding{}
	for i := range list {
		d := &list[i]
		out = append(out, jsonControlFinding{
			d.Code, d.Severity.String(), d.Message, o.place(d.Span), o.subject(d.Subject), o.path(d.EntryPoint), d.Fingerprint,
			o.suppression(d.Suppression)})
	}
	return out
}

// held are subjects; one without a place of its own, such as a file, has the beginning of its deployment.
func (o *Options) held(list []diag.Held) []jsonHeld {
	out := []jsonHeld{}
	for _, h := range list {
		r := jsonHeld{*o.subject(h.Subject), o.path(h.EntryPoint)}
		if h.Subject.Type == diag.FileType {
			r.Name, r.Path = r.EntryPoint, r.EntryPoint
		}
		if r.File == "" {
			r.File, r.StartLine = r.EntryPoint, 1
		}
		out = append(out, r)
	}
	return out
}
