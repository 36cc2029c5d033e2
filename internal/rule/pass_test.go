package rule

import (
	"strings"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// plain is a language that spells properties as ARM does and can write nothing.
type plain struct{}

func (plain) Name() string                                              { return "plain" }
func (plain) Spell(_, path string) string                               { return path }
func (plain) Literal(v value.Value) string                              { return string(value.AppendJSON(nil, v)) }
func (plain) Set(*model.Resource, string, value.Value) []source.Edit    { return nil }
func (plain) Remove(*model.Resource, ...string) []source.Edit           { return nil }
func (plain) Append(*model.Resource, string, value.Value) []source.Edit { return nil }
func (plain) Raise(*model.Resource, string) []source.Edit               { return nil }

func withProperty(v value.Value) *model.Resource {
	return &model.Resource{
		Type: "Microsoft.X/a", Name: value.OfString("a1"), Dialect: plain{},
		Body: value.OfObject(value.Field{Name: "p", Value: v}),
	}
}

func notTrue(v value.Value) value.Truth { return v.IsTrue().Not() }

// TestJudge finds what is bad in every case, counts what may be, and is silent on the rest.
func TestJudge(t *testing.T) {
	either := value.OneOf("", value.OfBool(true).WithDeps("x"), value.NewUnknown("parameters('q')", "q"))
	for _, tt := range []struct {
		name                   string
		v                      value.Value
		findings, undetermined int
		held                   int
	}{
		{"good", value.OfBool(true), 0, 0, 1},
		{"bad", value.OfBool(false), 1, 0, 0},
		{"unknown", value.NewUnknown("parameters('q')", "q"), 0, 1, 0},
		{"bad in every case", value.OneOf("", value.OfBool(false), value.OfBool(false)), 1, 0, 0},
		{"bad in one case", value.OneOf("", value.OfBool(false), value.OfBool(true)), 0, 1, 0},
		{"good or unknown", either, 0, 1, 0},
	} {
		r := withProperty(tt.v)
		p := &Pass{Rule: complete("CDB101", "one")}
		p.Judge(Finding{Resource: r, Path: "p", Message: "m"}, notTrue)
		findings, undetermined := p.Results()
		if len(findings) != tt.findings || len(undetermined) != tt.undetermined || len(p.Good()) != tt.held {
			t.Errorf("%s: %d findings, %d undetermined, %d held, want %d, %d, %d", tt.name,
				len(findings), len(undetermined), len(p.Good()), tt.findings, tt.undetermined, tt.held)
		}
		r.Existing = true
		p = &Pass{Rule: p.Rule}
		p.Judge(Finding{Resource: r, Path: "p", Message: "m"}, notTrue)
		if findings, undetermined := p.Results(); len(findings)+len(undetermined)+len(p.Good()) != 0 {
			t.Errorf("%s: a resource that is only referred to is graded", tt.name)
		}
	}
}

// TestUndetermined names the parameters that a check waits for, and has no fix.
func TestUndetermined(t *testing.T) {
	p := &Pass{Rule: complete("CDB101", "one")}
	r := withProperty(value.NewUnknown("parameters('q')", "q"))
	p.Judge(Finding{Resource: r, Path: "p", Message: "m", Fix: &diag.Fix{Title: "f"}}, notTrue)
	_, undetermined := p.Results()
	d := undetermined[0]
	if d.Message != "The value of 'p' is not known before deployment." || len(d.DependsOn) != 1 || d.DependsOn[0] != "q" || d.Fix != nil {
		t.Errorf("%+v", d)
	}
}

// TestReport takes the rule's severity unless the finding has one.
func TestReport(t *testing.T) {
	p := &Pass{Rule: complete("CDB101", "one")}
	element := value.OfString("10.0.0.0/8")
	secret := value.OfString("hunter2").AsSecret()
	r := withProperty(value.OfBool(false))
	p.Report(Finding{Resource: r, Path: "p", Value: &element})
	p.Report(Finding{Resource: r, Path: "p", Value: &secret, Severity: diag.Note})
	findings, _ := p.Results()
	one, two := findings[0], findings[1]
	if one.Code != "CDB101" || one.Severity != diag.Warning || one.Detail != "'10.0.0.0/8'" || one.Property != "p" || one.Subject.Title != "a1" {
		t.Errorf("%+v", one)
	}
	if two.Severity != diag.Note || two.Detail != "" {
		t.Errorf("%+v", two)
	}
}

// TestFact computes once what all rules share.
func TestFact(t *testing.T) {
	p := &Pass{Deployment: &model.Deployment{}}
	n := 0
	count := func(*model.Deployment) int { n++; return n }
	q := &Pass{Deployment: p.Deployment}
	Fact(p, "k", count)
	q.Facts = p.Facts
	if Fact(q, "k", count) != 1 || Fact(q, "other", count) != 2 {
		t.Errorf("computed %d times", n)
	}
}

// TestTitle shows known text as it is, the rest as the expression it is computed from, and of a secret nothing.
func TestTitle(t *testing.T) {
	for _, tt := range []struct {
		name value.Value
		want string
	}{
		{value.OfString("db1"), "db1"},
		{value.NewUnknown("parameters('p')"), "<parameters('p')>"},
		{value.Template(value.OfString("db-"), value.NewUnknown("parameters('p')")), "db-<parameters('p')>"},
		{value.Value{}, "<unknown>"},
		{value.OneOf("", hashed("westeurope"), hashed("northeurope")), "db-<toLower(…)>"},
		{value.OneOf("", hashed("westeurope"), value.OfString("db1")), "<unknown>"},
		{value.OfString("hunter2").AsSecret(), "<secret>"},
		{value.Template(value.OfString("hunter2").AsSecret(), value.NewUnknown("p")), "<secret>"},
		{value.NewUnknown("listKeys('x')").AsSecret(), "<secret>"},
	} {
		if got := Title(tt.name); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

func hashed(name string) value.Value {
	return value.Template(value.OfString("db-"), value.NewUnknown("toLower(substring("+strings.Repeat("x", 100)+", '"+name+"'))"))
}

// TestVisible keeps to the user's files: what stands in a registry's module is shown at the innermost call of his own,
// without fixes.
func TestVisible(t *testing.T) {
	own, module := source.NewFile("main.bicep", []byte("outer\ninner\n")), source.NewFile("br:module", []byte("text"))
	module.External = true
	outer, inner := own.At(0, 5), own.At(6, 5)
	r := withProperty(value.OfBool(false).At(module.At(0, 4)))
	r.Header, r.Calls = module.At(0, 4), []source.Span{outer, inner, module.At(1, 1)}
	p := &Pass{Rule: complete("CDB101", "one")}
	p.Report(Finding{Resource: r, Path: "p", Related: []diag.Related{{Message: "there", Span: module.At(2, 1)}},
		Fix: &diag.Fix{Edits: []source.Edit{{Span: module.At(0, 4)}}}})
	findings, _ := p.Results()
	d := findings[0]
	if d.Span != inner || d.Subject.Span != inner || d.Fix != nil {
		t.Errorf("at %q, subject at %q, fix %v", d.Span.Text(), d.Subject.Span.Text(), d.Fix)
	}
	if len(d.Related) != 1 || d.Related[0].Span != outer {
		t.Errorf("related: %+v", d.Related)
	}
}
