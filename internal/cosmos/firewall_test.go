package cosmos

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestParseRange(t *testing.T) {
	for _, tt := range []struct {
		text  string
		count uint64 // 0: not a range
	}{
		{"203.0.113.7", 1},
		{" 203.0.113.7 ", 1},
		{"203.0.113.7/32", 1},
		{"203.0.113.7/24", 256},
		{"0.0.0.0/0", 1 << 32},
		{"255.255.255.255/1", 1 << 31},
		{"0.0.0.0", 1},
		{"", 0},
		{"203.0.113", 0},
		{"203.0.113.256", 0},
		{"203.0.113.0/33", 0},
		{"203.0.113.0/-1", 0},
		{"203.0.113.0/24/24", 0},
		{"203.0.113.0-203.0.113.9", 0},
		{"2001:db8::/32", 0},
		{"::ffff:203.0.113.7", 0},
		{"AzureCloud", 0},
	} {
		r, ok := ParseRange(tt.text)
		if ok != (tt.count > 0) || ok && r.Count() != tt.count {
			t.Errorf("%q: %v, %v, want %d addresses", tt.text, r, ok, tt.count)
		}
	}
}

func TestRangeKinds(t *testing.T) {
	for _, tt := range []struct {
		text                   string
		azure, private, legacy bool
	}{
		{"0.0.0.0", true, false, false},
		{"0.0.0.0/32", true, false, false},
		{"0.0.0.0/31", false, false, false},
		{"10.1.2.3", false, true, false},
		{"10.0.0.0/7", false, false, false},
		{"100.64.0.0/10", false, true, false},
		{"100.128.0.0/10", false, false, false},
		{"172.31.255.255", false, true, false},
		{"172.32.0.0", false, false, false},
		{"192.168.0.0/16", false, true, false},
		{"104.42.195.92", false, false, true},
		{"139.217.8.252/32", false, false, true},
		{"104.42.195.0/24", false, false, false},
		{"13.91.105.215", false, false, false},
	} {
		r := mustParse(tt.text)
		if r.IsAzure() != tt.azure || r.IsPrivate() != tt.private || r.IsLegacyPortal() != tt.legacy {
			t.Errorf("%s: azure %v, private %v, legacy %v", tt.text, r.IsAzure(), r.IsPrivate(), r.IsLegacyPortal())
		}
	}
}

func TestCoverage(t *testing.T) {
	for _, tt := range []struct {
		texts []string
		want  uint64
	}{
		{nil, 0},
		{[]string{"203.0.113.7"}, 1},
		{[]string{"203.0.113.7", "203.0.113.7"}, 1},
		{[]string{"203.0.113.7", "203.0.113.0/24"}, 256},
		{[]string{"128.0.0.0/1", "0.0.0.0/1"}, 1 << 32},
		{[]string{"0.0.0.0/0", "255.255.255.255", "1.2.3.0/24"}, 1 << 32},
		{[]string{"20.0.0.0/24", "20.0.1.0/24", "20.0.0.128/24"}, 512},
		{[]string{"10.0.0.0/8", "0.0.0.0", "20.0.0.0/24"}, 256},
	} {
		var ranges []Range
		for _, text := range tt.texts {
			ranges = append(ranges, mustParse(text))
		}
		if got := coverage(ranges); got != tt.want {
			t.Errorf("%v: %d, want %d", tt.texts, got, tt.want)
		}
	}
}

// listsOf reads the lists that the properties of an account make.
func listsOf(t *testing.T, properties string) []AllowList {
	t.Helper()
	r := resource(t, AccountType, "db1", `{"properties": `+properties+`}`)
	var out []AllowList
	for _, p := range r.Body.Get("properties").Alternatives() {
		out = append(out, allowLists(r, p)...)
	}
	return out
}

