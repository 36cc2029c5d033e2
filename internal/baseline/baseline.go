// Package baseline remembers the findings that were there when somebody began, so that only new ones are reported.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// schemaVersion is that of the file. Another one is refused.
const schemaVersion = "1"

// Entry is a finding that was accepted, as often as Count says.
type Entry struct {
	// Fingerprint identifies it; see diag.Diagnostic. What follows says to people what it is.
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	EntryPoint  string `json:"entryPoint"` // relative to the scan root
	Resource    string `json:"resource,omitempty"`
	Count       int    `json:"count"`
}

// Baseline is a file of them.
type Baseline struct {
	entries []Entry
	file    *source.File // nil where there is nothing to point at
}

type document struct {
	SchemaVersion string  `json:"schemaVersion"`
	Findings      []Entry `json:"findings"`
}

// New makes a baseline of findings.
func New(findings []diag.Diagnostic) *Baseline {
	b := &Baseline{}
	at := map[string]int{}
	for i := range findings {
		f := &findings[i]
		if f.Fingerprint == "" {
			continue // it could not be found again
		}
		if n, ok := at[f.Fingerprint]; ok {
			b.entries[n].Count++
			continue
		}
		e := Entry{Fingerprint: f.Fingerprint, Rule: f.Code, EntryPoint: f.EntryPoint, Count: 1}
		if f.Subject != nil {
			e.Resource = f.Subject.Path
		}
		at[f.Fingerprint] = len(b.entries)
		b.entries = append(b.entries, e)
	}
	slices.SortFunc(b.entries, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(x.EntryPoint, y.EntryPoint), cmp.Compare(x.Rule, y.Rule),
			cmp.Compare(x.Resource, y.Resource), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	return b
}

// Read reads what Write has written. Problems with entries point into the file.
func Read(file *source.File) (*Baseline, error) {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(file.Data, []byte("\xef\xbb\xbf"))))
	d.DisallowUnknownFields()
	var doc document
	if err := d.Decode(&doc); err != nil {
		return nil, fmt.Errorf("it is no baseline: %w", err)
	}
	if doc.SchemaVersion != schemaVersion {
		return nil, fmt.Errorf("it is no baseline of schemaVersion %s", schemaVersion)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("it is no baseline: something follows its end")
	}
	for _, e := range doc.Findings {
		if e.Fingerprint == "" || e.Rule == "" || e.Count < 1 {
			return nil, errors.New("it is no baseline: an entry has no fingerprint, rule or count")
		}
	}
	return &Baseline{entries: doc.Findings, file: file}, nil
}

// Write writes the baseline, one entry a line, sorted: it is read in reviews and merged by tools.
func (b *Baseline) Write(w io.Writer) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"schemaVersion\": %q,\n  \"findings\": [", schemaVersion)
	for i, e := range b.entries {
		var line bytes.Buffer
		enc := json.NewEncoder(&line)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(e); err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		out.Write(bytes.TrimSpace(line.Bytes()))
	}
	if len(b.entries) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	_, err := w.Write(out.Bytes())
	return err
}

// Len is the number of findings that it holds.
func (b *Baseline) Len() int {
	n := 0
	for _, e := range b.entries {
		n += e.Count
	}
	return n
}

// Apply sets aside the findings that the baseline lists, each as often as it lists it, and returns the entries of which
// something is left, with what is left as their Count.
func (b *Baseline) Apply(findings []diag.Diagnostic) (kept, accepted []diag.Diagnostic, rest []Entry) {
	left := map[string]int{}
	for _, e := range b.entries {
		left[e.Fingerprint] += e.Count
	}
	for _, f := range findings {
		if left[f.Fingerprint] == 0 || f.Fingerprint == "" {
			kept = append(kept, f)
			continue
		}
		left[f.Fingerprint]--
		f.Suppression = &diag.Suppression{Kind: diag.External, Reason: "It is in the baseline."}
		accepted = append(accepted, f)
	}
	for _, e := range b.entries {
		if n := left[e.Fingerprint]; n > 0 {
			left[e.Fingerprint] = 0
			e.Count = n
			rest = append(rest, e)
		}
	}
	return kept, accepted, rest
}

// Stale is the note about an entry whose finding is gone.
func (b *Baseline) Stale(e Entry) diag.Diagnostic {
	what := e.Rule
	if e.Resource != "" {
		what += " of " + e.Resource
	}
	message := fmt.Sprintf("The baseline lists %s in %s, which is not found any more. Write it again to keep the finding from coming back.",
		what, e.EntryPoint)
	return diag.Problem("baseline-stale", diag.Note, b.at(e), message)
}

// at is the place of an entry in the file.
func (b *Baseline) at(e Entry) source.Span {
	if b.file == nil {
		return source.Span{}
	}
	i := bytes.Index(b.file.Data, []byte(`"`+e.Fingerprint+`"`))
	if i < 0 {
		return b.file.At(0, 0)
	}
	return b.file.At(i, len(e.Fingerprint)+2)
}
