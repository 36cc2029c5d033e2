package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestTagNamed(t *testing.T) {
	hole := value.NewUnknown("parameters('region')", "region")
	with := func(text string) value.Value { return value.Template(value.OfString(text), hole) }
	for _, c := range []struct {
		name string
		v    value.Value
		want value.Truth
	}{
		{"tag", value.OfString("AzureCloud"), value.True},
		{"other case", value.OfString("azurecloud"), value.True},
		{"of a region", value.OfString("AzureCloud.WestEurope"), value.True},
		{"of some region", with("AzureCloud."), value.True},
		{"other tag", value.OfString("AzureCosmosDB"), value.False},
		{"other tag of some region", with("AzureCosmosDB."), value.False},
		{"beginning of another tag", with("AzureCosmos"), value.False},
		{"longer", with("AzureCloudX"), value.False},
		{"its beginning", with("AzureC"), value.Undecided},
		{"all of it, and more", with("AzureCloud"), value.Undecided},
		{"beginning of an address", with("13.69."), value.Undecided},
		{"beginning of a longer address", with("2603:1020:"), value.Undecided},
		{"address", value.OfString("13.69.66.0"), value.False},
		{"unknown", hole, value.Undecided},
		{"number", value.OfInt(1), value.Undecided},
		{"ends known", value.Template(hole, value.OfString(".WestEurope")), value.Undecided},
	} {
		if got := tagNamed(c.v, "AzureCloud"); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
