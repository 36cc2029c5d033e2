package rule

import (
	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Settings are the thresholds that a user may change.
type Settings struct {
	MaxRange int // CDB104: addresses in one range
	MaxTotal int // CDB104: addresses in all ranges together
	Scope    Scope
}

// Scope is how much of a deployment the rules on the network and the applications around accounts judge; the zero value is
// ScopeAccount.
type Scope string

// The scopes: what is tied to a Cosmos DB resource, or everything, also in a deployment without any.
const (
	ScopeAccount Scope = "account"
	ScopeAll     Scope = "all"
)

// DefaultSettings are those of the retired Secure DevOps Kit for Azure, the only published limits there are.
var DefaultSettings = Settings{MaxRange: 256, MaxTotal: 2048, Scope: ScopeAccount}

// Pass is one rule looking at one deployment.
type Pass struct {
	Rule       *Rule
	Deployment *model.Deployment
	Settings   Settings
	// Facts keeps what was computed from the deployment once for all rules, by key; see Fact.
	Facts map[any]any
	// Evidence says that somebody wants to know what is Held.
	Evidence bool

	findings     []diag.Diagnostic
	undetermined []diag.Diagnostic
	held         []*model.Resource
	concealed    []source.Span
}

// Fact returns what compute makes of the pass's deployment, computed once and shared by all rules.
func Fact[T any](p *Pass, key any, compute func(*model.Deployment) T) T {
	if v, ok := p.Facts[key]; ok {
		return v.(T)
	}
	v := compute(p.Deployment)
	if p.Facts == nil {
		p.Facts = map[any]any{}
	}
	p.Facts[key] = v
	return v
}

// Results returns what the pass found and what it could not decide.
func (p *Pass) Results() (findings, undetermined []diag.Diagnostic) {
	return p.findings, p.undetermined
}

// Held says that what the rule asks matters for a resource, and that the answer is good. It is what a control is called met
// from, so a rule whose question does not arise (a firewall that is not in force, an API without keys) says nothing. It may
// be said of each element of a list: what is reported, or undetermined, of the resource outweighs it.
func (p *Pass) Held(r *model.Resource) {
	if !r.Existing {
		p.held = append(p.held, r)
	}
}

// Good returns the resources of which the pass has said Held, once or more often.
func (p *Pass) Good() []*model.Resource { return p.held }

// Conceal keeps places of passwords and keys from being shown: what is written there may be next to what any rule finds.
func (p *Pass) Conceal(places ...source.Span) { p.concealed = append(p.concealed, places...) }

// Concealed returns the places that the pass has concealed.
func (p *Pass) Concealed() []source.Span { return p.concealed }

// Finding is what a check says of a resource. Only Resource and Message are always needed.
type Finding struct {
	Resource *model.Resource
	// Path is the property that decides, in ARM's spelling. When it is absent the resource's header is pointed at.
	Path string
	// Value is the value that decides, if it is not the one at Path: one element of a list.
	Value *value.Value
	// Site is the place of that value when it was written as a member or element of its own.
	Site source.Span
	// Entry is the name of the entry of a list that the finding is about, which stays when the list is reordered; else the zero Value.
	Entry value.Value
	// Message says what is wrong, why, and what to do, in sentences.
	Message string
	// Severity lowers the rule's own for this finding.
	Severity diag.Severity
	Related  []diag.Related
	Fix      *diag.Fix
	// Controls are those of the baseline that the finding is about, where they are fewer than the rule's.
	Controls []string
}

// Report adds a finding. A resource that is only referred to is never graded.
func (p *Pass) Report(f Finding) {
	if f.Resource.Existing {
		return
	}
	d := p.diagnose(f)
	p.findings = append(p.findings, d)
}

// Undetermined adds a check that cannot be decided before deployment. v is the value that is not known.
func (p *Pass) Undetermined(r *model.Resource, path string, v value.Value, reason string) {
	p.Open(Finding{Resource: r, Path: path, Message: reason}, v)
}

// Open is Undetermined for a check with more to say: what would be the finding has the reason as its message.
func (p *Pass) Open(f Finding, v value.Value) {
	if f.Resource.Existing {
		return
	}
	d := p.diagnose(f)
	d.Fix = nil
	d.DependsOn = v.Deps()
	p.undetermined = append(p.undetermined, d)
}

// Judge decides a property and reports it when bad is True, in every case that the value may have; when the answer is
// Undecided it is counted as undetermined, and when it is False the rule has held.
func (p *Pass) Judge(f Finding, bad func(value.Value) value.Truth) {
	v := f.Resource.Body.GetPath(f.Path)
	if f.Value != nil {
		v = *f.Value
	}
	switch v.Decide(bad) {
	case value.True:
		p.Report(f)
	case value.Undecided:
		p.Undetermined(f.Resource, f.Path, v, Unknown(f.Resource, f.Path))
	default:
		p.Held(f.Resource)
	}
}

// Unknown words the reason of a check on a property that is not known; without a path it is the whole resource.
func Unknown(r *model.Resource, path string) string {
	if path == "" {
		return "What '" + Title(r.Name) + "' is made of is not known before deployment."
	}
	return "The value of '" + r.Dialect.Spell(r.Type, path) + "' is not known before deployment."
}

// Spell is the user's word for a property of r.
func Spell(r *model.Resource, path string) string { return r.Dialect.Spell(r.Type, path) }

// Literal is a value of a property of r as the user would write it: where public_network_access_enabled stands for
// publicNetworkAccess, "Disabled" is false.
func Literal(r *model.Resource, path string, v value.Value) string {
	if d, ok := r.Dialect.(interface {
		LiteralAt(path string, v value.Value) string
	}); ok {
		return d.LiteralAt(path, v)
	}
	return r.Dialect.Literal(v)
}

// SetFix is a fix that gives a property a value; nil when the language cannot write it there.
func SetFix(r *model.Resource, path string, v value.Value, safe bool) *diag.Fix {
	edits := r.Dialect.Set(r, path, v)
	if len(edits) == 0 {
		return nil
	}
	return &diag.Fix{
		Title: "Set '" + Spell(r, path) + "' to " + Literal(r, path, v),
		Safe:  safe,
		Edits: edits,
	}
}
