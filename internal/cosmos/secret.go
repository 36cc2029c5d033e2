package cosmos

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Key is an account key, or a connection string with one, that a value is or holds.
type Key struct {
	// Account is the name of the account for people; "" when it is not known.
	Account string
}

// KeyIn answers whether v is, or has somewhere in it, a key or connection string of a Cosmos DB account, in each case
// that v may have. Keys of other services, and passwords, are none.
func KeyIn(v value.Value) (Key, value.Truth) {
	if cases := v.Cases(); len(cases) > 0 {
		return keyInAll(cases)
	}
	parts := v.Parts()
	switch {
	case v.Kind == value.Array:
		parts = v.Elems()
	case v.Kind == value.Object:
		for _, f := range v.Fields() {
			parts = append(parts, f.Value)
		}
	case v.Kind != value.Unknown || !v.Secret && !wholeAccount.MatchString(v.Sym()):
		return Key{}, value.False
	case len(parts) == 0 && v.Sym() == "":
		return Key{}, keyInSources(v)
	case len(parts) == 0:
		return keyInSym(v.Sym())
	}
	if like, ok := v.Unseen(); ok {
		parts = append(slices.Clone(parts), like)
	}
	return keyInAny(parts)
}

// keyInSources tells whether a secret of which nobody knows how it was computed may have a key in it.
func keyInSources(v value.Value) value.Truth {
	if sources := v.Sources(); len(sources) > 0 {
		if _, is := keyInAny(sources); is == value.False {
			return value.False
		}
	}
	return value.Undecided
}

// keyInAny finds the first that surely has a key.
func keyInAny(list []value.Value) (found Key, answer value.Truth) {
	answer = value.False
	for _, v := range list {
		key, is := KeyIn(v)
		if is == value.True {
			return key, value.True
		}
		answer = value.Or(answer, is)
	}
	return Key{}, answer
}

func keyInAll(cases []value.Value) (found Key, answer value.Truth) {
	held := 0
	answer = value.False
	for _, c := range cases {
		key, is := KeyIn(c)
		if is == value.True {
			found, held = key, held+1
		}
		if is != value.False {
			answer = value.Undecided
		}
	}
	if held == len(cases) {
		answer = value.True
	}
	return found, answer
}

// Held is a key at a path of a value.
type Held struct {
	Key
	Path string
}

