package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// complete adds to the log what go-sarif has no types for: the taxonomies of controls, and which rules answer to them.
func (s *sarifWriter) complete(rep *sarif.Report) (map[string]any, error) {
	data, err := json.Marshal(rep)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var log map[string]any
	if err := d.Decode(&log); err != nil {
		return nil, err
	}
	run := log["runs"].([]any)[0].(map[string]any)
	withoutNulls(run)
	taxonomies, references := s.taxonomies()
	if len(taxonomies) == 0 {
		return log, nil
	}
	run["taxonomies"] = taxonomies
	driver := run["tool"].(map[string]any)["driver"].(map[string]any)
	driver["supportedTaxonomies"] = references
	for i, d := range driver["rules"].([]any) {
		if rel := relationships(s.o.Rules[i], references); len(rel) > 0 {
			d.(map[string]any)["relationships"] = rel
		}
	}
	return log, nil
}

// withoutNulls drops the members of suppressions that are not set: go-sarif writes them as null, which the schema forbids.
func withoutNulls(run map[string]any) {
	for _, r := range run["results"].([]any) {
		list, _ := r.(map[string]any)["suppressions"].([]any)
		for _, s := range list {
			maps.DeleteFunc(s.(map[string]any), func(_ string, v any) bool { return v == nil })
		}
	}
}

// taxonomies lists the catalogues that the enabled rules refer to, with the controls in use, and a reference to each.
func (s *sarifWriter) taxonomies() (taxonomies, references []any) {
	for i := range catalogues {
		c := &catalogues[i]
		taxa := s.taxa(c)
		if len(taxa) == 0 {
			continue
		}
		references = append(references, map[string]any{"name": c.name, "index": len(taxonomies)})
		taxonomies = append(taxonomies, map[string]any{
			"name":             c.name,
			"version":          c.version,
			"organization":     c.organization,
			"shortDescription": map[string]any{"text": c.about},
			"informationUri":   c.url,
			"isComprehensive":  false,
			"taxa":             taxa,
		})
	}
	return taxonomies, references
}

// taxa are the controls of a catalogue that the enabled rules refer to, in natural order.
func (s *sarifWriter) taxa(c *catalogue) []any {
	var ids []string
	for _, r := range s.o.Rules {
		for _, control := range r.Controls {
			if control.Catalogue == c.id {
				ids = append(ids, canonical(control))
			}
		}
	}
	slices.SortFunc(ids, compareNatural)
	var out []any
	for _, id := range slices.Compact(ids) {
		taxon := map[string]any{"id": id, "helpUri": c.helpPage(id)}
		if t := c.titles[id]; t != "" {
			taxon["shortDescription"] = map[string]any{"text": t + "."}
		}
		out = append(out, taxon)
	}
	return out
}

// relationships ties a rule to its controls.
func relationships(r *rule.Rule, references []any) []any {
	var out []any
	for i := range catalogues {
		c := &catalogues[i]
		for _, control := range r.Controls {
			if control.Catalogue != c.id {
				continue
			}
			for _, ref := range references {
				if ref.(map[string]any)["name"] == c.name {
					out = append(out, map[string]any{
						"target": map[string]any{"id": canonical(control), "toolComponent": ref},
						"kinds":  []string{"relevant"},
					})
				}
			}
		}
	}
	return out
}

// compareNatural orders ids as people do: runs of digits by their number, so that NS-2 comes before NS-10.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		an, ar := leadingNumber(a)
		bn, br := leadingNumber(b)
		switch {
		case an >= 0 && bn >= 0 && an != bn:
			return an - bn
		case an >= 0 && bn >= 0:
			a, b = ar, br
		case a[0] != b[0]:
			return int(a[0]) - int(b[0])
		default:
			a, b = a[1:], b[1:]
		}
	}
	return len(a) - len(b)
}

// leadingNumber returns the number that s begins with, or -1, and the rest.
func leadingNumber(s string) (int, string) {
	i := 0
	for i < len(s) && i < 9 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 {
		return -1, s
	}
	n, _ := strconv.Atoi(s[:i])
	return n, s[i:]
}
