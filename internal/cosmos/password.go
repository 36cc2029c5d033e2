package cosmos

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// passwordPaths are the passwords that a template sets, by type (Azure/azure-rest-api-specs: mongocluster, where the
// second was the first before 2024-06-01-preview; postgresqlhsc; cosmos-db).
var passwordPaths = []struct {
	typ   string
	paths []string
}{
	{MongoClusterType, []string{"properties.administrator.password", "properties.administratorLoginPassword"}},
	{PostgreSQLType, []string{"properties.administratorLoginPassword"}},
	{PostgreSQLType + "/roles", []string{"properties.password"}},
	{CassandraType, []string{"properties.initialCassandraAdminPassword"}},
	{AccountType + "/mongodbUserDefinitions", []string{"properties.password"}},
}

// Password is a password that a template sets.
type Password struct {
	Resource *model.Resource
	Path     string
	Value    value.Value
	// Flaw is how it can be read.
	Flaw Flaw
	// Open are the parameters on its way that are not secure.
	Open []model.Input
	// Written are the places where it is spelled out.
	Written []source.Span
}

// Flaw is how a password can be read.
type Flaw uint8

// The flaws of a password, and none.
const (
	NoFlaw          Flaw = iota
	UndecidedFlaw        // in some cases
	WrittenOut           // it is written in a template or a parameter file
	ConstantDefault      // it is the default of a parameter
	NotSecure            // it comes through a parameter that is not secure, and is kept in the history of deployments
)

// Passwords are all passwords that a deployment sets.
func Passwords(d *model.Deployment) []Password {
	var out []Password
	for _, t := range passwordPaths {
		for _, r := range d.OfType(t.typ) {
			for _, path := range t.paths {
				if v := r.Body.GetPath(path); !v.IsUnset() && !r.Existing {
					out = append(out, passwordOf(d, r, path, v))
				}
			}
		}
	}
	return out
}

func passwordOf(d *model.Deployment, r *model.Resource, path string, v value.Value) Password {
	p := Password{Resource: r, Path: path, Value: v}
	alternatives := v.Alternatives()
	good := false
	for i, c := range alternatives {
		flaw := p.flawOf(d, c)
		good = good || flaw == NoFlaw
		if flaw != NoFlaw && (i == 0 || p.Flaw == NoFlaw) {
			p.Flaw = flaw
		}
	}
	if good && p.Flaw != NoFlaw {
		p.Flaw = UndecidedFlaw
	}
	return p
}

func (p *Password) flawOf(d *model.Deployment, v value.Value) Flaw {
	if text, ok := v.Text(); ok {
		switch {
		case isToken(text):
			return NoFlaw
		case !v.Span.IsZero():
			p.Written = append(p.Written, v.Span)
		}
		if hasStep(v, value.FromDefault) {
			return ConstantDefault
		}
		return WrittenOut
	}
	open := openOnTheWay(d, v)
	p.Open = append(p.Open, open...)
	if len(open) > 0 {
		return NotSecure
	}
	return NoFlaw
}

// tokenForms are texts that a pipeline replaces by a password before it deploys, and those that deploy nothing.
var tokenForms = regexp.MustCompile(`^$|^GEN-[A-Z-]+$|^#\{.*\}#?$|^\$\(.*\)$|^\$\{.*\}$|^__.*__$|^\{\{.*\}\}$|^<[^<>]*>$|^%\w+%$`)

func isToken(text string) bool { return tokenForms.MatchString(text) }

func hasStep(v value.Value, kind value.OriginKind) bool {
	for o := v.From; o != nil; o = o.Prev {
		if o.Kind == kind {
			return true
		}
	}
	return false
}

// parameterSyms are the forms of the canonical expression of a parameter that is not known, or of a member of one: those of
// ARM and Bicep, and those of Terraform's variables.
var parameterSyms = []*regexp.Regexp{
	regexp.MustCompile(`^(?:module\('([^']*)'\)\.)?parameters\('([^']+)'\)(?:[.\[].*)?$`),
	regexp.MustCompile(`^(?:(module\..+)\.)?var\.([\w-]+)(?:[.\[].*)?$`),
}

// openOnTheWay returns the parameters that a value, which is not known, came through and that are not secure.
func openOnTheWay(d *model.Deployment, v value.Value) []model.Input {
	var open []model.Input
	look := func(module, name string) {
		i := slices.IndexFunc(d.Inputs, func(in model.Input) bool { return in.Module == module && strings.EqualFold(in.Name, name) })
		if i < 0 || model.IsSecure(d.Inputs[i].Type) {
			return
		}
		if !slices.ContainsFunc(open, func(in model.Input) bool { return in.Module == module && in.Site == d.Inputs[i].Site }) {
			open = append(open, d.Inputs[i])
		}
	}
	for _, piece := range append(v.Pieces(), v) {
		for o := piece.From; o != nil; o = o.Prev {
			if o.Kind == value.FromArgument || o.Kind == value.FromDefault {
				look(o.In, o.Name)
			}
		}
		for _, form := range parameterSyms {
			if m := form.FindStringSubmatch(piece.Sym()); m != nil {
				look(m[1], m[2])
			}
		}
	}
	return open
}
