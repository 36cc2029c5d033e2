package report

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/controls"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// controlFormats are the writers of the report on controls, by the name of the file that has their wanted output.
var controlFormats = []struct {
	name  string
	write func(*bytes.Buffer, []controls.Assessment, *diag.Result, Options) error
}{
	{"want.controls.text", func(b *bytes.Buffer, list []controls.Assessment, res *diag.Result, o Options) error {
		o.Verbose = false
		return ControlsText(b, list, res, o)
	}},
	{"want.controls.verbose", func(b *bytes.Buffer, list []controls.Assessment, res *diag.Result, o Options) error {
		o.Verbose = true
		return ControlsText(b, list, res, o)
	}},
	{"want.controls.quiet", func(b *bytes.Buffer, list []controls.Assessment, res *diag.Result, o Options) error {
		o.Quiet = true
		return ControlsText(b, list, res, o)
	}},
	{"want.controls.markdown", func(b *bytes.Buffer, list []controls.Assessment, res *diag.Result, o Options) error {
		return ControlsMarkdown(b, list, res, o)
	}},
	{"want.controls.json", func(b *bytes.Buffer, list []controls.Assessment, res *diag.Result, o Options) error {
		return ControlsJSON(b, list, res, o)
	}},
}

// TestControlsGolden writes the controls of the cases of TestGolden, with some checks that have held beside.
func TestControlsGolden(t *testing.T) {
	s := schema(t, "controls.schema.json")
	for _, c := range testCases {
		switch c.name {
		case "clean", "findings", "hostile", "suppressed", "problems":
		default:
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			g := openGolden(t, filepath.Join("testdata", c.name+".txtar"))
			for _, f := range controlFormats {
				l := load(t, c, g)
				res := l.result()
				res.Held = heldBeside(res)
				judged := *res
				judged.EntryPoints = []diag.EntryPoint{{Cosmos: true}} // so that files count
				var b bytes.Buffer
				if err := f.write(&b, controls.Assess(&judged, controls.Deciding(testRules)), res, l.o); err != nil {
					t.Fatal(err)
				}
				g.check(t, f.name, b.String())
				if f.name == "want.controls.json" {
					validate(t, s, b.Bytes())
				}
			}
			g.save(t)
		})
	}
}

// heldBeside has checks of a rule that has found nothing in the first subject, of several instances of it, and in a file.
func heldBeside(res *diag.Result) []diag.Held {
	subject := account("db0", "db0", source.Span{})
	if len(res.Findings) > 0 {
		subject = res.Findings[0].Subject
	}
	out := []diag.Held{{Code: "CDB104", Subject: subject}}
	for _, name := range []string{"db1", "db2", "db3", "db4"} {
		out = append(out, diag.Held{Code: "CDB201", Subject: account(name, name, subject.Span)})
	}
	return append(out, diag.Held{Code: "CDB201", Subject: &diag.Subject{Type: diag.FileType, Path: "main\n::error::x.json", Exists: "yes"}, EntryPoint: "main\n::error::x.json"})
}
