package docs

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/rules"
)

// TestControlsPage compares the table of docs/controls.md with the rules.
func TestControlsPage(t *testing.T) {
	path := filepath.Join(root, "docs", "controls.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := between(string(text), "controls", controlsTable(rules.All))
	if err != nil {
		t.Fatal(err)
	}
	same(t, path, want)
}

// TestControlsInSARIF compares which rules decide which control in the report on controls with what SARIF says of it, and
// the titles and pages of the controls.
func TestControlsInSARIF(t *testing.T) {
	var b bytes.Buffer
	if err := report.SARIF(&b, &diag.Result{}, report.Options{Rules: rules.All}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID            string
						Relationships []struct {
							Target struct {
								ID            string
								ToolComponent struct{ Name string }
							}
						}
					}
				}
			}
			Taxonomies []struct {
				Name string
				Taxa []struct {
					ID, HelpURI      string
					ShortDescription struct{ Text string }
				}
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	const benchmark = "Azure Security Benchmark"
	want, got := map[string][]string{}, map[string][]string{}
	for _, a := range controls.Assess(&diag.Result{}, controls.Deciding(rules.All)) {
		for _, e := range a.Rules {
			want[a.ID] = append(want[a.ID], e.Rule.ID)
		}
		if len(a.Rules) == 0 {
			t.Errorf("no rule decides %s", a.ID)
		}
	}
	for _, r := range log.Runs[0].Tool.Driver.Rules {
		for _, rel := range r.Relationships {
			if rel.Target.ToolComponent.Name == benchmark {
				got[rel.Target.ID] = append(got[rel.Target.ID], r.ID)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rules by control (-controls +SARIF):\n%s", diff)
	}
	for _, taxonomy := range log.Runs[0].Taxonomies {
		if taxonomy.Name != benchmark {
			continue
		}
		for _, taxon := range taxonomy.Taxa {
			c, ok := controls.Find(taxon.ID)
			if !ok || c.Title+"." != taxon.ShortDescription.Text || c.URL() != taxon.HelpURI {
				t.Errorf("SARIF has %+v, the report on controls %+v", taxon, c)
			}
		}
	}
}
