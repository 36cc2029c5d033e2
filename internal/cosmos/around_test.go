package cosmos

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
)

// scene makes a deployment of lines "type name body". In a body "@type:name" is the id of a resource. Types are those of
// Microsoft.Network where nothing else is said; "existing" before the type makes a reference, "maybe" a condition.
func scene(t *testing.T, text string) *View {
	t.Helper()
	d := &model.Deployment{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		words := strings.SplitN(strings.TrimSpace(line), " ", 4)
		word := ""
		if words[0] == "existing" || words[0] == "maybe" {
			word, words = words[0], words[1:]
		}
		body := "{}"
		if len(words) > 2 {
			body = reference.ReplaceAllStringFunc(strings.Join(words[2:], " "), func(ref string) string {
				typ, name, _ := strings.Cut(ref[1:], ":")
				return idOf(fullName(typ), name)
			})
		}
		r := resource(t, fullName(words[0]), words[1], `{"properties": `+body+`}`)
		r.Path, r.Existing = words[1], word == "existing"
		if word == "maybe" {
			r.Exists, r.Condition = model.Maybe, toValue("?parameters('on')")
		}
		d.Resources = append(d.Resources, r)
	}
	for _, r := range d.Resources {
		for _, p := range d.Resources {
			if r != p && strings.HasPrefix(r.Type, p.Type+"/") && childOf(r, p).String() == "true" {
				r.Parent = p
			}
		}
	}
	return Look(d)
}

var reference = regexp.MustCompile(`@[A-Za-z./]+:[a-z0-9/]+`)

func fullName(typ string) string {
	switch {
	case strings.Contains(typ, "."):
		return typ
	case slices.Contains([]string{"databaseAccounts", "cassandraClusters", "mongoClusters"}, typ):
		return "Microsoft.DocumentDB/" + typ
	}
	return "Microsoft.Network/" + typ
}

// told lists what is around, a "?" marking what is undecided.
func (s *Surroundings) told() string {
	var out []string
	list := func(kind string, names ...string) {
		if len(names) > 0 {
			out = append(out, kind+" "+strings.Join(names, " "))
		}
	}
	name := func(n string, t Tie) string {
		if t.Is.String() != "true" {
			n += "?"
		}
		if t.Through != nil {
			n += "<" + t.Through.Path
		}
		return n
	}
	names := func(tied []Tied) (out []string) {
		for _, x := range tied {
			out = append(out, name(x.Resource.Path, x.Tie))
		}
		return out
	}
	var subnets, networks, peerings []string
	for _, x := range s.Subnets {
		n, _ := x.Name.Text()
		subnets = append(subnets, name(n, x.Tie))
	}
	for _, n := range s.Networks {
		id, _ := n.ID.Text()
		id = id[strings.LastIndexByte(id, '/')+1:]
		if n.Resource == nil {
			id += "(elsewhere)"
		}
		if n.Peer {
			id += "(peer)"
		}
		networks = append(networks, name(id, n.Tie))
	}
	for _, p := range s.Peerings {
		peerings = append(peerings, name(p.Resource.Path, p.Tie))
	}
	list("subnets", subnets...)
	list("networks", networks...)
	list("groups", names(s.Groups)...)
	list("peerings", peerings...)
	list("firewalls", names(s.Firewalls)...)
	list("policies", names(s.Policies)...)
	list("gateways", names(s.Gateways)...)
	list("hubs", names(s.Hubs)...)
	list("connections", names(s.Connections)...)
	list("workloads", names(s.Workloads)...)
	list("entries", names(s.Entries)...)
	return strings.Join(out, "; ")
}

const (
	net1 = `virtualNetworks v1 {"subnets": [{"name": "pe", "properties": {"networkSecurityGroup": {"id": "@networkSecurityGroups:g1"}}}, {"name": "app", "properties": {}}]}
		networkSecurityGroups g1 {}
		networkSecurityGroups g2 {}
		`
	pe1 = `privateEndpoints e1 {"subnet": {"id": "@virtualNetworks/subnets:v1/pe"}, "privateLinkServiceConnections": [{"properties": {"privateLinkServiceId": "@databaseAccounts:db", "groupIds": ["Sql"]}}]}
		`
	acc = `databaseAccounts db {}
		`
)