// KeysAt returns the strings in v, which is at path, that surely hold a key, in their order; answer is Undecided when
// there is none, but there may be.
func KeysAt(v value.Value, path string) (held []Held, answer value.Truth) {
	answer = value.False
	add := func(member value.Value, name string) {
		found, is := KeysAt(member, join(path, name))
		held, answer = append(held, found...), value.Or(answer, is)
	}
	if like, ok := v.Unseen(); ok {
		add(like, "*")
	}
	switch v.Kind {
	case value.Object:
		for _, f := range v.Fields() {
			add(f.Value, f.Name)
		}
	case value.Array:
		for i, e := range v.Elems() {
			add(e, itoa(i))
		}
	default:
		var key Key
		if key, answer = KeyIn(v); answer == value.True {
			held = []Held{{key, path}}
		}
	}
	return held, answer
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// GivenKey is a parameter of a module that is not secure and is given, or may be given, a key.
type GivenKey struct {
	Key
	Is    value.Truth // True or Undecided
	Input model.Input
}

// GivenKeys are the parameters through which keys get into the history of deployments.
func GivenKeys(d *model.Deployment) []GivenKey {
	var out []GivenKey
	for _, in := range d.Inputs {
		if !in.Given || model.IsSecure(in.Type) {
			continue
		}
		if key, is := KeyIn(in.Value); is != value.False {
			out = append(out, GivenKey{Key: key, Is: is, Input: in})
		}
	}
	return out
}

// keyFunctions are the functions that return keys of an account (Microsoft.DocumentDB/databaseAccounts/listKeys/action
// and its kin, https://learn.microsoft.com/azure/role-based-access-control/permissions/databases).
var keyFunctions = []string{"listkeys", "listreadonlykeys", "listconnectionstrings"}

// keyMembers are members that no other service's list function has
// (https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/database-accounts/list-keys).
var keyMembers = regexp.MustCompile(`(?i)^\.(primary|secondary)(readonly)?masterkey\b`)

// tellsOnly are functions whose result says something about a key but does not hold it.
var tellsOnly = []string{
	"empty", "equals", "not", "and", "or", "contains", "length", "greater", "less", "startswith", "endswith", "indexof",
	"uniquestring", "guid", "objectkeys",
	"keys", "sha1", "sha256", "sha512", "md5", "base64sha256", "base64sha512", "bcrypt", // of Terraform
}

// chooses are functions that return one of their arguments.
var chooses = []string{"if", "coalesce"}

// attributes are Terraform's keys of an account, in the documentation of azurerm_cosmosdb_account; wholeAccount is all of
// its attributes at once.
var (
	attributes   = regexp.MustCompile(`\bazurerm_cosmosdb_account\.([\w-]+)(?:\[[^\]]*\])?\.(?:(?:primary|secondary)_(?:readonly_)?(?:master_)?key\b|(?:primary|secondary)_(?:readonly_)?(?:sql|mongodb)_connection_string\b|connection_strings\b)`)
	wholeAccount = regexp.MustCompile(`^(?:module\.[\w.\[\]"-]+\.)?azurerm_cosmosdb_account\.([\w-]+)(?:\[[^\]]*\])?$`)
)

// keyInSym looks for a call that returns keys in a canonical expression.
func keyInSym(sym string) (Key, value.Truth) {
	if m := wholeAccount.FindStringSubmatch(sym); m != nil {
		return Key{Account: m[1]}, value.True
	}
	var found Key
	answer := value.False
	for _, m := range attributes.FindAllStringSubmatchIndex(sym, -1) {
		if !within(callsAround(sym, m[0]), tellsOnly) {
			return Key{Account: sym[m[2]:m[3]]}, value.True
		}
	}
	calls(sym, func(name string, around []string, args []string, rest string) {
		if !slices.Contains(keyFunctions, strings.ToLower(name)) || len(args) == 0 || within(around, tellsOnly) {
			return
		}
		account, is := accountOf(args[0])
		if is == value.Undecided {
			is = tellsMember(rest)
		}
		if is == value.True && within(around, chooses) {
			is = value.Undecided
		}
		if is == value.True {
			found.Account = account
		}
		answer = value.Or(answer, is)
	})
	return found, answer
}

// tellsMember answers from what follows a call about something unknown whether it is an account. Most are about other services.
func tellsMember(rest string) value.Truth {
	switch {
	case keyMembers.MatchString(rest):
		return value.True
	case strings.HasPrefix(strings.ToLower(rest), ".connectionstrings"), !strings.HasPrefix(rest, "."): // or all of it
		return value.Undecided
	}
	return value.False
}

func within(around, names []string) bool {
	return slices.ContainsFunc(around, func(f string) bool { return slices.Contains(names, strings.ToLower(f)) })
}

// accountOf reads the canonical expression of an id: is it that of an account, and of which. Undecided is an expression
// in which no type stands.
func accountOf(id string) (name string, is value.Truth) {
	text, args := id, []string(nil)
	calls(id, func(f string, around, list []string, _ string) {
		if f == "format" && len(around) == 0 && len(list) > 0 {
			text, args = list[0], list[1:]
		}
	})
	text = strings.Trim(text, "'")
	i := strings.LastIndex(strings.ToLower(text), "/providers/")
	if i < 0 {
		return "", value.Undecided
	}
	const account = "microsoft.documentdb/databaseaccounts/"
	rest := text[i+len("/providers/"):]
	if len(rest) <= len(account) || !strings.EqualFold(rest[:len(account)], account) {
		return "", value.False
	}
	name = rest[len(account):]
	for i, a := range args {
		if a = strings.TrimSpace(a); strings.HasPrefix(a, "'") {
			a = strings.Trim(a, "'")
		} else {
			a = "<" + value.Outline(a, 60) + ">"
		}
		name = strings.ReplaceAll(name, "{"+itoa(i)+"}", a)
	}
	is = value.TruthOf(!strings.Contains(name, "/"))
	if name == "?" { // it has no expression
		name = ""
	}
	return name, is
}