func TestAllowLists(t *testing.T) {
	type entry struct {
		Path   string
		Ranges int
	}
	for _, tt := range []struct {
		name, properties string
		entries          []entry
		open             bool
	}{
		{"absent", `{}`, nil, false},
		{"null", `{"ipRules": null, "ipRangeFilter": null}`, nil, false},
		{"empty", `{"ipRules": [], "ipRangeFilter": ""}`, nil, false},
		{"objects", `{"ipRules": [{"ipAddressOrRange": "1.2.3.4"}, {"IPADDRESSORRANGE": "1.2.3.5"}]}`,
			[]entry{{"properties.ipRules.0.ipAddressOrRange", 1}, {"properties.ipRules.1.ipAddressOrRange", 1}}, false},
		{"strings", `{"ipRules": ["1.2.3.4"]}`, []entry{{"properties.ipRules.0", 1}}, false},
		{"entry unknown", `{"ipRules": [{"ipAddressOrRange": "?a"}, "?b"]}`,
			[]entry{{"properties.ipRules.0.ipAddressOrRange", 0}, {"properties.ipRules.1.ipAddressOrRange", 0}}, false},
		{"entry one of two", `{"ipRules": [{"ipAddressOrRange": {"?": ["1.2.3.4", "1.2.3.5"]}}]}`,
			[]entry{{"properties.ipRules.0.ipAddressOrRange", 2}}, false},
		{"entry not an address", `{"ipRules": [{"ipAddressOrRange": "x"}, {}]}`,
			[]entry{{"properties.ipRules.0.ipAddressOrRange", 0}, {"properties.ipRules.1.ipAddressOrRange", 0}}, false},
		{"list unknown", `{"ipRules": "?r"}`, nil, true},
		{"list partly known", `{"ipRules": [{"ipAddressOrRange": "1.2.3.4"}, "…"]}`, []entry{{"properties.ipRules.0.ipAddressOrRange", 1}}, true},
		{"list of the wrong type", `{"ipRules": "1.2.3.4"}`, nil, true},
		{"properties open", `{"…": true}`, nil, true},
		{"filter", `{"ipRangeFilter": "1.2.3.4, 1.2.3.5,,"}`, []entry{{ipRangeFilter, 1}, {ipRangeFilter, 1}}, false},
		{"filter unknown", `{"ipRangeFilter": "?f"}`, nil, true},
		{"filter as a list", `{"ipRangeFilter": ["1.2.3.4", "?f"]}`, []entry{{ipRangeFilter, 1}, {ipRangeFilter, 0}}, false},
		{"filter of the wrong type", `{"ipRangeFilter": 1}`, nil, true},
		{"both", `{"ipRules": [{"ipAddressOrRange": "1.2.3.4"}], "ipRangeFilter": "1.2.3.5"}`,
			[]entry{{"properties.ipRules.0.ipAddressOrRange", 1}, {ipRangeFilter, 1}}, false},
	} {
		l := listsOf(t, tt.properties)[0]
		var got []entry
		for _, e := range l.Entries {
			got = append(got, entry{e.Path, len(e.Ranges)})
		}
		if diff := cmp.Diff(tt.entries, got); diff != "" || l.Open != tt.open {
			t.Errorf("%s: open %v, entries (-want +got):\n%s", tt.name, l.Open, diff)
		}
	}
}

func TestAllowListCases(t *testing.T) {
	for _, tt := range []struct {
		properties string
		want       int
	}{
		{`{"ipRules": []}`, 1},
		{`{"ipRules": "?r"}`, 1},
		{`{"ipRules": {"?": [[], ["1.2.3.4"]]}}`, 2},
		{`{"ipRules": {"?": [[], ["1.2.3.4"]]}, "ipRangeFilter": {"?": ["", "1.2.3.4", "1.2.3.5"]}}`, 6},
		{`{"?": [{"ipRules": {"?": [[], ["1.2.3.4"]]}}, {"ipRules": []}]}`, 3},
	} {
		if got := len(listsOf(t, tt.properties)); got != tt.want {
			t.Errorf("%s: %d lists, want %d", tt.properties, got, tt.want)
		}
	}
}

