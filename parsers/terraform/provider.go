package terraform

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// lockEntry matches a provider and its version in .terraform.lock.hcl.
var lockEntry = regexp.MustCompile(`(?m)^provider\s+"[^"]*?/([^"/]+/[^"/]+)"\s*\{\s*version\s*=\s*"(\d+)\.`)

// lockFile is where terraform init keeps which versions it chose.
const lockFile = ".terraform.lock.hcl"

// readLocks returns the major versions that .terraform.lock.hcl pins, by "namespace/name".
func readLocks(tree *source.Tree, root string) map[string]int {
	f, err := tree.Read(path.Join(root, lockFile))
	if err != nil {
		return nil
	}
	locks := map[string]int{}
	for _, m := range lockEntry.FindAllSubmatch(f.Data, -1) {
		locks[string(m[1])], _ = strconv.Atoi(string(m[2]))
	}
	return locks
}

// defaultSources are where a provider comes from that no required_providers names.
var defaultSources = map[string]string{
	"azurerm": "hashicorp/azurerm", "azuread": "hashicorp/azuread", "azapi": "Azure/azapi",
	"msgraph": "microsoft/msgraph",
}

// providerOf finds the provider that an instance belongs to.
func (m *module) providerOf(b *block, typ string) Provider {
	name, alias := typ, ""
	if i := strings.IndexByte(typ, '_'); i > 0 {
		name = typ[:i]
	}
	if e := b.expr("provider"); e != nil {
		name, alias = providerRef(e)
	}
	return Provider{Name: name, Major: m.major(name), Config: m.providerConfig(name, alias)}
}

// providerRef reads `azurerm.alias`.
func providerRef(e hclsyntax.Expression) (name, alias string) {
	t, diags := hcl.AbsTraversalForExpr(reparse(e))
	if diags.HasErrors() || len(t) == 0 {
		return "", ""
	}
	alias, _ = attrName(t, 1)
	return t.RootName(), alias
}

// major is the major version of a provider: that of the lock file, else the one that the constraints of this module or a
// caller leave.
func (m *module) major(name string) int {
	for at := m; at != nil; at = at.caller {
		src, constraint := at.dir.required(name)
		if src == "" {
			src = defaultSources[name]
		}
		if n := m.run.lock(src); n > 0 {
			return n
		}
		if n := majorOf(constraint); n > 0 {
			return n
		}
	}
	return 0
}

func (r *run) lock(src string) int {
	for _, name := range sortedKeys(r.locks) {
		if strings.EqualFold(name, src) {
			return r.locks[name]
		}
	}
	return 0
}

// required returns source and version constraint of a provider from the directory's required_providers.
func (d *directory) required(name string) (src, constraint string) {
	for _, s := range d.settings {
		for _, b := range s.nested("required_providers") {
			a := b.attr(name)
			if a == nil {
				continue
			}
			if text, ok := literalText(a.expr); ok {
				return "", text
			}
			for _, o := range objectBlocks(a, a.expr) {
				return textOf(o.expr("source")), textOf(o.expr("version"))
			}
		}
	}
	for _, p := range d.providers { // as it was written before 0.13
		if p.labels[0] == name && p.attr("version") != nil {
			return "", textOf(p.expr("version"))
		}
	}
	return "", ""
}

func textOf(e hclsyntax.Expression) string {
	if e == nil {
		return ""
	}
	text, _ := literalText(e)
	return text
}

var versionTerm = regexp.MustCompile(`^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?`)

// majorOf returns the only major version that a constraint leaves, 0 when it leaves several: "~> 3.0" is 3, ">= 3.0" may
// be anything, ">= 3.0, < 4.0" is 3.
func majorOf(constraint string) int {
	low, high := 0, 0
	for _, term := range strings.Split(constraint, ",") {
		g := versionTerm.FindStringSubmatch(strings.TrimSpace(term))
		if g == nil {
			continue
		}
		major, _ := strconv.Atoi(g[2])
		minor, _ := strconv.Atoi(g[3])
		switch g[1] {
		case "", "=":
			low, high = major, major
		case "~>":
			low, high = max(low, major), major
			if g[3] == "" {
				high = 0
			}
		case ">=", ">":
			low = max(low, major)
		case "<":
			if minor == 0 {
				major--
			}
			high = major
		case "<=":
			high = major
		}
	}
	if low == high {
		return low
	}
	return 0
}

// providerConfig evaluates the provider block of that name and alias, in this module or where a caller has it.
func (m *module) providerConfig(name, alias string) value.Value {
	for at := m; at != nil; at = at.caller {
		for _, p := range at.dir.providers {
			if p.labels[0] == name && aliasOf(p) == alias {
				return at.scope.body(p, all)
			}
		}
		if at.call != nil {
			name, alias = at.passed(name, alias)
		}
	}
	return value.Value{}
}

// passed is what the caller calls a provider: the providers argument of a call maps the names.
func (m *module) passed(name, alias string) (string, string) {
	own := name
	if alias != "" {
		own += "." + alias
	}
	for _, o := range m.call.nested("providers") {
		for _, a := range o.attrs {
			if a.name == own {
				return providerRef(a.expr)
			}
		}
	}
	// `azurerm.alias = …` is no bare word: objectBlocks does not see it.
	if e, ok := m.call.expr("providers").(*hclsyntax.ObjectConsExpr); ok {
		for _, item := range e.Items {
			key, isKey := item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr)
			if !isKey {
				continue
			}
			if n, a := providerRef(key.Wrapped); n == name && a == alias {
				return providerRef(item.ValueExpr)
			}
		}
	}
	return name, alias
}
