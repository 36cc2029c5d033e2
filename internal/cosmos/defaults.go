package cosmos

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Property is what the service does with one property that matters for security.
type Property struct {
	Type, Path string
	// Since is the first API version of the type that takes the property; "" when all of them do.
	Since string
	// Until is the first API version that does not take it any more; "" when the newest still does.
	Until string
	// Default is what applies when the property is not set: absent when that is nothing, unknown when it is not documented.
	Default value.Value
	// Loss says what does not happen when an API version drops the property.
	Loss string
}

// Since and Until are read off the types that Azure publishes for every API version
// (https://github.com/Azure/bicep-types-az, generated/{cosmos-db,mongocluster,postgresqlhsc}, at 1f896de2d). Preview
// versions count by their date, which is right for every property listed here. Defaults have their source beside them.
var properties = []Property{
	// The account is reachable from the internet by default:
	// https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#ip-access-control.
	// Versions from 2020-03-01 to 2020-09-01 have the property, but read-only.
	{AccountType, "properties.publicNetworkAccess", "2021-01-15", "", value.OfString("Enabled"),
		"public network access stays enabled"},
	// "ipRules has been introduced with API version 2020-04-01. Previous versions exposed an ipRangeFilter property
	// instead": https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#configure-an-ip-firewall-by-using-a-resource-manager-template.
	{AccountType, "properties.ipRules", "2020-04-01", "", value.OfArray(), "the firewall does not get these addresses"},
	{AccountType, "properties.ipRangeFilter", "", "2020-04-01", value.OfString(""), "the firewall does not get these addresses"},
	// https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts: a flag to turn the filter on.
	{AccountType, "properties.isVirtualNetworkFilterEnabled", "", "", value.OfBool(false), ""},
	{AccountType, "properties.virtualNetworkRules", "", "", value.OfArray(), ""},
	// "None": an account that was made without it shows this value
	// (https://github.com/Azure/azure-cli/issues/29237).
	{AccountType, "properties.networkAclBypass", "2021-01-15", "", value.OfString("None"), "the bypass does not change"},
	{AccountType, "properties.networkAclBypassResourceIds", "2021-01-15", "", value.OfArray(), "the bypass does not change"},
	// "Opt-out of local authentication": keys work until they are turned off, see
	// https://learn.microsoft.com/azure/cosmos-db/how-to-connect-role-based-access-control.
	{AccountType, "properties.disableLocalAuth", "2021-06-15", "", value.OfBool(false), "the account's keys keep working"},
	// https://learn.microsoft.com/azure/cosmos-db/role-based-access-control#prevent-sdk-changes: false by default.
	{AccountType, "properties.disableKeyBasedMetadataWriteAccess", "2019-08-01", "", value.OfBool(false),
		"keys can still change databases and containers"},
	{AccountType, "properties.keyVaultKeyUri", "2019-12-12", "", value.AbsentValue, "the data is not encrypted with this key"},
	// Tls12 for accounts made since April 2023; a PUT without it sets it to the default:
	// https://learn.microsoft.com/azure/cosmos-db/self-serve-minimum-tls-enforcement.
	{AccountType, "properties.minimalTlsVersion", "2022-11-15", "", value.OfString("Tls12"), "the minimum TLS version does not change"},
	{AccountType, "properties.cors", "2020-04-01", "", value.OfArray(), "the CORS rules do not change"},
	{AccountType, "properties.backupPolicy", "2020-06-01-preview", "", value.AbsentValue, "the backup policy does not change"},

	// Enabled, but nobody gets in without a firewall rule:
	// https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-public-access.
	{MongoClusterType, "properties.publicNetworkAccess", "2024-03-01-preview", "", value.OfString("Enabled"),
		"public network access stays enabled"},
	{MongoClusterType, "properties.authConfig", "2025-04-01-preview", "", value.AbsentValue, "password authentication stays the only way in"},
	{MongoClusterType, "properties.encryption", "2025-07-01-preview", "", value.AbsentValue, "the data is not encrypted with this key"},
	{MongoClusterType, "properties.dataApi", "2024-10-01-preview", "", value.AbsentValue, "the data API stays disabled"},

	// Undocumented: a cluster made in the portal has no access until one kind is chosen, while azurerm sends true
	// (https://learn.microsoft.com/azure/cosmos-db/postgresql/concepts-firewall-rules).
	{PostgreSQLType, "properties.coordinatorEnablePublicIpAccess", "", "", value.Value{}, ""},
	// Workers have no public address unless that is chosen, as in azurerm:
	// https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cosmosdb_postgresql_cluster.
	{PostgreSQLType, "properties.nodeEnablePublicIpAccess", "", "", value.OfBool(false), ""},
	{PostgreSQLType, "properties.authConfig", "2023-03-02-preview", "", value.AbsentValue, "password authentication stays the only way in"},
	{PostgreSQLType, "properties.dataEncryption", "2023-03-02-preview", "", value.AbsentValue, "the data is not encrypted with this key"},

	// "Cassandra is the default password based authentication":
	// https://learn.microsoft.com/azure/templates/microsoft.documentdb/cassandraclusters.
	{CassandraType, "properties.authenticationMethod", "", "", value.OfString("Cassandra"), ""},
	{CassandraType, "properties.cassandraAuditLoggingEnabled", "2021-10-15", "", value.OfBool(false), "audit logging stays off"},
}

// stable are, by the preview with which a property came, the first versions that have it and are no previews.
var stable = map[string]string{
	"2020-06-01-preview": "2020-09-01",
	"2024-10-01-preview": "2025-09-01", "2025-04-01-preview": "2025-09-01", "2025-07-01-preview": "2025-09-01",
}

