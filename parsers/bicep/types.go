package bicep

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/template"
)

// spellings are names of resource types as the compiler spells them, by provider. Where a file refers to a resource whose type it
// has in other letters, the id in the compiled template has these. Source: the resourceId calls in the compiled modules of
// Azure/bicep-registry-modules, and the resource reference of Azure.
const spellings = `
ApiManagement: apiLinks apis apiVersionSets authorizationServers backends caches diagnostics groupLinks groups
  identityProviders loggers namedValues operations policies portalsettings products service subscriptions workspaces
App: authConfigs certificates containerApps jobs managedEnvironments sessionPools storages
AppConfiguration: configurationStores keyValues replicas
Authorization: policyAssignments policyExemptions roleAssignments roleAssignmentScheduleRequests roleDefinitions
  roleEligibilityScheduleRequests
Automation: automationAccounts credentials hybridRunbookWorkerGroups hybridRunbookWorkers jobSchedules modules
  runbooks schedules sourceControls variables webhooks
Cache: accessPolicies accessPolicyAssignments databases firewallRules linkedServers redis redisEnterprise
Cdn: afdEndpoints customDomains endpoints originGroups origins profiles routes rules ruleSets secrets securityPolicies
CognitiveServices: accounts deployments projects
Compute: applications availabilitySets diskEncryptionSets disks extensions galleries images proximityPlacementGroups
  sshPublicKeys virtualMachines virtualMachineScaleSets
ContainerInstance: containerGroups
ContainerRegistry: cacheRules credentialSets registries replications scopeMaps tasks tokens webhooks
ContainerService: agentPools maintenanceConfigurations managedClusters
DBforPostgreSQL: administrators advancedThreatProtectionSettings configurations databases firewallRules
  flexibleServers serverGroupsv2
DataFactory: factories integrationRuntimes linkedservices managedPrivateEndpoints managedVirtualNetworks
DesktopVirtualization: applicationGroups applications hostPools scalingPlans workspaces
DigitalTwins: digitalTwinsInstances endpoints
DocumentDB: cassandraClusters cassandraKeyspaces cassandraRoleAssignments cassandraRoleDefinitions
  clientEncryptionKeys collections containers databaseAccounts dataCenters dataTransferJobs firewallRules graphs
  gremlinDatabases mongoClusters mongodbDatabases mongodbRoleDefinitions mongodbUserDefinitions notebookWorkspaces
  privateEndpointConnections services sqlDatabases sqlRoleAssignments sqlRoleDefinitions storedProcedures tables
  throughputSettings triggers userDefinedFunctions users views
EventGrid: caCertificates clientGroups clients domains eventSubscriptions namespaces permissionBindings systemTopics
  topics topicSpaces
EventHub: authorizationRules consumergroups disasterRecoveryConfigs eventhubs namespaces networkRuleSets
Insights: actionGroups activityLogAlerts components dataCollectionEndpoints dataCollectionRules diagnosticSettings
  metricAlerts privateLinkScopes scheduledQueryRules scopedResources webtests
KeyVault: accessPolicies keys secrets vaults
Logic: agreements assemblies certificates integrationAccounts maps partners schemas workflows
ManagedIdentity: federatedIdentityCredentials userAssignedIdentities
Network: accessRules applicationGateways ApplicationGatewayWebApplicationFirewallPolicies applicationSecurityGroups
  azureFirewalls backendAddressPools backendHttpSettingsCollection bastionHosts connectionMonitors connections
  connectivityConfigurations ddosProtectionPlans dnsForwardingRulesets dnsResolvers dnssecConfigs dnsZones
  expressRouteCircuits expressRouteGateways ExpressRoutePorts firewallPolicies flowLogs forwardingRules frontDoors
  FrontDoorWebApplicationFirewallPolicies frontendIPConfigurations frontendPorts httpListeners hubRouteTables
  hubVirtualNetworkConnections inboundEndpoints inboundNatRules ipGroups links loadBalancers localNetworkGateways
  natGateways natRules networkGroups networkInterfaces networkManagers networkSecurityGroups networkSecurityPerimeters
  networkWatchers outboundEndpoints privateDnsZoneGroups privateDnsZones privateEndpoints privateLinkServices probes
  profiles publicIPAddresses publicIPPrefixes resourceAssociations routeMaps routeTables routingConfigurations
  routingIntent ruleCollectionGroups ruleCollections rules scopeConnections securityAdminConfigurations
  serviceEndpointPolicies staticMembers subnets trafficmanagerprofiles virtualHubs virtualNetworkGateways
  virtualNetworkLinks virtualNetworkPeerings virtualNetworks virtualWans vpnConnections vpnGateways
  vpnServerConfigurations vpnSites
OperationalInsights: clusters dataExports dataSources linkedServices linkedStorageAccounts savedSearches
  storageInsightConfigs tables workspaces
RecoveryServices: backupconfig backupFabrics backupPolicies backupstorageconfig protectedItems protectionContainers
  replicationAlertSettings replicationFabrics replicationPolicies replicationProtectionContainerMappings
  replicationProtectionContainers vaults
Relay: authorizationRules hybridConnections namespaces networkRuleSets wcfRelays
Resources: deployments deploymentScripts resourceGroups tags
Search: searchServices sharedPrivateLinkResources
ServiceBus: authorizationRules disasterRecoveryConfigs migrationConfigurations namespaces networkRuleSets queues rules
  subscriptions topics
SignalRService: signalR webPubSub
Sql: auditingSettings backupLongTermRetentionPolicies backupShortTermRetentionPolicies databases elasticPools
  encryptionProtector failoverGroups firewallRules instancePools keys managedInstances securityAlertPolicies servers
  virtualNetworkRules vulnerabilityAssessments
Storage: blobServices containers fileServices immutabilityPolicies localUsers objectReplicationPolicies queues
  queueServices shares storageAccounts tables tableServices
Web: basicPublishingCredentialsPolicies certificates config configurations connectionGateways connections
  customDomains extensions hostingEnvironments hostNameBindings hybridConnectionNamespaces linkedBackends locations
  managedApis relays serverfarms sites slots staticSites
`

// spelled has the spellings by provider, and by provider and name, in lower case.
var spelled = readSpellings(spellings)

func readSpellings(table string) map[string]string {
	m := map[string]string{}
	provider := ""
	for _, word := range strings.Fields(table) {
		if name, ok := strings.CutSuffix(word, ":"); ok {
			provider = strings.ToLower("Microsoft." + name)
			m[provider] = "Microsoft." + name
			continue
		}
		m[provider+"/"+strings.ToLower(word)] = word
	}
	return m
}

// respell gives the type of a resource, whose parents are known, the spelling of the compiler.
func respell(r *template.Resource) {
	root := r
	for root.Parent != nil {
		root = root.Parent
	}
	provider, _, _ := strings.Cut(strings.ToLower(root.Type), "/")
	names := strings.Split(r.Type, "/")
	for i, name := range names {
		key := provider + "/" + strings.ToLower(name)
		if r == root && i == 0 {
			key = provider
		}
		if s := spelled[key]; s != "" {
			names[i] = s
		}
	}
	r.Type = strings.Join(names, "/")
}