func TestMoreThan(t *testing.T) {
	for _, tt := range []struct {
		name, rules string
		want        value.Truth
	}{
		{"nothing", `[]`, value.False},
		{"at the limit", `["20.0.0.0/24"]`, value.False},
		{"above it", `["20.0.0.0/23"]`, value.True},
		{"above it together", `["20.0.0.0/24", "20.0.1.0"]`, value.True},
		{"unknown", `["?a"]`, value.Undecided},
		{"unknown beside what is above", `["?a", "20.0.0.0/23"]`, value.True},
		{"more that cannot be seen", `["20.0.0.0/24", "…"]`, value.Undecided},
		{"more beside what is above", `["20.0.0.0/23", "…"]`, value.True},
		{"above it in each case", `[{"?": ["20.0.0.0/23", "30.0.0.0/16"]}]`, value.True},
		{"above it in one case", `[{"?": ["20.0.0.0/23", "20.0.0.0/32"]}]`, value.Undecided},
		{"below it in all cases", `[{"?": ["20.0.0.0/32", "20.0.0.1/32"]}]`, value.False},
		{"private", `["10.0.0.0/8"]`, value.False},
		{"azure", `["0.0.0.0"]`, value.False},
	} {
		l := listsOf(t, `{"ipRules": `+tt.rules+`}`)[0]
		if got := l.MoreThan(256); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestAny(t *testing.T) {
	for _, tt := range []struct {
		rules string
		want  value.Truth
	}{
		{`[]`, value.False},
		{`["1.2.3.4"]`, value.False},
		{`["1.2.3.4", "0.0.0.0"]`, value.True},
		{`["?a"]`, value.Undecided},
		{`["?a", "0.0.0.0"]`, value.True},
		{`["1.2.3.4", "…"]`, value.Undecided},
		{`[{"?": ["0.0.0.0", "0.0.0.0/32"]}]`, value.True},
		{`[{"?": ["0.0.0.0", "1.2.3.4"]}]`, value.Undecided},
	} {
		l := listsOf(t, `{"ipRules": `+tt.rules+`}`)[0]
		if got := l.Any(Range.IsAzure); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.rules, got, tt.want)
		}
	}
}

func TestSplitList(t *testing.T) {
	hole := value.NewUnknown("x")
	for _, tt := range []struct {
		in   value.Value
		want []string
	}{
		{value.OfString(""), nil},
		{value.OfString("a"), []string{"a"}},
		{value.OfString(" a , b,,"), []string{"a", "b"}},
		{hole, []string{"?"}},
		{value.Template(value.OfString("a,"), hole), []string{"a", "?"}},
		{value.Template(value.OfString("a,b"), hole, value.OfString("c,d")), []string{"a", "?", "d"}},
	} {
		var got []string
		for _, p := range SplitList(tt.in) {
			text, ok := p.Text()
			if !ok {
				text = "?"
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestClusterEntries(t *testing.T) {
	rule := func(name, start, end string) *model.Resource {
		return resource(t, MongoClusterType+"/firewallRules", name, `{"properties": {"startIpAddress": "`+start+`", "endIpAddress": "`+end+`"}}`)
	}
	for _, tt := range []struct {
		name  string
		rules []*model.Resource
		want  value.Truth // more than 256 addresses
	}{
		{"none", nil, value.False},
		{"one address", []*model.Resource{rule("c1/a", "20.0.0.1", "20.0.0.1")}, value.False},
		{"a range", []*model.Resource{rule("c1/a", "20.0.0.0", "20.0.1.0")}, value.True},
		{"two ranges", []*model.Resource{rule("c1/a", "20.0.0.0", "20.0.0.255"), rule("c1/b", "20.0.1.0", "20.0.1.0")}, value.True},
		{"of another cluster", []*model.Resource{rule("c2/a", "20.0.0.0", "20.0.1.0")}, value.False},
		{"of an unknown cluster", []*model.Resource{rule("?name", "20.0.0.1", "20.0.0.1")}, value.Undecided},
		{"unknown end", []*model.Resource{rule("c1/a", "20.0.0.0", "?end")}, value.Undecided},
		{"backwards", []*model.Resource{rule("c1/a", "20.0.1.0", "20.0.0.0")}, value.Undecided},
		{"azure", []*model.Resource{rule("c1/a", "0.0.0.0", "0.0.0.0")}, value.False},
	} {
		cluster := resource(t, MongoClusterType, "c1", `{"properties": {}}`)
		d := &model.Deployment{Resources: append(tt.rules, cluster)}
		if got := Look(d).Exposures()[0].Cases[0].Allowed.MoreThan(256); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
