package spell

import (
	"strings"
	"testing"
)

func TestSuggest(t *testing.T) {
	words := []string{"fail-on", "exclude", "rules", "CDB101"}
	for word, want := range map[string]string{
		"fail_on": "fail-on", "excludes": "exclude", "rule": "rules", "cdb110": "CDB101", "xyzzy": "", "": "",
		strings.Repeat("rules", 20): "",
	} {
		if got := Suggest(word, words); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
	if got := DidYouMean("fail_on", words); got != "; did you mean fail-on?" {
		t.Error(got)
	}
}
