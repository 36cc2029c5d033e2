// An account that is reached through a private endpoint alone, and by Microsoft Entra identities alone.

@description('Name of the account.')
param accountName string

param location string = resourceGroup().location

@description('Id of the Log Analytics workspace that takes the logs.')
param workspaceId string

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

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${accountName}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/24'] }
    subnets: [
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.0.0.0/27', privateEndpointNetworkPolicies: 'Enabled' }
      }
    ]
  }
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
