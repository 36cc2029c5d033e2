package cosmos

import "slices"

// PortalAddresses are the addresses from which the Azure portal reaches accounts in one cloud.
type PortalAddresses struct {
	Cloud string
	// Current are those of the middleware in use: for every account, and those that MongoDB or Cassandra accounts need
	// besides.
	Current, MongoDB, Cassandra []string
	// Legacy are those that nothing of the portal uses any more: since its move to other addresses was completed they
	// "can now be safely removed".
	Legacy []string
}

// Portal lists the addresses by cloud, as of 2026-11; see
// https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#azure-portal-middleware-ip-addresses and
// https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#legacy-middleware-ip-addresses.
var Portal = []PortalAddresses{
	{
		Cloud:     "Azure Public",
		Current:   []string{"13.91.105.215", "4.210.172.107", "13.88.56.148", "40.91.218.243"},
		MongoDB:   []string{"20.245.81.54", "40.118.23.126", "40.80.152.199", "13.95.130.121"},
		Cassandra: []string{"40.113.96.14", "104.42.11.145", "137.117.230.240", "168.61.72.237"},
		Legacy:    []string{"104.42.195.92", "40.76.54.131", "52.176.6.30", "52.169.50.45", "52.187.184.26"},
	},
	{
		Cloud:     "Azure China",
		Current:   []string{"163.228.137.6", "143.64.170.142"},
		MongoDB:   []string{"52.131.240.99", "143.64.61.130"},
		Cassandra: []string{"40.73.99.146", "143.64.62.47"},
		Legacy:    []string{"139.217.8.252", "52.176.6.30", "52.169.50.45", "52.187.184.26"},
	},
	{
		Cloud:     "Azure US Government",
		Current:   []string{"52.247.163.6", "52.244.134.181"},
		MongoDB:   []string{"52.244.176.112", "52.247.148.42"},
		Cassandra: []string{"52.244.50.101", "52.227.165.24"},
		Legacy:    []string{"52.244.48.71", "52.176.6.30", "52.169.50.45", "52.187.184.26"},
	},
	{
		// Only in editions of the page from before 2022, which was when that cloud existed.
		Cloud:  "Azure Germany",
		Legacy: []string{"51.4.229.218"},
	},
}

var legacyPortal = legacyRanges()

func legacyRanges() []Range {
	var out []Range
	for _, cloud := range Portal {
		for _, a := range cloud.Legacy {
			out = append(out, mustParse(a))
		}
	}
	return out
}

// IsLegacyPortal reports whether the range is one address that the portal used to have.
func (r Range) IsLegacyPortal() bool { return slices.Contains(legacyPortal, r) }
