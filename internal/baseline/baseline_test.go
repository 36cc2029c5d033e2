package baseline

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

func finding(code, fingerprint, entry string) diag.Diagnostic {
	return diag.Diagnostic{Code: code, Fingerprint: fingerprint, EntryPoint: entry, Subject: &diag.Subject{Path: "a <b>"}}
}

const written = `{
  "schemaVersion": "1",
  "findings": [
    {"fingerprint":"f2","rule":"CDB101","entryPoint":"a.json","resource":"a <b>","count":2},
    {"fingerprint":"f1","rule":"CDB101","entryPoint":"b.json","resource":"a <b>","count":1}
  ]
}
`

func write(t *testing.T, b *Baseline) string {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What is written is sorted, whatever the order of the findings, and is read back as it was.
func TestRoundTrip(t *testing.T) {
	one, two := finding("CDB101", "f1", "b.json"), finding("CDB101", "f2", "a.json")
	for _, list := range [][]diag.Diagnostic{{one, two, two}, {two, one, two}} {
		b := New(list)
		if got := write(t, b); got != written || b.Len() != 3 {
			t.Errorf("%d findings in\n%s", b.Len(), got)
		}
	}
	b, err := Read(source.NewFile("base.json", []byte("\xef\xbb\xbf"+written)))
	if err != nil {
		t.Fatal(err)
	}
	if got := write(t, b); got != written {
		t.Error(got)
	}
	if got := write(t, New(nil)); !strings.Contains(got, `"findings": []`) {
		t.Error(got)
	}
}

// A finding is accepted as often as it is listed; what is left over is stale.
func TestApply(t *testing.T) {
	b, err := Read(source.NewFile("base.json", []byte(written)))
	if err != nil {
		t.Fatal(err)
	}
	one, two := finding("CDB101", "f1", "b.json"), finding("CDB101", "f2", "a.json")
	kept, accepted, rest := b.Apply([]diag.Diagnostic{one, one, two, finding("CDB101", "", "a.json")})
	if len(kept) != 2 || len(accepted) != 2 || accepted[0].Suppression.Kind != diag.External {
		t.Errorf("kept %v, accepted %v", kept, accepted)
	}
	if len(rest) != 1 || rest[0].Fingerprint != "f2" || rest[0].Count != 1 {
		t.Errorf("rest %v", rest)
	}
	if d := b.Stale(rest[0]); d.Span.Text() != `"f2"` || d.Severity != diag.Note {
		t.Errorf("%v", d)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, text := range []string{
		"", "[]", "{}", `{"schemaVersion": "2", "findings": []}`, written + "x", `{"schemaVersion": "1", "finding": []}`,
		`{"schemaVersion": "1", "findings": [{"rule": "CDB101", "count": 1}]}`,
		`{"schemaVersion": "1", "findings": [{"fingerprint": "a", "rule": "CDB101", "count": 0}]}`,
		`{"schemaVersion": "1", "findings": [{"fingerprint": "a", "rule": "CDB101", "count": -1}]}`,
	} {
		if _, err := Read(source.NewFile("base.json", []byte(text))); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}
