// An account that is reached through a private endpoint alone, and by Microsoft Entra identities alone.

@description('Name of the account.')
param accountName string

param location string = resourceGroup().location

@description('Id of the Log Analytics workspace that takes the logs.')
param workspaceId string

@description('Id of the storage account that takes the flow logs of the network.')
param storageId string

@description('Name of the key vault that has a key with the name of the account.')
param vaultName string

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: accountName
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: true }]
    backupPolicy: { type: 'Continuous' }
    keyVaultKeyUri: 'https://${vaultName}${environment().suffixes.keyvaultDns}/keys/${accountName}'
    publicNetworkAccess: 'Disabled'
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
  }
}

// The account's API for NoSQL listens on 443, and on 10250 to 10256 in direct mode.
resource clients 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${accountName}-clients'
  location: location
  properties: {
    securityRules: [
      {
        name: 'clients'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: '10.0.0.0/27'
          destinationPortRanges: ['443', '10250-10256']
        }
      }
      {
        name: 'nobody-else'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${accountName}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/24'] }
    subnets: [
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.0.0.0/27'
          privateEndpointNetworkPolicies: 'Enabled'
          networkSecurityGroup: { id: clients.id }
        }
      }
    ]
  }
}

module flowLogs 'flowlogs.bicep' = {
  name: 'flow-logs'
  scope: resourceGroup('NetworkWatcherRG') // where Azure keeps the region's network watcher
  params: { location: location, networkId: network.id, storageId: storageId, workspaceId: workspaceId }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.documents.azure.com'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: zone
  properties: { level: 'CanNotDelete' }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${accountName}-endpoint'
  location: location
  properties: {
    subnet: { id: network.properties.subnets[0].id }
    privateLinkServiceConnections: [
      {
        name: 'account'
        properties: { privateLinkServiceId: account.id, groupIds: ['Sql'] }
      }
    ]
  }

  resource zones 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: 'documents', properties: { privateDnsZoneId: zone.id } }]
    }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: account
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

resource defender 'Microsoft.Security/advancedThreatProtectionSettings@2019-01-01' = {
  name: 'current'
  scope: account
  properties: { isEnabled: true }
}
