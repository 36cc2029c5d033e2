package terraform

import (
	"fmt"
	"slices"

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
	// touched collects the root variables whose defaults were read since it was last reset.
	touched   []string
	instances []*Instance
}

// cell is a value that is computed once, when it is first asked for.
type cell struct {
	state   cellState
	v       value.Value
	touched []string
}

type cellState uint8

const (
	fresh cellState = iota
	busy
	done
)

// once returns the value of c, computing it first if need be. A value that depends on itself is unknown, and reported. What
// goes wrong in it is no failure of the expression that asks for it.
func (r *run) once(c *cell, what string, at source.Span, compute func() value.Value) value.Value {
	switch c.state {
	case done:
		r.touch(c.touched...)
		return c.v
	case busy:
		r.problem("cycle", diag.Error, at, what+" depends on itself.")
		return value.Value{}
	}
	c.state = busy
	outer, failed, mayFail := r.touched, r.failed, r.mayFail
	r.touched = nil
	c.v = compute()
	c.touched = value.MergeDeps(r.touched)
	r.touched, r.failed, r.mayFail = outer, failed, mayFail
	r.touch(c.touched...)
	c.state = done
	return c.v
}

func (r *run) touch(names ...string) {
	for _, n := range names {
		if !slices.Contains(r.touched, n) {
			r.touched = append(r.touched, n)
		}
	}
}

// touching returns what compute returns, and the root defaults that it read.
func (r *run) touching(compute func() value.Value) (value.Value, []string) {
	outer := r.touched
	r.touched = nil
	v := compute()
	read := r.touched
	r.touched = outer
	r.touch(read...)
	return v, read
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
