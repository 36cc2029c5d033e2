package lint_test

import (
	"fmt"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/lint"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const heldAccount = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
"parameters": {"open": {"type": "bool"%s}}, "resources": [{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-11-15",
"name": "db1"%s, "properties": {"publicNetworkAccess": "[if(parameters('open'), 'Enabled', 'Disabled')]"}}]}`

const heldGiven = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
"parameters": {"open": {"value": %t}}}`

// closed holds for an account without public network access, whatever else it says of it.
var closed = &rule.Rule{ID: "CDB101", Name: "closed", Severity: diag.Error, Check: func(p *rule.Pass) {
	for _, r := range p.Deployment.OfType("Microsoft.DocumentDB/databaseAccounts") {
		p.Held(r)
		p.Held(r)
		switch v := r.Body.GetPath("properties.publicNetworkAccess"); {
		case !v.Known():
			p.Undetermined(r, "", v, "Not known.")
		case v.EqualsFold("Enabled") == value.True:
			p.Report(rule.Finding{Resource: r, Message: "Open."})
		}
	}
}}

// TestHeld keeps what a rule has called good, once, unless the rule reports it, or cannot decide, with some parameters.
func TestHeld(t *testing.T) {
	loop := `, "copy": {"name": "c", "count": 1500}, "condition": true`
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  int
	}{
		{"good", map[string]string{"main.json": fmt.Sprintf(heldAccount, `, "defaultValue": false`, "")}, 1},
		{"bad", map[string]string{"main.json": fmt.Sprintf(heldAccount, `, "defaultValue": true`, "")}, 0},
		{"not known", map[string]string{"main.json": fmt.Sprintf(heldAccount, "", "")}, 0},
		{"good with all parameters", map[string]string{"main.json": fmt.Sprintf(heldAccount, "", ""),
			"main.parameters.a.json": fmt.Sprintf(heldGiven, false), "main.parameters.b.json": fmt.Sprintf(heldGiven, false)}, 1},
		{"bad with some parameters", map[string]string{"main.json": fmt.Sprintf(heldAccount, "", ""),
			"main.parameters.a.json": fmt.Sprintf(heldGiven, false), "main.parameters.b.json": fmt.Sprintf(heldGiven, true)}, 0},
		{"two templates", map[string]string{"a/main.json": fmt.Sprintf(heldAccount, `, "defaultValue": false`, ""),
			"b/main.json": fmt.Sprintf(heldAccount, `, "defaultValue": false`, "")}, 2},
		{"a long loop", map[string]string{"main.json": fmt.Sprintf(heldAccount, `, "defaultValue": false`, loop)}, 0},
	} {
		cfg := lint.Config{Root: write(t, tt.files), Paths: []string{"."}, Rules: []*rule.Rule{closed}, Evidence: true}
		res, err := lint.Run(cfg)
		if err != nil {
			t.Fatal(err)
		}
		if tt.name == "a long loop" {
			if n := len(res.Held); n == 0 || n > 1000 {
				t.Errorf("%s: %d held", tt.name, n)
			}
		} else if len(res.Held) != tt.want {
			t.Errorf("%s: %d held, want %d", tt.name, len(res.Held), tt.want)
		}
		cfg.Evidence = false
		if res, _ := lint.Run(cfg); len(res.Held) != 0 {
			t.Errorf("%s: held, though nobody has asked", tt.name)
		}
	}
}
