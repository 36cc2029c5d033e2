package cosmos

import (
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Paths that decide whether a secret of the service's own, a key or a password, opens the database, and what it may do.
const (
	DisableLocalAuth   = "properties.disableLocalAuth"
	DisableKeyMetadata = "properties.disableKeyBasedMetadataWriteAccess"

	allowedModes = "properties.authConfig.allowedModes"
	passwordAuth = "properties.authConfig.passwordAuth"
)

// LocalAuth answers whether a key or password opens r: an account, a mongoClusters or a serverGroupsv2. It returns the
// path of the property that decides.
func LocalAuth(r *model.Resource) (on value.Truth, path string) {
	switch {
	case r.Is(MongoClusterType):
		return decideUnlessRestored(r, allowedModes, nativeAuth), allowedModes
	case r.Is(PostgreSQLType):
		return decideUnlessRestored(r, passwordAuth, passwords), passwordAuth
	}
	return Effective(r, DisableLocalAuth).IsTrue().Not(), DisableLocalAuth
}

func decideUnlessRestored(r *model.Resource, path string, question func(value.Value) value.Truth) value.Truth {
	return r.Body.GetPath(path).Decide(func(v value.Value) value.Truth {
		if v.IsUnset() && Restored(r) != value.False {
			return value.Undecided
		}
		return question(v)
	})
}

// nativeAuth looks for the password mode of a mongoClusters. A cluster is created with native authentication, which can be
// turned off later (https://learn.microsoft.com/azure/documentdb/how-to-connect-role-based-access-control). What an empty
// list does is not documented.
func nativeAuth(modes value.Value) value.Truth {
	switch {
	case modes.IsUnset():
		return value.True
	case modes.Kind != value.Array || len(modes.Elems()) == 0:
		return value.Undecided
	}
	has := value.TruthOf(false)
	if modes.Open {
		has = value.Undecided
	}
	for _, m := range modes.Elems() {
		has = value.Or(has, m.EqualsFold("NativeAuth"))
	}
	return has
}

// passwords reads passwordAuth of a serverGroupsv2. A cluster is created with one built-in native role, 'citus'
// (https://learn.microsoft.com/azure/cosmos-db/postgresql/how-to-configure-authentication); one that is created without
// authConfig answers "passwordEnabled": "enabled" (ClusterCreateSingleNode.json of API version 2023-03-02-preview, the
// first with authConfig: https://github.com/Azure/azure-rest-api-specs/tree/main/specification/postgresqlhsc).
func passwords(v value.Value) value.Truth {
	switch {
	case v.IsUnset():
		return value.True
	case v.EqualsFold("Enabled") == value.True:
		return value.True
	case v.EqualsFold("Disabled") == value.True:
		return value.False
	}
	return value.Undecided
}
