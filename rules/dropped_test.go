package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// TestDecides knows of every property that an API version may drop which controls that touches.
func TestDecides(t *testing.T) {
	for _, typ := range []string{cosmos.AccountType, cosmos.MongoClusterType, cosmos.PostgreSQLType, cosmos.CassandraType} {
		for _, p := range cosmos.Properties(typ) {
			if p.Since == "" && p.Until == "" {
				continue
			}
			ids, ok := decides[strings.TrimPrefix(p.Path, "properties.")]
			if !ok {
				t.Errorf("%s of %s is missing", p.Path, typ)
			}
			for _, id := range strings.Fields(ids) {
				if !slices.Contains(PropertyIgnoredByAPIVersion.Controls, rule.Control{Catalogue: rule.ASBv2, ID: id}) {
					t.Errorf("%s: CDB407 does not answer to %s", p.Path, id)
				}
			}
		}
	}
}
