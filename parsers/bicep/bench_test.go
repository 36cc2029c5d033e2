package bicep

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// benchmarkText has the mixture of syntax that modules of a registry have.
const benchmarkText = `metadata name = 'Accounts'
metadata description = 'This module deploys an account with its databases and the network around it.'

targetScope = 'resourceGroup'

// ============ //
// Parameters   //
// ============ //

@description('Required. Name of the account. It has to be unique in the whole cloud.')
@minLength(3)
@maxLength(44)
param name string

@description('Optional. Location of all resources.')
param location string = resourceGroup().location

@description('Optional. Tags of the account.')
param tags object = {}

@description('Optional. The places from which data is served.')
param locations locationType[]?

@secure()
@description('Optional. A secret that goes to the vault.')
param secret string = ''

@allowed([
  'Eventual'
  'Session'
  'Strong'
])
@description('Optional. The default consistency level.')
param consistency string = 'Session'

@description('Optional. Turn the firewall on. The default is true.')
param networkRestrictions networkType = {
  publicNetworkAccess: 'Disabled'
  ipRules: []
}

import { roleAssignmentType, lockType as aLock } from 'br/public:example/types:0.1.0'

var shortName = toLower(replace('${name}-${uniqueString(resourceGroup().id, location)}', '--', '-'))
var allLocations = !empty(locations ?? []) ? map(locations!, (l, i) => {
  locationName: l.name
  failoverPriority: l.?priority ?? i
  isZoneRedundant: l.?zones ?? true
}) : [
  {
    locationName: location
    failoverPriority: 0
  }
]

#disable-next-line no-deployments-resources
resource telemetry 'Microsoft.Resources/deployments@2024-03-01' = if (!empty(tags) && name != 'none') {
  name: take('46d3xbcp.example.${replace('-..--..-', '.', '-')}.${substring(uniqueString(deployment().name), 0, 4)}', 64)
  properties: {
    mode: 'Incremental'
    template: {
      '$schema': 'https://example.com/schemas/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      resources: []
    }
  }
}

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: shortName
  location: location
  tags: union(tags, { kind: 'data' })
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    consistencyPolicy: { defaultConsistencyLevel: consistency }
    locations: allLocations
    disableLocalAuth: true
    publicNetworkAccess: networkRestrictions.?publicNetworkAccess ?? 'Disabled'
    ipRules: [for rule in networkRestrictions.ipRules: {
      ipAddressOrRange: rule
    }]
    ...(consistency == 'Strong'
      ? {
          enableMultipleWriteLocations: false
        }
      : {})
  }

  resource databases 'sqlDatabases' = [for (db, index) in range(0, 3): {
    name: 'db${index}'
    properties: { resource: { id: 'db${index}' } }
  }]
}

module endpoint 'modules/endpoint.bicep' = [for (subnet, i) in (networkRestrictions.?subnets ?? []): if (i < 5) {
  name: '${uniqueString(deployment().name, location)}-endpoint-${i}'
  params: {
    target: account.id
    subnetId: subnet.id
    text: '''
      several lines
      of text
    '''
  }
}]

@description('The name of the account.')
output name string = account.name

@description('The id of the first database.')
output databaseId string = account::databases[0].id

@export()
@description('The type of a location.')
type locationType = {
  @description('Required. The name.')
  name: string

  @description('Optional. The priority.')
  priority: int?
  zones: bool?
  *: string
}

type networkType = {
  publicNetworkAccess: ('Enabled' | 'Disabled')?
  ipRules: string[]
}

func prefixed(text string, prefix string?) string => '${prefix ?? 'p'}-${text}'
`

func TestParseBenchmarkText(t *testing.T) {
	f, diags := parse(benchmarkText)
	if len(diags) > 0 {
		t.Fatal(messages(diags))
	}
	checkFile(t, f, diags)
}

func BenchmarkParse(b *testing.B) {
	f := source.NewFile("main.bicep", []byte(strings.Repeat(benchmarkText, 20)))
	b.SetBytes(int64(len(f.Data)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(f)
	}
}

func BenchmarkLex(b *testing.B) {
	text := strings.Repeat(benchmarkText, 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		p := &parser{out: &File{}, lex: lexer{src: text}}
		for p.shift(); p.tok.kind != tEOF; {
			p.skipToken()
		}
	}
}
