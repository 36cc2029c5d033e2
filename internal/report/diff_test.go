package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// TestDiff keeps tabs and line ends, so that a diff can be applied; a password and what a terminal or a build log would act on
// are not shown.
func TestDiff(t *testing.T) {
	key := strings.Repeat("k", 86) + "=="
	before := source.NewFile("a\x1b", []byte("\tname\r\n\x1b[31m\r\n::error::x\n##[error]\nsecret\n"+key+"\nold\nlast"))
	after := source.NewFile("a\x1b", append([]byte("new\n"), before.Data[:bytes.Index(before.Data, []byte("old"))]...))
	secret := func(f *source.File) *diag.Result {
		return &diag.Result{Secrets: []source.Span{f.At(bytes.Index(f.Data, []byte("secret")), 6)}}
	}
	var out bytes.Buffer
	if err := Diff(&out, []source.Replacement{{File: before, Data: after.Data}}, secret(before), secret(after), Options{}); err != nil {
		t.Fatal(err)
	}
	want := "--- a\\x1b\n+++ a\\x1b\n@@ -1,3 +1,4 @@\n+new\n \tname\r\n \\x1b[31m\r\n \\x3a:error::x\n@@ -4,5 +5,3 @@\n #\\x23[error]\n ******\n " +
		strings.Repeat("*", 88) + "\n-old\n-last\n\\ No newline at end of file\n"
	if got := out.String(); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
