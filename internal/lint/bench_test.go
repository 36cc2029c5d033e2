package lint_test

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
	"golang.org/x/sync/errgroup"

	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/report"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/rules"
)

// corpusDir holds real projects; it is not part of this one. The variable COSMOSLINT_CORPUS names another directory.
const corpusDir = "../../../shared/corpus/pairs"

// BenchmarkStartup is all that happens for one small template, from its path to the text.
func BenchmarkStartup(b *testing.B) {
	cfg := benchConfig(filepath.Join("..", "..", "examples", "orders"), "main.json")
	for b.Loop() {
		res, err := lint.Run(cfg)
		if err != nil {
			b.Fatal(err)
		}
		if err := report.Text(io.Discard, res, report.Options{Rules: rules.All}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTemplate is one large compiled template, which one core has to do.
func BenchmarkTemplate(b *testing.B) {
	dir := b.TempDir()
	text := compiledTemplate(250, 25)
	writeTemplate(b, filepath.Join(dir, "main.json"), text)
	b.SetBytes(int64(len(text)))
	measure(b, benchConfig(dir, "main.json"))
}

// BenchmarkAccounts shows how the cost grows with the accounts and endpoints of one deployment, which all rules relate.
func BenchmarkAccounts(b *testing.B) {
	for _, n := range []int{25, 50, 100, 200} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			text := compiledTemplate(n, 1)
			writeTemplate(b, filepath.Join(dir, "main.json"), text)
			b.SetBytes(int64(len(text)))
			measure(b, benchConfig(dir, "main.json"))
		})
	}
}

// BenchmarkTree compares the whole pipeline with the floor: divide the two speeds. Its templates are made for this, and
// denser than compiled ones are: there is next to nothing in them that need not be evaluated. See BenchmarkCorpus for real ones.
func BenchmarkTree(b *testing.B) {
	dir := b.TempDir()
	for i := range 24 {
		writeTemplate(b, filepath.Join(dir, fmt.Sprintf("template%d.json", i)), compiledTemplate(40+i, 25))
	}
	compare(b, dir)
}

// BenchmarkCorpus is BenchmarkTree on real projects. Only JSON is counted, and only by the floor is nothing else read.
func BenchmarkCorpus(b *testing.B) {
	dir := os.Getenv("COSMOSLINT_CORPUS")
	if dir == "" {
		dir = corpusDir
	}
	if _, err := os.Stat(dir); err != nil {
		b.Skip("there is no corpus of real projects here; COSMOSLINT_CORPUS names one")
	}
	compare(b, dir)
}

func compare(b *testing.B, dir string) {
	files, size := jsonFiles(b, dir)
	b.Run("pipeline", func(b *testing.B) {
		b.SetBytes(size)
		measure(b, benchConfig(dir, "."))
	})
	b.Run("floor", func(b *testing.B) {
		b.SetBytes(size)
		for b.Loop() {
			floor(b, files)
		}
	})
}

func benchConfig(dir, path string) lint.Config {
	return lint.Config{Root: dir, Paths: []string{path}, Rules: rules.All, Settings: rule.DefaultSettings}
}

func measure(b *testing.B, cfg lint.Config) {
	b.Helper()
	for b.Loop() {
		if _, err := lint.Run(cfg); err != nil {
			b.Fatal(err)
		}
	}
}

// floor is the least that any program has to do: read, validate and walk every byte, on all cores.
func floor(b *testing.B, files []string) {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, f := range files {
		g.Go(func() error {
			data, err := os.ReadFile(f)
			if err == nil && gjson.ValidBytes(data) {
				visitAll(gjson.ParseBytes(data))
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
}

func visitAll(v gjson.Result) {
	if v.IsObject() || v.IsArray() {
		v.ForEach(func(_, member gjson.Result) bool {
			visitAll(member)
			return true
		})
	}
}

func jsonFiles(b *testing.B, dir string) (files []string, size int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || filepath.Ext(path) != ".json" {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		files, size = append(files, path), size+info.Size()
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return files, size
}

func writeTemplate(b *testing.B, path, text string) {
	b.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		b.Fatal(err)
	}
}

// compiledTemplate is a template as the Bicep compiler writes one: n modules, each with an account, its databases and a
// private endpoint. One in every few is of Cosmos DB, the others of another service.
func compiledTemplate(n, every int) string {
	module, err := os.ReadFile(filepath.Join("testdata", "module.json"))
	if err != nil {
		panic(err)
	}
	indented := strings.ReplaceAll(strings.TrimSpace(string(module)), "\n", "\n        ")
	other := strings.ReplaceAll(indented, "Microsoft.DocumentDB/", "Microsoft.Example/")
	var b strings.Builder
	b.WriteString(`{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "languageVersion": "2.0",
  "contentVersion": "1.0.0.0",
  "metadata": { "_generator": { "name": "bicep", "version": "0.30.23.60470", "templateHash": "1" } },
  "parameters": { "access": { "type": "string", "defaultValue": "Disabled" }, "subnetId": { "type": "string" } },
  "resources": {`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		template := indented
		if i%every > 0 {
			template = other
		}
		fmt.Fprintf(&b, `
    "module%d": {
      "type": "Microsoft.Resources/deployments",
      "apiVersion": "2022-09-01",
      "name": "module%d",
      "properties": {
        "expressionEvaluationOptions": { "scope": "inner" },
        "mode": "Incremental",
        "parameters": {
          "name": { "value": "[format('db{0}', %d)]" },
          "access": { "value": "[parameters('access')]" },
          "subnetId": { "value": "[parameters('subnetId')]" }
        },
        "template": %s
      }
    }`, i, i, i, template)
	}
	b.WriteString("\n  }\n}\n")
	return b.String()
}
