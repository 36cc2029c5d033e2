// Logs the traffic of a virtual network, and has it analysed.

param location string
param networkId string
param storageId string
param workspaceId string

resource watcher 'Microsoft.Network/networkWatchers@2024-05-01' existing = {
  name: 'NetworkWatcher_${location}'

  resource flowLog 'flowLogs' = {
    name: last(split(networkId, '/'))
    location: location
    properties: {
      targetResourceId: networkId
      storageId: storageId
      enabled: true
      retentionPolicy: { enabled: true, days: 90 }
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: {
          enabled: true
          workspaceResourceId: workspaceId
          trafficAnalyticsInterval: 10
        }
      }
    }
  }
}
