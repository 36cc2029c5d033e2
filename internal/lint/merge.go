package lint

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/parsers"
)

// stamp says of each diagnostic which deployment it is about, and gives it its fingerprint.
func (v *verdict) stamp() {
	for _, list := range [][]diag.Diagnostic{v.findings, v.undetermined} {
		for i := range list {
			list[i].EntryPoint, list[i].Parameters = v.entry.Path, v.entry.Parameters
			list[i].Fingerprint = fingerprint(&list[i], v.identity)
		}
	}
	for i := range v.held {
		v.held[i].EntryPoint = v.entry.Path
	}
}

// fingerprint identifies a finding by rule, deployment, resource and property; not by lines, nor by the place in a loop or
// list.
func fingerprint(d *diag.Diagnostic, deployment string) string {
	h := sha256.New()
	for _, part := range []string{d.Code, deployment, withoutIndexes(d.Subject.Path), d.Subject.Written, withoutIndexes(d.Property), d.Detail} {
		h.Write([]byte(strings.ToLower(part)))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// index is a place in a loop or list: "[0]", "[*]", `["key"]`, ".0".
var index = regexp.MustCompile(`\[(?:\d+|\*|"(?:\\.|[^"\\])*")\]|\.(?:\d+|\*)(\.|$)`)

// withoutIndexes drops the places in loops and lists: reordering a list does not change what is found in it.
func withoutIndexes(path string) string { return index.ReplaceAllString(path, "$1") }

// merge puts the verdicts and what was found in files together: instances of one loop become one finding, and so do equal findings of one template
// with several parameter files.
func merge(set *parsers.Set, verdicts []verdict, files *inspection, rules int) *diag.Result {
	res := &diag.Result{Files: set.Files, Rules: rules, Instances: map[string][]*diag.Subject{}}
	res.Problems = append(res.Problems, set.Problems...)
	res.Findings = append(res.Findings, files.findings...)
	res.Secrets = append(res.Secrets, files.secrets...)
	held := files.held
	for _, v := range verdicts {
		if v.skipped {
			continue
		}
		res.EntryPoints = append(res.EntryPoints, v.entry)
		res.Findings = append(res.Findings, v.findings...)
		res.Undetermined = append(res.Undetermined, v.undetermined...)
		res.Problems = append(res.Problems, v.problems...)
		res.Secrets = append(res.Secrets, v.secrets...)
		held = append(held, v.held...)
	}
	res.Held = undisputed(held, res)
	res.Findings = fold(res.Findings, res.Instances)
	res.Undetermined = fold(res.Undetermined, res.Instances)
	for fp, list := range res.Instances {
		if len(list) < 2 {
			delete(res.Instances, fp)
		}
	}
	sortDiagnostics(res.Findings)
	sortDiagnostics(res.Undetermined)
	sortDiagnostics(res.Problems)
	res.Problems = slices.CompactFunc(res.Problems, func(a, b diag.Diagnostic) bool {
		return a.Code == b.Code && a.Message == b.Message && sameSpan(a.Span, b.Span)
	})
	return res
}

func sameSpan(a, b source.Span) bool { return source.Compare(a, b) == 0 }

// fold merges diagnostics of one fingerprint and place, and lists their instances and parameter files.
func fold(list []diag.Diagnostic, instances map[string][]*diag.Subject) []diag.Diagnostic {
	type key struct {
		fingerprint, file string
		start, end        int
	}
	first := map[key]int{}
	out := list[:0]
	for _, d := range list {
		k := key{d.Fingerprint, "", d.Span.Start, d.Span.End}
		if d.Span.File != nil {
			k.file = d.Span.File.Path
		}
		i, ok := first[k]
		if !ok {
			first[k] = len(out)
			out = append(out, d)
			i = len(out) - 1
		}
		o := &out[i]
		for _, p := range d.Parameters {
			if !slices.Contains(o.Parameters, p) {
				o.Parameters = append(slices.Clone(o.Parameters), p)
			}
		}
		if !slices.ContainsFunc(instances[d.Fingerprint], func(s *diag.Subject) bool { return s.Path == d.Subject.Path }) {
			instances[d.Fingerprint] = append(instances[d.Fingerprint], d.Subject)
		}
	}
	return out
}

func sortDiagnostics(list []diag.Diagnostic) {
	slices.SortStableFunc(list, func(a, b diag.Diagnostic) int {
		return cmp.Or(source.Compare(a.Span, b.Span), strings.Compare(a.Code, b.Code),
			strings.Compare(a.EntryPoint, b.EntryPoint), strings.Compare(a.Message, b.Message))
	})
}
