package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
)

// VaultSecretType is a secret of a key vault.
const VaultSecretType = "Microsoft.KeyVault/vaults/secrets"

// SettingsTypes are the types of resources that hand settings to a program, in which a key can be: whoever may read the
// resource, or run something in it, gets the key. A type that ends with "/" covers all types below it.
var SettingsTypes = []string{
	"Microsoft.Web/sites", "Microsoft.Web/sites/config", "Microsoft.Web/sites/slots", "Microsoft.Web/sites/slots/config",
	"Microsoft.Web/staticSites", "Microsoft.Web/staticSites/",
	"Microsoft.App/containerApps", "Microsoft.App/jobs", "Microsoft.App/managedEnvironments/daprComponents",
	"Microsoft.App/connectedEnvironments/daprComponents",
	"Microsoft.ContainerInstance/containerGroups",
	"Microsoft.AppConfiguration/configurationStores/keyValues",
	"Microsoft.Compute/virtualMachines/extensions", "Microsoft.Compute/virtualMachines/runCommands",
	"Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Compute/virtualMachineScaleSets/extensions",
	"Microsoft.AppPlatform/Spring/",
	"Microsoft.Resources/deploymentScripts",
	// What programs in a cluster are told, which is no resource of Azure: the names are those of Terraform's providers.
	"kubernetes_secret", "kubernetes_secret_v1", "kubernetes_config_map", "kubernetes_config_map_v1", "helm_release",
}

// TakesSettings reports whether a resource is of one of the SettingsTypes.
func TakesSettings(r *model.Resource) bool {
	for _, t := range SettingsTypes {
		below := strings.HasSuffix(t, "/") && len(r.Type) > len(t) && strings.EqualFold(r.Type[:len(t)], t)
		if below || r.Is(t) {
			return true
		}
	}
	return false
}

// Protected reports whether a path leads to settings that are stored encrypted and never returned: those that an extension
// of a virtual machine calls protected.
func Protected(path string) bool { return strings.Contains(strings.ToLower(path), "protectedsettings") }
