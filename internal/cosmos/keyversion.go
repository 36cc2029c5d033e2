package cosmos

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// HasKeyVersion answers whether the address of a key in a vault names one version of it, as in
// "https://vault1.vault.azure.net/keys/key1/0123456789abcdef". No address has none. See
// https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#vault-name-and-object-name.
func HasKeyVersion(address value.Value) value.Truth {
	switch {
	case address.IsUnset():
		return value.False
	case address.Kind == value.Unknown && address.Parts() == nil:
		return versionOfAttribute(address.Sym())
	case address.Kind != value.String && address.Kind != value.Unknown:
		return value.Undecided
	}
	segments := model.SplitName(address)
	for i, s := range segments {
		if endsWithKeys(s) {
			return versionAfter(segments[i+1:])
		}
	}
	if address.Kind == value.String {
		return value.False // not the address of a key: Azure refuses it
	}
	return value.Undecided
}

// versionAfter takes what follows "keys/": the key's name and, after it, the version. A hole may be empty, and one for
// the name may hold a version as well.
func versionAfter(segments []value.Value) value.Truth {
	switch {
	case len(segments) > 1 && hasText(segments[1]):
		return value.True
	case len(segments) > 0 && segments[0].Kind != value.String, len(segments) > 1 && segments[1].Kind != value.String:
		return value.Undecided
	}
	return value.False
}

// endsWithKeys tells that a segment is "keys", or what is left of it after a hole: "{vaultUri}keys".
func endsWithKeys(segment value.Value) bool {
	pieces := segment.Pieces()
	text, _ := pieces[len(pieces)-1].Text()
	return strings.EqualFold(text, "keys")
}

func hasText(segment value.Value) bool {
	for _, p := range segment.Pieces() {
		if text, ok := p.Text(); ok && text != "" {
			return true
		}
	}
	return false
}

// versionOfAttribute knows the two addresses that a key of the deployment has:
// https://learn.microsoft.com/azure/templates/microsoft.keyvault/vaults/keys.
func versionOfAttribute(sym string) value.Truth {
	sym = strings.ToLower(sym)
	switch {
	case strings.HasSuffix(sym, ".keyuriwithversion"):
		return value.True
	case strings.HasSuffix(sym, ".keyuri"):
		return value.False
	}
	return value.Undecided
}

// HasKey answers whether there is an address of a key at all. That of a key of the deployment is one; a parameter may be
// empty, and then it is none.
func HasKey(address value.Value) value.Truth {
	return address.Decide(func(v value.Value) value.Truth {
		switch {
		case v.Kind == value.Unknown && versionOfAttribute(v.Sym()) != value.Undecided, v.Parts() != nil && hasText(v):
			return value.True
		case v.Kind == value.Unknown:
			return value.Undecided
		}
		return given(v)
	})
}
