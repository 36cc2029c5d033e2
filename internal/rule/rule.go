// Package rule says what a rule is: a value with metadata and one function, which looks at a deployment through a Pass.
package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Rule is one check. Everything that is shown about a rule, wherever it is shown, is derived from this record.
type Rule struct {
	ID       string // "CDB101"; never changes, never returns
	Name     string // "public-network-open"; reads well after "allow"
	Title    string // one line, without a full stop: "Account is open to the internet"
	Category Category
	Severity diag.Severity
	// Score is the security-severity for code scanning, from 0.1 to 10.0.
	Score    float64
	Controls []Control
	// Doc is Markdown: what is wrong, why it matters, what to do.
	Doc        string
	References []string // URLs of the pages that the rule rests on
	Since      string   // the version that brought the rule
	Fix        FixKind
	Off        bool // runs only when it is asked for
	// Check looks at a deployment. A rule has this, CheckFile, or both.
	Check func(*Pass)
	// CheckFile looks at the text of a template or a parameter file, also of one that no deployment is made of.
	CheckFile func(*Pass, *source.File)
}

// Category groups rules as docs and flags do.
type Category string

// The categories.
const (
	Network   Category = "network"
	Endpoint  Category = "endpoint"
	Identity  Category = "identity"
	Secrets   Category = "secrets"
	Data      Category = "data"
	Perimeter Category = "perimeter" // the network around the account
	Tenant    Category = "tenant"
)

// FixKind tells what a rule's fixes are at most.
type FixKind uint8

// A safe fix may be applied unseen; a suggested one should be looked at first.
const (
	NoFix FixKind = iota
	Suggested
	SafeFix
)

func (k FixKind) String() string { return [...]string{"none", "suggested", "safe"}[k] }

// Control is one requirement of a catalogue that a rule answers to.
type Control struct {
	Catalogue Catalogue
	ID        string
}

// Catalogue is a published set of controls. The same id means different things in different ones.
type Catalogue string

// The catalogues.
const (
	ASBv2  Catalogue = "azure-security-benchmark-v2" // the numbering of the Azure Security Baseline for Cosmos DB
	MCSB   Catalogue = "microsoft-cloud-security-benchmark-v1"
	CIS    Catalogue = "cis-azure-foundations-2.0.0"
	Policy Catalogue = "azure-policy" // id: the definition's GUID
	CWE    Catalogue = "cwe"
)

// Baseline makes controls of the Azure Security Baseline for Cosmos DB.
func Baseline(ids ...string) []Control { return controls(ASBv2, ids) }

// Also appends controls of another catalogue.
func Also(cs []Control, catalogue Catalogue, ids ...string) []Control {
	return append(slices.Clone(cs), controls(catalogue, ids)...)
}

func controls(catalogue Catalogue, ids []string) []Control {
	cs := make([]Control, len(ids))
	for i, id := range ids {
		cs[i] = Control{catalogue, id}
	}
	return cs
}

// URL is the page that documents the rule.
func (r *Rule) URL() string {
	return "https://github.com/cosmoslint/cosmoslint/blob/main/docs/rules/" + r.ID + ".md"
}

// Matches reports whether selector is the rule's id, name or category (ignoring case), or "all".
func (r *Rule) Matches(selector string) bool {
	return strings.EqualFold(selector, r.ID) || strings.EqualFold(selector, r.Name) ||
		strings.EqualFold(selector, string(r.Category)) || selector == "all"
}

var (
	idForm   = regexp.MustCompile(`^CDB[1-6]\d\d$`)
	nameForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
)

// Validate reports what is missing or out of order in a list of rules.
func Validate(rules []*Rule) error {
	seen := map[string]bool{}
	for i, r := range rules {
		switch {
		case !idForm.MatchString(r.ID):
			return fmt.Errorf("rule %q: id is not of the form CDBnnn", r.ID)
		case !nameForm.MatchString(r.Name):
			return fmt.Errorf("%s: name %q is not lower-case words joined by hyphens", r.ID, r.Name)
		case i > 0 && rules[i-1].ID >= r.ID:
			return fmt.Errorf("%s: out of order or listed twice", r.ID)
		case seen[r.Name]:
			return fmt.Errorf("%s: name %q is taken", r.ID, r.Name)
		case r.Title == "" || strings.HasSuffix(r.Title, "."):
			return fmt.Errorf("%s: title is empty or ends with a full stop", r.ID)
		case r.Severity.String() == "invalid" || r.Score <= 0 || r.Score > 10:
			return fmt.Errorf("%s: severity or score is missing", r.ID)
		case r.Doc == "" || r.Since == "" || len(r.References) == 0 || r.Category == "":
			return fmt.Errorf("%s: documentation, since, references or category is missing", r.ID)
		case r.Check == nil && r.CheckFile == nil:
			return fmt.Errorf("%s: no check", r.ID)
		}
		seen[r.Name] = true
	}
	return nil
}
