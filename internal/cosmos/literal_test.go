package cosmos

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/source"
)

// testKey is made up.
const testKey = "PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA/2O76UMFxFkM/R5Kjp1vRt+1fjORS/6ilI8ihN5KXSc7Tvw=="

func TestLiterals(t *testing.T) {
	bare := strings.TrimRight(testKey, "=")
	for _, test := range []struct{ name, in, want string }{
		{"bicep variable", "var cosmosKey = '" + testKey + "'", "account key cosmosKey"},
		{"bicep parameter", "param cosmosKey string = '" + testKey + "'", "account key cosmosKey"},
		{"bicepparam", "param documentDbKey = '" + testKey + "'", "account key documentDbKey"},
		{"tfvars", `cosmosdb_key = "` + testKey + `"`, "account key cosmosdb_key"},
		{"terraform default", "variable \"cosmos_key\" {\n  default = \"" + testKey + "\"\n}", "account key cosmos_key"},
		{"parameter file", "\"cosmosKey\": {\n  \"value\": \"" + testKey + `"`, "account key cosmosKey"},
		{"connection string", `"db": "AccountEndpoint=https://a.documents.azure.com:443/;AccountKey=` + testKey + `;"`, "connection string db"},
		{"escaped", `"cosmos": "` + strings.NewReplacer("/", `\/`, "+", `\u002b`, "=", `\u003d`).Replace(testKey) + `"`, "account key cosmos"},
		{"in a URL", "cosmos: '" + strings.NewReplacer("/", "%2F", "+", "%2b", "=", "%3D").Replace(testKey) + "'", "account key cosmos"},
		{"name after a comparison", "var a = b == c ? 'x' : 'y'", ""},
		{"nothing tells", "var key = '" + testKey + "'", ""},
		{"storage", "var storageKey = '" + testKey + "'", ""},
		{"storage beside cosmos", "cosmosEndpoint: 'x'\nstorageKey: '" + testKey + "'", ""},
		{"storage connection string", "var cosmosBackup = 'AccountKey=" + testKey + ";EndpointSuffix=core.windows.net'", ""},
		{"digest", "var cosmosHash = 'sha512-" + testKey + "'", ""},
		{"longer", "var cosmosKey = 'A" + testKey + "'", ""},
		{"shorter", "var cosmosKey = '" + testKey[1:] + "'", ""},
		{"one more padding", "var cosmosKey = '" + testKey + "='", ""},
		{"no padding", "var cosmosKey = '" + bare + "'", ""},
		{"emulator", "var cosmosKey = '" + emulatorKey + "=='", ""},
		{"same letter", "var cosmosKey = '" + strings.Repeat("a", 86) + "=='", ""},
		{"mongodb", "var m = 'mongodb://a:" + bare + "%3D%3D@a.mongo.cosmos.azure.com:10255/'", "connection string m"},
		{"cluster", "var m = 'mongodb+srv://admin:s3cretPass@c.mongocluster.cosmos.azure.com/'", "connection string of a cluster m"},
		{"PostgreSQL cluster", "var m = 'postgres://citus:s3cretPass@c-c.x.postgres.cosmos.azure.com:5432/citus'", "connection string of a cluster m"},
		{"settings of a PostgreSQL cluster", "var m = 'Server=c-c.x.postgres.cosmos.azure.com;User Id=citus;Password=s3cretPass;'", "connection string of a cluster m"},
		{"settings with a placeholder", "var m = 'host=c-c.x.postgres.cosmos.azure.com user=citus password={your_password}'", ""},
		{"PostgreSQL elsewhere", "var m = 'postgres://citus:s3cretPass@pg.postgres.database.azure.com'", ""},
		{"after an escaped line end", `"script": "export COSMOS:\n` + testKey + `\n"`, "account key script"},
		{"in escaped quotes", `"cosmos": "{\u0022key\u0022:\u0022` + testKey + `\u0022}"`, "account key cosmos"},
		{"after an escaped sign", "var m = 'AccountEndpoint%3Da;AccountKey%3D" + strings.NewReplacer("/", "%2F", "+", "%2B", "=", "%3D").Replace(testKey) + "'", "connection string m"},
		{"after the metadata of a parameter", "\"cosmosKey\": {\n  \"type\": \"securestring\",\n  \"metadata\": {\n    \"description\": \"x\"\n  },\n  \"defaultValue\": \"" + testKey + `"`, "account key cosmosKey"},
		{"described", "variable \"key\" {\n  description = \"of Cosmos DB\"\n  type = string\n  nullable = false\n  default = \"" + testKey + "\"\n}", "account key key"},
		{"described as something else", "variable \"storage_key\" {\n  description = \"not Cosmos DB's\"\n  default = \"" + testKey + "\"\n}", ""},
		{"type of a block", "resource \"azurerm_data_factory_linked_service_cosmosdb\" \"a\" {\n  name = \"a\"\n  x = 1\n  y = 2\n  account_key = \"" + testKey + "\"\n}", "account key account_key"},
		{"object in an object", `{"storage":{"key":"a"},"cosmos":{"key":"` + testKey + `"}}`, "account key key"},
		{"list", "cosmosKeys = [\n  \"" + testKey + `"`, "account key cosmosKeys"},
		{"heredoc", "env = <<EOT\n  A=https://a.documents.azure.com\n  B=1\n  C=2\n  D=3\n  KEY=" + testKey + "\nEOT", "account key KEY"},
		{"after a heredoc", "env = <<EOT\n  A=https://a.documents.azure.com\nEOT\nb = 1\nc = 2\nd = 3\nkey = \"" + testKey + `"`, ""},
		{"endpoint after it", `{ "key": "` + testKey + `", "endpoint": "https://a.documents.azure.com" }`, "account key key"},
		{"another service after it", `"cosmosBackup": "[concat('DefaultEndpointsProtocol=https;AccountKey=', '` + testKey + `', ';EndpointSuffix=core.windows.net')]"`, ""},
		{"key of signatures", "COSMOS_ENDPOINT = \"https://a.documents.azure.com\"\nJWT_SECRET = \"" + testKey + `"`, ""},
		{"cluster with a hole", "var m = 'mongodb+srv://admin:${password}@c.mongocluster.cosmos.azure.com/'", ""},
		{"cluster with a placeholder", "var m = 'mongodb+srv://<user>:<password>@c.mongocluster.cosmos.azure.com/'", ""},
		{"mongodb elsewhere", "var m = 'mongodb://admin:s3cretPass@mongo.example.com/'", ""},
		{"token", "var t = 'type=resource&ver=1&sig=5mDuQBYA0kb70WDJoTUzSBMTG3owkC0cEN4fqa18W0o='", "token t"},
		{"empty", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for _, l := range Literals(source.NewFile("f", []byte(test.in))) {
				got += l.Kind + " " + l.Name
			}
			if got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// FuzzLiterals checks that no text makes it fail, and that what is found lies in the text.
func FuzzLiterals(f *testing.F) {
	f.Add("var cosmosKey = '" + testKey + "'")
	f.Add("mongodb+srv://admin:s3cretPass@c.mongocluster.cosmos.azure.com/")
	f.Add(strings.Repeat("==", 50) + `\u003d\u003d%3D%3D`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range Literals(source.NewFile("f", []byte(text))) {
			if l.Span.Start < 0 || l.Span.End > len(text) || l.Span.Text() == "" {
				t.Errorf("%v", l.Span)
			}
		}
	})
}
