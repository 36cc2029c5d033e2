package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// TestLocksInModules: which modules that are not here, and are told of a zone, may have a lock of it.
func TestLocksInModules(t *testing.T) {
	const zone = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.documents.azure.com"
	r := &model.Resource{Type: zoneType, ID: value.OfString(zone), Name: value.OfString("privatelink.documents.azure.com")}
	for source, want := range map[string]value.Truth{
		"./landing-zone.bicep": value.Undecided,
		"./locks.bicep":        value.Undecided,
		"br/public:avm/ptn/network/private-link-zones:0.7.0":  value.Undecided,
		"br/public:avm/res/document-db/database-account:0.19": value.False,
		"Azure/avm-res-documentdb-databaseaccount/azurerm":    value.False,
		"br/public:avm/res/authorization/lock:0.1.0":          value.Undecided,
		"../modules/private-endpoint":                         value.False,
	} {
		d := &model.Deployment{Opaque: []model.Opaque{{Source: source, Arguments: from(t, `{"zone": "`+zone+`"}`)}}}
		if got := lockAbsence(d, r); got != want {
			t.Errorf("%s: %v, want %v", source, got, want)
		}
	}
}
