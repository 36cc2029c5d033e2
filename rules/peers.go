package rules

import (
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// Peer is a check of another tool, what it asks in our words, and which of our rules ask that or more.
type Peer struct {
	Tool, ID string
	// Reads are the languages that it looks at, of "ARM", "Bicep" and "Terraform"; "deployed" is what arrives at Azure.
	Reads string
	Asks  string
	// Rules are ours, with blanks between; none when we do not ask that, and Asks says why.
	Rules string
}

// PeerTools are the tools, in the order in which they are shown. Read were checkov 03d5fda, trivy-checks 80e5382,
// Azure Policy f4a50ba (all 2026), terrascan d0405c2 (2025), the steampipe mod 9c1246e (2026), semgrep-rules 157ae47 (2024),
// PSRule.Rules.Azure 1.47.0, template-analyzer de6494b (2025), which brings version 1.33.2 of those rules, KICS and prowler (2026).
var PeerTools = []string{
	"Checkov", "PSRule", "template-analyzer", "KICS", "Terrascan", "Trivy", "Semgrep", "Steampipe", "Prowler",
	"Azure Policy",
}

const (
	armBicep  = "ARM, Bicep"
	everyIaC  = "ARM, Bicep, Terraform"
	terraform = "Terraform"
	deployed  = "deployed"
)

// Peers are the checks of other tools about Azure Cosmos DB, and those about what is around it of which we ask the same.
// Policies of Azure that a rule has among its controls are not repeated here.
var Peers = []Peer{
	// checkov/{arm,bicep,terraform}/checks; Bicep runs those of ARM.
	{"Checkov", "CKV_AZURE_99", everyIaC, "The account has addresses or subnets and the flag for subnets", "CDB101 CDB109"},
	{"Checkov", "CKV_AZURE_100", everyIaC, "A customer-managed key is set; in ARM and Bicep only where the type is spelled DocumentDb", "CDB405"},
	{"Checkov", "CKV_AZURE_101", everyIaC, "Public network access is off", "CDB101 CDB105 CDB106 CDB121"},
	{"Checkov", "CKV_AZURE_132", everyIaC, "Keys cannot write metadata", "CDB202"},
	{"Checkov", "CKV_AZURE_140", everyIaC, "Keys are off", "CDB201 CDB209"},
	{"Checkov", "CKV_AZURE_16", everyIaC, "Every app has an identity", "CDB206"},
	{"Checkov", "CKV_AZURE_71", everyIaC, "Every app says which identity it has", "CDB206"},
	{"Checkov", "CKV_AZURE_131", armBicep, "A secure parameter has no default", "CDB305"},
	{"Checkov", "CKV_AZURE_19", everyIaC, "Every Defender plan is Standard", "CDB401"},
	{"Checkov", "CKV2_AZURE_31", terraform, "Every subnet has a network security group", "CDB501"},
	{"Checkov", "CKV_AZURE_9", everyIaC, "No group lets the internet in to port 3389", "CDB502"},
	{"Checkov", "CKV_AZURE_10", everyIaC, "No group lets the internet in to port 22", "CDB502"},
	{"Checkov", "CKV_AZURE_77", everyIaC, "No group lets the internet in over UDP", "CDB502"},
	{"Checkov", "CKV_AZURE_160", everyIaC, "No group lets the internet in to port 80", "CDB502"},
	{"Checkov", "CKV_AZURE_12", everyIaC, "Flow logs are kept for 90 days", "CDB503"},
	{"Checkov", "CKV_AZURE_216", everyIaC, "Threat intelligence of a firewall denies", "CDB521"},
	{"Checkov", "CKV_AZURE_219", terraform, "A firewall has a policy", "CDB521"},
	{"Checkov", "CKV_AZURE_220", terraform, "Intrusion detection of a policy denies", "CDB522"},
	{"Checkov", "CKV_AZURE_120", terraform, "An application gateway has a web application firewall", "CDB524"},
	{"Checkov", "CKV_AZURE_121", everyIaC, "Front Door has a web application firewall", "CDB524"},
	{"Checkov", "CKV_AZURE_122", terraform, "The firewall policy of an application gateway is on", "CDB524"},
	{"Checkov", "CKV_AZURE_123", everyIaC, "The firewall policy of Front Door is on", "CDB524"},

	// src/PSRule.Rules.Azure/rules/Azure.Cosmos.Rule.ps1 and beside it.
	{"PSRule", "Azure.Cosmos.PublicAccess", armBicep, "Public network access is off", "CDB101 CDB105 CDB106 CDB121"},
	{"PSRule", "Azure.Cosmos.NoSQLLocalAuth", armBicep, "Keys of a NoSQL account are off", "CDB201"},
	{"PSRule", "Azure.Cosmos.EntraID", armBicep, "A vCore cluster takes Entra ID", "CDB201"},
	{"PSRule", "Azure.Cosmos.DisableMetadataWrite", armBicep, "Keys cannot write metadata", "CDB202"},
	{"PSRule", "Azure.Cosmos.MinTLS", armBicep, "TLS 1.2 is set", "CDB404"},
	{"PSRule", "Azure.Cosmos.DefenderCloud", armBicep, "Defender is on for the account; off by default", "CDB401"},
	{"PSRule", "Azure.Defender.CosmosDb", armBicep, "The Defender plan is Standard", "CDB401"},
	{"PSRule", "Azure.Cosmos.ContinuousBackup", armBicep, "Backup is continuous", "CDB408"},
	{"PSRule", "Azure.Cosmos.AvailabilityZone", armBicep, "Regions are zone redundant", "CDB409"},
	{"PSRule", "Azure.Deployment.OutputSecretValue", armBicep, "No output returns a secret", "CDB302"},
	{"PSRule", "Azure.Deployment.SecureValue", armBicep, "Passwords come through secure parameters", "CDB305"},
	{"PSRule", "Azure.VNET.UseNSGs", armBicep, "Every subnet has a network security group", "CDB501"},
	{"PSRule", "Azure.NSG.AnyInboundSource", armBicep, "No group lets in any source", "CDB502"},
	{"PSRule", "Azure.Firewall.Mode", armBicep, "Threat intelligence of a firewall denies", "CDB521"},
	{"PSRule", "Azure.Firewall.PolicyMode", armBicep, "Threat intelligence of a policy denies", "CDB521"},
	{"PSRule", "Azure.Cosmos.MongoAvailabilityZone", armBicep, "A vCore cluster is zone redundant: CDB409 asks that of accounts alone", ""},
	{"PSRule", "Azure.MICassandra.AvailabilityZone", armBicep, "A Cassandra cluster is zone redundant: CDB409 asks that of accounts alone", ""},
	{"PSRule", "Azure.Cosmos.AccountName", armBicep, "Names have the form that Azure asks for: Azure itself refuses others", ""},
	{"PSRule", "Azure.Cosmos.SLA", armBicep, "The account is no free one: that is no question of security", ""},

	// template-analyzer has none of its own about Cosmos DB.
	{"template-analyzer", "Azure.Cosmos.DisableMetadataWrite", armBicep, "As PSRule", "CDB202"},
	{"template-analyzer", "Azure.Cosmos.DefenderCloud", armBicep, "As PSRule", "CDB401"},
	{"template-analyzer", "Azure.Defender.CosmosDb", armBicep, "As PSRule", "CDB401"},
	{"template-analyzer", "Azure.Deployment.OutputSecretValue", armBicep, "As PSRule", "CDB302"},

	// assets/queries/terraform/azure.
	{"KICS", "c2a3efb6-8a58-481c-82f2-bfddf34bb4b7", terraform, "A list of addresses is set", "CDB101"},
	{"KICS", "dda11a20-c7c2-43f8-bd52-a4c029ad15e4", terraform, "A private endpoint in the same file names the account", "CDB121"},
	{"KICS", "56dad03e-e94f-4dd6-93a4-c253a03ff7a0", terraform, "The account has tags: they protect nothing", ""},

	// pkg/policies/opa/rego/azure/azurerm_cosmosdb_account.
	{"Terrascan", "AC_AZURE_0184", "ARM, Terraform", "A list of addresses is set", "CDB101"},
	{"Terrascan", "AC_AZURE_0277", "ARM, Terraform", "The account has tags: they protect nothing", ""},

	// checks/cloud/azure: none about Cosmos DB.
	{"Trivy", "AZU-0045", "ARM, Terraform", "Every Defender plan is Standard", "CDB401"},
	{"Trivy", "AZU-0047", "ARM, Terraform", "No group lets in the internet", "CDB502"},
	{"Trivy", "AZU-0048", "ARM, Terraform", "No group lets the internet in to port 3389", "CDB502"},
	{"Trivy", "AZU-0050", "ARM, Terraform", "No group lets the internet in to port 22", "CDB502"},
	{"Trivy", "AZU-0074", "ARM, Terraform", "No group lets the internet in to well-known ports", "CDB502"},
	{"Trivy", "AZU-0049", "ARM, Terraform", "Flow logs are kept for 90 days", "CDB503"},
	{"Trivy", "AZU-0073", "ARM, Terraform", "Flow logs are on", "CDB503"},

	// terraform/azure/security.
	{"Semgrep", "azure-cosmosdb-accounts-restricted-access", terraform, "Public access is off, or the flag for subnets is on with a list", "CDB101 CDB109"},
	{"Semgrep", "azure-cosmosdb-disables-public-network", terraform, "Public network access is off", "CDB101 CDB105 CDB106 CDB121"},
	{"Semgrep", "azure-cosmosdb-disable-access-key-write", terraform, "Keys cannot write metadata", "CDB202"},
	{"Semgrep", "azure-cosmosdb-have-cmk", terraform, "A customer-managed key is set", "CDB405"},

	// turbot/steampipe-mod-terraform-azure-compliance, query/cosmosdb.pp; cosmodb is their spelling.
	{"Steampipe", "cosmosdb_use_virtual_service_endpoint", terraform, "A rule for a subnet is there", "CDB109 CDB121"},
	{"Steampipe", "cosmosdb_account_with_firewall_rules", terraform, "Not open, as far as it is written", "CDB101"},
	{"Steampipe", "cosmodb_account_restrict_public_access", terraform, "Public access is off, or the flag for subnets is on with a list", "CDB101 CDB109"},
	{"Steampipe", "cosmodb_account_public_network_access_disabled", terraform, "Public network access is off", "CDB101 CDB105 CDB106 CDB121"},
	{"Steampipe", "cosmodb_account_local_authentication_disabled", terraform, "Keys are off", "CDB201 CDB209"},
	{"Steampipe", "cosmodb_account_access_key_metadata_writes_disabled", terraform, "Keys cannot write metadata", "CDB202"},
	{"Steampipe", "cosmosdb_account_encryption_at_rest_using_cmk", terraform, "A customer-managed key is set", "CDB405"},

	// prowler/providers/azure/services/cosmosdb.
	{"Prowler", "cosmosdb_account_firewall_use_selected_networks", deployed, "The flag for subnets is on", "CDB101 CDB109"},
	{"Prowler", "cosmosdb_account_public_network_access_disabled", deployed, "Public network access is off", "CDB101 CDB105 CDB106 CDB121"},
	{"Prowler", "cosmosdb_account_use_private_endpoints", deployed, "A private endpoint connection is there", "CDB121"},
	{"Prowler", "cosmosdb_account_use_aad_and_rbac", deployed, "Keys are off", "CDB201 CDB209"},
	{"Prowler", "cosmosdb_account_minimum_tls_version", deployed, "TLS 1.2 is set", "CDB404"},
	{"Prowler", "cosmosdb_account_backup_policy_continuous", deployed, "Backup is continuous", "CDB408"},
	{"Prowler", "cosmosdb_account_automatic_failover_enabled", deployed, "The account fails over by itself", "CDB409"},

	// built-in-policies/policyDefinitions.
	{"Azure Policy", "65e3adf0-0793-4cd2-af1f-134216ad5ce1", deployed, "Addresses are of a given list, or the flag for subnets is on", "CDB102 CDB104"},
	{"Azure Policy", "da69ba51-aaf1-41e5-8651-607cd0b37088", deployed, "Public network access is turned off", "CDB101 CDB407"},
	{"Azure Policy", "ea79b84d-f538-475d-a6ef-7951747a3455", deployed, "Private endpoints are of this subscription: files do not tell", ""},
	{"Azure Policy", "9d83ccb1-f313-46ce-9d39-a198bfdb51a0", deployed, "Keys are not old: files do not tell", ""},
	{"Azure Policy", "0473574d-2d43-4217-aefe-941fcdf7e684", deployed, "Locations are those of a given list: that is no question of security", ""},
	{"Azure Policy", "0b7ef78e-a035-4f23-b9bd-aff122a1b1cf", deployed, "Throughput is limited: that is no question of security", ""},
	{"Azure Policy", "44c5a1f9-7ef6-4c38-880c-273e8f7a3c24", deployed, "Regions are zone redundant", "CDB409"},
	{"Azure Policy", "e71308d3-144b-4262-b144-efdc3cc90517", deployed, "Every subnet has a network security group", "CDB501"},
	{"Azure Policy", "c251913d-7d24-4958-af87-478ed3b9ba41", deployed, "Every group has flow logs", "CDB503"},
	{"Azure Policy", "4c3c6c5f-0d47-4402-99b8-aa543dd8bcee", deployed, "Every virtual network has flow logs", "CDB503"},
	{"Azure Policy", "27960feb-a23c-4577-8d36-ef8b5f35e0be", deployed, "Flow logs are on", "CDB503"},
	{"Azure Policy", "2f080164-9f4d-497e-9db6-416dc9f7b48a", deployed, "Flow logs have traffic analytics", "CDB503"},
	{"Azure Policy", "21a6bc25-125e-4d13-b82d-2e19b7208ab7", deployed, "Point-to-site takes Entra ID only", "CDB511"},
	{"Azure Policy", "e345b6c3-24bd-4c93-9bbb-7e5e49a17b78", deployed, "No VPN gateway is Basic", "CDB511"},
	{"Azure Policy", "7c591a93-c34c-464c-94ac-8f9f9a46e3d6", deployed, "A firewall has threat intelligence", "CDB521"},
	{"Azure Policy", "da79a7e2-8aa1-45ed-af81-ba050c153564", deployed, "A firewall policy has threat intelligence", "CDB521"},
	{"Azure Policy", "a7aca53f-2ed4-4466-a25e-0b45ade68efd", deployed, "A network with a gateway has DDoS protection", "CDB523"},
	{"Azure Policy", "94de2ad3-e0c1-4caf-ad78-5d47bbc83d3d", deployed, "Every network has DDoS protection", "CDB523"},
	{"Azure Policy", "564feb30-bf6a-4854-b4bb-0d2d2d1e6c66", deployed, "An application gateway has a web application firewall", "CDB524"},
	{"Azure Policy", "055aa869-bc98-4af8-bafc-23f1ab6ffe2c", deployed, "Front Door has a web application firewall", "CDB524"},
}

// policies are what those policies of Azure ask that rules have among their controls.
var policies = map[string]string{
	"862e97cf-49fc-4a5c-9de4-40d4e2e7c8eb": "The account has a list of addresses, the flag for subnets, an approved private endpoint, or no public access",
	"797b37f7-06b8-444c-b1ad-fc62867f335a": "Public network access is off",
	"12339a85-a25c-4f17-9f82-4766f13f5c4c": "The list of addresses does not let in all of Azure",
	"e0a2b1a3-f7f9-4569-807f-2a9edebdf4d9": "A rule for a subnet is there",
	"58440f8a-10c5-4151-bdce-dfbaad4a20b7": "An approved private endpoint is there",
	"b609e813-3156-4079-91fa-a8494c1471c4": "A private endpoint is made",
	"a63cc0bd-cda4-4178-b705-37dc439d3e0f": "A group of private DNS zones is made",
	"5450f5bd-9c72-4390-a9c4-a7aba4edfdd2": "Keys are off, unless a capability is that of another API",
	"dc2d41d1-4ab1-4666-a3e1-3d51c43e0049": "Keys are turned off, unless a capability is that of another API",
	"4750c32b-89c0-46af-bfcb-2e4541a818d5": "Keys are kept from writing metadata",
	"0da106f2-4ca3-48e8-bc85-c638fe6aea8f": "Every function app has an identity",
	"2b9ad585-36bc-4615-b300-fd4435808332": "Every app has an identity",
	"127ef6d7-242f-43b3-9eef-947faf1725d0": "Linked services take secrets from a key vault",
	"b5f04e03-92a3-4b09-9410-2cc5e5047656": "Defender is turned on for the account",
	"adbe85b5-83e6-4350-ab58-bf3a4f736e5e": "The Defender plan is on",
	"82bf5b87-728b-4a74-ba4d-6123845cf542": "The Defender plan is turned on",
	"68ba9fc9-71b9-4e6f-9cf5-ecc07722324c": "A diagnostic setting is made",
	"45c6bfc7-4520-4d64-a158-730cd92eedbc": "A diagnostic setting is made",
	"1f905d99-2ab7-462c-a6b0-f709acca6c8f": "A customer-managed key is set",
	"9daedab3-fb2d-461e-b861-71790eead4f6": "Groups of machines restrict all ports",
}

// policy is a policy of Azure that a rule has among its controls.
func policy(id string, r *rule.Rule) Peer {
	p := Peer{Tool: "Azure Policy", ID: id, Reads: deployed, Asks: policies[id]}
	for _, other := range Peers {
		if other.ID == id {
			p.Asks = other.Asks
		}
	}
	p.Rules = r.ID
	return p
}

// PeersOf are the checks of a tool about what a rule asks, in their order; policies out of the rule's controls first.
func PeersOf(r *rule.Rule, tool string) []Peer {
	var out []Peer
	add := func(p Peer) {
		if !slices.ContainsFunc(out, func(o Peer) bool { return o.ID == p.ID }) {
			out = append(out, p)
		}
	}
	for _, c := range r.Controls {
		if tool == "Azure Policy" && c.Catalogue == rule.Policy {
			add(policy(c.ID, r))
		}
	}
	for _, p := range Peers {
		if p.Tool == tool && slices.Contains(strings.Fields(p.Rules), r.ID) {
			add(p)
		}
	}
	return out
}
