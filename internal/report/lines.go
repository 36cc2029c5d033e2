package report

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// Concise writes one line a finding, as compilers do.
func Concise(w io.Writer, res *diag.Result, o Options) error {
	o.Concise = true
	return Text(w, res, o)
}

// JSONLines writes one JSON object a line: the findings, undetermined checks, suppressed findings and problems of JSON,
// each with its kind, and the summary in the end.
func JSONLines(w io.Writer, res *diag.Result, o Options) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	put := func(v any) { _ = e.Encode(v) } // into memory, of values that can be encoded
	finding := func(kind string, list []diag.Diagnostic) {
		for i := range list {
			put(struct {
				Kind string `json:"kind"`
				jsonFinding
			}{kind, o.finding(&list[i], res)})
		}
	}
	finding("finding", res.Findings)
	for i := range res.Undetermined {
		put(struct {
			Kind string `json:"kind"`
			jsonUndetermined
		}{"undetermined", o.undetermined(&res.Undetermined[i], res)})
	}
	finding("suppressed", res.Suppressed)
	for i := range res.Problems {
		put(struct {
			Kind string `json:"kind"`
			jsonProblem
		}{"diagnostic", o.problem(&res.Problems[i])})
	}
	put(struct {
		Kind          string `json:"kind"`
		SchemaVersion string `json:"schemaVersion"`
		jsonSummary
	}{"summary", SchemaVersion, summarize(res)})
	maskBytes(b.Bytes())
	_, err := w.Write(harmless(b.Bytes()))
	return err
}
