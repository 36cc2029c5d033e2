package lint

import (
	"sync"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/rule"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// inspection is what the rules say of files as text, whether or not a deployment is made of them.
type inspection struct {
	rules    []*rule.Rule
	settings rule.Settings
	evidence bool

	mu       sync.Mutex
	findings []diag.Diagnostic // in no particular order
	held     []diag.Held       // neither
	secrets  []source.Span     // see diag.Result
}

func newInspection(cfg *Config) *inspection {
	in := &inspection{settings: cfg.Settings, evidence: cfg.Evidence}
	for _, r := range cfg.Rules {
		if r.CheckFile != nil {
			in.rules = append(in.rules, r)
		}
	}
	return in
}

// inspect runs the rules on a file.
func (in *inspection) inspect(file *source.File) {
	for _, r := range in.rules {
		p := &rule.Pass{Rule: r, Settings: in.settings}
		r.CheckFile(p, file)
		found, _ := p.Results()
		if len(found) == 0 {
			in.passed(r, file)
			continue
		}
		v := verdict{entry: diag.EntryPoint{Path: file.Path}, identity: file.Path, findings: found}
		v.stamp()
		in.mu.Lock()
		in.findings = append(in.findings, v.findings...)
		in.secrets = append(in.secrets, p.Concealed()...)
		in.mu.Unlock()
	}
}

// passed says that a rule has found nothing in a file.
func (in *inspection) passed(r *rule.Rule, file *source.File) {
	if !in.evidence {
		return
	}
	subject := &diag.Subject{Type: diag.FileType, Name: file.Path, Title: file.Path, Path: file.Path, Exists: "yes"}
	in.mu.Lock()
	in.held = append(in.held, diag.Held{Code: r.ID, Subject: subject, EntryPoint: file.Path})
	in.mu.Unlock()
}
