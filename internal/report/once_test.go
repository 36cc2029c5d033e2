package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

func TestOnce(t *testing.T) {
	file := source.NewFile("module.bicep", []byte("resource a\nresource b\n"))
	found := func(entry, path, message string, at int) diag.Diagnostic {
		return diag.Diagnostic{Code: "CDB101", Severity: diag.Error, Message: message, EntryPoint: entry,
			Span: file.At(at, 8), Subject: &diag.Subject{Path: path}}
	}
	list := []diag.Diagnostic{
		found("a.bicep", "m/a", "same", 0),
		found("b.bicep", "m/a", "other", 0),
		found("b.bicep", "m/a", "same", 0),
		found("a.bicep", "n/a", "same", 0),
		found("c.bicep", "m/a", "same", 0),
		found("c.bicep", "m/b", "same", 11),
	}
	type shown struct{ Entry, Message, Also string }
	var got []shown
	for _, f := range once(list) {
		got = append(got, shown{f.EntryPoint, f.Message, f.elsewhere()})
	}
	want := []shown{
		{"a.bicep", "same", "the same in b.bicep, n/a, c.bicep"},
		{"b.bicep", "other", ""},
		{"c.bicep", "same", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
