// Package rules has the rules: one file each, listed here in order of their ids.
package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
)

// All is the table of contents.
var All = []*rule.Rule{
	PublicNetworkOpen,               // CDB101
	FirewallOpenToInternet,          // CDB102
	FirewallOpenToAzure,             // CDB103
	FirewallRangeTooBroad,           // CDB104
	PublicNetworkEnabled,            // CDB105
	PrivateEndpointFragile,          // CDB106
	PrivateAddressInFirewall,        // CDB107
	LegacyPortalAddress,             // CDB108
	VNetRulesIgnored,                // CDB109
	MissingServiceEndpointTolerated, // CDB110
	SubnetWithoutServiceEndpoint,    // CDB111
	TrustedServicesBypass,           // CDB112
	BypassResourceWildcard,          // CDB113
	CORSAnyOrigin,                   // CDB114
	PerimeterNotAssociated,          // CDB115
	AccountUnreachable,              // CDB116
	PrivateEndpointMissing,          // CDB121
	PrivateEndpointWrongGroup,       // CDB122
	PrivateEndpointManualApproval,   // CDB123
	PrivateDNSZoneGroupMissing,      // CDB124
	PrivateDNSZoneMismatch,          // CDB125
	PrivateDNSZoneNotLinked,         // CDB126
	PrivateEndpointNSGBypassed,      // CDB127
	LocalAuthEnabled,                // CDB201
	KeyMetadataWriteEnabled,         // CDB202
	DataPlaneRoleWildcard,           // CDB203
	DataPlaneAssignmentAccountWide,  // CDB204
	RoleCanListKeys,                 // CDB205
	WorkloadWithoutManagedIdentity,  // CDB206
	ConsumerUsesAccountKey,          // CDB207
	CassandraAuthenticationOff,      // CDB208
	LocalAuthEnabledOtherAPI,        // CDB209
	AccountKeyHardcoded,             // CDB301
	AccountKeyInOutput,              // CDB302
	AccountKeyInAppSettings,         // CDB303
	AccountKeyInKeyVault,            // CDB304
	AdminPasswordExposed,            // CDB305
	AccountKeyInDeploymentHistory,   // CDB306
	DefenderDisabled,                // CDB401
	DiagnosticLogsMissing,           // CDB402
	DiagnosticLogsIncomplete,        // CDB403
	WeakTLS,                         // CDB404
	CustomerManagedKeyMissing,       // CDB405
	KeyVersionPinned,                // CDB406
	PropertyIgnoredByAPIVersion,     // CDB407
	BackupNotContinuous,             // CDB408
	SingleZoneOrRegion,              // CDB409
	SubnetWithoutNSG,                // CDB501
	NSGOpenInbound,                  // CDB502
	FlowLogsMissing,                 // CDB503
	RawServiceAddress,               // CDB504
	PerHostRules,                    // CDB505
	HybridLinkWeak,                  // CDB511
	PeeringForwardsForeignTraffic,   // CDB512
	FirewallThreatIntelOff,          // CDB521
	FirewallIDPSOff,                 // CDB522
	DDoSProtectionMissing,           // CDB523
	WAFOff,                          // CDB524
	DNSZoneUnlocked,                 // CDB531
	DanglingDNSRecord,               // CDB532
	ApplicationPassword,             // CDB601
	ConditionalAccessNotEnforced,    // CDB602
	ConditionalAccessWithoutMFA,     // CDB603
	LegacyAuthenticationAllowed,     // CDB604
	SignInLogsNotExported,           // CDB605
	ApplicationOpenToAllUsers,       // CDB606
}

// look is the deployment as all rules see it, related once.
func look(p *rule.Pass) *cosmos.View {
	type key struct{}
	return rule.Fact(p, key{}, cosmos.Look)
}

// keysAreUsed reports whether something in the deployment works with a key of an account.
func keysAreUsed(p *rule.Pass) bool {
	type key struct{}
	return rule.Fact(p, key{}, cosmos.UsesKeys)
}

// around finds what is around the Cosmos DB resources of a deployment, once for all rules; with the scope all it takes
// everything.
func around(p *rule.Pass) *cosmos.Surroundings {
	type key struct{}
	return rule.Fact(p, key{}, func(*model.Deployment) *cosmos.Surroundings {
		return cosmos.Around(look(p), p.Settings.Scope == rule.ScopeAll)
	})
}
