package ruletest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

const offType = "Microsoft.DocumentDB/databaseAccounts"

// sound finds accounts whose properties.list has an element "bad", which its fix replaces.
var sound = &rule.Rule{
	ID: "CDB999", Severity: diag.Error, Fix: rule.SafeFix,
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.OfType(offType) {
			list := r.Body.GetPath("properties.list")
			answer := list.Decide(func(v value.Value) value.Truth {
				if v.Kind == value.Unknown {
					return value.Undecided
				}
				return v.Index(0).EqualsFold("bad")
			})
			path := "properties.list.0"
			switch answer {
			case value.True:
				p.Report(rule.Finding{Resource: r, Path: path, Message: "It is bad.",
					Fix: rule.SetFix(r, "properties.list", value.OfArray(value.OfString("well")), true)})
			case value.Undecided:
				p.Undetermined(r, path, list, "It is not known.")
			}
		}
	},
}

// literalMinded is a rule that takes what it cannot read for bad, as linters do that look at text.
var literalMinded = &rule.Rule{
	ID: "CDB999", Severity: diag.Error,
	Check: func(p *rule.Pass) {
		for _, r := range p.Deployment.OfType(offType) {
			if v := r.Body.GetPath("properties.list"); v.Kind == value.Array && !v.Index(0).Known() || v.Index(0).EqualsFold("bad") == value.True {
				p.Report(rule.Finding{Resource: r, Path: "properties.list.0", Message: "It is bad."})
			}
		}
	},
}

const archive = `
What it decides.

-- bad/first.json --
[{"type": "Microsoft.DocumentDB/databaseAccounts", "name": "db1", "properties": {"list": ["bad"]}}]
-- bad/first.want --
error db1 properties.list.0
-- bad/first.fixed.json --
[{"type": "Microsoft.DocumentDB/databaseAccounts", "name": "db1", "properties": {"list": ["well"]}}]
-- good/other.json --
[{"type": "Microsoft.DocumentDB/databaseAccounts", "name": "db1", "properties": {"list": ["@id(Microsoft.X/y/z, a/b)"]}}]
-- undetermined/given.json --
[{"type": "Microsoft.DocumentDB/databaseAccounts", "name": "db1", "properties": {"list": "@param(list, array)"}}]
-- undetermined/given.want --
undetermined db1 properties.list.0
`

// complaintsOf runs all cases and collects what does not hold, by run.
func complaintsOf(t *testing.T, r *rule.Rule, archive string) map[string][]string {
	t.Helper()
	cases, err := readCases([]byte(archive))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := source.OpenTree(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	b := newBench(tree, r)
	got := map[string][]string{}
	for _, c := range cases {
		b.eachRun(c, func(name string, lang Language, c *testCase, _ way, r run) {
			src, err := b.write(lang, r.program)
			if err != nil {
				return
			}
			got[c.String()+"/"+name] = b.complaints(c, lang, src, b.lint(src), r)
		})
	}
	return got
}

func TestSoundRulePasses(t *testing.T) {
	got := complaintsOf(t, sound, archive)
	for name, complaints := range got {
		if len(complaints) > 0 {
			t.Errorf("%s: %s", name, strings.Join(complaints, "\n"))
		}
	}
	if len(got) < 20 {
		t.Errorf("only %d runs", len(got))
	}
}

func TestLiteralMindedRuleFails(t *testing.T) {
	got := complaintsOf(t, literalMinded, archive)
	for _, name := range []string{
		"bad/first/arm/literal", // no fix, though one is wanted
		"bad/first/arm/unknown/properties.list.0",
		"bad/first/arm/unknown/properties.list",
		"good/other/arm/literal",
		"undetermined/given/arm/literal",
	} {
		if len(got[name]) == 0 {
			t.Errorf("%s: nothing to complain about", name)
		}
	}
}

func TestReadCasesRefuses(t *testing.T) {
	const account = `[{"type": "Microsoft.X/y", "name": "a"}]`
	for want, archive := range map[string]string{
		"does not begin with a comment":   "-- good/a.json --\n" + account,
		"not a file of a case":            "c\n-- ugly/a.json --\n" + account,
		"is there twice":                  "c\n-- good/a.json --\n" + account + "\n-- good/a.json --\n" + account,
		"not both":                        "c\n-- good/a.json --\n" + account + "\n-- good/a.arm.json --\n{}",
		"no .json":                        "c\n-- bad/a.want --\nerror a -\n",
		"needs a .want with a finding":    "c\n-- bad/a.json --\n" + account,
		"wants nothing":                   "c\n-- good/a.json --\n" + account + "\n-- good/a.want --\nerror a -\n",
		"only a bad case can be fixed":    "c\n-- good/a.json --\n" + account + "\n-- good/a.fixed.json --\n" + account,
		"undetermined lines only":         "c\n-- undetermined/a.json --\n" + account,
		"is not `severity resource path`": "c\n-- bad/a.json --\n" + account + "\n-- bad/a.want --\nbad a -\n",
		"gives no reason":                 "c\n-- bad/a.json --\n" + account + "\n-- bad/a.ways --\nskip: unknown\n",
		"neither a way nor a language":    "c\n-- bad/a.json --\n" + account + "\n-- bad/a.ways --\nskip: somehow because\n",
		"or a whole template":             "c\n-- good/a.json --\n" + `[{"type": "Microsoft.X/y", "name": "[parameters('a')]"}]`,
		"not a resource":                  "c\n-- good/a.json --\n" + `[{"type": "Microsoft.X/y"}]`,
	} {
		if _, err := readCases([]byte(archive)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}

func TestDeciding(t *testing.T) {
	got := deciding("properties.a.0.b.c.1")
	want := []string{"properties.a.0.b.c.1", "properties.a.0.b.c", "properties.a.0", "properties.a"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestExpression(t *testing.T) {
	for in, want := range map[string]string{
		`null`:                        "null()",
		`true`:                        "true()",
		`-7`:                          "-7",
		`1.5`:                         "json('1.5')",
		`"it's"`:                      "'it''s'",
		`[1, "a"]`:                    "createArray(1, 'a')",
		`{"a": {"b": []}}`:            "createObject('a', createObject('b', createArray()))",
		`"@id(Microsoft.X/y/z, a/b)"`: "resourceId('Microsoft.X/y/z', 'a', 'b')",
		`"@param(p, bool)"`:           "parameters('p')",
	} {
		v, err := parseJSON([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := armExpression(rewrite(v, nodeOf, sameKey)); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestApply(t *testing.T) {
	f := source.NewFile("a", []byte("0123456789"))
	edit := func(start, end int, text string) source.Edit {
		return source.Edit{Span: source.Span{File: f, Start: start, End: end}, New: text}
	}
	got, err := apply("0123456789", []source.Edit{edit(8, 9, ""), edit(2, 4, "x"), edit(5, 5, "+")})
	if err != nil || got != "01x4+5679" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := apply("0123456789", []source.Edit{edit(2, 4, ""), edit(3, 5, "")}); err == nil {
		t.Error("edits that overlap were applied")
	}
}
