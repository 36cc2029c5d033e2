package rules

import (
	"github.com/cosmoslint/cosmoslint/internal/cosmos"
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// KeyMetadataWriteEnabled is CDB202.
var KeyMetadataWriteEnabled = &rule.Rule{
	ID:       "CDB202",
	Name:     "key-metadata-write-enabled",
	Title:    "Keys can change databases, containers and throughput",
	Category: rule.Identity,
	Severity: diag.Warning,
	Score:    5.5,
	Controls: rule.Also(rule.Also(rule.Also(rule.Baseline("IM-1", "IM-2"), rule.MCSB, "IM-1"),
		rule.Policy, "4750c32b-89c0-46af-bfcb-2e4541a818d5"), rule.CWE, "CWE-269"),
	Doc: `With an account's key a client can not only read and write data but also create, change and delete databases,
containers and their throughput, past Azure's role assignments, locks and policies.

Set ` + "`disableKeyBasedMetadataWriteAccess`" + ` to true: such changes then go through Azure Resource Manager. It does not
matter once keys are turned off altogether (CDB201), and it breaks the drivers of the MongoDB, Cassandra and Gremlin APIs,
which create collections, tables and graphs with the key; accounts of these APIs are not reported.`,
	References: []string{
		"https://learn.microsoft.com/azure/cosmos-db/role-based-access-control",
		"https://learn.microsoft.com/azure/cosmos-db/audit-control-plane-logs",
	},
	Since: "0.1.0",
	Fix:   rule.SafeFix,
	Check: func(p *rule.Pass) {
		for _, a := range look(p).Accounts {
			checkMetadataWrites(p, a)
		}
	},
}

func checkMetadataWrites(p *rule.Pass, a *cosmos.Account) {
	r := a.Resource
	keys, keysPath := cosmos.LocalAuth(r)
	allowed := cosmos.Effective(r, cosmos.DisableKeyMetadata).IsTrue().Not()
	const path = cosmos.DisableKeyMetadata
	switch value.And(allowed, keys, driversDoWithout(a.API)) {
	case value.True:
		p.Report(rule.Finding{
			Resource: r,
			Path:     path,
			Message: title(r) + " lets its keys change databases and containers. Such changes bypass" +
				" Azure's role assignments, locks and policies. Set '" + rule.Spell(r, path) + "' to " +
				on(r, path) + ".",
			Fix: setFix(r, path, value.OfBool(true), a.API == cosmos.NoSQL),
		})
	case value.Undecided:
		switch {
		case allowed == value.Undecided:
			p.Undetermined(r, path, r.Body.GetPath(path), rule.Unknown(r, path))
		case keys == value.Undecided:
			p.Undetermined(r, keysPath, r.Body.GetPath(keysPath), rule.Unknown(r, keysPath))
		default:
			p.Undetermined(r, "kind", apiInput(r), "Which API the account has cannot be told from its kind and capabilities.")
		}
	default:
		if value.And(keys, driversDoWithout(a.API)) == value.True {
			p.Held(r)
		}
	}
}

// driversDoWithout answers whether clients of an API work when keys cannot change metadata.
func driversDoWithout(api cosmos.API) value.Truth {
	switch api {
	case cosmos.NoSQL, cosmos.Table:
		return value.True
	case cosmos.UnknownAPI:
		return value.Undecided
	}
	return value.False
}
