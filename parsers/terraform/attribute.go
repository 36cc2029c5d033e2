package terraform

import (
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

// attributeOf names the computed attributes of instances in an expression by the instances' ids, as ARM does: what is told of an
// account can be told to be about it, also where that is base64encode(azurerm_cosmosdb_account.db.endpoint). Keys keep their name, by
// which they are known.
func (m *mapper) attributeOf(u value.Value) value.Value {
	sym := u.Sym()
	if u.Secret || sym == "" {
		return u
	}
	var b strings.Builder
	done := 0
	for i := 0; i < len(sym); {
		end := addressEnd(sym, i)
		if end == i {
			i = afterText(sym, i)
			continue
		}
		if ref := m.referenceTo(sym[i:end]); ref != "" {
			b.WriteString(sym[done:i])
			b.WriteString(ref)
			done = end
		}
		i = end
	}
	if done == 0 || b.Len()+len(sym)-done > value.MaxSym {
		return u
	}
	return u.Named(b.String() + sym[done:])
}

// armAttributes are computed attributes that ARM has by another name. The id of a key is its address in the vault, with a version
// (https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/key_vault_key).
var armAttributes = map[string]map[string]string{
	"azurerm_key_vault_key": {"id": "keyUriWithVersion", "versionless_id": "keyUri"},
}

// referenceTo is the attribute at an address as ARM names it; "" when it is none of an instance. An id is what it is in ARM.
func (m *mapper) referenceTo(address string) string {
	for i := len(address) - 1; i > 0; i-- {
		if address[i] != '.' {
			continue
		}
		in := m.byID[address[:i]+".id"]
		if in == nil {
			continue
		}
		name := address[i+1:]
		if arm := armAttributes[in.Type][name]; arm != "" {
			name = arm
		}
		if name == "id" {
			return value.Canon(m.locationOf(in).id)
		}
		if ref := value.CanonCall("reference", m.locationOf(in).id); ref != "" {
			return ref + "." + name
		}
	}
	return ""
}

// addressEnd is the offset after the address that begins at i in an expression: names with dots between them, and indexes. It is i where
// none begins.
func addressEnd(sym string, i int) int {
	if i > 0 && isAddressByte(sym[i-1]) {
		return i
	}
	for i < len(sym) {
		switch c := sym[i]; {
		case isAddressByte(c):
			i++
		case c == '[':
			end := strings.IndexByte(sym[i:], ']')
			if end < 0 {
				return i
			}
			i += end + 1
		default:
			return i
		}
	}
	return i
}

// afterText is the offset after the text in single quotes that begins at i, or after another byte.
func afterText(sym string, i int) int {
	if end := strings.IndexByte(sym[i+1:], '\''); sym[i] == '\'' && end >= 0 {
		return i + 1 + end + 1
	}
	return i + 1
}

func isAddressByte(c byte) bool {
	return c == '.' || c == '_' || c == '-' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}
