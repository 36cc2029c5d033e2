// Package diag has the one diagnostic type: what is said, how bad it is, where, and how to mend it.
package diag

import (
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// Severity of a finding. The zero Severity is invalid on purpose: a diagnostic must say how bad it is.
type Severity uint8

// The severities are SARIF's levels.
const (
	Note Severity = iota + 1
	Warning
	Error
)

func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "invalid"
}

// ParseSeverity is the inverse of Severity.String.
func ParseSeverity(s string) (Severity, bool) {
	for _, v := range []Severity{Note, Warning, Error} {
		if v.String() == s {
			return v, true
		}
	}
	return 0, false
}

// Diagnostic is one thing to say about one place: a rule's finding, a check that could not be decided, or a problem
// with the input itself.
type Diagnostic struct {
	// Code is the rule's id for a finding ("CDB101"), else the kind of problem ("json-syntax").
	Code     string
	Severity Severity
	// Message is one or more plain sentences: what, why, what to do. Text taken from the input is not yet escaped.
	Message string
	// Span is the tightest place that decides: a property, or a resource's header when the property is absent.
	Span source.Span
	// Related are other places in the order in which they should be read: the way a value took.
	Related []Related
	Fix     *Fix

	// Subject is the resource that a finding is about; nil for problems with the input.
	Subject *Subject
	// Property is the path within the subject in ARM's spelling ("properties.disableLocalAuth"), if one decides.
	Property string
	// Detail tells findings of one rule about one property apart: the entry of a list that is meant.
	Detail string
	// Declaration identifies the source declaration of the subject: all instances of a loop share it.
	Declaration string
	// EntryPoint is the root file of the deployment, Parameters the parameter file it was evaluated with, if any.
	EntryPoint string
	Parameters []string
	// DependsOn names the parameters an undetermined check waits for.
	DependsOn []string
	// Fingerprint identifies a finding across edits that move it. It holds no line number.
	Fingerprint string
	// Controls are those of the Azure Security Baseline that the diagnostic speaks about, where these are fewer than its
	// rule's; nil for all of the rule's.
	Controls []string
	// Suppression says who accepted a finding; nil when nobody has.
	Suppression *Suppression
}

// Suppression is why a finding is set aside.
type Suppression struct {
	Kind   SuppressionKind
	Reason string // "" when none is given
	Until  string // the last day on which it holds, as "2026-12-31"; "" for ever
	Span   source.Span
}

// SuppressionKind is where a finding was accepted; the first two are SARIF's words.
type SuppressionKind string

// The kinds: in the file itself, in a baseline, or in the configuration, which turns the rule off. The last is seen only by
// the report on controls, which runs all rules.
const (
	InSource   SuppressionKind = "inSource"
	External   SuppressionKind = "external"
	Configured SuppressionKind = "configuration"
)

// FileType is the type of a subject that is a file, not something in one.
const FileType = "file"

// Subject names a resource to people and programs.
type Subject struct {
	Type  string // "Microsoft.DocumentDB/databaseAccounts"
	Name  any    // JSON form of the name: a string, or {"$unknown": …}, {"$template": …}
	Title string // the name for people: "db1", or the expression it is computed from
	Path  string // "module.db/azurerm_cosmosdb_account.main[0]"
	// Written tells subjects with one Path apart, see model.Resource.
	Written string
	Exists  string // "yes", "maybe", "dormant"
	Span    source.Span
	// Calls are the headers of the module calls that lead to it, the outermost first.
	Calls []source.Span
}

// Held is a check that came out well: what the rule asks mattered for the subject, was looked at, and was found good. A
// rule that is silent because its question does not arise there holds nothing.
type Held struct {
	Code       string
	Subject    *Subject
	EntryPoint string
}

// Related is a place with a reason to look at it.
type Related struct {
	Message string
	Span    source.Span
}

// Fix is a change that would resolve a finding.
type Fix struct {
	Title string
	// Safe fixes are applied by --fix; the others change behaviour in a way that the user should look at first.
	Safe  bool
	Edits []source.Edit
}

// Problem makes a diagnostic about the input itself.
func Problem(code string, severity Severity, span source.Span, message string) Diagnostic {
	return Diagnostic{Code: code, Severity: severity, Span: span, Message: message}
}
