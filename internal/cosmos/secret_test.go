package cosmos

import (
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/value"
)

func TestKeyIn(t *testing.T) {
	const (
		db1     = "'/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/db1'"
		db      = "format('/subscriptions/{0}/resourceGroups/{1}/providers/microsoft.documentdb/DatabaseAccounts/{2}', a(), b(), parameters('db'))"
		storage = "'/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/st1'"
		cluster = "'/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/mongoClusters/c1'"
	)
	secret := func(sym string) value.Value { return value.NewUnknown(sym).AsSecret() }
	key, other := secret("listKeys("+db1+").primaryMasterKey"), secret("listKeys("+storage+").keys[0].value")
	for _, test := range []struct {
		name    string
		in      value.Value
		want    value.Truth
		account string
	}{
		{"key", key, value.True, "db1"},
		{"all keys", secret("listkeys(" + db1 + ")"), value.True, "db1"},
		{"account that is not known", secret("listConnectionStrings(" + db + ").connectionStrings[0].connectionString"), value.True, "<parameters('db')>"},
		{"id that is not known, member of an account", secret("listKeys(parameters('id')).secondaryReadonlyMasterKey"), value.True, ""},
		{"id that is not known, member of others", secret("listKeys(parameters('id')).keys[0].value"), value.False, ""},
		{"id that is not known, all that is listed", secret("listKeys(parameters('id'))"), value.Undecided, ""},
		{"id that is not known, connection strings", secret("listConnectionStrings(parameters('id')).connectionStrings[0]"), value.Undecided, ""},
		{"names of what is listed", secret("objectKeys(listKeys(" + db1 + "))"), value.False, ""},
		{"within a function", secret("base64(format('a{0}', listKeys(" + db1 + ").primaryMasterKey))"), value.True, "db1"},
		{"whether there is one", secret("empty(listKeys(" + db1 + ").primaryMasterKey)"), value.False, ""},
		{"one of two", secret("if(parameters('a'), listKeys(" + db1 + "), '')"), value.Undecided, ""},
		{"not by name alone", secret("parameters('listKeys(x)primaryMasterKey')"), value.False, ""},
		{"key of another service", other, value.False, ""},
		{"cluster", secret("listConnectionStrings(" + cluster + ").connectionStrings[0].connectionString"), value.False, ""},
		{"other list function", secret("listUsages(" + db1 + ")"), value.False, ""},
		{"not secret", value.NewUnknown("reference(" + db1 + ").documentEndpoint"), value.False, ""},
		{"secret parameter", secret("parameters('p')"), value.False, ""},
		{"secret of which nothing is known", secret(""), value.Undecided, ""},
		{"unknown", value.Value{}, value.False, ""},
		{"known", value.OfString("listKeys(x)"), value.False, ""},
		{"string with holes", value.Template(value.OfString("AccountKey="), key), value.True, "db1"},
		{"string with another hole", value.Template(value.OfString("AccountKey="), other), value.False, ""},
		{"cases", value.OneOf("", key, secret("listKeys("+db1+").secondaryMasterKey")), value.True, "db1"},
		{"cases, one known", value.OneOf("", key, value.OfString("")), value.Undecided, ""},
		{"array", value.OfArray(other, key), value.True, "db1"},
		{"object", value.OfObject(value.Field{Name: "a", Value: value.OfArray(key)}), value.True, "db1"},
		{"open object", value.OfObject().AsOpen(), value.False, ""},
		{"attribute of Terraform", secret("azurerm_cosmosdb_account.main.primary_key"), value.True, "main"},
		{"attribute of an instance", secret("module.a.azurerm_cosmosdb_account.main[0].secondary_mongodb_connection_string"), value.True, "main"},
		{"all attributes", value.NewUnknown("azurerm_cosmosdb_account.main"), value.True, "main"},
		{"attribute in a function", secret("jsonencode(azurerm_cosmosdb_account.main.primary_key)"), value.True, "main"},
		{"length of an attribute", secret("length(azurerm_cosmosdb_account.main.primary_key)"), value.False, ""},
		{"open array with secrets that are not seen", value.OfArray().HidingSecret(), value.Undecided, ""},
		{"loop of a number that is not known", value.OfArray().WithUnseen(key), value.True, "db1"},
		{"endpoint", value.NewUnknown("azurerm_cosmosdb_account.main.endpoint"), value.False, ""},
		{"another resource's", secret("azurerm_storage_account.main.primary_access_key"), value.False, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, is := KeyIn(test.in)
			if is != test.want || is == value.True && got.Account != test.account {
				t.Errorf("%v %q, want %v %q", is, got.Account, test.want, test.account)
			}
		})
	}
}
