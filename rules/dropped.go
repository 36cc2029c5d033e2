package rules

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/cosmos"
)

// decides are the controls of the baseline that a property of an account or a cluster is about. Those of properties that
// are about none, such as encryption, are empty.
var decides = map[string]string{
	"publicNetworkAccess":                "NS-1 NS-3 NS-4",
	"ipRules":                            "NS-1 NS-4",
	"ipRangeFilter":                      "NS-1 NS-4",
	"networkAclBypass":                   "NS-1 NS-4",
	"networkAclBypassResourceIds":        "NS-1",
	"cors":                               "NS-4",
	"dataApi":                            "NS-4",
	"disableLocalAuth":                   "IM-1 IM-2",
	"disableKeyBasedMetadataWriteAccess": "IM-1 IM-2",
	"authConfig":                         "IM-1 IM-2",
	"cassandraAuditLoggingEnabled":       "IM-5",
	"minimalTlsVersion":                  "",
	"keyVaultKeyUri":                     "",
	"encryption":                         "",
	"dataEncryption":                     "",
	"backupPolicy":                       "",
}

// controlsOf are the controls that properties are about, never nil.
func controlsOf(properties []cosmos.Property) []string {
	out := []string{}
	for _, p := range properties {
		for _, id := range strings.Fields(decides[strings.TrimPrefix(p.Path, "properties.")]) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