// reshaped is the version with which a mongoClusters got other properties: administrator, compute and storage for
// administratorLogin, administratorLoginPassword and nodeGroupSpecs.
const reshaped = "2024-07-01"

// Properties returns the properties of a type that the service's tables know, in a fixed order.
func Properties(typ string) []Property {
	var out []Property
	for _, p := range properties {
		if strings.EqualFold(p.Type, typ) {
			out = append(out, p)
		}
	}
	return out
}

func propertyOf(typ, path string) (Property, bool) {
	for _, p := range properties {
		if strings.EqualFold(p.Type, typ) && strings.EqualFold(p.Path, path) {
			return p, true
		}
	}
	return Property{}, false
}

// Effective returns the value in force of a property of r: what is set or, where that is absent or null, the service's
// default; unknown where the default is, and where r is restored. A bool may be written as "true" or "false", which
// Azure converts.
func Effective(r *model.Resource, path string) value.Value {
	v := r.Body.GetPath(path)
	p, _ := propertyOf(r.Type, path)
	return p.effective(v, Restored(r))
}

func (p Property) effective(v value.Value, restored value.Truth) value.Value {
	cases := v.Alternatives()
	got := make([]value.Value, len(cases))
	changed := false
	for i, c := range cases {
		switch {
		case c.IsUnset() && restored != value.False:
			got[i], changed = value.NewUnknown("", v.Deps()...), true
		case c.IsUnset():
			got[i], changed = p.Default, true
		default:
			got[i] = p.convert(c)
			changed = changed || got[i].Kind != c.Kind
		}
	}
	if !changed {
		return v
	}
	return value.OneOf(v.Sym(), got...)
}

// convert reads a string as a bool where a bool is wanted.
func (p Property) convert(v value.Value) value.Value {
	text, ok := v.Text()
	if !ok || p.Default.Kind != value.Bool && !boolPath.MatchString(p.Path) {
		return v
	}
	switch strings.ToLower(text) {
	case "true":
		return value.OfBool(true).At(v.Span)
	case "false":
		return value.OfBool(false).At(v.Span)
	}
	return v
}

// boolPath matches the bool without a known default.
var boolPath = regexp.MustCompile(`EnablePublicIpAccess$`)

var versionForm = regexp.MustCompile(`(?i)^\d{4}-\d\d-\d\d(-[a-z]+)?$`)

// Older reports whether API version a is of an earlier date than b.
func Older(a, b string) bool { return a[:len("2006-01-02")] < b[:len("2006-01-02")] }

// Takes reports whether an API version takes the property. One that is not known, or not of the usual form, does.
func (p Property) Takes(apiVersion string) bool {
	if !versionForm.MatchString(apiVersion) {
		return true
	}
	return (p.Since == "" || !Older(apiVersion, p.Since)) && (p.Until == "" || Older(apiVersion, p.Until))
}

// VersionFor returns the API version that r has to be raised to before the property at path can be set: "" when its own
// will do. It reports false when no version will, or when that one would lose another property that r sets.
func VersionFor(r *model.Resource, path string) (string, bool) {
	p, _ := propertyOf(r.Type, path)
	switch {
	case p.Takes(r.APIVersion):
		return "", true
	case p.Replaced(r.APIVersion):
		return "", false
	}
	return p.first(), CanRaise(r, p.first())
}

// first is the first version to use for the property, a preview only where there is no other.
func (p Property) first() string { return cmp.Or(stable[p.Since], p.Since) }

// Replaced reports whether the property was given up before the API version.
func (p Property) Replaced(apiVersion string) bool {
	return p.Until != "" && !Older(apiVersion, p.Until)
}

// CanRaise reports whether r can have the API version without losing a property that it sets.
func CanRaise(r *model.Resource, apiVersion string) bool {
	if r.Is(MongoClusterType) && Older(r.APIVersion, reshaped) && !Older(apiVersion, reshaped) {
		return false
	}
	for _, p := range Properties(r.Type) {
		if p.Takes(r.APIVersion) && !p.Takes(apiVersion) && p.Matters(r.Body.GetPath(p.Path)) != value.False {
			return false
		}
	}
	return true
}

// Ignored returns the properties that r sets to something that matters and its API version does not take, and those
// that it may set so.
func Ignored(r *model.Resource) (sure, maybe []Property) {
	for _, p := range Properties(r.Type) {
		if p.Takes(r.APIVersion) {
			continue
		}
		switch p.Matters(r.Body.GetPath(p.Path)) {
		case value.True:
			sure = append(sure, p)
		case value.Undecided:
			maybe = append(maybe, p)
		}
	}
	return sure, maybe
}

// FirstVersion returns the first API version to use for all of the properties that came later; "" when none did.
func FirstVersion(properties []Property) string {
	version := ""
	for _, p := range properties {
		if p.Since != "" && (version == "" || Older(version, p.first())) {
			version = p.first()
		}
	}
	return version
}

// Matters answers whether v sets the property to something other than what applies without it.
func (p Property) Matters(v value.Value) value.Truth {
	return v.Decide(func(v value.Value) value.Truth {
		v = p.convert(v)
		return value.And(written(v), value.SameFold(v, p.Default).Not())
	})
}

// written answers whether v says anything: an empty list, object or string does not.
func written(v value.Value) value.Truth {
	switch v.Kind {
	case value.Array, value.Object:
		if v.Open && len(v.Elems())+len(v.Fields()) == 0 {
			return value.Undecided
		}
		return value.TruthOf(len(v.Elems())+len(v.Fields()) > 0)
	case value.Bool, value.Int, value.Float:
		return value.True
	}
	return given(v)
}

// IsOn answers whether a bool is set and true; "true" counts, as Azure converts it.
func IsOn(v value.Value) value.Truth {
	p := Property{Default: value.OfBool(false)}
	return p.effective(v, value.False).IsTrue()
}