func TestAround(t *testing.T) {
	for _, tt := range []struct {
		name, scene string
		all         bool
		want        string
	}{
		{"nothing of Cosmos DB", net1, false, ""},
		{"everything", net1, true, "subnets pe app; networks v1; groups g1 g2"},
		{"everything, and the reasons that there are", net1 + acc + "maybe " + pe1, true,
			"subnets pe app; networks v1; groups g1 g2"},
		{"everything, with what is tied for certain", net1 + acc + pe1, true, "subnets pe<e1 app; networks v1<e1; groups g1<e1 g2"},
		{"account that nothing leads to", net1 + acc, false, ""},
		{"endpoint", net1 + acc + pe1, false, "subnets pe<e1; networks v1<e1; groups g1<e1"},
		{"endpoint of an account elsewhere", net1 + pe1, false, "subnets pe<e1; networks v1<e1; groups g1<e1"},
		{"endpoint that may not be there", net1 + acc + "maybe " + pe1, false, "subnets pe?<e1; networks v1?<e1; groups g1?<e1"},
		{"endpoint that is only referred to", net1 + acc + "existing " + pe1, false, ""},
		{"endpoint of another service", net1 + acc + strings.Replace(pe1, "@databaseAccounts:db", "@Microsoft.Storage/storageAccounts:st", 1), false, ""},
		{"endpoint of something unknown", net1 + acc + strings.Replace(pe1, "@databaseAccounts:db", "?parameters('id')", 1), false,
			"subnets pe?<e1; networks v1?<e1; groups g1?<e1"},
		{"endpoint in a subnet that is not known", net1 + acc + strings.Replace(pe1, "@virtualNetworks/subnets:v1/pe", "?parameters('id')", 1), false,
			"subnets pe?<e1 app?<e1; networks v1?<e1; groups g1?<e1"},
		{"endpoint in a subnet elsewhere", net1 + acc + strings.Replace(pe1, "subnets:v1/pe", "subnets:v9/pe", 1), false, "networks v9(elsewhere)<e1"},
		{"firewall rule of an account", net1 + `databaseAccounts db {"virtualNetworkRules": [{"id": "@virtualNetworks/subnets:v1/app"}]}`, false,
			"subnets app<db; networks v1<db"},
		{"managed instance for Cassandra", net1 + `cassandraClusters c {"delegatedManagementSubnetId": "@virtualNetworks/subnets:v1/app"}
			Microsoft.DocumentDB/cassandraClusters/dataCenters c/d {"delegatedSubnetId": "@virtualNetworks/subnets:v1/pe"}`, false,
			"subnets pe<c/d app<c; networks v1<c; groups g1<c/d"},
		{"subnet that is only referred to", `existing virtualNetworks/subnets v1/pe
			` + acc + pe1, false, "subnets pe<e1; networks v1(elsewhere)<e1"},
		{"group that is given to a subnet elsewhere", `networkSecurityGroups g1 {}
			networkSecurityGroups g2 {}
			existing virtualNetworks/subnets v1/pe {"networkSecurityGroup": {"id": "@networkSecurityGroups:g1"}}
			` + acc + pe1, false, "subnets pe<e1; networks v1(elsewhere)<e1; groups g1<e1"},
		{"rule for a group elsewhere", `virtualNetworks v1 {"subnets": [{"name": "pe", "properties": {"networkSecurityGroup": {"id": "@networkSecurityGroups:g9"}}}]}
			networkSecurityGroups/securityRules g9/a {}
			networkSecurityGroups/securityRules g9/b {}
			networkSecurityGroups/securityRules g8/a {}
			` + acc + pe1, false, "subnets pe<e1; networks v1<e1; groups g9/a<e1"},
		{"program", net1 + acc + `Microsoft.Web/sites w {"virtualNetworkSubnetId": "@virtualNetworks/subnets:v1/app", "siteConfig": {"appSettings": [{"name": "x", "value": "https://db.documents.azure.com:443/"}]}}
			Microsoft.Web/sites w2 {"virtualNetworkSubnetId": "@virtualNetworks/subnets:v1/pe"}`, false,
			"subnets app<w; networks v1<w; workloads w<w"},
		{"program whose settings and place are children", net1 + acc + `Microsoft.Web/sites w {}
			Microsoft.Web/sites/config w/appsettings {"x": "@databaseAccounts:db"}
			Microsoft.Web/sites/networkConfig w/virtualNetwork {"subnetResourceId": "@virtualNetworks/subnets:v1/app"}`, false,
			"subnets app<w; networks v1<w; workloads w<w"},
		{"program in an environment", net1 + acc + `Microsoft.App/managedEnvironments m {"vnetConfiguration": {"infrastructureSubnetId": "@virtualNetworks/subnets:v1/app"}}
			Microsoft.App/containerApps w {"managedEnvironmentId": "@Microsoft.App/managedEnvironments:m", "x": "?format('{0}', reference('@databaseAccounts:db').documentEndpoint)"}`, false,
			"subnets app<w; networks v1<w; workloads w<w"},
		{"machine", net1 + acc + `networkInterfaces n {"ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v1/app"}}}]}
			Microsoft.Compute/virtualMachines w {"networkProfile": {"networkInterfaces": [{"id": "@networkInterfaces:n"}]}, "userData": "@databaseAccounts:db"}`, false,
			"subnets app<w; networks v1<w; workloads w<w"},
		{"machine in a subnet by position", net1 + acc + `networkInterfaces n {"ipConfigurations": [{"properties": {"subnet": {"id": "?reference('@virtualNetworks:v1').subnets[1].id"}}}]}
			Microsoft.Compute/virtualMachines w {"networkProfile": {"networkInterfaces": [{"id": "@networkInterfaces:n"}]}, "userData": "@databaseAccounts:db"}`, false,
			"subnets app<w; networks v1<w; workloads w<w"},
		{"machine that a command tells", net1 + acc + `networkInterfaces n {"ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v1/app"}}}]}
			Microsoft.Compute/virtualMachines w {"networkProfile": {"networkInterfaces": [{"id": "@networkInterfaces:n"}]}}
			Microsoft.Compute/virtualMachines/runCommands w/c {"parameters": [{"value": "@databaseAccounts:db"}]}`, false,
			"subnets app<w; networks v1<w; workloads w<w"},
		{"machine with a role on the data, or on the account", net1 + acc + `networkInterfaces n {"ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v1/app"}}}]}
			Microsoft.Compute/virtualMachines w {"networkProfile": {"networkInterfaces": [{"id": "@networkInterfaces:n"}]}}
			Microsoft.Compute/virtualMachines w1 {}
			Microsoft.Compute/virtualMachines w2 {}
			Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments db/1 {"principalId": "?resource('@Microsoft.Compute/virtualMachines:w').identity.principalId"}
			Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments db/2 {"principalId": "?parameters('p')"}
			Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments db/3 {"principalId": "?resource('@Microsoft.Compute/virtualMachines:w2').identity.principalId"}`, false,
			"subnets app<w; networks v1<w; workloads w<w w2<w2"},
		{"cluster whose nodes have a role, and its pools", net1 + acc + `Microsoft.ContainerService/managedClusters k {"agentPoolProfiles": [{"vnetSubnetID": "@virtualNetworks/subnets:v1/app"}]}
			Microsoft.ContainerService/managedClusters/agentPools k/more {"vnetSubnetID": "@virtualNetworks/subnets:v1/pe"}
			Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments db/1 {"principalId": "?reference('@Microsoft.ContainerService/managedClusters:k').identityProfile.kubeletidentity.objectId"}`, false,
			"subnets pe<k app<k; networks v1<k; groups g1<k; workloads k<k"},
		{"group of a machine's card", net1 + acc + `networkInterfaces n {"networkSecurityGroup": {"id": "@networkSecurityGroups:g2"}, "ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v1/app"}}}]}
			Microsoft.Compute/virtualMachines w {"networkProfile": {"networkInterfaces": [{"id": "@networkInterfaces:n"}]}, "userData": "@databaseAccounts:db"}`, false,
			"subnets app<w; networks v1<w; groups g2<w; workloads w<w"},
		{"group of a scale set's cards", net1 + acc + `Microsoft.Compute/virtualMachineScaleSets w {"virtualMachineProfile": {"userData": "@databaseAccounts:db", "networkProfile": {"networkInterfaceConfigurations": [{"properties": {"networkSecurityGroup": {"id": "@networkSecurityGroups:g2"}, "ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v1/app"}}}]}}]}}}`, false,
			"subnets app<w; networks v1<w; groups g2<w; workloads w<w"},
		{"group of a machine's own cards", net1 + acc + `Microsoft.Compute/virtualMachines w {"userData": "@databaseAccounts:db", "networkProfile": {"networkInterfaceConfigurations": [{"properties": {"networkSecurityGroup": {"id": "@networkSecurityGroups:g2"}, "ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v1/app"}}}]}}]}}`, false,
			"subnets app<w; networks v1<w; groups g2<w; workloads w<w"},
		{"group of a card in a subnet that has one", net1 + acc + `networkInterfaces n {"networkSecurityGroup": {"id": "@networkSecurityGroups:g2"}, "ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v1/pe"}}}]}
			Microsoft.Compute/virtualMachines w {"networkProfile": {"networkInterfaces": [{"id": "@networkInterfaces:n"}]}, "userData": "@databaseAccounts:db"}`, false,
			"subnets pe<w; networks v1<w; groups g1<w; workloads w<w"},
		{"group of a card of something else", net1 + acc + `networkInterfaces n {"networkSecurityGroup": {"id": "@networkSecurityGroups:g2"}, "ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v1/app"}}}]}
			Microsoft.Compute/virtualMachines w {"networkProfile": {"networkInterfaces": [{"id": "@networkInterfaces:n"}]}}`, false, ""},
		{"program in a subnet that is not known", net1 + acc + `Microsoft.ContainerInstance/containerGroups w {"subnetIds": [{"id": "?parameters('id')"}], "x": "@databaseAccounts:db"}`, false,
			"subnets pe?<w app?<w; networks v1?<w; groups g1?<w; workloads w<w"},
		{"peerings, from either side", net1 + acc + pe1 + `virtualNetworks v2 {"virtualNetworkPeerings": [{"name": "p0", "properties": {"remoteVirtualNetwork": {"id": "@virtualNetworks:v1"}}}]}
			virtualNetworks v3 {}
			virtualNetworks/virtualNetworkPeerings v1/p1 {"remoteVirtualNetwork": {"id": "@virtualNetworks:v2"}}
			virtualNetworks/virtualNetworkPeerings v2/p2 {"remoteVirtualNetwork": {"id": "@virtualNetworks:v3"}}`, false,
			"subnets pe<e1; networks v1<e1 v2(peer)<e1; groups g1<e1; peerings v1/p1<e1 v2<e1"},
		{"firewall and gateway of a peered network", net1 + acc + pe1 + `virtualNetworks v2 {}
			virtualNetworks v3 {}
			virtualNetworks/virtualNetworkPeerings v1/p1 {"remoteVirtualNetwork": {"id": "@virtualNetworks:v2"}}
			azureFirewalls f {"ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v2/AzureFirewallSubnet"}}}], "firewallPolicy": {"id": "@firewallPolicies:fp"}}
			firewallPolicies fp {"basePolicy": {"id": "@firewallPolicies:base"}}
			firewallPolicies base {}
			firewallPolicies other {}
			virtualNetworkGateways g {"ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v2/GatewaySubnet"}}}]}
			virtualNetworkGateways far {"ipConfigurations": [{"properties": {"subnet": {"id": "@virtualNetworks/subnets:v3/GatewaySubnet"}}}]}
			connections c {"virtualNetworkGateway1": {"id": "@virtualNetworkGateways:g"}}
			connections c3 {"virtualNetworkGateway1": {"id": "@virtualNetworkGateways:far"}}`, false,
			"subnets pe<e1; networks v1<e1 v2(peer)<e1; groups g1<e1; peerings v1/p1<e1; firewalls f<e1; policies fp<e1 base<e1; gateways g<e1; connections c<e1"},
		{"hub", net1 + acc + pe1 + `virtualHubs h {}
			virtualHubs/hubVirtualNetworkConnections h/l {"remoteVirtualNetwork": {"id": "@virtualNetworks:v1"}}
			azureFirewalls f {"virtualHub": {"id": "@virtualHubs:h"}}
			vpnGateways g {"virtualHub": {"id": "@virtualHubs:h"}}
			vpnGateways/vpnConnections g/c {}`, false,
			"subnets pe<e1; networks v1<e1; groups g1<e1; firewalls f<e1; gateways g<e1; hubs h<e1; connections g/c<e1"},
		{"gateway before a program", acc + `Microsoft.Web/sites w {"x": "@databaseAccounts:db"}
			applicationGateways a {"backendAddressPools": [{"properties": {"backendAddresses": [{"fqdn": "w.azurewebsites.net"}]}}]}
			applicationGateways b {"backendAddressPools": [{"properties": {"backendAddresses": [{"fqdn": "w2.azurewebsites.net"}]}}]}
			applicationGateways c {"backendAddressPools": [{"properties": {"backendAddresses": [{"fqdn": "?parameters('host')"}]}}]}
			Microsoft.Cdn/profiles f {}
			Microsoft.Cdn/profiles/originGroups/origins f/g/o {"hostName": "?reference('@Microsoft.Web/sites:w').defaultHostName"}`, false,
			"workloads w<w; entries a<w c?<w f<w"},
		{"gateway before a machine, by its card or the card's address", acc + `networkInterfaces n {"ipConfigurations": [{"properties": {"applicationGatewayBackendAddressPools": [{"id": "@applicationGateways/backendAddressPools:a/p"}]}}]}
			Microsoft.Compute/virtualMachines w {"networkProfile": {"networkInterfaces": [{"id": "@networkInterfaces:n"}]}, "userData": "@databaseAccounts:db"}
			applicationGateways a {"backendAddressPools": [{"name": "p", "properties": {}}]}
			applicationGateways b {"backendAddressPools": [{"properties": {"backendAddresses": [{"ipAddress": "?reference('@networkInterfaces:n').ipConfigurations[0].properties.privateIPAddress"}]}}]}
			applicationGateways c {"backendAddressPools": [{"properties": {"backendAddresses": [{"ipAddress": "?reference('@networkInterfaces:n2').ipConfigurations[0].properties.privateIPAddress"}]}}]}`, false,
			"workloads w<w; entries a<w b<w"},
		{"network whose list of subnets is not known", `virtualNetworks v1 {"subnets": "?parameters('s')"}
			` + acc + pe1, false, "networks v1<e1"},
	} {
		if got := Around(scene(t, tt.scene), tt.all).told(); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}
