package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/cosmoslint/cosmoslint/internal/diag"
)

// gitlabIssue is an issue of GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality, "Code Quality report
// format"). Paths are relative to the root, without a leading "./".
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
}

var gitlabSeverity = map[diag.Severity]string{diag.Note: "minor", diag.Warning: "major", diag.Error: "critical"}

// GitLab writes a Code Quality report. What has no place, which GitLab would refuse, is left out.
func GitLab(w io.Writer, res *diag.Result, o Options) error {
	o.Path = nil
	out := []gitlabIssue{}
	seen := map[string]int{}
	for _, e := range o.entries(res) {
		if e.file == "" || e.problem && e.severity == diag.Note {
			continue
		}
		i := gitlabIssue{Description: e.message, CheckName: e.code, Severity: gitlabSeverity[e.severity]}
		i.Location.Path, i.Location.Lines.Begin = e.file, e.place.StartLine
		i.Fingerprint = unique(&e, seen)
		out = append(out, i)
	}
	return writeJSON(w, out)
}

// unique is a fingerprint that no other issue has: GitLab merges issues by it.
func unique(e *entry, seen map[string]int) string {
	key := e.code + "\x00" + e.file + "\x00" + e.fingerprint
	if e.problem {
		key += "\x00" + e.message
	}
	n := seen[key]
	seen[key]++
	if n > 0 {
		key += fmt.Sprintf("\x00%d", n)
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}
