package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// LocalAuthEnabled is CDB201.
var LocalAuthEnabled = &rule.Rule{
	ID:       "CDB201",
	Name:     "local-auth-enabled",
	Title:    "Keys or passwords give access to the data",
	Category: rule.Identity,
	Severity: diag.Error,
	Score:    7.5,
	Controls: rule.Also(rule.Also(rule.Also(rule.Also(rule.Baseline("IM-1", "IM-2"), rule.MCSB, "IM-1"),
		rule.CIS, "4.5.3"), rule.Policy, "5450f5bd-9c72-4390-a9c4-a7aba4edfdd2", "dc2d41d1-4ab1-4666-a3e1-3d51c43e0049"),
		rule.CWE, "CWE-287"),
	Doc: `An account's keys give whoever has them all rights on all data. They name nobody, cannot be limited, expire never, and
go into settings and logs. The passwords of a MongoDB vCore or PostgreSQL cluster are no better.

Let clients sign in with Microsoft Entra ID (managed identities) and data-plane roles, then turn keys off:
` + "`disableLocalAuth: true`" + ` on an account of the NoSQL or Table API, ` + "`authConfig.allowedModes`" + ` without
` + "`NativeAuth`" + ` on a mongoClusters (which may have to be created with it and changed afterwards),
` + "`authConfig.passwordAuth: 'Disabled'`" + ` on a serverGroupsv2. Accounts of other APIs: see CDB209.

The fix is safe for an account of the NoSQL API, unless something in the deployment works with a key, or may.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-disable-key-based-authentication",
		"https://learn.microsoft.com/azure/documentdb/how-to-connect-role-based-access-control",
		"https://learn.microsoft.com/azure/cosmos-db/postgresql/how-to-configure-authentication",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		for _, a := range look(p).Accounts {
			if a.API == cosmos.NoSQL || a.API == cosmos.Table {
				checkLocalAuth(p, a.Resource, title(a.Resource)+" accepts its keys. Whoever has a key has"+
					" all rights on all data, unnamed and for as long as the key lives. Give clients Microsoft Entra ID roles and set '"+
					rule.Spell(a.Resource, cosmos.DisableLocalAuth)+"' to "+on(a.Resource, cosmos.DisableLocalAuth)+".",
					func() *diag.Fix {
						return setFix(a.Resource, cosmos.DisableLocalAuth, value.OfBool(true), a.API == cosmos.NoSQL && !keysAreUsed(p))
					})
			}
		}
		for _, typ := range []string{cosmos.MongoClusterType, cosmos.PostgreSQLType} {
			for _, r := range p.Deployment.OfType(typ) {
				_, path := cosmos.LocalAuth(r)
				checkLocalAuth(p, r, title(r)+" accepts passwords. They are shared, live long and bypass"+
					" what Microsoft Entra ID enforces. Let clients sign in with Entra ID and turn passwords off in '"+
					rule.Spell(r, path)+"'.", func() *diag.Fix { return nil })
			}
		}
	},
}

// checkLocalAuth reports r when keys or passwords work there.
func checkLocalAuth(p *rule.Pass, r *model.Resource, message string, fix func() *diag.Fix) {
	switch on, path := cosmos.LocalAuth(r); on {
	case value.True:
		p.Report(rule.Finding{Resource: r, Path: path, Message: message, Fix: fix()})
	case value.Undecided:
		p.Undetermined(r, path, r.Body.GetPath(path), rule.Unknown(r, path))
	default:
		p.Held(r)
	}
}

// on is how the language writes a property that is true.
func on(r *model.Resource, path string) string { return rule.Literal(r, path, value.OfBool(true)) }
