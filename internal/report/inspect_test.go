package report

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// inspected are two deployments in which every kind of value occurs.
func inspected(t *testing.T) []*model.Deployment {
	t.Helper()
	files := openGolden(t, filepath.Join("testdata", "inspect.txtar")).files()
	main := files["main.json"]
	unknown := func(name string) value.Value { return value.NewUnknown("parameters('"+name+"')", name) }
	field := func(name string, v value.Value) value.Field { return value.Field{Name: name, Value: v} }
	id := func(typ string, names ...value.Value) value.Value {
		pieces := []value.Value{value.NewUnknown("resourceGroup().id"), value.OfString("/providers/" + typ)}
		for _, n := range names {
			pieces = append(pieces, value.OfString("/"), n)
		}
		return value.Template(pieces...)
	}
	name := value.Template(value.OfString("db-"), unknown("env"))
	account := &model.Resource{
		Type: accountType, APIVersion: "2024-05-15", Name: name, Scope: value.AbsentValue, ID: id(accountType, name),
		Header: at(main, `"account"`), Path: "account",
		Body: value.OfObject(
			field("kind", value.OfString("GlobalDocumentDB")),
			field("tags", value.NullValue),
			field("properties", value.OfObject(
				field("publicNetworkAccess", value.OneOf("", value.OfString("Enabled"), value.OfString("Disabled"), value.AbsentValue)),
				field("ipRules", unknown("ipRules")),
				field("primaryKey", value.OfString("never printed").AsSecret()),
				field("connection", value.OfString("AccountKey=Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/Ab1/+Z==;")),
				field("locations", value.OfArray(value.OfInt(1), value.OfFloat(1.5), value.OfBool(true)).AsOpen()),
			).AsOpen()),
		),
	}
	database := &model.Resource{
		Type: accountType + "/sqlDatabases", APIVersion: "2024-05-15", Parent: account, Path: "account/app",
		Name: value.Template(name, value.OfString("/app")), Header: at(main, `"database"`), Scope: value.AbsentValue,
		Body: value.OfObject(), Exists: model.Maybe, Condition: unknown("withDatabase"),
	}
	setting := &model.Resource{
		Type: "Microsoft.Insights/diagnosticSettings", APIVersion: "2021-05-01-preview", Name: value.OfString("logs\x1b[31m"),
		Scope: id(accountType, name), Header: at(main, `"setting"`), Path: "setting", Body: value.OfObject(),
		Exists: model.Dormant, Condition: unknown("logging"),
	}
	network := &model.Resource{
		Type: "Microsoft.Network/virtualNetworks", Name: value.OfString("vnet"), Scope: value.AbsentValue,
		Body: value.NewUnknown(""), Existing: true, Path: "vnet",
	}
	return []*model.Deployment{
		{
			EntryPoint: main, Parameters: []*source.File{files["dev.json"], files["more.json"]},
			Resources:  []*model.Resource{setting, account, database, network},
			Opaque:     []model.Opaque{{Path: "monitor", Source: "br/public:avm/res/x:0.1.0"}},
			Incomplete: true,
		},
		{EntryPoint: files["dev.json"], Parameters: []*source.File{files["more.json"]}},
	}
}

func TestInspect(t *testing.T) {
	g := openGolden(t, filepath.Join("testdata", "inspect.txtar"))
	for range 2 {
		var text, json bytes.Buffer
		if err := InspectText(&text, inspected(t), Options{Width: 100}); err != nil {
			t.Fatal(err)
		}
		if err := InspectJSON(&json, inspected(t), Options{}); err != nil {
			t.Fatal(err)
		}
		g.check(t, "want.text", text.String())
		g.check(t, "want.json", json.String())
	}
	g.save(t)
}

func TestInspectNothing(t *testing.T) {
	var b bytes.Buffer
	if err := InspectText(&b, nil, Options{}); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "Nothing to deploy was found.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
