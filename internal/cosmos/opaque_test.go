package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// TestWhatModulesMayDo: whether a module that cannot be looked into may attach a group to a subnet, log a network or lock a zone that it
// is told of. True is that it may.
func TestWhatModulesMayDo(t *testing.T) {
	for source, want := range map[string]struct{ group, log, lock bool }{
		"./missing.bicep": {false, true, true},
		"./network.bicep": {true, true, true},
		"br/public:avm/res/network/private-endpoint:0.9.0":            {false, false, false},
		"Azure/avm-res-network-privateendpoint/azurerm":               {false, false, false},
		"br/public:avm/res/document-db/database-account:0.19.0":       {false, false, false},
		"br/public:avm/res/network/network-watcher:0.4.0":             {false, true, false},
		"br/public:avm/res/network/virtual-network/subnet:0.1.0":      {true, false, false},
		"br/public:avm/res/network/private-dns-zone:0.7.0":            {false, false, true},
		"br/public:avm/ptn/network/private-link-private-dns-zones:1.": {true, true, true},
		"./modules/nsg":                   {true, true, true},
		"./modules/lock.bicep":            {false, true, true},
		"./core/monitor/monitoring.bicep": {false, true, false},
	} {
		v := scene(t, `virtualNetworks v1 {}
			virtualNetworks/subnets v1/pe {}
			privateDnsZones z1 {}`)
		v.Deployment.Opaque = []model.Opaque{{Source: source, Arguments: from(t, `{"a": "`+idOf("Microsoft.Network/virtualNetworks/subnets", "v1/pe")+
			`", "z": "`+idOf("Microsoft.Network/privateDnsZones", "z1")+`"}`)}}
		s := Around(v, true)
		may := func(is value.Truth) bool { return is == value.Undecided }
		locked, _ := v.Locks().Hold(s.Zones()[0].Resource)
		got := struct{ group, log, lock bool }{may(s.Subnets[0].GroupIn(v)), may(s.FlowLogsOf(s.Networks[0]).Has), may(locked)}
		if got != want {
			t.Errorf("%s: %+v, want %+v", source, got, want)
		}
	}
}
