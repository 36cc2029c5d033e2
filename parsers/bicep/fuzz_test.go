package bicep

import (
	"reflect"
	"testing"

	"github.com/cosmoslint/cosmoslint/internal/diag"
	"github.com/cosmoslint/cosmoslint/internal/source"
)

// FuzzParse checks what holds for every input: no panic, places inside of the file, children inside of their parents,
// and an error where the tree has gaps.
func FuzzParse(f *testing.F) {
	for _, c := range exprCases {
		f.Add("var x = "+c.text, false)
	}
	for _, c := range stringCases {
		f.Add("var x = "+c.text, false)
	}
	for _, c := range layoutCases {
		f.Add("var x = "+c.text, false)
	}
	for _, c := range statementLayoutCases {
		f.Add(c.text, false)
	}
	for _, c := range declCases {
		f.Add(c.text, false)
	}
	for _, c := range typeCases {
		f.Add("type x = "+c.text, false)
	}
	for _, c := range recoverCases {
		f.Add(c.text, false)
	}
	for _, c := range paramsCases {
		f.Add(c.text, true)
	}
	f.Add(benchmarkText, false)
	f.Fuzz(func(t *testing.T, text string, parameters bool) {
		name := "main.bicep"
		if parameters {
			name = "main.bicepparam"
		}
		file, diags := Parse(source.NewFile(name, []byte(text)))
		checkFile(t, file, diags)
	})
}

func checkFile(t *testing.T, f *File, diags []diag.Diagnostic) {
	t.Helper()
	errors := false
	for _, d := range diags {
		if d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > len(f.Source.Data) {
			t.Errorf("diagnostic at [%d, %d): %s", d.Span.Start, d.Span.End, d.Message)
		}
		if d.Message == "" {
			t.Error("empty message")
		}
		errors = errors || d.Severity == diag.Error
	}
	if errors && !f.Incomplete || f.Incomplete && len(diags) == 0 {
		t.Errorf("%d diagnostics, incomplete %v", len(diags), f.Incomplete)
	}
	c := &treeChecker{t: t, complete: !f.Incomplete}
	whole := Range{0, int32(len(f.Source.Data))}
	c.check(reflect.ValueOf(f.Statements), whole)
	c.check(reflect.ValueOf(f.Comments), whole)
	c.check(reflect.ValueOf(f.Directives), whole)
}

// treeChecker looks at all nodes by reflection, so that no kind can be forgotten.
type treeChecker struct {
	t        *testing.T
	complete bool
}

func (c *treeChecker) check(v reflect.Value, parent Range) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			c.check(v.Elem(), parent)
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.check(v.Index(i), parent)
		}
	case reflect.Struct:
		c.checkNode(v, parent)
	}
}

func (c *treeChecker) checkNode(v reflect.Value, parent Range) {
	n, ok := v.Interface().(Node)
	if !ok {
		return
	}
	r := n.Where()
	switch {
	case r == (Range{}) && v.Type() != reflect.TypeFor[Range]():
		return // an optional name that is not there
	case r.Start < parent.Start || r.Start > r.End || r.End > parent.End:
		if r != (Range{}) {
			c.t.Errorf("%T at %v is not inside of %v", n, r, parent)
		}
	}
	if c.complete {
		c.checkGaps(v.Addr().Interface())
	}
	for i := range v.NumField() {
		// An embedded struct that is no parent itself: its fields belong to this node.
		if field := v.Type().Field(i); field.Type != reflect.TypeFor[Range]() || !field.Anonymous {
			c.check(v.Field(i), r)
		}
	}
}

// checkGaps says what may only be in a file with an error.
func (c *treeChecker) checkGaps(n any) {
	switch n := n.(type) {
	case *Bad, *BadType, *BadDecl:
		c.t.Errorf("%T in a complete file", n)
	case *Object:
		if n.Partial {
			c.t.Error("a partial object in a complete file")
		}
	case Stmt:
		if n.Header().Broken {
			c.t.Error("a broken statement in a complete file")
		}
	}
}
