package template

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/expr"
	"github.com/cosmoslint/cosmoslint/internal/model"
	"github.com/cosmoslint/cosmoslint/internal/source"
	"github.com/cosmoslint/cosmoslint/internal/value"
)

// Limits of one expansion. Azure itself takes 800 resources and 800 iterations of a loop in one template.
const (
	MaxCopies    = 800
	MaxResources = 4_000   // rules relate them in pairs; the largest of some 500 real deployments has 169
	MaxValues    = 100_000 // in the bodies of all resources
	MaxModules   = 5_000
	MaxLevels    = 32 // modules within modules
)

// Input is what a template is expanded with.
type Input struct {
	// Arguments come from a parameter file; ArgumentScope gives meaning to their functions, nil for literals.
	Arguments     []Argument
	ArgumentScope expr.Scope
	// Call is where the template is referred to, if it is not the user's own: a module that a parameter file deploys.
	Call source.Span
	// Overrides replace parameters whatever else is known of them, by name in lower case.
	Overrides map[string]value.Value
	// Outputs asks for the outputs and the parameters of all deployments as well.
	Outputs bool
	// Want tells which resource types are of interest; nil is all.
	Want func(resourceType string) bool
	// Primary tells for which types a default that turns them off is worth a Switch; nil is none.
	Primary func(resourceType string) bool
}

// Expand evaluates a template to the resources that it would deploy.
func Expand(t *Template, in Input) *model.Deployment {
	r := &run{in: in, out: &model.Deployment{EntryPoint: t.File}, budget: &expr.Budget{}, reported: map[*Template]int{}}
	r.root = r.newInstance(t, nil, nil)
	r.root.expand()
	r.root.addOutputs(model.Yes)
	r.root.addInputs(model.Yes)
	r.finish()
	return r.out
}

// ScopeOf returns the scope of a template's expressions on its own: what a Bicep parameter file evaluates its values in.
func ScopeOf(t *Template) expr.Scope {
	r := &run{out: &model.Deployment{EntryPoint: t.File}, budget: &expr.Budget{}, reported: map[*Template]int{}}
	return r.newInstance(t, nil, nil)
}

// run is the expansion of one entry point.
type run struct {
	in      Input
	out     *model.Deployment
	budget  *expr.Budget
	root    *instance
	modules int
	// touched are the root parameters whose defaults were read.
	touched  value.Reads
	reported map[*Template]int // templates whose diagnostics are taken, and how many
	full     bool              // MaxResources was reached
	values   int               // in the bodies of the resources so far
}

// once returns the value of c, computing it first if need be. A value that depends on itself is unknown, and reported.
func (r *run) once(c *value.Lazy, what string, at source.Span, compute func() value.Value) value.Value {
	v, ok := r.touched.Once(c, compute)
	if !ok {
		r.problem("cycle", diag.Error, at, what+" depends on itself")
	}
	return v
}

func (r *run) problem(code string, severity diag.Severity, at source.Span, message string) {
	d := diag.Problem(code, severity, at, message)
	for _, old := range r.out.Diagnostics {
		if old.Code == code && old.Span == at {
			return
		}
	}
	r.out.Diagnostics = append(r.out.Diagnostics, d)
}

// finish takes over what was found wrong and links children to their parents.
func (r *run) finish() {
	if r.budget.Exceeded {
		r.problem("limit", diag.Error, r.out.EntryPoint.At(0, 0), fmt.Sprintf(
			"Evaluating this template takes more than %d steps; what was not reached is unknown.", expr.MaxSteps))
	}
	if at := r.budget.TooDeep; !at.IsZero() {
		r.problem("limit", diag.Error, at, fmt.Sprintf("Values depend on each other more than %d levels deep.", expr.MaxDepth))
	}
	if at := r.budget.TooLong; !at.IsZero() {
		r.problem("limit", diag.Error, at, fmt.Sprintf("This makes more than %d values; none of them was looked at.", expr.MaxItems))
	}
	if r.full {
		r.problem("limit", diag.Error, r.out.EntryPoint.At(0, 0), fmt.Sprintf(
			"The template makes more than %d resources; the rest was not looked at.", MaxResources))
	}
	if r.values > MaxValues {
		r.problem("limit", diag.Error, r.out.EntryPoint.At(0, 0), fmt.Sprintf(
			"The resources of this template hold more than %d values; what comes behind these was not looked at.", MaxValues))
	}
	for t := range r.reported {
		r.out.Incomplete = r.out.Incomplete || t.Incomplete
		r.out.Diagnostics = append(r.out.Diagnostics, t.Diagnostics()...)
	}
	// Behind a limit may be what seems to be missing.
	limited := func(d diag.Diagnostic) bool { return d.Code == "limit" }
	r.out.Incomplete = r.out.Incomplete || slices.ContainsFunc(r.out.Diagnostics, limited)
	slices.SortStableFunc(r.out.Diagnostics, func(a, b diag.Diagnostic) int {
		if c := source.Compare(a.Span, b.Span); c != 0 {
			return c
		}
		return strings.Compare(a.Message, b.Message)
	})
	// All templates of one file share what is wrong with it.
	r.out.Diagnostics = slices.CompactFunc(r.out.Diagnostics, func(a, b diag.Diagnostic) bool {
		return a.Code == b.Code && a.Span == b.Span && a.Message == b.Message
	})
	linkParents(r.out)
}

// linkParents finds the parents of children that are declared beside them.
func linkParents(d *model.Deployment) {
	parents := map[string][]*model.Resource{}
	for _, p := range d.Resources {
		if name := nameKey(p.Name); name != "" {
			key := strings.ToLower(p.Type) + name
			parents[key] = append(parents[key], p)
		}
	}
	for _, child := range d.Resources {
		cut := strings.LastIndexByte(child.Type, '/')
		names := model.SplitName(child.Name)
		if child.Parent != nil || strings.Count(child.Type, "/") < 2 || len(names) < 2 {
			continue
		}
		for _, p := range parents[strings.ToLower(child.Type[:cut])+nameKey(joinNames(names[:len(names)-1]))] {
			if sameScope(p, child) != value.False {
				child.Parent = p
				break
			}
		}
	}
}

func sameScope(parent, child *model.Resource) value.Truth {
	a, okA := model.ParseID(parent.ID)
	b, okB := model.ParseID(child.ID)
	if !okA || !okB {
		return value.Undecided
	}
	return value.SameFold(a.Scope, b.Scope)
}
