package cosmos

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestParsePorts(t *testing.T) {
	for text, want := range map[string]string{
		"22": "port 22", " 22 ": "port 22", "20-25": "port 22", "20 - 25": "port 22", "*": "every port", "any": "every port",
		"0-65535": "every port", "1-65535": "every port", "2-65535": "ports 22, 443, 3389, 5432, 6432, 9042, 10250, 10251, 10252, 10253, 10254, 10255, 10256, 10350 and 27017",
		"5432-6432": "ports 5432 and 6432", "80": "none", "": "none", "22-": "none", "25-20": "none", "65536": "none", "ssh": "none",
	} {
		got := "none"
		if p := parsePorts(text); p != 0 {
			got = p.String()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestFromAnywhere(t *testing.T) {
	for source, want := range map[string]value.Truth{
		`"sourceAddressPrefix": "*"`:                                                         value.True,
		`"sourceAddressPrefix": "internet"`:                                                  value.True,
		`"sourceAddressPrefix": "0.0.0.0/0"`:                                                 value.True,
		`"sourceAddressPrefix": "::/0"`:                                                      value.True,
		`"sourceAddressPrefix": "2000::/3"`:                                                  value.True,
		`"sourceAddressPrefix": "fc00::/7"`:                                                  value.False,
		`"sourceAddressPrefix": "ff00::/8"`:                                                  value.False,
		`"sourceAddressPrefixes": ["203.0.0.0/8", "203.0.0.0/8"]`:                            value.False,
		`"sourceAddressPrefix": "203.0.0.0/7"`:                                               value.True,
		`"sourceAddressPrefix": "203.0.0.0/8"`:                                               value.False,
		`"sourceAddressPrefix": "0.0.0.0"`:                                                   value.False,
		`"sourceAddressPrefix": "10.0.0.0/8"`:                                                value.False,
		`"sourceAddressPrefix": "2001:db8::/32"`:                                             value.False,
		`"sourceAddressPrefix": "AzureCloud"`:                                                value.False,
		`"sourceAddressPrefix": null, "sourceAddressPrefixes": ["10.0.0.0/8", "*"]`:          value.True,
		`"sourceAddressPrefix": "", "sourceAddressPrefixes": ["203.0.0.0/8", "198.0.0.0/8"]`: value.True,
		`"sourceAddressPrefixes": ["10.0.0.0/8", "172.16.0.0/12"]`:                           value.False,
		`"sourceAddressPrefixes": []`:                                                        value.False,
		`"sourceApplicationSecurityGroups": [{"id": "/x"}]`:                                  value.False,
		`"sourceAddressPrefix": "?p"`:                                                        value.Undecided,
		`"sourceAddressPrefixes": "?p"`:                                                      value.Undecided,
		`"sourceAddressPrefixes": ["10.0.0.4", "…"]`:                                         value.Undecided,
		`"sourceAddressPrefixes": ["?p", "Internet"]`:                                        value.True,
		`"sourceAddressPrefix": {"?": ["*", "Internet"]}`:                                    value.True,
		`"sourceAddressPrefix": {"?": ["*", "10.0.0.0/8"]}`:                                  value.Undecided,
		`"sourceAddressPrefix": true`:                                                        value.Undecided,
	} {
		r := SecurityRule{Path: "properties", Properties: from(t, "{"+source+"}")}
		if got, by := r.FromAnywhere(); got != want || (got == value.True) != (len(by) > 0) {
			t.Errorf("%s: %v by %v, want %v", source, got, by, want)
		}
	}
}

// TestOpenInbound has rules as "name priority access source ports [protocol]", all inbound and to any destination.
func TestOpenInbound(t *testing.T) {
	for _, tt := range []struct{ name, rules, want string }{
		{"open", "a 200 Allow * 22", "a true port 22"},
		{"denied before", "a 200 Allow * 22; d 190 Deny * *", ""},
		{"denied after", "a 200 Allow * 22; d 210 Deny * *", "a true port 22"},
		{"denied in part", "a 200 Allow * 22-3389; d 190 Deny * 22", "a true ports 443 and 3389"},
		{"denied in two parts", "a 200 Allow * 22; d 190 Deny * 1-21; e 191 Deny * 22-30", ""},
		{"all but some", "a 200 Allow * *; d 190 Deny * 22", "a true nearly every port"},
		{"denied for some", "a 200 Allow * 22; d 190 Deny 203.0.113.0/24 *", "a true port 22"},
		{"denied for a large part", "a 200 Allow * 22; d 190 Deny 40.0.0.0/6 *", "a true port 22"},
		{"denied for as much", "a 200 Allow 41.0.0.0/7 22; d 190 Deny 40.0.0.0/6 *", ""},
		{"denied for all of version 4", "a 200 Allow * 22; d 190 Deny 0.0.0.0/0 *", ""},
		{"denied for all of version 6", "a 200 Allow * 22; d 190 Deny ::/0 *", "a true port 22"},
		{"version 6 denied", "a 200 Allow 2a00::/8 22; d 190 Deny ::/0 *", ""},
		{"version 6 not denied", "a 200 Allow ::/0 22; d 190 Deny 0.0.0.0/0 *", "a true port 22"},
		{"priority as text", "a \"200\" Allow * 22; d \"190\" Deny * *", ""},
		{"denied for the internet", "a 200 Allow * 22; d 190 Deny Internet *", ""},
		{"denied for TCP", "a 200 Allow * 22; d 190 Deny * * Tcp", ""},
		{"denied for UDP", "a 200 Allow * 22; d 190 Deny * * Udp", "a true port 22"},
		{"unknown denial", "a 200 Allow * 22; d 190 ?access * *", "a undecided port 22; d undecided every port"},
		{"unknown priority", "a ?p Allow * 22; d 190 Deny * *", "a undecided port 22"},
		{"unknown denial of the first rule", "a 100 Allow * 22; d ?p Deny * *", "a true port 22"},
		{"unknown port of the denial", "a 200 Allow * 22; d 190 Deny * ?port", "a undecided port 22"},
		{"unknown port", "a 200 Allow * ?port", "a undecided every port"},
		{"unknown source", "a 200 Allow ?source 22", "a undecided port 22"},
		{"unknown and denied anyway", "a 200 Allow ?source ?port; d 190 Deny * *", ""},
		{"ping", "a 200 Allow * * Icmp", ""},
		{"unknown protocol", "a 200 Allow * 22 ?protocol", "a undecided port 22"},
	} {
		var list []string
		for _, r := range strings.Split(tt.rules, "; ") {
			w := append(strings.Fields(r), "*")
			priority := w[1]
			if strings.HasPrefix(priority, "?") {
				priority = `"` + priority + `"`
			}
			list = append(list, fmt.Sprintf(`{"name": %q, "properties": {"priority": %s, "direction": "Inbound", "access": %q, "protocol": %q,
				"sourceAddressPrefix": %q, "destinationPortRange": %q, "destinationAddressPrefix": "*"}}`, w[0], priority, w[2], w[5], w[3], w[4]))
		}
		group := resource(t, GroupType, "nsg", `{"properties": {"securityRules": [`+strings.Join(list, ",")+`]}}`)
		v := Look(&model.Deployment{Resources: []*model.Resource{group}})
		_, rules := RuleList(group)
		var got []string
		for _, in := range v.OpenInbound(group, rules, 0) {
			name, _ := in.Rule.Name.Text()
			got = append(got, name+" "+in.Open.String()+" "+in.Ports.String())
		}
		if g := strings.Join(got, "; "); g != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, g, tt.want)
		}
	}
}

// TestOpenInboundElsewhere: what other rules a group of another deployment has is not seen, but none comes before the first.
func TestOpenInboundElsewhere(t *testing.T) {
	for priority, want := range map[string]value.Truth{"100": value.True, "101": value.Undecided, `"?p"`: value.Undecided} {
		v := scene(t, `existing networkSecurityGroups g1 {}
			networkSecurityGroups/securityRules g1/r {"priority": `+priority+`, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",`+
			` "sourceAddressPrefix": "*", "destinationPortRange": "22", "destinationAddressPrefix": "*"}`)
		group := v.Deployment.OfType(GroupType)[0]
		_, list := RuleList(group)
		if got := v.OpenInbound(group, list, 0); len(got) != 1 || got[0].Open != want {
			t.Errorf("priority %s: %+v, want %v", priority, got, want)
		}
	}
}
