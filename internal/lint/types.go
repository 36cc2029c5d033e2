package lint

import "strings"

// wanted are the beginnings of the resource types that rules ask for. What is not here is not evaluated.
var wanted = []string{
	"microsoft.documentdb/", "microsoft.dbforpostgresql/servergroupsv2",
	"microsoft.network/", "microsoft.insights/diagnosticsettings", "microsoft.security/", "microsoft.authorization/",
}

// primary are the types for which it is worth to look at a deployment in which a default that turns them off is flipped.
var primary = []string{
	"microsoft.documentdb/", "microsoft.dbforpostgresql/servergroupsv2", "microsoft.network/privateendpoints",
}

// Wanted reports whether a rule may ask for resources of the type.
func Wanted(typ string) bool {
	return hasPrefix(typ, wanted) || strings.Contains(strings.ToLower(typ), "/providers/")
}

// Primary reports whether resources of the type are graded even where a default turns them off.
func Primary(typ string) bool { return hasPrefix(typ, primary) }

func hasPrefix(typ string, prefixes []string) bool {
	for _, p := range prefixes {
		if len(typ) >= len(p) && strings.EqualFold(typ[:len(p)], p) {
			return true
		}
	}
	return false
}
