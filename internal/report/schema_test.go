package report

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/cosmoslint/cosmoslint/internal/model"
)

// schema compiles a schema of docs.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	s, err := c.Compile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, data []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%v\n%s", err, data)
	}
}

func TestFindingsSchema(t *testing.T) {
	s := schema(t, "findings.schema.json")
	for _, c := range testCases {
		t.Run(c.name, func(t *testing.T) {
			l := load(t, c, openGolden(t, filepath.Join("testdata", c.name+".txtar")))
			var b bytes.Buffer
			if err := JSON(&b, l.result(), l.o); err != nil {
				t.Fatal(err)
			}
			validate(t, s, b.Bytes())
		})
	}
}

func TestInspectSchema(t *testing.T) {
	s := schema(t, "inspect.schema.json")
	for name, ds := range map[string][]*model.Deployment{"none": nil, "some": inspected(t)} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := InspectJSON(&b, ds, Options{}); err != nil {
				t.Fatal(err)
			}
			validate(t, s, b.Bytes())
		})
	}
}
