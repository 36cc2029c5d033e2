package terraform

import (
	"fmt"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Limits of one evaluation. Beyond them values are unknown, and the user is told once.
const (
	maxSteps     = 1_000_000 // expressions evaluated
	maxDepth     = 400       // expressions within expressions, through locals and modules
	maxRepeats   = 1_000     // instances of one count or for_each
	maxItems     = 1 << 16   // elements that one for expression makes
	maxInstances = 20_000
	maxModules   = 5_000
	maxLevels    = 32 // modules within modules
	maxSpread    = 16 // combinations of alternatives that one operation looks at
)

// run is the evaluation of one root module.
type run struct {
	project  *project
	opt      Options
	out      *model.Deployment
	rootDir  string
	given    map[string]assignment
	manifest map[string]downloaded
	locks    map[string]int
	root     *module
	names    map[string]bool // attribute names that anything asks for
	encoded  *encodings
	read     *reads

	steps, depth, modules int
	full                  bool
	// lists says that there are actions of azapi, which may list keys.
	lists bool
	// passwords says that there are resources whose passwords are judged.
	passwords bool
	// failed counts evaluations that Terraform would refuse, mayFail those that it may refuse: what try and can ask for.
	failed, mayFail int
	// touched are the root variables whose defaults were read.
	touched   value.Reads
	instances []*Instance
}

// once returns the value of c, computing it first if need be. A value that depends on itself is unknown, and reported. What
// goes wrong in it is no failure of the expression that asks for it.
func (r *run) once(c *value.Lazy, what string, at source.Span, compute func() value.Value) value.Value {
	failed, mayFail := r.failed, r.mayFail
	v, ok := r.touched.Once(c, compute)
	if r.failed, r.mayFail = failed, mayFail; !ok {
		r.problem("cycle", diag.Error, at, what+" depends on itself.")
	}
	return v
}

func (r *run) problem(code string, severity diag.Severity, at source.Span, message string) {
	for _, old := range r.out.Diagnostics {
		if old.Code == code && old.Span == at {
			return
		}
	}
	r.out.Diagnostics = append(r.out.Diagnostics, diag.Problem(code, severity, at, message))
}

// spent counts a step and reports that there are none left.
func (r *run) spent(n int) bool {
	if r.steps > maxSteps {
		return true
	}
	if r.steps += n; r.steps > maxSteps {
		r.problem("limit", diag.Error, r.out.EntryPoint.At(0, 0), fmt.Sprintf(
			"Evaluating this configuration takes more than %d steps; what was not reached is unknown.", maxSteps))
		return true
	}
	return false
}

// fail is the result of what Terraform would refuse.
func (r *run) fail() value.Value {
	r.failed++
	return value.Value{}
}
