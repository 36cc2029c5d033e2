package docs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// controlsTable lists the controls of the baseline, what they ask, and the rules that decide them. Those that decide all
// of them are named below.
func controlsTable(all []*rule.Rule) string {
	var b strings.Builder
	b.WriteString("| Control | What it asks | Rules |\n|---|---|---|\n")
	var everywhere []string
	for _, c := range controls.All {
		var ids []string
		for _, r := range all {
			link := fmt.Sprintf("[%s](rules/%s.md)", r.ID, r.ID)
			switch of := controls.Of(r); {
			case !slices.Contains(of, c.ID):
			case len(of) < len(controls.All):
				ids = append(ids, link)
			case !slices.Contains(everywhere, link):
				everywhere = append(everywhere, link)
			}
		}
		fmt.Fprintf(&b, "| [%s](%s) %s | %s | %s |\n", c.ID, c.URL(), c.Title, c.Asks, strings.Join(ids, ", "))
	}
	if len(everywhere) > 0 {
		fmt.Fprintf(&b, "\nAll of them: %s.\n", strings.Join(everywhere, ", "))
	}
	return b.String()
}
