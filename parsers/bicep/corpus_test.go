package bicep

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// corpusDir holds real projects; it is not part of this one.
const corpusDir = "../../../shared/corpus"

// Real files parse without a diagnostic.
func TestParseCorpus(t *testing.T) {
	if _, err := os.Stat(corpusDir); err != nil {
		t.Skip("no corpus of real projects here")
	}
	files := 0
	err := filepath.WalkDir(corpusDir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !isBicep(name) {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		f, diags := Parse(source.NewFile(filepath.ToSlash(name), data))
		checkFile(t, f, diags)
		if bad := knownBad(name, data); bad != f.Incomplete || !bad && len(diags) > 0 {
			t.Errorf("%s: incomplete %v, %v", name, f.Incomplete, messages(diags))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", files)
}

func isBicep(name string) bool {
	ext := filepath.Ext(name)
	return ext == ".bicep" || ext == ".bicepparam"
}

// knownBad reports whether the compiler rejects a file too: one that is meant to be wrong, or one that the decompiler
// left with a "?" where the type of a parameter should be.
func knownBad(name string, data []byte) bool {
	return strings.Contains(name, "AnInvalidTemplate") || bytes.Contains(data, []byte(" ? /* TODO: fill in correct type */"))
}
