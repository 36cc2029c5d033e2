package cosmos

import (
	"net/netip"
	"testing"
)

// TestServiceRanges: the table is in order and nothing in it overlaps, which TagOf relies on.
func TestServiceRanges(t *testing.T) {
	ranges := serviceRanges()
	if len(ranges) < 500 {
		t.Fatalf("%d ranges", len(ranges))
	}
	for i := 1; i < len(ranges); i++ {
		if before, r := ranges[i-1], ranges[i]; !before.last.Less(r.first) {
			t.Errorf("%s begins within or before %s", r.first, before.first)
		}
	}
	for _, r := range ranges {
		if r.first.IsPrivate() || r.first == netip.IPv4Unspecified() {
			t.Errorf("%s is no public address", r.first)
		}
	}
}

func TestTagOf(t *testing.T) {
	for text, want := range map[string]string{
		"13.69.66.0/25":             "AzureCosmosDB.WestEurope",
		" 13.69.66.1 ":              "AzureCosmosDB.WestEurope",
		"13.69.66.0":                "AzureCosmosDB.WestEurope",
		"13.69.66.127":              "AzureCosmosDB.WestEurope",
		"13.69.66.0/32":             "AzureCosmosDB.WestEurope",
		"13.69.66.5/24":             "", // 13.69.66.136 and on are others'
		"13.69.66.4-13.69.66.9":     "AzureCosmosDB.WestEurope",
		"13.69.66.100-13.69.66.130": "AzureCosmosDB.WestEurope", // of two lines
		"13.69.66.9-13.69.66.4":     "",
		"13.69.66.9-":               "",
		"4.149.113.255":             "",
		"4.149.114.0/24":            "",
		"20.72.18.64/27":            "AzureCosmosDB", // no region has it
		"2603:1020:206:402::c0/122": "AzureCosmosDB.WestEurope",
		"2603:1020:206:402::/64":    "",
		"0.0.0.0":                   "",
		"0.0.0.0/0":                 "",
		"255.255.255.255":           "",
		"::/0":                      "",
		"ffff::":                    "",
		"10.0.0.4":                  "",
		"AzureCloud":                "",
		"*":                         "",
		"":                          "",
		"13.69.66.1-2603:1020::":    "",
	} {
		if got := TagOf(text); got != want {
			t.Errorf("TagOf(%q) = %q, want %q", text, got, want)
		}
	}
}
