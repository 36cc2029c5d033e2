package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// TestHasKeyVersion reads addresses of keys, also those with holes.
func TestHasKeyVersion(t *testing.T) {
	hole, text := value.NewUnknown("p"), value.OfString
	const key = "https://v1.vault.azure.net/keys/k1"
	for _, tt := range []struct {
		name    string
		address value.Value
		want    value.Truth
	}{
		{"absent", value.AbsentValue, value.False},
		{"null", value.NullValue, value.False},
		{"no version", text(key), value.False},
		{"a slash at the end", text(key + "/"), value.False},
		{"a version", text(key + "/0123"), value.True},
		{"a version and a slash", text(key + "/0123/"), value.True},
		{"managed HSM", text("https://h1.managedhsm.azure.net/keys/k1/0123"), value.True},
		{"letter case", text("https://v1.vault.azure.net/KEYS/k1/0123"), value.True},
		{"not a key", text("https://v1.vault.azure.net/secrets/k1/0123"), value.False},
		{"a vault that is not known", value.Template(text("https://"), hole, text(".vault.azure.net/keys/k1")), value.False},
		{"the vault's own address", value.Template(hole, text("keys/k1/0123")), value.True},
		{"a name that is not known", value.Template(text("https://v1.vault.azure.net/keys/"), hole), value.Undecided},
		{"a name that is not known, and a version", value.Template(text("https://v1.vault.azure.net/keys/"), hole, text("/0123")), value.True},
		{"a version that is not known", value.Template(text(key+"/"), hole), value.Undecided},
		{"nothing but holes", value.Template(hole, text("-"), hole), value.Undecided},
		{"unknown", hole, value.Undecided},
		{"an attribute without a version", value.NewUnknown("reference('k').keyUri"), value.False},
		{"an attribute with one", value.NewUnknown("reference('k').keyUriWithVersion"), value.True},
		{"a number", value.OfInt(1), value.Undecided},
	} {
		if got := HasKeyVersion(tt.address); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestHasKey takes the address of a key of the deployment for one.
func TestHasKey(t *testing.T) {
	for _, tt := range []struct {
		name    string
		address value.Value
		want    value.Truth
	}{
		{"absent", value.AbsentValue, value.False},
		{"null", value.NullValue, value.False},
		{"empty", value.OfString(""), value.False},
		{"given", value.OfString("https://v1.vault.azure.net/keys/k1"), value.True},
		{"attribute", value.NewUnknown("reference('k').keyUri"), value.True},
		{"unknown", value.NewUnknown("p"), value.Undecided},
		{"one of two", value.OneOf("", value.NullValue, value.OfString("https://v1.vault.azure.net/keys/k1")), value.Undecided},
	} {
		if got := HasKey(tt.address); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
