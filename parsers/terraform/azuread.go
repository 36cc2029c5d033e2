package terraform

import "strings"

// passedThrough reports whether instances of a type of another provider are kept as they are, under Terraform's name: what
// a tenant is made of, and where a secret may end.
func passedThrough(typ string) bool {
	if strings.HasPrefix(typ, "azuread_") {
		return true
	}
	switch typ {
	case "kubernetes_secret", "kubernetes_secret_v1", "kubernetes_config_map", "kubernetes_config_map_v1", "helm_release",
		"github_actions_secret", "local_file", "local_sensitive_file":
		return true
	}
	return false
}
